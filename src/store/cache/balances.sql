-- What is still owed is looked for by its amount; what is paid, which is most, is left out.
CREATE INDEX entry_by_balance ON entry (balance) WHERE balance <> 0;
