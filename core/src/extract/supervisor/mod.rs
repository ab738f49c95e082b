//! Supervisor: the programs that one container or machine starts and keeps running, as whom, and who may command it.

#[cfg(test)]
mod tests;

use std::ops::Range;

use crate::extract::shell::{self, FileUse, Holder, Options, state_uses};
use crate::extract::{Extractor, Model, TreeIndex};
use crate::facts::schema::supervisor::{SupervisorConfig, SupervisorProgram};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, FileId, SourceFile};
use crate::syntax::shell::{Places, parse_placed};

/// Most sections that are read of one file.
const MAX_SECTIONS: usize = 1000;

/// States the configuration of Supervisor.
pub(super) struct Supervisor;

impl Extractor for Supervisor {
    fn name(&self) -> &'static str {
        "supervisor"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::Ini | Artifact::Other)
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "supervisor_config",
            "supervisor_program",
            "shell_command",
            "shell_argument",
            "shell_redirect",
            "shell_assignment",
            "shell_write",
            "shell_chmod",
            "shell_file_use",
            "compose_load",
        ]
    }

    fn extract(&self, file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Model> {
        let is_supervisor = ["[program:", "[supervisord]", "[fcgi-program:"].iter().any(|mark| file.holds(mark));
        if !is_supervisor {
            return None;
        }
        let sections = sections(file.text);
        let uses = state(file, &sections, facts);
        (!uses.is_empty()).then(|| Box::new(uses) as Model)
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let uses = models.iter().filter_map(|(_, model)| model.downcast_ref::<Vec<FileUse>>());
        state_uses(uses.flatten(), tree, facts);
    }
}

/// A section with its settings.
struct Section<'t> {
    name: &'t str,
    range: Range<usize>,
    settings: Vec<Setting<'t>>,
}

/// `key=value`; lines that are indented belong to the value before.
struct Setting<'t> {
    key: &'t str,
    value: &'t str,
    /// Where the value begins.
    start: usize,
}

impl<'t> Section<'t> {
    fn setting(&self, key: &str) -> Option<&Setting<'t>> {
        self.settings.iter().rev().find(|setting| setting.key == key)
    }

    fn value(&self, key: &str) -> Option<&'t str> {
        self.setting(key).map(|setting| setting.value).filter(|value| !value.is_empty())
    }

    fn flag(&self, key: &str) -> Option<bool> {
        match self.value(key)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" | "1" => Some(true),
            "false" | "no" | "off" | "0" => Some(false),
            _ => None,
        }
    }

    fn number(&self, key: &str) -> Option<i64> {
        self.value(key)?.parse().ok()
    }
}

fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = trimmed.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            if sections.len() >= MAX_SECTIONS {
                break;
            }
            let range = start..start + line.trim_end().len();
            sections.push(Section { name: name.trim(), range, settings: Vec::new() });
            continue;
        }
        let Some(section) = sections.last_mut() else { continue };
        if line.starts_with([' ', '\t'])
            && let Some(open) = section.settings.last_mut()
        {
            open.value = text.get(open.start..start + line.trim_end().len()).unwrap_or(open.value);
        } else if let Some(equals) = line.find(['=', ':']) {
            let written = &line[equals + 1..];
            let value_start = start + equals + 1 + (written.len() - written.trim_start().len());
            let value = written.split(" ;").next().unwrap_or(written).trim();
            section.settings.push(Setting { key: line[..equals].trim(), value, start: value_start });
        }
    }
    sections
}

fn state(file: &SourceFile<'_>, sections: &[Section<'_>], facts: &mut FactSet) -> Vec<FileUse> {
    let named = |name: &str| sections.iter().find(|section| section.name == name);
    let own = named("supervisord");
    let server = named("inet_http_server");
    let config = facts.push(SupervisorConfig {
        span: file.span(own.map_or(0..0, |section| section.range.clone())),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        is_main: own.is_some(),
        user: own.and_then(|section| section.value("user")).map(str::to_owned),
        nodaemon: own.and_then(|section| section.flag("nodaemon")),
        server: server.and_then(|section| section.value("port")).map(str::to_owned),
        has_password: server.is_some_and(|section| section.value("password").is_some()),
    });
    let mut uses = Vec::new();
    for section in sections {
        let Some((kind, name)) = section.name.split_once(':') else { continue };
        let kind = match kind {
            "program" => "program",
            "fcgi-program" => "fcgi-program",
            "eventlistener" => "eventlistener",
            _ => continue,
        };
        let owner = program(file, section, (config, kind, name), facts);
        uses.extend(
            section.setting("command").map(|command| commands(file, command, owner, facts)).unwrap_or_default(),
        );
    }
    uses
}

fn program(
    file: &SourceFile<'_>,
    section: &Section<'_>,
    (config, kind, name): (RowId, &'static str, &str),
    facts: &mut FactSet,
) -> RowId {
    let text = |key| section.value(key).map(str::to_owned);
    facts.push(SupervisorProgram {
        span: file.span(section.range.clone()),
        certainty: Certainty::Certain,
        config,
        path: file.path.to_owned(),
        kind,
        name: name.trim().to_owned(),
        command: section.value("command").map(joined).unwrap_or_default(),
        user: text("user"),
        autostart: section.flag("autostart").unwrap_or(true),
        autorestart: text("autorestart").map_or("unexpected".to_owned(), |value| value.to_ascii_lowercase()),
        startretries: section.number("startretries").unwrap_or(3),
        processes: section.number("numprocs").unwrap_or(1),
        log: text("stdout_logfile"),
    })
}

/// A value of several lines is one command.
fn joined(value: &str) -> String {
    value.lines().map(str::trim).collect::<Vec<_>>().join(" ")
}

fn commands(file: &SourceFile<'_>, command: &Setting<'_>, owner: RowId, facts: &mut FactSet) -> Vec<FileUse> {
    let joined = joined(command.value);
    let script = parse_placed(&joined, &Places::of_scalar(&joined, command.value, command.start));
    let holder = Holder {
        file: file.id,
        owner,
        kind: "supervisor_program",
        options: Options::default(),
        folder: "",
        bases: Vec::new(),
    };
    shell::state(&script, &holder, facts)
}
