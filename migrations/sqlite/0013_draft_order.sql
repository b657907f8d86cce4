-- Savings of a draft by one shown page come in the order in which they were made, whatever the way does
-- to them: one that comes late changes nothing.
ALTER TABLE drafts ADD COLUMN page TEXT NOT NULL DEFAULT '';
ALTER TABLE drafts ADD COLUMN saving INTEGER NOT NULL DEFAULT 0;
