//! What the command line says. Every command and option is declared here, with its help.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use treeward::report::{Format, Severity};

use crate::console::{Color, Console};

/// Is this system ready for production? Audits a source tree: what is wrong, what is right, what first
#[derive(Debug, Parser)]
#[command(name = "treeward", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit codes: 0 nothing at or over --fail-on, 1 findings, 2 wrong usage, unreadable input or a bad rule file"
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN", hide_possible_values = true)]
    #[arg(help = "When to use colours: auto, always or never")]
    pub(crate) color: Color,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Audit(AuditOptions),
    Scan(ScanOptions),
    Fix(FixOptions),
    Test(TestOptions),
    Query(QueryOptions),
    Facts(FactsOptions),
    Rules(RulesOptions),
    Explain(ExplainOptions),
    Compare(CompareOptions),
    Completions(CompletionsOptions),
}

/// Audit a tree: every rule over its code and configuration together
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward audit
  treeward audit services/api --select security --fail-on medium
  treeward audit --format text --format sarif --output audit.sarif
  treeward audit --format json --output baseline.json --fail-on never
  treeward audit --baseline baseline.json
  treeward audit --diff-base origin/main --format github")]
pub(crate) struct AuditOptions {
    /// What to audit: folders or files, each a tree of its own
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Further rules: a rule file or a folder of rule files; a rule of the same id replaces a built-in one
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: SelectionOptions,
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    #[command(flatten)]
    pub(crate) tree: TreeOptions,
    /// The day that checks of dates count from, as YYYY-MM-DD; without it they are `unknown`
    #[arg(long, value_name = "DATE")]
    pub(crate) audit_date: Option<String>,
    /// A folder of data tables (`images.yaml`, `ports.yaml` …) that take the place of the built-in ones
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// A folder with saved output of the running system (`docker inspect` and the like), as further facts
    #[arg(long, value_name = "DIR")]
    pub(crate) evidence: Option<PathBuf>,
}

/// Run pattern rules alone, as Semgrep runs them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward scan --rules rules.yaml src
  treeward scan --rules rules/ --format sarif --output scan.sarif .")]
pub(crate) struct ScanOptions {
    /// What to scan: folders or files
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The rules: a rule file or a folder of rule files
    #[arg(long, required = true, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: SelectionOptions,
    #[command(flatten)]
    pub(crate) report: ReportOptions,
    #[command(flatten)]
    pub(crate) tree: TreeOptions,
}

#[derive(Debug, Args)]
pub(crate) struct SelectionOptions {
    /// Run only these rules: an id, a folder (`compose`), an area (`security`), a profile (`hardened`), a glob, `all`
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) select: Vec<String>,
    /// Leave out these rules; wins over --select
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(crate) ignore: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct ReportOptions {
    /// How to show the result; may be given several times, each with its own --output
    #[arg(long, short, value_name = "FORMAT", value_parser = format, hide_possible_values = true)]
    #[arg(help = "How to show the result: text, json, jsonl, sarif, markdown, html, github, gitlab or junit; \
                  several times for several outputs")]
    pub(crate) format: Vec<Format>,
    /// Write to this file what the --format before it says; without one, its ending tells the format
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Vec<PathBuf>,
    /// Show only findings at least as severe
    #[arg(long, value_name = "SEVERITY", value_parser = severity)]
    pub(crate) min_severity: Option<Severity>,
    /// Exit with 1 if a finding is at least as severe: critical, high, medium, low, info or never [default: high]
    #[arg(long, value_name = "SEVERITY", value_parser = threshold)]
    pub(crate) fail_on: Option<Threshold>,
    /// Leave out the findings of an earlier audit (its JSON)
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Show only findings on lines that changed since this Git revision; asks `git`
    #[arg(long, value_name = "REV")]
    pub(crate) diff_base: Option<String>,
    /// What goes where, from --format and --output in the order in which they are given
    #[arg(skip)]
    pub(crate) sinks: Vec<Sink>,
}

#[derive(Debug, Args)]
pub(crate) struct TreeOptions {
    /// Leave out paths that this glob matches, as in .gitignore
    #[arg(long, value_name = "GLOB")]
    pub(crate) exclude: Vec<String>,
    /// Read vendored, generated and backup trees too
    #[arg(long)]
    pub(crate) include_vendored: bool,
    /// Settings in place of the treeward.toml that is found at or above the path
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(crate) config: Option<PathBuf>,
    /// Look for no treeward.toml
    #[arg(long)]
    pub(crate) no_config: bool,
    /// Show findings that comments in the source suppress
    #[arg(long)]
    pub(crate) no_suppressions: bool,
    /// Threads to use; 0 for one a core
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub(crate) threads: usize,
    /// Tell where the time went, by stage and rule
    #[arg(long)]
    pub(crate) timings: bool,
}

