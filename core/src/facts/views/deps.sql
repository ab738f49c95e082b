-- Every manifest with those that it takes in, itself included.
CREATE VIEW manifest_closure AS
WITH RECURSIVE closure(manifest, included) AS (
  SELECT id, id FROM dependency_manifest
  UNION
  SELECT c.manifest, i.target FROM closure c JOIN dependency_include i ON i.manifest = c.included
  WHERE i.target IS NOT NULL AND i.kind = 'requirements'
)
SELECT manifest, included FROM closure;

-- The manifests for the code of a component: those of its folder and of the folders above.
CREATE TABLE component_manifest(component, manifest, is_open) AS
WITH RECURSIVE above(component, folder) AS (
  SELECT id, folder FROM component
  UNION
  SELECT component, parent_folder(folder) FROM above WHERE folder <> ''
)
SELECT a.component, m.id AS manifest, m.is_open
FROM above a JOIN dependency_manifest m ON m.root = a.folder AND m.ecosystem = 'pypi';

-- Distributions that a manifest brings, those that it takes in included.
CREATE TABLE declared_distribution(manifest, name) AS
WITH brought AS MATERIALIZED (
  -- Once for each name, for most manifests name the same ones.
  SELECT DISTINCT d.name, d.extras, k.brings FROM (SELECT DISTINCT name, extras FROM dependency WHERE ecosystem = 'pypi') d
  JOIN known_requirement k ON k.distribution = d.name WHERE k.extra = '' OR instr(',' || d.extras || ',', ',' || k.extra || ',') > 0
)
SELECT c.manifest, d.name FROM manifest_closure c CROSS JOIN dependency d ON d.manifest = c.included WHERE d.ecosystem = 'pypi'
UNION
SELECT c.manifest, b.brings FROM manifest_closure c CROSS JOIN dependency d ON d.manifest = c.included CROSS JOIN brought b ON b.name = d.name AND b.extras IS d.extras
WHERE d.ecosystem = 'pypi';

-- Imports of packages from outside of the tree that the code cannot do without, with the name that their distribution
-- has by convention. Modules that a generator writes at build time are left out.
CREATE TABLE third_party_import(import, span, file, component, module, package, deferred, distribution) AS
WITH foreign_package AS MATERIALIZED (
  SELECT package, lower(replace(package, '_', '-')) AS distribution FROM (SELECT DISTINCT package FROM python_import) named
  WHERE package <> '' AND EXISTS (SELECT 1 FROM python_import i WHERE i.package = named.package AND NOT i.standard) AND package NOT GLOB '*_pb2*' AND package NOT IN ('_version', 'version', 'conftest')
    AND lower(replace(package, '_', '-')) NOT IN (SELECT project FROM dependency_manifest WHERE project IS NOT NULL)
)
SELECT i.id AS import, i.span, i.file, i.component, i.module, i.package, i.deferred, p.distribution
FROM python_import i JOIN foreign_package p ON p.package = i.package
WHERE NOT i.standard AND NOT i.optional AND NOT i.typing_only
  AND NOT EXISTS (SELECT 1 FROM python_import_edge e WHERE e.import = i.id);

-- Names of distributions that manifests bring, each once.
CREATE TABLE declared_name(name) AS
SELECT DISTINCT name FROM declared_distribution;

-- Which distribution names would provide an imported package.
CREATE TABLE import_candidate(package, distribution) AS
WITH package(package, distribution) AS (SELECT DISTINCT package, distribution FROM third_party_import)
SELECT package, distribution FROM package
UNION SELECT package, 'python-' || distribution FROM package
UNION SELECT package, distribution || '-python' FROM package
UNION SELECT package, 'py' || distribution FROM package
UNION SELECT package, 'django-' || distribution FROM package
UNION SELECT p.package, d.name FROM package p JOIN declared_name d ON d.name >= p.distribution || '-' AND d.name < p.distribution || '-~'
UNION SELECT p.package, d.name FROM package p JOIN declared_name d
      ON d.name LIKE '%-' || p.distribution OR length(p.distribution) > 5 AND d.name LIKE '%-' || p.distribution || '-%'
UNION SELECT p.package, k.distribution FROM package p JOIN known_import k ON k.import_name = p.package AND NOT k.is_prefix
UNION SELECT p.package, d.name FROM package p JOIN known_import k ON k.import_name = p.package AND k.is_prefix
      JOIN declared_name d ON d.name >= k.distribution AND d.name < k.distribution || '~';

