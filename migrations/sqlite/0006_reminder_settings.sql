-- How an officer wants to be reminded beside the pages. Instants are RFC 3339 text in UTC with whole
-- seconds.

CREATE TABLE reminder_settings (
    account_id BLOB PRIMARY KEY NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    mail TEXT,                               -- where mails go
    mail_since TEXT,                         -- notices from then on go by mail
    mail_not_before TEXT,                    -- somebody is sending, or a failure is waited out
    calendar_hash BLOB UNIQUE,               -- SHA-256 of the secret in the calendar's address
    calendar_made_at TEXT
) STRICT;
