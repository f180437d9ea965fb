-- Version 1 of the archive. Times are ISO 8601 text; digests are BLAKE3; `packed`, `text`, `fields` and `reading` are zlib
-- streams (of bytes, of UTF-8, and of JSON).

-- By which rules and model readings were made.
CREATE TABLE maker (
  number INTEGER PRIMARY KEY,
  rules  TEXT NOT NULL,
  model  TEXT NOT NULL,
  UNIQUE (rules, model)
) STRICT;

-- Bytes as received, each once.
CREATE TABLE bytes (
  number INTEGER PRIMARY KEY,
  digest TEXT NOT NULL UNIQUE,
  length INTEGER NOT NULL,
  packed BLOB NOT NULL
) STRICT;

-- One row an article, with its reading.
CREATE TABLE article (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  digest   TEXT NOT NULL,
  bytes    INTEGER NOT NULL REFERENCES bytes (number),
  verbatim INTEGER NOT NULL,
  added    TEXT NOT NULL,
  maker    INTEGER NOT NULL REFERENCES maker (number),
  day      TEXT,
  outlet   TEXT NOT NULL,
  title    TEXT NOT NULL,
  text     BLOB NOT NULL,
  fields   BLOB NOT NULL,
  reading  BLOB NOT NULL
) STRICT;
CREATE INDEX article_maker ON article (maker);

-- Where the bytes of an article were received; what the container said of them is JSON.
CREATE TABLE source (
  number  INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES article (number),
  path    TEXT NOT NULL,
  record  INTEGER NOT NULL,
  said    TEXT NOT NULL,
  at      TEXT,
  added   TEXT NOT NULL,
  UNIQUE (article, path, record, said)
) STRICT;
CREATE INDEX source_path ON source (path);

-- Every item of every reading. `place` is the day, the article and a running number in one, so that newest first is the
-- order of the table; `hash` is the number in the item's id.
CREATE TABLE item (
  place   INTEGER PRIMARY KEY,
  hash    INTEGER NOT NULL,
  kind    INTEGER NOT NULL,
  article INTEGER NOT NULL REFERENCES article (number),
  act     INTEGER
) STRICT;
CREATE INDEX item_hash ON item (hash);
CREATE INDEX item_article ON item (article);

-- The words of articles, quotations and statements; the rows are those of `item`.
CREATE VIRTUAL TABLE words USING fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);

-- Who and what the items that can be searched mean under the dossier that `derived` names under 'meant'.
CREATE TABLE meant (
  place  INTEGER PRIMARY KEY,
  party  TEXT,
  person TEXT,
  issue  TEXT
) STRICT;
CREATE INDEX meant_party ON meant (party, place);
CREATE INDEX meant_person ON meant (person, place);
CREATE INDEX meant_issue ON meant (issue, place);

-- Readings made by other rules that have not yet taken the place of the old ones.
CREATE TABLE staged (
  article INTEGER PRIMARY KEY REFERENCES article (number),
  maker   INTEGER NOT NULL REFERENCES maker (number),
  text    BLOB NOT NULL,
  fields  BLOB NOT NULL,
  reading BLOB NOT NULL
) STRICT;

-- What the analyst decided, as it was decided: nothing here is ever changed or taken away.
CREATE TABLE correction (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at     TEXT NOT NULL,
  author TEXT NOT NULL,
  body   TEXT NOT NULL
) STRICT;
CREATE TRIGGER correction_kept BEFORE DELETE ON correction
BEGIN SELECT RAISE (ABORT, 'corrections are never deleted'); END;
CREATE TRIGGER correction_unchanged BEFORE UPDATE ON correction
BEGIN SELECT RAISE (ABORT, 'corrections are never changed'); END;

-- What can be made again at any time, with the state of the archive it was made of.
CREATE TABLE derived (
  name  TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  value BLOB NOT NULL
) STRICT;

-- One row: grows with every change of what listings are made of.
CREATE TABLE state (
  only   INTEGER PRIMARY KEY CHECK (only = 1),
  change INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES (1, 0);
