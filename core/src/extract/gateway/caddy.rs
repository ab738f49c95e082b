//! Caddyfiles: sites with their directives, read as lines of words and blocks.

use std::ops::Range;

use super::purpose;
use crate::extract::address::host_port;
use crate::facts::schema::gateway::{GatewayPlugin, GatewayRoute, GatewayService, GatewaySetting};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::SourceFile;

/// Most lines that are read, and deepest nesting of blocks that is followed.
const MAX_LINES: usize = 20_000;
const MAX_DEPTH: usize = 16;

/// Directives that are stated as plugins.
const PLUGINS: &[&str] = &[
    "rate_limit",
    "basic_auth",
    "basicauth",
    "forward_auth",
    "authenticate",
    "authorize",
    "jwtauth",
    "encode",
    "request_body",
    "log",
];

/// Whether a file is a Caddyfile, by its path.
pub(super) fn is_caddy(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name == "Caddyfile" || name.starts_with("Caddyfile.") || name.ends_with(".caddy") || name.ends_with(".Caddyfile")
}

/// A line: its words, its bytes, and the line whose block it stands in.
struct Line {
    words: Vec<String>,
    range: Range<usize>,
    parent: Option<usize>,
}

/// States the sites of the file.
pub(super) fn state(file: &SourceFile<'_>, config: RowId, facts: &mut FactSet) {
    let lines = lines(file.text);
    for (index, line) in lines.iter().enumerate() {
        let Some(site) = site(&lines, index) else { continue };
        if site == index {
            state_site(file, line, config, facts);
        } else {
            state_directive(file, (&lines, index), &lines[site].words.join(" "), (config, facts));
        }
    }
}

/// The site that a line stands in; nothing for global options and snippets that no site reads.
fn site(lines: &[Line], index: usize) -> Option<usize> {
    let mut at = index;
    for _ in 0..=MAX_DEPTH {
        match lines[at].parent {
            Some(parent) => at = parent,
            None => break,
        }
    }
    (!lines[at].words.is_empty() && lines[at].parent.is_none()).then_some(at)
}

fn state_site(file: &SourceFile<'_>, line: &Line, config: RowId, facts: &mut FactSet) {
    if line.words[0].starts_with('(') {
        return;
    }
    let is_plain = |word: &String| word.starts_with("http://") || word.starts_with(":80") && !word.starts_with(":80:");
    let addresses = line.words.iter().map(|word| word.trim_end_matches(',').to_owned()).collect::<Vec<_>>();
    let key = if addresses.iter().all(is_plain) { "site.http" } else { "site.https" };
    setting(file, line, key, addresses.join(" "), (config, facts));
}

fn setting(file: &SourceFile<'_>, line: &Line, key: &str, value: String, (config, facts): (RowId, &mut FactSet)) {
    let certainty = if value.contains("{$") { Certainty::Unresolved } else { Certainty::Certain };
    facts.push(GatewaySetting { span: file.span(line.range.clone()), certainty, config, key: key.to_owned(), value });
}

fn state_directive(
    file: &SourceFile<'_>,
    (lines, index): (&[Line], usize),
    site: &str,
    (config, facts): (RowId, &mut FactSet),
) {
    let line = &lines[index];
    let Some(keyword) = line.words.first().map(String::as_str) else { return };
    let parent = line.parent.map_or("", |parent| lines[parent].words.first().map_or("", String::as_str));
    match keyword {
        "reverse_proxy" => state_proxy(file, (lines, index), site, (config, facts)),
        "header" => header(file, line, &line.words[1..], (config, facts)),
        _ if parent == "header" => header(file, line, &line.words, (config, facts)),
        "tls" => setting(file, line, "tls", line.words[1..].join(" "), (config, facts)),
        "respond" if line.words.iter().any(|word| word == "401" || word == "403") => {
            plugin(file, line, "respond with a refusal", "auth", (config, facts));
        }
        _ if PLUGINS.contains(&keyword) => {
            let name = if keyword == "encode" { line.words.join(" ") } else { keyword.to_owned() };
            plugin(file, line, &name, purpose(keyword), (config, facts));
        }
        _ => {}
    }
}

/// A header of answers that is set: `header [matcher] [+|>|?]Name value`, or a line of its block.
fn header(file: &SourceFile<'_>, line: &Line, words: &[String], (config, facts): (RowId, &mut FactSet)) {
    let is_matcher = |word: &&String| word.starts_with(['/', '@', '*']);
    let mut words = words.iter().skip_while(is_matcher);
    let Some(name) = words.next().filter(|name| !name.starts_with('-') && name.as_str() != "defer") else { return };
    let name = name.trim_start_matches(['+', '>', '?']).to_ascii_lowercase();
    let value = words.next().map(String::as_str).unwrap_or_default();
    if name == "access-control-allow-origin" {
        setting(file, line, "cors.origins", value.to_owned(), (config, facts));
    }
    setting(file, line, "header", name, (config, facts));
}

