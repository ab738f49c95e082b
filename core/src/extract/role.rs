//! What a deployment file is for, by the words of its path.

/// The words that a row's `role` column can hold, from the most to the least serious.
pub(crate) const ROLES: &[&str] = &["production", "development", "test", "example"];

/// `production`, `development`, `test` or `example`.
pub(crate) fn role(path: &str) -> &'static str {
    let lower = path.to_ascii_lowercase();
    let words = || lower.split(['/', '.', '-', '_']).filter(|word| !word.is_empty());
    if words().any(|word| matches!(word, "prod" | "production")) {
        return "production";
    }
    if words().any(is_example) {
        "example"
    } else if words().any(is_test) {
        "test"
    } else if words().any(is_development) {
        "development"
    } else {
        "production"
    }
}

fn is_example(word: &str) -> bool {
    matches!(
        word,
        "example"
            | "examples"
            | "sample"
            | "samples"
            | "demo"
            | "demos"
            | "docs"
            | "doc"
            | "template"
            | "templates"
            | "tutorial"
            | "tutorials"
            | "dist"
            | "archive"
            | "archived"
    )
}

fn is_test(word: &str) -> bool {
    matches!(
        word,
        "test" | "tests" | "testing" | "e2e" | "ci" | "fixtures" | "integration" | "benchmark" | "benchmarks"
    )
}

fn is_development(word: &str) -> bool {
    matches!(
        word,
        "dev"
            | "devel"
            | "development"
            | "local"
            | "debug"
            | "devcontainer"
            | "cursor"
            | "vscode"
            | "override"
            | "playground"
            | "sandbox"
            | "minimal"
    )
}

/// Where a role stands among [`ROLES`].
pub(crate) fn rank(role: &str) -> usize {
    ROLES.iter().position(|known| *known == role).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_what_a_file_is_for() {
        assert_eq!(role("docker-compose.yml"), "production");
        assert_eq!(role("docker-compose.dev.yml"), "development");
        assert_eq!(role("docker-compose.override.yml"), "development");
        assert_eq!(role(".cursor/Dockerfile"), "development");
        assert_eq!(role("ci/compose.yaml"), "test");
        assert_eq!(role(".env.example"), "example");
        assert_eq!(role("deploy/prod/docker-compose.yml"), "production");
        assert_eq!(role("device/compose.yml"), "production");
    }
}
