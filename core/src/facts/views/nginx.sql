-- HTTP servers of nginx that belong to the system: neither tests, examples nor documentation. `label` names one in a sentence.
CREATE VIEW nginx_site AS
SELECT s.*, f.path AS config_path,
       CASE WHEN s.names IN ('', '_') THEN 'the server on ' || s.listen ELSE 'server ' || s.names END AS label
FROM nginx_server s JOIN file f ON f.file = s.file
WHERE s.protocol = 'http' AND NOT f.is_test;

-- Servers and locations of these sites, each with what it serves by itself and a label for sentences.
CREATE VIEW nginx_block AS
SELECT s.id, s.span, s.file, s.id AS server, 'server' AS kind, '' AS modifier, '/' AS path, s.serves, s.is_incomplete,
       s.has_tls, s.is_internal, s.config, s.config_path, s.label, s.span AS server_span, s.label AS site, s.redirects_to_https
FROM nginx_site s
UNION ALL
SELECT l.id, l.span, l.file, s.id, 'location', l.modifier, l.path, l.serves, l.is_incomplete,
       s.has_tls, s.is_internal OR l.is_internal, s.config, s.config_path,
       'location ' || trim(l.modifier || ' ' || l.path) || ' of ' || s.label, s.span, s.label, s.redirects_to_https
FROM nginx_site s JOIN nginx_location l ON l.server = s.id;

-- Directives in force in a server, location or `if`, nginx's defaults included, without those that the block discards.
CREATE VIEW nginx_in_force AS
SELECT * FROM nginx_effective WHERE NOT is_dropped;

-- Locations that pass HTTP requests on, with what they pass them to. `is_streaming`: connections that last are expected.
CREATE VIEW nginx_proxied_location AS
SELECT b.*, p.span AS pass_span, p.target, p.scheme, p.host, p.port, p.uri, p.has_variable, p.upstream, p.certainty AS pass_certainty,
       b.path REGEXP '(?i)(^|[/_-])(ws|wss|socket|sockets|sse|stream|streams|streaming|events|live|hmr|socket\.io)([/_?.-]|$)'
       OR EXISTS (SELECT 1 FROM nginx_in_force e WHERE e.block = b.id AND e.name = 'proxy_set_header' AND lower(e.arg1) = 'upgrade')
       OR EXISTS (SELECT 1 FROM nginx_in_force e WHERE e.block = b.id AND e.name = 'proxy_buffering' AND e.arg1 = 'off') AS is_streaming
FROM nginx_block b JOIN nginx_proxy p ON p.block = b.id
WHERE p.directive = 'proxy_pass';

-- Hosts and ports that nginx sends requests to: literal ones, and the servers of the upstreams that are named.
CREATE VIEW nginx_target AS
SELECT p.id, p.span, p.file, p.certainty, p.block, p.server, p.scheme, p.host, p.port, p.directive, NULL AS upstream_name
FROM nginx_proxy p WHERE p.upstream IS NULL
UNION ALL
SELECT u.id, u.span, u.file, u.certainty, p.block, p.server, p.scheme, u.host, u.port, p.directive, n.name
FROM nginx_proxy p JOIN nginx_upstream n ON n.id = p.upstream JOIN nginx_upstream_server u ON u.upstream = n.id;

-- Sites that answer requests themselves or pass them on, rather than only redirect or refuse.
CREATE VIEW nginx_serving_site AS
SELECT s.* FROM nginx_site s
WHERE NOT s.redirects_to_https AND NOT s.is_internal
  AND (s.serves IN ('static', 'proxy', 'lua')
       OR EXISTS (SELECT 1 FROM nginx_location l WHERE l.server = s.id AND l.serves IN ('static', 'proxy', 'lua')));

-- Compose services whose container reads a configuration: it is mounted, or it lies in the folder that the image is built from.
CREATE VIEW nginx_container AS
SELECT n.id AS config, s.id AS service, s.name AS service_name, s.project, s.image_tag, m.target, 'mount' AS via
FROM nginx_file n JOIN file f ON f.file = n.file
JOIN compose_mount m ON m.source_path IN (f.path, f.folder, parent_folder(f.folder))
JOIN compose_service s ON s.id = m.service AND NOT s.is_shadowed
UNION
SELECT n.id, s.id, s.name, s.project, NULL, NULL, 'build'
FROM nginx_file n JOIN file f ON f.file = n.file
JOIN compose_build b ON b.context = f.folder AND f.folder <> ''
JOIN compose_service s ON s.id = b.service AND NOT s.is_shadowed;

-- Response headers that Python code of the tree sets, in lower case.
CREATE VIEW application_response_header AS
SELECT DISTINCT lower(substr(a.target, instr(a.target, '.headers.') + 9)) AS header FROM python_assignment a WHERE instr(a.target, '.headers.') > 0;
