//! What a command is for, from its words: a table of the usual tools, behind the usual wrappers.

#[cfg(test)]
mod tests;

use std::borrow::Cow;

use crate::syntax::shell::{self, Command};

/// Most wrappers around one command that are taken off.
const MAX_WRAPPERS: usize = 8;

/// A tool, the first arguments that matter (none: any), and what it is then for.
type Entry = (&'static str, &'static [&'static str], &'static str);

const TOOLS: &[Entry] = &[
    ("pytest", &[], "test"),
    ("py.test", &[], "test"),
    ("unittest", &[], "test"),
    ("tox", &[], "test"),
    ("nox", &[], "test"),
    ("nose2", &[], "test"),
    ("behave", &[], "test"),
    ("jest", &[], "test"),
    ("vitest", &[], "test"),
    ("mocha", &[], "test"),
    ("phpunit", &[], "test"),
    ("rspec", &[], "test"),
    ("bats", &[], "test"),
    ("ctest", &[], "test"),
    ("playwright", &["test"], "test"),
    ("cypress", &["run"], "test"),
    ("go", &["test"], "test"),
    ("cargo", &["test", "nextest"], "test"),
    ("mvn", &["test", "verify"], "test"),
    ("gradle", &["test", "check"], "test"),
    ("gradlew", &["test", "check"], "test"),
    ("dotnet", &["test"], "test"),
    ("hatch", &["test"], "test"),
    ("promtool", &["test"], "test"),
    ("ruff", &[], "lint"),
    ("flake8", &[], "lint"),
    ("pylint", &[], "lint"),
    ("black", &[], "lint"),
    ("isort", &[], "lint"),
    ("eslint", &[], "lint"),
    ("prettier", &[], "lint"),
    ("biome", &[], "lint"),
    ("stylelint", &[], "lint"),
    ("hadolint", &[], "lint"),
    ("shellcheck", &[], "lint"),
    ("yamllint", &[], "lint"),
    ("markdownlint", &[], "lint"),
    ("actionlint", &[], "lint"),
    ("sqlfluff", &["lint"], "lint"),
    ("pre-commit", &["run"], "lint"),
    ("golangci-lint", &[], "lint"),
    ("cargo", &["clippy", "fmt"], "lint"),
    ("promtool", &["check"], "lint"),
    ("next", &["lint"], "lint"),
    ("mypy", &[], "typecheck"),
    ("pyright", &[], "typecheck"),
    ("basedpyright", &[], "typecheck"),
    ("pytype", &[], "typecheck"),
    ("pyre", &[], "typecheck"),
    ("tsc", &[], "typecheck"),
    ("ty", &["check"], "typecheck"),
    ("pip-audit", &[], "audit"),
    ("safety", &[], "audit"),
    ("bandit", &[], "audit"),
    ("osv-scanner", &[], "audit"),
    ("trivy", &[], "audit"),
    ("grype", &[], "audit"),
    ("snyk", &[], "audit"),
    ("semgrep", &[], "audit"),
    ("opengrep", &[], "audit"),
    ("checkov", &[], "audit"),
    ("zizmor", &[], "audit"),
    ("govulncheck", &[], "audit"),
    ("npm", &["audit"], "audit"),
    ("yarn", &["audit"], "audit"),
    ("pnpm", &["audit"], "audit"),
    ("uv", &["audit"], "audit"),
    ("cargo", &["audit", "deny"], "audit"),
    ("docker", &["scout"], "audit"),
    ("gitleaks", &[], "secret_scan"),
    ("trufflehog", &[], "secret_scan"),
    ("detect-secrets", &[], "secret_scan"),
    ("detect-secrets-hook", &[], "secret_scan"),
    ("ggshield", &[], "secret_scan"),
    ("coverage", &["report", "xml", "html"], "coverage"),
    ("codecov", &[], "coverage"),
    ("docker", &["build", "buildx"], "build_image"),
    ("podman", &["build"], "build_image"),
    ("buildah", &["bud", "build"], "build_image"),
    ("docker compose", &["build"], "build_image"),
    ("docker", &["push"], "push_image"),
    ("podman", &["push"], "push_image"),
    ("docker compose", &["push"], "push_image"),
    ("docker compose", &["up", "start", "restart"], "deploy"),
    ("docker", &["stack", "service"], "deploy"),
    ("kubectl", &["apply", "set", "create", "replace", "patch", "scale"], "deploy"),
    ("kustomize", &["deploy"], "deploy"),
    ("helm", &["upgrade", "install"], "deploy"),
    ("helmfile", &["apply", "sync"], "deploy"),
    ("argocd", &["app"], "deploy"),
    ("ansible-playbook", &[], "deploy"),
    ("terraform", &["apply"], "deploy"),
    ("tofu", &["apply"], "deploy"),
    ("pulumi", &["up"], "deploy"),
    ("fly", &["deploy"], "deploy"),
    ("flyctl", &["deploy"], "deploy"),
    ("railway", &["up", "deploy", "redeploy"], "deploy"),
    ("vercel", &[], "deploy"),
    ("netlify", &["deploy"], "deploy"),
    ("wrangler", &["deploy", "publish"], "deploy"),
    ("serverless", &["deploy"], "deploy"),
    ("sls", &["deploy"], "deploy"),
    ("cdk", &["deploy"], "deploy"),
    ("eb", &["deploy"], "deploy"),
    ("kamal", &["deploy"], "deploy"),
    ("systemctl", &["start", "restart", "reload"], "deploy"),
    ("supervisorctl", &["start", "restart", "reload", "update"], "deploy"),
    ("pm2", &["start", "restart", "reload"], "deploy"),
    ("twine", &["upload"], "publish"),
    ("npm", &["publish"], "publish"),
    ("pnpm", &["publish"], "publish"),
    ("yarn", &["publish"], "publish"),
    ("cargo", &["publish"], "publish"),
    ("poetry", &["publish"], "publish"),
    ("uv", &["publish"], "publish"),
    ("hatch", &["publish"], "publish"),
    ("flit", &["publish"], "publish"),
    ("alembic", &["upgrade"], "migrate"),
    ("aerich", &["upgrade"], "migrate"),
    ("prisma", &["migrate", "db"], "migrate"),
    ("knex", &["migrate:latest"], "migrate"),
    ("sequelize", &["db:migrate"], "migrate"),
    ("sequelize-cli", &["db:migrate"], "migrate"),
    ("typeorm", &["migration:run"], "migrate"),
    ("goose", &["up"], "migrate"),
    ("flyway", &["migrate"], "migrate"),
    ("liquibase", &["update"], "migrate"),
    ("dbmate", &["up", "migrate"], "migrate"),
    ("migrate", &[], "migrate"),
    ("yoyo", &["apply"], "migrate"),
    ("rails", &["db:migrate"], "migrate"),
    ("pg_dump", &[], "dump"),
    ("pg_dumpall", &[], "dump"),
    ("pg_basebackup", &[], "dump"),
    ("mysqldump", &[], "dump"),
    ("mariadb-dump", &[], "dump"),
    ("mongodump", &[], "dump"),
    ("pgbackrest", &[], "dump"),
    ("wal-g", &["backup-push"], "dump"),
    ("restic", &["backup"], "dump"),
    ("borg", &["create"], "dump"),
    ("velero", &["backup"], "dump"),
    ("pg_restore", &[], "restore"),
    ("mongorestore", &[], "restore"),
    ("restic", &["restore"], "restore"),
    ("borg", &["extract"], "restore"),
    ("uvicorn", &[], "server"),
    ("gunicorn", &[], "server"),
    ("hypercorn", &[], "server"),
    ("daphne", &[], "server"),
    ("granian", &[], "server"),
    ("waitress-serve", &[], "server"),
    ("streamlit", &["run"], "server"),
    ("fastapi", &["run", "dev"], "server"),
    ("flask", &["run"], "server"),
    ("http.server", &[], "server"),
    ("nginx", &[], "server"),
    ("caddy", &["run"], "server"),
    ("redis-server", &[], "server"),
    ("postgres", &[], "server"),
    ("ollama", &["serve"], "server"),
    ("next", &["start", "dev"], "server"),
    ("npm", &["start"], "server"),
    ("yarn", &["start"], "server"),
    ("dramatiq", &[], "worker"),
    ("arq", &[], "worker"),
    ("huey_consumer", &[], "worker"),
    ("huey_consumer.py", &[], "worker"),
    ("rq", &["worker", "worker-pool"], "worker"),
    ("rqworker", &[], "worker"),
    ("taskiq", &["worker"], "worker"),
    ("rqscheduler", &[], "scheduler"),
    ("taskiq", &["scheduler"], "scheduler"),
    ("pg_isready", &[], "probe"),
    ("mysqladmin", &["ping", "status"], "probe"),
    ("kubectl", &["rollout", "wait"], "probe"),
    ("docker compose", &["ps"], "probe"),
    ("systemctl", &["is-active", "status"], "probe"),
    ("pip", &["install"], "install"),
    ("pip3", &["install"], "install"),
    ("uv", &["sync", "pip"], "install"),
    ("poetry", &["install"], "install"),
    ("pipenv", &["install", "sync"], "install"),
    ("npm", &["ci", "install"], "install"),
    ("yarn", &["install"], "install"),
    ("pnpm", &["install", "i"], "install"),
    ("apt-get", &["install"], "install"),
    ("apt", &["install"], "install"),
    ("apk", &["add"], "install"),
    ("mail", &[], "notify"),
    ("sendmail", &[], "notify"),
    ("echo", &[], "print"),
    ("printf", &[], "print"),
    ("true", &[], "print"),
    (":", &[], "print"),
    ("sleep", &[], "print"),
    ("date", &[], "print"),
];

/// What `command` is for, or nothing where the table does not know it.
pub(crate) fn purpose(command: &Command) -> Option<&'static str> {
    let words: Vec<&str> = command.words.iter().map(|word| &*word.text).collect();
    of_words(&words, true)
}

