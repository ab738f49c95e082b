//! Lists every rule file of this folder and every table of `data/`, so that `src/lib.rs` can embed them.
//!
//! A rule file is `<artifact>/<name>.yaml`. Its tests (`<name>.test.yaml`, `<name>.py`, a folder `<name>/` …) stay out.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    // The whole folder is watched, so that a first rule of an artifact is noticed.
    println!("cargo:rerun-if-changed={}", root.display());
    let mut files = Vec::new();
    for folder in sorted_entries(&root)? {
        let name = file_name(&folder);
        if folder.is_dir() && !matches!(name.as_str(), "src" | "target" | "data") {
            files.extend(sorted_entries(&folder)?.into_iter().filter(|path| is_rule_file(path)));
        }
    }
    let data = root.join("data");
    let tables: Vec<PathBuf> = sorted_entries(&data)?.into_iter().filter(|path| is_rule_file(path)).collect();
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(out.join("files.rs"), embed(&root, &files))?;
    fs::write(out.join("data.rs"), embed(&root, &tables))
}

/// The code of a list that embeds `files`.
fn embed(root: &Path, files: &[PathBuf]) -> String {
    let mut code = String::from("&[\n");
    for path in files {
        let id = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        let _ =
            writeln!(code, "    RuleFile {{ path: {id:?}, text: include_str!({:?}) }},", path.display().to_string());
    }
    code.push_str("]\n");
    code
}

fn sorted_entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<_>>()?;
    entries.sort();
    Ok(entries)
}

fn is_rule_file(path: &Path) -> bool {
    let name = file_name(path);
    path.is_file() && name.ends_with(".yaml") && !name.ends_with(".test.yaml")
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
