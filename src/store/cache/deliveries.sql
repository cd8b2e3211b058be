-- What the other side told by itself, the last of it: so that a repetition is known for one, and a person can see that
-- anything comes at all.
CREATE TABLE delivery (
  number  INTEGER PRIMARY KEY,
  company INTEGER NOT NULL,
  event   TEXT    NOT NULL,
  name    TEXT    NOT NULL,            -- accounting.invoice.updated
  id      TEXT    NOT NULL,            -- of the record; empty for a probe
  at      INTEGER NOT NULL,            -- ms since 1970, ours
  UNIQUE (company, event)
) STRICT;
