-- How an obligation counts: what had passed its limit stays late although it fell away, and a correction
-- that nobody confirmed makes nothing punctual.
ALTER TABLE worklist ADD COLUMN outcome TEXT;
ALTER TABLE worklist ADD COLUMN late_seconds INTEGER;
-- The limit by which it counts, where that is not the one that follows from all corrections.
ALTER TABLE worklist ADD COLUMN counted_due_at INTEGER;
ALTER TABLE worklist ADD COLUMN unconfirmed INTEGER NOT NULL DEFAULT 0;
-- Who may do it as well: role@unit, each between spaces.
ALTER TABLE worklist ADD COLUMN also TEXT;
ALTER TABLE work_listing ADD COLUMN also TEXT;
-- On the list of somebody who was only told of the case: by which words they find it. Nothing else of
-- the case is looked through for them.
ALTER TABLE work_listing ADD COLUMN words TEXT;
