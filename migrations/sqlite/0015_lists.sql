-- Lists are kept in the order in which they are shown: a page is a range of a primary key, and how many
-- rows a list has stands beside it.

-- Each open obligation once for everybody on whose list it stands. What the clock alone moves from one
-- part of a list to another is told apart by its time when it is read.
CREATE TABLE work_listing (
    generation   INTEGER NOT NULL
    -- On whose list: what a role owes in a unit, what concerns a unit, and so on.
  , whose        TEXT    NOT NULL
    -- What kind of time it has, and whether the case is an emergency.
  , class        INTEGER NOT NULL
    -- The time that orders it.
  , at           INTEGER NOT NULL
    -- The number of the case as one number.
  , number_order INTEGER NOT NULL
  , ordinal      INTEGER NOT NULL
  , case_id      BLOB    NOT NULL CHECK (length(case_id) = 16)
    -- The civil day that ends at or after `at`; 0 where the class says all.
  , day          INTEGER NOT NULL
    -- It stands here until then, after which another row of it does.
  , until_at     INTEGER
    -- It does not stand here before.
  , shown_from   INTEGER
  , step         TEXT    NOT NULL
  , role         TEXT    NOT NULL
  , unit         TEXT
  , PRIMARY KEY (generation, whose, class, at, number_order, ordinal)
) STRICT, WITHOUT ROWID;

CREATE INDEX work_listing_by_case ON work_listing (generation, case_id, whose);
CREATE INDEX work_listing_coming ON work_listing (generation, whose, shown_from)
  WHERE shown_from IS NOT NULL;

-- How many rows of the listing there are.
CREATE TABLE work_count (
    generation INTEGER NOT NULL
  , whose      TEXT    NOT NULL
  , class      INTEGER NOT NULL
  , day        INTEGER NOT NULL
  , total      INTEGER NOT NULL
  , PRIMARY KEY (generation, whose, class, day)
) STRICT, WITHOUT ROWID;

-- Each case once for every list of cases on which it stands, the newest last.
CREATE TABLE case_listing (
    generation      INTEGER NOT NULL
    -- On whose list, and where that is long, of which stage, status, form and so on.
  , whose           TEXT    NOT NULL
  , opened_position INTEGER NOT NULL
  , case_id         BLOB    NOT NULL CHECK (length(case_id) = 16)
  , stage           TEXT    NOT NULL
  , status          TEXT    NOT NULL
  , emergency       INTEGER NOT NULL
    -- The forms of harm, each after a space.
  , forms           TEXT    NOT NULL
  , earliest_due    INTEGER
    -- The civil day that ends at or after it; 0 where there is none.
  , due_day         INTEGER NOT NULL
  , PRIMARY KEY (generation, whose, opened_position)
) STRICT, WITHOUT ROWID;

CREATE INDEX case_listing_by_case ON case_listing (generation, case_id, whose);
CREATE INDEX case_listing_by_due ON case_listing (generation, whose, earliest_due)
  WHERE earliest_due IS NOT NULL;

CREATE TABLE case_count (
    generation INTEGER NOT NULL
  , whose      TEXT    NOT NULL
  , due_day    INTEGER NOT NULL
  , total      INTEGER NOT NULL
  , PRIMARY KEY (generation, whose, due_day)
) STRICT, WITHOUT ROWID;

-- Nobody asks by these any more.
DROP INDEX worklist_climbing;
DROP INDEX case_status_by_stage;
DROP INDEX case_status_by_status;
DROP INDEX case_status_emergencies;
DROP INDEX case_status_by_due;
