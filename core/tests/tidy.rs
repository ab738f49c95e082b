//! What the house rules say and a machine can check.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        let name = entry.file_name().to_string_lossy().into_owned();
        if path.is_dir() && !matches!(name.as_str(), "target" | "node_modules" | ".git" | ".venv" | ".work") {
            files(&path, ending, into);
        } else if name.ends_with(ending) {
            into.push(path);
        }
    }
}

fn rust_sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for part in ["core/src", "cli/src", "rules/src", "bindings-python/src", "bindings-node/src"] {
        let folder = root().join(part);
        if folder.is_dir() {
            files(&folder, ".rs", &mut found);
        }
    }
    found.into_iter().map(|path| (path.clone(), fs::read_to_string(path).unwrap())).collect()
}

#[test]
fn no_source_file_is_over_600_lines() {
    let long: Vec<_> =
        rust_sources().into_iter().filter(|(_, text)| text.lines().count() > 600).map(|(path, _)| path).collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<_> = rust_sources()
        .into_iter()
        .filter(|(path, text)| !text.starts_with("//!") && !path.ends_with("tests.rs"))
        .map(|(path, _)| path)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

/// Later stages may name earlier ones, never the other way round.
#[test]
fn dependencies_between_stages_point_one_way() {
    let stages = ["source", "syntax", "pattern", "extract", "facts", "rules", "engine", "report", "session"];
    let forbidden = [
        ("source", &["pattern", "extract", "facts", "rules", "engine", "report", "session"][..]),
        ("syntax", &["pattern", "extract", "facts", "rules", "engine", "report", "session"]),
        ("pattern", &["extract", "facts", "rules", "engine", "report", "session"]),
        ("extract", &["pattern", "rules", "engine", "report", "session"]),
        ("facts", &["syntax", "pattern", "extract", "rules", "engine", "report", "session"]),
        ("rules", &["engine", "extract", "session"]),
        ("engine", &["session"]),
        ("report", &["syntax", "pattern", "extract", "facts", "rules", "engine", "session"]),
    ];
    let mut wrong = Vec::new();
    for (path, text) in rust_sources() {
        let Some(stage) = stages.iter().find(|stage| path.to_string_lossy().contains(&format!("core/src/{stage}/")))
        else {
            continue;
        };
        let Some((_, later)) = forbidden.iter().find(|(name, _)| name == stage) else { continue };
        for other in *later {
            if text
                .lines()
                .any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("crate::{other}::")))
            {
                wrong.push(format!("{} names crate::{other}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Paths in backquotes must exist, so that the map stays true.
#[test]
fn the_paths_that_architecture_names_exist() {
    let text = fs::read_to_string(root().join("ARCHITECTURE.md")).unwrap();
    let paths = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|word| word.contains('/') && !word.contains([' ', '<', '*', ':', '$']));
    let missing: Vec<_> = paths.filter(|path| !root().join(path.trim_end_matches('/')).exists()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
