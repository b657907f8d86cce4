-- The parts of those commands that wrote to several streams.
, parts AS (
    INSERT INTO command_stream (
        command_id, part, stream_kind, stream_id
      , first_version, last_version, first_position, last_position
    )
    SELECT *
      FROM unnest(
               $29::uuid[], $30::integer[], $31::text[], $32::uuid[]
             , $33::bigint[], $34::bigint[], $35::bigint[], $36::bigint[]
           )
     WHERE EXISTS (SELECT FROM head)
    RETURNING 1
)
SELECT (SELECT count(*) FROM head) AS heads
     , (SELECT count(*) FROM events) AS events
     , (SELECT count(*) FROM commands) AS commands
     , (SELECT count(*) FROM parts) AS parts
     , (SELECT pg_notify('noi_event_log', $2::text)::text FROM head WHERE $28)
