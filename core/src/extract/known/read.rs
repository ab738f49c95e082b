//! The data files: which there are, what each may hold, and how it is read.

use std::path::Path;

use super::shape::{Shape, check};
use crate::error::{DataError, Error};
use crate::facts::known::{
    Advisory, BaseFacts, DatedTable, DefaultCredential, ImageFacts, Known, PackageAdvisory, Parts, Product, Release,
    Superseded, TokenFormat,
};
use crate::syntax::yaml::{Document, NodeId};

/// Longest data file that is read.
const MAX_BYTES: u64 = 4 << 20;

/// A data file: its name, what it holds, how it is read, which tables of facts it helps to state.
struct DataFile {
    name: &'static str,
    keys: &'static [(&'static str, Shape)],
    read: fn(&Table, &mut Known),
    helps: &'static [&'static str],
}

use Shape::{Day, Flag, Number, Numbers, Pattern, Ranges, Rows, Text, TextByName, Texts, TextsByName};

/// Tables with settings whose values are classified.
#[rustfmt::skip]
const CLASSIFIED: &[&str] = &[
    "compose_environment", "env_entry", "dockerfile_variable", "ci_variable", "shell_assignment", "systemd_variable",
    "k8s_env", "k8s_data_key", "datastore_setting", "secret_file", "prometheus_credential", "alertmanager_secret",
    "alertmanager_integration", "grafana_datasource",
];

#[rustfmt::skip]
const FILES: &[DataFile] = &[
    DataFile {
        name: "advisories",
        keys: &[
            ("advisories", Rows(&[("id", Text), ("severity", Text), ("needs", Text), ("affected", Ranges), ("about", Text)])),
            ("family", Text),
        ],
        read: Table::advisories,
        helps: &["known_advisory"],
    },
    DataFile {
        name: "base_images",
        keys: &[
            ("bases", Rows(&[("image", Text), ("tag", Text), ("user", Text), ("drops", Flag), ("distribution", Text), ("has", Texts), ("lacks", Texts)])),
            ("nonroot_namespaces", Texts),
        ],
        read: Table::bases,
        helps: &["dockerfile_stage", "known_tool"],
    },
    DataFile {
        name: "credentials",
        keys: &[
            ("defaults", Rows(&[("family", Text), ("variable", Text), ("alternatives", Texts), ("account", Text)])),
            ("weak", Texts), ("weak_parts", Texts), ("placeholder_parts", Texts),
        ],
        read: Table::credentials,
        helps: &[],
    },
    DataFile {
        name: "images",
        keys: &[("images", Rows(&[
            ("image", Text), ("kind", Text), ("family", Text), ("user", Text), ("drops", Flag), ("health", Flag), ("oneshot", Flag),
            ("admin", Flag), ("ports", Numbers), ("data", Texts), ("lacks", Texts),
        ]))],
        read: Table::images,
        helps: &["known_image", "known_image_port", "known_data_directory", "known_tool", "compose_service", "dockerfile_stage"],
    },
    DataFile {
        name: "import_names",
        keys: &[("imports", TextsByName), ("namespaces", TextByName), ("brings", TextsByName), ("extras", TextsByName)],
        read: Table::import_names,
        helps: &["known_import", "known_requirement"],
    },
    DataFile {
        name: "package_advisories",
        keys: &[
            ("pypi", Rows(&[("package", Text), ("id", Text), ("severity", Text), ("affected", Ranges), ("about", Text)])),
            ("npm", Rows(&[("package", Text), ("id", Text), ("severity", Text), ("affected", Ranges), ("about", Text)])),
        ],
        read: Table::package_advisories,
        helps: &["known_package_advisory"],
    },
    DataFile {
        name: "ports",
        keys: &[("ports", Rows(&[("port", Number), ("program", Text), ("kind", Text)]))],
        read: Table::ports,
        helps: &["known_port"],
    },
    DataFile {
        name: "superseded",
        keys: &[
            ("pypi", Rows(&[("package", Text), ("successor", Text), ("why", Text)])),
            ("npm", Rows(&[("package", Text), ("successor", Text), ("why", Text)])),
        ],
        read: Table::superseded,
        helps: &["known_superseded"],
    },
    DataFile {
        name: "support",
        keys: &[
            ("releases", Rows(&[("product", Text), ("cycle", Text), ("end", Day), ("codename", Text)])),
            ("products", Rows(&[("product", Text), ("title", Text), ("images", Texts), ("pypi", Texts), ("npm", Texts)])),
        ],
        read: Table::support,
        helps: &["known_release", "known_product"],
    },
    DataFile {
        name: "systemd_keys",
        keys: &[("sections", TextsByName), ("process", Texts), ("resources", Texts)],
        read: Table::systemd_keys,
        helps: &["known_systemd_key"],
    },
    DataFile {
        name: "tls_names",
        keys: &[("ciphers", Texts), ("groups", Texts)],
        read: Table::tls_names,
        helps: &["known_tls_name"],
    },
    DataFile {
        name: "tokens",
        keys: &[("tokens", Rows(&[("provider", Text), ("literal", Text), ("pattern", Pattern)]))],
        read: Table::tokens,
        helps: &[],
    },
];

