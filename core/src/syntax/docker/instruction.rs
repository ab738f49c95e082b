//! What each instruction's arguments are. `None` tells that the text is no such instruction: it is then left out of a
//! target, and a pattern is read as shell.

use std::ops::Range;

use super::super::bash::Hole;
use super::super::tree::{Kind, NodeId, Role, Sym};
use super::lines::Line;
use super::rest::{Rest, array_items, split_tag};
use super::{Writer, bash};

/// Deepest nesting of `ONBUILD` and `HEALTHCHECK`.
const MAX_DEPTH: usize = 4;

impl Writer<'_> {
    /// Writes an instruction as a statement.
    pub(super) fn instruction(&mut self, line: &Line, depth: usize) -> Option<()> {
        let (name, rest) = Rest::new(&line.text, line.start).bare()?;
        let mark = self.builder.mark();
        let written = self.statement(name, rest, line, depth);
        if written.is_none() {
            self.builder.rewind(mark);
        }
        written
    }

    fn statement(&mut self, name: Rest<'_>, rest: Rest<'_>, line: &Line, depth: usize) -> Option<()> {
        let upper = name.text.to_ascii_uppercase();
        let range = whole(&upper, name, rest, line);
        if self.holes.is_some() && rest.text.is_empty() {
            let is_ellipsis = name.text == "...";
            let hole = self.whole_hole(name.text).cloned();
            if is_ellipsis || hole.is_some() {
                let statement = self.builder.open(Kind::ExprStmt, Role::Item, range.clone());
                match hole {
                    Some(hole) => self.hole(&hole, Role::Item, range),
                    None => {
                        self.builder.leaf(Kind::Ellipsis, Role::Item, range, Sym::NONE);
                    }
                }
                self.builder.close(statement);
                return Some(());
            }
        }
        match upper.as_str() {
            "ENV" => self.environment(rest, range),
            "LABEL" => self.labels(name, rest),
            "HEALTHCHECK" if self.holes.is_some() && rest.text == "..." => {
                let statement = self.builder.open(Kind::ExprStmt, Role::Item, range.clone());
                self.builder.leaf(Kind::Ellipsis, Role::Item, range, Sym::NONE);
                self.builder.close(statement);
                Some(())
            }
            _ => {
                let statement = self.builder.open(Kind::ExprStmt, Role::Item, range);
                self.call(name, rest, line, depth)?;
                self.builder.close(statement);
                Some(())
            }
        }
    }

    /// An instruction as a call.
    fn call(&mut self, name: Rest<'_>, rest: Rest<'_>, line: &Line, depth: usize) -> Option<()> {
        let role = if depth == 0 { Role::Item } else { Role::Arg };
        let upper = name.text.to_ascii_uppercase();
        let call = self.open_call(&upper, name, role, whole(&upper, name, rest, line));
        match upper.as_str() {
            "FROM" => self.from(rest),
            "RUN" | "CMD" | "ENTRYPOINT" => self.run(&upper, rest, line),
            "COPY" | "ADD" => self.copy(rest, line),
            "EXPOSE" => self.expose(rest),
            "VOLUME" => self.array(rest).or_else(|| self.words(rest)),
            "USER" => self.user(rest),
            "ARG" => self.argument(rest),
            "SHELL" => {
                self.foreign_shell = foreign_shell(rest.text);
                self.array(rest)
            }
            "WORKDIR" | "STOPSIGNAL" => self.one(rest),
            "MAINTAINER" => self.maintainer(rest),
            "ONBUILD" if depth < MAX_DEPTH => self.nested(rest, line, depth),
            "HEALTHCHECK" if depth < MAX_DEPTH => self.healthcheck(rest, line, depth),
            _ => None,
        }?;
        self.builder.close(call);
        Some(())
    }

    fn open_call(&mut self, upper: &str, name: Rest<'_>, role: Role, range: Range<usize>) -> NodeId {
        let call = self.builder.open(Kind::Call, role, range);
        self.builder.leaf(Kind::Name, Role::Callee, name.range(), Sym::new(upper));
        call
    }

    /// A named argument that a pattern may leave out.
    fn optional(&mut self, name: &str, range: Range<usize>, write: impl FnOnce(&mut Self)) {
        let argument = self.builder.open(Kind::OptionalArg, Role::Arg, range.clone());
        self.builder.leaf(Kind::Ident, Role::Name, range.start..range.start, Sym::new(name));
        write(self);
        self.builder.close(argument);
    }

    /// The flags at the start, and what follows them.
    fn flags<'l>(&self, mut rest: Rest<'l>) -> (Vec<(Rest<'l>, Rest<'l>)>, Rest<'l>) {
        let mut flags = Vec::new();
        while rest.text.starts_with("--") {
            let Some((word, after)) = rest.bare() else { break };
            let (key, value) = word.split('=').unwrap_or((word, word.cut(word.text.len()..word.text.len())));
            flags.push((key, value));
            rest = after;
        }
        (flags, rest)
    }

    fn flag(&mut self, (key, value): (Rest<'_>, Rest<'_>)) {
        self.optional(key.text, key.at..value.end(), |writer| match writer.whole_hole(value.text).cloned() {
            Some(hole) => writer.hole(&hole, Role::Value, value.range()),
            None => writer.literal(value.text, Role::Value, value.range(), (0, 0)),
        });
    }

    fn from(&mut self, rest: Rest<'_>) -> Option<()> {
        let (flags, rest) = self.flags(rest);
        let (image, rest) = rest.bare()?;
        let (image, digest) = image.split('@').map_or((image, None), |(image, digest)| (image, Some(digest)));
        let (image, tag) = split_tag(image).map_or((image, None), |(image, tag)| (image, Some(tag)));
        if image.text.is_empty() {
            return None;
        }
        self.parts(image.text, image.at, Role::Arg, (0, 0));
        for flag in flags {
            self.flag(flag);
        }
        for (name, part) in [(":", tag), ("@", digest)] {
            if let Some(part) = part {
                self.optional(name, part.at - 1..part.end(), |writer| {
                    writer.parts(part.text, part.at, Role::Value, (0, 0));
                });
            }
        }
        if let Some((keyword, rest)) = rest.bare() {
            let (alias, rest) = rest.bare()?;
            if !keyword.text.eq_ignore_ascii_case("as") || !rest.text.is_empty() {
                return None;
            }
            self.optional("as", keyword.at..alias.end(), |writer| {
                writer.parts(alias.text, alias.at, Role::Value, (0, 0));
            });
        }
        Some(())
    }

    fn run(&mut self, upper: &str, rest: Rest<'_>, line: &Line) -> Option<()> {
        let (flags, rest) = if upper == "RUN" { self.flags(rest) } else { (Vec::new(), rest) };
        if !line.documents.is_empty() {
            self.documents(rest, line);
        } else if self.array(rest).is_none() {
            self.shell(rest, line)?;
        }
        for (key, value) in flags {
            let name = key.text.trim_start_matches('-');
            if name == "mount" && value.text.contains('=') {
                self.optional(name, key.at..value.end(), |writer| writer.mount(key, value));
            } else {
                let named = Rest { text: name, at: key.at };
                self.flag((named, value));
            }
        }
        Some(())
    }

    fn mount(&mut self, key: Rest<'_>, value: Rest<'_>) {
        let call = self.builder.open(Kind::Call, Role::Value, value.range());
        self.builder.leaf(Kind::Name, Role::Callee, key.range(), Sym::new("MOUNT"));
        let mut rest = Some(value);
        while let Some(options) = rest {
            let (option, after) = options.split(',').map_or((options, None), |(option, after)| (option, Some(after)));
            rest = after;
            if let Some(pair) = option.split('=') {
                self.flag(pair);
            }
        }
        self.builder.close(call);
    }

    /// Text around here-documents, and the documents, as strings.
    fn documents(&mut self, rest: Rest<'_>, line: &Line) {
        let mut at = 0;
        let mut documents = line.documents.iter();
        while let Some(marker) = rest.text[at..].find("<<").map(|found| at + found) {
            self.remaining(rest.cut(at..marker));
            let word = rest.text[marker..].find(char::is_whitespace).map_or(rest.text.len(), |len| marker + len);
            if let Some((range, body)) = documents.next() {
                self.literal(body, Role::Arg, range.clone(), (0, 0));
            }
            at = word;
        }
        self.remaining(rest.cut(at..rest.text.len()));
    }

    fn remaining(&mut self, text: Rest<'_>) {
        if !text.text.trim().is_empty() {
            self.literal(text.text, Role::Arg, text.range(), (0, 0));
        }
    }

    /// A command in the shell form.
    fn shell(&mut self, rest: Rest<'_>, line: &Line) -> Option<()> {
        if self.holes.is_some() {
            let hole = self.whole_hole(rest.text).cloned();
            match hole {
                _ if rest.text == "..." => {
                    self.builder.leaf(Kind::Ellipsis, Role::Arg, rest.range(), Sym::NONE);
                    return Some(());
                }
                Some(Hole::Rest(name)) => {
                    self.builder.pattern_leaf(Kind::MetavarRest, Role::Arg, rest.range(), &name);
                    return Some(());
                }
                _ => {}
            }
        }
        if rest.text.is_empty() {
            return None;
        }
        if let Some(shell) = self.foreign_shell.clone() {
            let call = self.hidden_call(&format!("!dockerfile_{shell}!"), Role::Arg, rest.range());
            self.literal(rest.text, Role::Arg, rest.range(), (0, 0));
            self.builder.close(call);
            return Some(());
        }
        let call = self.hidden_call("!dockerfile_sh!", Role::Arg, rest.range());
        let block = self.builder.open(Kind::Block, Role::Arg, rest.range());
        let script = rejoined(rest, line);
        let parsed = bash::embed(&mut self.builder, &script, rest.at, self.holes);
        self.builder.close(block);
        self.builder.close(call);
        if self.holes.is_some() { parsed } else { Some(()) }
    }

    /// `["a", "b"]`; `...` and metavariables in patterns.
    fn array(&mut self, rest: Rest<'_>) -> Option<()> {
        let inner = rest.text.strip_prefix('[')?.strip_suffix(']')?;
        let items = array_items(inner, rest.at + 1)?;
        let is_pattern = self.holes.is_some();
        let is_item = |item: &Rest<'_>| {
            item.text.starts_with('"') || is_pattern && (item.text == "..." || self.whole_hole(item.text).is_some())
        };
        if !items.iter().all(is_item) {
            return None;
        }
        let list = self.builder.open(Kind::List, Role::Arg, rest.range());
        for item in items {
            let hole = self.whole_hole(item.text).cloned();
            match (item.text, hole) {
                ("...", _) => {
                    self.builder.leaf(Kind::Ellipsis, Role::Item, item.range(), Sym::NONE);
                }
                (_, Some(hole)) => self.hole(&hole, Role::Item, item.range()),
                (text, None) => {
                    let content = text.get(1..text.len().saturating_sub(1)).unwrap_or_default();
                    let content = self.as_written(content);
                    self.literal(&content, Role::Item, item.range(), (1, 1));
                }
            }
        }
        self.builder.close(list);
        Some(())
    }

    /// A text with its holes spelt as the pattern spells them: within quotes they are for the matcher to read.
    fn as_written(&self, text: &str) -> String {
        self.holes.map_or_else(|| text.to_owned(), |holes| holes.written(text))
    }

    fn path(&mut self, word: Rest<'_>, role: Role) {
        if self.holes.is_some() && word.text == "..." {
            self.builder.leaf(Kind::Ellipsis, role, word.range(), Sym::NONE);
        } else {
            self.parts(word.text, word.at, role, (0, 0));
        }
    }

    fn words(&mut self, mut rest: Rest<'_>) -> Option<()> {
        rest.bare()?;
        while let Some((word, after)) = rest.bare() {
            self.path(word, Role::Arg);
            rest = after;
        }
        Some(())
    }

    fn one(&mut self, rest: Rest<'_>) -> Option<()> {
        let (word, _) = rest.bare()?;
        self.parts(word.text, word.at, Role::Arg, (0, 0));
        Some(())
    }

    /// What is copied, as one tuple, and where it goes: `...` stands for any number of the former, or for the latter.
    fn copy(&mut self, rest: Rest<'_>, line: &Line) -> Option<()> {
        let (flags, rest) = self.flags(rest);
        let (first, mut after) = rest.bare()?;
        let mut last = first;
        let mut documents = line.documents.iter();
        let sources = self.builder.open(Kind::Tuple, Role::Arg, rest.range());
        while let Some((word, behind)) = after.bare() {
            match documents.next().filter(|_| last.text.starts_with("<<")) {
                Some((range, body)) => self.literal(body, Role::Item, range.clone(), (0, 0)),
                None => self.path(last, Role::Item),
            }
            (last, after) = (word, behind);
        }
        self.builder.close(sources);
        if last.at == first.at {
            return None;
        }
        self.path(last, Role::Arg);
        for flag in flags {
            self.flag(flag);
        }
        Some(())
    }

    fn expose(&mut self, mut rest: Rest<'_>) -> Option<()> {
        rest.bare()?;
        while let Some((word, after)) = rest.bare() {
            let protocol = ["/tcp", "/udp"].iter().find(|protocol| word.text.ends_with(**protocol));
            match protocol {
                Some(protocol) if !word.text.contains('$') => {
                    let port = word.text.len() - protocol.len();
                    let pair = self.builder.open(Kind::Tuple, Role::Arg, word.range());
                    self.literal(&word.text[..port], Role::Item, word.at..word.at + port, (0, 0));
                    self.literal(protocol, Role::Item, word.at + port..word.end(), (0, 0));
                    self.builder.close(pair);
                }
                _ => self.path(word, Role::Arg),
            }
            rest = after;
        }
        Some(())
    }

    fn user(&mut self, rest: Rest<'_>) -> Option<()> {
        let (word, rest) = rest.bare()?;
        if self.holes.is_some() && (!rest.text.is_empty() || word.text.contains(['"', '\'', '.'])) {
            return None;
        }
        let split = split_tag(word);
        let (user, group) = split.map_or((word, None), |(user, group)| (user, Some(group)));
        self.parts(user.text, user.at, Role::Arg, (0, 0));
        if let Some(group) = group {
            self.optional(":", group.at - 1..group.end(), |writer| {
                writer.parts(group.text, group.at, Role::Value, (0, 0));
            });
        }
        Some(())
    }

    fn argument(&mut self, rest: Rest<'_>) -> Option<()> {
        let (word, _) = rest.word()?;
        let (key, value) = word.split('=').map_or((word, None), |(key, value)| (key, Some(value)));
        self.name(key.text, Role::Arg, key.range());
        if let Some(value) = value {
            self.word(value.text, value.at, Role::Arg);
        }
        Some(())
    }

    fn maintainer(&mut self, rest: Rest<'_>) -> Option<()> {
        match self.whole_hole(rest.text).cloned() {
            Some(hole) => self.hole(&hole, Role::Arg, rest.range()),
            None => self.literal(rest.text, Role::Arg, rest.range(), (0, 0)),
        }
        Some(())
    }

    /// The instruction of an `ONBUILD`.
    fn nested(&mut self, rest: Rest<'_>, line: &Line, depth: usize) -> Option<()> {
        let (name, rest) = rest.bare()?;
        self.call(name, rest, line, depth + 1)
    }

    fn healthcheck(&mut self, rest: Rest<'_>, line: &Line, depth: usize) -> Option<()> {
        if rest.text.eq_ignore_ascii_case("none") {
            self.literal(rest.text, Role::Arg, rest.range(), (0, 0));
            return Some(());
        }
        if let Some(hole) = self.whole_hole(rest.text).cloned() {
            self.hole(&hole, Role::Arg, rest.range());
            return Some(());
        }
        if rest.text.starts_with('$') && !rest.text.contains(' ') {
            self.name(rest.text, Role::Arg, rest.range());
            return Some(());
        }
        let (flags, mut rest) = self.flags(rest);
        let mut dots = Vec::new();
        while let (Some((word, after)), true) = (rest.bare(), self.holes.is_some())
            && word.text == "..."
        {
            dots.push(word);
            rest = after;
        }
        let (name, rest) = rest.bare()?;
        if !name.text.eq_ignore_ascii_case("cmd") {
            return None;
        }
        self.call(name, rest, line, depth + 1)?;
        for dots in dots {
            self.builder.leaf(Kind::Ellipsis, Role::Arg, dots.range(), Sym::NONE);
        }
        for flag in flags {
            self.flag(flag);
        }
        Some(())
    }

    fn labels(&mut self, name: Rest<'_>, mut rest: Rest<'_>) -> Option<()> {
        let is_alone = rest.text == "...";
        rest.word()?;
        while let Some((word, after)) = rest.word() {
            rest = after;
            let is_ellipsis = self.holes.is_some() && word.text == "...";
            if is_ellipsis && !is_alone {
                continue;
            }
            let statement = self.builder.open(Kind::ExprStmt, Role::Item, name.at..word.end());
            let call = self.open_call("LABEL", name, Role::Item, name.at..word.end());
            if is_ellipsis {
                self.builder.leaf(Kind::Ellipsis, Role::Arg, word.range(), Sym::NONE);
            } else {
                let (key, value) = match word.split('=') {
                    Some(pair) => pair,
                    None if self.holes.is_some() => return None,
                    // The old form: one key, and all that follows is the value.
                    None => (word, std::mem::replace(&mut rest, after.cut(after.text.len()..after.text.len()))),
                };
                self.word(key.text, key.at, Role::Arg);
                self.word(value.text, value.at, Role::Arg);
            }
            self.builder.close(call);
            self.builder.close(statement);
        }
        Some(())
    }

    fn environment(&mut self, mut rest: Rest<'_>, range: Range<usize>) -> Option<()> {
        let (first, after) = rest.word()?;
        let is_pattern = self.holes.is_some();
        let start = first.at;
        let block = self.builder.open(Kind::Block, Role::Item, start..range.end);
        let is_spaced = !first.text.contains('=') && first.text != "...";
        if is_spaced {
            if is_pattern && (self.whole_hole(first.text).is_some() || after.text.is_empty()) {
                return None;
            }
            self.definition(first, after);
            rest = after.cut(after.text.len()..after.text.len());
        }
        while let Some((word, after)) = rest.word() {
            rest = after;
            if is_pattern && word.text == "..." {
                let statement = self.builder.open(Kind::ExprStmt, Role::Item, word.range());
                self.builder.leaf(Kind::Ellipsis, Role::Item, word.range(), Sym::NONE);
                self.builder.close(statement);
                continue;
            }
            let Some((key, value)) = word.split('=') else { if is_pattern { return None } else { continue } };
            if is_pattern && self.whole_hole(key.text).is_some() {
                return None;
            }
            self.definition(key, value);
        }
        self.builder.close(block);
        Some(())
    }

    fn definition(&mut self, key: Rest<'_>, value: Rest<'_>) {
        let definition = self.builder.open(Kind::VarDef, Role::Item, key.at..value.end());
        self.name(key.text, Role::Target, key.range());
        self.word(value.text, value.at, Role::Value);
        self.builder.close(definition);
    }
}

