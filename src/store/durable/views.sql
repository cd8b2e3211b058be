-- Lists that were given a name.
CREATE TABLE view (
  company TEXT NOT NULL,
  key     TEXT NOT NULL,              -- the name without its case: two that sound the same are one
  body    TEXT NOT NULL,              -- JSON
  at      TEXT NOT NULL,              -- when it was kept
  PRIMARY KEY (company, key)
) STRICT;
