SELECT (SELECT count(*) FROM head) AS heads
     , (SELECT count(*) FROM events) AS events
     , (SELECT count(*) FROM commands) AS commands
     , 0::bigint AS parts
     , (SELECT pg_notify('noi_event_log', $2::text)::text FROM head WHERE $28)
