-- Groups, topics among them (their parent is the community), and who is in them.
-- cleared_seq: members see nothing up to it; changed_id: the last change that lists of conversations tell.
CREATE TABLE groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  app INTEGER NOT NULL,
  group_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  parent INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  name TEXT NOT NULL,
  introduction TEXT NOT NULL,
  notification TEXT NOT NULL,
  face_url TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  max_members INTEGER NOT NULL,
  apply_option TEXT NOT NULL,
  invite_option TEXT NOT NULL,
  is_muted INTEGER NOT NULL,
  custom TEXT NOT NULL,
  info_seq INTEGER NOT NULL,
  info_at INTEGER NOT NULL,
  member_count INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  is_active INTEGER NOT NULL,
  has_topics INTEGER NOT NULL,
  has_permissions INTEGER NOT NULL,
  default_permission INTEGER NOT NULL,
  is_gone INTEGER NOT NULL,
  cleared_seq INTEGER NOT NULL DEFAULT 0,
  changed_id INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE UNIQUE INDEX group_names ON groups (app, group_id) WHERE is_gone = 0;
CREATE INDEX gone_group_names ON groups (app, group_id, number) WHERE is_gone = 1;
CREATE INDEX group_listing ON groups (app, kind, number) WHERE is_gone = 0;

-- entry: in which order members came in.
CREATE TABLE group_members (
  group_number INTEGER,
  account INTEGER,
  entry INTEGER NOT NULL,
  role TEXT NOT NULL,
  joined_at INTEGER NOT NULL,
  joined_seq INTEGER NOT NULL,
  read_seq INTEGER NOT NULL,
  receive TEXT NOT NULL,
  name_card TEXT NOT NULL,
  sent_at INTEGER NOT NULL,
  custom TEXT NOT NULL,
  PRIMARY KEY (group_number, account)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX group_entries ON group_members (group_number, entry);
CREATE INDEX group_leaders ON group_members (group_number, role, entry) WHERE role <> 'Member';
CREATE INDEX memberships ON group_members (account, group_number, receive, entry);

-- Both outlast leaving the group.
CREATE TABLE group_mutes (
  group_number INTEGER,
  account INTEGER,
  muted_until INTEGER NOT NULL,
  PRIMARY KEY (group_number, account)
) STRICT, WITHOUT ROWID;
CREATE TABLE group_bans (
  group_number INTEGER,
  account INTEGER,
  banned_until INTEGER NOT NULL,
  operator TEXT NOT NULL,
  PRIMARY KEY (group_number, account)
) STRICT, WITHOUT ROWID;

-- All attributes of a group, and all its counters; seq counts their changes, items is JSON.
CREATE TABLE group_attributes (
  group_number INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  items BLOB NOT NULL
) STRICT;
CREATE TABLE group_counters (
  group_number INTEGER PRIMARY KEY,
  seq INTEGER NOT NULL,
  items BLOB NOT NULL
) STRICT;

-- A group's messages stand among the others; their conversation is the group's number, negative.
-- extra: what only group messages have, as JSON.
ALTER TABLE messages ADD COLUMN extra BLOB;
CREATE UNIQUE INDEX group_order ON messages (conversation, seq) WHERE conversation < 0;
-- Unread numbers are counted from sequences less these.
CREATE INDEX group_uncounted ON messages (conversation, seq) WHERE conversation < 0 AND flags & 1 != 0;

-- What members have deleted from their own view.
CREATE TABLE group_hidden (
  group_number INTEGER,
  account INTEGER,
  seq INTEGER,
  PRIMARY KEY (group_number, account, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_hiders ON group_hidden (account);

-- What was recalled and when, so that devices that were away are told.
CREATE TABLE group_recalls (
  group_number INTEGER,
  id INTEGER,
  seq INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (group_number, id)
) STRICT, WITHOUT ROWID;

-- Who has read a message that wants receipts.
CREATE TABLE group_receipts (
  group_number INTEGER,
  seq INTEGER,
  account INTEGER,
  read_at INTEGER NOT NULL,
  PRIMARY KEY (group_number, seq, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_readers ON group_receipts (account);

-- pinned_id: the position of the pin.
CREATE TABLE group_pins (
  group_number INTEGER,
  seq INTEGER,
  pinner TEXT NOT NULL,
  pinned_id INTEGER NOT NULL,
  PRIMARY KEY (group_number, seq)
) STRICT, WITHOUT ROWID;
