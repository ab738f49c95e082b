-- HTTP servers of nginx that belong to the system: neither tests, examples nor documentation. `label` names one in a sentence.
CREATE TABLE nginx_site(
    id, span, file, component, certainty, config, nginx_file, protocol, names, listen, has_tls,
    has_plain, is_internal, redirects_to_https, serves, is_incomplete, is_template, config_path,
    label
) AS
SELECT s.*, f.path AS config_path,
       CASE WHEN s.names IN ('', '_') THEN 'the server on ' || s.listen ELSE 'server ' || s.names END AS label
FROM nginx_server s JOIN file f ON f.file = s.file
WHERE s.protocol = 'http' AND NOT f.is_test;

-- Servers and locations of these sites, each with what it serves by itself and a label for sentences.
CREATE TABLE nginx_block(
    id, span, file, server, kind, modifier, path, serves, is_incomplete, has_tls, is_internal,
    config, config_path, label, server_span, site, redirects_to_https
) AS
SELECT s.id, s.span, s.file, s.id AS server, 'server' AS kind, '' AS modifier, '/' AS path, s.serves, s.is_incomplete,
       s.has_tls, s.is_internal, s.config, s.config_path, s.label, s.span AS server_span, s.label AS site, s.redirects_to_https
FROM nginx_site s
UNION ALL
SELECT l.id, l.span, l.file, s.id, 'location', l.modifier, l.path, l.serves, l.is_incomplete,
       s.has_tls, s.is_internal OR l.is_internal, s.config, s.config_path,
       'location ' || trim(l.modifier || iif(l.modifier = '@', '', ' ') || l.path) || ' of ' || s.label, s.span, s.label, s.redirects_to_https
FROM nginx_site s JOIN nginx_location l ON l.server = s.id;

-- Directives in force in a server, location or `if`, nginx's defaults included, without those that the block discards.
CREATE VIEW nginx_in_force AS
SELECT * FROM nginx_effective WHERE NOT is_dropped;

-- Locations that pass HTTP requests on, with what they pass them to. `is_streaming`: connections that last are expected.
CREATE TABLE nginx_proxied_location(
    id, span, file, server, kind, modifier, path, serves, is_incomplete, has_tls, is_internal,
    config, config_path, label, server_span, site, redirects_to_https, pass_span, target, scheme,
    host, port, uri, has_variable, upstream, pass_certainty, is_streaming
) AS
SELECT b.*, p.span AS pass_span, p.target, p.scheme, p.host, p.port, p.uri, p.has_variable, p.upstream, p.certainty AS pass_certainty,
       b.path REGEXP '(?i)(^|[/_-])(ws|wss|socket|sockets|sse|stream|streams|streaming|events|live|hmr|socket\.io)([/_?.-]|$)'
       OR EXISTS (SELECT 1 FROM nginx_in_force e WHERE e.block = b.id AND e.name = 'proxy_set_header' AND lower(e.arg1) = 'upgrade')
       OR EXISTS (SELECT 1 FROM nginx_in_force e WHERE e.block = b.id AND e.name = 'proxy_buffering' AND e.arg1 = 'off') AS is_streaming
FROM nginx_block b JOIN nginx_proxy p ON p.block = b.id
WHERE p.directive = 'proxy_pass';

-- Hosts and ports that nginx sends requests to: literal ones, and the servers of the upstreams that are named.
CREATE TABLE nginx_target(
    id, span, file, certainty, block, server, scheme, host, port, directive, upstream_name
) AS
SELECT p.id, p.span, p.file, p.certainty, p.block, p.server, p.scheme, p.host, p.port, p.directive, NULL AS upstream_name
FROM nginx_proxy p WHERE p.upstream IS NULL
UNION ALL
SELECT u.id, u.span, u.file, u.certainty, p.block, p.server, p.scheme, u.host, u.port, p.directive, n.name
FROM nginx_proxy p JOIN nginx_upstream n ON n.id = p.upstream JOIN nginx_upstream_server u ON u.upstream = n.id;

-- Compose services that a location leads to.
CREATE VIEW nginx_leads_to_service AS
SELECT DISTINCT t.block, h.service, s.is_built, s.known_image FROM nginx_target t
JOIN compose_host_name h ON h.name = t.host JOIN compose_service s ON s.id = h.service;

