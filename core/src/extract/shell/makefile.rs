//! Makefiles, as far as their recipes go: targets, what they depend on, and the shell lines below them.

use std::ops::Range;

/// A target with its recipe.
pub(super) struct Target<'t> {
    pub name: &'t str,
    pub range: Range<usize>,
    pub prerequisites: Vec<&'t str>,
    /// Each line of the recipe without its tab and its `@`, `-`, `+`; with the byte that it starts at. A line ends
    /// where no backslash continues it.
    pub recipe: Vec<(usize, &'t str, bool)>,
}

/// The targets of a makefile's text; lines that are no rule and no recipe are passed over.
pub(super) fn targets(text: &str) -> Vec<Target<'_>> {
    let mut targets: Vec<Target<'_>> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let end = logical_end(text, at);
        let line = &text[at..end];
        match line.strip_prefix('\t') {
            Some(recipe) => {
                if let Some(target) = targets.last_mut() {
                    target.recipe.push(command(recipe, at + 1));
                }
            }
            None => targets.extend(rule(line, at)),
        }
        at = end + 1;
    }
    targets
}

/// The end of the line that begins at `from`, backslash-continued lines included.
fn logical_end(text: &str, from: usize) -> usize {
    let mut at = from;
    loop {
        let end = text[at..].find('\n').map_or(text.len(), |found| at + found);
        if end == text.len() || !text[from..end].ends_with('\\') {
            return end;
        }
        at = end + 1;
    }
}

fn command(recipe: &str, start: usize) -> (usize, &str, bool) {
    let plain = recipe.trim_start_matches(['@', '-', '+', ' ', '\t']);
    let prefix = &recipe[..recipe.len() - plain.len()];
    (start + prefix.len(), plain, prefix.contains('-'))
}

fn rule(line: &str, at: usize) -> Option<Target<'_>> {
    let (names, rest) = line.split_once(':')?;
    let name = names.split_whitespace().next()?;
    let is_rule = !rest.starts_with('=') && !rest.starts_with(":=") && !line.starts_with([' ', '#']);
    if !is_rule || names.contains('=') || name == ".PHONY" {
        return None;
    }
    let prerequisites = rest.split('#').next().unwrap_or("").split_whitespace().collect();
    Some(Target { name, range: at..at + names.trim_end().len(), prerequisites, recipe: Vec::new() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipes_are_found_with_their_places() {
        let text =
            "X := 1\n.PHONY: test\ntest: build lint\n\t@pytest \\\n\t  -q\n\t-rm -f x\n\nbuild:\n\tdocker build .\n";
        let targets = targets(text);
        assert_eq!(targets.iter().map(|target| target.name).collect::<Vec<_>>(), ["test", "build"]);
        assert_eq!(targets[0].prerequisites, ["build", "lint"]);
        let (start, line, ignored) = targets[0].recipe[0];
        assert!(line.starts_with("pytest") && text[start..].starts_with("pytest") && !ignored);
        assert!(targets[0].recipe[1].2);
    }
}
