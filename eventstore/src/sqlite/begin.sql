-- Parameters: 1 the streams, each as its kind in 31 bytes and its id in 16, 2 how many, 3 the ids of the
-- commands, 4 how many.
BEGIN IMMEDIATE;
WITH RECURSIVE stream (number, record) AS (
    SELECT 0, substr(?1, 1, 47)
     UNION ALL
    SELECT number + 1, substr(?1, (number + 1) * 47 + 1, 47) FROM stream WHERE number + 1 < ?2
)
, command (number, id) AS (
    SELECT 0, substr(?3, 1, 16)
     UNION ALL
    SELECT number + 1, substr(?3, (number + 1) * 16 + 1, 16) FROM command WHERE number + 1 < ?4
)
, versions (number, version) AS (
    SELECT number
         , (
               SELECT max(version)
                 FROM event_log
                WHERE stream_kind = rtrim(CAST(substr(record, 1, 31) AS TEXT))
                  AND stream_id = substr(record, 32, 16)
           )
      FROM stream
)
SELECT position
     , (SELECT json_group_array(json_array(number, coalesce(version, 0))) FROM versions) AS versions
     , (
           SELECT json_group_array(json_array(
                      hex(command_id), hex(fingerprint), stream_kind, hex(stream_id)
                    , first_version, last_version, first_position, last_position
                  ))
             FROM command_log
            WHERE command_id IN (SELECT id FROM command)
       ) AS commands
  FROM event_log_head
