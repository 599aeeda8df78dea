-- Messages that grow while they are read, chatbots, and merged messages too long for their own message.

-- Streams that are not over. message: position of the message; text: all pieces so far, shown: what people see of it.
CREATE TABLE streams (
  id TEXT PRIMARY KEY,
  app INTEGER NOT NULL,
  message INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  compatible_text TEXT NOT NULL,
  text TEXT NOT NULL,
  shown TEXT NOT NULL,
  last_index INTEGER NOT NULL,
  last_at REAL NOT NULL
) STRICT;
CREATE INDEX stream_messages ON streams (message);
CREATE TRIGGER stream_removed AFTER DELETE ON messages
BEGIN
  DELETE FROM streams WHERE message = old.id;
END;

CREATE TABLE robots (
  account INTEGER PRIMARY KEY,
  app INTEGER NOT NULL
) STRICT;
CREATE INDEX robots_of_app ON robots (app);

-- used_at: unix seconds of when it was saved, or read on another day.
CREATE TABLE merged_messages (
  key TEXT PRIMARY KEY,
  app INTEGER NOT NULL,
  account INTEGER NOT NULL,
  used_at INTEGER NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX merged_message_ages ON merged_messages (app, used_at);
CREATE INDEX merged_message_owners ON merged_messages (account);
