-- How an obligation counts: what had passed its limit stays late although it fell away, and a correction
-- that nobody confirmed makes nothing punctual.
ALTER TABLE worklist ADD COLUMN outcome text;
ALTER TABLE worklist ADD COLUMN late_seconds bigint;
-- The limit by which it counts, where that is not the one that follows from all corrections.
ALTER TABLE worklist ADD COLUMN counted_due_at timestamptz;
ALTER TABLE worklist ADD COLUMN unconfirmed boolean NOT NULL DEFAULT false;
-- Who may do it as well: role@unit, each between spaces.
ALTER TABLE worklist ADD COLUMN also text;
ALTER TABLE work_listing ADD COLUMN also text;
-- On the list of somebody who was only told of the case: by which words they find it. Nothing else of
-- the case is looked through for them.
ALTER TABLE work_listing ADD COLUMN words text;
