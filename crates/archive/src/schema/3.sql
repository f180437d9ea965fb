-- Version 3: feeds that are followed, and pages that were fetched. Times are ISO 8601 text; text is '' where nothing is known.

CREATE TABLE feed (
  address  TEXT PRIMARY KEY,
  title    TEXT NOT NULL,
  etag     TEXT NOT NULL,
  modified TEXT NOT NULL,
  polls    INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  error    TEXT NOT NULL,
  next     TEXT,
  peace    TEXT
) STRICT;

-- `mark` is what feeds said of the page, in short; `article` is the id of the newest article that was made of it.
CREATE TABLE page (
  address  TEXT PRIMARY KEY,
  mark     TEXT NOT NULL,
  etag     TEXT NOT NULL,
  modified TEXT NOT NULL,
  looked   TEXT,
  article  TEXT NOT NULL
) STRICT;

-- Which articles a page was, one after the other: a row from when it was first seen to be that one until it was last seen to
-- be. An article may come again, and one that is not kept any more is passed over.
CREATE TABLE version (
  address TEXT NOT NULL,
  number  INTEGER NOT NULL,
  article TEXT NOT NULL,
  first   TEXT NOT NULL,
  last    TEXT NOT NULL,
  PRIMARY KEY (address, number)
) STRICT;
CREATE INDEX version_article ON version (article);
