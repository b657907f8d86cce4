-- Who read which case, who was told of what: folded from the streams `reading` and `notice` of the
-- log. Identifiers are 16-byte blobs, instants are microseconds since 1970-01-01T00:00:00Z.

-- How far the log has been followed for these tables. It moves with their rows in one transaction.
-- To make them anew: empty both, and set it to 0.
CREATE TABLE journal (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1)
  , position INTEGER NOT NULL CHECK (position >= 0)
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

-- What reminders are made of.
CREATE INDEX worklist_open_by_due ON worklist (generation, due_at) WHERE ended_at IS NULL;
CREATE INDEX worklist_ended_by_step ON worklist (generation, step, ended_recorded_at)
 WHERE ended_at IS NOT NULL;
