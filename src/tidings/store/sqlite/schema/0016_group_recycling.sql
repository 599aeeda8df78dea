-- When somebody last came into a group or left it, so that groups can go that nobody uses.
ALTER TABLE groups ADD COLUMN members_at INTEGER NOT NULL DEFAULT 0;
UPDATE groups SET members_at =
  coalesce((SELECT max(m.joined_at) FROM group_members m WHERE m.group_number = groups.number), 0);
