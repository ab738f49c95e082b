//! The conformance suite: every rule of `tests/semantics` over its annotated target, line by line.
//!
//! With `TREEWARD_RULES=DIR` it runs over another folder of rules with targets beside them instead, and prints how
//! many pass.

#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use treeward::pattern::{PatternRule, PatternSet};
use treeward::source::{Artifact, FileId, SourceFile};
use treeward::syntax::yaml::Document;

/// Lines that a rule must and must not report, from the comments of the target.
#[derive(Default)]
struct Expected {
    reported: BTreeMap<String, BTreeSet<u32>>,
    /// Lines on which a finding is known to be wrong, or one to be missing.
    known: BTreeMap<String, BTreeSet<u32>>,
    mentioned: BTreeSet<String>,
}

fn annotations(text: &str) -> Expected {
    let mut expected = Expected::default();
    let mut pending: Vec<(&str, String)> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let number = at as u32 + 1;
        let mut found = false;
        for word in ["todoruleid", "todook", "ruleid", "ok"] {
            let Some(ids) = annotated(line, word) else { continue };
            pending.extend(ids.map(|id| (word, id)));
            found = true;
            break;
        }
        if found {
            continue;
        }
        for (word, id) in pending.drain(..) {
            expected.mentioned.insert(id.clone());
            let into = match word {
                "ruleid" => &mut expected.reported,
                "todoruleid" | "todook" => &mut expected.known,
                _ => continue,
            };
            into.entry(id).or_default().insert(number);
        }
    }
    expected
}

/// The ids of an annotation, where the line is a comment with one.
fn annotated<'l>(line: &'l str, word: &str) -> Option<impl Iterator<Item = String> + 'l> {
    let comment = ["#", "//", "<!--", "/*"].iter().filter_map(|sign| line.find(sign)).min()?;
    let rest = line[comment..].trim_start_matches(['#', '/', '*', '<', '!', '-', ' ']);
    let rest = rest.strip_prefix(word)?.strip_prefix(':')?;
    let rest = rest.trim_end_matches("-->").trim_end_matches("*/");
    let ids = rest.split(',').map(|id| id.split_whitespace().next().unwrap_or_default().to_owned());
    Some(ids.filter(|id| !id.is_empty()))
}

struct Outcome {
    id: String,
    trouble: Option<String>,
}

fn run(rules: &Path, target: &Path) -> Vec<Outcome> {
    let text = std::fs::read_to_string(rules).unwrap();
    let document = Document::parse(&text);
    let Some(root) = document.root() else { return Vec::new() };
    let Some(list) = document.get(root, "rules") else { return Vec::new() };
    let code = String::from_utf8_lossy(&std::fs::read(target).unwrap()).into_owned();
    let expected = annotations(&code);
    let mut outcomes = Vec::new();
    for &node in document.items(list) {
        let id = document.get(node, "id").and_then(|id| document.text(id)).unwrap_or_default().to_owned();
        let languages: Vec<String> = document
            .get(node, "languages")
            .map(|list| {
                document.items(list).iter().filter_map(|item| document.text(*item)).map(str::to_owned).collect()
            })
            .unwrap_or_default();
        let trouble = match PatternRule::read(&document, node, &text, &languages) {
            Ok(rule) => compare(&rule, &id, target, &code, &expected),
            Err(issues) => Some(format!("refused: {}", issues[0].message)),
        };
        outcomes.push(Outcome { id, trouble });
    }
    outcomes
}