-- Routes of the tree's own code that requests to a proxied location reach. A location that leads to another image, or to a
-- service that runs other code, reaches none; nor does one whose requests a more exact location takes.
CREATE TABLE nginx_location_reaches_route(block, server, path, uri, route, route_path, method, function) AS
SELECT b.id AS block, b.server, b.path, b.uri, r.id AS route, r.path AS route_path, r.method, r.function
FROM nginx_proxied_location b
CROSS JOIN python_route r ON r.path >= coalesce(b.uri, b.path) AND r.path < coalesce(b.uri, b.path) || '~' AND r.mounted
WHERE b.modifier IN ('', '^~')
  AND NOT EXISTS (
    SELECT 1 FROM nginx_location l
    WHERE l.server = b.server AND l.id <> b.id
      AND (l.modifier IN ('', '^~', '=') AND length(l.path) > length(b.path) AND instr(iif(b.uri IS NULL, r.path, b.path || substr(r.path, length(b.uri) + 1)), l.path) = 1
           OR l.modifier LIKE '~%' AND b.modifier = '' AND b.uri IS NULL AND length(r.path) > 1 AND instr(l.path, trim(r.path, '/'))))
  AND NOT EXISTS (
    SELECT 1 FROM nginx_leads_to_service x
    WHERE x.block = b.id
      AND (NOT x.is_built AND x.known_image IS NOT NULL
           OR x.service NOT IN (SELECT z.service FROM service_runs_code z WHERE z.file = r.file) AND EXISTS (SELECT 1 FROM service_runs_code z WHERE z.file = r.file)));

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
-- A folder of settings may be mounted into services that run no nginx; one of a single service, or what nginx itself reads, may not.
WHERE m.target REGEXP '(?i)(nginx|openresty|conf\.d|sites-)' OR s.image_name REGEXP '(?i)(nginx|openresty|angie|tengine|swag)' OR s.name REGEXP '(?i)(nginx|proxy|gateway|web)'
UNION
SELECT n.id, s.id, s.name, s.project, NULL, NULL, 'build'
FROM nginx_file n JOIN file f ON f.file = n.file
JOIN compose_build b ON b.context = f.folder AND f.folder <> ''
JOIN compose_service s ON s.id = b.service AND NOT s.is_shadowed;

-- Response headers that Python code of the tree sets, in lower case.
CREATE VIEW application_response_header AS
SELECT DISTINCT lower(substr(a.target, instr(a.target, '.headers.') + 9)) AS header FROM python_assignment a WHERE instr(a.target, '.headers.') > 0;

-- Locations whose path says that they tell health, but for those named after nginx or the proxy itself.
CREATE VIEW nginx_health_location AS
SELECT l.*, s.label AS site, 'location ' || trim(l.modifier || iif(l.modifier = '@', '', ' ') || l.path) || ' of ' || s.label AS label
FROM nginx_location l JOIN nginx_site s ON s.id = l.server
WHERE l.path REGEXP '(?i)(^|[/_.-])(health|healthz|healthcheck|ready|readyz|readiness|livez?|liveness|status)([/_.$-]|$)'
  AND NOT l.path REGEXP '(?i)nginx|proxy|gateway|lb|ping';

-- What a site answers for `/`, where pages are: that location, or the server where there is none. With the headers that guard a page.
CREATE VIEW nginx_page AS
SELECT b.*, max(h.header = 'content-security-policy') AS has_csp, max(h.header = 'referrer-policy') AS has_referrer_policy,
       max(h.header = 'x-content-type-options') AS has_nosniff,
       max(h.header = 'x-frame-options' OR h.header = 'content-security-policy' AND h.value LIKE '%frame-ancestors%') AS has_frame_guard,
       b.site REGEXP '(?i)\bapi\b' OR EXISTS (SELECT 1 FROM nginx_in_force t WHERE t.block = b.id AND t.name = 'default_type' AND t.arg1 = 'application/json') AS is_api
FROM nginx_block b LEFT JOIN nginx_header h ON h.block = b.id AND NOT h.is_dropped
WHERE b.kind = 'location' AND b.path = '/' AND b.modifier IN ('', '^~')
   OR b.kind = 'server' AND NOT EXISTS (SELECT 1 FROM nginx_location l WHERE l.server = b.id AND l.path = '/')
GROUP BY b.id;

-- What requests are balanced over: upstreams, and hosts that are named directly, with how many servers each has.
CREATE VIEW nginx_pool AS
SELECT n.span, n.config, n.name, n.servers + n.backups AS servers, n.method,
       EXISTS (SELECT 1 FROM nginx_upstream_server u WHERE u.upstream = n.id AND u.resolves) AS resolves,
       (SELECT u.host FROM nginx_upstream_server u WHERE u.upstream = n.id) AS host, 1 AS is_upstream, b.config_path
FROM nginx_upstream n JOIN nginx_proxied_location b ON b.upstream = n.id
GROUP BY n.id
UNION ALL
SELECT min(b.pass_span), b.config, b.host, 1, 'none', b.has_variable, b.host, 0, b.config_path
FROM nginx_proxied_location b
WHERE b.upstream IS NULL AND b.host IS NOT NULL
GROUP BY b.config, b.host;