fn plugin(file: &SourceFile<'_>, line: &Line, name: &str, kind: &'static str, (config, facts): (RowId, &mut FactSet)) {
    facts.push(GatewayPlugin {
        span: file.span(line.range.clone()),
        certainty: Certainty::Certain,
        config,
        name: name.to_owned(),
        kind,
        scope: "route",
        target: String::new(),
        is_active: true,
    });
}

fn state_proxy(
    file: &SourceFile<'_>,
    (lines, index): (&[Line], usize),
    site: &str,
    (config, facts): (RowId, &mut FactSet),
) {
    let line = &lines[index];
    let inner: Vec<&Line> = lines.iter().filter(|other| other.parent == Some(index)).collect();
    let health = inner.iter().find(|line| line.words.first().is_some_and(|word| word == "health_uri"));
    let own = line.words[1..].iter().map(|word| (line, word));
    let more = inner.iter().filter(|line| line.words.first().is_some_and(|word| word == "to"));
    let more = more.flat_map(|line| line.words[1..].iter().map(move |word| (*line, word)));
    for (line, word) in own.chain(more).filter(|(_, word)| !word.starts_with(['/', '@', '*'])) {
        let address = host_port(&word.replace('{', "$"));
        let (span, name) = (file.span(line.range.clone()), address.host.clone().unwrap_or_else(|| word.clone()));
        let certainty = if address.host.is_some() { Certainty::Certain } else { Certainty::Unresolved };
        facts.push(GatewayService {
            span,
            certainty,
            config,
            name: name.clone(),
            host: address.host,
            port: address.port,
            is_upstream: false,
            has_health_check: health.is_some(),
            health_path: health.and_then(|line| line.words.get(1).cloned()),
        });
        facts.push(GatewayRoute {
            span,
            certainty,
            config,
            name: site.to_owned(),
            service: name,
            matches: String::new(),
        });
    }
}

/// The lines of a text, each with the line whose block it stands in.
fn lines(text: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while at < text.len() && lines.len() < MAX_LINES {
        let (words, range, end) = words(text, at);
        at = end;
        let mut words = words;
        if words.first().is_some_and(|word| word == "}") {
            open.pop();
            continue;
        }
        let opens = words.last().is_some_and(|word| word == "{");
        if opens {
            words.pop();
        }
        if words.is_empty() && !opens {
            continue;
        }
        // A file of one site may leave its braces out.
        let parent = open.last().copied().or_else(|| lone_site(&lines, opens));
        lines.push(Line { words, range, parent });
        if opens && open.len() < MAX_DEPTH {
            open.push(lines.len() - 1);
        }
    }
    lines
}

/// The first line of a file that begins with addresses and no brace: what follows belongs to it.
fn lone_site(lines: &[Line], opens: bool) -> Option<usize> {
    let first = lines.iter().position(|line| line.parent.is_none() && !line.words.is_empty())?;
    let is_lone = lines[first + 1..].iter().all(|line| line.parent.is_some());
    (is_lone && !opens).then_some(first)
}

/// The words of the line at `at`, the bytes that they take, and where the next line begins.
fn words(text: &str, at: usize) -> (Vec<String>, Range<usize>, usize) {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None::<char>);
    let (mut start, mut last) = (None, at);
    let mut characters = text[at..].char_indices().peekable();
    let mut end = text.len();
    while let Some((offset, c)) = characters.next() {
        let place = at + offset;
        match c {
            _ if quote == Some(c) => quote = None,
            _ if quote.is_some() => word.get_or_insert_default().push(c),
            '"' | '`' if word.is_none() => {
                quote = Some(c);
                word = Some(String::new());
            }
            '\\' if characters.peek().is_some_and(|(_, next)| *next == '\n') => {
                characters.next();
            }
            '#' if word.is_none() => {
                end = text[place..].find('\n').map_or(text.len(), |length| place + length + 1);
                break;
            }
            '\n' => {
                end = place + 1;
                break;
            }
            c if c.is_whitespace() => words.extend(word.take()),
            c => word.get_or_insert_default().push(c),
        }
        if !c.is_whitespace() {
            start.get_or_insert(place);
            last = place + c.len_utf8();
        }
    }
    words.extend(word);
    (words, start.unwrap_or(at)..last, end)
}
