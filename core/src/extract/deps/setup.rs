//! `setup.cfg`, `setup.py`, and the settings of tools in INI files.

use std::ops::Range;

use ruff_python_ast::visitor::source_order::{SourceOrderVisitor, walk_expr};
use ruff_python_ast::{Expr, ExprCall, Keyword, ModModule, Stmt};
use ruff_text_size::Ranged;

use super::requirement::Requirement;
use super::{Head, Manifest, Place, push_manifest, push_requirement, scope_of};
use crate::facts::schema::deps::PythonToolSetting;
use crate::facts::{Certainty, FactSet};
use crate::source::{Artifact, SourceFile};

/// Sections whose settings checks read.
const TOOLS: &[&str] = &["mypy", "pytest", "tool:pytest", "coverage:run", "coverage:report", "flake8"];

/// States a `setup.cfg`; of other INI files only the settings of tools.
pub(super) fn state_cfg(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let entries = entries(file.text);
    for entry in entries.iter().filter(|entry| TOOLS.contains(&entry.section)) {
        facts.push(PythonToolSetting {
            span: file.span(entry.range.clone()),
            certainty: Certainty::Certain,
            section: entry.section.to_owned(),
            key: entry.key.to_owned(),
            value: entry.values.iter().map(|(value, _)| *value).collect::<Vec<_>>().join(" "),
        });
    }
    if file.artifact != Artifact::SetupCfg {
        return None;
    }
    let value = |section: &str, key: &str| {
        let entry = entries.iter().find(|entry| entry.section == section && entry.key == key)?;
        entry.values.first().map(|(value, _)| (*value).to_owned())
    };
    let head = Head {
        kind: "setup_cfg",
        project: value("metadata", "name").map(|name| super::requirement::normalised(&name)),
        runtime: value("options", "python_requires"),
        ..Head::default()
    };
    let row = push_manifest(file, head, facts);
    for entry in &entries {
        let (scope, group) = match (entry.section, entry.key) {
            ("options", "install_requires") => ("main", None),
            ("options.extras_require", extra) => (scope_of(extra), Some(extra)),
            _ => continue,
        };
        for (text, range) in &entry.values {
            if let Some(requirement) = Requirement::parse(text) {
                let span = file.span(range.clone());
                push_requirement(span, Place { manifest: row, scope, group }, requirement, facts);
            }
        }
    }
    Some(Manifest { row, includes: Vec::new() })
}

/// `key = value` with indented lines that go on.
struct Entry<'t> {
    section: &'t str,
    key: &'t str,
    range: Range<usize>,
    values: Vec<(&'t str, Range<usize>)>,
}

fn entries(text: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut section = "";
    let mut start = 0;
    for raw in text.split_inclusive('\n') {
        let line = raw.trim();
        let at = start + (raw.len() - raw.trim_start().len());
        start += raw.len();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        let range = at..at + line.len();
        let indented = raw.starts_with([' ', '\t']);
        if let (true, Some(entry)) = (indented, entries.last_mut().filter(|entry| entry.section == section)) {
            entry.values.push((line, range));
        } else if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = name.trim();
        } else if let Some((key, value)) = line.split_once(['=', ':']) {
            let value = value.trim();
            let values = if value.is_empty() { Vec::new() } else { vec![(value, range.end - value.len()..range.end)] };
            entries.push(Entry { section, key: key.trim(), range, values });
        }
    }
    entries
}

/// States a `setup.py` whose `install_requires` stands there literally; else it is open.
pub(super) fn state_py(file: &SourceFile<'_>, facts: &mut FactSet) -> Option<Manifest> {
    let module = file.python().ok()?;
    let mut search = Search::default();
    let tree: &ModModule = module.parsed.syntax();
    search.lists = tree.body.iter().filter_map(assigned_list).collect();
    search.visit_body(&tree.body);
    let setup = search.setup?;
    let keyword = |name: &str| setup.arguments.find_keyword(name).map(|keyword: &Keyword| &keyword.value);
    let main = keyword("install_requires").map(|value| search.list(value));
    let name = keyword("name").and_then(Expr::as_string_literal_expr).map(|name| name.value.to_str());
    let runtime = keyword("python_requires").and_then(Expr::as_string_literal_expr).map(|text| text.value.to_str());
    let head = Head {
        kind: "setup_py",
        is_open: matches!(main, Some(None)),
        project: name.map(super::requirement::normalised),
        runtime: runtime.map(str::to_owned),
        ..Head::default()
    };
    let row = push_manifest(file, head, facts);
    let mut push = |list: &[Expr], scope: &'static str, group: Option<&str>| {
        for text in list {
            let literal = text.as_string_literal_expr().and_then(|literal| Requirement::parse(literal.value.to_str()));
            if let Some(requirement) = literal {
                let span = file.span(text.range().to_std_range());
                push_requirement(span, Place { manifest: row, scope, group }, requirement, facts);
            }
        }
    };
    if let Some(Some(list)) = main {
        push(list, "main", None);
    }
    if let Some(Expr::Dict(extras)) = keyword("extras_require") {
        for item in &extras.items {
            let extra = item.key.as_ref().and_then(Expr::as_string_literal_expr);
            if let (Some(extra), Some(list)) = (extra, search.list(&item.value)) {
                push(list, scope_of(extra.value.to_str()), Some(extra.value.to_str()));
            }
        }
    }
    Some(Manifest { row, includes: Vec::new() })
}

/// The call of `setup`, and lists that the module assigns to names.
#[derive(Default)]
struct Search<'a> {
    setup: Option<&'a ExprCall>,
    lists: Vec<(&'a str, &'a [Expr])>,
    depth: usize,
}

impl<'a> Search<'a> {
    fn list(&self, value: &'a Expr) -> Option<&'a [Expr]> {
        match value {
            Expr::List(list) => Some(&list.elts),
            Expr::Tuple(tuple) => Some(&tuple.elts),
            Expr::Name(name) => self.lists.iter().find(|(known, _)| *known == name.id.as_str()).map(|(_, list)| *list),
            _ => None,
        }
    }
}

impl<'a> SourceOrderVisitor<'a> for Search<'a> {
    fn visit_expr(&mut self, expr: &'a Expr) {
        if let Expr::Call(call) = expr {
            let called = match &*call.func {
                Expr::Name(name) => name.id.as_str(),
                Expr::Attribute(attribute) => attribute.attr.as_str(),
                _ => "",
            };
            if called == "setup" && self.setup.is_none() {
                self.setup = Some(call);
            }
        }
        if self.depth < 64 {
            self.depth += 1;
            walk_expr(self, expr);
            self.depth -= 1;
        }
    }
}

fn assigned_list(stmt: &Stmt) -> Option<(&str, &[Expr])> {
    let Stmt::Assign(assign) = stmt else { return None };
    match (assign.targets.as_slice(), &*assign.value) {
        ([Expr::Name(name)], Expr::List(list)) => Some((name.id.as_str(), &list.elts)),
        _ => None,
    }
}
