use std::fs;
use std::path::Path;

use super::*;

/// A tree of files, each path with its text.
fn tree(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = root.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    root
}

fn walk(root: &Path) -> Collected {
    collect(root, &WalkOptions::default()).unwrap()
}

fn paths(found: &Collected) -> Vec<&str> {
    found.files.iter().map(|entry| entry.path.as_str()).collect()
}

fn reason<'f>(found: &'f Collected, path: &str) -> &'f str {
    found.skipped.iter().find(|skipped| skipped.path == path).map_or("", |skipped| &skipped.reason)
}

#[test]
fn hidden_files_that_matter_are_read_and_git_never() {
    let root = tree(&[
        (".github/workflows/ci.yml", ""),
        (".gitlab-ci.yml", ""),
        (".dockerignore", ""),
        (".git/config", ""),
        ("a.py", ""),
    ]);
    let found = walk(root.path());
    assert_eq!(paths(&found), [".dockerignore", ".github/workflows/ci.yml", ".gitlab-ci.yml", "a.py"]);
    assert_eq!(reason(&found, ".git"), "version control");
}

#[test]
fn gitignore_holds_without_git_and_nearer_files_win() {
    let root = tree(&[
        (".gitignore", "*.log\n/data/\n*.txt\n"),
        ("a.log", ""),
        ("data/x.py", ""),
        ("sub/data/x.py", ""),
        ("sub/.gitignore", "!keep.txt\n"),
        ("sub/keep.txt", ""),
        ("sub/lose.txt", ""),
    ]);
    let found = walk(root.path());
    assert_eq!(paths(&found), [".gitignore", "sub/.gitignore", "sub/data/x.py", "sub/keep.txt"]);
    assert_eq!(reason(&found, "data"), "ignored by `.gitignore`");
    assert_eq!(reason(&found, "a.log"), "ignored by `.gitignore`");
}

#[test]
fn env_files_that_gitignore_names_are_read_and_marked() {
    let root = tree(&[(".gitignore", ".env*\n*.env\n"), (".env", "A=1"), ("prod.env", ""), ("sub/.env.local", "")]);
    let found = walk(root.path());
    let ignored: Vec<&str> = found.files.iter().filter(|file| file.ignored).map(|file| file.path.as_str()).collect();
    assert_eq!(ignored, [".env", "prod.env", "sub/.env.local"]);
}

#[test]
fn configuration_that_gitignore_names_is_read_where_nothing_tells_what_is_committed() {
    let files = [
        (".gitignore", "secrets.yaml\ninit.sql\nlocal.py\n*.log\n/data/\n"),
        ("k8s/secrets.yaml", ""),
        ("init.sql", ""),
        ("local.py", ""),
        ("run.log", ""),
        ("data/seed.sql", ""),
    ];
    let export = tree(&files);
    let found = walk(export.path());
    assert_eq!(paths(&found), [".gitignore", "init.sql", "k8s/secrets.yaml"]);
    let ignored = found.files.iter().filter(|file| file.ignored).count();
    assert_eq!((ignored, reason(&found, "data")), (2, "ignored by `.gitignore`"));
    let clone = tree(&files);
    fs::create_dir(clone.path().join(".git")).unwrap();
    assert_eq!(paths(&walk(clone.path())), [".gitignore"]);
}

#[test]
fn treewardignore_and_globs_have_the_last_word() {
    let root = tree(&[
        (".gitignore", "kept/\n"),
        (".treewardignore", "!kept/\n!vendor/\n.env\n"),
        ("kept/a.py", ""),
        ("vendor/a.py", ""),
        (".env", ""),
        ("docs/a.py", ""),
    ]);
    let options = WalkOptions { exclude: vec!["docs/".into()], ..WalkOptions::default() };
    let found = collect(root.path(), &options).unwrap();
    assert_eq!(paths(&found), [".gitignore", ".treewardignore", "kept/a.py", "vendor/a.py"]);
    assert_eq!(reason(&found, ".env"), "excluded by `.treewardignore`");
    assert_eq!(reason(&found, "docs"), "excluded by an option");
}

