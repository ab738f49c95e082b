//! What a path says: exact names, the shapes of names, folders that a tool demands, extensions.

use super::super::Artifact;
use Artifact::{
    Alertmanager, Certificate, Compose, Cron, Dependabot, DockerIgnore, Dockerfile, DotEnv, GithubAction,
    GithubWorkflow, GitlabCi, HelmChart, Html, Infrastructure, Ini, JavaScript, Json, Kustomize, Lockfile, Makefile,
    Markdown, NextConfig, Nginx, Other, PackageJson, PackageLock, PdmLock, Pipfile, PipfileLock, PnpmLock, PoetryLock,
    PostgresConf, PostgresHba, Procfile, Pyproject, Python, RedisConf, Requirements, SetupCfg, Shell, Sql, SystemdUnit,
    Template, Toml, TypeScript, UvLock, YarnLock,
};

/// A path in lower case, taken apart.
pub(super) struct Name<'p> {
    /// The folders, with a slash before and after each: `/.github/workflows/`.
    pub folders: &'p str,
    /// The last part.
    pub base: &'p str,
    /// What follows the last dot of the last part; empty without one, and for a name that only begins with a dot.
    pub extension: &'p str,
}

impl<'p> Name<'p> {
    /// `lower` begins with a slash.
    pub(super) fn new(lower: &'p str) -> Self {
        let (folders, base) = lower.split_at(lower.rfind('/').map_or(0, |last| last + 1));
        let extension =
            base.rsplit_once('.').map_or("", |(stem, extension)| if stem.is_empty() { "" } else { extension });
        Self { folders, base, extension }
    }

    /// Whether a folder of this name holds the file, at any height.
    pub(super) fn is_under(&self, folder: &str) -> bool {
        self.folders.split('/').any(|part| part == folder)
    }

    /// Whether a folder that holds the file, or the file's own name, has this word in it.
    pub(super) fn mentions(&self, word: &str) -> bool {
        self.base.contains(word) || self.folders.contains(word)
    }
}

/// Names that decide alone.
const NAMES: &[(&str, Artifact)] = &[
    (".dockerignore", DockerIgnore),
    (".containerignore", DockerIgnore),
    ("pyproject.toml", Pyproject),
    ("pipfile", Pipfile),
    ("pipfile.lock", PipfileLock),
    ("setup.cfg", SetupCfg),
    ("poetry.lock", PoetryLock),
    ("uv.lock", UvLock),
    ("pdm.lock", PdmLock),
    ("package-lock.json", PackageLock),
    ("npm-shrinkwrap.json", PackageLock),
    ("yarn.lock", YarnLock),
    ("pnpm-lock.yaml", PnpmLock),
    ("package.json", PackageJson),
    ("kustomization.yaml", Kustomize),
    ("kustomization.yml", Kustomize),
    ("kustomization", Kustomize),
    ("chart.yaml", HelmChart),
    (".gitlab-ci.yml", GitlabCi),
    (".gitlab-ci.yaml", GitlabCi),
    ("alertmanager.yml", Alertmanager),
    ("alertmanager.yaml", Alertmanager),
    ("nginx.conf", Nginx),
    ("fastcgi_params", Nginx),
    ("uwsgi_params", Nginx),
    ("scgi_params", Nginx),
    ("proxy_params", Nginx),
    ("redis.conf", RedisConf),
    ("valkey.conf", RedisConf),
    ("sentinel.conf", RedisConf),
    ("postgresql.conf", PostgresConf),
    ("pg_hba.conf", PostgresHba),
    ("crontab", Cron),
    ("makefile", Makefile),
    ("gnumakefile", Makefile),
    ("procfile", Procfile),
    (".envrc", Shell),
    (".profile", Shell),
    (".bashrc", Shell),
    (".bash_profile", Shell),
    (".flake8", Ini),
    (".pylintrc", Ini),
    (".coveragerc", Ini),
    ("cargo.lock", Lockfile),
    ("composer.lock", Lockfile),
    ("gemfile.lock", Lockfile),
    ("go.sum", Lockfile),
    ("bun.lock", Lockfile),
];

