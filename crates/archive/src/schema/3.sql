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
