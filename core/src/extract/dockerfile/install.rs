//! What a build step installs: packages, and files that list packages.

use crate::syntax::shell::{Command, Word};

/// A package on a command line.
#[derive(Debug, Clone)]
pub(super) struct Package<'c> {
    pub manager: &'static str,
    pub name: String,
    pub version: Option<String>,
    pub source: &'static str,
    pub word: &'c Word,
}

/// A file or project on a command line.
#[derive(Debug, Clone)]
pub(super) struct Listing<'c> {
    pub manager: &'static str,
    pub kind: &'static str,
    pub written: String,
    pub command: &'c Command,
}

/// Options of pip and uv that take a value.
const PIP_VALUES: &[&str] = &[
    "-i",
    "--index-url",
    "--extra-index-url",
    "-t",
    "--target",
    "--prefix",
    "--root",
    "--trusted-host",
    "-f",
    "--find-links",
    "--timeout",
    "--platform",
    "--python-version",
    "--only-binary",
    "--no-binary",
    "--progress-bar",
    "--cache-dir",
    "--retries",
    "--proxy",
    "--python",
    "-p",
    "--index",
    "--default-index",
    "--index-strategy",
    "--config-settings",
    "--upgrade-strategy",
    "--log",
    "--src",
    "--abi",
    "--implementation",
    "--report",
    "--global-option",
    "--build-option",
    "--link-mode",
    "--extra",
    "--group",
    "--no-install-package",
    "--project",
    "--package",
    "--python-preference",
    "--python-platform",
    "--resolution",
    "--prerelease",
    "--exclude-newer",
    "--upgrade-package",
    "-P",
    "--directory",
];
const OTHER_VALUES: &[&str] = &[
    "-t",
    "--target-release",
    "-o",
    "-c",
    "--virtual",
    "-X",
    "--repository",
    "--registry",
    "--prefix",
    "--cache",
    "--root",
    "--version",
    "-v",
    "--features",
    "--git",
    "--tag",
    "--enablerepo",
    "--setopt",
    "--releasever",
    "--installroot",
    "--filter",
    "-tags",
    "-ldflags",
    "--only",
    "--with",
    "--without",
    "--group",
    "--no-group",
    "--extra",
    "--extras",
    "-E",
    "--network-timeout",
    "--network-concurrency",
    "--fetch-timeout",
    "--fetch-retries",
    "--fetch-retry-mintimeout",
    "--fetch-retry-maxtimeout",
    "--loglevel",
    "--omit",
    "--include",
    "--cwd",
    "--cache-folder",
    "--modules-folder",
    "--mutex",
    "--store-dir",
    "--reporter",
    "--maxsockets",
    "--jobs",
];

/// What `command` installs.
pub(super) fn installs(command: &Command) -> (Vec<Package<'_>>, Vec<Listing<'_>>) {
    let words: Vec<&Word> = command.arguments().iter().collect();
    let Some(name) = command.name() else { return (Vec::new(), Vec::new()) };
    let Some((manager, arguments)) = manager(name, &words) else { return (Vec::new(), Vec::new()) };
    match manager {
        "pip" => pip(command, arguments),
        "uv" | "poetry" | "pipenv" | "npm" | "yarn" | "pnpm" | "bun" => project(manager, command, arguments),
        _ => (system(manager, arguments), Vec::new()),
    }
}

