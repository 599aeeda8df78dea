-- What apps' servers are still to be told, in order; and what was given up.
CREATE TABLE letters (
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  command TEXT NOT NULL,
  query TEXT NOT NULL,
  body BLOB NOT NULL,
  created_at REAL NOT NULL,
  counted INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  reason TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE INDEX letters_of_apps ON letters (app, id);
CREATE TABLE dead_letters (
  id INTEGER PRIMARY KEY,
  app INTEGER NOT NULL,
  lane INTEGER NOT NULL,
  command TEXT NOT NULL,
  query TEXT NOT NULL,
  body BLOB NOT NULL,
  created_at REAL NOT NULL,
  counted INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  reason TEXT NOT NULL,
  died_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dead_letters_of_apps ON dead_letters (app, id);
