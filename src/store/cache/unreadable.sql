-- Rows of lists that no record could be made of, but whose name was told: they are asked for by it.
CREATE TABLE unreadable (
  owner    INTEGER NOT NULL,
  id       TEXT    NOT NULL,
  met_at   INTEGER NOT NULL,           -- ms since 1970, ours: when a list had such a row last
  asked_at INTEGER,                    -- ms since 1970, ours: when it was asked for last
  PRIMARY KEY (owner, id)
) STRICT, WITHOUT ROWID;
-- The beginning of the unfinished walk by the server's clock: changes since then are looked for at the front.
ALTER TABLE walk ADD COLUMN looked_at INTEGER;  -- ms since 1970, the server's