fn compare(rule: &PatternRule, id: &str, target: &Path, code: &str, expected: &Expected) -> Option<String> {
    let set = match PatternSet::compile([(0, rule)]) {
        Ok(set) => set,
        Err(issues) => return Some(format!("refused: {}", issues[0].1.message)),
    };
    let path = target.to_string_lossy();
    let file = SourceFile::new(FileId(0), &path, artifact(target), code);
    let scan = set.scan(&file);
    assert_eq!(scan.matches, set.scan_plainly(&file).matches, "the short cuts of {id} lose or find too much");
    let lines: BTreeSet<u32> = scan.matches.iter().map(|found| file.lines().line(found.range.start)).collect();
    let empty = BTreeSet::new();
    let wanted = expected.reported.get(id).unwrap_or(&empty);
    let known = expected.known.get(id).unwrap_or(&empty);
    let missing: Vec<_> = wanted.difference(&lines).collect();
    let unexpected: Vec<_> = lines.difference(wanted).filter(|line| !known.contains(line)).collect();
    let mut trouble = String::new();
    if !missing.is_empty() {
        write!(trouble, "missing {missing:?} ").unwrap();
    }
    if !unexpected.is_empty() {
        write!(trouble, "unexpected {unexpected:?} ").unwrap();
    }
    if !scan.incomplete.is_empty() {
        write!(trouble, "incomplete: {} ", scan.incomplete[0].1).unwrap();
    }
    (!trouble.is_empty()).then_some(trouble)
}

fn artifact(path: &Path) -> Artifact {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends = |ending: &str| name.ends_with(ending);
    if ends(".py") {
        Artifact::Python
    } else if ends("dockerfile") || name.starts_with("dockerfile") {
        Artifact::Dockerfile
    } else if ends(".json") {
        Artifact::Json
    } else if ends(".sh") || ends(".bash") {
        Artifact::Shell
    } else if ends(".yaml") || ends(".yml") {
        Artifact::Yaml
    } else {
        Artifact::Other
    }
}

/// Every rule file below a folder with its target.
fn pairs(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let mut pairs = Vec::new();
    let mut queue = vec![folder.to_owned()];
    while let Some(path) = queue.pop() {
        let mut entries: Vec<_> = std::fs::read_dir(&path).unwrap().flatten().map(|entry| entry.path()).collect();
        entries.sort();
        for rules in &entries {
            if rules.is_dir() {
                queue.push(rules.clone());
                continue;
            }
            let name = rules.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let stem = name.strip_suffix(".yaml").or_else(|| name.strip_suffix(".yml"));
            let Some(stem) = stem.filter(|stem| !stem.ends_with(".test") && !stem.ends_with(".fixed")) else {
                continue;
            };
            for target in &entries {
                let other = target.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let fits = other.strip_prefix(stem).is_some_and(|rest| {
                    rest.starts_with('.') && !rest.contains(".fixed") && rest != ".yaml" && rest != ".yml"
                });
                if fits && target != rules && target.is_file() {
                    pairs.push((rules.clone(), target.clone()));
                }
            }
        }
    }
    pairs.sort();
    pairs
}

/// Parsers take deep stacks in debug builds; the engine gives its threads large ones, and so does this.
fn with_stack<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    std::thread::scope(|scope| {
        std::thread::Builder::new().stack_size(256 << 20).spawn_scoped(scope, work).unwrap().join().unwrap()
    })
}

fn suite(folder: &Path, mentioned_only: bool) -> (usize, Vec<String>) {
    let mut passed = 0;
    let mut failures = Vec::new();
    for (rules, target) in pairs(folder) {
        let code = String::from_utf8_lossy(&std::fs::read(&target).unwrap()).into_owned();
        let mentioned = annotations(&code).mentioned;
        for outcome in run(&rules, &target) {
            if mentioned_only && !mentioned.contains(&outcome.id) {
                continue;
            }
            match outcome.trouble {
                None => passed += 1,
                Some(trouble) => {
                    failures.push(format!("{} {}: {trouble}", target.display(), outcome.id));
                }
            }
        }
    }
    (passed, failures)
}

#[test]
fn every_rule_reports_exactly_its_lines() {
    let other = std::env::var_os("TREEWARD_RULES");
    let folder =
        other.as_ref().map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/semantics"), PathBuf::from);
    let (passed, failures) = with_stack(|| suite(&folder, other.is_some()));
    let report = format!("{passed} pass, {} fail\n{}", failures.len(), failures.join("\n"));
    if let Some(path) = std::env::var_os("TREEWARD_REPORT") {
        std::fs::write(path, &report).unwrap();
    }
    assert!(failures.is_empty(), "{report}");
}