/// Extensions that decide where nothing before them did.
pub(super) const EXTENSIONS: &[(&str, Artifact)] = &[
    ("py", Python),
    ("pyi", Python),
    ("pyw", Python),
    ("sh", Shell),
    ("bash", Shell),
    ("zsh", Shell),
    ("ksh", Shell),
    ("sql", Sql),
    ("toml", Toml),
    ("jsonc", Json),
    ("ini", Ini),
    ("cfg", Ini),
    ("cnf", Ini),
    ("js", JavaScript),
    ("jsx", JavaScript),
    ("mjs", JavaScript),
    ("cjs", JavaScript),
    ("ts", TypeScript),
    ("tsx", TypeScript),
    ("mts", TypeScript),
    ("cts", TypeScript),
    ("md", Markdown),
    ("mdx", Markdown),
    ("markdown", Markdown),
    ("html", Html),
    ("htm", Html),
    ("xhtml", Html),
    ("pem", Certificate),
    ("crt", Certificate),
    ("cer", Certificate),
    ("key", Certificate),
    ("csr", Certificate),
    ("mk", Makefile),
    ("cron", Cron),
    ("crontab", Cron),
    ("nginx", Nginx),
    ("nix", Infrastructure),
    ("tf", Infrastructure),
    ("hcl", Infrastructure),
];

/// Last extensions of texts that some engine fills in before their tool reads them.
const TEMPLATES: &[&str] =
    &["j2", "jinja", "jinja2", "tpl", "tmpl", "template", "erb", "hbs", "mustache", "gotmpl", "ctmpl", "mako", "tftpl"];

/// Last extensions that mark a model, a copy or a sealed form rather than a file in force.
const NOT_IN_FORCE: &[&str] =
    &["bak", "backup", "old", "orig", "save", "swp", "disabled", "example", "sample", "dist", "gpg", "enc", "vault"];

/// Last extensions under which `Dockerfile.x` is about a Dockerfile, not one.
const ABOUT_A_DOCKERFILE: &[&str] =
    &["md", "txt", "py", "sh", "yml", "yaml", "json", "js", "ts", "rst", "html", "toml"];

/// What the path decides whatever stands in the file.
pub(super) fn decided(name: &Name<'_>) -> Option<Artifact> {
    let exact = NAMES.iter().find(|(known, _)| *known == name.base).map(|(_, kind)| *kind);
    exact
        .or_else(|| demanded_place(name))
        .or_else(|| dockerfile(name))
        .or_else(|| dotenv(name))
        .or_else(|| template(name))
        .or_else(|| other_shapes(name))
}

/// Files that their tool looks for at one place.
fn demanded_place(name: &Name<'_>) -> Option<Artifact> {
    let is_yaml = matches!(name.extension, "yml" | "yaml");
    let is_forge = |folder: &str| name.folders.ends_with(folder);
    if is_yaml && ["/.github/workflows/", "/.gitea/workflows/", "/.forgejo/workflows/"].into_iter().any(is_forge) {
        return Some(GithubWorkflow);
    }
    if matches!(name.base, "dependabot.yml" | "dependabot.yaml") && is_forge("/.github/") {
        return Some(Dependabot);
    }
    if is_yaml
        && (name.base.contains("gitlab-ci") || name.is_under(".gitlab-ci") || name.folders.contains("/.gitlab/ci/"))
    {
        return Some(GitlabCi);
    }
    if is_yaml && matches!(name.base, "action.yml" | "action.yaml") && name.folders.contains("/.github/actions/") {
        return Some(GithubAction);
    }
    if name.extension.is_empty() && is_forge("/cron.d/") || is_forge("/crontabs/") {
        return Some(Cron);
    }
    let is_drop_in = [".service.d/", ".timer.d/", ".socket.d/"].into_iter().any(is_forge);
    (is_drop_in && name.extension == "conf").then_some(SystemdUnit)
}

