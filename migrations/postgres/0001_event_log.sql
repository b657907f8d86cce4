-- The event log: what has happened, in one order, for ever.

CREATE TABLE event_log (
    -- 1, 2, 3, … in the order of commit, without a gap.
    position       bigint      PRIMARY KEY CHECK (position > 0)
  , stream_kind    text        NOT NULL
  , stream_id      uuid        NOT NULL
    -- 1, 2, 3, … within the stream.
  , version        bigint      NOT NULL CHECK (version > 0)
  , event_id       uuid        NOT NULL
  , event_type     text        NOT NULL
  , revision       smallint    NOT NULL
  , occurred_at    timestamptz NOT NULL
  , recorded_at    timestamptz NOT NULL
    -- Who acted, as they were then: JSON, kept verbatim.
  , actor          text        NOT NULL
  , command_id     uuid        NOT NULL
  , correlation_id uuid        NOT NULL
  , causation_id   uuid
    -- The payload without anything that names a person: JSON, kept verbatim (jsonb would reorder it).
  , facts          text        NOT NULL
    -- The payload that names a person: JSON as UTF-8 bytes, or a ciphertext when key_id is set.
  , personal       bytea
    -- The key and the nonce that `personal` is encrypted with. NULL: not encrypted.
  , key_id         uuid
  , nonce          bytea
    -- SHA-256 leaf of the Merkle tree over the stored bytes of this row. NULL: not yet in a tree;
    -- it can always be derived, because the bytes above never change.
  , leaf_hash      bytea       CHECK (length(leaf_hash) = 32)
  , CONSTRAINT event_log_version_once UNIQUE (stream_kind, stream_id, version)
  , CONSTRAINT event_log_event_id_once UNIQUE (event_id)
);

-- The last position. One row, locked by whoever appends. Room in its page for updates in place.
CREATE TABLE event_log_head (
    only_row integer PRIMARY KEY CHECK (only_row = 1)
  , position bigint  NOT NULL CHECK (position >= 0)
) WITH (fillfactor = 10);

INSERT INTO event_log_head (only_row, position) VALUES (1, 0);

-- Each command that was carried out, with what it appended: sent again, it appends nothing.
CREATE TABLE command_log (
    command_id     uuid   PRIMARY KEY
  , fingerprint    bytea  NOT NULL CHECK (length(fingerprint) = 32)
  , stream_kind    text   NOT NULL
  , stream_id      uuid   NOT NULL
  , first_version  bigint NOT NULL
  , last_version   bigint NOT NULL
  , first_position bigint NOT NULL
  , last_position  bigint NOT NULL
);

-- What is written stays as it was written, for the owner of the tables, too. The application works
-- as the role noi_app, which has no right to change or remove either; see the grants that follow
-- every migration.
CREATE FUNCTION event_log_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER event_log_never_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse_change();

CREATE TRIGGER command_log_never_changed
BEFORE UPDATE OR DELETE OR TRUNCATE ON command_log
FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse_change();

CREATE TRIGGER event_log_head_never_deleted
BEFORE DELETE OR TRUNCATE ON event_log_head
FOR EACH STATEMENT EXECUTE FUNCTION event_log_refuse_change();

-- The head moves only forwards.
CREATE TRIGGER event_log_head_moves_forwards
BEFORE UPDATE ON event_log_head
FOR EACH ROW WHEN (NEW.position <= OLD.position) EXECUTE FUNCTION event_log_refuse_change();
