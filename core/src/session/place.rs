//! From the path that an editor names to the path by which the tree knows the file.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::source::{Held, Overlay};

const OUTSIDE: &str = "it stands outside of the tree";

/// The path from `top`, with forward slashes; else why it names no file of the tree. `root` is another way to say `top`.
pub(super) fn find(path: &Path, top: &Path, root: &Path, overlay: &Overlay) -> Result<String, String> {
    let path = if path.is_absolute() { inside(path, top, root)? } else { path.to_owned() };
    let path = settle(&names(&path)?, top, overlay)?;
    if overlay.below(&path).any(|(_, text)| text.is_some()) {
        return Err("it is a folder".to_owned());
    }
    Ok(path)
}

/// An absolute path as one from the root, however its upper folders are spelled.
fn inside(path: &Path, top: &Path, root: &Path) -> Result<PathBuf, String> {
    if let Ok(rest) = path.strip_prefix(top).or_else(|_| path.strip_prefix(root)) {
        return Ok(rest.to_owned());
    }
    for folder in path.ancestors().skip(1) {
        let Ok(real) = folder.canonicalize() else { continue };
        let rest = path.strip_prefix(folder).unwrap_or(path);
        return real.join(rest).strip_prefix(top).map(Path::to_owned).map_err(|_| OUTSIDE.to_owned());
    }
    Err(OUTSIDE.to_owned())
}

/// The names in a relative path, `.` and `..` resolved as they are written.
fn names(path: &Path) -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(names.pop().ok_or(OUTSIDE)?),
            Component::Normal(name) => {
                let name = name.to_str().ok_or("its name is not Unicode")?;
                names.push(name.to_owned());
            }
            Component::RootDir | Component::Prefix(_) => return Err(OUTSIDE.to_owned()),
        }
    }
    if names.is_empty() { Err("it names no file".to_owned()) } else { Ok(names) }
}

/// The path with symbolic links followed, which must stay in the tree, and only the last name may be that of a file.
fn settle(names: &[String], top: &Path, overlay: &Overlay) -> Result<String, String> {
    let mut path = String::new();
    let mut is_on_disk = true;
    for (at, name) in names.iter().enumerate() {
        let is_last = at + 1 == names.len();
        path.extend((!path.is_empty()).then_some('/'));
        path.push_str(name);
        let mut is_folder = false;
        if is_on_disk {
            let (real, kind) = look(path, top)?;
            path = real;
            is_on_disk = kind != Kind::Nothing;
            is_folder = kind == Kind::Folder;
            if kind == Kind::File && !is_last && overlay.get(&path) != Held::Gone {
                return Err(format!("`{path}` is a file"));
            }
        }
        if is_folder && is_last {
            return Err("it is a folder".to_owned());
        }
        if !is_last && matches!(overlay.get(&path), Held::Text(_)) {
            return Err(format!("`{path}` is a file"));
        }
    }
    Ok(path)
}

#[derive(PartialEq, Eq)]
enum Kind {
    Nothing,
    Folder,
    File,
}

/// What stands on disk at a path, and where that is.
fn look(path: String, top: &Path) -> Result<(String, Kind), String> {
    let absolute = top.join(&path);
    let metadata = match fs::symlink_metadata(&absolute) {
        Ok(metadata) => metadata,
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok((path, Kind::Nothing));
        }
        Err(error) => return Err(error.to_string()),
    };
    if metadata.is_symlink() {
        let real = absolute.canonicalize().map_err(|error| format!("`{path}` is a symbolic link: {error}"))?;
        let rest = real.strip_prefix(top).map_err(|_| format!("`{path}` leads out of the tree"))?;
        let rest = rest.to_str().ok_or("its name is not Unicode")?.replace('\\', "/");
        let is_folder = real.is_dir();
        return Ok((rest, if is_folder { Kind::Folder } else { Kind::File }));
    }
    match () {
        () if metadata.is_dir() => Ok((path, Kind::Folder)),
        () if metadata.is_file() => Ok((path, Kind::File)),
        () => Err("it is no regular file".to_owned()),
    }
}
