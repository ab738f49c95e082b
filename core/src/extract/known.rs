//! Facts about the world, from the data tables that come with the rules: public images, base images, ports, credentials.
//!
//! Read once a process. Extractors ask [`Known`] what an image is; rules join the `known_*` tables.

use std::sync::OnceLock;

use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::schema::known::{
    KnownAdvisory, KnownDataDirectory, KnownDefaultCredential, KnownImage, KnownImagePort, KnownPort, KnownTlsName,
    KnownTool,
};
use crate::facts::version_order;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, FileId, SourceFile, Span};
use crate::syntax::yaml::{Document, NodeId};

/// What is known about a public image.
#[derive(Debug, Clone, Default)]
pub(crate) struct ImageFacts {
    pub image: String,
    pub family: String,
    pub kind: String,
    pub user: String,
    pub drops: bool,
    pub health: bool,
    pub oneshot: bool,
    pub admin: bool,
    pub ports: Vec<i64>,
    pub data: Vec<String>,
    pub lacks: Vec<String>,
}

/// What is known about an image that Dockerfiles build on, for tags that hold `tag_word`.
#[derive(Debug, Clone, Default)]
pub(crate) struct BaseFacts {
    pub image: String,
    pub tag_word: String,
    pub user: String,
    pub drops: bool,
    pub distribution: String,
    pub has: Vec<String>,
    pub lacks: Vec<String>,
}

/// A credential that an image falls back to.
#[derive(Debug, Clone)]
struct DefaultCredential {
    family: String,
    variable: String,
    alternatives: Vec<String>,
    account: String,
}

/// A published flaw of a program.
#[derive(Debug, Clone)]
struct Advisory {
    family: String,
    advisory: String,
    /// From the first affected version to the first mended one.
    affected: Vec<String>,
    needs: String,
    severity: String,
    about: String,
    dated: String,
}

/// The format of a provider's credential.
#[derive(Debug, Clone)]
pub(crate) struct TokenFormat {
    pub provider: String,
    pub literal: String,
    pub pattern: String,
}

/// Words that tell what a value is.
#[derive(Debug, Clone, Default)]
pub(crate) struct ValueWords {
    pub weak: Vec<String>,
    pub weak_parts: Vec<String>,
    pub placeholder_parts: Vec<String>,
}

/// The data tables.
#[derive(Debug, Default)]
pub(crate) struct Known {
    dated: String,
    images: Vec<ImageFacts>,
    bases: Vec<BaseFacts>,
    nonroot_namespaces: Vec<String>,
    ports: Vec<(i64, String, String)>,
    defaults: Vec<DefaultCredential>,
    advisories: Vec<Advisory>,
    ciphers: Vec<String>,
    groups: Vec<String>,
    pub tokens: Vec<TokenFormat>,
    pub words: ValueWords,
}

/// The tables that come with the rules.
pub(crate) fn known() -> &'static Known {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    KNOWN.get_or_init(|| {
        let mut known = Known::default();
        for file in treeward_rules::data_files() {
            known.read(&Table::parse(file.text));
        }
        known
    })
}

impl Known {
    /// The row for an image by its name without registry, tag or digest: the whole name, else its last part.
    pub(crate) fn image(&self, name: &str) -> Option<&ImageFacts> {
        let last = name.rsplit('/').next().unwrap_or(name);
        let by = |wanted: &str| self.images.iter().find(|row| row.image == wanted);
        by(name).or_else(|| by(last))
    }

    /// The row for a base image: of those whose word the tag holds, the one with the longest word.
    pub(crate) fn base(&self, name: &str, tag: &str) -> Option<&BaseFacts> {
        let last = name.rsplit('/').next().unwrap_or(name);
        let fits = |wanted: &str| {
            let rows = self.bases.iter().filter(|row| {
                let same = row.image == wanted || wanted.strip_prefix(&row.image).is_some_and(is_distroless_suffix);
                same && tag.contains(row.tag_word.as_str())
            });
            rows.max_by_key(|row| row.tag_word.len())
        };
        fits(name).or_else(|| fits(last))
    }

    /// Whether all images of the name's namespace start as an unprivileged user.
    pub(crate) fn is_nonroot_namespace(&self, name: &str) -> bool {
        self.nonroot_namespaces.iter().any(|space| name.strip_prefix(space).is_some_and(|rest| rest.starts_with('/')))
    }

