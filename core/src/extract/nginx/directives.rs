//! What is known of nginx's own directives: how they inherit, what they default to, what their numbers mean.
//!
//! From the reference of nginx 1.28 (nginx.org/en/docs, read 2026-11).

/// Directives of which a block can hold many, and that an inner block discards altogether when it sets one of its own.
const COLLECTING: &[&str] = &[
    "add_header",
    "add_trailer",
    "proxy_set_header",
    "grpc_set_header",
    "fastcgi_param",
    "uwsgi_param",
    "scgi_param",
    "access_log",
    "error_log",
    "limit_req",
    "limit_conn",
    "error_page",
    "allow",
    "deny",
    "proxy_hide_header",
    "proxy_pass_header",
    "fastcgi_hide_header",
    "proxy_cookie_path",
    "proxy_cookie_domain",
    "proxy_cookie_flags",
    "proxy_cache_valid",
    "proxy_cache_bypass",
    "proxy_no_cache",
    "proxy_ssl_conf_command",
    "ssl_conf_command",
    "ssl_certificate",
    "ssl_certificate_key",
    "set_real_ip_from",
    "sub_filter",
    "js_header_filter",
];

/// Directives of third parties that add to those of outer blocks.
const ADDING: &[&str] = &["more_set_headers", "more_clear_headers", "more_set_input_headers"];

/// Directives that hold for their own block only, or that configure something else than requests.
const OWN_BLOCK_ONLY: &[&str] = &[
    "listen",
    "server_name",
    "return",
    "rewrite",
    "set",
    "break",
    "proxy_pass",
    "grpc_pass",
    "fastcgi_pass",
    "uwsgi_pass",
    "scgi_pass",
    "memcached_pass",
    "try_files",
    "alias",
    "internal",
    "include",
    "stub_status",
    "log_format",
    "limit_req_zone",
    "limit_conn_zone",
    "proxy_cache_path",
    "fastcgi_cache_path",
    "lua_shared_dict",
];

/// Defaults of nginx that checks ask about.
pub(super) const DEFAULTS: &[(&str, &str)] = &[
    ("autoindex", "off"),
    ("client_body_timeout", "60s"),
    ("client_header_timeout", "60s"),
    ("client_max_body_size", "1m"),
    ("gzip", "off"),
    ("gzip_proxied", "off"),
    ("gzip_types", "text/html"),
    ("http2", "off"),
    ("keepalive_requests", "1000"),
    ("keepalive_timeout", "75s"),
    ("limit_req_dry_run", "off"),
    ("proxy_buffering", "on"),
    ("proxy_connect_timeout", "60s"),
    ("proxy_http_version", "1.0"),
    ("proxy_next_upstream", "error timeout"),
    ("proxy_read_timeout", "60s"),
    ("proxy_send_timeout", "60s"),
    ("proxy_ssl_verify", "off"),
    ("send_timeout", "60s"),
    ("server_tokens", "on"),
    ("ssl_ciphers", "HIGH:!aNULL:!MD5"),
    ("ssl_prefer_server_ciphers", "off"),
    ("ssl_protocols", "TLSv1.2 TLSv1.3"),
    ("ssl_session_cache", "none"),
    ("ssl_stapling", "off"),
    ("ssl_verify_client", "off"),
];

/// How a directive passes from a block to those within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Inheritance {
    /// The inner one replaces the outer one.
    Replace,
    /// An inner one discards all outer ones of the same name.
    Discard,
    /// Inner ones add to the outer ones.
    Add,
    /// It does not.
    Never,
}

/// How the directive `name` inherits.
pub(super) fn inheritance(name: &str) -> Inheritance {
    match () {
        () if COLLECTING.contains(&name) => Inheritance::Discard,
        () if ADDING.contains(&name) => Inheritance::Add,
        () if OWN_BLOCK_ONLY.contains(&name) || name.ends_with("_by_lua_block") => Inheritance::Never,
        () => Inheritance::Replace,
    }
}

/// Directives that share one list: setting one discards the outer ones of both.
pub(super) fn shares_list(name: &str) -> &'static [&'static str] {
    match name {
        "allow" => &["deny"],
        "deny" => &["allow"],
        _ => &[],
    }
}

/// The first argument as seconds (for times) or bytes (for sizes), or as a plain number.
pub(super) fn number(name: &str, text: &str) -> Option<f64> {
    let is_time = name.contains("timeout") || name.contains("time") || matches!(name, "expires" | "lingering_close");
    if is_time { seconds(text) } else { bytes(text) }
}

/// A time such as `1m30s`, `500ms` or `60` in seconds.
pub(super) fn seconds(text: &str) -> Option<f64> {
    let mut total = 0.0;
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let value: f64 = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        let letters = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        total += value
            * match &rest[..letters] {
                "ms" => 0.001,
                "" | "s" => 1.0,
                "m" => 60.0,
                "h" => 3_600.0,
                "d" => 86_400.0,
                "w" => 604_800.0,
                "M" => 2_592_000.0,
                "y" => 31_536_000.0,
                _ => return None,
            };
        rest = rest[letters..].trim_start();
    }
    Some(total)
}

/// A size such as `10m` in bytes.
pub(super) fn bytes(text: &str) -> Option<f64> {
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let value: f64 = text[..digits].parse().ok()?;
    let unit = match &text[digits..] {
        "" => 1.0,
        "k" | "K" => 1024.0,
        "m" | "M" => 1_048_576.0,
        "g" | "G" => 1_073_741_824.0,
        _ => return None,
    };
    Some(value * unit)
}

#[cfg(test)]
mod tests {
    use super::{bytes, seconds};

    #[test]
    fn times_and_sizes_are_read_as_nginx_does() {
        assert_eq!(seconds("1m 30s"), Some(90.0));
        assert_eq!(seconds("500ms"), Some(0.5));
        assert_eq!(seconds("60"), Some(60.0));
        assert_eq!(seconds("$t"), None);
        assert_eq!(seconds(""), None);
        assert_eq!(bytes("10M"), Some(10_485_760.0));
        assert_eq!(bytes("0"), Some(0.0));
        assert_eq!(bytes("off"), None);
    }
}
