-- Parameters: 1 the head before, 2 how many events, 3 their records, 4 their texts, 5 how many commands,
-- 6 their records; frame.rs says what is where in a record. Text that does not depend on the number of
-- events is prepared once, and cutting bytes costs less than reading JSON.
INSERT INTO event_log (
    position, stream_kind, stream_id, version, event_id, event_type, revision
  , occurred_at, recorded_at, actor, command_id, correlation_id, causation_id, facts, personal
)
WITH RECURSIVE event (number, record) AS (
    SELECT 1, substr(?3, 1, 259)
     UNION ALL
    SELECT number + 1, substr(?3, number * 259 + 1, 259) FROM event WHERE number < ?2
)
SELECT ?1 + number
     , rtrim(CAST(substr(record, 1, 31) AS TEXT))
     , substr(record, 32, 16)
     , CAST(substr(record, 114, 20) AS INTEGER)
     , substr(record, 48, 16)
     , CAST(substr(?4, CAST(substr(record, 180, 10) AS INTEGER), CAST(substr(record, 190, 10) AS INTEGER)) AS TEXT)
     , CAST(substr(record, 134, 6) AS INTEGER)
     , CAST(substr(record, 140, 20) AS INTEGER)
     , CAST(substr(record, 160, 20) AS INTEGER)
     , CAST(substr(?4, CAST(substr(record, 200, 10) AS INTEGER), CAST(substr(record, 210, 10) AS INTEGER)) AS TEXT)
     , substr(record, 64, 16)
     , substr(record, 80, 16)
     , iif(substr(record, 112, 1) = x'31', substr(record, 96, 16), NULL)
     , CAST(substr(?4, CAST(substr(record, 220, 10) AS INTEGER), CAST(substr(record, 230, 10) AS INTEGER)) AS TEXT)
     , iif(
           substr(record, 113, 1) = x'31'
         , substr(?4, CAST(substr(record, 240, 10) AS INTEGER), CAST(substr(record, 250, 10) AS INTEGER))
         , NULL
       )
  FROM event;
INSERT INTO command_log (
    command_id, fingerprint, stream_kind, stream_id
  , first_version, last_version, first_position, last_position
)
WITH RECURSIVE command (number, record) AS (
    SELECT 1, substr(?6, 1, 175)
     UNION ALL
    SELECT number + 1, substr(?6, number * 175 + 1, 175) FROM command WHERE number < ?5
)
SELECT substr(record, 1, 16)
     , substr(record, 17, 32)
     , rtrim(CAST(substr(record, 49, 31) AS TEXT))
     , substr(record, 80, 16)
     , CAST(substr(record, 96, 20) AS INTEGER)
     , CAST(substr(record, 116, 20) AS INTEGER)
     , CAST(substr(record, 136, 20) AS INTEGER)
     , CAST(substr(record, 156, 20) AS INTEGER)
  FROM command;