-- For each manifest, the imported packages that a distribution which it brings would provide.
CREATE TABLE manifest_provides(manifest, package) AS
SELECT DISTINCT d.manifest, n.package FROM import_candidate n CROSS JOIN declared_distribution d ON d.name = n.distribution;

-- For each component and package that its code imports: whether a manifest of the component declares it. Open where a
-- manifest is computed or takes in a file that is not in the tree.
CREATE VIEW component_import AS
WITH declared AS (
  SELECT c.component, p.package FROM component_manifest c JOIN manifest_provides p ON p.manifest = c.manifest
), manifests AS MATERIALIZED (
  SELECT c.component, count(*) AS number,
         max(c.is_open OR EXISTS (SELECT 1 FROM dependency_include x WHERE x.manifest = c.manifest AND x.target IS NULL)) AS is_open
  FROM component_manifest c GROUP BY c.component
), imported AS (
  SELECT component, package, min(span) AS span, count(DISTINCT module) AS modules, min(deferred) AS deferred FROM third_party_import
  -- `setup.py` runs where the package is built.
  WHERE file NOT IN (SELECT file FROM file WHERE is_test OR name = 'setup.py') GROUP BY component, package
)
SELECT i.*, coalesce(m.number, 0) AS manifests, coalesce((i.component, i.package) IN declared, 0) AS declared, coalesce(m.is_open, 0) AS open
FROM imported i LEFT JOIN manifests m ON m.component = i.component;


-- Releases that the tree names: of images that it builds on or runs, of systems that tags name, and of packages.
CREATE TABLE named_release(span, file, place, product, title, version, ends, dated) AS
WITH stated(span, file, place, name, tag) AS (
  SELECT s.span, s.file, '`' || d.path || '`', s.image_name, s.image_tag FROM dockerfile_stage s JOIN dockerfile d ON d.id = s.dockerfile
  WHERE s.role = 'production' AND s.image_tag IS NOT NULL AND s.certainty = 'certain' AND s.base_stage IS NULL
  UNION ALL
  SELECT s.span, s.file, 'service `' || s.name || '`', s.image_name, s.image_tag FROM compose_service s
  WHERE s.role = 'production' AND NOT s.is_shadowed AND NOT s.is_built AND s.image_tag IS NOT NULL
  UNION ALL
  SELECT c.span, c.file, 'container `' || c.name || '`', c.image_name, c.image_tag FROM k8s_container c WHERE c.image_tag IS NOT NULL
), tag AS MATERIALIZED (
  SELECT tag, '-' || tag || '-' AS words, capture('^v?(\d+(?:\.\d+)*)', tag) AS number,
         CASE WHEN tag GLOB '*-alpine?*' THEN capture('-alpine(\d+\.\d+)', tag) END AS alpine
  FROM (SELECT DISTINCT tag FROM stated)
), based AS MATERIALIZED (
  SELECT t.tag, r.product, coalesce(t.alpine, r.codename) AS number FROM tag t CROSS JOIN known_release r
  WHERE r.codename IS NOT NULL AND instr(t.words, '-' || r.codename || '-') > 0 OR r.product = 'alpine' AND r.cycle = t.alpine
), named(span, file, place, product, title, number) AS MATERIALIZED (
  SELECT i.span, i.file, i.place, p.product, p.title,
         coalesce(t.number, (SELECT b.number FROM based b WHERE b.tag = i.tag AND b.product = p.product))
  FROM stated i JOIN tag t ON t.tag = i.tag JOIN known_product p ON p.name = i.name AND p.source = 'image'
  UNION ALL
  SELECT i.span, i.file, i.place, b.product, p.title, b.number
  FROM stated i JOIN based b ON b.tag = i.tag JOIN known_product p ON p.product = b.product AND p.name = b.product AND i.name <> p.name
  UNION ALL
  SELECT d.span, d.file, '`' || m.path || '`', p.product, p.title, coalesce(d.version, capture('^(?:==|~=|\^|~)?\s*v?(\d+(?:\.\d+)*)', d.specifier))
  FROM dependency d JOIN dependency_manifest m ON m.id = d.manifest
  JOIN known_product p ON p.name = d.name AND p.source = d.ecosystem
  WHERE d.scope = 'main' AND NOT m.is_development
), release AS MATERIALIZED (
  SELECT n.product, n.number, (
    SELECT k.id FROM known_release k
    WHERE k.product = n.product AND (k.cycle = n.number OR k.codename = n.number OR n.number GLOB k.cycle || '.*' OR k.cycle GLOB n.number || '.*')
    ORDER BY k.ends DESC LIMIT 1) AS id
  FROM (SELECT DISTINCT product, number FROM named) n
)
SELECT n.span, n.file, n.place, n.product, n.title, coalesce(r.cycle, n.number) AS version, r.ends,
       (SELECT max(k.dated) FROM known_release k) AS dated
