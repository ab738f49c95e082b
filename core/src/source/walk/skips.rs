//! Trees and files that nobody of the project wrote, or that are copies: left out by default, each with its reason.
//!
//! A name that only ever means one thing decides alone; a name that people also give to their own work (`build`,
//! `env`, `backup`) needs evidence beside it.

use std::ffi::OsStr;

use super::{Inside, Named};

const VENDORED: &str = "vendored code";
const ENVIRONMENT: &str = "a virtual environment";
const GENERATED: &str = "generated";
const CACHE: &str = "a cache";
const BACKUP: &str = "a backup copy";
const BINARY: &str = "a binary format";
const MINIFIED: &str = "minified";

/// Folder names that decide alone.
const FOLDERS: &[(&str, &str)] = &[
    ("node_modules", VENDORED),
    ("bower_components", VENDORED),
    ("jspm_packages", VENDORED),
    ("vendor", VENDORED),
    ("vendored", VENDORED),
    ("_vendor", VENDORED),
    ("_vendored", VENDORED),
    ("third_party", VENDORED),
    ("third-party", VENDORED),
    ("site-packages", VENDORED),
    ("dist-packages", VENDORED),
    (".yarn", VENDORED),
    (".pnpm-store", VENDORED),
    (".bundle", VENDORED),
    (".terraform", VENDORED),
    (".venv", ENVIRONMENT),
    ("venv", ENVIRONMENT),
    ("virtualenv", ENVIRONMENT),
    (".virtualenv", ENVIRONMENT),
    (".tox", ENVIRONMENT),
    (".nox", ENVIRONMENT),
    (".direnv", ENVIRONMENT),
    (".devenv", ENVIRONMENT),
    ("__pypackages__", ENVIRONMENT),
    (".eggs", GENERATED),
    (".next", GENERATED),
    (".nuxt", GENERATED),
    (".output", GENERATED),
    (".svelte-kit", GENERATED),
    (".angular", GENERATED),
    (".serverless", GENERATED),
    (".docusaurus", GENERATED),
    ("htmlcov", GENERATED),
    ("storybook-static", GENERATED),
    ("__pycache__", CACHE),
    (".mypy_cache", CACHE),
    (".pytest_cache", CACHE),
    (".ruff_cache", CACHE),
    (".hypothesis", CACHE),
    (".ipynb_checkpoints", CACHE),
    (".cache", CACHE),
    (".parcel-cache", CACHE),
    (".turbo", CACHE),
    (".gradle", CACHE),
    (".nyc_output", CACHE),
];

/// Folder names that count only beside a file that shows which tool fills them.
const BUILT: &[(&str, &[&str])] = &[
    ("target", &["Cargo.toml", "pom.xml", "build.sbt"]),
    ("dist", &["package.json", "setup.py", "pyproject.toml"]),
    ("out", &["package.json", "next.config.js", "next.config.mjs", "next.config.ts"]),
    ("coverage", &["package.json"]),
];

/// What setuptools, Create React App and Gradle leave in a `build` folder.
const BUILD_RESULTS: &[&str] =
    &["lib", "bdist.linux-x86_64", "asset-manifest.json", "static", "classes", "libs", "index.html"];

/// A file in a folder that shows what the folder is.
const MARKERS: &[(&str, &str)] = &[("pyvenv.cfg", ENVIRONMENT), ("conda-meta", ENVIRONMENT), ("CACHEDIR.TAG", CACHE)];

/// Folders that an environment of Python consists of.
const PARTS_OF_ENVIRONMENT: &[&str] = &["bin", "lib", "lib64", "include", "share", "Lib", "Scripts", "Include"];

/// Names that people give to the folder they put old copies into.
const OLD: &[&str] =
    &["backup", "backups", "bak", "old", "archive", "archives", "archived", "_backup", "_old", "_archive"];

/// Ends of the names of copies.
const COPY_ENDS: &[&str] = &[".bak", ".backup", ".orig", ".old", ".save", "~", ".swp"];

/// Extensions of formats that hold no text.
const BINARY_EXTENSIONS: &[&str] = &[
    "png",
    "jpg",
    "jpeg",
    "gif",
    "webp",
    "ico",
    "bmp",
    "tif",
    "tiff",
    "avif",
    "heic",
    "psd",
    "mp3",
    "mp4",
    "wav",
    "ogg",
    "flac",
    "avi",
    "mov",
    "mkv",
    "webm",
    "pdf",
    "doc",
    "docx",
    "xls",
    "xlsx",
    "ppt",
    "pptx",
    "zip",
    "gz",
    "bz2",
    "xz",
    "zst",
    "7z",
    "rar",
    "tar",
    "tgz",
    "jar",
    "war",
    "whl",
    "egg",
    "exe",
    "dll",
    "so",
    "dylib",
    "a",
    "o",
    "obj",
    "lib",
    "class",
    "pyc",
    "pyo",
    "pyd",
    "wasm",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "sqlite",
    "sqlite3",
    "db",
    "rdb",
    "mdb",
    "parquet",
    "arrow",
    "feather",
    "npy",
    "npz",
    "pkl",
    "pickle",
    "pt",
    "pth",
    "onnx",
    "safetensors",
    "gguf",
    "h5",
    "bin",
    "dat",
    "p12",
    "pfx",
    "jks",
    "keystore",
    "mo",
    "deb",
    "rpm",
    "dmg",
    "iso",
    "img",
];

