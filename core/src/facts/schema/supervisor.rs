//! Facts about Supervisor: which programs it starts and keeps running.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// A configuration file of Supervisor. `span` is its section `[supervisord]`, or its first byte.
    pub struct SupervisorConfig in "supervisor_config" {
        /// Path from the root.
        #[indexed] path: String,
        /// Whether it has a section `[supervisord]`; files that such a one includes have none.
        is_main: bool,
        /// The user that supervisord becomes; NULL where not set.
        user: Option<String>,
        /// Whether it stays in the foreground; NULL where not set.
        nodaemon: Option<bool>,
        /// Address of its control server over TCP; NULL where there is none.
        server: Option<String>,
        /// Whether that server asks for a password.
        has_password: bool,
    }

    /// A program that Supervisor starts.
    pub struct SupervisorProgram in "supervisor_program" {
        /// The configuration.
        config: RowId,
        /// Path of its file from the root.
        #[indexed] path: String,
        /// `program`, `fcgi-program` or `eventlistener`.
        kind: &'static str,
        /// Its name.
        #[indexed] name: String,
        /// Its command line; empty where none is set.
        command: String,
        /// The user that it runs as; NULL where not set: then as Supervisor does.
        user: Option<String>,
        /// Whether it is started with Supervisor.
        autostart: bool,
        /// `true`, `false` or `unexpected`, which is the default.
        autorestart: String,
        /// How often a start is tried before it is given up.
        startretries: i64,
        /// How many processes of it run.
        processes: i64,
        /// Where its output goes; NULL for a file of Supervisor's own.
        log: Option<String>,
    }
}