fn of_words(words: &[&str], may_nest: bool) -> Option<&'static str> {
    if may_nest && let Some(text) = shell_argument(words) {
        let purposes = shell::parse(&text).commands;
        let found = purposes.iter().map(|inner| inner.words.iter().map(|word| &*word.text).collect::<Vec<_>>());
        return found.filter_map(|words| of_words(&words, false)).find(|purpose| *purpose != "print");
    }
    let words = unwrap(words);
    let (name, arguments) = tool(words)?;
    if ASIDE.iter().any(|(tool, words)| name == *tool && arguments.iter().any(|word| words.contains(word))) {
        return None;
    }
    let found = by_table(&name, arguments)
        .or_else(|| python(&name, arguments))
        .or_else(|| script_runner(&name, arguments))
        .or_else(|| others(&name, arguments))
        .or_else(|| by_file_name(&name))
        .or_else(|| scanner(&name, arguments));
    // `migrate --check` changes nothing.
    found.filter(|purpose| *purpose != "migrate" || !arguments.iter().any(|word| ONLY_ASKS.contains(word)))
}

/// Scanners behind a function of the script or in a container: `run_trivy_fs …`, `docker run … aquasec/trivy fs .`.
fn scanner(name: &str, arguments: &[&str]) -> Option<&'static str> {
    let image = matches!(name, "docker" | "podman") && arguments.first() == Some(&"run");
    let words = if image { arguments } else { std::slice::from_ref(&name) };
    let names = |tools: &[&str]| {
        words.iter().any(|word| word.split(['/', ':', '_', '-', '@']).any(|part| tools.contains(&part)))
    };
    if names(&["gitleaks", "trufflehog"]) {
        return Some("secret_scan");
    }
    if !names(&["trivy", "grype"]) {
        return None;
    }
    let only_secrets = arguments.windows(2).any(|pair| pair == ["--scanners", "secret"]);
    Some(if only_secrets { "secret_scan" } else { "audit" })
}

