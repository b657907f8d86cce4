-- Readings and notices are read models like the others: each generation has tables of its own, which the
-- program makes. They are built anew there.
DROP TABLE reading;
DROP TABLE notice;
DROP TABLE journal;
