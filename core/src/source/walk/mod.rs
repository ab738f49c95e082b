//! Which files of a tree are read, and what is told of the rest.
//!
//! A folder is listed once and no file is opened but ignore files; the result is sorted, so that it does not depend on
//! the number of threads. What is decided here, in this order, for each path:
//!
//! 1. version control's own folders (`.git`), and whatever is no regular file or folder, are never read. Symbolic links
//!    are told and not followed: inside of the root their target is read at its own place, outside it is out of bounds;
//! 2. `exclude` globs, then `.treewardignore`: an exclusion is final, a `!` pattern brings a path back;
//! 3. `.env` files are read even where `.gitignore` names them, for what stands in them is deployed; so is other
//!    configuration where no `.git` is in the root or above it: what an export holds was committed or is deployed;
//! 4. `.gitignore` files from the root downwards (none above it, no user-wide one: the same tree gives the same result
//!    on every machine; a clone and an export of it may differ by 3);
//! 5. vendored, generated and backup trees ([`mod@skips`]), unless `include_vendored`;
//! 6. binary formats by extension, and files over the size bound.
//!
//! Hidden files are read like any other. Every path left out stands in `skipped`, a folder once for all that it holds.

mod ignores;
mod patterns;
mod skips;

use std::ffi::OsString;
use std::fs::{self, DirEntry, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::Span;
use super::overlay::{Held, Overlay};
use crate::Error;
use ignores::{Ignores, Ruling};
use skips::Siblings;

/// How to walk.
#[derive(Debug, Clone)]
pub struct WalkOptions {
    /// Largest file that is read, in bytes; at most [`super::Span::MAX_TEXT`].
    pub max_file_size: u64,
    /// Globs of paths to leave out, as in `.gitignore`.
    pub exclude: Vec<String>,
    /// Whether vendored, generated and backup trees are read too.
    pub include_vendored: bool,
}

impl Default for WalkOptions {
    fn default() -> Self {
        Self { max_file_size: 2 << 20, exclude: Vec::new(), include_vendored: false }
    }
}

impl WalkOptions {
    /// Largest file that is read, in bytes.
    pub(crate) fn bound(&self) -> u64 {
        self.max_file_size.min(Span::MAX_TEXT as u64)
    }

    /// Why a file of `size` bytes is not read.
    pub(crate) fn too_large(&self, size: u64) -> String {
        format!("{size} bytes, more than the bound of {}", self.bound())
    }
}

/// A file to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Path from the root, with forward slashes.
    pub path: String,
    /// The path from the root on disk, where it is not Unicode and [`Entry::path`] only resembles it.
    pub raw: Option<Box<Path>>,
    /// Its size and mode; `None` after [`collect_where`], which goes by names alone.
    pub stat: Option<Stat>,
    /// Whether `.gitignore` names it, and it was read all the same.
    pub ignored: bool,
}

/// What the file system says of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stat {
    /// Size in bytes.
    pub size: u64,
    /// Unix permission bits, where the platform has them.
    pub mode: Option<u32>,
}

impl Entry {
    /// Where it is on disk.
    pub fn on_disk(&self, root: &Path) -> PathBuf {
        root.join(self.raw.as_deref().unwrap_or(Path::new(&self.path)))
    }
}

/// A path that was not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
pub struct Skipped {
    /// Path from the root, with forward slashes; a folder where all of it was skipped.
    pub path: String,
    /// Why, in words.
    pub reason: String,
    /// Permission bits of a store of keys, which is judged by them alone.
    #[serde(skip)]
    pub mode: Option<u32>,
}

/// What a walk gave, sorted by path.
#[derive(Debug, Default)]
pub struct Collected {
    /// The root that the paths are relative to.
    pub root: PathBuf,
    /// The files to read.
    pub files: Vec<Entry>,
    /// What was left out, and why.
    pub skipped: Vec<Skipped>,
}

/// Walks `root` (a folder, or one file), on the threads of the current rayon pool.
///
/// # Errors
/// The root is missing or cannot be read, or a glob is wrong.
pub fn collect(root: &Path, options: &WalkOptions) -> Result<Collected, Error> {
    walk(root, options, Wish::default())
}

/// As [`collect`], of the tree as it would be if the texts in memory were written out.
///
/// # Errors
/// As [`collect`].
pub(crate) fn collect_over(root: &Path, options: &WalkOptions, overlay: &Overlay) -> Result<Collected, Error> {
    walk(root, options, Wish { overlay: Some(overlay), ..Wish::default() })
}

