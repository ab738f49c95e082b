-- Names by which the containers of a Compose project reach a service.
CREATE VIEW compose_network_name AS
SELECT h.name, h.service, s.project, s.name AS service_name, s.role
FROM compose_host_name h JOIN compose_service s ON s.id = h.service
WHERE h.kind IN ('service', 'container', 'hostname', 'alias');

-- Rate limiters of the application itself, by the package that brings them.
CREATE VIEW application_rate_limiter AS
SELECT i.span, i.package FROM python_import i
WHERE i.package IN ('slowapi', 'fastapi_limiter', 'flask_limiter', 'limits', 'ratelimit', 'django_ratelimit', 'aiolimiter', 'starlette_limiter', 'pyrate_limiter');