/// The tables that come with the rules.
pub(crate) fn builtin() -> Known {
    let mut known = Known::default();
    for file in FILES {
        known.take(file, builtin_document(file.name));
    }
    known
}

/// The tables that come with the rules, with those of the same names in `folder` in their place.
pub(crate) fn with_folder(folder: &Path) -> Result<Known, Error> {
    let mut own = own_files(folder)?;
    let mut known = Known::default();
    for file in FILES {
        let Some(at) = own.iter().position(|(name, _)| name == file.name) else {
            known.take(file, builtin_document(file.name));
            continue;
        };
        let path = own.swap_remove(at).1;
        let text = read_text(&path)?;
        let document = Document::parse(&text);
        check(&text, &document, file.keys)
            .map_err(|fault| Error::Data(DataError { file: path, line: fault.line, message: fault.message }))?;
        known.take(file, document);
    }
    match own.into_iter().next() {
        None => Ok(known),
        Some((name, file)) => {
            let names: Vec<String> = FILES.iter().map(|file| format!("`{}`", file.name)).collect();
            let message = format!("there is no data table `{name}`; the tables are {}", names.join(", "));
            Err(Error::Data(DataError { file, line: 1, message }))
        }
    }
}

fn builtin_document(name: &str) -> Document {
    builtin_file(name).map_or_else(Document::default, |file| Document::recorded(file.text, file.events))
}

fn builtin_file(name: &str) -> Option<&'static treeward_rules::RuleFile> {
    let is_it = |path: &str| path.rsplit('/').next().and_then(|file| file.strip_suffix(".yaml")) == Some(name);
    treeward_rules::data_files().iter().find(|file| is_it(file.path))
}

/// The names, without ending, and paths of the YAML files of a folder, sorted.
fn own_files(folder: &Path) -> Result<Vec<(String, std::path::PathBuf)>, Error> {
    let unreadable = |error: std::io::Error| Error::Unreadable { path: folder.to_owned(), reason: error.to_string() };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
        if let Some(stem) = path.file_stem().filter(|_| is_yaml) {
            files.push((stem.to_string_lossy().into_owned(), path));
        }
    }
    files.sort();
    Ok(files)
}

fn read_text(path: &Path) -> Result<String, Error> {
    let unreadable = |reason: String| Error::Unreadable { path: path.to_owned(), reason };
    let metadata = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if !metadata.is_file() || metadata.len() > MAX_BYTES {
        return Err(unreadable(format!("a data table is a regular file of at most {} MiB", MAX_BYTES >> 20)));
    }
    std::fs::read_to_string(path).map_err(|error| unreadable(error.to_string()))
}

impl Known {
    fn take(&mut self, file: &DataFile, document: Document) {
        let Some(root) = document.root() else { return };
        let table = Table { document, root };
        let helps = if file.helps.is_empty() { CLASSIFIED } else { file.helps };
        self.tables.push(DatedTable { name: file.name, date: table.text(root, "date"), helps });
        (file.read)(&table, self);
    }
}

/// One data file, read by keys.
struct Table {
    document: Document,
    root: NodeId,
}

impl Table {
    fn advisories(&self, known: &mut Known) {
        known.advisories.extend(self.rows("advisories").iter().map(|&row| Advisory {
            family: self.text(self.root, "family"),
            advisory: self.text(row, "id"),
            affected: self.list(row, "affected"),
            needs: self.text(row, "needs"),
            severity: self.text(row, "severity"),
            about: self.text(row, "about"),
        }));
    }

    fn bases(&self, known: &mut Known) {
        known.bases.extend(self.rows("bases").iter().map(|&row| BaseFacts {
            image: self.text(row, "image"),
            tag_word: self.text(row, "tag"),
            user: self.text(row, "user"),
            drops: self.flag(row, "drops"),
            distribution: self.text(row, "distribution"),
            has: self.list(row, "has"),
            lacks: self.list(row, "lacks"),
        }));
        known.nonroot_namespaces.extend(self.list(self.root, "nonroot_namespaces"));
    }

