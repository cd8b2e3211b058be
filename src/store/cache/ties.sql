-- Which rows name which record: owner and id of what is named, and the key of the row that names it.
CREATE TABLE tie (
  owner INTEGER NOT NULL,
  id    TEXT    NOT NULL,
  key   INTEGER NOT NULL,
  PRIMARY KEY (owner, id, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX tie_by_key ON tie (key);
CREATE TRIGGER entry_out_ties AFTER DELETE ON entry BEGIN
  DELETE FROM tie WHERE key = old.key;
END;

-- Of what was read before nobody noted what it names: it is read again.
DELETE FROM entry;
DELETE FROM walk;
