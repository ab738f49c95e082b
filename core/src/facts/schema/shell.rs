//! Facts about shell: scripts, and the commands of everything that holds shell.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A shell script, or a makefile. `span` is its first byte.
    pub struct ShellScript in "shell_script" {
        /// Path from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// `bash`, `sh`, `zsh` …, or `make`.
        interpreter: String,
        /// Whether `set -e` is in force from the top of the script on.
        errexit: bool,
        /// Whether `set -u` is.
        nounset: bool,
        /// Whether `set -o pipefail` is.
        pipefail: bool,
        /// Whether it only defines functions and variables, to be sourced by others.
        is_library: bool,
        /// How many simple commands it holds.
        commands: i64,
        /// How many lines, comments and blank lines left out.
        code_lines: i64,
        /// Whether part of it was not understood.
        is_incomplete: bool,
    }

    /// A target of a makefile.
    pub struct MakeTarget in "make_target" {
        /// Path of the makefile from the root.
        #[indexed] path: String,
        /// Its folder.
        #[indexed] folder: String,
        /// The target.
        #[indexed] name: String,
        /// What it depends on, joined by blanks.
        prerequisites: String,
    }

    /// A simple command of a script, a CI step or another text that holds shell.
    pub struct ShellCommand in "shell_command" {
        /// The script, CI step or other row that holds it.
        owner: RowId,
        /// What the owner is: `script`, `ci_step`, `make_target`, `cron_entry`, `systemd_unit`, `supervisor_program`, `jenkins_step` …
        #[indexed] owner_kind: &'static str,
        /// Position among the owner's commands, from 0.
        ordinal: i64,
        /// The command's name without its folder, `sudo`, `exec`, `env` and the like skipped; NULL where it is a variable or only a redirection.
        #[indexed] name: Option<String>,
        /// The first argument that is no option, for example `up` or `upgrade`.
        subcommand: Option<String>,
        /// The words joined by blanks, quotes removed.
        text: String,
        /// What the command is for: `test`, `lint`, `typecheck`, `audit`, `secret_scan`, `coverage`, `build_image`, `push_image`, `deploy`, `publish`, `migrate`, `dump`, `restore`, `server`, `worker`, `scheduler`, `probe`, `install`, `notify`, `print`; NULL for the rest.
        #[indexed] purpose: Option<&'static str>,
        /// Started with `&`.
        is_background: bool,
        /// Replaces the shell: `exec`.
        is_exec: bool,
        /// The function whose body holds it.
        in_function: Option<String>,
        /// Its exit status is tested: `if`, `while`, `!`, `&&`, `||`.
        in_condition: bool,
        /// It may not run: a branch, or after `&&` or `||`.
        in_branch: bool,
        /// It stands in a loop.
        in_loop: bool,
        /// It stands in `$(…)` or `<(…)`.
        in_substitution: bool,
        /// It is itself what runs when another command fails.
        after_failure: bool,
        /// The text after `||`.
        or_else: Option<String>,
        /// Number of its pipeline among the owner's; NULL outside of one.
        pipeline: Option<i64>,
        /// Position in the pipeline, from 0.
        stage: i64,
        /// Stages of the pipeline; 1 outside of one.
        stages: i64,
        /// Whether `set -e` is in force here.
        errexit: bool,
        /// Whether `set -u` is in force here.
        nounset: bool,
        /// Whether `set -o pipefail` is in force here.
        pipefail: bool,
    }

    /// An argument of a command, in order.
    pub struct ShellArgument in "shell_argument" {
        /// The command.
        command: RowId,
        /// Position after the name, from 0.
        position: i64,
        /// The text without quotes, expansions as written.
        text: String,
        /// Whether it holds no expansion.
        is_literal: bool,
        /// Whether it holds an expansion outside of quotes.
        has_unquoted_expansion: bool,
    }

    /// A redirection of a command.
    pub struct ShellRedirect in "shell_redirect" {
        /// The command.
        command: RowId,
        /// As written: `>`, `>>`, `<`, `<<` …
        operator: String,
        /// The file; for a here-document its first 4,096 bytes.
        target: String,
        /// Whether the target holds no expansion.
        is_literal: bool,
        /// Whether it writes into a file.
        is_write: bool,
    }

    /// An assignment in a script or step.
    pub struct ShellAssignment in "shell_assignment" {
        /// The script, CI step or other row that holds it.
        owner: RowId,
        /// The command that it stands before or in.
        command: RowId,
        /// The variable.
        #[indexed] name: String,
        /// The value as written, without quotes.
        value: String,
        /// Whether the value holds no expansion.
        is_literal: bool,
        /// Whether name and value together say that it is a secret.
        is_secret_name: bool,
        /// What the value is, as in `env_entry`.
        value_class: &'static str,
    }

    /// A file that a command writes: by redirection, `tee`, `cp`, `mv`, `install`, `openssl -out` and the like.
    pub struct ShellWrite in "shell_write" {
        /// The script, CI step or other row that holds it.
        owner: RowId,
        /// The command.
        command: RowId,
        /// The path, with the variables filled in that the script sets once.
        #[indexed] path: String,
        /// `redirect`, `append`, `tee`, `copy`, `move`, `install`, `output`.
        how: &'static str,
        /// The mode that the same command gives, in octal (`install -m`).
        mode: Option<String>,
        /// The umask in force, in octal; NULL where the script sets none.
        umask: Option<String>,
        /// Whether the path holds no expansion.
        is_literal: bool,
    }

    /// A change of a path's mode.
    pub struct ShellChmod in "shell_chmod" {
        /// The script, CI step or other row that holds it.
        owner: RowId,
        /// The command.
        command: RowId,
        /// The path, with the variables filled in that the script sets once.
        #[indexed] path: String,
        /// The mode as written: `600`, `u+w`.
        mode: String,
        /// Whether the mode lets group or others read, write or enter.
        opens_to_others: bool,
        /// Whether the mode leaves the owner without write permission.
        is_read_only: bool,
    }

    /// A compose file that a command of the tree loads; those of one command in the order of their merging.
    pub struct ComposeLoad in "compose_load" {
        /// The command.
        command: RowId,
        /// Position, from 0.
        position: i64,
        /// Path from the root, where it lies inside.
        #[indexed] path: String,
        /// Whether the tree has the file.
        exists_in_tree: bool,
    }

    /// A file of the tree that a command names: the script that it runs, a requirements file, a test folder.
    pub struct ShellFileUse in "shell_file_use" {
        /// The command.
        command: RowId,
        /// The script, CI step or other row that holds the command.
        owner: RowId,
        /// `script`, `compose`, `requirements`, `dockerfile`, `source`.
        #[indexed] role: &'static str,
        /// As written.
        written: String,
        /// Path from the root; NULL where it leaves the root or is not literal.
        #[indexed] path: Option<String>,
        /// Whether the tree has it.
        exists_in_tree: bool,
    }
}
