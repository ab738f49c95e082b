//! Facts about Kubernetes manifests.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// An object of a manifest. `span` is its name, else its kind.
    pub struct K8sObject in "k8s_object" {
        /// Path of the manifest from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// The kind, for example `Deployment`.
        #[indexed] kind: String,
        /// Group and version, for example `apps/v1`.
        api_version: String,
        /// The name; empty where it is generated.
        #[indexed] name: String,
        /// The namespace, where the object states one.
        namespace: Option<String>,
    }

    /// A label, annotation or selector of an object, or a label of its pods.
    pub struct K8sLabel in "k8s_label" {
        /// The object.
        object: RowId,
        /// `label`, `annotation`, `pod_label`, `pod_annotation`, or `selector` (of a service, workload, policy or budget).
        #[indexed] role: &'static str,
        /// The key.
        #[indexed] key: String,
        /// The value; NULL for a selector that is an expression.
        #[indexed] value: Option<String>,
    }

    /// A workload: what runs pods. `span` is its name; `certainty` is `unresolved` where its replicas are filled in later.
    pub struct K8sWorkload in "k8s_workload" {
        /// The object.
        object: RowId,
        /// `Deployment`, `StatefulSet`, `DaemonSet`, `Job`, `CronJob`, `Pod`, `ReplicaSet` …
        #[indexed] kind: String,
        /// The name.
        #[indexed] name: String,
        /// The replicas, where stated.
        replicas: Option<i64>,
        /// `RollingUpdate`, `Recreate` …, where stated.
        strategy: Option<String>,
        /// The service account, where stated.
        service_account: Option<String>,
        /// Whether the token is mounted, where stated.
        automounts_token: Option<bool>,
        /// Shares the node's network.
        host_network: bool,
        /// Shares the node's processes.
        host_pid: bool,
        /// Shares the node's IPC.
        host_ipc: bool,
        /// Seconds to end in, where stated.
        grace_seconds: Option<i64>,
        /// `Always`, `OnFailure`, `Never`, where stated.
        restart_policy: Option<String>,
        /// Whether its pods are kept apart: anti-affinity or topology spread.
        is_spread: bool,
        /// The name of the governing service of a StatefulSet.
        service_name: Option<String>,
    }

    /// A container of a workload. Settings of the pod are in force where the container has none of its own.
    pub struct K8sContainer in "k8s_container" {
        /// The workload.
        workload: RowId,
        /// The name.
        name: String,
        /// `container`, `init` or `sidecar` (an init container that is always restarted).
        #[indexed] role: &'static str,
        /// The image as written.
        #[indexed] image: Option<String>,
        /// The image's name without tag and digest.
        image_name: Option<String>,
        /// The tag.
        image_tag: Option<String>,
        /// Whether a digest pins it.
        has_digest: bool,
        /// When the image is pulled, where stated.
        pull_policy: Option<String>,
        /// `privileged`.
        is_privileged: bool,
        /// `allowPrivilegeEscalation`, where stated.
        allows_escalation: Option<bool>,
        /// `runAsNonRoot` in force.
        runs_as_non_root: Option<bool>,
        /// `runAsUser` in force.
        run_as_user: Option<i64>,
        /// `readOnlyRootFilesystem`.
        has_read_only_root: bool,
        /// The seccomp profile in force.
        seccomp: Option<String>,
        /// Whether all capabilities are dropped.
        drops_all: bool,
        /// Added capabilities, joined by blanks.
        added_capabilities: Option<String>,
        /// `procMount: Unmasked`.
        has_unmasked_proc: bool,
        /// Requests and limits as written.
        cpu_request: Option<String>,
        /// The limit of CPU.
        cpu_limit: Option<String>,
        /// The request of memory.
        memory_request: Option<String>,
        /// The limit of memory.
        memory_limit: Option<String>,
        /// Whether a `preStop` hook is set.
        has_pre_stop: bool,
        /// The command and its arguments, joined by blanks.
        command: Option<String>,
    }

    /// A port of a container.
    pub struct K8sContainerPort in "k8s_container_port" {
        /// The container.
        container: RowId,
        /// Its name.
        name: Option<String>,
        /// The port.
        port: Option<i64>,
        /// The port on the node.
        host_port: Option<i64>,
    }

    /// A probe of a container.
    pub struct K8sProbe in "k8s_probe" {
        /// The container.
        container: RowId,
        /// `liveness`, `readiness` or `startup`.
        #[indexed] kind: &'static str,
        /// `http`, `tcp`, `exec` or `grpc`.
        handler: &'static str,
        /// The path of an HTTP probe.
        path: Option<String>,
        /// The port, a number or a name.
        port: Option<String>,
        /// The command of an exec probe.
        command: Option<String>,
        /// The thresholds, for comparison: initial delay, period, timeout and failures, joined by blanks.
        timing: String,
    }

    /// A variable of a container, or a source of many (`envFrom`).
    pub struct K8sEnv in "k8s_env" {
        /// The container.
        container: RowId,
        /// The variable; NULL for `envFrom`.
        #[indexed] name: Option<String>,
        /// Its literal value.
        value: Option<String>,
        /// `literal`, `secret`, `config_map`, `field` or `resource`.
        source: &'static str,
        /// The Secret or ConfigMap.
        #[indexed] ref_name: Option<String>,
        /// The key in it; NULL for all.
        ref_key: Option<String>,
        /// Whether it may be missing.
        is_optional: bool,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
    }

    /// A volume of a workload.
    pub struct K8sVolume in "k8s_volume" {
        /// The workload.
        workload: RowId,
        /// Its name.
        #[indexed] name: String,
        /// `host_path`, `empty_dir`, `claim`, `claim_template`, `secret`, `config_map`, `projected` or `other`.
        #[indexed] kind: &'static str,
        /// The path on the node, or the name of the claim, Secret or ConfigMap.
        source: Option<String>,
        /// Whether it may be missing.
        is_optional: bool,
    }

    /// A mount of a volume in a container.
    pub struct K8sMount in "k8s_mount" {
        /// The container.
        container: RowId,
        /// The workload.
        workload: RowId,
        /// The volume's name.
        #[indexed] volume: String,
        /// The path in the container.
        path: String,
        /// Whether it is mounted read-only.
        is_read_only: bool,
    }

    /// A port of a Service.
    pub struct K8sServicePort in "k8s_service_port" {
        /// The Service's object.
        service: RowId,
        /// Its name.
        name: Option<String>,
        /// The port.
        port: Option<i64>,
        /// The port of the pods, a number or a name.
        target_port: Option<String>,
        /// `ClusterIP`, `NodePort`, `LoadBalancer` or `ExternalName`.
        service_type: String,
    }

    /// A path of an Ingress.
    pub struct K8sIngressPath in "k8s_ingress_path" {
        /// The Ingress's object.
        ingress: RowId,
        /// The host; NULL for any.
        host: Option<String>,
        /// The path.
        path: Option<String>,
        /// The Service behind it.
        service: Option<String>,
        /// Its port, a number or a name.
        port: Option<String>,
        /// Whether TLS is set for the host.
        has_tls: bool,
    }

    /// A name by which one object refers to another.
    pub struct K8sReference in "k8s_reference" {
        /// The object.
        object: RowId,
        /// The kind referred to: `Secret`, `ConfigMap`, `PersistentVolumeClaim`, `ServiceAccount`, `Service`, `Role` …
        #[indexed] kind: String,
        /// The name.
        #[indexed] name: String,
        /// The key in it, where one is named.
        key: Option<String>,
        /// Whether it may be missing.
        is_optional: bool,
    }

    /// A key of a ConfigMap or Secret.
    pub struct K8sDataKey in "k8s_data_key" {
        /// The object.
        object: RowId,
        /// The key.
        #[indexed] key: String,
        /// `data`, `stringData` or `binaryData`.
        field: &'static str,
        /// What the value is (after base64 where it is), as in `env_entry`.
        value_class: &'static str,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// The value, where it is one short line of a ConfigMap and no secret.
        value: Option<String>,
    }

    /// The bounds of a HorizontalPodAutoscaler.
    pub struct K8sAutoscaler in "k8s_autoscaler" {
        /// The object.
        object: RowId,
        /// Kind of the target.
        target_kind: String,
        /// Name of the target.
        #[indexed] target_name: String,
        /// Fewest replicas, where stated.
        min_replicas: Option<i64>,
        /// Most replicas.
        max_replicas: Option<i64>,
        /// Whether it follows CPU.
        uses_cpu: bool,
        /// Whether it follows memory.
        uses_memory: bool,
    }

    /// A PodDisruptionBudget.
    pub struct K8sDisruptionBudget in "k8s_disruption_budget" {
        /// The object.
        object: RowId,
        /// As written.
        min_available: Option<String>,
        /// As written.
        max_unavailable: Option<String>,
    }

    /// A NetworkPolicy.
    pub struct K8sNetworkPolicy in "k8s_network_policy" {
        /// The object.
        object: RowId,
        /// Whether it rules incoming traffic.
        rules_ingress: bool,
        /// Whether it rules outgoing traffic.
        rules_egress: bool,
        /// Whether it applies to every pod of its namespace.
        selects_all: bool,
    }

    /// A rule of a Role or ClusterRole.
    pub struct K8sAccessRule in "k8s_access_rule" {
        /// The object.
        object: RowId,
        /// API groups, joined by blanks.
        groups: String,
        /// Resources, joined by blanks.
        resources: String,
        /// Verbs, joined by blanks.
        verbs: String,
        /// Named objects that it is limited to, joined by blanks.
        names: String,
    }

    /// A ServiceAccount.
    pub struct K8sServiceAccount in "k8s_service_account" {
        /// The object.
        object: RowId,
        /// The name.
        #[indexed] name: String,
        /// Whether its token is mounted into pods, where stated.
        automounts_token: Option<bool>,
    }

    /// A RoleBinding or ClusterRoleBinding, one row for each subject.
    pub struct K8sBinding in "k8s_binding" {
        /// The object.
        object: RowId,
        /// `Role` or `ClusterRole`.
        role_kind: String,
        /// The role.
        #[indexed] role: String,
        /// `ServiceAccount`, `User` or `Group`.
        subject_kind: String,
        /// The subject.
        subject: String,
    }

    /// Settings of a Job or CronJob.
    pub struct K8sJobSettings in "k8s_job_settings" {
        /// The workload.
        workload: RowId,
        /// The schedule of a CronJob.
        schedule: Option<String>,
        /// `Allow`, `Forbid` or `Replace`, where stated.
        concurrency: Option<String>,
        /// Seconds after which a missed start is given up.
        starting_deadline: Option<i64>,
        /// Seconds after which the job is ended.
        active_deadline: Option<i64>,
        /// Retries, where stated.
        backoff_limit: Option<i64>,
        /// Seconds after which a finished job is removed.
        ttl: Option<i64>,
    }

    /// A PersistentVolumeClaim, or a claim template.
    pub struct K8sClaim in "k8s_claim" {
        /// The object.
        object: RowId,
        /// The name.
        #[indexed] name: String,
        /// Access modes, joined by blanks.
        access_modes: String,
    }

    /// A kustomization.
    pub struct Kustomization in "kustomization" {
        /// Path from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// The namespace that it sets.
        namespace: Option<String>,
        /// Whether it takes resources from outside of the tree, or generates or inflates what cannot be read.
        is_partial: bool,
    }

    /// A key and value that a generator of a kustomization holds as text.
    pub struct KustomizeLiteral in "kustomize_literal" {
        /// The kustomization.
        kustomization: RowId,
        /// Name of the generator.
        generator: String,
        /// Whether it makes a Secret, and not a ConfigMap.
        is_secret: bool,
        /// The key.
        #[indexed] key: String,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
        /// Whether the key is that of a secret.
        is_secret_name: bool,
    }

    /// A file or folder that a kustomization takes in, or an image that it replaces.
    pub struct KustomizeEntry in "kustomize_entry" {
        /// The kustomization.
        kustomization: RowId,
        /// `resource`, `patch`, `component`, `image`, `generated_config_map` or `generated_secret`.
        #[indexed] kind: &'static str,
        /// Path from the root where it lies inside; else as written; for an image or generator its name.
        #[indexed] target: String,
        /// For an image, whether it sets a tag or digest.
        sets_tag: bool,
    }
}
