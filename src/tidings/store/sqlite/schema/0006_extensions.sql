-- What users hang on messages: key-value extensions and reactions. All of it goes with its message.

-- Extensions of a message (the message's position). seq: the count of changes of the message's
-- extensions when the pair was changed; an empty value is one that was deleted.
CREATE TABLE extensions (
  message INTEGER,
  key TEXT,
  value TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (message, key)
) STRICT, WITHOUT ROWID;
-- last_seq counts on; what has a seq of cleared_seq or less was cleared away.
CREATE TABLE extension_heads (
  message INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL,
  cleared_seq INTEGER NOT NULL
) STRICT;

-- entry: in which order accounts reacted.
CREATE TABLE reactions (
  message INTEGER,
  reaction TEXT,
  account INTEGER,
  entry INTEGER NOT NULL,
  PRIMARY KEY (message, reaction, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX reaction_order ON reactions (message, reaction, entry);
CREATE INDEX reaction_owners ON reactions (account);

CREATE TRIGGER extensions_removed AFTER DELETE ON messages
BEGIN
  DELETE FROM extensions WHERE message = old.id;
  DELETE FROM extension_heads WHERE message = old.id;
  DELETE FROM reactions WHERE message = old.id;
END;
