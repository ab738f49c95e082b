-- Commands of shell scripts and makefiles that are neither tests nor examples, with their script.
CREATE VIEW script_command AS
SELECT c.*, s.path AS script, s.folder AS script_folder, s.interpreter
FROM shell_command c JOIN shell_script s ON s.id = c.owner JOIN file f ON f.path = s.path
WHERE NOT f.is_test;

-- Actions that a script has bound to signals or to its end.
CREATE VIEW shell_trap AS
SELECT id, span, file, component, certainty, owner, text FROM shell_command WHERE name = 'trap';

-- Scripts, with whether they deploy, migrate, back up or start something.
CREATE VIEW operational_script AS
SELECT s.*, MIN(c.purpose) AS purpose, COUNT(*) AS operations
FROM shell_script s JOIN shell_command c ON c.owner = s.id JOIN file f ON f.path = s.path
WHERE c.purpose IN ('deploy', 'migrate', 'dump', 'restore', 'server', 'worker', 'scheduler') AND NOT f.is_test
GROUP BY s.id;
