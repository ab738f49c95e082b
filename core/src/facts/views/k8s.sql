-- Containers of workloads with what they run in; objects of tests and examples left out.
CREATE VIEW k8s_running_container AS
SELECT c.*, w.kind AS workload_kind, w.name AS workload_name, w.object, w.replicas, o.path, o.folder, o.namespace
FROM k8s_container c JOIN k8s_workload w ON w.id = c.workload JOIN k8s_object o ON o.id = w.object JOIN file f ON f.file = c.file
WHERE NOT f.is_test;
