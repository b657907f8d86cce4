-- Read models: folded from the log, never the truth.
--
-- Each row belongs to a generation of its read model. Queries read the live one; another is built
-- beside it when the program that makes the rows has changed, and then takes its place.

CREATE TABLE projection (
    name       text        NOT NULL
  , generation bigint      NOT NULL CHECK (generation > 0)
    -- The version of the program that made the rows, and what else they depend on.
  , version    bigint      NOT NULL
  , basis      text        NOT NULL
    -- The rows are those that follow from the log up to here. It moves with them in one transaction.
  , position   bigint      NOT NULL CHECK (position >= 0)
    -- While position is below: cases that began up to position are there, as they were at build_to.
  , build_to   bigint      NOT NULL CHECK (build_to >= 0)
  , state      text        NOT NULL CHECK (state IN ('building', 'live', 'retired'))
  , PRIMARY KEY (name, generation)
);

CREATE UNIQUE INDEX projection_one_live ON projection (name) WHERE state = 'live';

-- One row for each case.
CREATE TABLE case_status (
    generation       bigint      NOT NULL
  , case_id          uuid        NOT NULL
    -- Position of its first event: where it stands in lists, and the end of its number.
  , opened_position  bigint      NOT NULL
  , number           text        NOT NULL
  , child_name       text
  , list_name        text
    -- What the search looks through: folded name and number, each word after a space.
  , search_text      text COLLATE "C" NOT NULL
  , name_folded      text COLLATE "C"
  , sex              text        NOT NULL
  , birth_date       date
  , birth_year       bigint
  , birth_estimated  boolean     NOT NULL
    -- SHA-256 of the personal number, in hexadecimal.
  , personal_id_hash text
  , residence_unit   text
  , incident_unit    text        NOT NULL
  , holder_unit      text        NOT NULL
  , status           text        NOT NULL
  , stage            text        NOT NULL
  , cycle            bigint      NOT NULL
  , emergency        boolean     NOT NULL
  , danger           boolean     NOT NULL
  , harm_forms       jsonb       NOT NULL
  , closing_reason   text
  , received_at      timestamptz NOT NULL
  , recorded_at      timestamptz NOT NULL
  , version          bigint      NOT NULL
  , position         bigint      NOT NULL
  , open_obligations bigint      NOT NULL
  , next_act_by      timestamptz
    -- The earliest limit of what is open: overdue is decided when it is asked for.
  , earliest_due     timestamptz
  , PRIMARY KEY (generation, case_id)
);

CREATE INDEX case_status_in_order ON case_status (generation, opened_position);
CREATE INDEX case_status_by_stage ON case_status (generation, stage, opened_position);
CREATE INDEX case_status_by_status ON case_status (generation, status, opened_position);
CREATE INDEX case_status_emergencies ON case_status (generation, opened_position) WHERE emergency;
CREATE INDEX case_status_by_due ON case_status (generation, earliest_due);
CREATE INDEX case_status_by_personal_id ON case_status (generation, personal_id_hash);

-- What a case can be found by, of which it has several: units, forms of harm, words.
CREATE TABLE case_status_term (
    generation      bigint      NOT NULL
  , case_id         uuid        NOT NULL
  , opened_position bigint      NOT NULL
  , kind            text        NOT NULL CHECK (kind IN ('unit', 'form', 'word'))
  , term            text COLLATE "C" NOT NULL
  , PRIMARY KEY (generation, kind, term, opened_position)
);

CREATE INDEX case_status_term_by_case ON case_status_term (generation, case_id);

-- Every obligation of every case, open or ended.
CREATE TABLE worklist (
    generation        bigint      NOT NULL
  , case_id           uuid        NOT NULL
    -- Its place among the obligations of the case, in the order in which they arose.
  , ordinal           bigint      NOT NULL
  , step              text        NOT NULL
  , item              text
  , cycle             bigint      NOT NULL
  , role              text        NOT NULL
  , unit              text
  , officer           text
  , opened_at         timestamptz NOT NULL
  , opened_by         text        NOT NULL
  , opened_by_event   uuid        NOT NULL
  , due_at            timestamptz
  , bound_at          timestamptz
  , act_by            timestamptz
  , immediately       boolean     NOT NULL
    -- No time by which to act, but an emergency, or the law says "at once".
  , urgent            boolean     NOT NULL
  , limit_amount      bigint
  , limit_unit        text
  , ended_at          timestamptz
  , ended_recorded_at timestamptz
  , ended_by          text
  , ended_by_event    uuid
  , waived            boolean     NOT NULL
  , form              text
  , legal_basis       text        NOT NULL
  , procedure         text        NOT NULL
    -- JSON: sentences that explain it, in both languages.
  , notes             jsonb       NOT NULL
  , PRIMARY KEY (generation, case_id, ordinal)
);

CREATE INDEX worklist_open ON worklist (generation, role, unit) WHERE ended_at IS NULL;
CREATE INDEX worklist_open_by_officer ON worklist (generation, officer) WHERE ended_at IS NULL;
CREATE INDEX worklist_open_by_step ON worklist (generation, step) WHERE ended_at IS NULL;

-- Every event of every case: who did what, when it happened and when it was written down.
CREATE TABLE audit_trail (
    generation      bigint      NOT NULL
  , position        bigint      NOT NULL
  , case_id         uuid        NOT NULL
  , version         bigint      NOT NULL
  , event_id        uuid        NOT NULL
  , event_type      text        NOT NULL
  , occurred_at     timestamptz NOT NULL
  , recorded_at     timestamptz NOT NULL
  , lag_seconds     bigint      NOT NULL
  , officer         uuid
  , officer_name    text
  , role            text        NOT NULL
  , agency          text
  , unit            text
  , on_behalf_of    text
    -- JSON: the facts, or for a correction what was corrected from what into what.
  , changes         jsonb       NOT NULL
  , PRIMARY KEY (generation, position)
);

CREATE INDEX audit_trail_by_case ON audit_trail (generation, case_id, position);
CREATE INDEX audit_trail_by_officer ON audit_trail (generation, officer, position);
CREATE INDEX audit_trail_by_unit ON audit_trail (generation, unit, position);
CREATE INDEX audit_trail_by_time ON audit_trail (generation, recorded_at);
