-- What the writer's connection begins with. The plans of the writer are made once, when the log may
-- still be empty: they must suit a log of millions.
SET enable_seqscan = off;
SET plan_cache_mode = force_generic_plan;

-- Last versions of streams, and which commands are known. Prepared by name, so that it can be
-- executed in one round trip with the statement that takes the lock, and still is a later one.
PREPARE noi_known (text[], uuid[], uuid[]) AS
SELECT (
           SELECT array_agg(coalesce(last.version, 0) ORDER BY wanted.number)
             FROM unnest($1, $2) WITH ORDINALITY AS wanted (kind, id, number)
             LEFT JOIN LATERAL (
                      SELECT version
                        FROM event_log
                       WHERE stream_kind = wanted.kind AND stream_id = wanted.id
                       ORDER BY version DESC
                       LIMIT 1
                  ) AS last ON true
       ) AS versions
     , (SELECT array_agg(command_id) FROM command_log WHERE command_id = ANY ($3)) AS commands;
