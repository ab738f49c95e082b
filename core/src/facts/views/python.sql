-- Imports of packages that neither the standard library nor the tree has, and that the code cannot do without.
CREATE VIEW python_third_party_import AS
SELECT i.* FROM python_import i
WHERE NOT i.standard AND i.package <> '' AND NOT i.optional AND NOT i.typing_only
  AND NOT EXISTS (SELECT 1 FROM python_import_edge e WHERE e.import = i.id);
