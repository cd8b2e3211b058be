-- Whose books a connection leads to, and led to before. A connection may be tied to another company, and a server on
-- this machine may begin another world: what was written about the books before must not be read as about these.
CREATE TABLE books (
  connection TEXT    NOT NULL,
  number     TEXT    NOT NULL,          -- the server's own number of the company; empty where it told none
  rfc        TEXT    NOT NULL,          -- empty where it told none
  company    TEXT    NOT NULL UNIQUE,   -- the key of everything that is kept of these books
  current    INTEGER NOT NULL           -- whether these were met last
) STRICT;
CREATE UNIQUE INDEX books_now ON books (connection) WHERE current = 1;
