//! Facts about nginx configuration: what is written, and what is in force after includes and inheritance.

use crate::facts::RowId;
use crate::facts::row::tables;

tables! {
    /// An nginx configuration file. `span` is its first byte.
    pub struct NginxFile in "nginx_file" {
        /// Where its top-level directives belong: `main`, `http`, `server`, or `snippet` where that cannot be told.
        #[indexed] role: &'static str,
        /// Directives in it.
        directives: i64,
        /// Whether it is a template that is rendered before nginx reads it.
        is_template: bool,
        /// Whether the whole file was read.
        parsed: bool,
    }

    /// A part of a file that nginx would not read. `span` is where reading failed.
    pub struct NginxProblem in "nginx_problem" {
        /// The file.
        nginx_file: RowId,
        /// What is wrong.
        message: String,
    }

    /// A directive as written. `span` covers its name and arguments.
    pub struct NginxDirective in "nginx_directive" {
        /// The file.
        nginx_file: RowId,
        /// The directive whose block holds it; NULL at the top of the file.
        parent: Option<RowId>,
        /// Name of the block that holds it, for example `location`; empty at the top of the file.
        #[indexed] context: String,
        /// Its name.
        #[indexed] name: String,
        /// Its arguments without quotes, joined by single blanks.
        args: String,
        /// The first argument.
        arg1: Option<String>,
        /// The second argument.
        arg2: Option<String>,
        /// The third argument.
        arg3: Option<String>,
        /// How many arguments it has.
        arg_count: i64,
        /// Whether it opens a block.
        is_block: bool,
    }

    /// An `include`, once for each file that it stands in.
    pub struct NginxInclude in "nginx_include" {
        /// The `include` directive.
        directive: RowId,
        /// The path or glob as written.
        pattern: String,
        /// Files of the tree that it names.
        matches: i64,
        /// Whether what it brings in is known: files of the tree, or a file of types or parameters that nginx brings.
        is_resolved: bool,
    }

    /// A file that an `include` brings in.
    pub struct NginxIncluded in "nginx_included" {
        /// The including file.
        nginx_file: RowId,
        /// Path of the included file from the root.
        #[indexed] path: String,
    }

    /// A `server` block in force: once for each configuration that reaches it.
    pub struct NginxServer in "nginx_server" {
        /// The file where reading starts (`nginx.conf`, or a site file that no file of the tree includes).
        config: RowId,
        /// The file that it stands in.
        nginx_file: RowId,
        /// `http`, `stream` or `mail`.
        #[indexed] protocol: &'static str,
        /// Its server names, joined by blanks; empty where none is set.
        names: String,
        /// The first address that it listens on.
        listen: String,
        /// Whether a listener of it speaks TLS.
        has_tls: bool,
        /// Whether a listener of it speaks plain text.
        has_plain: bool,
        /// Whether it listens on loopback or a Unix socket only.
        is_internal: bool,
        /// Whether it only redirects to HTTPS, but for ACME challenges and health answers.
        redirects_to_https: bool,
        /// What it serves by itself: `proxy`, `static`, `return`, `redirect`, `lua` or `default`.
        serves: &'static str,
        /// Whether an include that could change it was not resolved.
        is_incomplete: bool,
        /// Whether it comes from a template that is rendered before nginx reads it.
        is_template: bool,
    }

    /// A socket that a server listens on. `span` is the `listen` directive, or the server where the default is in force.
    pub struct NginxListen in "nginx_listen" {
        /// The server.
        server: RowId,
        /// The address; NULL for all.
        address: Option<String>,
        /// The port; NULL for a Unix socket or a value that only exists at run time.
        #[indexed] port: Option<i64>,
        /// Whether it speaks TLS.
        ssl: bool,
        /// Whether it speaks HTTP/2, by its own parameter or by the `http2` directive.
        http2: bool,
        /// Whether it speaks QUIC.
        quic: bool,
        /// Whether it expects the PROXY protocol.
        proxy_protocol: bool,
        /// Whether it is the default of its socket.
        default_server: bool,
        /// Whether it is loopback, a Unix socket or an address of a private network.
        is_internal: bool,
    }

    /// A name that a server answers to.
    pub struct NginxServerName in "nginx_server_name" {
        /// The server.
        server: RowId,
        /// The name as written.
        #[indexed] name: String,
        /// `exact`, `wildcard`, `regex`, `catch_all` or `variable`.
        kind: &'static str,
    }

    /// A `location` block in force.
    pub struct NginxLocation in "nginx_location" {
        /// The server.
        server: RowId,
        /// The location that holds it.
        parent: Option<RowId>,
        /// `=`, `~`, `~*`, `^~`, `@` or empty.
        modifier: String,
        /// The prefix, the regular expression or the name.
        #[indexed] path: String,
        /// What it serves by itself: `proxy`, `static`, `return`, `redirect`, `status`, `lua`, `denied` or `default`.
        #[indexed] serves: &'static str,
        /// The status that a `return` in it gives.
        return_code: Option<i64>,
        /// The text or URL that a `return` in it gives.
        return_value: Option<String>,
        /// Whether only internal redirects reach it.
        is_internal: bool,
        /// Whether an include that could change it was not resolved.
        is_incomplete: bool,
    }

    /// An `if` block in force.
    pub struct NginxIf in "nginx_if" {
        /// The server.
        server: RowId,
        /// The location that holds it; NULL where it stands in the server.
        location: Option<RowId>,
        /// Its condition as written.
        condition: String,
    }

    /// A directive in force in a server, location or `if`, after inheritance. Directives that collect (`add_header`,
    /// `proxy_set_header`, `access_log`, `limit_req` …) have one row each, and rows of an outer block that the inner
    /// block discards by setting its own are stated as `is_dropped`.
    pub struct NginxEffective in "nginx_effective" {
        /// The server, location or `if`.
        block: RowId,
        /// The server.
        server: RowId,
        /// Name of the directive.
        name: String,
        /// Its arguments, joined by single blanks.
        args: String,
        /// The first argument.
        arg1: Option<String>,
        /// The second argument.
        arg2: Option<String>,
        /// The first argument as bytes or seconds, where it is a size or a time.
        number: Option<f64>,
        /// The directive as written; NULL where nginx's default is in force.
        directive: Option<RowId>,
        /// Whether it is set in an outer block.
        is_inherited: bool,
        /// Whether the block discards it, so that it is not in force.
        is_dropped: bool,
        /// Whether nothing sets it and nginx's default is in force.
        is_default: bool,
    }

    /// A response header that nginx adds in a server, location or `if` (`add_header`, `more_set_headers`).
    pub struct NginxHeader in "nginx_header" {
        /// The server, location or `if`.
        block: RowId,
        /// The server.
        server: RowId,
        /// Its name in lower case.
        #[indexed] header: String,
        /// Its value.
        value: String,
        /// Whether it is added to error responses too.
        always: bool,
        /// Whether it is set in an outer block.
        is_inherited: bool,
        /// Whether the block discards it by adding headers of its own.
        is_dropped: bool,
    }

    /// A place that requests are passed on to: `proxy_pass`, `grpc_pass`, `fastcgi_pass`, `uwsgi_pass`, `scgi_pass`.
    pub struct NginxProxy in "nginx_proxy" {
        /// The location, or the server in a stream.
        block: RowId,
        /// The server.
        server: RowId,
        /// Name of the directive.
        directive: String,
        /// The target as written.
        target: String,
        /// `http`, `https`, or the protocol of the directive.
        scheme: String,
        /// The host or the upstream's name; NULL where it holds a variable whose value is not fixed.
        #[indexed] host: Option<String>,
        /// The port as written.
        port: Option<i64>,
        /// The part after host and port; NULL where there is none.
        uri: Option<String>,
        /// Whether the target holds a variable.
        has_variable: bool,
        /// The upstream block that it names.
        upstream: Option<RowId>,
    }

    /// An `upstream` block.
    pub struct NginxUpstream in "nginx_upstream" {
        /// The file where reading starts.
        config: RowId,
        /// Its name.
        #[indexed] name: String,
        /// Idle connections kept to its servers; NULL where not set.
        keepalive: Option<i64>,
        /// The balancing method; `round_robin` where none is set.
        method: String,
        /// Servers that are neither backup nor down.
        servers: i64,
        /// Servers marked as backup.
        backups: i64,
    }

    /// A server of an upstream.
    pub struct NginxUpstreamServer in "nginx_upstream_server" {
        /// The upstream.
        upstream: RowId,
        /// Its host, or the path of a Unix socket; NULL where it only exists at run time.
        #[indexed] host: Option<String>,
        /// Its port; 80 where none is written; NULL for a Unix socket.
        port: Option<i64>,
        /// Failures before it is left out; 1 where not set.
        max_fails: i64,
        /// How long it is left out, in seconds; 10 where not set.
        fail_timeout: f64,
        /// Whether it is a backup.
        is_backup: bool,
        /// Whether it is marked as down.
        is_down: bool,
        /// Whether its name is resolved again while nginx runs.
        resolves: bool,
    }

    /// A zone of `limit_req_zone` or `limit_conn_zone`.
    pub struct NginxLimitZone in "nginx_limit_zone" {
        /// The file where reading starts.
        config: RowId,
        /// `req` or `conn`.
        kind: &'static str,
        /// The zone's name.
        #[indexed] zone: String,
        /// The key that is counted.
        key: String,
        /// The rate as written.
        rate: Option<String>,
    }

    /// A `map` or `geo` block.
    pub struct NginxMap in "nginx_map" {
        /// The file where reading starts.
        config: RowId,
        /// `map` or `geo`.
        kind: &'static str,
        /// What it reads.
        source: String,
        /// The variable that it sets.
        #[indexed] target: String,
        /// Whether it has a default.
        has_default: bool,
        /// Whether every value is fixed text.
        is_fixed: bool,
    }

    /// A certificate and key that a server uses.
    pub struct NginxCertificate in "nginx_certificate" {
        /// The server.
        server: RowId,
        /// Path of the certificate as written.
        certificate: String,
        /// Path of the key as written.
        key: Option<String>,
    }
}
