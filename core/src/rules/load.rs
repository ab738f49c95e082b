//! Reading rule files: YAML with positions, so that every problem is told with its line and column.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;
use treeward_rules::RuleFile;

use super::metadata::{self, Profile};
use super::spelling::nearest;
use super::{PathFilter, QueryRule, Rule, RuleBody};
use crate::error::{Error, RuleError};
use crate::facts::of_rule;
use crate::pattern::{self, PatternRule, WrittenAt};
use crate::report::{Area, Confidence, Severity};
use crate::source::LineIndex;
use crate::syntax::yaml::{Document, NodeId, NodeKind, ScalarStyle};

/// Keys of a rule that this module reads; those of patterns are `pattern::KEYS`.
const KEYS: &[&str] =
    &["id", "message", "severity", "languages", "metadata", "paths", "query", "min-version", "max-version", "product"];
/// Largest rule file, in bytes.
const MAX_FILE: u64 = 8 << 20;
/// Deepest metadata that is kept.
const MAX_DEPTH: usize = 32;

/// The rule files at `path`: itself, or every `.yaml`/`.yml` with a `rules:` key below the folder, sorted.
pub(super) fn rule_files(path: &Path) -> Result<Vec<(String, String)>, Error> {
    let mut files = Vec::new();
    let mut queue = vec![path.to_owned()];
    while let Some(path) = queue.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).map_err(|error| unreadable(&path, &error))?;
            queue.extend(entries.flatten().map(|entry| entry.path()));
        } else if files_is_named(&path) || queue.is_empty() && files.is_empty() {
            files.push(path);
        }
    }
    files.sort();
    let single = files.len() == 1;
    let mut texts = Vec::new();
    for file in files {
        let size = std::fs::metadata(&file).map_err(|error| unreadable(&file, &error))?.len();
        if size > MAX_FILE {
            return Err(Error::Usage(format!("`{}` is larger than {MAX_FILE} bytes; split it", file.display())));
        }
        let bytes = std::fs::read(&file).map_err(|error| unreadable(&file, &error))?;
        let name = file.display().to_string();
        let text = String::from_utf8(bytes).map_err(|_| Error::Rules(vec![not_text(&name)]))?;
        if single || text.lines().any(|line| line.starts_with("rules:")) {
            texts.push((name, text));
        }
    }
    Ok(texts)
}

fn files_is_named(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let is_yaml = name.ends_with(".yaml") || name.ends_with(".yml");
    is_yaml && !name.ends_with(".test.yaml") && !name.ends_with(".test.yml") && !name.ends_with(".fixed.yaml")
}

fn unreadable(path: &Path, error: &std::io::Error) -> Error {
    Error::Unreadable { path: path.to_owned(), reason: format!("{error}; give a rule file or a folder of rule files") }
}

fn not_text(file: &str) -> RuleError {
    let message = "not a text in UTF-8; a rule file is YAML with a `rules:` list".to_owned();
    RuleError { file: file.to_owned(), line: 1, column: 1, rule: None, message }
}

/// Reads the rules of one file.
pub(super) fn load(file: &str, text: &str) -> Result<Vec<Rule>, Vec<RuleError>> {
    read((file, text), None, Document::parse(text))
}

/// Reads the rules of a built-in file. Its folder becomes part of their ids.
pub(super) fn builtin(file: &'static RuleFile) -> Result<Vec<Rule>, Vec<RuleError>> {
    read((file.path, file.text), Some(file), Document::recorded(file.text, file.events))
}

fn read(
    (file, text): (&str, &str),
    builtin: Option<&'static RuleFile>,
    document: Document,
) -> Result<Vec<Rule>, Vec<RuleError>> {
    let folder = builtin.and_then(|file| file.path.split('/').next());
    let mut reader = Reader { file, text, folder, builtin, document, lines: OnceCell::new(), errors: Vec::new() };
    let rules = reader.rules();
    if reader.errors.is_empty() { Ok(rules) } else { Err(reader.errors) }
}

struct Reader<'t> {
    file: &'t str,
    text: &'t str,
    folder: Option<&'t str>,
    builtin: Option<&'static RuleFile>,
    document: Document,
    /// Made when first needed.
    lines: OnceCell<LineIndex>,
    errors: Vec<RuleError>,
}

