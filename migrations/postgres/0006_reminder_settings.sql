-- How an officer wants to be reminded beside the pages.

CREATE TABLE reminder_settings (
    account_id uuid PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    mail text,                               -- where mails go
    mail_since timestamptz,                  -- notices from then on go by mail
    mail_not_before timestamptz,             -- somebody is sending, or a failure is waited out
    calendar_hash bytea UNIQUE,              -- SHA-256 of the secret in the calendar's address
    calendar_made_at timestamptz
);
