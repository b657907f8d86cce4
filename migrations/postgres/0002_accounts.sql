-- Accounts, sessions, throttling of sign-in, drafts of forms.

CREATE TABLE accounts (
    id uuid PRIMARY KEY,                     -- the officer's id in events
    username text NOT NULL UNIQUE,           -- folded: lower case, no marks
    password_hash text NOT NULL,             -- argon2id, PHC string
    display_name text NOT NULL,
    role text NOT NULL,
    unit text NOT NULL,
    agency text,
    language text NOT NULL DEFAULT 'vi',
    disabled_at timestamptz,
    created_at timestamptz NOT NULL
);

CREATE TABLE sessions (
    token_hash bytea PRIMARY KEY,            -- SHA-256 of the token; the token itself is nowhere
    account_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('cookie', 'bearer')),
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
);

CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE sign_in_attempts (
    subject text PRIMARY KEY,                -- SHA-256 of an account name or of an address
    failures bigint NOT NULL,
    last_at timestamptz NOT NULL,
    blocked_until timestamptz NOT NULL
);

CREATE TABLE drafts (
    officer_id uuid NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    subject text NOT NULL,                   -- id of a case, or 'new'
    form text NOT NULL,
    content text NOT NULL,                   -- JSON of the values as typed
    saved_at timestamptz NOT NULL,
    PRIMARY KEY (officer_id, subject, form)
);

CREATE INDEX drafts_by_age ON drafts (saved_at);
