-- Friends, friend requests, blocklists and friend groups.

-- What is counted of an account's lists, where the next entry stands, and the positions of the last changes.
CREATE TABLE relation_states (
  account INTEGER PRIMARY KEY,
  friends INTEGER NOT NULL,
  next_place INTEGER NOT NULL,
  standard_id INTEGER NOT NULL,
  custom_id INTEGER NOT NULL,
  groups_id INTEGER NOT NULL,
  requests_id INTEGER NOT NULL,
  blocked INTEGER NOT NULL,
  next_block INTEGER NOT NULL,
  blocks_id INTEGER NOT NULL
) STRICT;
CREATE INDEX blockers ON relation_states (account) WHERE blocked > 0;

-- The peer is in the account's list at a place; times are unix seconds; custom: JSON object of values by tag.
CREATE TABLE friends (
  account INTEGER,
  peer INTEGER,
  place INTEGER NOT NULL,
  source TEXT NOT NULL,
  wording TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  remark TEXT NOT NULL,
  remark_time INTEGER NOT NULL,
  custom TEXT NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX friend_places ON friends (account, place);
CREATE INDEX befriended ON friends (peer, account);

-- A number is never used again.
CREATE TABLE friend_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX friend_group_names ON friend_groups (account, name);

CREATE TABLE friend_group_members (
  account INTEGER,
  peer INTEGER,
  group_number INTEGER,
  PRIMARY KEY (account, peer, group_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX friend_group_lists ON friend_group_members (group_number, peer);

-- The account asks the peer; id: the position of the asking. Remark and group_name are for the account's entry.
CREATE TABLE friend_requests (
  account INTEGER,
  peer INTEGER,
  id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  source TEXT NOT NULL,
  wording TEXT NOT NULL,
  remark TEXT NOT NULL,
  group_name TEXT NOT NULL,
  is_read INTEGER NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX sent_requests ON friend_requests (account, id);
CREATE INDEX received_requests ON friend_requests (peer, id);
CREATE INDEX unread_requests ON friend_requests (peer) WHERE is_read = 0;

-- The account blocks the peer since time, unix seconds.
CREATE TABLE blocks (
  account INTEGER,
  peer INTEGER,
  place INTEGER NOT NULL,
  time INTEGER NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX block_places ON blocks (account, place);
