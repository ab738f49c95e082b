-- Modules of the front end that ship to browsers: neither tests nor servers.
CREATE VIEW browser_module AS
SELECT m.* FROM frontend_module m JOIN file f ON f.file = m.file
WHERE NOT f.is_test AND m.path NOT GLOB '*/api/*' AND m.path NOT GLOB '*server*' AND m.path NOT GLOB '*.config.*';
