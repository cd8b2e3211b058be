-- What was cancelled at the SAT, or waits for that, is looked for by its stamp.
CREATE INDEX entry_cancelled ON entry (stamp) WHERE stamp IN (3, 4);