/// Apply the fixes that findings carry
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward fix --diff
  treeward fix src --select python

With --diff the exit code is 1 if something would change.")]
pub(crate) struct FixOptions {
    /// What to fix: a folder or a file
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Show what would change, and change nothing
    #[arg(long)]
    pub(crate) diff: bool,
    /// Apply fixes that may change behaviour, too
    #[arg(long = "unsafe")]
    pub(crate) with_unsafe: bool,
    /// Further rules: a rule file or a folder of rule files
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: SelectionOptions,
    #[command(flatten)]
    pub(crate) tree: TreeOptions,
}

/// Run the annotated tests of rules
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward test rules/
  treeward test rules/compose/docker-socket-mount.yaml")]
pub(crate) struct TestOptions {
    /// Rule files, or folders of them, with their tests beside them
    #[arg(required = true, value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
}

/// Ask the facts of a tree, in SQL
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward query \"SELECT path, size FROM file ORDER BY size DESC LIMIT 10\"
  treeward query \"SELECT artifact, count(*) FROM file GROUP BY artifact\" services/ --format csv

`treeward facts` lists the tables that hold something.")]
pub(crate) struct QueryOptions {
    /// One SELECT, with or without WITH
    #[arg(value_name = "SQL")]
    pub(crate) sql: String,
    /// The tree
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// How to show the rows: table, json or csv
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: RowFormat,
    #[command(flatten)]
    pub(crate) tree: TreeOptions,
}

/// State the facts of a tree: list the tables, or write them to an SQLite file
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward facts
  treeward facts services/api --output api.sqlite")]
pub(crate) struct FactsOptions {
    /// The tree
    #[arg(default_value = ".", value_name = "PATH")]
    pub(crate) path: PathBuf,
    /// Write the facts to this SQLite file
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tree: TreeOptions,
}

/// List the rules, or check rule files
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
#[command(after_help = "Examples:
  treeward rules
  treeward rules --select compose --format json
  treeward rules check my-rules/")]
pub(crate) struct RulesOptions {
    #[command(subcommand)]
    pub(crate) action: Option<RulesAction>,
    /// Further rules: a rule file or a folder of rule files
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) selection: SelectionOptions,
    /// How to show them: table, json or csv
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: RowFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesAction {
    /// Check rule files without running them
    #[command(after_help = "Example:
  treeward rules check my-rules/")]
    Check {
        /// Rule files, or folders of them
        #[arg(required = true, value_name = "PATH")]
        paths: Vec<PathBuf>,
    },
    /// Print the JSON Schema of rule files, for editors
    #[command(after_help = "Example:
  treeward rules schema > treeward-rules.schema.json")]
    Schema,
}

/// Explain a rule: what it checks, why, and what to do
#[derive(Debug, Args)]
#[command(after_help = "Example:
  treeward explain compose/docker-socket-mount")]
pub(crate) struct ExplainOptions {
    /// The rule's id, with or without its folder
    #[arg(value_name = "RULE")]
    pub(crate) rule: String,
    /// Further rules: a rule file or a folder of rule files
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
}

/// Compare two audits: what was fixed, what came, what stayed
#[derive(Debug, Args)]
#[command(after_help = "Example:
  treeward audit --format json --output before.json
  treeward audit --format json --output after.json
  treeward compare before.json after.json")]
pub(crate) struct CompareOptions {
    /// The earlier audit, as JSON
    #[arg(value_name = "BEFORE")]
    pub(crate) before: PathBuf,
    /// The later audit, as JSON
    #[arg(value_name = "AFTER")]
    pub(crate) after: PathBuf,
    /// How to show it: text or json
    #[arg(long, short, value_enum, default_value_t, value_name = "FORMAT", hide_possible_values = true)]
    pub(crate) format: CompareFormat,
    /// Exit with 1 if a finding that came is at least as severe: critical, high, medium, low, info or never [default: high]
    #[arg(long, value_name = "SEVERITY", value_parser = threshold)]
    pub(crate) fail_on: Option<Threshold>,
}

