-- The commune that answers for a case, and the day as of which its code is read: lists name it as the
-- page of the case does.
ALTER TABLE case_status ADD COLUMN responsible_unit TEXT;
ALTER TABLE case_status ADD COLUMN responsible_since date;
