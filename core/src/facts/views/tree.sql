-- Files that are neither tests, examples nor documentation.
CREATE VIEW production_file AS
SELECT * FROM file WHERE NOT is_test;
