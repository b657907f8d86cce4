-- The words by which cases that may be about one child are found: names with years of birth, places and
-- carers, as they are known and as they were told.
CREATE TABLE case_alike (
    generation      INTEGER NOT NULL
  , case_id         BLOB    NOT NULL CHECK (length(case_id) = 16)
  , opened_position INTEGER NOT NULL
  , word            TEXT    NOT NULL
  , PRIMARY KEY (generation, word, opened_position)
) STRICT;

CREATE INDEX case_alike_by_case ON case_alike (generation, case_id);

-- What those who see a whole case find it by, besides the child's name and the number: former names,
-- parents and carers, telephones of the family.
ALTER TABLE case_status ADD COLUMN people_text TEXT;
