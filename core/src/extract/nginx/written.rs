//! One file's directives as written.

use super::File;
use crate::facts::schema::nginx::{NginxDirective, NginxFile, NginxProblem};
use crate::facts::{Certainty, FactSet, RowId};
use crate::source::SourceFile;
use crate::syntax::nginx::{Config, Directive};

/// Directives that only stand at the top of `nginx.conf`.
const MAIN: &[&str] =
    &["http", "events", "stream", "mail", "user", "pid", "worker_processes", "load_module", "daemon", "master_process"];
/// Directives that stand in `http` and in nothing below it.
const HTTP: &[&str] =
    &["server", "upstream", "map", "geo", "limit_req_zone", "limit_conn_zone", "log_format", "proxy_cache_path"];
/// Directives that stand in `server` and in nothing above it.
const SERVER: &[&str] = &["location", "listen", "server_name"];

/// States the rows of `file`, and gives what the link step needs.
pub(super) fn state(file: &SourceFile<'_>, facts: &mut FactSet) -> File {
    let config = Config::parse(file.text);
    let role = role(&config);
    let is_template = config.is_template || is_template_path(file.path) || has_environment_variable(&config);
    let row = facts.push(NginxFile {
        span: file.span(0..0),
        certainty: Certainty::Certain,
        role,
        directives: config.all().count() as i64,
        is_template,
        parsed: config.problems.is_empty(),
    });
    for problem in &config.problems {
        facts.push(NginxProblem {
            span: file.span(problem.offset..problem.offset),
            certainty: if is_template { Certainty::Unresolved } else { Certainty::Certain },
            nginx_file: row,
            message: problem.message.to_owned(),
        });
    }
    let rows = state_directives(file, &config, row, facts);
    File { config, path: file.path.to_owned(), base: file.base(), row, rows, role, is_template }
}

fn state_directives(file: &SourceFile<'_>, config: &Config, nginx_file: RowId, facts: &mut FactSet) -> Vec<RowId> {
    let mut rows: Vec<RowId> = Vec::new();
    for (_, directive) in config.all() {
        let parent = directive.parent;
        let text = |index| directive.arg(index).map(str::to_owned);
        rows.push(facts.push(NginxDirective {
            span: file.span(directive.range.clone()),
            certainty: certainty(directive),
            nginx_file,
            parent: parent.and_then(|parent| rows.get(parent.0 as usize).copied()),
            context: parent.map_or(String::new(), |parent| config.directive(parent).name.to_string()),
            name: directive.name.to_string(),
            args: directive.joined(),
            arg1: text(0),
            arg2: text(1),
            arg3: text(2),
            arg_count: directive.args.len() as i64,
            is_block: directive.children.is_some(),
        }));
    }
    rows
}

fn certainty(directive: &Directive) -> Certainty {
    let unresolved = directive.args.iter().any(|argument| is_rendered(&argument.value));
    if unresolved { Certainty::Unresolved } else { Certainty::Certain }
}

/// Whether `text` holds a placeholder that a template engine or `envsubst` fills before nginx reads the file. Variables
/// of nginx are in lower case, those of the environment in upper case.
pub(super) fn is_rendered(text: &str) -> bool {
    if text.contains("{{") || text.contains("{%") || text.contains("<%") {
        return true;
    }
    text.split("${").skip(1).any(|rest| is_environment_name(rest.split('}').next().unwrap_or("")))
        || text.split('$').skip(1).any(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
            is_environment_name(&rest[..end])
        })
}

fn is_environment_name(name: &str) -> bool {
    name.chars().any(|c| c.is_ascii_uppercase()) && !name.chars().any(|c| c.is_ascii_lowercase())
}

fn has_environment_variable(config: &Config) -> bool {
    config.all().any(|(_, directive)| certainty(directive) == Certainty::Unresolved)
}

fn is_template_path(path: &str) -> bool {
    let ends = [".template", ".tmpl", ".tpl", ".j2", ".jinja", ".jinja2", ".erb", ".ctmpl", ".in"];
    ends.iter().any(|end| path.ends_with(end)) || path.contains(".template.") || path.contains(".tmpl.")
}

fn role(config: &Config) -> &'static str {
    let has = |names: &[&str]| config.top.iter().any(|id| names.contains(&&*config.directive(*id).name));
    match () {
        () if has(MAIN) => "main",
        () if has(HTTP) => "http",
        () if has(SERVER) => "server",
        () => "snippet",
    }
}
