//! An editor's view of a tree: texts in memory over the tree on disk, and after each edit what it changed.
//!
//! A session says what an audit would say if every text in memory were written out. It keeps what the analysis of each
//! file gave, so that an edit analyses one file again, joins again what that file has a part in, and asks again only the
//! rules that read a table of facts which became another.

mod answers;
mod place;
mod tree;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::engine::{Auditor, Cancel};
use crate::error::Error;
use crate::report::{Audit, Finding, Shown};
use crate::source::{Collected, Held, Overlay, collect_over};
use tree::Tree;

/// The files whose findings an edit changed, each with all findings that it has then: none where it lost them.
pub type Changes = BTreeMap<String, Vec<Finding>>;

/// Texts in memory over a tree on disk.
///
/// The disk is looked at when the session is opened. Whoever learns that a file changed there says so with
/// [`Session::close`], which reads it again.
///
/// ```
/// # let tree = tempfile::tempdir().unwrap();
/// # std::fs::write(tree.path().join("app.py"), "import yaml\n").unwrap();
/// # let tree = tree.path();
/// let auditor = treeward::Auditor::builder().build()?;
/// let mut session = auditor.session(tree)?;
/// let on_disk = session.findings("app.py").to_vec();
/// let changed = session.update("app.py", "import yaml\n\ndata = yaml.load(open('a.yml'))\n")?;
/// assert!(changed["app.py"].iter().any(|finding| finding.rule_id == "python/unsafe-yaml-load"));
/// // The editor closes the file without saving it: what is on disk counts again.
/// assert!(session.close("app.py")?.contains_key("app.py"));
/// assert_eq!(session.findings("app.py"), on_disk);
/// # Ok::<(), treeward::Error>(())
/// ```
pub struct Session {
    auditor: Auditor,
    /// The root as it was given, for the report.
    name: String,
    /// The same, wherever the process goes.
    root: PathBuf,
    /// The folder that paths are relative to.
    top: PathBuf,
    overlay: Overlay,
    /// Nothing after an error within a step: the next one begins anew.
    tree: Option<Tree>,
    findings: BTreeMap<String, Vec<Finding>>,
    shown: Shown,
}

impl Auditor {
    /// Opens a session on the tree at `root`, a folder or a single file, and audits it. What stops and follows the auditor's
    /// runs does so while it is opened, not later.
    ///
    /// # Errors
    /// As [`Auditor::audit`].
    pub fn session(&self, root: impl AsRef<Path>) -> Result<Session, Error> {
        let mut session = Session {
            auditor: self.clone(),
            name: root.as_ref().display().to_string(),
            root: std::path::absolute(root.as_ref()).unwrap_or_else(|_| root.as_ref().to_owned()),
            top: PathBuf::new(),
            overlay: Overlay::default(),
            tree: None,
            findings: BTreeMap::new(),
            shown: Shown::default(),
        };
        self.pool.install(|| session.renew("", true))?;
        (session.auditor.options.cancel, session.auditor.options.observer) = (Cancel::default(), None);
        Ok(session)
    }
}

impl Session {
    /// Puts `text` in the place of the file at `path`, which need not exist: from then on the file says this.
    ///
    /// A path is from the root, or absolute. A file that the walk leaves out (ignored, vendored, of a binary format) may
    /// be edited like any other; as in an audit, nothing is found in it.
    ///
    /// # Errors
    /// [`Error::Refused`] for a path that is no file of the tree, and for a text that no audit would read: it is too large
    /// or holds NUL. Nothing is changed then.
    pub fn update(&mut self, path: impl AsRef<Path>, text: impl Into<String>) -> Result<Changes, Error> {
        let (given, text) = (path.as_ref(), text.into());
        let path = self.place(given)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        let refused = |reason: String| Err(Error::Refused { path: given.to_owned(), reason });
        let walk = &self.auditor.options.walk;
        if text.len() as u64 > walk.bound() {
            return refused(walk.too_large(text.len() as u64));
        }
        if text.contains('\0') {
            return refused("its text is binary: it holds NUL".to_owned());
        }
        let was_held = match self.overlay.get(&path) {
            Held::Text(held) if held == text && self.tree.is_some() => return Ok(Changes::new()),
            held => matches!(held, Held::Text(_)),
        };
        let is_known = was_held || self.tree.as_ref().is_some_and(|tree| tree.position(&path).is_some());
        self.overlay.set(&path, Some(Arc::from(text)));
        self.step(&path, !is_known || is_ignore_file(&path))
    }

