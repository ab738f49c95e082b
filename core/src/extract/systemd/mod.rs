//! systemd units and crontabs: what starts when, as whom, within which limits.

mod cron;
mod ini;

#[cfg(test)]
mod tests;

use crate::extract::shell::{self, FileUse, Holder, Options, state_uses};
use crate::extract::{Extractor, Model, TreeIndex, values};
use crate::facts::schema::systemd::{SystemdSetting, SystemdUnit, SystemdVariable};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::{Artifact, FileId, SourceFile, Span};
use crate::syntax::shell::{Places, parse_placed};

use ini::Setting;

/// States units and crontabs.
pub(super) struct Systemd;

impl Extractor for Systemd {
    fn name(&self) -> &'static str {
        "systemd"
    }

    fn reads(&self, artifact: Artifact) -> bool {
        matches!(artifact, Artifact::SystemdUnit | Artifact::Cron)
    }

    fn fills(&self) -> &'static [&'static str] {
        &[
            "systemd_unit",
            "systemd_setting",
            "systemd_variable",
            "cron_entry",
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
        let uses = if file.artifact == Artifact::Cron { cron::crontab(file, facts) } else { unit(file, facts) };
        (!uses.is_empty()).then(|| Box::new(uses) as Model)
    }

    fn link(&self, models: &[(FileId, Model)], tree: &TreeIndex<'_>, facts: &mut FactSet) {
        let uses = models.iter().filter_map(|(_, model)| model.downcast_ref::<Vec<FileUse>>());
        state_uses(uses.flatten(), tree, facts);
    }
}

fn unit(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let (name, kind, is_drop_in) = identity(file.path);
    let unit = facts.push(SystemdUnit {
        span: Span::file_start(file.id),
        certainty: Certainty::Certain,
        path: file.path.to_owned(),
        is_template: name.ends_with('@'),
        name: name.trim_end_matches('@').to_owned(),
        kind: kind.to_owned(),
        is_drop_in,
    });
    let mut uses = Vec::new();
    for setting in ini::read(file.text) {
        if setting.key.starts_with("Exec") {
            uses.extend(commands(file, &setting, unit, facts));
        }
        if setting.key == "Environment" {
            variables(file, &setting, unit, facts);
        }
        facts.push(SystemdSetting {
            span: file.span(setting.range),
            certainty: Certainty::Certain,
            unit,
            section: setting.section.to_owned(),
            key: setting.key.to_owned(),
            value: setting.value,
        });
    }
    uses
}

/// Name, kind, and whether the file is a drop-in: `api.service.d/limits.conf` is one of `api.service`.
fn identity(path: &str) -> (&str, &str, bool) {
    let (folder, base) = path.rsplit_once('/').unwrap_or(("", path));
    let parent = folder.rsplit('/').next().unwrap_or_default();
    let (unit, is_drop_in) = parent.strip_suffix(".d").map_or((base, false), |unit| (unit, true));
    let (name, kind) = unit.rsplit_once('.').unwrap_or((unit, "service"));
    (name, kind, is_drop_in)
}

/// The command of `ExecStart` and its kin, without the marks that may stand before it.
fn commands(file: &SourceFile<'_>, setting: &Setting<'_>, unit: RowId, facts: &mut FactSet) -> Vec<FileUse> {
    let written = file.text.get(setting.value_start..setting.range.end).unwrap_or_default();
    let command = written.trim_start_matches(['-', '@', ':', '+', '!']);
    let start = setting.value_start + written.len() - command.len();
    let script = parse_placed(command, &Places::at(start));
    let holder = Holder {
        file: file.id,
        owner: unit,
        kind: "systemd_unit",
        options: Options::default(),
        folder: "",
        bases: Vec::new(),
    };
    shell::state(&script, &holder, facts)
}

fn variables(file: &SourceFile<'_>, setting: &Setting<'_>, unit: RowId, facts: &mut FactSet) {
    for word in ini::words(&setting.value) {
        let Some((name, value)) = word.split_once('=') else { continue };
        let class = values::classify(facts.known(), name, value);
        facts.push(SystemdVariable {
            span: file.span(setting.range.clone()),
            certainty: Certainty::Certain,
            unit,
            name: name.to_owned(),
            value: value.to_owned(),
            is_secret_name: class.is_secret_name,
            value_class: class.class,
        });
    }
}
