-- Who asks to come into a group, and what became of it.
-- account would come in; inviter asked it in, 0: it asked itself; stage: whom it waits for; answer: 0 none yet;
-- handler: the account that answered, if one did.
CREATE TABLE group_requests (
  group_number INTEGER,
  account INTEGER,
  inviter INTEGER,
  id INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  wording TEXT NOT NULL,
  key TEXT NOT NULL,
  time INTEGER NOT NULL,
  answer INTEGER NOT NULL,
  handler INTEGER NOT NULL,
  PRIMARY KEY (group_number, account, inviter)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_request_order ON group_requests (group_number, id) WHERE stage <> 1;
CREATE INDEX group_consents ON group_requests (account, id) WHERE stage = 1;
CREATE INDEX group_inviters ON group_requests (inviter);
CREATE INDEX answered_group_requests ON group_requests (group_number, time) WHERE answer <> 0;
CREATE INDEX group_leaderships ON group_members (account, group_number) WHERE role <> 'Member';
-- Notices name accounts that the one told of them may share no conversation with.
CREATE INDEX group_notices ON events (id, account) WHERE kind = 'GroupNotice';
