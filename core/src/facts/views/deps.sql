-- Every manifest with those that it takes in, itself included.
CREATE VIEW manifest_closure AS
WITH RECURSIVE closure(manifest, included) AS (
  SELECT id, id FROM dependency_manifest
  UNION
  SELECT c.manifest, i.target FROM closure c JOIN dependency_include i ON i.manifest = c.included
  WHERE i.target IS NOT NULL AND i.kind = 'requirements'
)
SELECT manifest, included FROM closure;
