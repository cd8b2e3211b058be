-- What the fiscal rules said of an unstamped document. A verdict goes when the document changes, or anything that it
-- was judged by: the triggers see to it, so that no writer can forget.
CREATE TABLE verdict (
  key     INTEGER PRIMARY KEY,         -- that of the document's entry
  level   INTEGER NOT NULL,            -- 0 nothing found, 1 warnings, 2 errors
  at      INTEGER NOT NULL,            -- ms since 1970, ours: when it was judged
  until   INTEGER NOT NULL,            -- ms since 1970: from here on the clock alone may turn it
  edition TEXT    NOT NULL             -- of the rules and catalogues
) STRICT;

-- The entries that a verdict leans on: receiver, items, taxes, related invoices.
CREATE TABLE leaning (
  support INTEGER NOT NULL,
  key     INTEGER NOT NULL,
  PRIMARY KEY (support, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX leaning_by_key ON leaning (key);

CREATE TRIGGER entry_out_judged AFTER DELETE ON entry BEGIN
  DELETE FROM verdict WHERE key = old.key;
  DELETE FROM verdict WHERE key IN (SELECT key FROM leaning WHERE support = old.key);
END;
CREATE TRIGGER verdict_out AFTER DELETE ON verdict BEGIN
  DELETE FROM leaning WHERE key = old.key;
END;
CREATE TRIGGER company_out_judged AFTER UPDATE OF body ON company WHEN old.body IS NOT new.body BEGIN
  DELETE FROM verdict WHERE key >> 53 = new.number;
END;
