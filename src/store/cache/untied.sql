-- What a row names is told by its record: whoever forgets the row takes back its ties by that. An index of them by row
-- was a tenth of the file, and made each record dearer to write.
DROP TRIGGER entry_out_ties;
DROP INDEX tie_by_key;
