-- A whole walk and a refresh are two things: up to when all changes are known is no longer when all was walked.
ALTER TABLE walk ADD COLUMN known_at INTEGER;                    -- ms since 1970: all changes up to then are here
ALTER TABLE walk ADD COLUMN met_at INTEGER;                      -- ms since 1970: of a refresh that is to be confirmed
ALTER TABLE walk ADD COLUMN skipped INTEGER NOT NULL DEFAULT 0;  -- rows that could not be read, in the last whole walk
ALTER TABLE walk ADD COLUMN absent INTEGER NOT NULL DEFAULT 0;   -- of these, the ones that nothing here stands for
ALTER TABLE walk ADD COLUMN reached_at INTEGER;                  -- ms since 1970, the server's: as far the unfinished walk came
ALTER TABLE walk ADD COLUMN passed INTEGER NOT NULL DEFAULT 0;   -- rows that it met before its cursor
ALTER TABLE walk ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;   -- and those there that it could not read
UPDATE walk SET known_at = complete_at;