#[test]
fn trees_of_others_and_copies_are_told_once_each() {
    let root = tree(&[
        ("node_modules/a/index.js", ""),
        ("web/dist/app.js", ""),
        ("web/package.json", ""),
        ("dist/Dockerfile", ""),
        ("build/Dockerfile", ""),
        ("lib/build/lib/a.py", ""),
        ("myenv/pyvenv.cfg", ""),
        ("myenv/bin/a.py", ""),
        ("service/Lib/site.py", ""),
        ("service/Scripts/tool.py", ""),
        ("service/app/a.py", ""),
        ("service/main.py", ""),
        ("service/pyvenv.cfg", ""),
        ("main.py", ""),
        ("old/main.py", ""),
        ("app/backup/__init__.py", ""),
        ("scripts/backups/dump.sh", ""),
        ("backup_20240131/main.py", ""),
        ("app.min.js", ""),
        ("main.py.bak", ""),
        (".env.bak", ""),
        ("logo.PNG", ""),
    ]);
    let found = walk(root.path());
    let read = [
        ".env.bak",
        "app/backup/__init__.py",
        "build/Dockerfile",
        "dist/Dockerfile",
        "main.py",
        "scripts/backups/dump.sh",
        "service/app/a.py",
        "service/main.py",
        "service/pyvenv.cfg",
        "web/package.json",
    ];
    assert_eq!(paths(&found), read);
    let told: Vec<(&str, &str)> =
        found.skipped.iter().map(|skipped| (skipped.path.as_str(), skipped.reason.as_str())).collect();
    let expected = [
        ("app.min.js", "minified"),
        ("backup_20240131", "a backup copy"),
        ("lib/build", "generated"),
        ("logo.PNG", "a binary format"),
        ("main.py.bak", "a backup copy"),
        ("myenv", "a virtual environment"),
        ("node_modules", "vendored code"),
        ("old", "a backup copy"),
        ("service/Lib", "a virtual environment"),
        ("service/Scripts", "a virtual environment"),
        ("web/dist", "generated"),
    ];
    assert_eq!(told, expected);
    let options = WalkOptions { include_vendored: true, ..WalkOptions::default() };
    assert_eq!(collect(root.path(), &options).unwrap().files.len(), 21);
}

#[test]
fn large_files_are_told_with_their_size() {
    let root = tree(&[("a.py", "12345"), ("b.py", "123456")]);
    let options = WalkOptions { max_file_size: 5, ..WalkOptions::default() };
    let found = collect(root.path(), &options).unwrap();
    assert_eq!(paths(&found), ["a.py"]);
    assert_eq!(reason(&found, "b.py"), "6 bytes, more than the bound of 5");
}

#[test]
fn a_root_may_be_a_file_even_one_that_is_ignored() {
    let root = tree(&[(".gitignore", "*\n"), ("node_modules/a.min.js", "x")]);
    let found = walk(&root.path().join("node_modules/a.min.js"));
    assert_eq!(paths(&found), ["a.min.js"]);
}

