//! Which Compose files the tree's own scripts start together: `docker compose -f a -f b`, `COMPOSE_FILE=a:b`.

use super::arguments::shell_words;
use crate::facts::path_join;

/// Longest script that is searched.
const MAX_TEXT: usize = 512 * 1024;

/// The lists of files in `text`, as paths from the root; `None` where there are none. Scripts run from their own
/// folder or from the root, so that both readings are given.
pub(super) fn compose_files(text: &str, folder: &str) -> Option<Vec<Vec<String>>> {
    if text.len() > MAX_TEXT || !(text.contains("compose") || text.contains("COMPOSE_FILE")) {
        return None;
    }
    let mut lists = Vec::new();
    for line in joined_lines(text) {
        let written = named_files(&line);
        if written.len() < 2 {
            continue;
        }
        for base in ["", folder] {
            let paths: Option<Vec<String>> = written.iter().map(|path| path_join(base, path)).collect();
            lists.extend(paths.filter(|paths| !lists.contains(paths)));
        }
    }
    (!lists.is_empty()).then_some(lists)
}

/// Lines that speak of Compose and may name several files, continuations joined.
fn joined_lines(text: &str) -> Vec<String> {
    let joined = text.replace("\\\r\n", " ").replace("\\\n", " ");
    // `--file` holds `-f`.
    let names_several = |line: &str| line.matches("-f").nth(1).is_some();
    let speaks = |line: &&str| line.contains("COMPOSE_FILE") || line.contains("compose") && names_several(line);
    joined.lines().filter(speaks).map(|line| line.chars().take(4096).collect()).collect()
}

fn named_files(line: &str) -> Vec<String> {
    let words = shell_words(line);
    let mut files = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let text = word.as_str();
        if let Some(list) = text.strip_prefix("COMPOSE_FILE=") {
            return list.split(':').map(str::to_owned).collect();
        }
        let is_flag = text == "-f" || text == "--file";
        let value = match text.strip_prefix("--file=") {
            Some(value) => Some(value),
            None if is_flag => words.get(at + 1).map(String::as_str),
            None => None,
        };
        files.extend(value.filter(|value| value.ends_with(".yml") || value.ends_with(".yaml")).map(str::to_owned));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_started_together_are_listed() {
        let text = "up:\n\tdocker compose -f docker-compose.yml \\\n\t  -f docker-compose.prod.yml up -d\n";
        let expected = vec![vec!["docker-compose.yml".to_owned(), "docker-compose.prod.yml".to_owned()]];
        assert_eq!(compose_files(text, ""), Some(expected));
        assert_eq!(compose_files("docker compose up", ""), None);
    }
}