/// The manager, and the words after its verb, where the command installs something.
fn manager<'w, 'c>(name: &str, words: &'w [&'c Word]) -> Option<(&'static str, &'w [&'c Word])> {
    let at = |index: usize| words.get(index).map(|word| &*word.text);
    let plain = |from: usize| {
        words[from.min(words.len())..].iter().position(|word| !word.text.starts_with('-')).map(|at| at + from)
    };
    let verb =
        |from: usize, verbs: &[&str]| plain(from).filter(|index| at(*index).is_some_and(|word| verbs.contains(&word)));
    let is_pip = |name: &str| {
        name == "pip" || name.strip_prefix("pip").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    if is_pip(name) {
        return verb(0, &["install", "wheel"]).map(|index| ("pip", &words[index + 1..]));
    }
    if name.starts_with("python") && at(0) == Some("-m") && at(1) == Some("pip") {
        return verb(2, &["install", "wheel"]).map(|index| ("pip", &words[index + 1..]));
    }
    if name == "uv" && plain(0).and_then(at) == Some("pip") {
        let index = plain(0)?;
        return verb(index + 1, &["install", "sync"]).map(|index| ("pip", &words[index + 1..]));
    }
    let (manager, verbs): (&'static str, &[&str]) = match name {
        "uv" => ("uv", &["sync", "install"]),
        "poetry" => ("poetry", &["install", "sync"]),
        "pipenv" => ("pipenv", &["install", "sync"]),
        "npm" => ("npm", &["install", "ci", "i", "add"]),
        "yarn" => ("yarn", &["install", "add", "global"]),
        "pnpm" => ("pnpm", &["install", "add", "i"]),
        "bun" => ("bun", &["install", "add", "i"]),
        "apt-get" | "apt" | "aptitude" => ("apt", &["install"]),
        "apk" => ("apk", &["add"]),
        "yum" | "dnf" | "microdnf" | "zypper" | "tdnf" => ("yum", &["install", "in"]),
        "gem" => ("gem", &["install"]),
        "go" => ("go", &["install", "get"]),
        "cargo" => ("cargo", &["install"]),
        _ => return None,
    };
    if name == "yarn" && words.is_empty() {
        return Some((manager, words));
    }
    verb(0, verbs).map(|index| (manager, &words[index + 1..]))
}

fn pip<'c>(command: &'c Command, words: &[&'c Word]) -> (Vec<Package<'c>>, Vec<Listing<'c>>) {
    let (mut packages, mut listings) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        at += 1;
        let text = &*word.text;
        let (option, glued) =
            text.split_once('=').filter(|_| text.starts_with("--")).map_or((text, None), |(o, v)| (o, Some(v)));
        let kind = match option {
            "-r" | "--requirement" | "--requirements" => Some("requirements"),
            "-c" | "--constraint" => Some("constraints"),
            "-e" | "--editable" => Some("project"),
            _ => text.strip_prefix("-r").filter(|rest| rest.contains('.')).map(|_| "requirements"),
        };
        if let Some(kind) = kind {
            let value = glued.or_else(|| text.strip_prefix("-r").filter(|rest| rest.contains('.')));
            let value = value.or_else(|| words.get(at).map(|next| &*next.text));
            at += usize::from(glued.is_none() && !text[2..].contains('.'));
            let value = value.map(|value| if kind == "project" { without_extras(value) } else { value });
            listings.extend(value.map(|value| Listing { manager: "pip", kind, written: value.to_owned(), command }));
        } else if option.starts_with('-') {
            at += usize::from(glued.is_none() && PIP_VALUES.contains(&option));
        } else if is_local(text) && !text.ends_with(".whl") {
            let written = without_extras(text).to_owned();
            let kind = if text.ends_with(".txt") { "requirements" } else { "project" };
            listings.push(Listing { manager: "pip", kind, written, command });
        } else {
            packages.push(python_package(word));
        }
    }
    (packages, listings)
}

/// `.` of `.[prod]`.
fn without_extras(text: &str) -> &str {
    text.split('[').next().unwrap_or(text)
}

fn is_local(text: &str) -> bool {
    let path = without_extras(text);
    path == "." || path.starts_with("./") || path.starts_with("../") || path.starts_with('/') || path.ends_with(".txt")
}

fn python_package(word: &Word) -> Package<'_> {
    let text = &*word.text;
    let source = match text {
        _ if text.contains("git+") => "vcs",
        _ if text.contains("://") => "url",
        _ if text.ends_with(".whl") || text.contains('/') => "path",
        _ => "registry",
    };
    let end = text.find(['=', '<', '>', '~', '!', '[', ';', ' ', '@']).unwrap_or(text.len());
    let version = text[end..].trim_start_matches(|c: char| c != '=' && c != '<' && c != '>' && c != '~' && c != '!');
    Package {
        manager: "pip",
        name: text[..end].trim().to_ascii_lowercase().replace(['_', '.'], "-"),
        version: (!version.is_empty()).then(|| version.to_owned()),
        source,
        word,
    }
}

fn project<'c>(
    manager: &'static str,
    command: &'c Command,
    words: &[&'c Word],
) -> (Vec<Package<'c>>, Vec<Listing<'c>>) {
    let is_global = command.arguments().iter().any(|word| matches!(&*word.text, "-g" | "--global" | "global"));
    let named: Vec<&&Word> = plain_words(words).skip_while(|word| matches!(&*word.text, "global" | "add")).collect();
    if manager == "npm" || is_global || !named.is_empty() {
        let packages: Vec<Package<'c>> = named.into_iter().map(|word| node_package(manager, word)).collect();
        if !packages.is_empty() || is_global {
            return (packages, Vec::new());
        }
    }
    let written = match manager {
        "uv" | "poetry" => "pyproject.toml",
        "pipenv" => "Pipfile",
        _ => "package.json",
    };
    (Vec::new(), vec![Listing { manager, kind: "project", written: written.to_owned(), command }])
}

