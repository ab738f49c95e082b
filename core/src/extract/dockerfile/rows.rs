//! The rows that a Dockerfile states by itself.

use std::ops::Range;

use super::context::{CopyModel, FileModel, InstallModel};
use super::expand::expand;
use super::install::installs;
use super::reading::{Reading, Stage, Step, scripts, texts};
use crate::extract::compose::{arguments, local_port, program};
use crate::extract::shell::{self as shell_rows, Holder, Options};
use crate::extract::{dotenv, role, values};
use crate::facts::schema::dockerfile::{
    Dockerfile, DockerfileArgument, DockerfileCopy, DockerfileFlag, DockerfileHealthcheck, DockerfileInstruction,
    DockerfilePackage, DockerfilePort, DockerfileStage, DockerfileVariable,
};
use crate::facts::{Certainty, FactSet, RowId, duration_seconds};
use crate::source::{SourceFile, Span};
use crate::syntax::dockerfile::{Instruction, Word, parse};
use crate::syntax::shell::Script;

/// Most bytes of an instruction's text that a row keeps.
const MAX_TEXT: usize = 4096;

/// States the rows of `file`, and keeps what the link step needs.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> FileModel {
    let parsed = parse(file.text);
    let reading = Reading::follow(&parsed.instructions, facts.known());
    let role = role::role(file.path);
    let dockerfile = facts.push(Dockerfile {
        span: Span::file_start(file.id),
        certainty: if parsed.is_cut { Certainty::Unresolved } else { Certainty::Certain },
        path: file.path.to_owned(),
        folder: dotenv::folder(file.path).to_owned(),
        role,
        stages: reading.stages.len() as i64,
    });
    let mut writer = Writer {
        file,
        instructions: &parsed.instructions,
        reading: &reading,
        dockerfile,
        role,
        stages: Vec::new(),
        model: FileModel::new(dockerfile, Span::file_start(file.id), file.path),
        facts,
    };
    for (position, stage) in reading.stages.iter().enumerate() {
        writer.stage(position, stage);
    }
    for (position, instruction) in parsed.instructions.iter().enumerate() {
        writer.instruction(position, instruction);
    }
    writer.model.stages = reading.stages.iter().map(|stage| stage.base_stage).collect();
    writer.model
}

struct Writer<'a, 't> {
    file: &'a SourceFile<'t>,
    instructions: &'a [Instruction],
    reading: &'a Reading,
    dockerfile: RowId,
    role: &'static str,
    stages: Vec<RowId>,
    model: FileModel,
    facts: &'a mut FactSet,
}

/// An instruction with its row and what is in force at it.
struct At<'a> {
    id: RowId,
    position: usize,
    instruction: &'a Instruction,
    step: &'a Step,
    stage: Option<RowId>,
}

impl Writer<'_, '_> {
    fn span(&self, range: &Range<usize>) -> Span {
        self.file.span(range.clone())
    }

    fn stage(&mut self, position: usize, stage: &Stage) {
        let instruction = &self.instructions[stage.from];
        let base = stage.known_base.as_ref();
        let image = stage.image.as_ref();
        let joined = |words: &Option<Vec<Word>>| words.clone().map(|words| texts(words).join(" "));
        let id = self.facts.push(DockerfileStage {
            span: self.span(&instruction.range),
            certainty: if stage.is_base_known { Certainty::Certain } else { Certainty::Unresolved },
            dockerfile: self.dockerfile,
            position: position as i64,
            name: stage.name.clone(),
            is_final: position + 1 == self.reading.stages.len(),
            base: stage.base.clone(),
            base_stage: stage.base_stage.and_then(|below| self.stages.get(below).copied()),
            image_name: image.map(|image| image.name.clone()),
            image_tag: image.and_then(|image| image.tag.clone()),
            image_digest: image.and_then(|image| image.digest.clone()),
            known_image: image.and_then(|image| self.facts.known().image(&image.name)).map(|row| row.image.clone()),
            known_base: base.map(|base| base.image.clone()),
            known_tag_word: base.map(|base| base.tag_word.clone()),
            distribution: base.map(|base| base.distribution.clone()).filter(|name| !name.is_empty()),
            is_scratch: image.is_some_and(|image| image.name == "scratch"),
            platform: instruction.flag("platform").map(str::to_owned),
            user: stage.user.clone(),
            user_span: stage.user_range.as_ref().map(|range| self.span(range)),
            is_root: stage.is_root(),
            drops_root: stage.drops_root(),
            workdir: stage.workdir.clone(),
            entrypoint: joined(&stage.entrypoint),
            command: joined(&stage.command),
            shell: stage.shell.as_ref().map(|words| words.join(" ")),
            role: self.role,
        });
        self.stages.push(id);
        self.arguments(id, "entrypoint", &stage.entrypoint);
        self.arguments(id, "command", &stage.command);
        self.ports(id, stage);
        self.healthcheck(id, stage);
    }