/// `Dockerfile`, `Dockerfile.dev`, `Dockerfile-dev`, `dev.Dockerfile`, `Containerfile`.
fn dockerfile(name: &Name<'_>) -> Option<Artifact> {
    if name.base.ends_with(".dockerignore") {
        return Some(DockerIgnore);
    }
    let starts = ["dockerfile", "containerfile"].iter().find_map(|word| name.base.strip_prefix(word));
    match starts {
        Some("") => return Some(Dockerfile),
        Some(rest) if !rest.starts_with(['.', '-', '_']) => return None,
        Some(_) if TEMPLATES.contains(&name.extension) => return Some(Template),
        Some(_) if NOT_IN_FORCE.contains(&name.extension) => return Some(Other),
        Some(_) if ABOUT_A_DOCKERFILE.contains(&name.extension) => return None,
        Some(_) => return Some(Dockerfile),
        None => {}
    }
    matches!(name.extension, "dockerfile" | "containerfile").then_some(Dockerfile)
}

/// `.env`, `.env.production`, `.env.example`, `app.env`, `env.example`; copies too, for they hold the same secrets.
fn dotenv(name: &Name<'_>) -> Option<Artifact> {
    const CODE: &[&str] = &[
        "py", "js", "ts", "mjs", "cjs", "sh", "json", "yml", "yaml", "toml", "md", "txt", "html", "php", "rb", "go",
        "rs", "java", "kt", "cs", "tsx", "jsx", "vue", "lua", "ex", "exs", "swift", "scala", "c", "h", "cpp", "css",
        "tf",
    ];
    const NOT_READ: &[&str] = &["gpg", "enc", "vault", "age", "swp", "asc", "zip", "gz", "patch", "diff", "rej"];
    let base = name.base;
    let is_env = matches!(base, ".env" | ".env~" | "dotenv")
        || base.starts_with(".env.")
        || base.starts_with(".env-")
        || base.starts_with(".env_");
    let is_named = name.extension == "env" || base.starts_with("env.") || base.contains(".env.");
    if !is_env && !is_named || CODE.contains(&name.extension) {
        return None;
    }
    match name.extension {
        extension if NOT_READ.contains(&extension) => Some(Other),
        "j2" | "jinja" | "jinja2" | "erb" => Some(Template),
        _ => Some(DotEnv),
    }
}

/// Texts that are filled in first. nginx's own image fills in `*.conf.template` from the environment, so that these
/// are read as what they become.
fn template(name: &Name<'_>) -> Option<Artifact> {
    if !TEMPLATES.contains(&name.extension) {
        return NOT_IN_FORCE.contains(&name.extension).then_some(Other);
    }
    let stem = name.base.rsplit_once('.').map_or("", |(stem, _)| stem);
    let is_substituted = matches!(name.extension, "template" | "tmpl") && stem.ends_with(".conf");
    Some(if is_substituted && name.mentions("nginx") { Nginx } else { Template })
}

/// Names of one shape.
fn other_shapes(name: &Name<'_>) -> Option<Artifact> {
    let base = name.base;
    if matches!(name.extension, "js" | "mjs" | "cjs" | "ts" | "mts") && base.starts_with("next.config.") {
        return Some(NextConfig);
    }
    let lists_packages = base.contains("requirements") || base.starts_with("constraints");
    if matches!(name.extension, "txt" | "in") && (lists_packages || name.folders.ends_with("/requirements/")) {
        return Some(Requirements);
    }
    if matches!(name.extension, "yml" | "yaml") && base.contains("docker-compose") {
        return Some(Compose);
    }
    (name.extension == "txt" && base.contains("crontab")).then_some(Cron)
}