/// As [`collect`], but of the files in a folder only those whose path `keep` wants; the others are not even told. Sizes
/// are not asked for: whoever reads a file keeps to the bound.
///
/// # Errors
/// As [`collect`].
pub fn collect_where(
    root: &Path,
    options: &WalkOptions,
    keep: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Collected, Error> {
    walk(root, options, Wish { keep: Some(keep), ..Wish::default() })
}

/// What is asked of a walk besides its options.
#[derive(Clone, Copy, Default)]
struct Wish<'o> {
    keep: Option<Keep<'o>>,
    overlay: Option<&'o Overlay>,
}

fn walk(root: &Path, options: &WalkOptions, wish: Wish<'_>) -> Result<Collected, Error> {
    let unreadable = |reason: String| Error::Unreadable { path: root.to_owned(), reason };
    let exclude = ignores::globs(&options.exclude)?;
    let canonical = root.canonicalize().map_err(|error| unreadable(error.to_string()))?;
    let metadata = fs::metadata(&canonical).map_err(|error| unreadable(error.to_string()))?;
    if metadata.is_file() {
        return one_file(&canonical, &metadata, options, wish.overlay)
            .ok_or_else(|| unreadable("it has no name".into()));
    }
    if !metadata.is_dir() {
        return Err(unreadable("it is no regular file and no folder".into()));
    }
    fs::read_dir(&canonical).map_err(|error| unreadable(error.to_string()))?;
    let is_export = !canonical.ancestors().any(|folder| folder.join(".git").exists());
    let walk = Walk { root: &canonical, options, wish, is_export, found: Mutex::default() };
    let ignores = Ignores::top(exclude);
    let top =
        Folder { absolute: canonical.clone(), path: String::new(), ignores, may_be_foreign: false, is_unicode: true };
    rayon::scope(|scope| walk.folder(scope, top));
    let found = walk.found.into_inner().unwrap_or_else(PoisonError::into_inner);
    Ok(sorted(Collected { root: canonical, ..found }))
}

/// A root that is a file is read whatever would leave it out in a tree; only the size bound holds.
fn one_file(file: &Path, metadata: &Metadata, options: &WalkOptions, overlay: Option<&Overlay>) -> Option<Collected> {
    let (root, name) = (file.parent()?.to_owned(), file.file_name()?);
    let mut collected = Collected { root, ..Collected::default() };
    let path = name.to_string_lossy().into_owned();
    let raw = name.to_str().is_none().then(|| Path::new(name).into());
    let stat = match overlay.map_or(Held::Nothing, |overlay| overlay.get(&path)) {
        Held::Gone => return Some(collected),
        Held::Text(text) => Stat { size: text.len() as u64, ..Stat::of(metadata) },
        Held::Nothing => Stat::of(metadata),
    };
    collected.admit(Entry { path, raw, stat: Some(stat), ignored: false }, options);
    Some(collected)
}

/// A folder to list.
struct Folder {
    absolute: PathBuf,
    path: String,
    ignores: Arc<Ignores>,
    /// Whether a file in it may show that nobody of the project wrote it.
    may_be_foreign: bool,
    /// Whether `path` is how the folder is called on disk.
    is_unicode: bool,
}

/// An entry of a folder, with its name.
type Named = (OsString, Place);

/// Where an entry stands.
enum Place {
    Disk(DirEntry),
    /// A text of this size takes the place of the file.
    Edited(DirEntry, u64),
    /// A text of this size, on no disk.
    Memory(u64),
    /// A folder that holds such texts only.
    Imagined,
}

/// What an entry is.
enum Kind {
    Folder,
    File,
    /// Neither, with what it is in words.
    Other(String),
}

impl Place {
    fn kind(&self) -> io::Result<Kind> {
        let (Self::Disk(entry) | Self::Edited(entry, _)) = self else {
            return Ok(if matches!(self, Self::Memory(_)) { Kind::File } else { Kind::Folder });
        };
        let kind = entry.file_type()?;
        Ok(match kind {
            _ if kind.is_dir() => Kind::Folder,
            _ if kind.is_file() => Kind::File,
            _ => Kind::Other(not_regular(kind, entry)),
        })
    }

    fn stat(&self) -> io::Result<Stat> {
        match self {
            Self::Disk(entry) => Ok(Stat::of(&entry.metadata()?)),
            Self::Edited(entry, size) => Ok(Stat { size: *size, ..Stat::of(&entry.metadata()?) }),
            Self::Memory(size) => Ok(Stat { size: *size, mode: NEW_MODE }),
            Self::Imagined => Err(io::ErrorKind::IsADirectory.into()),
        }
    }
}

/// The permission bits that a new file gets.
const NEW_MODE: Option<u32> = if cfg!(unix) { Some(0o644) } else { None };

struct Walk<'o> {
    root: &'o Path,
    options: &'o WalkOptions,
    wish: Wish<'o>,
    /// Whether there is no version control, which would tell what `.gitignore` keeps out of it.
    is_export: bool,
    found: Mutex<Collected>,
}

