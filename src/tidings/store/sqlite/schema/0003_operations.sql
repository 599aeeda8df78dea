-- Global mutes, daily figures, archives of messages, and accounts that are being erased.

-- Unix seconds; 1 << 62 is for ever.
CREATE TABLE mutes (
  account INTEGER PRIMARY KEY,
  messages_until INTEGER NOT NULL,
  groups_until INTEGER NOT NULL
) STRICT;

-- One row for an app's day, days since 1970 in the app's own time; accounts: how many there were at its end.
CREATE TABLE daily_figures (
  app INTEGER,
  day INTEGER,
  accounts INTEGER NOT NULL,
  registered INTEGER NOT NULL,
  active INTEGER NOT NULL,
  logged_in INTEGER NOT NULL,
  logins INTEGER NOT NULL,
  senders INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  most_online INTEGER NOT NULL,
  PRIMARY KEY (app, day)
) STRICT, WITHOUT ROWID;

-- What an account has done on one of the last two days, so that it is counted once.
CREATE TABLE daily_accounts (
  account INTEGER,
  day INTEGER,
  app INTEGER NOT NULL,
  deeds INTEGER NOT NULL,
  PRIMARY KEY (account, day)
) STRICT, WITHOUT ROWID;

-- An hour's messages (hours since 1970) as a file; sizes in bytes, digests (MD5) in hexadecimal.
CREATE TABLE archives (
  app INTEGER,
  hour INTEGER,
  file TEXT NOT NULL,
  size INTEGER NOT NULL,
  digest TEXT NOT NULL,
  packed_size INTEGER NOT NULL,
  packed_digest TEXT NOT NULL,
  PRIMARY KEY (app, hour)
) STRICT, WITHOUT ROWID;

-- Deleted accounts of which something is left; the row goes when nothing is.
CREATE TABLE erasures (
  account INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  user_id TEXT NOT NULL,
  with_messages INTEGER NOT NULL
) STRICT;