    fn read(&mut self, table: &Table) {
        let Some(root) = table.document.root() else { return };
        self.dated = self.dated.as_str().max(&table.text(root, "date")).to_owned();
        self.images.extend(table.rows("images").map(|row| table.image(row)));
        self.bases.extend(table.rows("bases").map(|row| table.base(row)));
        self.nonroot_namespaces.extend(table.list(root, "nonroot_namespaces"));
        self.ports.extend(table.rows("ports").map(|row| {
            let port = table.text(row, "port").parse().unwrap_or_default();
            (port, table.text(row, "program"), table.text(row, "kind"))
        }));
        self.defaults.extend(table.rows("defaults").map(|row| table.default_credential(row)));
        self.advisories.extend(table.rows("advisories").map(|row| table.advisory(row, root)));
        self.ciphers.extend(table.list(root, "ciphers"));
        self.groups.extend(table.list(root, "groups"));
        self.tokens.extend(table.rows("tokens").map(|row| table.token(row)));
        self.words.weak.extend(table.list(root, "weak"));
        self.words.weak_parts.extend(table.list(root, "weak_parts"));
        self.words.placeholder_parts.extend(table.list(root, "placeholder_parts"));
    }
}

/// Distroless images carry the Debian release, and a language's version, in their names.
fn is_distroless_suffix(rest: &str) -> bool {
    rest.starts_with("-debian") || rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with("-debian")
}

/// One data file, read by keys.
struct Table {
    document: Document,
}

impl Table {
    fn parse(text: &str) -> Self {
        Self { document: Document::parse(text) }
    }

    fn rows<'t>(&'t self, key: &str) -> impl Iterator<Item = NodeId> + 't {
        let list = self.document.root().and_then(|root| self.document.get(root, key));
        list.map(|list| self.document.items(list)).unwrap_or_default().iter().copied()
    }

    fn text(&self, row: NodeId, key: &str) -> String {
        let value = self.document.get(row, key).and_then(|value| self.document.text(value));
        value.unwrap_or_default().to_owned()
    }

    fn flag(&self, row: NodeId, key: &str) -> bool {
        self.document.get(row, key).and_then(|value| self.document.boolean(value)).unwrap_or(false)
    }

    fn list(&self, row: NodeId, key: &str) -> Vec<String> {
        let items = self.document.get(row, key).map(|list| self.document.items(list)).unwrap_or_default();
        items.iter().filter_map(|item| self.document.text(*item)).map(str::to_owned).collect()
    }

    fn image(&self, row: NodeId) -> ImageFacts {
        let image = self.text(row, "image");
        let family = self.text(row, "family");
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
    }

    fn base(&self, row: NodeId) -> BaseFacts {
        BaseFacts {
            image: self.text(row, "image"),
            tag_word: self.text(row, "tag"),
            user: self.text(row, "user"),
            drops: self.flag(row, "drops"),
            distribution: self.text(row, "distribution"),
            has: self.list(row, "has"),
            lacks: self.list(row, "lacks"),
        }
    }

    fn default_credential(&self, row: NodeId) -> DefaultCredential {
        DefaultCredential {
            family: self.text(row, "family"),
            variable: self.text(row, "variable"),
            alternatives: self.list(row, "alternatives"),
            account: self.text(row, "account"),
        }
    }

    fn advisory(&self, row: NodeId, root: NodeId) -> Advisory {
        Advisory {
            family: self.text(root, "family"),
            advisory: self.text(row, "id"),
            affected: self.list(row, "affected"),
            needs: self.text(row, "needs"),
            severity: self.text(row, "severity"),
            about: self.text(row, "about"),
            dated: self.text(root, "date"),
        }
    }

    fn token(&self, row: NodeId) -> TokenFormat {
        TokenFormat {
            provider: self.text(row, "provider"),
            literal: self.text(row, "literal").to_ascii_lowercase(),
            pattern: self.text(row, "pattern"),
        }
    }
}

/// States the `known_*` tables.
pub(super) struct KnownTables;

impl Extractor for KnownTables {
    fn name(&self) -> &'static str {
        "known"
    }

    fn reads(&self, _artifact: Artifact) -> bool {
        false
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "known_image",
            "known_image_port",
            "known_data_directory",
            "known_tool",
            "known_port",
            "known_default_credential",
            "known_advisory",
            "known_tls_name",
        ]
    }

    fn extract(&self, _file: &SourceFile<'_>, _facts: &mut FactSet) -> Option<Model> {
        None
    }

    fn link(&self, _models: &[(FileId, Model)], _tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let known = known();
        let span = Span::file_start(FileId(0));
        for image in &known.images {
            state_image(image, &known.dated, facts);
        }
        for base in &known.bases {
            state_tools(&base.image, &base.tag_word, (&base.has, &base.lacks), facts);
        }
        for (port, program, kind) in known.ports.clone() {
            facts.push(KnownPort { span, certainty: Certainty::Likely, port, program, kind });
        }
        for advisory in &known.advisories {
            state_advisory(advisory, facts);
        }
        for (kind, names) in [("cipher", &known.ciphers), ("group", &known.groups)] {
            for name in names {
                let name = name.to_ascii_lowercase();
                facts.push(KnownTlsName { span, certainty: Certainty::Likely, kind, name });
            }
        }
        for default in &known.defaults {
            for alternative in std::iter::once(&default.variable).chain(&default.alternatives) {
                facts.push(KnownDefaultCredential {
                    span,
                    certainty: Certainty::Likely,
                    family: default.family.clone(),
                    variable: default.variable.clone(),
                    alternative: alternative.clone(),
                    account: default.account.clone(),
                });
            }
        }
    }
}