/// Words with which a tool speaks to what runs, or only looks.
const ASIDE: &[(&str, &[&str])] = &[
    ("nginx", &["-s", "-t", "-T", "-v", "-V"]),
    ("vercel", &["alias", "build", "certs", "dev", "domains", "env", "inspect", "link", "login", "logs", "ls", "pull"]),
];

/// Options with which a migration tool only tells what it would do.
const ONLY_ASKS: &[&str] = &["--check", "--check-changes", "--plan", "--dry-run", "--list", "--sql"];

/// The text of `sh -c text` and of `ssh host text`.
fn shell_argument<'w>(words: &[&'w str]) -> Option<Cow<'w, str>> {
    let name = base(words.first()?);
    let at = match name {
        "sh" | "bash" | "ash" | "dash" | "zsh" => {
            words.iter().position(|word| word.starts_with('-') && word.ends_with('c'))? + 1
        }
        "ssh" => {
            let mut at = 1;
            while words.get(at).is_some_and(|word| word.starts_with('-')) {
                // Options that take a value of their own.
                let takes_value = words[at].len() == 2 && "bcDEeFIiJLlmOopQRSWw".contains(&words[at][1..]);
                at += if takes_value { 2 } else { 1 };
            }
            let command = words.get(at + 1..).filter(|command| !command.is_empty())?;
            return Some(Cow::Owned(command.join(" ")));
        }
        _ => return None,
    };
    words.get(at).copied().map(Cow::Borrowed)
}