    fn arguments(&mut self, stage: RowId, part: &'static str, words: &Option<Vec<Word>>) {
        let Some(words) = words else { return };
        for (position, argument) in arguments(&texts(words.clone())).into_iter().enumerate() {
            let range = words.get(position).or(words.last()).map(|word| word.range.clone()).unwrap_or_default();
            self.facts.push(DockerfileArgument {
                span: self.span(&range),
                certainty: if argument.word.contains('$') { Certainty::Unresolved } else { Certainty::Certain },
                stage,
                part,
                position: position as i64,
                word: argument.word,
                option: argument.option,
                value: argument.value,
            });
        }
    }

    fn ports(&mut self, id: RowId, stage: &Stage) {
        for &at in &stage.exposes {
            let variables = &self.reading.steps[at].variables;
            for word in self.instructions[at].words() {
                let (text, is_known) = expand(&word.text, variables);
                let (ports, protocol) = text.split_once('/').unwrap_or((&text, "tcp"));
                let (first, last) = ports.split_once('-').unwrap_or((ports, ports));
                self.facts.push(DockerfilePort {
                    span: self.span(&word.range),
                    certainty: if is_known { Certainty::Certain } else { Certainty::Unresolved },
                    stage: id,
                    port: first.parse().ok(),
                    port_end: last.parse().ok(),
                    protocol: protocol.to_ascii_lowercase(),
                    written: text.clone(),
                });
            }
        }
    }

    fn healthcheck(&mut self, id: RowId, stage: &Stage) {
        let Some(instruction) = stage.healthcheck.map(|at| &self.instructions[at]) else { return };
        let nested = instruction.nested();
        let words = nested.as_ref().map(|command| match command.exec() {
            Some(words) => texts(words),
            None => vec!["sh".to_owned(), "-c".to_owned(), command.text.clone()],
        });
        let seconds = |name: &str| instruction.flag(name).and_then(duration_seconds);
        let test =
            nested.as_ref().map(|command| command.exec().map_or(command.text.clone(), |words| texts(words).join(" ")));
        self.facts.push(DockerfileHealthcheck {
            span: self.span(&instruction.range),
            certainty: Certainty::Certain,
            stage: id,
            is_disabled: instruction.text.trim().eq_ignore_ascii_case("none"),
            form: nested.as_ref().map(form),
            program: words.as_deref().and_then(program),
            port: test.as_deref().and_then(local_port),
            test,
            interval: seconds("interval"),
            timeout: seconds("timeout"),
        });
    }

    fn instruction(&mut self, position: usize, instruction: &Instruction) {
        let step = &self.reading.steps[position];
        let stage = step.stage.and_then(|stage| self.stages.get(stage).copied());
        let has_forms = matches!(instruction.keyword.as_str(), "RUN" | "CMD" | "ENTRYPOINT" | "HEALTHCHECK");
        let id = self.facts.push(DockerfileInstruction {
            span: self.span(&instruction.range),
            certainty: Certainty::Certain,
            dockerfile: self.dockerfile,
            stage,
            position: position as i64,
            keyword: instruction.keyword.clone(),
            text: clipped(&instruction.text),
            form: has_forms.then(|| form(instruction)),
            is_known: instruction.is_known(),
            user: step.user.clone(),
            workdir: step.workdir.clone(),
        });
        for flag in &instruction.flags {
            self.facts.push(DockerfileFlag {
                span: self.span(&flag.range),
                certainty: Certainty::Certain,
                instruction: id,
                name: flag.name.clone(),
                value: flag.value.clone(),
            });
        }
        let at = At { id, position, instruction, step, stage };
        match instruction.keyword.as_str() {
            "ARG" => self.variables("ARG", &at),
            "ENV" => self.variables("ENV", &at),
            "COPY" => self.copy("COPY", &at),
            "ADD" => self.copy("ADD", &at),
            "RUN" => self.run(&at),
            _ => {}
        }
    }

    fn variables(&mut self, keyword: &'static str, at: &At<'_>) {
        for (name, written, range) in at.instruction.pairs() {
            let expanded = written.as_ref().map(|value| expand(value, &at.step.variables));
            let is_known = expanded.as_ref().is_none_or(|(_, is_known)| *is_known);
            let value = expanded.map(|(value, _)| value);
            let classified = values::classify(self.facts.known(), &name, value.as_deref().unwrap_or_default());
            self.facts.push(DockerfileVariable {
                span: self.span(&range),
                certainty: if is_known { Certainty::Certain } else { Certainty::Unresolved },
                dockerfile: self.dockerfile,
                stage: at.stage,
                instruction: at.id,
                keyword,
                name,
                value,
                is_secret_name: classified.is_secret_name,
                value_class: classified.class,
                provider: classified.provider,
            });
        }
    }

