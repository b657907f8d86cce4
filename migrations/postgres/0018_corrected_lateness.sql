-- The correction that made late of punctual or punctual of late, and who is told of it.
ALTER TABLE worklist ADD COLUMN corrected_at timestamptz;
ALTER TABLE worklist ADD COLUMN corrected_by_event uuid;
ALTER TABLE worklist ADD COLUMN tells_role text;
ALTER TABLE worklist ADD COLUMN tells_unit text;
