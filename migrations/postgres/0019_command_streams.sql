-- A command may write to several streams. Where it wrote to more than one, every part stands here, and
-- command_log names the first; a command of one part, as all were until now, stands in command_log alone.

CREATE TABLE command_stream (
    command_id     uuid    NOT NULL
    -- 0, 1, 2, … in the order of positions.
  , part           integer NOT NULL CHECK (part >= 0)
  , stream_kind    text    NOT NULL
  , stream_id      uuid    NOT NULL
  , first_version  bigint  NOT NULL
  , last_version   bigint  NOT NULL
  , first_position bigint  NOT NULL
  , last_position  bigint  NOT NULL
  , PRIMARY KEY (command_id, part)
);

CREATE TRIGGER command_stream_never_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON command_stream
FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse_change();
