use super::Nginx;
use crate::extract::sample::rows;
use crate::source::Artifact;

const NGINX_CONF: &str = r#"worker_processes auto;
error_log /var/log/nginx/error.log warn;
events { worker_connections 1024; }
http {
    include /etc/nginx/mime.types;
    limit_req_zone $binary_remote_addr zone=api:10m rate=10r/s;
    map $http_upgrade $connection_upgrade { default upgrade; '' close; }
    upstream backend {
        least_conn;
        server api-1:8000 max_fails=3 fail_timeout=30s;
        server api-2:8000 backup;
        keepalive 32;
    }
    add_header X-Frame-Options DENY always;
    gzip on;
    include /etc/nginx/conf.d/*.conf;
}
"#;

const SITE: &str = r#"server {
    listen 80;
    listen [::]:80;
    server_name shop.test;
    location /.well-known/acme-challenge/ { root /var/www/acme; }
    location / { return 301 https://$host$request_uri; }
}
server {
    listen 443 ssl http2 default_server;
    server_name shop.test *.shop.test;
    ssl_certificate /etc/nginx/certs/shop.pem;
    ssl_certificate_key /etc/nginx/certs/shop.key;
    client_max_body_size 20m;
    include snippets/proxy.conf;
    location = /health { add_header Content-Type text/plain; return 200 "ok"; }
    location /api/ {
        limit_req zone=api burst=20 nodelay;
        proxy_pass http://backend/;
        proxy_read_timeout 5m;
    }
    location ~ \.php$ { set $php php; fastcgi_pass $php:9000; }
    location /any { proxy_pass http://$arg_host; }
}
"#;

fn tree() -> String {
    rows(
        &Nginx,
        &[
            ("deploy/nginx/conf.d/shop.conf", Artifact::Nginx, SITE),
            ("deploy/nginx/nginx.conf", Artifact::Nginx, NGINX_CONF),
            ("deploy/nginx/snippets/proxy.conf", Artifact::Nginx, "proxy_set_header Host $host;\n"),
        ],
    )
}

#[test]
fn a_gateway() {
    let rows = tree();
    let kept: Vec<&str> = rows
        .lines()
        .filter(|row| {
            !row.starts_with("nginx_directive") && !row.contains(" is_default") && !row.contains("is_inherited")
        })
        .collect();
    insta::assert_snapshot!(kept.join("\n"));
}

#[test]
fn what_an_inner_block_inherits_and_what_it_discards() {
    let text = "http { add_header A 1; gzip on; proxy_set_header Host $host; \
                server { location /a { add_header B 2; gzip off; } location /b { proxy_pass http://x; } } }";
    let rows = rows(&Nginx, &[("nginx.conf", Artifact::Nginx, text)]);
    let kept: Vec<&str> =
        rows.lines().filter(|row| row.starts_with("nginx_effective") && !row.contains("is_default")).collect();
    insta::assert_snapshot!(kept.join("\n"));
}

#[test]
fn defaults_are_values_in_force() {
    let rows = rows(&Nginx, &[("nginx.conf", Artifact::Nginx, "http { server { listen 80; } }")]);
    let row = rows.lines().find(|row| row.contains("client_max_body_size")).unwrap();
    assert!(row.contains("number=1048576") && row.contains("is_default") && row.contains("likely"), "{row}");
}

#[test]
fn an_include_that_is_missing_leaves_the_server_incomplete() {
    let text = "http { server { listen 80; include /etc/nginx/secure.conf; } server { listen 81; } }";
    let rows = rows(&Nginx, &[("nginx.conf", Artifact::Nginx, text)]);
    let servers: Vec<bool> =
        rows.lines().filter(|row| row.starts_with("nginx_server ")).map(|row| row.contains("is_incomplete")).collect();
    assert_eq!(servers, [true, false]);
}

#[test]
fn files_that_include_each_other_end() {
    let rows = rows(
        &Nginx,
        &[
            ("a.conf", Artifact::Nginx, "http { include b.conf; }"),
            ("b.conf", Artifact::Nginx, "include b.conf; include c.conf; server { listen 80; }"),
            ("c.conf", Artifact::Nginx, "include b.conf;"),
        ],
    );
    assert!(rows.contains("nginx_server"));
}

#[test]
fn many_includes_of_one_file_are_bounded() {
    let include = "include b.conf;".repeat(2_000);
    let text = format!("http {{ {include} }}");
    let inner = "server { listen 80; }".repeat(300);
    let rows = rows(&Nginx, &[("a.conf", Artifact::Nginx, &text), ("b.conf", Artifact::Nginx, &inner)]);
    assert!(rows.lines().count() < 3_000_000);
}

#[test]
fn bad_input_costs_only_itself() {
    for text in ["", "{", "}", "server {", "server { listen", "http { server { location { } } }", "include ../../x;"] {
        rows(&Nginx, &[("nginx.conf", Artifact::Nginx, text)]);
    }
    let nested = format!("http {{ server {{ {} {} }} }}", "location / {".repeat(500), "}".repeat(500));
    rows(&Nginx, &[("nginx.conf", Artifact::Nginx, &nested)]);
}
