-- Each generation of a read model has tables of its own. The role that keeps them makes and drops them in
-- a schema that is there for nothing else. All are built anew.
CREATE SCHEMA noi_read;

DROP TABLE case_status;
DROP TABLE case_status_term;
DROP TABLE case_alike;
DROP TABLE case_listing;
DROP TABLE case_count;
DROP TABLE worklist;
DROP TABLE work_listing;
DROP TABLE work_count;
DROP TABLE audit_trail;

DELETE FROM projection;
-- The names of its tables, without the number of the generation, with a space between.
ALTER TABLE projection ADD COLUMN tables text NOT NULL;
-- The event that stands at its position: it tells whether the rows follow from this log.
ALTER TABLE projection ADD COLUMN last_event uuid;
ALTER TABLE journal ADD COLUMN last_event uuid;
