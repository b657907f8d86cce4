-- Parameters: 7 how many parts of commands that wrote to several streams, 8 their records. Named with $: of
-- a number behind ? SQLite counts the smaller ones, too, and the driver takes them for values of their own.
INSERT INTO command_stream (
    command_id, part, stream_kind, stream_id
  , first_version, last_version, first_position, last_position
)
WITH RECURSIVE part (number, record) AS (
    SELECT 1, substr($8, 1, 149)
     UNION ALL
    SELECT number + 1, substr($8, number * 149 + 1, 149) FROM part WHERE number < $7
)
SELECT substr(record, 1, 16)
     , CAST(substr(record, 17, 6) AS INTEGER)
     , rtrim(CAST(substr(record, 23, 31) AS TEXT))
     , substr(record, 54, 16)
     , CAST(substr(record, 70, 20) AS INTEGER)
     , CAST(substr(record, 90, 20) AS INTEGER)
     , CAST(substr(record, 110, 20) AS INTEGER)
     , CAST(substr(record, 130, 20) AS INTEGER)
  FROM part;