FROM named n LEFT JOIN release l ON l.product = n.product AND l.number = n.number LEFT JOIN known_release r ON r.id = l.id
WHERE n.number IS NOT NULL;

-- Packages that a manifest declares, beside the lock file of the same folder. `locked` is NULL where the lock has no such package.
CREATE VIEW locked_requirement AS
SELECT d.id, d.span, d.name, d.specifier, d.version, d.scope, d.ecosystem, m.path, l.path AS lock_path, k.version AS locked, k.span AS lock_span,
       version_order(k.version) AS locked_order, m.id AS manifest
FROM dependency_manifest m
JOIN dependency_manifest l ON l.folder = m.folder AND l.ecosystem = m.ecosystem AND l.is_lock
  AND CASE m.kind WHEN 'pipfile' THEN l.kind = 'pipfile_lock' WHEN 'package_json' THEN l.kind = 'package_lock'
                  WHEN 'pyproject' THEN l.kind IN ('poetry_lock', 'uv_lock', 'pdm_lock') WHEN 'requirements' THEN l.path = replace(m.path, '.in', '.txt') END
JOIN dependency d ON d.manifest = m.id AND d.source = 'registry' AND d.scope IN ('main', 'dev')
LEFT JOIN dependency k ON k.manifest = l.id AND +k.name = d.name
WHERE NOT m.is_lock AND EXISTS (SELECT 1 FROM dependency o WHERE o.manifest = l.id);

-- Manifests of applications: an image of the tree installs them, or, where images of their folder install none, their folder is
-- that of a Dockerfile or a web application.
CREATE VIEW deployed_manifest AS
WITH installed AS MATERIALIZED (
  SELECT c.included AS manifest, o.root, o.ecosystem, min(i.span) AS span
  FROM dockerfile_install i JOIN dependency_manifest o ON o.path = i.path OR o.folder = i.path AND i.kind = 'project'
  JOIN manifest_closure c ON c.manifest = o.id GROUP BY c.included
)
SELECT m.*, coalesce(i.span, CASE WHEN NOT EXISTS (SELECT 1 FROM installed o WHERE o.root = m.root AND o.ecosystem = m.ecosystem) THEN
    coalesce((SELECT min(d.span) FROM dockerfile d WHERE d.folder = m.root AND d.role = 'production'),
             (SELECT min(w.span) FROM web_application w WHERE w.folder = m.root AND m.ecosystem = 'pypi')) END) AS deployed_by
FROM dependency_manifest m JOIN file f ON f.path = m.path LEFT JOIN installed i ON i.manifest = m.id
WHERE NOT m.is_development AND NOT f.is_test;

-- Interpreters of production images, by the folder that they are for.
CREATE VIEW deployed_runtime AS
SELECT st.span, st.path, st.folder, st.image_name AS language, st.image_tag,
       capture(CASE st.image_name WHEN 'python' THEN '^\d+\.\d+' ELSE '^\d+' END, st.image_tag) AS version
FROM shipped_stage st
WHERE st.image_name IN ('python', 'node') AND st.role = 'production' AND st.image_tag REGEXP '^\d';

-- Manifests below a folder with a lock file, which speaks for them: what updates that folder updates them.
CREATE TABLE workspace_member(root, manifest) AS
WITH root AS MATERIALIZED (
  SELECT DISTINCT m.folder, m.ecosystem FROM dependency_manifest m JOIN file f ON f.folder = m.folder
  WHERE f.name IN ('bun.lock', 'bun.lockb', 'yarn.lock', 'pnpm-lock.yaml', 'package-lock.json') AND m.ecosystem = 'npm'
     OR f.name IN ('uv.lock', 'poetry.lock') AND m.ecosystem = 'pypi'
), above(manifest, ecosystem, folder) AS (
  SELECT id, ecosystem, folder FROM dependency_manifest WHERE NOT is_lock
  UNION
  SELECT manifest, ecosystem, parent_folder(folder) FROM above WHERE folder <> ''
)
SELECT r.folder AS root, a.manifest FROM above a JOIN root r ON r.folder = a.folder AND r.ecosystem = a.ecosystem
JOIN dependency_manifest m ON m.id = a.manifest
WHERE m.folder = r.folder OR m.folder NOT IN (SELECT folder FROM root);
