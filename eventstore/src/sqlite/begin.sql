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
                      hex(command_log.command_id), hex(fingerprint), part.part
                    , coalesce(part.stream_kind, command_log.stream_kind)
                    , hex(coalesce(part.stream_id, command_log.stream_id))
                    , coalesce(part.first_version, command_log.first_version)
                    , coalesce(part.last_version, command_log.last_version)
                    , coalesce(part.first_position, command_log.first_position)
                    , coalesce(part.last_position, command_log.last_position)
                  ))
             FROM command_log
             LEFT JOIN command_stream AS part ON part.command_id = command_log.command_id
            WHERE command_log.command_id IN (SELECT id FROM command)
       ) AS commands
  FROM event_log_head
