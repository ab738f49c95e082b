//! The bytes of one file after the other, in one buffer a thread: most files are looked at once and leave nothing.

use std::cell::Cell;
use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use crate::source::WalkOptions;

/// Room that a buffer begins with; most files fit.
const ROOM: usize = 32 << 10;
/// Room that a buffer may keep for the next file.
const KEPT: usize = 256 << 10;

thread_local! {
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// What `use_bytes` makes of a file's bytes, or of why there are none.
pub(super) fn with_bytes<T>(
    file: &Path,
    options: &WalkOptions,
    use_bytes: impl FnOnce(Result<&[u8], String>) -> T,
) -> T {
    // Taken, so that a reader within a reader has a buffer of its own.
    let mut buffer = BUFFER.take();
    let read = fill(&mut buffer, file, options);
    let value = use_bytes(read.map(|length| &buffer[..length]));
    if buffer.len() <= KEPT {
        BUFFER.set(buffer);
    }
    value
}

/// Reads a file to the start of the buffer, up to the bound of its size; gives its length.
fn fill(buffer: &mut Vec<u8>, file: &Path, options: &WalkOptions) -> Result<usize, String> {
    let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
    let mut opened = open(file).map_err(unreadable)?;
    let mut length = 0;
    loop {
        if length == buffer.len() {
            // Small files need not be asked for their size.
            let size = if length == 0 { 0 } else { opened.metadata().map_err(unreadable)?.len() };
            let size = size.max(length as u64);
            if size > options.bound() {
                return Err(options.too_large(size));
            }
            buffer.resize((size as usize + 1).max(ROOM), 0);
        }
        match opened.read(&mut buffer[length..]) {
            Ok(0) if length as u64 > options.bound() => return Err(options.too_large(length as u64)),
            Ok(0) => return Ok(length),
            Ok(read) => length += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
}

/// Opens a file without waiting: the walk takes regular files only, but one may have become a FIFO since.
fn open(file: &Path) -> std::io::Result<File> {
    let mut options = File::options();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, libc::O_NONBLOCK);
    options.read(true).open(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_all_sizes_are_read_one_after_the_other() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        let options = WalkOptions { max_file_size: 300 << 10, ..WalkOptions::default() };
        for size in [0, 1, ROOM - 1, ROOM, ROOM + 1, KEPT, 300 << 10, 3] {
            let text = "x".repeat(size);
            std::fs::write(&file, &text).unwrap();
            assert!(with_bytes(&file, &options, |bytes| bytes == Ok(text.as_bytes())), "{size}");
        }
    }

    #[test]
    fn what_passes_the_bound_or_is_no_file_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a");
        std::fs::write(&file, "12345").unwrap();
        let options = WalkOptions { max_file_size: 4, ..WalkOptions::default() };
        let why = |file: &Path| with_bytes(file, &options, |bytes| bytes.unwrap_err());
        assert_eq!(why(&file), "5 bytes, more than the bound of 4");
        assert!(why(&folder.path().join("b")).starts_with("cannot be read: "));
        assert!(why(folder.path()).starts_with("cannot be read: "));
    }

    #[test]
    fn a_reader_within_a_reader_spoils_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("a"), folder.path().join("b"));
        std::fs::write(&one, "one").unwrap();
        std::fs::write(&two, "two").unwrap();
        let options = WalkOptions::default();
        let both = with_bytes(&one, &options, |one| {
            let two = with_bytes(&two, &options, |two| two.unwrap().to_vec());
            [one.unwrap(), &two].concat()
        });
        assert_eq!(both, b"onetwo");
    }

    #[cfg(unix)]
    #[test]
    fn a_fifo_in_the_place_of_a_file_keeps_nobody_waiting() {
        let folder = tempfile::tempdir().unwrap();
        let fifo = folder.path().join("a");
        let made = std::process::Command::new("mkfifo").arg(&fifo).status();
        if made.is_ok_and(|status| status.success()) {
            assert!(with_bytes(&fifo, &WalkOptions::default(), |bytes| bytes.is_err() || bytes == Ok(b"")));
        }
    }
}