/// Which files are asked for.
type Keep<'o> = &'o (dyn Fn(&str) -> bool + Sync);

impl Walk<'_> {
    fn folder<'s>(&'s self, scope: &rayon::Scope<'s>, folder: Folder) {
        let mut found = Collected::default();
        match self.list(&folder.absolute, &folder.path) {
            Ok(entries) => {
                for inner in self.entries(folder, entries, &mut found) {
                    scope.spawn(move |scope| self.folder(scope, inner));
                }
            }
            Err(error) => found.skip(folder.path, format!("cannot be read: {error}")),
        }
        let mut all = self.found.lock().unwrap_or_else(PoisonError::into_inner);
        all.files.append(&mut found.files);
        all.skipped.append(&mut found.skipped);
    }

    /// What stands in a folder, on disk and in memory.
    fn list(&self, absolute: &Path, path: &str) -> io::Result<Vec<Named>> {
        let disk = |listing: fs::ReadDir| {
            listing.filter_map(Result::ok).map(|entry| (entry.file_name(), Place::Disk(entry))).collect()
        };
        let Some(overlay) = self.wish.overlay else { return fs::read_dir(absolute).map(disk) };
        let mut names = overlay.names(path);
        let listed = match fs::read_dir(absolute) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            listed => disk(listed?),
        };
        let is_file = |place: &Place| place.kind().is_ok_and(|kind| matches!(kind, Kind::File));
        let mut entries: Vec<Named> = Vec::with_capacity(listed.len());
        for (name, place) in listed {
            let known = name.to_str().unwrap_or_default();
            let size = names.files.remove(known);
            if names.gone.contains(known) && is_file(&place) {
                continue;
            }
            names.folders.remove(known);
            let place = match (size, place) {
                (Some(size), Place::Disk(entry)) => Place::Edited(entry, size),
                (_, place) => place,
            };
            entries.push((name, place));
        }
        entries.extend(names.folders.into_iter().map(|name| (name.into(), Place::Imagined)));
        entries.extend(names.files.into_iter().map(|(name, size)| (name.into(), Place::Memory(size))));
        Ok(entries)
    }

    /// Sorts a folder's entries into `found`; gives the folders to go into.
    fn entries(&self, folder: Folder, mut entries: Vec<Named>, found: &mut Collected) -> Vec<Folder> {
        entries.sort_unstable_by(|one, two| one.0.cmp(&two.0));
        let siblings = Siblings::new(&entries);
        if let Some(reason) = skips::marked(&siblings).filter(|_| folder.may_be_foreign) {
            found.skip(folder.path, reason.to_owned());
            return Vec::new();
        }
        let ignores = Ignores::enter(&folder.ignores, &self.inside(&folder), &siblings, found);
        let mut inner = Vec::new();
        let mut path = folder.path.clone();
        for (name, entry) in &entries {
            path.truncate(folder.path.len());
            path.extend((!path.is_empty()).then_some('/'));
            path.push_str(&name.to_string_lossy());
            match entry.kind() {
                Err(_) => found.skip(path.clone(), "cannot be read".into()),
                Ok(Kind::Folder) => {
                    let (absolute, is_unicode) =
                        (folder.absolute.join(name), folder.is_unicode && name.to_str().is_some());
                    let place = Folder {
                        absolute,
                        path: path.clone(),
                        ignores: Arc::clone(&ignores),
                        may_be_foreign: true,
                        is_unicode,
                    };
                    match self.enter(&place, &siblings) {
                        Err(reason) => found.skip(path.clone(), reason),
                        Ok(may_be_foreign) => inner.push(Folder { may_be_foreign, ..place }),
                    }
                }
                Ok(Kind::File) if self.wish.keep.is_none_or(|keep| keep(&path)) => {
                    let is_raw = !folder.is_unicode || name.to_str().is_none();
                    let raw = is_raw.then(|| folder.absolute.join(name));
                    self.file(&ignores, (entry, raw), &path, found);
                }
                Ok(Kind::File) => {}
                Ok(Kind::Other(what)) => found.skip(path.clone(), what),
            }
        }
        inner
    }

    /// Whether to go into a folder: why not, or whether what it holds may still speak against it.
    fn enter(&self, folder: &Folder, siblings: &Siblings<'_>) -> Result<bool, String> {
        let name = folder.path.rsplit('/').next().unwrap_or(&folder.path);
        if skips::is_version_control(name) {
            return Err("version control".into());
        }
        match folder.ignores.ruling(&folder.path, true) {
            Ruling::Read => Ok(false),
            Ruling::Leave(reason) | Ruling::Ignored(reason) => Err(reason),
            Ruling::None if self.options.include_vendored => Ok(false),
            Ruling::None => match skips::folder(name, &self.inside(folder), siblings) {
                Some(reason) => Err(reason.to_owned()),
                None => Ok(true),
            },
        }
    }

    fn inside<'f>(&'f self, folder: &'f Folder) -> Inside<'f> {
        Inside { absolute: &folder.absolute, path: &folder.path, overlay: self.wish.overlay }
    }

    fn file(&self, ignores: &Ignores, (entry, raw): (&Place, Option<PathBuf>), path: &str, found: &mut Collected) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let mut ignored = false;
        let reason = match ignores.ruling(path, false) {
            Ruling::Read => None,
            Ruling::Leave(reason) => Some(reason),
            Ruling::Ignored(reason) => {
                ignored = skips::is_environment(name) || self.is_export && skips::is_configuration(name);
                (!ignored).then_some(reason)
            }
            Ruling::None if self.options.include_vendored => skips::binary(name).map(str::to_owned),
            Ruling::None => skips::file(name).map(str::to_owned),
        };
        if let Some(reason) = reason {
            let mode = skips::is_key_store(name).then(|| entry.stat().ok()?.mode).flatten();
            return found.skipped.push(Skipped { path: path.to_owned(), reason, mode });
        }
        // Whoever asks for some files only looks at them when they are read.
        let stat = match self.wish.keep {
            Some(_) => None,
            None => match entry.stat() {
                Ok(stat) => Some(stat),
                Err(error) => return found.skip(path.to_owned(), format!("cannot be read: {error}")),
            },
        };
        let raw = raw.and_then(|raw| raw.strip_prefix(self.root).map(Box::from).ok());
        found.admit(Entry { path: path.to_owned(), raw, stat, ignored }, self.options);
    }
}