    fn credentials(&self, known: &mut Known) {
        known.defaults.extend(self.rows("defaults").iter().map(|&row| DefaultCredential {
            family: self.text(row, "family"),
            variable: self.text(row, "variable"),
            alternatives: self.list(row, "alternatives"),
            account: self.text(row, "account"),
        }));
        known.words.weak.extend(self.list(self.root, "weak"));
        known.words.weak_parts = Parts::new(self.list(self.root, "weak_parts"));
        known.words.placeholder_parts = Parts::new(self.list(self.root, "placeholder_parts"));
    }

    fn images(&self, known: &mut Known) {
        known.images.extend(self.rows("images").iter().map(|&row| {
            let (image, family) = (self.text(row, "image"), self.text(row, "family"));
            ImageFacts {
                family: if family.is_empty() { image.clone() } else { family },
                kind: self.text(row, "kind"),
                user: self.text(row, "user"),
                drops: self.flag(row, "drops"),
                health: self.flag(row, "health"),
                oneshot: self.flag(row, "oneshot"),
                admin: self.flag(row, "admin"),
                ports: self.list(row, "ports").iter().filter_map(|port| port.parse().ok()).collect(),
                data: self.list(row, "data"),
                lacks: self.list(row, "lacks"),
                image,
            }
        }));
    }

    fn import_names(&self, known: &mut Known) {
        let exact = self.lists("imports").into_iter().map(|(name, distribution)| (name, distribution, false));
        let prefixes = self
            .named("namespaces")
            .into_iter()
            .filter_map(|(name, value)| Some((name, self.document.text(value)?.to_owned(), true)));
        known.imports.extend(exact.chain(prefixes));
        known.brings.extend(self.lists("brings").into_iter().chain(self.lists("extras")));
    }

    fn package_advisories(&self, known: &mut Known) {
        for ecosystem in ["pypi", "npm"] {
            known.package_advisories.extend(self.rows(ecosystem).iter().map(|&row| {
                let advisory = PackageAdvisory {
                    package: self.text(row, "package"),
                    advisory: self.text(row, "id"),
                    affected: self.list(row, "affected"),
                    severity: self.text(row, "severity"),
                    about: self.text(row, "about"),
                };
                (ecosystem, advisory)
            }));
        }
    }

    fn superseded(&self, known: &mut Known) {
        for ecosystem in ["pypi", "npm"] {
            known.superseded.extend(self.rows(ecosystem).iter().map(|&row| {
                let (package, successor) = (self.text(row, "package"), self.text(row, "successor"));
                (ecosystem, Superseded { package, successor, why: self.text(row, "why") })
            }));
        }
    }

    fn ports(&self, known: &mut Known) {
        known.ports.extend(self.rows("ports").iter().map(|&row| {
            let port = self.text(row, "port").parse().unwrap_or_default();
            (port, self.text(row, "program"), self.text(row, "kind"))
        }));
    }

    fn support(&self, known: &mut Known) {
        for &row in self.rows("products") {
            for (key, source) in [("images", "image"), ("pypi", "pypi"), ("npm", "npm")] {
                known.products.extend(self.list(row, key).into_iter().map(|name| Product {
                    product: self.text(row, "product"),
                    title: self.text(row, "title"),
                    source,
                    name,
                }));
            }
        }
        known.releases.extend(self.rows("releases").iter().map(|&row| Release {
            product: self.text(row, "product"),
            cycle: self.text(row, "cycle"),
            end: self.text(row, "end"),
            codename: self.text(row, "codename"),
        }));
    }

    /// Keys of a section, and those that all sections have which start processes or hold them.
    fn systemd_keys(&self, known: &mut Known) {
        let shared: [(&str, &[&str]); 2] = [
            ("process", &["Service", "Socket", "Mount", "Swap"]),
            ("resources", &["Service", "Socket", "Mount", "Swap", "Slice", "Scope"]),
        ];
        for (list, sections) in shared {
            let keys = self.list(self.root, list);
            let pairs = sections.iter().flat_map(|section| keys.iter().map(|key| ((*section).to_owned(), key.clone())));
            known.systemd_keys.extend(pairs);
        }
        let Some(sections) = self.document.get(self.root, "sections") else { return };
        for entry in self.document.entries(sections) {
            let section = self.document.text(entry.key).unwrap_or_default();
            let keys = self.document.items(entry.value).iter().filter_map(|key| self.document.text(*key));
            known.systemd_keys.extend(keys.map(|key| (section.to_owned(), key.to_owned())));
        }
    }

    fn tls_names(&self, known: &mut Known) {
        known.ciphers.extend(self.list(self.root, "ciphers"));
        known.groups.extend(self.list(self.root, "groups"));
    }

