-- Stores one event of one command, if the head still is where it was thought to be, and so is the
-- stream. Otherwise it stores nothing. The same as insert.sql, without arrays and counts: to take
-- those apart and to make these costs more than what the statement stores.
WITH head AS (
    UPDATE event_log_head
       SET position = $2
     WHERE position = $1
       AND $17 = coalesce(
               (
                   SELECT version
                     FROM event_log
                    WHERE stream_kind = $3 AND stream_id = $4
                    ORDER BY version DESC
                    LIMIT 1
               )
             , 0
           )
    RETURNING CASE WHEN $19 THEN pg_notify('noi_event_log', $2::text)::text END
)
, command AS (
    INSERT INTO command_log (
        command_id, fingerprint, stream_kind, stream_id
      , first_version, last_version, first_position, last_position
    )
    SELECT $12, $18, $3, $4, $5, $5, $2, $2 FROM head
)
INSERT INTO event_log (
    position, stream_kind, stream_id, version, event_id, event_type, revision
  , occurred_at, recorded_at, actor, command_id, correlation_id, causation_id, facts, personal
)
SELECT $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16 FROM head