/// Print a script that completes commands and options in a shell
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  treeward completions bash > ~/.local/share/bash-completion/completions/treeward
  treeward completions fish > ~/.config/fish/completions/treeward.fish")]
pub(crate) struct CompletionsOptions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub(crate) shell: clap_complete::Shell,
}

/// How rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum RowFormat {
    /// Aligned columns.
    #[default]
    Table,
    /// An array of objects.
    Json,
    /// Comma-separated values.
    Csv,
}

/// How a comparison is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum CompareFormat {
    /// Lists for a person.
    #[default]
    Text,
    /// For a program.
    Json,
}

/// From which severity on findings fail the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Threshold {
    /// At this severity or a worse one.
    At(Severity),
    /// Whatever is found.
    Never,
}

impl Threshold {
    pub(crate) fn is_reached(self, severity: Severity) -> bool {
        matches!(self, Self::At(least) if severity >= least)
    }
}

/// One form of the result and where it goes; standard output without a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sink {
    pub(crate) format: Format,
    pub(crate) path: Option<PathBuf>,
}

impl Arguments {
    /// Reads the command line. What is no command to run (help, version, wrong usage) is answered at once.
    pub(crate) fn read<T: Into<OsString> + Clone>(
        arguments: impl IntoIterator<Item = T>,
        console: &mut Console,
    ) -> Result<Self, u8> {
        let command = Self::command().term_width(console.appearance().width.min(100));
        let matches = command.try_get_matches_from(arguments);
        let read = matches.and_then(|matches| {
            let mut read = Self::from_arg_matches(&matches)?;
            if let (Some(report), Some((_, matches))) = (read.command.report(), matches.subcommand()) {
                report.sinks = sinks(report, matches);
            }
            Ok(read)
        });
        read.map_err(|error| {
            let text = error.render();
            let text = if console.appearance().colour { text.ansi().to_string() } else { text.to_string() };
            if error.use_stderr() {
                console.usage(&text);
                return 2;
            }
            match console.write(&text) {
                Ok(()) => 0,
                Err(_) => 2,
            }
        })
    }
}

impl Command {
    fn report(&mut self) -> Option<&mut ReportOptions> {
        match self {
            Self::Audit(options) => Some(&mut options.report),
            Self::Scan(options) => Some(&mut options.report),
            _ => None,
        }
    }
}

/// Each `--output` takes the `--format` before it; a format without one goes to standard output.
fn sinks(report: &ReportOptions, matches: &clap::ArgMatches) -> Vec<Sink> {
    let places = |id: &str| matches.indices_of(id).into_iter().flatten();
    let formats = places("format").zip(report.format.iter().map(|format| Sink { format: *format, path: None }));
    let outputs = report.output.iter().map(|path| Sink { format: by_ending(path), path: Some(path.clone()) });
    let mut given: Vec<(usize, Sink)> = formats.chain(places("output").zip(outputs)).collect();
    given.sort_by_key(|(place, _)| *place);
    let mut sinks: Vec<Sink> = Vec::with_capacity(given.len());
    for (_, sink) in given {
        match sinks.last_mut() {
            Some(last) if last.path.is_none() && sink.path.is_some() => last.path = sink.path,
            _ => sinks.push(sink),
        }
    }
    if sinks.is_empty() {
        sinks.push(Sink { format: Format::Text, path: None });
    }
    sinks
}

fn by_ending(path: &std::path::Path) -> Format {
    match path.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "sarif" => Format::Sarif,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Jsonl,
        "html" | "htm" => Format::Html,
        "md" => Format::Markdown,
        "xml" => Format::Junit,
        _ => Format::Text,
    }
}

fn format(word: &str) -> Result<Format, String> {
    let names: Vec<_> = Format::ALL.iter().map(|format| format.name()).collect();
    Format::named(word).ok_or_else(|| format!("formats are {}", names.join(", ")))
}

/// The severity of this name.
pub(crate) fn severity(word: &str) -> Result<Severity, String> {
    let all = [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info];
    let known = all.into_iter().find(|severity| severity.name() == word);
    known.ok_or_else(|| "severities are critical, high, medium, low, info".to_owned())
}

/// The threshold of this name.
pub(crate) fn threshold(word: &str) -> Result<Threshold, String> {
    match word {
        "never" => Ok(Threshold::Never),
        word => severity(word).map(Threshold::At).map_err(|error| format!("{error}, or never")),
    }
}
