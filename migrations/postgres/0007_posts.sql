-- Posts of officers: who held what when, and on whose behalf. Read side of the streams of kind
-- `officer` in the log, for sign-in and lists; the server makes it anew where the two differ.

CREATE TABLE posts (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role text NOT NULL,
    unit text NOT NULL,
    agency_kind text NOT NULL,
    agency text,
    from_at timestamptz NOT NULL,
    until_at timestamptz,                    -- the first instant at which it is held no more
    for_id uuid,                        -- whose deputy, for a substitution
    for_name text,
    for_act text                         -- number of the act of authorisation
);

CREATE INDEX posts_by_account ON posts (account_id);
CREATE INDEX posts_by_principal ON posts (for_id);
CREATE INDEX posts_by_unit ON posts (unit);

-- Version of the officer's stream that the rows of `posts` follow from; 0: nothing in the log yet.
ALTER TABLE accounts ADD COLUMN posts_version bigint NOT NULL DEFAULT 0;

-- The substitution that a session acts in; none: the officer's own post.
ALTER TABLE sessions ADD COLUMN capacity uuid;

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
