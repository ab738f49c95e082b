//! Facts about what a tree depends on: manifests, lock files, and the packages that they name.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A file that declares or locks dependencies. `span` is its first byte.
    pub struct DependencyManifest in "dependency_manifest" {
        /// Path from the root.
        #[indexed] path: String,
        /// Its folder; empty for the root.
        #[indexed] folder: String,
        /// The folder whose code it is for: its own, or the one above where its own only holds requirements.
        #[indexed] root: String,
        /// `requirements`, `pyproject`, `pipfile`, `setup_cfg`, `setup_py`, `package_json`, or the kind of lock file.
        #[indexed] kind: &'static str,
        /// `pypi` or `npm`.
        #[indexed] ecosystem: &'static str,
        /// Whether it is a lock file.
        is_lock: bool,
        /// Whether part of what it declares only exists when it is run (a computed `install_requires`, dynamic metadata).
        is_open: bool,
        /// Name of the project, normalised, where stated.
        project: Option<String>,
        /// The interpreter or engine versions that it allows, where stated.
        runtime: Option<String>,
        /// Whether the file's name or folder says that it is for development, tests or documentation.
        is_development: bool,
    }

    /// A package that a manifest declares or a lock file holds.
    pub struct Dependency in "dependency" {
        /// The manifest.
        manifest: RowId,
        /// `pypi` or `npm`.
        #[indexed] ecosystem: &'static str,
        /// Name; for `pypi` normalised (lower case, `-` for runs of `-_.`).
        #[indexed] name: String,
        /// The version condition, as written.
        specifier: Option<String>,
        /// The version, where exactly one is allowed.
        version: Option<String>,
        /// `main`, `dev`, `optional`, `build` or `lock`.
        #[indexed] scope: &'static str,
        /// Name of the extra or group.
        group_name: Option<String>,
        /// Extras that are asked for, separated by commas.
        extras: Option<String>,
        /// The environment marker, as written.
        marker: Option<String>,
        /// `registry`, `git`, `path` or `url`.
        source: &'static str,
        /// Whether a hash is stated.
        has_hash: bool,
    }

    /// A requirements file that takes in another.
    pub struct DependencyInclude in "dependency_include" {
        /// The including manifest.
        manifest: RowId,
        /// The path, as written.
        path: String,
        /// `requirements` or `constraints`.
        kind: &'static str,
        /// The manifest that is meant, where it is in the tree.
        target: Option<RowId>,
    }

    /// A registry that packages are taken from, or a host whose certificate is not asked for.
    pub struct PackageIndex in "package_index" {
        /// The manifest that names it.
        manifest: RowId,
        /// `index`, `extra_index`, `find_links` or `trusted_host`.
        #[indexed] kind: &'static str,
        /// The address as written.
        address: String,
    }

    /// A file that names the version of an interpreter to use: `.python-version`, `runtime.txt`, `.nvmrc`, `.node-version`.
    pub struct RuntimePin in "runtime_pin" {
        /// Path from the root.
        path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// `python` or `node`.
        language: &'static str,
        /// The version, without what stands before its digits.
        version: String,
    }

    /// A file whose text a build takes into the package of a Python project.
    pub struct ProjectText in "project_text" {
        /// The manifest.
        manifest: RowId,
        /// `readme` or `license`.
        role: &'static str,
        /// Its path from the root.
        #[indexed] path: String,
    }

    /// A command that installing a Python project makes.
    pub struct PythonEntryPoint in "python_entry_point" {
        /// The manifest.
        manifest: RowId,
        /// The command.
        #[indexed] name: String,
        /// `module:function`.
        target: String,
    }

    /// A script of a package.json.
    pub struct NpmScript in "npm_script" {
        /// The manifest.
        manifest: RowId,
        /// Its name.
        #[indexed] name: String,
        /// The command.
        command: String,
    }

    /// A setting of a tool in `pyproject.toml`, `setup.cfg`, `mypy.ini` or `tox.ini`: its literal values only.
    pub struct PythonToolSetting in "python_tool_setting" {
        /// The section, for example `tool.mypy` or `mypy`.
        #[indexed] section: String,
        /// The key.
        #[indexed] key: String,
        /// The value as text.
        value: String,
    }

    /// A distribution that provides an import name other than its own. From the data table `import_names`.
    pub struct KnownImport in "known_import" {
        /// The top-level name that is imported.
        #[indexed] import_name: String,
        /// The distribution, normalised; where `is_prefix`, how its name begins.
        #[indexed] distribution: String,
        /// Whether every distribution whose name begins so may provide it.
        is_prefix: bool,
        /// The date of the table.
        dated: String,
    }

    /// A distribution that installing another one always brings. From the data table `import_names`.
    pub struct KnownRequirement in "known_requirement" {
        /// The distribution that is asked for, normalised.
        #[indexed] distribution: String,
        /// The extra that is asked for; empty for none.
        extra: String,
        /// What it brings, normalised.
        brings: String,
    }
}
