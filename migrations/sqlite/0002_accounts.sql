-- Accounts, sessions, throttling of sign-in, drafts of forms.
-- Instants are RFC 3339 text in UTC with whole seconds, so that text order is time order.

CREATE TABLE accounts (
    id BLOB PRIMARY KEY NOT NULL,            -- the officer's id in events
    username TEXT NOT NULL UNIQUE,           -- folded: lower case, no marks
    password_hash TEXT NOT NULL,             -- argon2id, PHC string
    display_name TEXT NOT NULL,
    role TEXT NOT NULL,
    unit TEXT NOT NULL,
    agency TEXT,
    language TEXT NOT NULL DEFAULT 'vi',
    disabled_at TEXT,
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    token_hash BLOB PRIMARY KEY NOT NULL,    -- SHA-256 of the token; the token itself is nowhere
    account_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('cookie', 'bearer')),
    created_at TEXT NOT NULL,
    last_seen_at TEXT NOT NULL,
    expires_at TEXT NOT NULL
) STRICT;

CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE sign_in_attempts (
    subject TEXT PRIMARY KEY NOT NULL,       -- SHA-256 of an account name or of an address
    failures INTEGER NOT NULL,
    last_at TEXT NOT NULL,
    blocked_until TEXT NOT NULL
) STRICT;

CREATE TABLE drafts (
    officer_id BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    subject TEXT NOT NULL,                   -- id of a case, or 'new'
    form TEXT NOT NULL,
    content TEXT NOT NULL,                   -- JSON of the values as typed
    saved_at TEXT NOT NULL,
    PRIMARY KEY (officer_id, subject, form)
) STRICT;

CREATE INDEX drafts_by_age ON drafts (saved_at);
