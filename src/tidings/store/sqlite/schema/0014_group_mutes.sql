-- Who is muted in a group, by when that ends.
CREATE INDEX group_mute_ends ON group_mutes (group_number, muted_until, account);
