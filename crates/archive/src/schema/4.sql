-- Version 4: what was received, where the bytes of an article are text that was taken out of it (a PDF, a mail, an export of a
-- press database).

CREATE TABLE original (
  article INTEGER PRIMARY KEY REFERENCES article (number),
  bytes   INTEGER NOT NULL REFERENCES bytes (number)
) STRICT;
CREATE INDEX original_bytes ON original (bytes);

-- The text that was taken out of an original by other rules, where it is not the one that is kept.
ALTER TABLE staged ADD COLUMN bytes INTEGER REFERENCES bytes (number);
CREATE INDEX staged_bytes ON staged (bytes);
CREATE INDEX article_bytes ON article (bytes);

-- Nothing looks versions up by their article.
DROP INDEX version_article;
