-- Readings and notices are read models like the others. Their tables stand in the file of the read models
-- since 0020: nothing of them is here.
DROP TABLE IF EXISTS reading;
DROP TABLE IF EXISTS notice;
DROP TABLE IF EXISTS journal;
