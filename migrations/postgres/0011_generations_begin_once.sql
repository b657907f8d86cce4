-- Generations are numbered, and no number is given twice, also when the one that had it is forgotten.
-- Whoever begins a generation or puts one in the place of another locks this row first: what can be
-- locked must be there, and a generation that somebody else is just beginning is not.
CREATE TABLE projection_begun (
    name            text   PRIMARY KEY
  , last_generation bigint NOT NULL CHECK (last_generation >= 0)
);

INSERT INTO projection_begun (name, last_generation)
SELECT name, max(generation) FROM projection GROUP BY name;
