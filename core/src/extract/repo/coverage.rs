//! The least coverage of tests that configurations demand.

use crate::facts::schema::repo::CoverageFloor;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Words before the number, and the tool that reads it.
const MARKS: &[(&str, &str)] =
    &[("cov-fail-under", "pytest-cov"), ("fail_under", "coverage"), ("fail-under", "coverage")];

pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) {
    let name = file.path.rsplit('/').next().unwrap_or(file.path);
    if matches!(name, "codecov.yml" | ".codecov.yml" | "codecov.yaml" | ".codecov.yaml") {
        first(file, ("target:", "codecov"), facts);
        return;
    }
    match file.artifact {
        Artifact::PackageJson | Artifact::JavaScript | Artifact::TypeScript => {
            let is_configuration = ["jest.config", "vitest.config", "vite.config", "package.json"]
                .iter()
                .any(|part| name.starts_with(part));
            if is_configuration {
                ["coverageThreshold", "thresholds"].into_iter().for_each(|mark| first(file, (mark, "jest"), facts));
            }
        }
        Artifact::Pyproject
        | Artifact::SetupCfg
        | Artifact::Ini
        | Artifact::Toml
        | Artifact::Shell
        | Artifact::Makefile
        | Artifact::GithubWorkflow
        | Artifact::GitlabCi
        | Artifact::GithubAction => {
            MARKS.iter().for_each(|mark| first(file, *mark, facts));
        }
        _ => {}
    }
}

/// The first place of `mark` that is no comment, with the first number on its line.
fn first(file: &SourceFile<'_>, (mark, tool): (&str, &'static str), facts: &mut FactSet) {
    let found = memchr::memmem::find_iter(file.text.as_bytes(), mark).find(|at| {
        let start = file.text[..*at].rfind('\n').map_or(0, |newline| newline + 1);
        !file.text[start..*at].trim_start().starts_with(['#', ';', '/']) && !is_of_another_tool(file, start, *at)
    });
    let Some(at) = found else { return };
    let after = file.text[at + mark.len()..].split('\n').next().unwrap_or_default();
    let digits = after.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    facts.push(CoverageFloor {
        span: file.span(at..at + mark.len()),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        tool,
        percent: digits[..end].parse().ok(),
    });
}

/// Whether the mark at `at`, on the line from `start`, is of a tool that counts something else: points of pylint, docstrings.
fn is_of_another_tool(file: &SourceFile<'_>, start: usize, at: usize) -> bool {
    const OTHERS: &[&str] = &["pylint", "interrogate", "docstr-coverage"];
    let names_other = |text: &str| OTHERS.iter().any(|tool| text.contains(tool));
    let before = &file.text[..start];
    let section = before.rfind("\n[").map(|at| at + 1).or(before.starts_with('[').then_some(0));
    let section = section.map_or("", |from| before[from..].lines().next().unwrap_or_default());
    let line = file.text[start..at].trim_start();
    file.path.ends_with("pylintrc") || names_other(line) || line.is_empty() && names_other(section)
}