-- Headers that proxied locations set for the upstream, by location: 1 where set.
CREATE VIEW nginx_forwarded AS
SELECT b.id, b.server, b.server_span, b.site, b.span, b.label, b.host, b.is_incomplete,
       coalesce(max(lower(e.arg1) = 'host'), 0) AS has_host,
       coalesce(max(lower(e.arg1) IN ('x-forwarded-for', 'x-real-ip', 'forwarded')), 0) AS has_client,
       coalesce(max(lower(e.arg1) IN ('x-forwarded-proto', 'x-forwarded-ssl', 'forwarded', 'x-scheme')), 0) AS has_scheme,
       coalesce(max(lower(e.arg1) = 'upgrade'), 0) AS has_upgrade,
       max(CASE WHEN lower(e.arg1) = 'connection' THEN coalesce(e.arg2, '') END) AS connection
FROM nginx_proxied_location b LEFT JOIN nginx_in_force e ON e.block = b.id AND e.name = 'proxy_set_header'
GROUP BY b.id;

-- Locations and servers that something guards: a password, a subrequest, a client certificate, a list of addresses.
CREATE VIEW nginx_guarded_block AS
SELECT e.block, group_concat(DISTINCT e.name) AS guards FROM nginx_in_force e
WHERE e.name = 'auth_basic' AND e.arg1 <> 'off' OR e.name = 'auth_request' AND e.arg1 <> 'off' OR e.name = 'auth_jwt' AND e.arg1 <> 'off'
   OR e.name = 'ssl_verify_client' AND e.arg1 = 'on' OR e.name = 'deny' AND e.arg1 = 'all' OR e.name LIKE 'access_by_lua%'
GROUP BY e.block;

-- Locations that lead to a service whose image is not built from the tree, so that its code was not read.
CREATE VIEW nginx_foreign_application AS
SELECT t.block, s.id AS service, s.name FROM nginx_target t
JOIN compose_host_name h ON h.name = t.host
JOIN compose_service s ON s.id = h.service AND NOT s.is_built AND s.known_image IS NULL;

-- What runs a release of nginx: services and containers of the public images, and images of the tree that are built on them.
-- `version`: the release in the order of `version_order`; for a tag of two numbers the newest one of that branch; NULL for a tag without.
CREATE VIEW nginx_deployment AS
WITH runs AS (
  SELECT coalesce(c.span, s.span) AS span, 'service `' || s.name || '`' AS label, s.image_tag AS tag, s.image_name, s.id AS service, NULL AS dockerfile, s.role
  FROM deployed_service s LEFT JOIN compose_setting c ON c.service = s.id AND c.key = 'image' WHERE NOT s.is_built
  UNION ALL
  SELECT st.span, '`' || st.path || '`', st.image_tag, st.image_name, NULL, st.dockerfile, st.role FROM shipped_stage st
  UNION ALL
  SELECT c.span, 'container `' || c.name || '` of `' || c.workload_name || '`', c.image_tag, c.image_name, NULL, NULL, 'production' FROM k8s_running_container c
)
SELECT r.*, CASE WHEN r.tag REGEXP '^\d+\.\d+\.\d+' THEN version_order(r.tag)
                 WHEN r.tag REGEXP '^\d+\.\d+(-|$)' THEN version_order(capture('^\d+\.\d+', r.tag) || '.9999') END AS version
FROM runs r WHERE r.image_name REGEXP '(^|/)nginx(-unprivileged)?$';

-- The files that a deployed nginx reads: mounted by its service, or copied into its image.
CREATE VIEW nginx_deployment_file AS
SELECT d.span AS deployment, c.config AS nginx_file FROM nginx_deployment d JOIN nginx_container c ON c.service = d.service
UNION
SELECT d.span, n.id FROM nginx_deployment d JOIN dockerfile_holds_file h ON h.dockerfile = d.dockerfile JOIN nginx_file n ON n.file = h.file;

-- Parts of nginx that a file uses and that advisories name.
CREATE VIEW nginx_feature AS
SELECT d.nginx_file, d.span, CASE d.name WHEN 'dav_methods' THEN 'dav' WHEN 'scgi_pass' THEN 'scgi-uwsgi' WHEN 'uwsgi_pass' THEN 'scgi-uwsgi'
         WHEN 'grpc_pass' THEN 'http2-upstream' WHEN 'charset_map' THEN 'charset' WHEN 'source_charset' THEN 'charset'
         WHEN 'ssl_session_ticket_key' THEN 'ticket-key' ELSE d.name END AS feature
