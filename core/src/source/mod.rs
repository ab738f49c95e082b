//! Walking, decoding and classifying a tree. Nothing here knows what a file means beyond its kind.

mod artifact;
mod classify;
mod file;
pub(crate) mod glob;
mod lines;
mod overlay;
mod span;
mod text;
mod texts;
mod walk;

pub use artifact::Artifact;
pub use classify::classify;
pub use file::SourceFile;
pub use lines::{LineIndex, Position};
pub(crate) use overlay::{Held, Overlay};
pub use span::{FileId, Span};
pub use text::{DecodeError, decode};
pub use texts::{Text, Texts};
pub(crate) use walk::collect_over;
pub use walk::{Collected, Entry, Skipped, Stat, WalkOptions, collect, collect_where};
