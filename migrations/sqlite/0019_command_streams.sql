-- A command may write to several streams. Where it wrote to more than one, every part stands here, and
-- command_log names the first; a command of one part, as all were until now, stands in command_log alone.

CREATE TABLE command_stream (
    command_id     BLOB    NOT NULL CHECK (length(command_id) = 16)
    -- 0, 1, 2, … in the order of positions.
  , part           INTEGER NOT NULL CHECK (part >= 0)
  , stream_kind    TEXT    NOT NULL
  , stream_id      BLOB    NOT NULL CHECK (length(stream_id) = 16)
  , first_version  INTEGER NOT NULL
  , last_version   INTEGER NOT NULL
  , first_position INTEGER NOT NULL
  , last_position  INTEGER NOT NULL
  , PRIMARY KEY (command_id, part)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER command_stream_never_updated BEFORE UPDATE ON command_stream
BEGIN SELECT RAISE(ABORT, 'command_stream is append-only'); END;

CREATE TRIGGER command_stream_never_deleted BEFORE DELETE ON command_stream
BEGIN SELECT RAISE(ABORT, 'command_stream is append-only'); END;
