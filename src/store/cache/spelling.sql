-- The words of the names of contacts, each once: what may have been meant by one that was typed with a slip. A word
-- whose contact is gone stays; it finds nothing.
CREATE TABLE spelling (
  company INTEGER NOT NULL,
  word    TEXT    NOT NULL,            -- folded, letters alone
  PRIMARY KEY (company, word)
) STRICT, WITHOUT ROWID;

-- Of the customers (8) and suppliers (9) that are here the names are known.
INSERT OR IGNORE INTO spelling
WITH RECURSIVE cut(company, word, rest) AS (
  SELECT DISTINCT l.key >> 40, '', l.name || ' ' FROM entry AS e JOIN label AS l ON l.key = e.label
  WHERE e.owner & 15 IN (8, 9)
  UNION ALL
  SELECT company, substr(rest, 1, instr(rest, ' ') - 1), substr(rest, instr(rest, ' ') + 1) FROM cut WHERE rest <> ''
)
SELECT company, word FROM cut WHERE length(word) >= 3 AND word NOT GLOB '*[0-9]*';
