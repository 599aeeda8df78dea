-- shows_past: whether members see what was before they came; NULL: as in all groups of the kind.
ALTER TABLE groups ADD COLUMN shows_past INTEGER;
-- An app's list of its groups.
CREATE INDEX app_groups ON groups (app, number) WHERE is_gone = 0 AND parent = 0;
-- How many groups of a kind an app has, so that nobody needs to count them.
CREATE TABLE group_counts (
  app INTEGER,
  kind TEXT,
  count INTEGER NOT NULL,
  PRIMARY KEY (app, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO group_counts SELECT app, kind, count(*) FROM groups WHERE is_gone = 0 AND parent = 0 GROUP BY app, kind;
CREATE TRIGGER group_made AFTER INSERT ON groups WHEN new.is_gone = 0 AND new.parent = 0 BEGIN
  INSERT INTO group_counts VALUES (new.app, new.kind, 1) ON CONFLICT (app, kind) DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER group_ended AFTER UPDATE OF is_gone ON groups
WHEN new.is_gone = 1 AND old.is_gone = 0 AND new.parent = 0 BEGIN
  UPDATE group_counts SET count = count - 1 WHERE app = new.app AND kind = new.kind;
END;
CREATE TRIGGER group_deleted AFTER DELETE ON groups WHEN old.is_gone = 0 AND old.parent = 0 BEGIN
  UPDATE group_counts SET count = count - 1 WHERE app = old.app AND kind = old.kind;
END;
