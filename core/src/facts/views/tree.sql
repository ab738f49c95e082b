-- Files that are neither tests, examples nor documentation.
CREATE VIEW production_file AS
SELECT * FROM file WHERE NOT is_test;

-- The tree as a whole, one row: its span is the file that says most about it, for findings about what it lacks.
CREATE TABLE repository(id, span, file, component, certainty, path, code_files) AS
SELECT f.id, f.span, f.file, f.component, f.certainty, f.path,
  (SELECT COUNT(*) FROM file p WHERE p.artifact IN ('python', 'javascript', 'typescript') AND NOT p.is_test) AS code_files
FROM file f
ORDER BY f.path LIKE '.%', f.folder <> '', CASE WHEN f.name LIKE 'readme%' THEN 0 WHEN f.artifact = 'compose' THEN 1
  WHEN f.artifact = 'dockerfile' THEN 2 WHEN f.artifact IN ('pyproject', 'package_json') THEN 3 ELSE 4 END, f.path
LIMIT 1;
