-- An obligation that was not answered also stands in the worklist of the next level: from when on, in
-- which role, in which unit.
ALTER TABLE worklist ADD COLUMN climb_at timestamptz;
ALTER TABLE worklist ADD COLUMN climb_role TEXT;
ALTER TABLE worklist ADD COLUMN climb_unit TEXT;

CREATE INDEX worklist_climbing ON worklist (generation, climb_role, climb_unit)
  WHERE ended_at IS NULL AND climb_at IS NOT NULL;