    fn tokens(&self, known: &mut Known) {
        known.tokens.extend(self.rows("tokens").iter().map(|&row| {
            TokenFormat::new(self.text(row, "provider"), self.text(row, "literal"), self.text(row, "pattern"))
        }));
    }

    fn rows(&self, key: &str) -> &[NodeId] {
        self.document.get(self.root, key).map(|list| self.document.items(list)).unwrap_or_default()
    }

    fn text(&self, row: NodeId, key: &str) -> String {
        let value = self.document.get(row, key).and_then(|value| self.document.text(value));
        value.unwrap_or_default().to_owned()
    }

    fn flag(&self, row: NodeId, key: &str) -> bool {
        self.document.get(row, key).and_then(|value| self.document.boolean(value)).unwrap_or(false)
    }

    fn list(&self, row: NodeId, key: &str) -> Vec<String> {
        let list = self.document.get(row, key);
        list.map(|list| self.texts(list)).unwrap_or_default()
    }

    fn texts(&self, list: NodeId) -> Vec<String> {
        let items = self.document.items(list).iter();
        items.filter_map(|item| self.document.text(*item)).map(str::to_owned).collect()
    }

    /// `key: [value, …]` as pairs.
    fn lists(&self, section: &str) -> Vec<(String, String)> {
        let named = self.named(section).into_iter();
        named.flat_map(|(key, list)| self.texts(list).into_iter().map(move |text| (key.clone(), text))).collect()
    }

    fn named(&self, section: &str) -> Vec<(String, NodeId)> {
        let Some(section) = self.document.get(self.root, section) else { return Vec::new() };
        let entries = self.document.entries(section).into_iter();
        entries.filter_map(|entry| Some((self.document.text(entry.key)?.to_owned(), entry.value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_tables_have_their_shape_a_date_and_sources() {
        for file in FILES {
            let text = builtin_file(file.name).unwrap().text;
            let document = Document::parse(text);
            check(text, &document, file.keys).unwrap_or_else(|fault| panic!("{}: {fault:?}", file.name));
            let table = Table { root: document.root().unwrap(), document };
            assert!(!table.list(table.root, "sources").is_empty(), "{}", file.name);
        }
        assert_eq!(FILES.len(), treeward_rules::data_files().len());
    }

    #[test]
    fn literals_stand_in_their_patterns() {
        for token in &builtin().tokens {
            assert!(!token.literal.is_empty());
        }
    }

    #[test]
    fn a_folder_replaces_tables_of_the_same_names() {
        let folder = tempfile::tempdir().unwrap();
        let text = "date: 2030-01-02\nimages:\n  - {image: acme/queue, kind: broker, ports: [7000]}\n";
        std::fs::write(folder.path().join("images.yaml"), text).unwrap();
        let known = with_folder(folder.path()).unwrap();
        assert_eq!(known.date("images"), "2030-01-02");
        assert_eq!(known.image("acme/queue").unwrap().ports, [7000]);
        assert!(known.image("postgres").is_none());
        assert!(known.base("python", "3.12").is_some());
    }

    #[test]
    fn what_is_wrong_in_a_data_file_is_told_with_its_line() {
        let cases = [
            ("ports.yaml", "date: 2030-01-02\nports:\n  - {port: many}\n", ":3: `port` is to be a number"),
            ("ports.yaml", "date: soon\nports: []\n", ":1: `date` is to be a day such as 2026-11-01"),
            ("ports.yaml", "ports: []\n", ":1: the key `date` is missing"),
            ("ports.yaml", "date: 2030-01-02\nports:\n  - {program: x}\n", ":3: a row of `ports` needs `port`"),
            ("ports.yaml", "date: 2030-01-02\nports: {}\nimages: []\n", ":2: `ports` is to be a list of rows"),
            (
                "tokens.yaml",
                "date: 2030-01-02\ntokens:\n  - {provider: x, pattern: '('}\n",
                ":3: `pattern` is to be a regular expression",
            ),
            ("port.yaml", "date: 2030-01-02\n", ":1: there is no data table `port`; the tables are `advisories`"),
            ("ports.yaml", "- 1\n", ":1: a data table is a mapping"),
        ];
        for (name, text, wanted) in cases {
            let folder = tempfile::tempdir().unwrap();
            std::fs::write(folder.path().join(name), text).unwrap();
            let told = with_folder(folder.path()).unwrap_err().to_string();
            assert!(told.contains(&format!("{name}{wanted}")), "{told}");
        }
        assert!(with_folder(Path::new("/nonexistent-folder")).is_err());
    }
}