FROM nginx_directive d
WHERE d.name IN ('mp4', 'mail', 'resolver', 'dav_methods', 'scgi_pass', 'uwsgi_pass', 'grpc_pass', 'charset_map', 'source_charset', 'ssl_session_ticket_key')
UNION ALL
SELECT d.nginx_file, d.span, CASE d.name WHEN 'ssl_verify_client' THEN 'client-certificate' WHEN 'proxy_http_version' THEN 'http2-upstream' WHEN 'proxy_pass' THEN 'tls-upstream'
         WHEN 'ssl_stapling' THEN 'ocsp-resolver' WHEN 'ssl_ocsp' THEN 'ocsp-resolver' WHEN 'http2' THEN 'http2' ELSE iif(d.args LIKE '% quic%', 'http3', 'http2') END
FROM nginx_directive d
WHERE d.name = 'ssl_verify_client' AND d.arg1 <> 'off' OR d.name = 'proxy_http_version' AND d.arg1 LIKE '2%' OR d.name = 'proxy_pass' AND d.arg1 LIKE 'https:%'
   OR d.name IN ('ssl_stapling', 'ssl_ocsp') AND d.arg1 <> 'off' OR d.name = 'http2' AND d.arg1 = 'on' OR d.name = 'listen' AND d.args REGEXP ' (http2|quic)( |$)'
UNION ALL
SELECT d.nginx_file, d.span, CASE d.name WHEN 'rewrite' THEN 'alias-with-rewrite' WHEN 'aio' THEN 'ssi-aio' WHEN 'proxy_buffering' THEN 'ssi-unbuffered' WHEN 'ssl_ocsp' THEN 'stream-ocsp'
         ELSE iif(w.args LIKE '% quic%', 'http3-proxy', 'http2-proxy') END
FROM nginx_directive d JOIN nginx_directive w ON w.nginx_file = d.nginx_file
WHERE d.name = 'rewrite' AND w.name = 'alias' AND w.parent = d.parent OR d.name = 'aio' AND d.arg1 <> 'off' AND w.name = 'ssi' AND w.arg1 = 'on'
   OR d.name = 'proxy_buffering' AND d.arg1 = 'off' AND w.name = 'ssi' AND w.arg1 = 'on' OR d.name = 'ssl_ocsp' AND d.arg1 <> 'off' AND w.name = 'stream'
   OR d.name = 'proxy_pass' AND w.name = 'listen' AND w.args REGEXP ' (http2|quic)( |$)'
UNION ALL
SELECT d.nginx_file, d.span, 'rewrite-capture' FROM nginx_directive d
WHERE d.name = 'rewrite' AND d.arg1 REGEXP '\([^?)][^)]*\([^?]' AND d.arg2 REGEXP '\$\{?[1-9]'
UNION ALL
SELECT d.nginx_file, d.span, 'rewrite-query' FROM nginx_directive d JOIN nginx_directive n ON n.nginx_file = d.nginx_file
WHERE d.name = 'rewrite' AND d.arg2 REGEXP '\$\{?[1-9]' AND d.arg2 LIKE '%?%' AND n.name IN ('rewrite', 'if', 'set') AND n.parent IS d.parent AND n.span > d.span
UNION ALL
SELECT e.nginx_file, e.span, 'map-regex-capture' FROM nginx_directive e JOIN nginx_directive m ON m.id = e.parent JOIN nginx_directive u ON u.nginx_file = e.nginx_file
WHERE e.context = 'map' AND e.name LIKE '~%(%' AND instr(u.args, m.arg2) > 0 AND u.args REGEXP '\$\{?[1-9]' AND u.id <> m.id;

-- Configurations that no deployed nginx reads, beside others that one does: neither mounted, copied, included nor named by a script.
CREATE TABLE unused_nginx_file(id, file, span, path) AS
SELECT n.id, n.file, n.span, f.path
FROM nginx_file n JOIN file f ON f.file = n.file
WHERE NOT f.is_test AND EXISTS (SELECT 1 FROM nginx_deployment_file)
  AND n.id NOT IN (SELECT nginx_file FROM nginx_deployment_file)
  AND n.id NOT IN (SELECT config FROM nginx_container)
  AND f.path NOT IN (SELECT path FROM nginx_included)
  AND f.file NOT IN (SELECT file FROM dockerfile_holds_file)
  AND NOT EXISTS (SELECT 1 FROM compose_mount m WHERE path_covers(m.source_path, f.path))
  AND NOT EXISTS (SELECT 1 FROM path_mention m WHERE m.name = f.name AND m.medium <> 'documentation' AND path_of(m.span) <> f.path
                  -- A path in a container is that of whatever is put there.
                  AND (m.written NOT LIKE '/%' OR m.written LIKE '%/' || file_name(f.folder) || '/' || f.name AND m.written NOT LIKE '/etc/%'));
