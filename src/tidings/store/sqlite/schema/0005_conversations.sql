-- What each side does with its conversations: pins, marks, groups of conversations, do not disturb.

-- pinned_id: the position of the pin, 0 for none. A side's row without a last message (last_id 0)
-- stands in its list as an empty conversation if it has a last_time.
ALTER TABLE conversations ADD COLUMN pinned_id INTEGER NOT NULL DEFAULT 0;

-- Kept apart from the list: a conversation has its traits whether it is listed or not.
-- marks: 64 bits, as a signed number; group_numbers: JSON; marked_at: unix seconds of the last change
-- of marks or groups; option_id: the position of the last change of receive_option.
CREATE TABLE conversation_traits (
  account INTEGER,
  peer INTEGER,
  receive_option INTEGER NOT NULL DEFAULT 0,
  option_id INTEGER NOT NULL DEFAULT 0,
  marks INTEGER NOT NULL DEFAULT 0,
  custom_mark TEXT NOT NULL DEFAULT '',
  group_numbers TEXT NOT NULL DEFAULT '[]',
  marked_at INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX refused_senders ON conversation_traits (account, peer) WHERE receive_option = 1;

-- A number is never used again: a device that was away would take the new group for the old one.
CREATE TABLE conversation_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL,
  name TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX conversation_group_names ON conversation_groups (account, name);

-- When an account is not to be disturbed by anybody; times are unix seconds.
CREATE TABLE quiet_times (
  account INTEGER PRIMARY KEY,
  receive_option INTEGER NOT NULL,
  start_time INTEGER NOT NULL,
  end_time INTEGER NOT NULL,
  is_repeated INTEGER NOT NULL
) STRICT;
