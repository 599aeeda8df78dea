-- Forbidden words of apps, and the index that users' searches go by.
-- folded: what tells two words of an app apart; effect: 0 as the app's setting says, 1 replace, 2 refuse.
CREATE TABLE words (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  app INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  folded TEXT NOT NULL,
  text TEXT NOT NULL,
  effect INTEGER NOT NULL,
  replacement TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX word_names ON words (app, kind, folded);

-- Tokens of messages up to the position in meta's 'search_position'; no text is kept in it a second time.
CREATE VIRTUAL TABLE search USING fts5(
  tokens, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);
-- Messages up to that position whose content has changed and is to be taken in anew.
CREATE TABLE search_stale (id INTEGER PRIMARY KEY) STRICT;

-- Whoever changes or removes messages, the index follows; nothing here runs when one is inserted.
CREATE TRIGGER search_changed AFTER UPDATE OF body ON messages WHEN new.body IS NOT old.body
BEGIN
  DELETE FROM search WHERE rowid = old.id;
  INSERT OR IGNORE INTO search_stale VALUES (new.id);
END;
-- 8: recalled; 96 and 128: neither the sender nor the receiver sees it any more.
CREATE TRIGGER search_unseen AFTER UPDATE OF flags ON messages
WHEN new.flags IS NOT old.flags AND (new.flags & 8 OR (new.flags & 96 AND new.flags & 128))
BEGIN
  DELETE FROM search WHERE rowid = old.id;
END;
CREATE TRIGGER search_removed AFTER DELETE ON messages
BEGIN
  DELETE FROM search WHERE rowid = old.id;
  DELETE FROM search_stale WHERE id = old.id;
END;
