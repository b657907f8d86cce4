-- The correction that made late of punctual or punctual of late, and who is told of it.
ALTER TABLE worklist ADD COLUMN corrected_at INTEGER;
ALTER TABLE worklist ADD COLUMN corrected_by_event BLOB;
ALTER TABLE worklist ADD COLUMN tells_role TEXT;
ALTER TABLE worklist ADD COLUMN tells_unit TEXT;
