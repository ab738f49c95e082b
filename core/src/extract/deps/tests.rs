//! Facts of realistic manifests, as snapshots, and input that is wrong on purpose.

use super::*;

/// The rows of a tree, without those of the data table.
fn rows(extractor: &dyn Extractor, files: &[(&str, Artifact, &str)]) -> String {
    let all = crate::extract::sample::rows(extractor, files);
    all.lines().filter(|line| !line.starts_with("known_")).collect::<Vec<_>>().join("\n")
}

#[test]
fn requirements_with_includes_hashes_and_urls() {
    let base = "# the service\nfastapi==0.115.0 ; python_version >= '3.11'\nuvicorn[standard] >= 0.30, <1  # server\n\
                -r common/extra.txt\n-c constraints.txt\n--index-url https://host/simple\n\
                pydantic==2.9.0 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\n\
                --extra-index-url=http://mirror/simple\n--trusted-host mirror\n\
                -e git+https://host/team/tool.git@v1#egg=team_tool\nother @ https://host/other-1.0.tar.gz\n./local\n";
    insta::assert_snapshot!(rows(
        &Deps,
        &[
            ("svc/requirements.txt", Artifact::Requirements, base),
            ("svc/common/extra.txt", Artifact::Requirements, "redis\r\nhttpx\r\n"),
            ("requirements-dev.txt", Artifact::Requirements, "-r svc/requirements.txt\npytest\n-r missing.txt"),
        ]
    ));
}

#[test]
fn urls_without_a_name_leave_the_manifest_open() {
    let text = "git+https://host/team/tool.git\ngit+ssh://git@host/team/my_lib.git@v1.2 ; python_version > '3'\n\
                https://host/files/model-small-3.0.0.tar.gz\n";
    let stated = rows(&Deps, &[("requirements.txt", Artifact::Requirements, text)]);
    for part in
        ["is_open", "name=\"tool\"", "name=\"my-lib\"", "name=\"model-small\"", "source=\"git\"", "source=\"url\""]
    {
        assert!(stated.contains(part), "{part} in {stated}");
    }
}

#[test]
fn pyproject_of_every_tool() {
    let pep621 = r#"
[project]
name = "My.Service"
requires-python = ">=3.11"
dependencies = [
    "fastapi>=0.100",
    "SQLAlchemy[asyncio]==2.0.30",
]
[project.optional-dependencies]
test = ["pytest"]
s3 = ["boto3"]
[project.scripts]
serve = "service.main:run"
[dependency-groups]
dev = ["ruff", {include-group = "x"}]
[build-system]
requires = ["hatchling"]
[tool.mypy]
strict = true
ignore_errors = false
"#;
    let poetry = r#"
[tool.poetry]
name = "api"
[tool.poetry.dependencies]
python = "^3.11"
fastapi = "^0.110"
redis = {version = "5.0.1", extras = ["hiredis"]}
numpy = {version = "*", optional = true}
shared = {path = "../shared"}
[tool.poetry.group.dev.dependencies]
pytest = "^8"
[[tool.poetry.source]]
name = "internal"
url = "https://packages.test/simple"
[[tool.poetry.source]]
name = "models"
url = "https://models.test/simple"
priority = "explicit"
"#;
    insta::assert_snapshot!(rows(
        &Deps,
        &[("a/pyproject.toml", Artifact::Pyproject, pep621), ("b/pyproject.toml", Artifact::Pyproject, poetry)]
    ));
}

#[test]
fn setup_files_and_locks() {
    let setup = "from setuptools import setup\nREQ = ['requests>=2', 'click']\nsetup(name='x', install_requires=REQ, \
                 extras_require={'dev': ['pytest']})\n";
    let open = "from setuptools import setup\nsetup(install_requires=open('r.txt').read().split())\n";
    let cfg = "[metadata]\nname = thing\n[options]\ninstall_requires =\n    attrs >= 20\n    # comment\n    rich\n[mypy]\nstrict = True\n";
    let lock = "[[package]]\nname = \"attrs\"\nversion = \"23.1\"\n[[package]]\nname = \"Rich\"\nversion = \"13.0\"\n";
    let package = "{\"name\": \"web\", \"scripts\": {\"build\": \"next build || true\"}, \"dependencies\": {\"next\": \"14.1.0\", \"react\": \"^18\"}, \"devDependencies\": {\"typescript\": \"5.4.0\"}}";
    let npm = "{\"packages\": {\"\": {}, \"node_modules/next\": {\"version\": \"14.1.0\"}, \"node_modules/a/node_modules/b\": {\"version\": \"1\"}}}";
    insta::assert_snapshot!(rows(
        &Deps,
        &[
            ("a/setup.py", Artifact::Python, setup),
            ("b/setup.py", Artifact::Python, open),
            ("c/other.py", Artifact::Python, setup),
            ("setup.cfg", Artifact::SetupCfg, cfg),
            ("poetry.lock", Artifact::PoetryLock, lock),
            ("web/package.json", Artifact::PackageJson, package),
            ("web/package-lock.json", Artifact::PackageLock, npm),
            ("web/.nvmrc", Artifact::Other, "v20.11.1\n"),
            ("runtime.txt", Artifact::Other, "python-3.11.8"),
            (".python-version", Artifact::Other, "pypy3.10-7.3\n"),
        ]
    ));
}

#[test]
fn wrong_manifests_state_nothing_and_break_nothing() {
    let deep = "[".repeat(100_000);
    let continued = "a \\\n".repeat(50_000);
    for kind in [
        Artifact::Requirements,
        Artifact::Pyproject,
        Artifact::Pipfile,
        Artifact::SetupCfg,
        Artifact::UvLock,
        Artifact::PipfileLock,
        Artifact::PackageJson,
        Artifact::PackageLock,
    ] {
        for text in ["", "\u{0}\u{1}", "[[[", "{\"a\": [", "é==1\n-r \n--hash\n@", &deep, &continued] {
            rows(&Deps, &[("x/setup.cfg", kind, text)]);
        }
    }
    rows(&Deps, &[("setup.py", Artifact::Python, "setup(")]);
}