/// The tool and its arguments: `docker compose` in both spellings is one tool.
fn tool<'w, 's>(words: &'s [&'w str]) -> Option<(String, &'s [&'w str])> {
    let name = base(words.first()?);
    let arguments = &words[1..];
    if name == "docker-compose" || name == "podman-compose" {
        return Some(("docker compose".into(), arguments));
    }
    if matches!(name, "docker" | "podman") && arguments.first() == Some(&"compose") {
        return Some(("docker compose".into(), &arguments[1..]));
    }
    Some((name.to_owned(), arguments))
}

fn by_table(name: &str, arguments: &[&str]) -> Option<&'static str> {
    let first = first_plain(name, arguments);
    let fits =
        |entry: &&Entry| entry.0 == name && (entry.1.is_empty() || first.is_some_and(|word| entry.1.contains(&word)));
    let found = TOOLS.iter().find(fits).map(|entry| entry.2);
    // `kubectl rollout` asks, but for these.
    if name == "kubectl" && first == Some("rollout") && arguments.iter().any(|word| matches!(*word, "undo" | "restart"))
    {
        return Some("deploy");
    }
    // A host's own services are not what is deployed.
    let unit = || arguments.last().map(|unit| unit.strip_suffix(".service").unwrap_or(unit));
    found
        .filter(|_| name != "systemctl" || first != Some("restart") || !unit().is_some_and(|unit| HOST.contains(&unit)))
}

/// Services that a host brings.
const HOST: &[&str] = &[
    "ssh",
    "sshd",
    "docker",
    "containerd",
    "networking",
    "NetworkManager",
    "systemd-networkd",
    "systemd-resolved",
    "systemd-journald",
    "cron",
    "crond",
    "rsyslog",
    "fail2ban",
    "ufw",
    "firewalld",
    "chronyd",
    "ntp",
    "dbus",
    "postfix",
];

/// The first argument that is neither an option nor the value of one that takes a value.
pub(crate) fn first_plain<'w>(name: &str, arguments: &[&'w str]) -> Option<&'w str> {
    let takes_value: &[&str] = match name {
        "docker compose" => &["-f", "--file", "-p", "--project-name", "--env-file", "--profile", "--project-directory"],
        "kubectl" | "helm" => &["-n", "--namespace", "--context", "--kubeconfig"],
        "alembic" | "celery" => &["-c", "--config", "-A", "--app", "-x", "-n", "--name"],
        "docker" => &["-H", "--host", "--context", "-c"],
        "terraform" | "make" => &["-C"],
        _ => &[],
    };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        if takes_value.contains(word) {
            words.next();
        } else if !word.starts_with('-') {
            return Some(word);
        }
    }
    None
}

/// `python -m module`, `python script.py`, `manage.py command`, `celery worker`.
fn python(name: &str, arguments: &[&str]) -> Option<&'static str> {
    if name.ends_with("manage.py") || name == "django-admin" {
        return match first_plain(name, arguments)? {
            "migrate" => Some("migrate"),
            "test" => Some("test"),
            "runserver" => Some("server"),
            "dumpdata" => Some("dump"),
            _ => None,
        };
    }
    if name == "celery" {
        let has = |word: &str| arguments.contains(&word);
        return if has("worker") {
            Some("worker")
        } else if has("beat") {
            Some("scheduler")
        } else {
            None
        };
    }
    if name == "flask" && arguments.contains(&"db") && arguments.contains(&"upgrade") {
        return Some("migrate");
    }
    if !is_python(name) {
        return None;
    }
    match arguments {
        ["-m", module, rest @ ..] => {
            let mut inner = vec![*module];
            inner.extend(rest);
            of_words(&inner, false).or_else(|| by_file_name(module))
        }
        _ => {
            let script = arguments.iter().position(|word| word.ends_with(".py"))?;
            of_words(&arguments[script..], false).or_else(|| program_name(arguments[script]))
        }
    }
}

