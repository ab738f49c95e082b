//! What a deployment file is for, by the words of its path.

/// The words that a row's `role` column can hold, from the most to the least serious.
pub(crate) const ROLES: &[&str] = &["production", "development", "test", "example"];

/// `production`, `development`, `test` or `example`.
///
/// A folder is named after what it holds as often as after what it is for (`nixos-docs`, `ollama-integration`,
/// `testing-agent`), so that the words of a folder count only where nothing else stands beside them.
pub(crate) fn role(path: &str) -> &'static str {
    let lower = path.to_ascii_lowercase();
    let (folders, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    if words(&lower).any(|word| matches!(word, "prod" | "production")) {
        return "production";
    }
    // Most paths have no word that says anything.
    if !words(&lower).any(|word| is_example(word) || is_test(word) || is_development(word)) {
        return "production";
    }
    let says =
        |means: fn(&str) -> bool| folders.split('/').any(|folder| is_wholly(folder, means)) || name_says(name, means);
    if says(is_example) {
        "example"
    } else if says(is_test) {
        "test"
    } else if says(is_development) {
        "development"
    } else {
        "production"
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(['/', '.', '-', '_']).filter(|word| !word.is_empty())
}

/// Whether a folder's name says what its files are for: by its only meaningful word, or by its last (`unit-tests`).
fn is_wholly(folder: &str, means: fn(&str) -> bool) -> bool {
    let closes = |word: &str| matches!(word, "test" | "tests" | "example" | "examples" | "sample" | "samples" | "demo");
    words(folder).any(means) && words(folder).all(|word| means(word) || is_neutral(word))
        || words(folder).last().is_some_and(|word| means(word) && closes(word))
}

/// Whether a file's name says what it is for: by any plain word, or by one that also names things where it stands alone
/// between two dots.
fn name_says(name: &str, means: fn(&str) -> bool) -> bool {
    words(name).any(|word| means(word) && !is_ambiguous(word)) || name.split('.').any(|part| is_wholly(part, means))
}

/// Words that name components as well as purposes.
fn is_ambiguous(word: &str) -> bool {
    matches!(word, "docs" | "doc" | "integration" | "local" | "minimal" | "template" | "templates" | "dist")
}

/// Words that stand in the names of folders and files of every purpose.
fn is_neutral(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
        || matches!(
            word,
            "docker"
                | "dockerfile"
                | "dockerfiles"
                | "compose"
                | "container"
                | "containers"
                | "podman"
                | "stack"
                | "k8s"
                | "kubernetes"
                | "env"
                | "envs"
                | "environment"
                | "environments"
                | "config"
                | "configs"
                | "conf"
                | "deploy"
                | "deployment"
                | "deployments"
                | "setup"
                | "infra"
                | "infrastructure"
                | "image"
                | "images"
                | "build"
                | "scripts"
                | "data"
                | "files"
                | "tools"
                | "app"
                | "api"
                | "unit"
                | "load"
                | "e2e"
                | "postgres"
                | "postgresql"
                | "mysql"
                | "mariadb"
                | "mongo"
                | "mongodb"
                | "redis"
                | "kafka"
                | "rabbitmq"
                | "database"
                | "db"
                | "nginx"
        )
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
        assert_eq!(role("docker-compose-dev.yml"), "development");
        assert_eq!(role("docker/compose.test_db.yml"), "test");
        assert_eq!(role("infra/docker-local/compose.yml"), "development");
        assert_eq!(role("dev-postgres/compose.yml"), "development");
        assert_eq!(role("docs/compose.yml"), "example");
        assert_eq!(role("integration-tests/compose.yml"), "test");
    }

    #[test]
    fn components_that_are_named_after_a_purpose_are_in_production() {
        assert_eq!(role("mcp/nixos-docs/Dockerfile"), "production");
        assert_eq!(role("agents/ollama-integration/Dockerfile"), "production");
        assert_eq!(role("agents/testing-qa-validator/Dockerfile"), "production");
        assert_eq!(role("docker-compose.search-testing.yml"), "test");
        assert_eq!(role("local-ai/docker-compose.yml"), "production");
        assert_eq!(role("docker-compose.ollama-integration.yml"), "production");
    }
}