/// Whether a folder is version control's own.
pub(super) fn is_version_control(name: &str) -> bool {
    matches!(name, ".git" | ".hg" | ".svn" | ".bzr" | ".jj")
}

/// Whether a file holds a deployment's variables: `.env` and its variants.
pub(super) fn is_environment(name: &str) -> bool {
    name == ".env" || name.starts_with(".env.") || name.ends_with(".env")
}

/// Whether a file configures what is deployed, by its name.
pub(super) fn is_configuration(name: &str) -> bool {
    const EXTENSIONS: &[&str] =
        &["yml", "yaml", "toml", "ini", "cfg", "conf", "sql", "sh", "service", "timer", "pem", "key", "crt"];
    let is_known = |extension: &str| EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known));
    name.starts_with("Dockerfile") || name.rsplit_once('.').is_some_and(|(_, extension)| is_known(extension))
}

/// Why a folder is left out; `siblings` are the entries beside it.
pub(super) fn folder(name: &str, inside: &Inside<'_>, siblings: &Siblings<'_>) -> Option<&'static str> {
    let named = FOLDERS.iter().find(|(known, _)| *known == name).map(|(_, reason)| *reason);
    named
        .or_else(|| (PARTS_OF_ENVIRONMENT.contains(&name) && siblings.has("pyvenv.cfg")).then_some(ENVIRONMENT))
        .or_else(|| name.ends_with(".egg-info").then_some(GENERATED))
        .or_else(|| dated_copy(name).then_some(BACKUP))
        .or_else(|| built(name, inside, siblings).then_some(GENERATED))
        .or_else(|| (OLD.contains(&name) && is_copy(inside, siblings)).then_some(BACKUP))
}

/// Why a folder is left out that holds `entries`. An environment that stands among work of the project's own is left
/// out by its parts.
pub(super) fn marked(entries: &Siblings<'_>) -> Option<&'static str> {
    let (marker, reason) = MARKERS.iter().find(|(marker, _)| entries.has(marker))?;
    let holds_work = *marker == "pyvenv.cfg"
        && entries.0.iter().any(|(name, _)| {
            let name = name.to_string_lossy();
            name.ends_with(".py") || matches!(&*name, "pyproject.toml" | "requirements.txt" | "Dockerfile")
        });
    (!holds_work).then_some(*reason)
}

/// Why a file is left out.
pub(super) fn file(name: &str) -> Option<&'static str> {
    let is_generated = name.ends_with("_pb2.py") || name.ends_with("_pb2.pyi") || name.ends_with("_pb2_grpc.py");
    let is_minified =
        [".min.js", ".min.css", ".min.mjs", ".bundle.js", ".js.map", ".css.map"].iter().any(|end| name.ends_with(end));
    let is_copy = COPY_ENDS.iter().any(|end| name.ends_with(end)) && !name.starts_with(".env");
    binary(name)
        .or_else(|| is_generated.then_some(GENERATED))
        .or_else(|| is_minified.then_some(MINIFIED))
        .or_else(|| is_copy.then_some(BACKUP))
}

/// Why a file could not be read as text anyhow.
pub(super) fn binary(name: &str) -> Option<&'static str> {
    let (stem, extension) = name.rsplit_once('.')?;
    let is_known = !stem.is_empty() && BINARY_EXTENSIONS.iter().any(|known| extension.eq_ignore_ascii_case(known));
    is_known.then_some(BINARY)
}

/// Whether a file holds private keys in a format that is no text.
pub(super) fn is_key_store(name: &str) -> bool {
    const STORES: &[&str] = &["jks", "p12", "pfx", "keystore"];
    name.rsplit_once('.').is_some_and(|(_, extension)| STORES.iter().any(|store| extension.eq_ignore_ascii_case(store)))
}

/// `app.bak`, `src_backup`, `backup_20240131`, `old-2024-01-31`.
fn dated_copy(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let is_marked = [".bak", ".backup", ".orig", ".old", "_backup", "-backup", "_bak", "-bak"]
        .iter()
        .any(|end| lower.ends_with(end));
    let word = ["backup", "bak", "old", "archive"].iter().any(|word| lower.contains(word));
    let digits = lower.bytes().filter(u8::is_ascii_digit).count();
    is_marked && !lower.starts_with(['_', '-', '.']) || word && digits >= 6
}

fn built(name: &str, inside: &Inside<'_>, siblings: &Siblings<'_>) -> bool {
    let is_beside = BUILT.iter().any(|(known, tools)| *known == name && tools.iter().any(|tool| siblings.has(tool)));
    is_beside || name == "build" && BUILD_RESULTS.iter().any(|result| inside.has(result))
}

/// Whether a folder for old things repeats names of the folder that holds it: then it holds copies. A package that
/// makes backups does not.
fn is_copy(inside: &Inside<'_>, siblings: &Siblings<'_>) -> bool {
    const COMMON: &[&str] = &["__init__.py", "README.md", "Makefile", ".gitignore", ".gitkeep", "Dockerfile"];
    inside.names().iter().any(|name| {
        let name = name.to_string_lossy();
        !COMMON.contains(&&*name) && siblings.has(&name) || dated_copy(&name)
    })
}

/// The names in one folder.
pub(super) struct Siblings<'e>(&'e [Named]);

impl<'e> Siblings<'e> {
    /// `entries` must be in the order of their names.
    pub(super) fn new(entries: &'e [Named]) -> Self {
        Self(entries)
    }

    /// Whether the folder has an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.binary_search_by(|(known, _)| known.as_os_str().cmp(OsStr::new(name))).is_ok()
    }
}
