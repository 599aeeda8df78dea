-- Profiles, save nicknames and avatars, which stand with the accounts; and who follows whom.

-- fields: JSON object of values by tag; standard_id, custom_id: positions of the last changes, nicknames and
-- avatars included; 0 for none.
CREATE TABLE profiles (
  account INTEGER PRIMARY KEY,
  fields TEXT NOT NULL,
  standard_id INTEGER NOT NULL,
  custom_id INTEGER NOT NULL
) STRICT;

-- The account follows the peer since id and time (unix seconds), and is followed back since mutual_id, 0 for not.
CREATE TABLE follows (
  account INTEGER,
  peer INTEGER,
  id INTEGER NOT NULL,
  time INTEGER NOT NULL,
  mutual_id INTEGER NOT NULL,
  PRIMARY KEY (account, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX followed_users ON follows (account, id);
CREATE INDEX followers ON follows (peer, id);
CREATE INDEX mutual_follows ON follows (account, mutual_id) WHERE mutual_id > 0;

-- Counted as follows come and go: a user may have too many to count them when asked.
CREATE TABLE follow_counts (
  account INTEGER PRIMARY KEY,
  followers INTEGER NOT NULL,
  followed INTEGER NOT NULL,
  mutual INTEGER NOT NULL
) STRICT;
