-- What a unit or an officer owed in a period, and how long recording took.

CREATE INDEX worklist_by_unit_opened ON worklist (generation, unit, opened_at);
CREATE INDEX worklist_by_officer_opened ON worklist (generation, officer, opened_at)
  WHERE officer IS NOT NULL;
CREATE INDEX worklist_by_opened ON worklist (generation, opened_at);
CREATE INDEX audit_trail_by_unit_time ON audit_trail (generation, unit, recorded_at);
