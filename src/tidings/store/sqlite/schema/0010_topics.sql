-- Topics of a community, in the order they were made.
CREATE INDEX group_topics ON groups (parent, number) WHERE parent <> 0 AND is_gone = 0;

-- Permission groups of communities; group_number is the community's everywhere.
CREATE TABLE permission_groups (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  group_number INTEGER NOT NULL,
  permission_id TEXT NOT NULL,
  name TEXT NOT NULL,
  permission INTEGER NOT NULL,
  custom TEXT NOT NULL,
  member_count INTEGER NOT NULL,
  is_gone INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX permission_group_names ON permission_groups (group_number, permission_id) WHERE is_gone = 0;
CREATE INDEX gone_permission_groups ON permission_groups (group_number, permission_id) WHERE is_gone = 1;

-- entry: in which order members came in.
CREATE TABLE permission_members (
  permission_number INTEGER,
  account INTEGER,
  group_number INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  PRIMARY KEY (permission_number, account)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX permission_entries ON permission_members (permission_number, entry);
CREATE INDEX permissions_of_accounts ON permission_members (account, group_number);

CREATE TABLE topic_permissions (
  permission_number INTEGER,
  topic_number INTEGER,
  group_number INTEGER NOT NULL,
  permission INTEGER NOT NULL,
  PRIMARY KEY (permission_number, topic_number)
) STRICT, WITHOUT ROWID;
CREATE INDEX permissions_of_topics ON topic_permissions (topic_number);
