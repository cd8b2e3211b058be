-- What was read from the server. All of it can be read again.

CREATE TABLE company (
  number INTEGER PRIMARY KEY,          -- 1 to 1023, the first bits of every key below
  id     TEXT    NOT NULL UNIQUE,      -- as the connection names it
  body   TEXT                          -- JSON, once the company's own record was read
) STRICT;

-- How far the reading of a kind has come. owner = company * 16 + kind, here and below.
CREATE TABLE walk (
  owner       INTEGER PRIMARY KEY,
  cursor      TEXT,                    -- where an unfinished walk goes on
  total       INTEGER,                 -- how many the server has, where it told
  complete_at INTEGER,                 -- ms since 1970: end of the last whole walk
  read_at     INTEGER                  -- ms since 1970: anything of this kind
) STRICT;

-- A name with its RFC and codes. Documents of one contact share it, so that names are searched once and not per
-- document. Never changed; key = company << 40 | number.
CREATE TABLE label (
  key     INTEGER PRIMARY KEY,
  name    TEXT NOT NULL,
  rfc     TEXT NOT NULL,
  code    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX label_by_text ON label (name, rfc, code, (key >> 40));
CREATE VIRTUAL TABLE word USING fts5(
  name, rfc, code,
  content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
);

-- What lists are sorted by and searches look up. The key says company, kind, day and sequence, so that the natural
-- order of a list, "newest first" and "of this company in March" are all ranges of it.
-- Amounts are in cents and only to find by: the exact ones are in the body.
CREATE TABLE entry (
  key      INTEGER PRIMARY KEY,
  owner    INTEGER NOT NULL,
  id       TEXT    NOT NULL,
  label    INTEGER NOT NULL,           -- 0: no name at all
  serie    TEXT    NOT NULL,
  folio    INTEGER,
  due      INTEGER,                    -- number of the day
  total    INTEGER,
  pretax   INTEGER,                    -- total less tax
  subtotal INTEGER,                    -- only where it is another amount than pretax
  balance  INTEGER,
  exact    INTEGER NOT NULL,           -- whether those cents are all of the balance
  currency TEXT    NOT NULL,
  status   INTEGER NOT NULL,
  stamp    INTEGER NOT NULL,
  owing    INTEGER NOT NULL,           -- open, and not known to be paid
  uuid     BLOB,                       -- 16 bytes
  updated  INTEGER,                    -- ms since 1970, the server's
  read_at  INTEGER NOT NULL,           -- ms since 1970, ours
  body     INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX entry_by_id ON entry (owner, id);
CREATE INDEX entry_by_label    ON entry (label)    WHERE label > 0;
CREATE INDEX entry_by_folio    ON entry (folio)    WHERE folio IS NOT NULL;
CREATE INDEX entry_by_total    ON entry (total)    WHERE total IS NOT NULL;
CREATE INDEX entry_by_pretax   ON entry (pretax)   WHERE pretax IS NOT NULL;
CREATE INDEX entry_by_subtotal ON entry (subtotal) WHERE subtotal IS NOT NULL;
CREATE INDEX entry_unstamped   ON entry (stamp)    WHERE stamp = 1;
CREATE INDEX entry_part_paid   ON entry (status)   WHERE status = 2;
CREATE INDEX entry_owing       ON entry (due, currency, balance, exact) WHERE owing = 1;
CREATE INDEX entry_inexact     ON entry (exact)    WHERE exact = 0;

-- The groups of four of every UUID, as words.
CREATE VIRTUAL TABLE block USING fts5(
  digits, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii'
);

-- The record and its raw text in one compressed frame: the seals stand in both, and are kept once. In the order of
-- arrival and not of the entries, because pages that are only ever appended to are full: in the order of the days two
-- fifths of this table, which is most of the file, would be empty.
CREATE TABLE body (
  number INTEGER PRIMARY KEY,
  frame  BLOB NOT NULL
) STRICT;

-- How many there are and what they owe, so that no list has to be gone through. The sum leaves out what is not exact
-- in cents.
CREATE TABLE tally (
  owner    INTEGER NOT NULL,
  status   INTEGER NOT NULL,
  stamp    INTEGER NOT NULL,
  currency TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  owed     INTEGER NOT NULL,
  PRIMARY KEY (owner, status, stamp, currency)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER entry_in AFTER INSERT ON entry BEGIN
  INSERT INTO tally
    VALUES (new.owner, new.status, new.stamp, new.currency, 1,
            iif(new.owing AND new.exact, ifnull(new.balance, 0), 0))
    ON CONFLICT (owner, status, stamp, currency) DO UPDATE SET n = n + 1, owed = owed + excluded.owed;
END;
CREATE TRIGGER entry_out AFTER DELETE ON entry BEGIN
  UPDATE tally
    SET n = n - 1, owed = owed - iif(old.owing AND old.exact, ifnull(old.balance, 0), 0)
    WHERE owner = old.owner AND status = old.status AND stamp = old.stamp AND currency = old.currency;
  DELETE FROM body WHERE number = old.body;
END;
CREATE TRIGGER entry_out_stamped AFTER DELETE ON entry WHEN old.uuid IS NOT NULL BEGIN
  DELETE FROM block WHERE rowid = old.key;
END;