impl Reader<'_> {
    fn rules(&mut self) -> Vec<Rule> {
        for problem in std::mem::take(&mut self.document.problems) {
            self.error(problem.offset, None, format!("not valid YAML: {}", problem.message));
        }
        let Some(root) = self.document.root() else {
            self.error(0, None, "the file is empty; a rule file has a `rules:` list".to_owned());
            return Vec::new();
        };
        let Some(list) = self.document.get(root, "rules").filter(|list| self.document.is_sequence(*list)) else {
            let offset = self.document.range(root).start;
            self.error(offset, None, "no `rules:` list; a rule file is a mapping with one".to_owned());
            return Vec::new();
        };
        let items = self.document.items(list).to_vec();
        items.into_iter().filter_map(|rule| self.rule(rule)).collect()
    }

    fn rule(&mut self, node: NodeId) -> Option<Rule> {
        let offset = self.document.range(node).start;
        if !self.document.is_mapping(node) {
            self.error(
                offset,
                None,
                "a rule is a mapping with `id`, `message`, `severity` and a pattern or a query".to_owned(),
            );
            return None;
        }
        let id = self.required(node, "id", None)?;
        self.unknown_keys(node, &id);
        let full_id = self.folder.map_or_else(|| id.clone(), |folder| format!("{folder}/{id}"));
        let query = self.string(node, "query", &id);
        let languages: Vec<String> =
            self.strings(node, "languages", &id).iter().map(|word| language(word).to_owned()).collect();
        let body = match query {
            Some(sql) => RuleBody::Query(self.query(node, sql, &full_id)),
            None => RuleBody::Pattern(Box::new(self.pattern(node, &id, &languages)?)),
        };
        let message = self.required(node, "message", Some(&id)).unwrap_or_default();
        let severity = self.severity(node, &id);
        let metadata = self.document.get(node, "metadata").map(|node| self.value(node, 0));
        let mut metadata = match metadata {
            Some(Value::Object(map)) => map.into_iter().collect::<BTreeMap<_, _>>(),
            _ => BTreeMap::new(),
        };
        let own_severity = self.word(&mut metadata, (node, &id), "severity", metadata::severity);
        let paths = self.paths(node, &id);
        let is_builtin_pattern = self.folder.is_some() && matches!(body, RuleBody::Pattern(_));
        let tests = if is_builtin_pattern { metadata.remove("tests") == Some(Value::Bool(true)) } else { true };
        let safe_fix = metadata.remove("safe-fix") == Some(Value::Bool(true));
        let per_file = metadata.remove("per-file") == Some(Value::Bool(true));
        let subject = self.subject(node, &id, &languages);
        let covers = self.covers(node, &id, &mut metadata);
        Some(Rule {
            title: self.take(&mut metadata, "title").unwrap_or_else(|| title_of(&id)),
            message,
            severity: own_severity.or(severity).unwrap_or(Severity::Medium),
            area: self
                .word(&mut metadata, (node, &id), "area", metadata::area)
                .or_else(|| metadata.get("category").and_then(Value::as_str).and_then(metadata::area))
                .unwrap_or(Area::Security),
            confidence: self
                .word(&mut metadata, (node, &id), "confidence", metadata::confidence)
                .unwrap_or(Confidence::Medium),
            effort: self.word(&mut metadata, (node, &id), "effort", metadata::word),
            impact: self.word(&mut metadata, (node, &id), "impact", |text| metadata::word(&text.to_lowercase())),
            profile: self.word(&mut metadata, (node, &id), "profile", metadata::word).unwrap_or(Profile::Core),
            remediation: self.take(&mut metadata, "remediation").unwrap_or_default(),
            languages,
            paths,
            tests,
            safe_fix,
            is_builtin: self.folder.is_some(),
            covers,
            per_file,
            metadata,
            subject,
            body,
            file: Arc::from(self.file),
            line: self.line(offset),
            id: full_id,
        })
    }

    /// The line of a place, from 1. A built-in file has few rules: to count the lines before them is soonest done.
    fn line(&self, offset: usize) -> u32 {
        match self.builtin {
            Some(_) => 1 + memchr::memchr_iter(b'\n', &self.text.as_bytes()[..offset]).count() as u32,
            None => self.lines.get_or_init(|| LineIndex::new(self.text)).line(offset),
        }
    }

    fn unknown_keys(&mut self, node: NodeId, id: &str) {
        for entry in self.document.entries(node) {
            let range = self.document.range(entry.key);
            let Some(key) = self.document.text(entry.key).map(str::to_owned) else { continue };
            if !KEYS.contains(&key.as_str()) && !pattern::KEYS.contains(&key.as_str()) {
                let hint = nearest(&key, KEYS.iter().chain(pattern::KEYS).copied());
                let hint = hint.map_or_else(
                    || "remove it, or put it under `metadata`".to_owned(),
                    |near| format!("did you mean `{near}`?"),
                );
                self.error(range.start, Some(id), format!("unknown key `{key}`; {hint}"));
            }
        }
    }

    fn query(&self, node: NodeId, sql: String, id: &str) -> QueryRule {
        let start = self.document.get(node, "query").map_or(0, |node| self.document.range(node).start);
        QueryRule::new(sql, self.line(start), self.builtin.and_then(|_| of_rule(id)))
    }

    fn pattern(&mut self, node: NodeId, id: &str, languages: &[String]) -> Option<PatternRule> {
        if languages.is_empty() {
            let offset = self.document.range(node).start;
            self.error(
                offset,
                Some(id),
                "no `languages`; say which files the pattern is for, for example [python]".to_owned(),
            );
            return None;
        }
        if let Some(file) = self.builtin {
            let place = WrittenAt { file, node, languages: languages.to_vec(), is_subject: false };
            return Some(PatternRule::tested(place));
        }
        match PatternRule::read(&self.document, node, self.text, languages) {
            Ok(rule) => Some(rule),
            Err(issues) => {
                for issue in issues {
                    self.error(issue.offset, Some(id), issue.message);
                }
                None
            }
        }
    }

    /// What a pattern rule is about, where it says so.
    fn subject(&mut self, node: NodeId, id: &str, languages: &[String]) -> Option<PatternRule> {
        let subject = self.document.at(node, &["metadata", "subject"])?;
        if self.document.get(node, "query").is_some() {
            return None;
        }
        if let Some(file) = self.builtin {
            let place = WrittenAt { file, node: subject, languages: languages.to_vec(), is_subject: true };
            return Some(PatternRule::tested(place));
        }
        match PatternRule::subject(&self.document, subject, self.text, languages) {
            Ok(rule) => Some(rule),
            Err(issues) => {
                for issue in issues {
                    self.error(issue.offset, Some(id), format!("`metadata.subject`: {}", issue.message));
                }
                None
            }
        }
    }

    /// The rules whose findings this one tells as well (`metadata.covers`).
    fn covers(&mut self, node: NodeId, id: &str, metadata: &mut BTreeMap<String, Value>) -> Vec<String> {
        let Some(place) = self.document.get(node, "metadata") else { return Vec::new() };
        metadata.remove("covers");
        self.strings(place, "covers", id)
    }

    fn severity(&mut self, node: NodeId, id: &str) -> Option<Severity> {
        let value = self.document.get(node, "severity")?;
        let text = self.document.text(value).unwrap_or_default().to_owned();
        let severity = metadata::severity(&text);
        if severity.is_none() {
            let offset = self.document.range(value).start;
            self.error(
                offset,
                Some(id),
                format!("`{text}` is no severity; write CRITICAL, HIGH, MEDIUM, LOW, ERROR, WARNING or INFO"),
            );
        }
        severity
    }

    fn paths(&mut self, node: NodeId, id: &str) -> Option<PathFilter> {
        let paths = self.document.get(node, "paths")?;
        let include = self.strings(paths, "include", id);
        let exclude = self.strings(paths, "exclude", id);
        if self.folder.is_some() {
            return Some(PathFilter::tested(include, exclude));
        }
        let offset = self.document.range(paths).start;
        PathFilter::new(include, exclude).map_err(|message| self.error(offset, Some(id), message)).ok()
    }

    fn required(&mut self, node: NodeId, key: &str, id: Option<&str>) -> Option<String> {
        if self.document.get(node, key).is_none() {
            let offset = self.document.range(node).start;
            self.error(offset, id, format!("the rule has no `{key}`"));
            return None;
        }
        self.string(node, key, id.unwrap_or_default())
    }

    fn string(&mut self, node: NodeId, key: &str, id: &str) -> Option<String> {
        let value = self.document.get(node, key)?;
        let text = self.document.text(value).map(str::to_owned);
        if text.is_none() {
            let offset = self.document.range(value).start;
            self.error(offset, (!id.is_empty()).then_some(id), format!("`{key}` must be a text"));
        }
        text
    }

    fn strings(&mut self, node: NodeId, key: &str, id: &str) -> Vec<String> {
        let Some(list) = self.document.get(node, key) else { return Vec::new() };
        let texts: Vec<String> =
            self.document.items(list).iter().filter_map(|item| self.document.text(*item)).map(str::to_owned).collect();
        if texts.is_empty() && !self.document.is_sequence(list) {
            let offset = self.document.range(list).start;
            self.error(offset, Some(id), format!("`{key}` must be a list of texts"));
        }
        texts
    }

    fn take(&self, metadata: &mut BTreeMap<String, Value>, key: &str) -> Option<String> {
        match metadata.remove(key) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    /// Takes a word of an enumeration out of the metadata. In a pattern rule, other words are left alone, for
    /// Semgrep gives these keys meanings of its own; in a query rule they are an error.
    fn word<T>(
        &mut self,
        metadata: &mut BTreeMap<String, Value>,
        (node, id): (NodeId, &str),
        key: &str,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = metadata.get(key)?.as_str().unwrap_or_default().to_owned();
        let value = read(&text);
        if value.is_some() {
            metadata.remove(key);
        } else if self.document.get(node, "query").is_some() {
            let place = self.document.at(node, &["metadata", key]).map_or(0, |node| self.document.range(node).start);
            self.error(place, Some(id), format!("`{text}` is no {key}; see the rules reference for the words"));
        }
        value
    }

    fn value(&self, node: NodeId, depth: usize) -> Value {
        let Some(resolved) = self.document.resolve(node) else { return Value::Null };
        if depth > MAX_DEPTH {
            return Value::Null;
        }
        match &self.document.node(resolved).kind {
            NodeKind::Scalar { value, style } => scalar(value, *style),
            NodeKind::Sequence(items) => items.iter().map(|item| self.value(*item, depth + 1)).collect(),
            NodeKind::Mapping(_) => {
                let entries = self.document.entries(resolved);
                let key = |id| self.document.text(id).unwrap_or_default().to_owned();
                Value::Object(
                    entries.iter().map(|entry| (key(entry.key), self.value(entry.value, depth + 1))).collect(),
                )
            }
            NodeKind::Alias(_) => Value::Null,
        }
    }

    fn error(&mut self, offset: usize, rule: Option<&str>, message: String) {
        let at = self.lines.get_or_init(|| LineIndex::new(self.text)).position(self.text, offset);
        let rule = rule.map(str::to_owned);
        self.errors.push(RuleError { file: self.file.to_owned(), line: at.line, column: at.column, rule, message });
    }
}

/// Semgrep's several words for a language as one.
fn language(word: &str) -> &str {
    match word {
        "py" | "python2" | "python3" => "python",
        "docker" => "dockerfile",
        "sh" => "bash",
        "js" => "javascript",
        "ts" => "typescript",
        "spacegrep" | "aliengrep" => "generic",
        "none" => "regex",
        _ => word,
    }
}

fn scalar(text: &str, style: ScalarStyle) -> Value {
    if style != ScalarStyle::Plain {
        return Value::String(text.to_owned());
    }
    match text {
        "" | "~" | "null" => Value::Null,
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => match text.parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => Value::String(text.to_owned()),
        },
    }
}

fn title_of(id: &str) -> String {
    let words = id.rsplit(['/', '.']).next().unwrap_or(id).replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
