-- Apps, accounts, logins, one-to-one messages, conversations and the accounts' logs.
CREATE TABLE meta (name TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;

CREATE TABLE apps (
  sdk_app_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  is_enabled INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  settings TEXT NOT NULL
) STRICT;
CREATE TABLE app_keys (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  app INTEGER NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE app_admins (app INTEGER, user_id TEXT, PRIMARY KEY (app, user_id)) STRICT, WITHOUT ROWID;

-- A deleted account keeps its row, emptied, as long as its messages may still be read by others.
CREATE TABLE accounts (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  app INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  nick TEXT NOT NULL,
  face_url TEXT NOT NULL,
  void_until INTEGER NOT NULL,
  custom_status TEXT NOT NULL,
  is_deleted INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX account_names ON accounts (app, user_id) WHERE is_deleted = 0;

CREATE TABLE sessions (
  account INTEGER,
  instance INTEGER,
  device TEXT NOT NULL,
  platform TEXT NOT NULL,
  opened_at REAL NOT NULL,
  signed_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  left_at REAL,
  kicked INTEGER,
  PRIMARY KEY (account, instance)
) STRICT, WITHOUT ROWID;

-- id is the position: one counter over messages and events, in commit order.
CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  conversation INTEGER NOT NULL,
  time INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  random INTEGER NOT NULL,
  sender INTEGER NOT NULL,
  client_time INTEGER NOT NULL,
  flags INTEGER NOT NULL,
  offline_until INTEGER NOT NULL,
  version INTEGER NOT NULL,
  body BLOB NOT NULL,
  custom_data TEXT NOT NULL,
  push BLOB NOT NULL,
  revoker_id TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
CREATE INDEX message_order ON messages (conversation, time, seq);
CREATE INDEX message_place ON messages (conversation);

-- One row for each side. newest_id: last message; last_id: last one that shows in the list;
-- cleared_id: what stands up to here is gone for this side; changed_id: last change of the row.
CREATE TABLE conversations (
  account INTEGER,
  peer INTEGER,
  newest_id INTEGER NOT NULL,
  last_id INTEGER NOT NULL,
  last_time INTEGER NOT NULL,
  read_id INTEGER NOT NULL DEFAULT 0,
  read_time INTEGER NOT NULL DEFAULT 0,
  cleared_id INTEGER NOT NULL DEFAULT 0,
  changed_id INTEGER NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;

CREATE TABLE events (
  account INTEGER,
  id INTEGER,
  time INTEGER NOT NULL,
  kind TEXT NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_order ON events (id);
