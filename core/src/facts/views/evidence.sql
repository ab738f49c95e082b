-- Containers that were seen running or stopped, one row each: what the saved outputs say of them together.
CREATE TABLE seen_container(
    name, span, service, project, is_listed, state, health, restart_count, exit_code,
    was_oom_killed, memory_used, memory_bound, memory_limit, memory_span
) AS
SELECT name, min(span) AS span, max(service) AS service, max(project) AS project, max(source <> 'inspect') AS is_listed,
       max(state) AS state, max(health) AS health, max(restart_count) AS restart_count, max(exit_code) AS exit_code,
       max(was_oom_killed) AS was_oom_killed, max(memory_used) AS memory_used,
       max(CASE WHEN memory_used IS NOT NULL THEN memory_limit END) AS memory_bound, max(memory_limit) AS memory_limit,
       max(CASE WHEN memory_used IS NOT NULL THEN span END) AS memory_span
FROM evidence_container GROUP BY name;
