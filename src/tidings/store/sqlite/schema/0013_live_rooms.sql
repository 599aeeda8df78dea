-- Robots of live rooms, which count as being there until a moment; nobody else is kept but owner and admins.
CREATE TABLE live_robots (
  group_number INTEGER,
  account INTEGER,
  stays_until INTEGER NOT NULL,
  PRIMARY KEY (group_number, account)
) STRICT, WITHOUT ROWID;
CREATE INDEX live_robot_accounts ON live_robots (account);