/// The inside of a folder, as far as a look at single names in it needs it.
struct Inside<'f> {
    absolute: &'f Path,
    path: &'f str,
    overlay: Option<&'f Overlay>,
}

impl Inside<'_> {
    /// What memory holds of the file `name`.
    fn held(&self, name: &str) -> Held<'_> {
        let Some(overlay) = self.overlay else { return Held::Nothing };
        if self.path.is_empty() { overlay.get(name) } else { overlay.get(&format!("{}/{name}", self.path)) }
    }

    /// Whether the folder holds `name`.
    fn has(&self, name: &str) -> bool {
        match self.held(name) {
            Held::Text(_) => true,
            Held::Gone => false,
            Held::Nothing => {
                let is_imagined =
                    || self.overlay.is_some_and(|overlay| overlay.names(self.path).folders.contains(name));
                self.absolute.join(name).exists() || is_imagined()
            }
        }
    }

    /// The names in the folder.
    fn names(&self) -> Vec<OsString> {
        let listing = fs::read_dir(self.absolute).into_iter().flatten();
        let mut names: Vec<OsString> = listing.filter_map(Result::ok).map(|entry| entry.file_name()).collect();
        if let Some(overlay) = self.overlay {
            let held = overlay.names(self.path);
            names.retain(|name| name.to_str().is_none_or(|name| !held.gone.contains(name)));
            names.extend(held.files.into_keys().chain(held.folders).map(OsString::from));
        }
        names
    }
}

impl Stat {
    fn of(metadata: &Metadata) -> Self {
        Self { size: metadata.len(), mode: mode(metadata) }
    }
}

impl Collected {
    fn skip(&mut self, path: String, reason: String) {
        self.skipped.push(Skipped { path, reason, mode: None });
    }

    fn admit(&mut self, entry: Entry, options: &WalkOptions) {
        match entry.stat {
            Some(stat) if stat.size > options.bound() => self.skip(entry.path, options.too_large(stat.size)),
            _ => self.files.push(entry),
        }
    }
}

fn sorted(mut found: Collected) -> Collected {
    found.files.sort_unstable_by(|a, b| (&a.path, &a.raw).cmp(&(&b.path, &b.raw)));
    for entry in found.files.split_off(found.files.len().min(Span::MAX_FILES)) {
        found.skip(entry.path, format!("the tree has more than {} files", Span::MAX_FILES));
    }
    found.files.shrink_to_fit();
    found.skipped.sort_unstable();
    found
}

fn not_regular(kind: fs::FileType, entry: &DirEntry) -> String {
    if !kind.is_symlink() {
        return "no regular file".into();
    }
    match fs::read_link(entry.path()) {
        Ok(target) => format!("a symbolic link to `{}`", target.display()),
        Err(_) => "a symbolic link".into(),
    }
}

#[cfg(unix)]
fn mode(metadata: &Metadata) -> Option<u32> {
    use std::os::unix::fs::MetadataExt;
    Some(metadata.mode() & 0o7777)
}

#[cfg(not(unix))]
fn mode(_: &Metadata) -> Option<u32> {
    None
}

#[cfg(test)]
mod tests;