fn is_python(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    matches!(stem, "python" | "pypy") || name.ends_with("PYTHON") || name.ends_with("PYTHON}")
}

/// `npm run x`, `make x`: the name that people gave says what it is for.
fn script_runner(name: &str, arguments: &[&str]) -> Option<&'static str> {
    let named = match name {
        "npm" | "pnpm" | "yarn" | "bun" => {
            let rest =
                arguments.iter().filter(|word| !word.starts_with('-') && **word != "run" && **word != "run-script");
            rest.copied().next()?
        }
        "make" | "just" | "task" | "invoke" | "poe" => first_plain(name, arguments)?,
        _ => return None,
    };
    by_word(named)
}

fn by_word(named: &str) -> Option<&'static str> {
    if named.contains("type") && named.contains("check") {
        return Some("typecheck");
    }
    let starts = |words: &[&str]| named.split(['-', '_', ':', '.']).any(|part| words.contains(&part));
    let table: &[(&[&str], &str)] = &[
        (&["typecheck", "types", "mypy", "tsc"], "typecheck"),
        (&["audit"], "audit"),
        (&["lint", "format", "fmt", "style", "eslint"], "lint"),
        (&["test", "tests", "pytest", "check", "coverage", "e2e"], "test"),
        (&["migrate", "migrations"], "migrate"),
        (&["backup", "dump"], "dump"),
        (&["deploy", "release"], "deploy"),
    ];
    table.iter().find(|(words, _)| starts(words)).map(|(_, purpose)| *purpose)
}

/// Tools whose purpose lies in what they are pointed at.
fn others(name: &str, arguments: &[&str]) -> Option<&'static str> {
    let any = |test: fn(&str) -> bool| arguments.iter().any(|word| test(word));
    match name {
        "curl" | "wget" | "http" => {
            if any(|word| word.contains("hooks.") || word.contains("webhook")) {
                Some("notify")
            } else if any(|word| word.contains("/snapshots")) {
                Some("dump")
            } else if any(is_probe_url) {
                Some("probe")
            } else {
                None
            }
        }
        "nc" | "ncat" => any(|word| word.starts_with("-z") || word == "-vz").then_some("probe"),
        "redis-cli" => {
            let upper: Vec<String> = arguments.iter().map(|word| word.to_ascii_uppercase()).collect();
            let has = |word: &str| upper.iter().any(|argument| argument == word);
            if has("BGSAVE") || has("SAVE") || has("--RDB") { Some("dump") } else { has("PING").then_some("probe") }
        }
        "sqlite3" => any(|word| word.starts_with(".backup") || word.starts_with(".dump")).then_some("dump"),
        "gcloud" => any(|word| word == "deploy").then_some("deploy"),
        "aws" => any(|word| matches!(word, "update-service" | "deploy" | "create-deployment")).then_some("deploy"),
        "az" => any(|word| matches!(word, "webapp" | "containerapp")).then_some("deploy"),
        "git" => {
            (arguments.first() == Some(&"push") && any(|word| matches!(word, "heroku" | "dokku"))).then_some("deploy")
        }
        "gh" => (arguments.first() == Some(&"release")).then_some("publish"),
        "node" => arguments.iter().find(|word| !word.starts_with('-')).and_then(|word| program_name(word)),
        _ => None,
    }
}

fn is_probe_url(word: &str) -> bool {
    let path_says =
        ["health", "/ready", "/live", "/ping", "/status", "/-/ready"].iter().any(|part| word.contains(part));
    (word.contains("://") || word.contains("localhost") || word.contains("127.0.0.1"))
        && (path_says || word.contains("localhost"))
}

/// A program of the tree's own: its file name says what it is for.
fn program_name(path: &str) -> Option<&'static str> {
    let stem = base(path).rsplit_once('.').map_or(base(path), |(stem, _)| stem);
    by_file_name(path)
        .or(matches!(stem, "main" | "app" | "server" | "api" | "wsgi" | "asgi" | "run").then_some("server"))
}

