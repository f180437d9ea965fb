-- Version 2 of the archive: what each user has seen of the records, a zlib stream of JSON.
CREATE TABLE seen (
  author  TEXT PRIMARY KEY,
  at      TEXT NOT NULL,
  records BLOB NOT NULL
) STRICT;
