-- How fast a connection may be asked, by all windows of this program together.
CREATE TABLE pace (
  connection    TEXT    PRIMARY KEY,
  paid_at       INTEGER NOT NULL,      -- µs since 1970: when the requests made so far will have been paid for
  blocked_until INTEGER NOT NULL,      -- µs since 1970: the server said to wait
  used_up_at    INTEGER                -- µs since 1970: the server said that the plan's quota is used up
) STRICT, WITHOUT ROWID;
