//! Requirements files of pip: a line splitter of our own, for no crate keeps positions.

use std::ops::Range;

use super::requirement::{Requirement, source_of};
use super::{Head, Include, Manifest, Place, push_index, push_manifest, push_requirement};
use crate::facts::FactSet;
use crate::source::SourceFile;

/// States a requirements or constraints file.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let constraints = file.path.rsplit('/').next().is_some_and(|name| name.contains("constraint"));
    let kind = if constraints { "constraints" } else { "requirements" };
    let lines = logical_lines(file.text);
    let is_lock = lines.iter().any(|line| line.text.contains("--hash=")) || is_compiled(file.text);
    // What a URL without a name installs is not known until it is fetched.
    let is_open = lines.iter().any(|line| is_nameless_url(&line.text));
    let row = push_manifest(file, Head { kind, is_lock, is_open, ..Head::default() }, facts);
    let mut manifest = Manifest { row, includes: Vec::new() };
    let scope = if super::is_development(file.path) { "dev" } else { "main" };
    for line in lines {
        let span = file.span(line.range.clone());
        if let Some((kind, path)) = include(&line.text) {
            manifest.includes.push(Include { span, path: path.to_owned(), kind });
        } else if let Some(index) = index(&line.text) {
            push_index(span, row, index, facts);
        } else if let Some(requirement) = requirement(&line.text) {
            push_requirement(span, Place { manifest: row, scope, group: None }, requirement, facts);
        }
    }
    Some(manifest)
}

/// pip-tools and uv say in a comment that they wrote the file: it pins what is indirect too.
fn is_compiled(text: &str) -> bool {
    let head: String = text.lines().take(8).filter(|line| line.starts_with('#')).collect();
    head.contains("pip-compile") || head.contains("uv pip compile") || head.contains("uv export")
}

/// A line with its continuations joined and its comment taken off.
struct Line {
    text: String,
    range: Range<usize>,
}

fn logical_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut joined: Option<Line> = None;
    for raw in text.split_inclusive('\n') {
        let end = start + raw.trim_end().len();
        let content = uncommented(raw.trim_end());
        let (content, goes_on) = match content.strip_suffix('\\') {
            Some(content) => (content, true),
            None => (content, false),
        };
        let indent = content.len() - content.trim_start().len();
        match &mut joined {
            Some(line) => {
                line.text.push(' ');
                line.text.push_str(content.trim());
            }
            None => joined = Some(Line { text: content.trim().to_owned(), range: start + indent..end }),
        }
        if !goes_on {
            lines.extend(joined.take().filter(|line| !line.text.is_empty()));
        }
        start += raw.len();
    }
    lines.extend(joined.filter(|line| !line.text.is_empty()));
    lines
}

/// A comment begins at `#` at the start or after white space.
fn uncommented(line: &str) -> &str {
    let bytes = line.as_bytes();
    let at =
        memchr::memchr_iter(b'#', bytes).find(|&at| at == 0 || bytes.get(at - 1).is_some_and(u8::is_ascii_whitespace));
    line[..at.unwrap_or(line.len())].trim_end()
}

/// `-r file`, `--requirement=file`, `-c file`.
fn include(line: &str) -> Option<(&'static str, &str)> {
    let options = [
        ("-r", "requirements"),
        ("--requirement", "requirements"),
        ("-c", "constraints"),
        ("--constraint", "constraints"),
    ];
    options.iter().find_map(|(option, kind)| {
        let rest = line.strip_prefix(option)?;
        let path = rest.trim_start_matches(['=', ' ', '\t']).trim();
        let separated = rest.starts_with([' ', '=', '\t']) || option.len() == 2;
        (separated && !path.is_empty()).then_some((*kind, path))
    })
}

/// `--index-url https://…`, `-i …`, `--extra-index-url=…`, `--find-links …`, `--trusted-host …`.
fn index(line: &str) -> Option<(&'static str, &str)> {
    let end = line.find([' ', '=', '\t'])?;
    let kind = match line.get(..end)? {
        "-i" | "--index-url" | "--pypi-url" => "index",
        "--extra-index-url" => "extra_index",
        "-f" | "--find-links" => "find_links",
        "--trusted-host" => "trusted_host",
        _ => return None,
    };
    let address = line.get(end + 1..)?.trim();
    (!address.is_empty()).then_some((kind, address))
}

/// `git+https://host/owner/name.git@v1` or the address of an archive, without `name @` or `#egg=`.
fn is_nameless_url(line: &str) -> bool {
    let line = line.trim_start_matches("-e").trim_start_matches("--editable").trim_start_matches(['=', ' ']);
    let url = line.split([' ', ';']).next().unwrap_or(line);
    let scheme = url.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| !scheme.starts_with('-') && !scheme.contains('@'))
        && !url.contains("#egg=")
        && !url.ends_with(".whl")
}

/// The last part of a URL without its reference, ending and version: the best name that there is.
fn name_of_url(url: &str) -> &str {
    let url = url.split([' ', ';', '#', '?']).next().unwrap_or(url).trim_end_matches('/');
    let last = url.rsplit('/').next().unwrap_or(url);
    let last = last.split('@').next().unwrap_or(last);
    let stem = [".git", ".zip", ".tar.gz", ".tgz"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last);
    let version = stem.match_indices('-').find(|(at, _)| stem[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
    version.map_or(stem, |(at, _)| &stem[..at])
}

fn requirement(line: &str) -> Option<Requirement> {
    let editable = line.strip_prefix("-e").or_else(|| line.strip_prefix("--editable"));
    let line = editable.map_or(line, |rest| rest.trim_start_matches(['=', ' ']));
    if line.starts_with('-') {
        return None;
    }
    let has_hash = line.contains("--hash=");
    let bare = line.split(" --").next().unwrap_or(line);
    if let Some(found) = Requirement::parse(bare) {
        return Some(Requirement { has_hash, ..found });
    }
    if is_nameless_url(bare) {
        let name = super::requirement::normalised(name_of_url(bare));
        return Some(Requirement { name, source: source_of(bare), has_hash, ..Requirement::default() });
    }
    // A wheel or folder without a name: its file name is the best that there is.
    let path = bare.split([';', ' ', '[']).next().unwrap_or(bare).trim_end_matches('/');
    let last = path.rsplit('/').next()?;
    let is_folder = path.starts_with(['.', '/']) && last.starts_with(|c: char| c.is_ascii_alphanumeric());
    let name = match last.ends_with(".whl") {
        true => last.split('-').next()?,
        false if is_folder => last,
        false => return None,
    };
    let name = super::requirement::normalised(name);
    Some(Requirement { name, source: source_of(path), has_hash, ..Requirement::default() })
}
