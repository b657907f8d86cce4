-- Stores a whole group, if the head still is where it was thought to be, and so are the streams.
-- Otherwise it stores nothing. What follows it counts what was stored.
WITH head AS (
    UPDATE event_log_head
       SET position = $2
     WHERE position = $1
       AND NOT EXISTS (
               SELECT
                 FROM unnest($25::text[], $26::uuid[], $27::bigint[]) AS thought (kind, id, version)
                WHERE thought.version <> coalesce(
                          (
                              SELECT version
                                FROM event_log
                               WHERE stream_kind = thought.kind AND stream_id = thought.id
                               ORDER BY version DESC
                               LIMIT 1
                          )
                        , 0
                      )
           )
    RETURNING 1
)
, events AS (
    INSERT INTO event_log (
        position, stream_kind, stream_id, version, event_id, event_type, revision
      , occurred_at, recorded_at, actor, command_id, correlation_id, causation_id, facts, personal
    )
    SELECT $1 + number, stream_kind, stream_id, version, event_id, event_type, revision
         , occurred_at, recorded_at, actor, command_id, correlation_id, causation_id, facts, personal
      FROM unnest(
               $3::text[], $4::uuid[], $5::bigint[], $6::uuid[], $7::text[], $8::smallint[]
             , $9::timestamptz[], $10::timestamptz[], $11::text[], $12::uuid[], $13::uuid[]
             , $14::uuid[], $15::text[], $16::bytea[]
           ) WITH ORDINALITY AS event (
               stream_kind, stream_id, version, event_id, event_type, revision
             , occurred_at, recorded_at, actor, command_id, correlation_id, causation_id
             , facts, personal, number
           )
     WHERE EXISTS (SELECT FROM head)
    RETURNING 1
)
, commands AS (
    INSERT INTO command_log (
        command_id, fingerprint, stream_kind, stream_id
      , first_version, last_version, first_position, last_position
    )
    SELECT *
      FROM unnest(
               $17::uuid[], $18::bytea[], $19::text[], $20::uuid[]
             , $21::bigint[], $22::bigint[], $23::bigint[], $24::bigint[]
           )
     WHERE EXISTS (SELECT FROM head)
    RETURNING 1
)
