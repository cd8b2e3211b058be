-- Acts that spend or create, from the moment of the decision on. Never deleted: they are what the audit refers to.
CREATE TABLE intent (
  id         TEXT    PRIMARY KEY,
  company    TEXT    NOT NULL,
  kind       TEXT    NOT NULL,
  target     TEXT,                    -- the document that must not be touched meanwhile; none for a create
  open       INTEGER NOT NULL,        -- whether the outcome is still open
  planned_at TEXT    NOT NULL,
  changed_at TEXT    NOT NULL,
  body       TEXT    NOT NULL,        -- the intent as JSON, its progress as it was when planned
  progress   TEXT    NOT NULL         -- its progress as JSON
) STRICT;
-- At most one open act per document, whichever window or program asks.
CREATE UNIQUE INDEX one_open_act ON intent (company, kind, target) WHERE open = 1 AND target IS NOT NULL;
CREATE INDEX open_acts ON intent (company) WHERE open = 1;
CREATE INDEX acts ON intent (company, planned_at);

-- What somebody was typing.
CREATE TABLE edit (
  company TEXT NOT NULL,
  slot    TEXT NOT NULL,              -- which editor
  body    TEXT NOT NULL,
  at      TEXT NOT NULL,
  PRIMARY KEY (company, slot)
) STRICT;

-- Who did what when. Each hash covers the entry and the hash before it.
CREATE TABLE audit (
  company TEXT    NOT NULL,
  seq     INTEGER NOT NULL,           -- 1, 2, 3, … per company
  at      TEXT    NOT NULL,
  event   TEXT    NOT NULL,
  intent  TEXT,
  detail  TEXT    NOT NULL,
  hash    BLOB    NOT NULL,
  PRIMARY KEY (company, seq)
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only appended to');
END;
CREATE TRIGGER audit_is_not_shortened BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit log is only appended to');
END;
