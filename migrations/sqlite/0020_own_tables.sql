-- Read models stand in a file of their own beside this one, each generation in tables of its own. They
-- are built anew there.
DROP TABLE case_status;
DROP TABLE case_status_term;
DROP TABLE case_alike;
DROP TABLE case_listing;
DROP TABLE case_count;
DROP TABLE worklist;
DROP TABLE work_listing;
DROP TABLE work_count;
DROP TABLE audit_trail;
DROP TABLE projection;
DROP TABLE projection_begun;
DROP TABLE reading;
DROP TABLE notice;
DROP TABLE journal;
