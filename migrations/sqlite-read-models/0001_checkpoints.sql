-- The file of the read models: folded from the log, never the truth. It may be deleted whenever no
-- program uses it, and is then made anew. The tables of the read models are made by the program, each
-- generation its own.

CREATE TABLE projection (
    name       TEXT    NOT NULL
  , generation INTEGER NOT NULL CHECK (generation > 0)
    -- The version of the program that made the rows, and what else they depend on.
  , version    INTEGER NOT NULL
  , basis      TEXT    NOT NULL
    -- The rows are those that follow from the log up to here. It moves with them in one transaction.
  , position   INTEGER NOT NULL CHECK (position >= 0)
    -- The event that stands there: it tells whether this file belongs to that log.
  , last_event BLOB
    -- While position is below, rows are written in bulk and it says no more than how many events are done.
  , build_to   INTEGER NOT NULL CHECK (build_to >= 0)
  , state      TEXT    NOT NULL CHECK (state IN ('building', 'live', 'retired'))
    -- The names of its tables, without the number of the generation, with a space between.
  , tables     TEXT    NOT NULL
  , PRIMARY KEY (name, generation)
) STRICT;

CREATE UNIQUE INDEX projection_one_live ON projection (name) WHERE state = 'live';

-- Generations are numbered, and no number is given twice, also when the one that had it is forgotten.
-- Whoever begins a generation or puts one in the place of another locks this row first.
CREATE TABLE projection_begun (
    name            TEXT    PRIMARY KEY NOT NULL
  , last_generation INTEGER NOT NULL CHECK (last_generation >= 0)
) STRICT, WITHOUT ROWID;

-- How far the log has been followed for readings and notices. It moves with their rows.
CREATE TABLE journal (
    only_row   INTEGER PRIMARY KEY CHECK (only_row = 1)
  , position   INTEGER NOT NULL CHECK (position >= 0)
  , last_event BLOB
) STRICT;

INSERT INTO journal (only_row, position) VALUES (1, 0);

-- The last time that an officer saw a version of a case.
CREATE TABLE reading (
    officer  BLOB    NOT NULL CHECK (length(officer) = 16)
  , case_id  BLOB    NOT NULL CHECK (length(case_id) = 16)
  , version  INTEGER NOT NULL
  , position INTEGER NOT NULL
  , read_at  INTEGER NOT NULL
  , PRIMARY KEY (officer, case_id, version)
) STRICT, WITHOUT ROWID;

-- What an officer was told on the pages.
CREATE TABLE notice (
    event_id   BLOB    PRIMARY KEY NOT NULL CHECK (length(event_id) = 16)
    -- Follows from officer, kind and obligation: none is sent twice.
  , command_id BLOB    NOT NULL UNIQUE CHECK (length(command_id) = 16)
  , officer    BLOB    NOT NULL CHECK (length(officer) = 16)
  , position   INTEGER NOT NULL
  , kind       TEXT    NOT NULL
  , case_id    BLOB    NOT NULL CHECK (length(case_id) = 16)
  , obligation BLOB    NOT NULL CHECK (length(obligation) = 16)
  , step       TEXT    NOT NULL
  , item       TEXT
  , due_at     INTEGER
  , sent_at    INTEGER NOT NULL
  , read_at    INTEGER
  , mailed_at  INTEGER
) STRICT;

CREATE INDEX notice_by_officer ON notice (officer, position);
CREATE INDEX notice_unread ON notice (officer, position) WHERE read_at IS NULL;