fn plain_words<'w, 'c>(words: &'w [&'c Word]) -> impl Iterator<Item = &'w &'c Word> {
    let mut skips = false;
    words.iter().filter(move |word| {
        let is_value = std::mem::take(&mut skips);
        skips = OTHER_VALUES.contains(&&*word.text) || PIP_VALUES.contains(&&*word.text);
        !is_value && !word.text.starts_with('-')
    })
}

fn node_package<'c>(manager: &'static str, word: &'c Word) -> Package<'c> {
    let text = &*word.text;
    let split = text.rfind('@').filter(|at| *at > 0);
    let (name, version) = split.map_or((text, None), |at| (&text[..at], Some(text[at + 1..].to_owned())));
    let source =
        if text.contains("://") || text.starts_with('.') || text.starts_with('/') { "url" } else { "registry" };
    Package { manager: if manager == "uv" { "pip" } else { "npm" }, name: name.to_owned(), version, source, word }
}

fn system<'c>(manager: &'static str, words: &[&'c Word]) -> Vec<Package<'c>> {
    let separator = match manager {
        "gem" => ':',
        "go" | "cargo" => '@',
        _ => '=',
    };
    // `gem install name -v 1.0` and `cargo install name --version 1.0` say the version apart.
    let is_version = |word: &Word| matches!(&*word.text, "-v" | "--version" | "--vers");
    let asks_version = matches!(manager, "gem" | "cargo");
    let said = words.iter().position(|word| asks_version && is_version(word)).and_then(|at| words.get(at + 1));
    let said = said.map(|word| word.text.to_string());
    let named = plain_words(words).filter(|word| word.literal || !word.text.starts_with('$'));
    named
        .filter(|word| said.as_deref() != Some(&*word.text))
        .map(|word| {
            let (name, version) = match word.text.split_once(separator) {
                Some((name, version)) => (name, Some(version.to_owned())),
                None => (&*word.text, said.clone()),
            };
            let source = if name.contains("://") || name.starts_with('/') || name.starts_with("./") {
                "path"
            } else {
                "registry"
            };
            Package { manager, name: name.trim_end_matches(['<', '>', '~']).to_owned(), version, source, word }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::shell;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let script = shell::parse(text);
        let mut names = (Vec::new(), Vec::new());
        for command in &script.commands {
            let (packages, listings) = installs(command);
            names.0.extend(
                packages.iter().map(|p| format!("{}:{}{}", p.manager, p.name, p.version.as_deref().unwrap_or(""))),
            );
            names.1.extend(listings.iter().map(|l| format!("{}:{}:{}", l.manager, l.kind, l.written)));
        }
        names
    }

    #[test]
    fn python_installs() {
        let text = "pip install --no-cache-dir -r requirements.txt -c c.txt 'Flask[async]>=3' psycopg2_binary==2.9 -i https://x/ .";
        let (packages, listings) = read(text);
        assert_eq!(packages, ["pip:flask>=3", "pip:psycopg2-binary==2.9"]);
        assert_eq!(listings, ["pip:requirements:requirements.txt", "pip:constraints:c.txt", "pip:project:."]);
        assert_eq!(read("python3 -m pip install -U pip").0, ["pip:pip"]);
        assert_eq!(read("uv pip install --system -r a/b.txt").1, ["pip:requirements:a/b.txt"]);
        assert_eq!(read("uv sync --frozen --no-dev").1, ["uv:project:pyproject.toml"]);
        assert_eq!(read("uv sync --frozen --package app").0, [""; 0]);
        assert_eq!(read("uv pip install --python-preference system --requirements x.txt").0, [""; 0]);
        assert_eq!(read("pip install --requirement=x.txt").1, ["pip:requirements:x.txt"]);
    }

    #[test]
    fn system_and_node_installs() {
        assert_eq!(
            read("apt-get update && apt-get install -y --no-install-recommends curl=7.1 gcc").0,
            ["apt:curl7.1", "apt:gcc"]
        );
        assert_eq!(read("apk add --no-cache --virtual .build gcc").0, ["apk:gcc"]);
        assert_eq!(read("npm ci --omit=dev").1, ["npm:project:package.json"]);
        assert_eq!(read("npm install -g pm2@5 serve").0, ["npm:pm25", "npm:serve"]);
        assert_eq!(read("yarn").1, ["yarn:project:package.json"]);
        assert_eq!(read("go install -tags 'a b' x.y/z@v1").0, ["go:x.y/zv1"]);
        assert_eq!(read("go install x.y/z@latest").0, ["go:x.y/zlatest"]);
    }
}
