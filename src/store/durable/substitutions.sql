-- Replacements that were begun and not finished: cancellations for cause 01 that wait for their substitute.
CREATE TABLE substitution (
  company  TEXT NOT NULL,
  replaced TEXT NOT NULL,             -- the invoice that is to be cancelled
  body     TEXT NOT NULL,
  PRIMARY KEY (company, replaced)
) STRICT;
