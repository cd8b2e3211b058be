-- What was looked for lately, of each company.
CREATE TABLE lately (
  company TEXT PRIMARY KEY,
  body    TEXT NOT NULL               -- JSON: the questions, the last one first
) STRICT;