/// The bytes of an instruction with its here-documents.
fn whole(upper: &str, name: Rest<'_>, rest: Rest<'_>, line: &Line) -> Range<usize> {
    name.at..line.end(rest.end().max(name.end()), matches!(upper, "COPY" | "ADD"))
}

/// A command with its joints written as the shell writes them: a comment in it ends at its line.
fn rejoined(rest: Rest<'_>, line: &Line) -> String {
    let mut script = rest.text.to_owned();
    let from = rest.at - line.start;
    for joint in line.joints.iter().filter_map(|joint| joint.checked_sub(from)) {
        if joint >= 2 && script.get(joint - 2..joint) == Some("  ") {
            script.replace_range(joint - 2..joint, "\\\n");
        }
    }
    script
}

/// The shell that a `SHELL` sets, where it is none whose language is read.
fn foreign_shell(array: &str) -> Option<String> {
    if !array.trim_start_matches(['[', ' ', '\t']).starts_with('"') {
        return None;
    }
    let words: Vec<&str> = array.split('"').skip(1).step_by(2).collect();
    let shell = match words[..] {
        ["/usr/bin/env", shell, ..] | [shell, ..] => shell,
        [] => return None,
    };
    (!matches!(shell, "/bin/bash" | "/bin/sh" | "bash" | "sh")).then(|| shell.to_owned())
}