    /// Takes the file at `path` away, whatever the disk says.
    ///
    /// # Errors
    /// [`Error::Refused`] for a path that is no file of the tree.
    pub fn remove(&mut self, path: impl AsRef<Path>) -> Result<Changes, Error> {
        let path = self.place(path.as_ref())?;
        self.overlay.set(&path, None);
        self.step(&path, true)
    }

    /// Goes back to what stands on disk at `path`, and reads it again: after a file was closed in the editor, saved, or
    /// changed by somebody else.
    ///
    /// # Errors
    /// [`Error::Refused`] for a path that is no file of the tree.
    pub fn close(&mut self, path: impl AsRef<Path>) -> Result<Changes, Error> {
        let path = self.place(path.as_ref())?;
        self.overlay.forget(&path);
        self.step(&path, true)
    }

    /// The findings of one file; none for a path that the session does not know.
    pub fn findings(&self, path: impl AsRef<Path>) -> &[Finding] {
        let path = self.place(path.as_ref()).ok();
        path.and_then(|path| self.findings.get(&path)).map_or(&[], Vec::as_slice)
    }

    /// The whole audit of the texts in memory over the tree on disk: what [`Auditor::audit`] would give if they were
    /// written out.
    ///
    /// # Errors
    /// Only where an earlier step failed, so that the tree must be read anew: as [`Auditor::audit`].
    pub fn audit(&mut self) -> Result<Audit, Error> {
        let pool = Arc::clone(&self.auditor.pool);
        pool.install(|| {
            if self.tree.is_none() {
                self.renew("", true)?;
            }
            let tree = self.tree.as_ref().ok_or_else(|| Error::Internal("a session without a tree".to_owned()))?;
            Ok(tree.audit(&self.auditor, self.name.clone(), &self.shown))
        })
    }

    /// The path as the tree knows it.
    fn place(&self, path: &Path) -> Result<String, Error> {
        place::find(path, &self.top, &self.root, &self.overlay)
            .map_err(|reason| Error::Refused { path: path.to_owned(), reason })
    }

    fn step(&mut self, path: &str, walks: bool) -> Result<Changes, Error> {
        let pool = Arc::clone(&self.auditor.pool);
        pool.install(|| self.renew(path, walks))
    }

    /// Makes the tree what it is after something happened at `path`; gives what that changed.
    fn renew(&mut self, path: &str, walks: bool) -> Result<Changes, Error> {
        let walk = |session: &Self| collect_over(&session.root, &session.auditor.options.walk, &session.overlay);
        let kept = match self.tree.take() {
            Some(tree) if !walks => Some((tree, None)),
            Some(tree) => Some((tree, Some(walk(self)?))),
            None => None,
        };
        let kept = match kept {
            Some((tree, Some(collected))) if !tree.has_files(&collected) => Err(Some(collected)),
            Some((tree, collected)) => self.edited(tree, path, collected)?.ok_or(None),
            None => Err(None),
        };
        let (tree, edited) = match kept {
            Ok(tree) => (tree, Some(path)),
            Err(collected) => {
                let collected = collected.map_or_else(|| walk(self), Ok)?;
                self.top.clone_from(&collected.root);
                (Tree::read(&self.auditor, &self.root, collected, &self.overlay)?, None)
            }
        };
        let changes = tree.changes(&self.auditor, edited, (&self.findings, &mut self.shown));
        self.tree = Some(tree);
        for (path, findings) in &changes {
            match findings.is_empty() {
                true => self.findings.remove(path),
                false => self.findings.insert(path.clone(), findings.clone()),
            };
        }
        Ok(changes)
    }

    /// The tree with another text at `path`; nothing where it must be read anew.
    fn edited(&self, mut tree: Tree, path: &str, walked: Option<Collected>) -> Result<Option<Tree>, Error> {
        let Some(at) = tree.position(path) else { return Ok(Some(tree)) };
        if let Some(entry) =
            walked.and_then(|mut walked| (at < walked.files.len()).then(|| walked.files.swap_remove(at)))
        {
            tree.look_again(at, entry);
        }
        let is_read = match self.overlay.get(path) {
            Held::Text(text) => tree.edit(&self.auditor, at, text)?,
            Held::Gone => false,
            Held::Nothing => tree.edit_from_disk(&self.auditor, &self.top, at)?,
        };
        Ok(is_read.then_some(tree))
    }
}

/// Whether a file decides which others are read.
fn is_ignore_file(path: &str) -> bool {
    matches!(path.rsplit('/').next(), Some(".gitignore" | ".treewardignore"))
}
