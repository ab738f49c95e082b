//! Environment files: what they set, what is odd in them, and whether they are templates.

pub(crate) mod lexer;

use crate::extract::{Extractor, Model, role, values};
use crate::facts::schema::dotenv::{EnvComment, EnvEntry, EnvFile, EnvOddity};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, SourceFile, Span};

use lexer::Assignment;

/// States environment files.
pub(super) struct DotEnv;

impl Extractor for DotEnv {
    fn name(&self) -> &'static str {
        "dotenv"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        artifact == Artifact::DotEnv
    }

    fn fills(&self) -> &'static [&'static str] {
        &["env_file", "env_entry", "env_oddity", "env_comment"]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let (assignments, oddities) = lexer::lex(file.text);
        let env_file = facts.push(EnvFile {
            span: Span::file_start(file.id),
            certainty: Certainty::Certain,
            path: file.path.to_owned(),
            folder: folder(file.path).to_owned(),
            kind: kind(file.path, file.text),
            role: role::role(file.path),
            entries: assignments.len() as i64,
        });
        for (at, assignment) in assignments.iter().enumerate() {
            let is_repeated = assignments[..at].iter().any(|earlier| earlier.name == assignment.name);
            state_entry((file, env_file), assignment, is_repeated, facts);
        }
        for (name, range) in lexer::commented(file.text) {
            let (span, certainty) = (file.span(range), Certainty::Certain);
            facts.push(EnvComment { span, certainty, env_file, name: name.to_owned() });
        }
        for oddity in oddities {
            facts.push(EnvOddity {
                span: file.span(oddity.range),
                certainty: Certainty::Certain,
                env_file,
                kind: oddity.kind,
                subject: oddity.subject,
            });
        }
        None
    }
}

fn state_entry(
    (file, env_file): (&SourceFile<'_>, RowId),
    assignment: &Assignment,
    is_repeated: bool,
    facts: &mut FactSet,
) {
    let value = assignment.value.clone().unwrap_or_default();
    let classified = values::classify(facts.known(), &assignment.name, &value);
    facts.push(EnvEntry {
        span: file.span(assignment.range.clone()),
        certainty: if classified.class == "variable" { Certainty::Unresolved } else { Certainty::Certain },
        env_file,
        name: assignment.name.clone(),
        value: assignment.value.clone(),
        quoting: assignment.quoting,
        is_exported: assignment.is_exported,
        is_repeated,
        is_secret_name: classified.is_secret_name,
        value_class: classified.class,
        provider: classified.provider,
        entropy: classified.entropy,
    });
}

pub(crate) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// `template`, `backup`, `encrypted` or `real`.
pub(crate) fn kind(path: &str, text: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let has = |word: &str| name.split(['.', '-', '_']).any(|part| part == word);
    if ["example", "sample", "template", "dist", "tmpl", "tpl", "defaults", "schema", "default", "j2"]
        .iter()
        .any(|w| has(w))
    {
        return "template";
    }
    if name.ends_with('~') || ["bak", "backup", "old", "orig", "save", "copy"].iter().any(|w| has(w)) {
        return "backup";
    }
    let is_encrypted =
        text.contains("sops_version=") || text.contains("DOTENV_PUBLIC_KEY") || text.contains("ENC[AES256");
    if is_encrypted { "encrypted" } else { "real" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_backups_and_encrypted_files_are_told_apart() {
        assert_eq!(kind("a/.env.example", ""), "template");
        assert_eq!(kind(".env.bak", ""), "backup");
        assert_eq!(kind(".env", "A=ENC[AES256_GCM,data:x]"), "encrypted");
        assert_eq!(kind(".env.production", "A=1"), "real");
    }
}