    fn copy(&mut self, keyword: &'static str, at: &At<'_>) {
        let Some((stage, stage_index)) = at.stage.zip(at.step.stage) else { return };
        let words = at.instruction.words();
        let Some((destination, sources)) = words.split_last() else { return };
        let from_text = at.instruction.flag("from").map(|from| expand(from, &at.step.variables).0);
        let from_stage = from_text.as_deref().and_then(|name| self.reading.stage(name, stage_index));
        let (written_target, is_target_known) = expand(&destination.text, &at.step.variables);
        let target = is_target_known.then(|| image_path(at.step.workdir.as_deref(), &written_target)).flatten();
        for word in sources {
            let (source, is_known) = expand(&word.text, &at.step.variables);
            let kind = copy_kind(&source, from_text.is_some(), from_stage.is_some());
            let copy = self.facts.push(DockerfileCopy {
                span: self.span(&word.range),
                certainty: if is_known { Certainty::Certain } else { Certainty::Unresolved },
                stage,
                instruction: at.id,
                keyword,
                source: source.clone(),
                destination: destination.text.clone(),
                target: target.clone(),
                sources: sources.len() as i64,
                from_text: from_text.clone(),
                from_stage: from_stage.and_then(|stage| self.stages.get(stage).copied()),
                kind,
                chown: at.instruction.flag("chown").map(str::to_owned),
                chmod: at.instruction.flag("chmod").map(str::to_owned),
            });
            let span = self.span(&word.range);
            self.model.copies.push(CopyModel {
                id: Some(copy).filter(|_| kind == "context"),
                span,
                stage: stage_index,
                position: at.position,
                source: is_known.then_some(source),
                target: target.clone(),
                from_stage,
            });
        }
    }

    fn run(&mut self, at: &At<'_>) {
        let shell_options = at.step.shell.as_ref().map(|words| words.join(" ")).unwrap_or_default();
        let options = Options {
            errexit: shell_options.contains("-e"),
            pipefail: shell_options.contains("pipefail"),
            ..Options::default()
        };
        for script in scripts(at.instruction, self.file.text) {
            let holder = Holder {
                file: self.file.id,
                owner: at.id,
                kind: "dockerfile_run",
                options: options.clone(),
                folder: dotenv::folder(self.file.path),
                bases: Vec::new(),
            };
            shell_rows::state(&script, &holder, self.facts);
            self.installs(&script, at);
        }
        self.bind_mounts(at);
    }

    fn installs(&mut self, script: &Script, at: &At<'_>) {
        let Some((stage, stage_index)) = at.stage.zip(at.step.stage) else { return };
        for command in &script.commands {
            let (packages, listings) = installs(command);
            for package in packages {
                self.facts.push(DockerfilePackage {
                    span: self.span(&package.word.range),
                    certainty: if package.word.literal { Certainty::Certain } else { Certainty::Unresolved },
                    stage,
                    instruction: at.id,
                    manager: package.manager,
                    name: package.name,
                    version: package.version,
                    source: package.source,
                });
            }
            for listing in listings {
                self.model.installs.push(InstallModel {
                    span: self.span(&listing.command.range),
                    stage,
                    stage_index,
                    instruction: at.id,
                    position: at.position,
                    manager: listing.manager,
                    kind: listing.kind,
                    target: image_path(at.step.workdir.as_deref(), &listing.written),
                    written: listing.written,
                });
            }
        }
    }

    /// `RUN --mount=type=bind` shows a file of the context to one step, as a copy would.
    fn bind_mounts(&mut self, at: &At<'_>) {
        let Some(stage) = at.step.stage else { return };
        for flag in at.instruction.flags.iter().filter(|flag| flag.name == "mount") {
            let options = flag.value.as_deref().unwrap_or_default();
            let option = |name: &str| options.split(',').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
            let is_bind = option("type").is_none_or(|kind| kind == "bind") && option("from").is_none();
            let Some(target) = option("target").or_else(|| option("dst")).filter(|_| is_bind) else { continue };
            self.model.copies.push(CopyModel {
                id: None,
                span: self.span(&flag.range),
                stage,
                position: at.position,
                source: Some(option("source").or_else(|| option("src")).unwrap_or(".").to_owned()),
                target: image_path(at.step.workdir.as_deref(), target),
                from_stage: None,
            });
        }
    }
}

fn form(instruction: &Instruction) -> &'static str {
    if instruction.exec().is_some() { "exec" } else { "shell" }
}

fn copy_kind(source: &str, has_from: bool, is_stage: bool) -> &'static str {
    match (has_from, is_stage) {
        (_, true) => "stage",
        (true, _) => "image",
        _ if source.starts_with("<<") => "heredoc",
        _ if source.starts_with("git@") || source.ends_with(".git") => "git",
        _ if source.contains("://") => "url",
        _ => "context",
    }
}

/// A path of the image, from the working directory where it is relative.
fn image_path(workdir: Option<&str>, path: &str) -> Option<String> {
    crate::facts::path_join(workdir.unwrap_or("/"), path)
}

fn clipped(text: &str) -> String {
    let mut end = text.len().min(MAX_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned()
}
