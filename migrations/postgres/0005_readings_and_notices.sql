-- Who read which case, who was told of what: folded from the streams `reading` and `notice` of the
-- log.

-- How far the log has been followed for these tables. It moves with their rows in one transaction.
-- To make them anew: empty both, and set it to 0.
CREATE TABLE journal (
    only_row integer PRIMARY KEY CHECK (only_row = 1)
  , position bigint  NOT NULL CHECK (position >= 0)
);

INSERT INTO journal (only_row, position) VALUES (1, 0);

-- The last time that an officer saw a version of a case.
CREATE TABLE reading (
    officer  uuid        NOT NULL
  , case_id  uuid        NOT NULL
  , version  bigint      NOT NULL
  , position bigint      NOT NULL
  , read_at  timestamptz NOT NULL
  , PRIMARY KEY (officer, case_id, version)
);

-- What an officer was told on the pages.
CREATE TABLE notice (
    event_id   uuid        PRIMARY KEY
    -- Follows from officer, kind and obligation: none is sent twice.
  , command_id uuid        NOT NULL UNIQUE
  , officer    uuid        NOT NULL
  , position   bigint      NOT NULL
  , kind       text        NOT NULL
  , case_id    uuid        NOT NULL
  , obligation uuid        NOT NULL
  , step       text        NOT NULL
  , item       text
  , due_at     timestamptz
  , sent_at    timestamptz NOT NULL
  , read_at    timestamptz
  , mailed_at  timestamptz
);

CREATE INDEX notice_by_officer ON notice (officer, position);
CREATE INDEX notice_unread ON notice (officer, position) WHERE read_at IS NULL;

-- What reminders are made of.
CREATE INDEX worklist_open_by_due ON worklist (generation, due_at) WHERE ended_at IS NULL;
CREATE INDEX worklist_ended_by_step ON worklist (generation, step, ended_recorded_at)
 WHERE ended_at IS NOT NULL;
