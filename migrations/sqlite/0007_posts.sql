-- Posts of officers: who held what when, and on whose behalf. Read side of the streams of kind
-- `officer` in the log, for sign-in and lists; the server makes it anew where the two differ.

CREATE TABLE posts (
    id BLOB PRIMARY KEY NOT NULL,
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    agency_kind TEXT NOT NULL,
    agency TEXT,
    from_at TEXT NOT NULL,
    until_at TEXT,                    -- the first instant at which it is held no more
    for_id BLOB,                        -- whose deputy, for a substitution
    for_name TEXT,
    for_act TEXT                         -- number of the act of authorisation
) STRICT;

CREATE INDEX posts_by_account ON posts (account_id);
CREATE INDEX posts_by_principal ON posts (for_id);
CREATE INDEX posts_by_unit ON posts (unit);

-- Version of the officer's stream that the rows of `posts` follow from; 0: nothing in the log yet.
ALTER TABLE accounts ADD COLUMN posts_version INTEGER NOT NULL DEFAULT 0;

-- The substitution that a session acts in; none: the officer's own post.
ALTER TABLE sessions ADD COLUMN capacity BLOB;

-- Everybody has held their post since their account was made. The first post has the account's id.
INSERT INTO posts (id, account_id, role, unit, agency_kind, agency, from_at)
    SELECT id, id, role, unit,
           CASE role
               WHEN 'commune-officer' THEN 'peoples-committee'
               WHEN 'commune-chair' THEN 'peoples-committee'
               WHEN 'police-officer' THEN 'police'
               WHEN 'health-worker' THEN 'health'
               WHEN 'education-worker' THEN 'education'
               WHEN 'legal-aid-worker' THEN 'legal-aid'
               WHEN 'prosecutor' THEN 'procuracy'
               WHEN 'court-clerk' THEN 'court'
               WHEN 'hotline-operator' THEN 'hotline'
               WHEN 'provider-worker' THEN 'service-provider'
               WHEN 'inspector' THEN 'inspectorate'
               ELSE 'child-affairs'
           END,
           agency, created_at
      FROM accounts;
