-- Parameters: 1 the head before, 2 the head afterwards, 3 commands, 4 events, 5 their bytes. sqlx lets
-- all statements of a text share them, and binds something to each number that a statement leaves out:
-- no statement may leave out more of them than there are behind those that statements before left out.
INSERT INTO event_log (
    position, stream_kind, stream_id, version, event_id, event_type, revision
  , occurred_at, recorded_at, actor, command_id, correlation_id, causation_id, facts, personal
)
SELECT ?1 + 1 + key
     , value ->> 1
     , substr(?5, value ->> 0, 16)
     , value ->> 2
     , substr(?5, (value ->> 0) + 16, 16)
     , value ->> 3
     , value ->> 4
     , value ->> 5
     , value ->> 6
     , CAST(substr(?5, (value ->> 0) + 80, value ->> 7) AS TEXT)
     , substr(?5, (value ->> 0) + 32, 16)
     , substr(?5, (value ->> 0) + 48, 16)
     , CASE WHEN value ->> 10 THEN substr(?5, (value ->> 0) + 64, 16) END
     , CAST(substr(?5, (value ->> 0) + 80 + (value ->> 7), value ->> 8) AS TEXT)
     , substr(?5, (value ->> 0) + 80 + (value ->> 7) + (value ->> 8), value ->> 9)
  FROM json_each(?4);
INSERT INTO command_log (
    command_id, fingerprint, stream_kind, stream_id
  , first_version, last_version, first_position, last_position
)
SELECT unhex(value ->> 0)
     , unhex(value ->> 1)
     , value ->> 2
     , unhex(value ->> 3)
     , value ->> 4
     , value ->> 5
     , value ->> 6
     , value ->> 7
  FROM json_each(?3);
UPDATE event_log_head SET position = ?2 WHERE position = ?1;
COMMIT
