-- Before an act leaves, whoever sends it asks what was done about the same document or editor before.
CREATE INDEX acts_on ON intent (company, kind, target) WHERE target IS NOT NULL;
