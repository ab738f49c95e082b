-- Objects that clusters get: neither of tests and examples, nor patches of a kustomization, which say only a part.
CREATE TABLE k8s_deployed_object(
    id, span, file, component, certainty, path, folder, kind, api_version, name, namespace,
    lives_in, is_development
) AS
SELECT o.*, coalesce(o.namespace, (SELECT max(k.namespace) FROM kustomization k WHERE k.folder = o.folder)) AS lives_in,
       o.path REGEXP '(?i)(^|[/._-])(dev|develop|development|local|minikube|kind|staging|stage|preview|ci)([/._-]|$)' AS is_development
FROM k8s_object o JOIN file f ON f.file = o.file
WHERE NOT f.is_test AND NOT EXISTS (SELECT 1 FROM kustomize_entry e WHERE e.target = o.path AND e.kind = 'patch');

-- Whether manifests exist that cannot be read: Helm charts, generators, bases outside of the tree.
CREATE VIEW k8s_unread_manifest AS
SELECT f.span, f.path FROM file f WHERE f.artifact IN ('helm_chart', 'helm_template')
UNION ALL
SELECT k.span, k.path FROM kustomization k WHERE k.is_partial;

-- Objects of operators, which may run pods that no manifest shows; those that only set monitoring, traffic or certificates run none.
CREATE VIEW k8s_operated_object AS
SELECT o.* FROM k8s_deployed_object o
WHERE o.api_version LIKE '%.%/%' AND o.api_version NOT LIKE '%.k8s.io/%'
  AND o.kind NOT IN ('ServiceMonitor', 'PodMonitor', 'PrometheusRule', 'Probe', 'ScrapeConfig', 'Certificate', 'Issuer', 'ClusterIssuer', 'VirtualService', 'DestinationRule', 'Gateway',
                     'AuthorizationPolicy', 'PeerAuthentication', 'IngressRoute', 'Middleware', 'ExternalSecret', 'SecretStore', 'ClusterSecretStore', 'SealedSecret', 'ScaledObject', 'PodMonitoring');

-- Containers of deployed workloads with what they run in.
CREATE TABLE k8s_running_container(
    id, span, file, component, certainty, workload, name, role, image, image_name, image_tag,
    has_digest, pull_policy, is_privileged, allows_escalation, runs_as_non_root, run_as_user,
    has_read_only_root, seccomp, drops_all, added_capabilities, has_unmasked_proc, cpu_request,
    cpu_limit, memory_request, memory_limit, has_pre_stop, command, workload_kind, workload_name,
    object, replicas, path, folder, namespace
) AS
SELECT c.*, w.kind AS workload_kind, w.name AS workload_name, w.object, w.replicas, o.path, o.folder, o.namespace
FROM k8s_container c JOIN k8s_workload w ON w.id = c.workload JOIN k8s_deployed_object o ON o.id = w.object;

-- Workloads that run pods until they are stopped or done, with the replicas that patches of overlays set.
CREATE TABLE k8s_deployed_workload(
    id, span, file, component, certainty, object, kind, name, replicas, strategy, service_account,
    automounts_token, host_network, host_pid, host_ipc, grace_seconds, restart_policy, is_spread,
    service_name, path, folder, lives_in, is_development, pods
) AS
SELECT w.*, o.path, o.folder, o.lives_in, o.is_development,
       coalesce((SELECT max(p.replicas) FROM kustomize_entry e JOIN k8s_object q ON q.path = e.target JOIN k8s_workload p ON p.object = q.id
                 WHERE e.kind = 'patch' AND p.name = w.name AND p.kind = w.kind), w.replicas, 1) AS pods
FROM k8s_workload w JOIN k8s_deployed_object o ON o.id = w.object;

-- What a selector of labels finds: pods of workloads, and for a ServiceMonitor Services. `target` is the found object.
CREATE TABLE k8s_selects(object, kind, target) AS
SELECT o.id AS object, o.kind, t.id AS target
FROM k8s_deployed_object o
JOIN k8s_label s ON s.object = o.id AND s.role = 'selector' AND s.value IS NOT NULL
JOIN k8s_label p ON p.value = s.value AND +p.key = s.key AND +p.role = CASE WHEN o.kind = 'ServiceMonitor' THEN 'label' ELSE 'pod_label' END
JOIN k8s_deployed_object t ON t.id = p.object AND (o.kind <> 'ServiceMonitor' OR t.kind = 'Service')
WHERE o.lives_in IS NULL OR t.lives_in IS NULL OR o.lives_in = t.lives_in OR o.kind = 'ServiceMonitor'
GROUP BY o.id, t.id
HAVING count(DISTINCT s.id) = (SELECT count(*) FROM k8s_label a WHERE a.object = o.id AND a.role = 'selector' AND a.value IS NOT NULL);

-- Workloads behind a Service.
CREATE VIEW k8s_served_workload AS
SELECT w.* FROM k8s_deployed_workload w
WHERE w.kind IN ('Deployment', 'StatefulSet', 'Rollout', 'ReplicaSet') AND EXISTS (SELECT 1 FROM k8s_selects s WHERE s.target = w.object AND s.kind = 'Service');

-- Volumes that one node at a time may write: claims without `ReadWriteMany`, and claims of a StatefulSet.
CREATE VIEW k8s_single_writer_volume AS
SELECT v.id, v.span, v.workload, v.name, v.kind, c.access_modes
FROM k8s_volume v LEFT JOIN k8s_claim c ON c.name = v.source
WHERE v.kind = 'claim_template' OR v.kind = 'claim' AND c.id IS NOT NULL AND c.access_modes NOT LIKE '%Many%';
