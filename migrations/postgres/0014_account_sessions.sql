-- With what an officer signed in: the kind of browser and system, never an address.
ALTER TABLE sessions ADD COLUMN agent text NOT NULL DEFAULT '';
