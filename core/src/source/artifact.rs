//! The kinds of file that the engine tells apart: one table of kind, stable name and Semgrep language.

/// Declares [`Artifact`] with the two columns that depend on nothing but the kind.
macro_rules! artifacts {
    ($($(#[doc = $doc:literal])+ $kind:ident = $name:literal $(as $language:literal)?,)+) => {
        /// What a file is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Artifact {
            $($(#[doc = $doc])+ $kind,)+
        }

        impl Artifact {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The stable word for the kind, as facts and reports spell it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$kind => $name,)+ }
            }

            /// The language under which pattern rules scan such a file, as Semgrep spells it. Rules for `generic`
            /// and `regex` scan every text, so they are not told here.
            pub fn language(self) -> Option<&'static str> {
                match self { $(Self::$kind => artifacts!(@language $($language)?),)+ }
            }
        }
    };
    (@language) => { None };
    (@language $language:literal) => { Some($language) };
}

artifacts! {
    /// Python source, by extension or by its first line.
    Python = "python" as "python",

    /// A Dockerfile or Containerfile.
    Dockerfile = "dockerfile" as "dockerfile",
    /// `.dockerignore`, also beside one Dockerfile.
    DockerIgnore = "dockerignore",
    /// A Compose file, overrides included.
    Compose = "compose" as "yaml",
    /// Kubernetes objects.
    Kubernetes = "kubernetes" as "yaml",
    /// `kustomization.yaml`.
    Kustomize = "kustomize" as "yaml",
    /// A template of a Helm chart: YAML only after rendering.
    HelmTemplate = "helm_template" as "yaml",
    /// `Chart.yaml`.
    HelmChart = "helm_chart" as "yaml",

    /// The server configuration of Prometheus.
    PrometheusConfig = "prometheus_config" as "yaml",
    /// Alerting and recording rules in PromQL.
    PrometheusRules = "prometheus_rules" as "yaml",
    /// Alertmanager's configuration.
    Alertmanager = "alertmanager" as "yaml",
    /// Grafana's data sources, dashboard providers and alerting as files.
    GrafanaProvisioning = "grafana_provisioning" as "yaml",
    /// A Grafana dashboard.
    GrafanaDashboard = "grafana_dashboard" as "json",
    /// Loki's configuration.
    Loki = "loki" as "yaml",
    /// Rules in LogQL.
    LokiRules = "loki_rules" as "yaml",
    /// Promtail's configuration.
    Promtail = "promtail" as "yaml",

    /// nginx configuration, included snippets and `envsubst` templates of it.
    Nginx = "nginx",
    /// Kong's declarative configuration.
    Kong = "kong" as "yaml",
    /// Traefik's static or dynamic configuration.
    Traefik = "traefik" as "yaml",

    /// A workflow of GitHub Actions (or of a forge that runs the same files).
    GithubWorkflow = "github_workflow" as "yaml",
    /// `action.yml`.
    GithubAction = "github_action" as "yaml",
    /// `.github/dependabot.yml`.
    Dependabot = "dependabot" as "yaml",
    /// A pipeline of GitLab CI, or a part that one includes.
    GitlabCi = "gitlab_ci" as "yaml",

    /// Variables for a process: `.env` and its examples.
    DotEnv = "dotenv",
    /// Requirements or constraints of pip and pip-tools.
    Requirements = "requirements",
    /// `pyproject.toml`.
    Pyproject = "pyproject",
    /// `Pipfile`.
    Pipfile = "pipfile",
    /// `setup.cfg`.
    SetupCfg = "setup_cfg",
    /// `poetry.lock`.
    PoetryLock = "poetry_lock",
    /// `uv.lock`.
    UvLock = "uv_lock",
    /// `pdm.lock`.
    PdmLock = "pdm_lock",
    /// `Pipfile.lock`.
    PipfileLock = "pipfile_lock" as "json",
    /// `package-lock.json` or `npm-shrinkwrap.json`.
    PackageLock = "package_lock" as "json",
    /// `yarn.lock`.
    YarnLock = "yarn_lock",
    /// `pnpm-lock.yaml`.
    PnpmLock = "pnpm_lock" as "yaml",
    /// A lock file of another ecosystem.
    Lockfile = "lockfile",
    /// `package.json`.
    PackageJson = "package_json" as "json",
    /// `next.config.js` in any spelling.
    NextConfig = "next_config" as "javascript",

    /// A shell script, by extension or by its first line.
    Shell = "shell" as "bash",
    /// A systemd unit or a drop-in for one.
    SystemdUnit = "systemd_unit",
    /// A crontab.
    Cron = "cron",
    /// A makefile.
    Makefile = "makefile",
    /// `Procfile`.
    Procfile = "procfile",
    /// Nix or Terraform: what a machine is set up with.
    Infrastructure = "infrastructure",

    /// SQL.
    Sql = "sql",
    /// Redis or Valkey configuration.
    RedisConf = "redis_conf",
    /// `postgresql.conf`.
    PostgresConf = "postgres_conf",
    /// `pg_hba.conf`.
    PostgresHba = "postgres_hba",
    /// Qdrant's configuration.
    QdrantConfig = "qdrant_config" as "yaml",

    /// A certificate, a signing request or a key in PEM.
    Certificate = "certificate",
    /// An OpenAPI or Swagger description in YAML.
    OpenApi = "openapi" as "yaml",
    /// YAML of no other kind.
    Yaml = "yaml" as "yaml",
    /// JSON of no other kind, with or without comments.
    Json = "json" as "json",
    /// TOML of no other kind.
    Toml = "toml",
    /// INI of no other kind.
    Ini = "ini",
    /// JavaScript.
    JavaScript = "javascript" as "javascript",
    /// TypeScript.
    TypeScript = "typescript" as "typescript",
    /// Markdown.
    Markdown = "markdown",
    /// HTML.
    Html = "html",
    /// A text with holes for Jinja or another engine, whatever it renders to.
    Template = "template",
    /// Anything not otherwise listed.
    Other = "other",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_lower_case_words() {
        let names: BTreeSet<&str> = Artifact::ALL.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), Artifact::ALL.len());
        assert!(names.iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')));
    }

    #[test]
    fn every_yaml_kind_is_scanned_as_yaml() {
        assert_eq!(Artifact::Compose.language(), Some("yaml"));
        assert_eq!(Artifact::Shell.language(), Some("bash"));
        assert_eq!(Artifact::Nginx.language(), None);
    }
}
