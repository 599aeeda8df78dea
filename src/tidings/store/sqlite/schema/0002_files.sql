-- Files that users uploaded; their bytes lie in the object store.
-- state: 0 its bytes are on their way, 1 stored whole, 2 struck: its bytes have to go.
CREATE TABLE files (
  key TEXT PRIMARY KEY,
  app INTEGER NOT NULL,
  account INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  parts TEXT NOT NULL,
  is_banned INTEGER NOT NULL,
  state INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX file_ages ON files (app, created_at) WHERE state = 1;
CREATE INDEX file_owners ON files (account);
CREATE INDEX files_not_kept ON files (state) WHERE state <> 1;
