SELECT (
           SELECT array_agg(coalesce(last.version, 0) ORDER BY wanted.number)
             FROM unnest($1::text[], $2::uuid[]) WITH ORDINALITY AS wanted (kind, id, number)
             LEFT JOIN LATERAL (
                      SELECT version
                        FROM event_log
                       WHERE stream_kind = wanted.kind AND stream_id = wanted.id
                       ORDER BY version DESC
                       LIMIT 1
                  ) AS last ON true
       ) AS versions
     , (SELECT array_agg(command_id) FROM command_log WHERE command_id = ANY ($3)) AS commands
