BEGIN IMMEDIATE;
SELECT position
     , (
           SELECT json_group_array(json_array(key, coalesce(version, 0)))
             FROM (
                      SELECT wanted.key
                           , (
                                 SELECT max(version)
                                   FROM event_log
                                  WHERE stream_kind = wanted.value ->> 0
                                    AND stream_id = unhex(wanted.value ->> 1)
                             ) AS version
                        FROM json_each(?1) AS wanted
                  )
       ) AS versions
     , (
           SELECT json_group_array(json_array(
                      hex(command_id), hex(fingerprint), stream_kind, hex(stream_id)
                    , first_version, last_version, first_position, last_position
                  ))
             FROM command_log
            WHERE command_id IN (SELECT unhex(value) FROM json_each(?2))
       ) AS commands
  FROM event_log_head
