//! What is known of the world: public images, ports, credentials, packages, releases. Plain tables without a parser;
//! `extract::known` reads them from the dated data files.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use regex::{Match, Regex};

/// A data table that was read, for the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DatedTable {
    /// Its file's name without ending, for example `images`.
    pub name: &'static str,
    /// The day that it was last looked through, as `YYYY-MM-DD`.
    pub date: String,
    /// The tables of facts whose rows it helps to state.
    pub helps: &'static [&'static str],
}

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
pub(crate) struct DefaultCredential {
    pub family: String,
    pub variable: String,
    pub alternatives: Vec<String>,
    pub account: String,
}

/// A published flaw of a program.
#[derive(Debug, Clone)]
pub(crate) struct Advisory {
    pub family: String,
    pub advisory: String,
    /// From the first affected version to the first mended one.
    pub affected: Vec<String>,
    pub needs: String,
    pub severity: String,
    pub about: String,
}

/// A published flaw of a package.
#[derive(Debug, Clone)]
pub(crate) struct PackageAdvisory {
    pub package: String,
    pub advisory: String,
    /// From the first affected version to the first mended one.
    pub affected: Vec<String>,
    pub severity: String,
    pub about: String,
}

/// A package that is no longer cared for.
#[derive(Debug, Clone)]
pub(crate) struct Superseded {
    pub package: String,
    pub successor: String,
    pub why: String,
}

/// The format of a provider's credential.
#[derive(Debug)]
pub(crate) struct TokenFormat {
    pub provider: String,
    /// A part that every match holds.
    pub literal: String,
    pattern: String,
    regex: OnceLock<Option<Regex>>,
}

impl TokenFormat {
    pub(crate) fn new(provider: String, literal: String, pattern: String) -> Self {
        Self { provider, literal, pattern, regex: OnceLock::new() }
    }

    /// The tokens in a text.
    pub(crate) fn find_iter<'t>(&'t self, text: &'t str) -> impl Iterator<Item = Match<'t>> {
        // Most formats meet no text that could be a token of theirs.
        let regex = self.regex.get_or_init(|| Regex::new(&self.pattern).ok()).as_ref();
        regex.into_iter().flat_map(|regex| regex.find_iter(text))
    }
}

/// Words that tell what a value is.
#[derive(Debug, Default)]
pub(crate) struct ValueWords {
    pub weak: Vec<String>,
    pub weak_parts: Parts,
    pub placeholder_parts: Parts,
}

/// Texts of which any may stand in another, looked for all at once.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    texts: Vec<String>,
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Parts {
    pub(crate) fn new(texts: Vec<String>) -> Self {
        Self { texts, automaton: OnceLock::new() }
    }

    /// Whether `text` holds one of them.
    pub(crate) fn any_in(&self, text: &str) -> bool {
        let automaton = self.automaton.get_or_init(|| AhoCorasick::new(&self.texts).ok());
        automaton.as_ref().is_some_and(|automaton| automaton.is_match(text))
    }
}

/// A program with releases of its own, and one name under which trees ask for it.
#[derive(Debug, Clone)]
pub(crate) struct Product {
    pub product: String,
    pub title: String,
    /// `image`, `pypi` or `npm`.
    pub source: &'static str,
    pub name: String,
}

/// A series of releases and the day its support ends.
#[derive(Debug, Clone)]
pub(crate) struct Release {
    pub product: String,
    pub cycle: String,
    pub end: String,
    pub codename: String,
}

/// The data tables.
#[derive(Debug, Default)]
pub(crate) struct Known {
    pub tables: Vec<DatedTable>,
    pub images: Vec<ImageFacts>,
    pub bases: Vec<BaseFacts>,
    pub nonroot_namespaces: Vec<String>,
    /// Port, program and kind.
    pub ports: Vec<(i64, String, String)>,
    pub defaults: Vec<DefaultCredential>,
    pub advisories: Vec<Advisory>,
    /// By `pypi` or `npm`.
    pub package_advisories: Vec<(&'static str, PackageAdvisory)>,
    pub superseded: Vec<(&'static str, Superseded)>,
    /// Names of suites and of groups that OpenSSL takes.
    pub ciphers: Vec<String>,
    pub groups: Vec<String>,
    /// Section and key of systemd's units.
    pub systemd_keys: Vec<(String, String)>,
    pub tokens: Vec<TokenFormat>,
    pub words: ValueWords,
    /// Import name, distribution, and whether the distribution's name only begins so.
    pub imports: Vec<(String, String, bool)>,
    /// Distribution, with its extra in brackets, and what it brings.
    pub brings: Vec<(String, String)>,
    pub products: Vec<Product>,
    pub releases: Vec<Release>,
    literals: OnceLock<Option<AhoCorasick>>,
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

    /// Where tokens may stand in `text`: the places of the formats' literal parts, in order.
    pub(crate) fn token_places(&self, text: &str) -> Vec<usize> {
        let mut places = Vec::new();
        let mut at = 0;
        // A literal may begin within another.
        while let Some(hit) = self.long_literals().and_then(|literals| literals.find(Input::new(text).range(at..))) {
            places.push(hit.start());
            at = hit.start() + 1;
        }
        for token in self.tokens.iter().filter(|token| is_short(token)) {
            places.extend(memchr::memmem::find_iter(text.as_bytes(), &token.literal));
        }
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Finds the literals that are long enough to be looked for many bytes at a time.
    fn long_literals(&self) -> Option<&AhoCorasick> {
        let build = || {
            let literals = self.tokens.iter().filter(|token| !is_short(token)).map(|token| token.literal.as_str());
            // The leftmost match is the kind that is looked for so.
            AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(literals).ok()
        };
        self.literals.get_or_init(build).as_ref()
    }

    /// The day of the table with this name.
    pub(crate) fn date(&self, name: &str) -> &str {
        self.tables.iter().find(|table| table.name == name).map_or("", |table| table.date.as_str())
    }
}

/// Whether a literal is looked for by itself: among others it would make the search stop at every other word.
fn is_short(token: &TokenFormat) -> bool {
    token.literal.len() < 3
}

/// Distroless images carry the Debian release, and a language's version, in their names.
fn is_distroless_suffix(rest: &str) -> bool {
    rest.starts_with("-debian") || rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with("-debian")
}
