-- Read models: folded from the log, never the truth. Identifiers are 16-byte blobs, instants are
-- microseconds since 1970-01-01T00:00:00Z, civil dates are YYYY-MM-DD, truth values are 0 or 1.
--
-- Each row belongs to a generation of its read model. Queries read the live one; another is built
-- beside it when the program that makes the rows has changed, and then takes its place.

CREATE TABLE projection (
    name       TEXT    NOT NULL
  , generation INTEGER NOT NULL CHECK (generation > 0)
    -- The version of the program that made the rows, and what else they depend on.
  , version    INTEGER NOT NULL
  , basis      TEXT    NOT NULL
    -- The rows are those that follow from the log up to here. It moves with them in one transaction.
  , position   INTEGER NOT NULL CHECK (position >= 0)
    -- While position is below: cases that began up to position are there, as they were at build_to.
  , build_to   INTEGER NOT NULL CHECK (build_to >= 0)
  , state      TEXT    NOT NULL CHECK (state IN ('building', 'live', 'retired'))
  , PRIMARY KEY (name, generation)
) STRICT;

CREATE UNIQUE INDEX projection_one_live ON projection (name) WHERE state = 'live';

-- One row for each case.
CREATE TABLE case_status (
    generation       INTEGER NOT NULL
  , case_id          BLOB    NOT NULL CHECK (length(case_id) = 16)
    -- Position of its first event: where it stands in lists, and the end of its number.
  , opened_position  INTEGER NOT NULL
  , number           TEXT    NOT NULL
  , child_name       TEXT
  , list_name        TEXT
    -- What the search looks through: folded name and number, each word after a space.
  , search_text      TEXT    NOT NULL
  , name_folded      TEXT
  , sex              TEXT    NOT NULL
  , birth_date       TEXT
  , birth_year       INTEGER
  , birth_estimated  INTEGER NOT NULL
    -- SHA-256 of the personal number, in hexadecimal.
  , personal_id_hash TEXT
  , residence_unit   TEXT
  , incident_unit    TEXT    NOT NULL
  , holder_unit      TEXT    NOT NULL
  , status           TEXT    NOT NULL
  , stage            TEXT    NOT NULL
  , cycle            INTEGER NOT NULL
  , emergency        INTEGER NOT NULL
  , danger           INTEGER NOT NULL
  , harm_forms       TEXT    NOT NULL
  , closing_reason   TEXT
  , received_at      INTEGER NOT NULL
  , recorded_at      INTEGER NOT NULL
  , version          INTEGER NOT NULL
  , position         INTEGER NOT NULL
  , open_obligations INTEGER NOT NULL
  , next_act_by      INTEGER
    -- The earliest limit of what is open: overdue is decided when it is asked for.
  , earliest_due     INTEGER
  , PRIMARY KEY (generation, case_id)
) STRICT;

CREATE INDEX case_status_in_order ON case_status (generation, opened_position);
CREATE INDEX case_status_by_stage ON case_status (generation, stage, opened_position);
CREATE INDEX case_status_by_status ON case_status (generation, status, opened_position);
CREATE INDEX case_status_emergencies ON case_status (generation, opened_position) WHERE emergency;
CREATE INDEX case_status_by_due ON case_status (generation, earliest_due);
CREATE INDEX case_status_by_personal_id ON case_status (generation, personal_id_hash);

-- What a case can be found by, of which it has several: units, forms of harm, words.
CREATE TABLE case_status_term (
    generation      INTEGER NOT NULL
  , case_id         BLOB    NOT NULL CHECK (length(case_id) = 16)
  , opened_position INTEGER NOT NULL
  , kind            TEXT    NOT NULL CHECK (kind IN ('unit', 'form', 'word'))
  , term            TEXT    NOT NULL
  , PRIMARY KEY (generation, kind, term, opened_position)
) STRICT;

CREATE INDEX case_status_term_by_case ON case_status_term (generation, case_id);

-- Every obligation of every case, open or ended.
CREATE TABLE worklist (
    generation        INTEGER NOT NULL
  , case_id           BLOB    NOT NULL CHECK (length(case_id) = 16)
    -- Its place among the obligations of the case, in the order in which they arose.
  , ordinal           INTEGER NOT NULL
  , step              TEXT    NOT NULL
  , item              TEXT
  , cycle             INTEGER NOT NULL
  , role              TEXT    NOT NULL
  , unit              TEXT
  , officer           TEXT
  , opened_at         INTEGER NOT NULL
  , opened_by         TEXT    NOT NULL
  , opened_by_event   BLOB    NOT NULL
  , due_at            INTEGER
  , bound_at          INTEGER
  , act_by            INTEGER
  , immediately       INTEGER NOT NULL
    -- No time by which to act, but an emergency, or the law says "at once".
  , urgent            INTEGER NOT NULL
  , limit_amount      INTEGER
  , limit_unit        TEXT
  , ended_at          INTEGER
  , ended_recorded_at INTEGER
  , ended_by          TEXT
  , ended_by_event    BLOB
  , waived            INTEGER NOT NULL
  , form              TEXT
  , legal_basis       TEXT    NOT NULL
  , procedure         TEXT    NOT NULL
    -- JSON: sentences that explain it, in both languages.
  , notes             TEXT    NOT NULL
  , PRIMARY KEY (generation, case_id, ordinal)
) STRICT;

CREATE INDEX worklist_open ON worklist (generation, role, unit) WHERE ended_at IS NULL;
CREATE INDEX worklist_open_by_officer ON worklist (generation, officer) WHERE ended_at IS NULL;
CREATE INDEX worklist_open_by_step ON worklist (generation, step) WHERE ended_at IS NULL;

-- Every event of every case: who did what, when it happened and when it was written down.
CREATE TABLE audit_trail (
    generation      INTEGER NOT NULL
  , position        INTEGER NOT NULL
  , case_id         BLOB    NOT NULL CHECK (length(case_id) = 16)
  , version         INTEGER NOT NULL
  , event_id        BLOB    NOT NULL CHECK (length(event_id) = 16)
  , event_type      TEXT    NOT NULL
  , occurred_at     INTEGER NOT NULL
  , recorded_at     INTEGER NOT NULL
  , lag_seconds     INTEGER NOT NULL
  , officer         BLOB
  , officer_name    TEXT
  , role            TEXT    NOT NULL
  , agency          TEXT
  , unit            TEXT
  , on_behalf_of    TEXT
    -- JSON: the facts, or for a correction what was corrected from what into what.
  , changes         TEXT    NOT NULL
  , PRIMARY KEY (generation, position)
) STRICT;

CREATE INDEX audit_trail_by_case ON audit_trail (generation, case_id, position);
CREATE INDEX audit_trail_by_officer ON audit_trail (generation, officer, position);
CREATE INDEX audit_trail_by_unit ON audit_trail (generation, unit, position);
CREATE INDEX audit_trail_by_time ON audit_trail (generation, recorded_at);
