-- Payments without a receipt (REP), each with the invoices that it went to. The entry of an invoice says whether it asks
-- for one at all; triggers bring the two together, so that nobody goes through all payments to count.
CREATE TABLE receipt (
  owner INTEGER NOT NULL,              -- of the invoice
  id    TEXT    NOT NULL,              -- of the invoice, which may not be here yet
  key   INTEGER NOT NULL,              -- of the payment's entry
  due   INTEGER NOT NULL,              -- number of the day until which it is due; 0 where the payment tells no day
  PRIMARY KEY (owner, id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX receipt_by_key ON receipt (key);

-- Invoices that ask for a receipt of each payment (PPD, stamped), with one that is missing: the day until which the
-- first of them is due. Follows from the tables around it.
CREATE TABLE awaiting (
  key INTEGER PRIMARY KEY,             -- that of the invoice's entry
  due INTEGER NOT NULL
) STRICT;

ALTER TABLE entry ADD COLUMN deferred INTEGER NOT NULL DEFAULT 0;

CREATE TRIGGER entry_in_deferred AFTER INSERT ON entry WHEN new.deferred = 1 BEGIN
  INSERT INTO awaiting
    SELECT new.key, min(due) FROM receipt WHERE owner = new.owner AND id = new.id HAVING count(*) > 0;
END;
CREATE TRIGGER entry_out_deferred AFTER DELETE ON entry WHEN old.deferred = 1 BEGIN
  DELETE FROM awaiting WHERE key = old.key;
END;
CREATE TRIGGER entry_out_receipts AFTER DELETE ON entry BEGIN
  DELETE FROM receipt WHERE key = old.key;
END;
CREATE TRIGGER receipt_in AFTER INSERT ON receipt BEGIN
  INSERT INTO awaiting
    SELECT e.key, new.due FROM entry AS e WHERE e.owner = new.owner AND e.id = new.id AND e.deferred = 1
    ON CONFLICT (key) DO UPDATE SET due = min(due, excluded.due);
END;
CREATE TRIGGER receipt_out AFTER DELETE ON receipt BEGIN
  DELETE FROM awaiting WHERE key IN (SELECT key FROM entry WHERE owner = old.owner AND id = old.id);
  INSERT INTO awaiting
    SELECT e.key, min(r.due) FROM entry AS e JOIN receipt AS r ON r.owner = e.owner AND r.id = e.id
    WHERE e.owner = old.owner AND e.id = old.id AND e.deferred = 1 GROUP BY e.key;
END;

-- Of what was read before nobody noted which receipts are missing: it is read again.
DELETE FROM entry;
DELETE FROM walk;