#[test]
fn a_missing_root_and_a_bad_glob_are_errors() {
    let root = tree(&[]);
    assert!(matches!(collect(&root.path().join("none"), &WalkOptions::default()), Err(Error::Unreadable { .. })));
    let options = WalkOptions { exclude: vec!["[z-a]".into()], ..WalkOptions::default() };
    assert!(matches!(collect(root.path(), &options), Err(Error::Usage(message)) if message.contains("`[z-a]`")));
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let files: Vec<(String, String)> =
        (0..300).map(|at| (format!("d{}/e{}/f{at}.py", at % 7, at % 5), String::new())).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let root = tree(&files);
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| walk(root.path()))
    };
    let (one, four) = (run(1), run(4));
    assert_eq!((one.files, one.skipped), (four.files, four.skipped));
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    fn fifo(path: &Path) {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn only_regular_files_are_opened_ignore_files_too() {
        let root = tree(&[("a.py", "")]);
        fifo(&root.path().join(".gitignore"));
        fifo(&root.path().join("pipe.py"));
        let _socket = std::os::unix::net::UnixListener::bind(root.path().join("socket.py")).unwrap();
        let found = walk(root.path());
        assert_eq!(paths(&found), ["a.py"]);
        assert!(found.skipped.iter().all(|skipped| skipped.reason.contains("no regular file")), "{:?}", found.skipped);
        assert!(collect(&root.path().join("pipe.py"), &WalkOptions::default()).is_err());
    }

    #[test]
    fn symbolic_links_are_told_and_not_followed() {
        let outside = tree(&[("secret.py", "")]);
        let root = tree(&[("d/a.py", "")]);
        symlink(root.path(), root.path().join("d/loop")).unwrap();
        symlink(outside.path(), root.path().join("out")).unwrap();
        symlink("d/a.py", root.path().join("link.py")).unwrap();
        let found = walk(root.path());
        assert_eq!(paths(&found), ["d/a.py"]);
        assert_eq!(reason(&found, "link.py"), "a symbolic link to `d/a.py`");
        assert_eq!(found.skipped.len(), 3);
    }

    #[test]
    fn permission_bits_are_kept() {
        let root = tree(&[("run.sh", "")]);
        fs::set_permissions(root.path().join("run.sh"), fs::Permissions::from_mode(0o4755)).unwrap();
        assert_eq!(walk(root.path()).files[0].stat.unwrap().mode, Some(0o4755));
    }

    #[test]
    fn an_unreadable_folder_costs_only_itself() {
        let root = tree(&[("a.py", ""), ("locked/b.py", "")]);
        let locked = root.path().join("locked");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        let found = walk(root.path());
        let is_superuser = fs::read_dir(&locked).is_ok();
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(paths(&found)[0], "a.py");
        assert!(is_superuser || reason(&found, "locked").starts_with("cannot be read"));
    }

    #[test]
    fn deep_trees_and_strange_names_do_no_harm() {
        let root = tree(&[("a\nb.py", ""), ("wei\u{301}rd \u{1f4a9}.py", "")]);
        let deep = (0..300).fold(root.path().to_owned(), |path, _| path.join("dddd"));
        fs::create_dir_all(&deep).unwrap();
        fs::write(deep.join("x.py"), "").unwrap();
        assert_eq!(walk(root.path()).files.len(), 3);
    }
}

#[test]
fn names_alone_choose_what_a_search_asks_for() {
    let root = tree(&[("a.py", "x"), ("b.txt", "x"), ("sub/c.py", "x"), ("venv/d.py", "x")]);
    let found = collect_where(root.path(), &WalkOptions::default(), &|path| path.ends_with(".py")).unwrap();
    assert_eq!(paths(&found), ["a.py", "sub/c.py"]);
    assert!(found.files.iter().all(|entry| entry.stat.is_none()));
    assert_eq!(reason(&found, "venv"), "a virtual environment");
    assert_eq!(fs::read(found.files[1].on_disk(&found.root)).unwrap(), b"x");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_still_found_on_disk() {
    use std::os::unix::ffi::OsStrExt;
    let root = tree(&[("a.py", "x")]);
    let folder = root.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9"));
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("b.py"), "y").unwrap();
    let found = walk(root.path());
    assert_eq!(paths(&found), ["a.py", "caf\u{fffd}/b.py"]);
    let texts = found.files.iter().map(|entry| fs::read(entry.on_disk(&found.root)).unwrap());
    assert_eq!(texts.collect::<Vec<_>>(), [b"x", b"y"]);
}
