-- When the unfinished walk over a kind began: what was not read since is not known to be there.
ALTER TABLE walk ADD COLUMN began_at INTEGER;  -- ms since 1970
