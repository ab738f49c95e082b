use super::*;
use crate::extract::sample;

const APP: &str = r#"apiVersion: apps/v1
kind: Deployment
metadata: {name: api, namespace: shop, labels: {app: api}}
spec:
  replicas: 2
  selector: {matchLabels: {app: api}}
  template:
    metadata: {labels: {app: api}}
    spec:
      serviceAccountName: api
      securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
      initContainers:
        - {name: migrate, image: "shop/api:1.4", command: [alembic, upgrade, head]}
      containers:
        - name: api
          image: shop/api:1.4@sha256:00
          ports: [{name: http, containerPort: 8000}]
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL], add: [NET_ADMIN]}}
          resources: {requests: {cpu: 100m, memory: 128Mi}, limits: {memory: 256Mi}}
          env:
            - {name: DB_PASSWORD, valueFrom: {secretKeyRef: {name: db, key: password}}}
            - {name: API_KEY, value: s8Kd0qPz1Lmn4RtV}
          envFrom: [{configMapRef: {name: settings, optional: true}}]
          livenessProbe: {httpGet: {path: /live, port: http}, periodSeconds: 10}
          readinessProbe: {exec: {command: [cat, /tmp/ok]}}
          volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]
      volumes:
        - {name: sock, hostPath: {path: /var/run/docker.sock}}
        - {name: tls, secret: {secretName: api-tls}}
---
apiVersion: v1
kind: Service
metadata: {name: api}
spec: {type: NodePort, selector: {app: api}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: api}
spec:
  tls: [{hosts: [shop.example]}]
  rules:
    - host: shop.example
      http: {paths: [{path: /, backend: {service: {name: api, port: {number: 80}}}}]}
    - host: old.example
      http: {paths: [{path: /, backend: {serviceName: api, servicePort: http}}]}
"#;

const POLICIES: &str = r#"apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Secret
    metadata: {name: db}
    data: {password: aHVudGVyMmNvcnJlY3Q=}
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata: {name: all}
    rules: [{apiGroups: [""], resources: ["*"], verbs: ["*"]}]
  - apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata: {name: all}
    roleRef: {kind: ClusterRole, name: cluster-admin}
    subjects: [{kind: ServiceAccount, name: api}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: api}
spec: {minAvailable: 1, selector: {matchLabels: {app: api}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: api}
spec: {minReplicas: 1, maxReplicas: 5, scaleTargetRef: {kind: Deployment, name: api}, metrics: [{type: Resource, resource: {name: cpu}}]}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: tidy}
spec: {schedule: "0 3 * * *", jobTemplate: {spec: {backoffLimit: 2, template: {spec: {restartPolicy: Never, containers: [{name: t, image: t}]}}}}}
"#;

#[test]
fn workloads_services_and_policies() {
    let kustomization =
        "namespace: shop\nresources: [app.yaml, ../missing]\nimages: [{name: shop/api, newTag: '1.5'}]\n";
    let files = [
        ("k8s/app.yaml", Artifact::Kubernetes, APP),
        ("k8s/kustomization.yaml", Artifact::Kustomize, kustomization),
        ("k8s/policies.yaml", Artifact::Kubernetes, POLICIES),
    ];
    insta::assert_snapshot!(sample::rows(&K8s, &files));
}

#[test]
fn odd_files_end() {
    let many = "apiVersion: v1\nkind: Pod\nspec: {containers: [{}]}\n---\n".repeat(12_000);
    let texts = [
        "",
        "kind: Deployment\napiVersion: apps/v1\nspec: {template: {spec: {containers: x, volumes: [1, {name: a}]}}}\n",
        "kind: List\napiVersion: v1\nitems: [[], 1, {kind: List, apiVersion: v1}]\n",
        "kind: [a]\napiVersion: {}\n",
        "kind: Service\napiVersion: v1\nspec: []\n",
        "apiVersion: v1\nkind: Secret\ndata: {a: {b: c}, d: '!!'}\n",
        &many,
    ];
    for text in texts {
        for kind in [Artifact::Kubernetes, Artifact::Kustomize] {
            let files = [("x.yaml", kind, text)];
            assert!(sample::rows(&K8s, &files).len() < 20_000_000);
        }
    }
}