fn by_file_name(path: &str) -> Option<&'static str> {
    let last = base(path);
    let stem = ["py", "sh", "bash", "js", "ts"]
        .iter()
        .find_map(|extension| last.strip_suffix(extension).and_then(|stem| stem.strip_suffix('.')));
    let is_module = path.contains('.') && !path.contains('/') && stem.is_none();
    let stem = stem.or(is_module.then_some(last))?;
    let parts: Vec<&str> = stem.split(['_', '-', '.']).collect();
    let has = |words: &[&str]| parts.iter().any(|part| words.contains(part));
    let table: &[(&[&str], &str)] = &[
        (&["worker", "workers", "consumer"], "worker"),
        (&["scheduler", "beat"], "scheduler"),
        (&["migrate", "migration", "migrations"], "migrate"),
        (&["backup", "backups"], "dump"),
        (&["restore"], "restore"),
        (&["deploy", "deployment"], "deploy"),
        (&["test", "tests"], "test"),
        (&["healthcheck", "health", "smoke"], "probe"),
        (&["server"], "server"),
    ];
    table.iter().find(|(words, _)| has(words)).map(|(_, purpose)| *purpose)
}

/// The words without what runs them: `sudo`, `uv run`, `docker compose exec db`, `kubectl exec pod --`.
pub(crate) fn unwrap<'w, 's>(mut words: &'s [&'w str]) -> &'s [&'w str] {
    for _ in 0..MAX_WRAPPERS {
        let Some(skip) = wrapper_len(words) else { break };
        match words.get(skip..) {
            Some(rest) if !rest.is_empty() => words = rest,
            _ => break,
        }
    }
    words
}

fn wrapper_len(words: &[&str]) -> Option<usize> {
    let name = base(words.first()?);
    let second = words.get(1).copied().unwrap_or_default();
    let options_from = |mut at: usize, valued: &[&str]| {
        while let Some(word) = words.get(at).filter(|word| word.starts_with('-')) {
            at += if *word == "--" { return at + 1 } else { 1 + usize::from(valued.contains(word)) };
        }
        at
    };
    match name {
        // Asks where a command is, and runs none.
        "command" if matches!(second, "-v" | "-V") => None,
        "sudo" => Some(options_from(1, &["-u", "-g", "--user"])),
        "exec" | "command" | "time" | "nohup" | "npx" | "bunx" | "tini" | "dumb-init" | "xargs" | "setsid" | "uvx" => {
            Some(options_from(1, &["-n", "-P", "-I"]))
        }
        "nice" | "ionice" => Some(options_from(1, &["-n", "-c"])),
        "timeout" => Some(options_from(1, &["-k", "-s"]) + 1),
        "gosu" | "su-exec" => Some(2),
        "env" => {
            let options = options_from(1, &["-u"]);
            Some(options + words[options..].iter().take_while(|word| word.contains('=')).count())
        }
        "uv" | "poetry" | "pipenv" | "pdm" | "hatch" | "rye" | "dotenv" | "doppler" if second == "run" => {
            Some(options_from(2, &["--with", "--python", "-p", "--extra", "--group", "--project", "--directory"]))
        }
        "pnpm" | "yarn" | "npm" if matches!(second, "exec" | "dlx") => Some(options_from(2, &[])),
        "coverage" if second == "run" => Some(options_from(2, &["--source", "--rcfile"])),
        "docker" | "podman" if second == "exec" => Some(options_from(2, &["-u", "-e", "-w", "--user", "--env"]) + 1),
        "docker" | "podman" if second == "compose" => compose_exec(words, 2),
        "docker-compose" => compose_exec(words, 1),
        "kubectl" if matches!(second, "exec" | "run") => words.iter().position(|word| *word == "--").map(|at| at + 1),
        name if name.starts_with("wait-for") => words.iter().position(|word| *word == "--").map(|at| at + 1),
        _ => None,
    }
}

/// `docker compose [options] exec|run [options] service command`
fn compose_exec(words: &[&str], from: usize) -> Option<usize> {
    let at = words.iter().skip(from).position(|word| matches!(*word, "exec" | "run"))? + from;
    let before = &words[from..at];
    if before.iter().any(|word| matches!(*word, "up" | "build" | "ps" | "down" | "logs" | "pull")) {
        return None;
    }
    let mut service = at + 1;
    while let Some(word) = words.get(service).filter(|word| word.starts_with('-')) {
        let takes_value = matches!(*word, "-u" | "-e" | "-w" | "--user" | "--env" | "-v" | "--entrypoint" | "--name");
        service += 1 + usize::from(takes_value);
    }
    Some(service + 1)
}

fn base(word: &str) -> &str {
    word.rsplit('/').next().unwrap_or(word)
}
