//! Which files an `include` brings in.
//!
//! nginx reads relative patterns from its own prefix. In a tree that prefix is the folder of `nginx.conf`; a path such as
//! `/etc/nginx/conf.d/*.conf` is looked up there, then beside the including file, then wherever the tree holds exactly
//! one folder that fits. A pattern that leaves the tree is unresolved.

use std::collections::HashMap;

use globset::GlobBuilder;

use super::File;
use crate::extract::TreeIndex;
use crate::source::FileId;

/// Where images keep nginx's configuration.
const PREFIXES: &[&str] = &[
    "/etc/nginx/",
    "/usr/local/nginx/conf/",
    "/usr/local/openresty/nginx/conf/",
    "/opt/bitnami/nginx/conf/",
    "/opt/bitnami/openresty/nginx/conf/",
];

/// Files that come with nginx or its packages and hold only types, parameters or modules.
const HARMLESS: &[&str] = &[
    "mime.types",
    "fastcgi_params",
    "fastcgi.conf",
    "uwsgi_params",
    "scgi_params",
    "proxy_params",
    "koi-utf",
    "koi-win",
    "win-utf",
    "naxsi_core.rules",
];

/// What an `include` stands for.
#[derive(Debug, Clone, Default)]
pub(super) struct Included {
    /// Positions of the files in the list of nginx files.
    pub(super) files: Vec<usize>,
    /// Whether nothing that could matter is missing.
    pub(super) is_resolved: bool,
    /// Whether the pattern brings in whole sites, so that what is missing cannot change a neighbour.
    pub(super) holds_sites: bool,
}

/// Finds the files of includes.
pub(super) struct Resolver<'a> {
    by_path: HashMap<&'a str, usize>,
    paths: Vec<&'a str>,
    /// Which of the paths stand within other files.
    parts: Vec<bool>,
}

impl<'a> Resolver<'a> {
    pub(super) fn new(files: &[(FileId, &'a File)], tree: &TreeIndex<'a>) -> Self {
        let paths: Vec<&str> = files.iter().map(|(_, file)| file.path.as_str()).collect();
        let parts = files.iter().map(|(id, file)| tree.path(*id) != file.path).collect();
        Self { by_path: paths.iter().enumerate().map(|(at, path)| (*path, at)).collect(), paths, parts }
    }

    pub(super) fn path(&self, file: usize) -> &'a str {
        self.paths[file]
    }

    /// The files that `pattern` names when `main` is the file where nginx starts and `from` holds the `include`.
    pub(super) fn resolve(&self, pattern: &str, main: usize, from: usize) -> Included {
        let holds_sites = pattern.contains('*') && holds_sites(pattern);
        if pattern.contains('$') || pattern.contains("{{") {
            return Included { holds_sites, ..Included::default() };
        }
        let rest = PREFIXES.iter().find_map(|prefix| pattern.strip_prefix(prefix)).unwrap_or(pattern);
        let rest = rest.trim_start_matches('/').trim_start_matches("./");
        for folder in [folder(self.paths[main]), folder(self.paths[from])] {
            if let Some(path) = join(folder, rest) {
                let files = self.named(&path);
                if !files.is_empty() {
                    return Included { files, is_resolved: true, holds_sites };
                }
            }
        }
        // Where a ConfigMap is mounted is not told here, so it has no other folders.
        let files = if self.parts[main] { Vec::new() } else { self.elsewhere(rest) };
        let is_resolved = !files.is_empty() || is_harmless(rest);
        Included { files, is_resolved, holds_sites }
    }

    fn named(&self, pattern: &str) -> Vec<usize> {
        if !pattern.contains(['*', '?', '[']) {
            return self.by_path.get(pattern).copied().into_iter().collect();
        }
        let Ok(glob) = GlobBuilder::new(pattern).literal_separator(true).build() else { return Vec::new() };
        let glob = glob.compile_matcher();
        (0..self.paths.len()).filter(|&at| glob.is_match(self.paths[at])).collect()
    }

    /// Files of the only folder in which `rest` fits.
    fn elsewhere(&self, rest: &str) -> Vec<usize> {
        if rest.is_empty() || rest.starts_with("..") || rest.starts_with('*') {
            return Vec::new();
        }
        let files = self.named(&format!("**/{rest}"));
        let mut files = if files.is_empty() { self.by_suffix(rest) } else { files };
        files.retain(|&at| !self.parts[at]);
        let mut folders: Vec<&str> = files.iter().map(|&at| folder(self.paths[at])).collect();
        folders.dedup();
        if folders.len() == 1 { files } else { Vec::new() }
    }

    fn by_suffix(&self, rest: &str) -> Vec<usize> {
        let fits =
            |path: &str| path.strip_suffix(rest).is_some_and(|before| before.is_empty() || before.ends_with('/'));
        (0..self.paths.len()).filter(|&at| fits(self.paths[at])).collect()
    }
}

fn holds_sites(pattern: &str) -> bool {
    let folder = pattern.rsplit('/').nth(1).unwrap_or("");
    ["conf.d", "sites", "vhost", "http.d", "servers", "server_blocks"].iter().any(|name| folder.contains(name))
}

fn is_harmless(rest: &str) -> bool {
    let name = rest.rsplit('/').next().unwrap_or(rest);
    HARMLESS.contains(&name)
        || rest.contains("modules-enabled/")
        || rest.contains("nginx/modules/")
        || rest.ends_with("snippets/fastcgi-php.conf")
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `rest` under `folder`, with `.` and `..` taken away; `None` where it leaves the tree.
fn join(folder: &str, rest: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in rest.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn a_path_that_leaves_the_tree_is_not_followed() {
        assert_eq!(join("nginx", "../conf.d/*.conf").as_deref(), Some("conf.d/*.conf"));
        assert_eq!(join("nginx", "../../etc/passwd"), None);
    }
}
