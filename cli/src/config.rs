//! `treeward.toml`: what a project wishes of its audits. Found at the audited path or above it.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml_edit::{Document, Item, TableLike};
use treeward::report::Severity;

use crate::arguments::{self, Threshold};
use crate::failure::Failure;

/// The name of the file.
const NAME: &str = "treeward.toml";
const KEYS: &[&str] = &["select", "ignore", "exclude", "min-severity", "fail-on", "severity", "path-ignores"];

/// The settings of a project.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Config {
    /// The folder of the file, from which its globs count; `None` without a file.
    pub(crate) folder: Option<PathBuf>,
    pub(crate) select: Vec<String>,
    pub(crate) ignore: Vec<String>,
    pub(crate) exclude: Vec<String>,
    pub(crate) min_severity: Option<Severity>,
    pub(crate) fail_on: Option<Threshold>,
    pub(crate) severities: Vec<(String, Severity)>,
    pub(crate) path_ignores: Vec<(String, Vec<String>)>,
}

impl Config {
    /// The settings for the tree at `root`: from `chosen`, or from the nearest file at the root or above it.
    pub(crate) fn find(root: &Path, chosen: Option<&Path>) -> Result<Self, Failure> {
        if let Some(file) = chosen {
            return Self::read(file);
        }
        let Ok(root) = root.canonicalize() else { return Ok(Self::default()) };
        let file = root.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file());
        file.map_or(Ok(Self::default()), |file| Self::read(&file))
    }

    fn read(file: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(file)
            .map_err(|error| Failure::io("read", file, &error, "give the path of a treeward.toml"))?;
        let name = file.display().to_string();
        let folder = file.canonicalize().ok().and_then(|file| file.parent().map(Path::to_owned));
        Self::parse(&name, &text).map(|config| Self { folder, ..config })
    }

    fn parse(name: &str, text: &str) -> Result<Self, Failure> {
        let reader = Reader { name, text };
        let document = Document::parse(text).map_err(|error| {
            let message = error.message().lines().next().unwrap_or("wrong").to_owned();
            reader.fail(error.span(), &format!("not valid TOML: {message}"))
        })?;
        let mut config = Self::default();
        for (key, item) in document.as_table() {
            match key {
                "select" => config.select = reader.words(key, item)?,
                "ignore" => config.ignore = reader.words(key, item)?,
                "exclude" => config.exclude = reader.words(key, item)?,
                "min-severity" => config.min_severity = Some(reader.read(key, item, arguments::severity)?),
                "fail-on" => config.fail_on = Some(reader.read(key, item, arguments::threshold)?),
                "severity" => {
                    for (rule, item) in reader.table(key, item)?.iter() {
                        config.severities.push((rule.to_owned(), reader.read(rule, item, arguments::severity)?));
                    }
                }
                "path-ignores" => {
                    for (glob, item) in reader.table(key, item)?.iter() {
                        config.path_ignores.push((glob.to_owned(), reader.words(glob, item)?));
                    }
                }
                _ => return Err(reader.unknown(key, document.as_table().key(key).and_then(toml_edit::Key::span))),
            }
        }
        Ok(config)
    }
}

/// Reads values, and says where one is wrong.
struct Reader<'t> {
    name: &'t str,
    text: &'t str,
}

impl Reader<'_> {
    fn fail(&self, span: Option<Range<usize>>, message: &str) -> Failure {
        let before = self.text.get(..span.map_or(0, |span| span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Failure::Usage(format!("{}:{line}:{column}: {message}", self.name))
    }

    fn unknown(&self, key: &str, span: Option<Range<usize>>) -> Failure {
        let hint = match treeward::rules::nearest(key, KEYS.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("keys are {}", KEYS.join(", ")),
        };
        self.fail(span, &format!("no setting is called `{key}`; {hint}"))
    }

    fn words(&self, key: &str, item: &Item) -> Result<Vec<String>, Failure> {
        let wrong = || self.fail(item.span(), &format!("`{key}` must be a list of strings"));
        let list = item.as_array().ok_or_else(wrong)?;
        list.iter().map(|word| word.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
    }

    fn read<T>(&self, key: &str, item: &Item, parse: impl Fn(&str) -> Result<T, String>) -> Result<T, Failure> {
        let wrong = |message: String| self.fail(item.span(), &format!("`{key}`: {message}"));
        parse(item.as_str().ok_or_else(|| wrong("must be a string".to_owned()))?).map_err(wrong)
    }

    fn table<'i>(&self, key: &str, item: &'i Item) -> Result<&'i dyn TableLike, Failure> {
        item.as_table_like().ok_or_else(|| self.fail(item.span(), &format!("`{key}` must be a table: `[{key}]`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Config, String> {
        Config::parse("treeward.toml", text).map_err(|failure| failure.to_string())
    }

    #[test]
    fn every_setting_is_read() {
        let config = parse(
            "select = ['security']\nignore = ['compose/x']\nexclude = ['legacy/']\nmin-severity = 'low'\n\
             fail-on = 'never'\n[severity]\n'compose/y' = 'info'\n[path-ignores]\n'tests/**' = ['security', 'nginx']\n",
        )
        .unwrap();
        assert_eq!(config.select, ["security"]);
        assert_eq!(config.exclude, ["legacy/"]);
        assert_eq!((config.min_severity, config.fail_on), (Some(Severity::Low), Some(Threshold::Never)));
        assert_eq!(config.severities, [("compose/y".to_owned(), Severity::Info)]);
        assert_eq!(config.path_ignores, [("tests/**".to_owned(), vec!["security".to_owned(), "nginx".to_owned()])]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let told = |text| parse(text).unwrap_err();
        assert_eq!(
            told("ignore = []\nselct = []"),
            "treeward.toml:2:1: no setting is called `selct`; did you mean `select`?"
        );
        assert_eq!(told("select = 'x'"), "treeward.toml:1:10: `select` must be a list of strings");
        assert_eq!(
            told("fail-on = 'hi'"),
            "treeward.toml:1:11: `fail-on`: severities are critical, high, medium, low, info, or never"
        );
        assert_eq!(told("severity = 1"), "treeward.toml:1:12: `severity` must be a table: `[severity]`");
        assert!(told("select = [").starts_with("treeward.toml:1:"));
    }

    #[test]
    fn the_nearest_file_above_counts() {
        let tree = tempfile::tempdir().unwrap();
        let inner = tree.path().join("a/b");
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(tree.path().join(NAME), "ignore = ['outer']").unwrap();
        assert_eq!(Config::find(&inner, None).unwrap().ignore, ["outer"]);
        std::fs::write(inner.join(NAME), "ignore = ['inner']").unwrap();
        let config = Config::find(&inner, None).unwrap();
        assert_eq!((config.ignore, config.folder), (vec!["inner".to_owned()], Some(inner.canonicalize().unwrap())));
    }
}