fn state_image(image: &ImageFacts, dated: &str, facts: &mut FactSet) {
    let (span, certainty) = (Span::file_start(FileId(0)), Certainty::Likely);
    facts.push(KnownImage {
        span,
        certainty,
        image: image.image.clone(),
        family: image.family.clone(),
        kind: image.kind.clone(),
        user: image.user.clone(),
        drops_root: image.drops,
        has_healthcheck: image.health,
        is_oneshot: image.oneshot,
        is_admin: image.admin,
        dated: dated.to_owned(),
    });
    for &port in &image.ports {
        facts.push(KnownImagePort { span, certainty, family: image.family.clone(), port });
    }
    for path in &image.data {
        facts.push(KnownDataDirectory { span, certainty, image: image.image.clone(), path: path.clone() });
    }
    state_tools(&image.image, "", (&[], &image.lacks), facts);
}

fn state_advisory(advisory: &Advisory, facts: &mut FactSet) {
    for range in &advisory.affected {
        let Some((introduced, mended)) = range.split_once('-') else { continue };
        facts.push(KnownAdvisory {
            span: Span::file_start(FileId(0)),
            certainty: Certainty::Likely,
            family: advisory.family.clone(),
            advisory: advisory.advisory.clone(),
            introduced: version_order(introduced).unwrap_or_default(),
            mended: version_order(mended).unwrap_or_default(),
            needs: advisory.needs.clone(),
            severity: advisory.severity.clone(),
            about: advisory.about.clone(),
            dated: advisory.dated.clone(),
        });
    }
}

fn state_tools(image: &str, tag_word: &str, (has, lacks): (&[String], &[String]), facts: &mut FactSet) {
    let tools = has.iter().map(|tool| (tool, true)).chain(lacks.iter().map(|tool| (tool, false)));
    for (tool, is_present) in tools {
        facts.push(KnownTool {
            span: Span::file_start(FileId(0)),
            certainty: Certainty::Likely,
            image: image.to_owned(),
            tag_word: tag_word.to_owned(),
            tool: tool.clone(),
            is_present,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_dated_and_names_its_sources() {
        for file in treeward_rules::data_files() {
            let table = Table::parse(file.text);
            assert!(table.document.problems.is_empty(), "{}: {:?}", file.path, table.document.problems);
            let root = table.document.root().unwrap();
            assert_eq!(table.text(root, "date").len(), 10, "{}", file.path);
            assert!(!table.list(root, "sources").is_empty(), "{}", file.path);
        }
    }

    #[test]
    fn every_advisory_has_ranges_that_hold_a_version() {
        for advisory in &known().advisories {
            assert!(!advisory.affected.is_empty(), "{}", advisory.advisory);
            for range in &advisory.affected {
                let (introduced, mended) = range.split_once('-').unwrap();
                assert!(version_order(introduced) < version_order(mended), "{} {range}", advisory.advisory);
            }
        }
    }

    #[test]
    fn rows_are_found_by_whole_name_then_by_last_part() {
        let known = known();
        assert_eq!(known.image("bitnami/postgresql").unwrap().user, "1001");
        assert_eq!(known.image("mirror.example/library/redis").unwrap().family, "redis");
        assert!(known.image("acme/api").is_none());
        assert!(known.base("python", "3.12-slim").unwrap().lacks.iter().any(|tool| tool == "curl"));
        assert!(known.base("python", "3.12").unwrap().has.iter().any(|tool| tool == "curl"));
        assert_eq!(known.base("gcr.io/distroless/python3-debian12", "nonroot").unwrap().user, "nonroot");
        assert!(known.is_nonroot_namespace("bitnami/anything"));
    }

    #[test]
    fn token_patterns_compile() {
        for token in &known().tokens {
            regex::Regex::new(&token.pattern).unwrap();
            assert!(!token.literal.is_empty());
        }
    }
}
