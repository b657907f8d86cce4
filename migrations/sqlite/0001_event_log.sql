-- The event log: what has happened, in one order, for ever.
-- Identifiers are 16-byte blobs, instants are microseconds since 1970-01-01T00:00:00Z.

CREATE TABLE event_log (
    -- 1, 2, 3, … in the order of commit, without a gap.
    position       INTEGER PRIMARY KEY CHECK (position > 0)
  , stream_kind    TEXT    NOT NULL
  , stream_id      BLOB    NOT NULL CHECK (length(stream_id) = 16)
    -- 1, 2, 3, … within the stream.
  , version        INTEGER NOT NULL CHECK (version > 0)
  , event_id       BLOB    NOT NULL CHECK (length(event_id) = 16)
  , event_type     TEXT    NOT NULL
  , revision       INTEGER NOT NULL
  , occurred_at    INTEGER NOT NULL
  , recorded_at    INTEGER NOT NULL
    -- Who acted, as they were then: JSON, kept verbatim.
  , actor          TEXT    NOT NULL
  , command_id     BLOB    NOT NULL CHECK (length(command_id) = 16)
  , correlation_id BLOB    NOT NULL CHECK (length(correlation_id) = 16)
  , causation_id   BLOB    CHECK (length(causation_id) = 16)
    -- The payload without anything that names a person: JSON, kept verbatim.
  , facts          TEXT    NOT NULL
    -- The payload that names a person: JSON as UTF-8 bytes, or a ciphertext when key_id is set.
  , personal       BLOB
    -- The key and the nonce that `personal` is encrypted with. NULL: not encrypted.
  , key_id         BLOB    CHECK (length(key_id) = 16)
  , nonce          BLOB
    -- SHA-256 leaf of the Merkle tree over the stored bytes of this row. NULL: not yet in a tree;
    -- it can always be derived, because the bytes above never change.
  , leaf_hash      BLOB    CHECK (length(leaf_hash) = 32)
  , CONSTRAINT event_log_version_once UNIQUE (stream_kind, stream_id, version)
  , CONSTRAINT event_log_event_id_once UNIQUE (event_id)
) STRICT;

-- The last position. On SQLite the transaction of the one writer is the lock, so that this needs no
-- row of its own.
CREATE VIEW event_log_head (position) AS SELECT coalesce(max(position), 0) FROM event_log;

-- Each command that was carried out, with what it appended: sent again, it appends nothing.
CREATE TABLE command_log (
    command_id     BLOB    PRIMARY KEY CHECK (length(command_id) = 16)
  , fingerprint    BLOB    NOT NULL CHECK (length(fingerprint) = 32)
  , stream_kind    TEXT    NOT NULL
  , stream_id      BLOB    NOT NULL CHECK (length(stream_id) = 16)
  , first_version  INTEGER NOT NULL
  , last_version   INTEGER NOT NULL
  , first_position INTEGER NOT NULL
  , last_position  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What is written stays as it was written. INSERT OR REPLACE removes rows, too: these triggers see
-- it because every connection of the application sets recursive_triggers.
CREATE TRIGGER event_log_never_updated BEFORE UPDATE ON event_log
BEGIN SELECT RAISE(ABORT, 'event_log is append-only'); END;

CREATE TRIGGER event_log_never_deleted BEFORE DELETE ON event_log
BEGIN SELECT RAISE(ABORT, 'event_log is append-only'); END;

CREATE TRIGGER command_log_never_updated BEFORE UPDATE ON command_log
BEGIN SELECT RAISE(ABORT, 'command_log is append-only'); END;

CREATE TRIGGER command_log_never_deleted BEFORE DELETE ON command_log
BEGIN SELECT RAISE(ABORT, 'command_log is append-only'); END;
