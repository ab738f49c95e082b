use super::Gateway;
use crate::extract::sample::rows;
use crate::source::Artifact;

const KONG: &str = "_format_version: '3.0'
services:
  - name: api
    url: http://api:8000
    routes:
      - {name: api-v1, paths: [/v1], methods: [GET]}
    plugins:
      - {name: rate-limiting, config: {minute: 5}}
  - name: pool
    host: pool.upstream
    routes: [{name: pool, paths: [/pool]}]
upstreams:
  - name: pool.upstream
    healthchecks: {active: {http_path: /h}}
    targets: [{target: 'worker-1:9000'}, {target: '${W}:9000'}]
plugins:
  - {name: jwt, enabled: false}
";

const TRAEFIK: &str = "api: {insecure: true}
certificatesResolvers: {le: {acme: {email: a@b.test}}}
http:
  routers:
    web: {rule: 'Host(`shop.test`)', service: web, middlewares: [limit@file]}
  middlewares:
    limit: {rateLimit: {average: 10}}
    login: {basicAuth: {usersFile: /u}}
  services:
    web: {loadBalancer: {servers: [{url: 'http://web:3000'}], healthCheck: {path: /}}}
";

#[test]
fn kong_and_traefik() {
    insta::assert_snapshot!(rows(
        &Gateway,
        &[("kong.yml", Artifact::Kong, KONG), ("traefik.yml", Artifact::Traefik, TRAEFIK)],
    ));
}

const HAPROXY: &str = "global\n  nbproc 4 # cores\ndefaults\n  mode http\n\nfrontend www\n  bind *:443 ssl crt /certs/site.pem\n  \
use_backend api if { path_beg /api }\n  default_backend web\nbackend web\n  server a web:80 check\n  http-request set-header X \"a # b\"\n\
listen stats\n  stats admin if TRUE\n";

const CONSUL: &str = "{\"datacenter\": \"a\", \"enable_script_checks\": true, \"acl\": {\"default_policy\": \"deny\"}}";

#[test]
fn haproxy_and_consul() {
    let hcl = "client_addr = \"0.0.0.0\"\nenable_local_script_checks = true\n# enable_script_checks\n";
    insta::assert_snapshot!(rows(
        &Gateway,
        &[
            ("lb/haproxy.cfg", Artifact::Ini, HAPROXY),
            ("consul/server.json", Artifact::Json, CONSUL),
            ("consul/agent.hcl", Artifact::Infrastructure, hcl),
            ("app.cfg", Artifact::Ini, "[global]\na = 1\n"),
        ],
    ));
}

#[test]
fn bad_input_costs_only_itself() {
    for text in [
        "",
        "[]",
        "services: 1\nhttp: []\n",
        "services: [1, {routes: [2], plugins: [3]}]\nupstreams: [{targets: [4]}]\n",
        "http: {routers: {a: 1}, services: {b: [2]}}",
    ] {
        rows(&Gateway, &[("a.yml", Artifact::Kong, text), ("b.yml", Artifact::Traefik, text)]);
    }
    for text in [
        "",
        "global",
        "backend\n\\",
        "bind \"#",
        "é # é",
        "enable_script_checks",
        "enable_script_checks =",
        "client_addr: \"",
    ] {
        rows(&Gateway, &[("haproxy.cfg", Artifact::Ini, text), ("consul.hcl", Artifact::Other, text)]);
    }
}

const APISIX: &str = "routes:
  - id: orders
    uris: [/orders/*, /carts/*]
    upstream: {nodes: {'orders:8000': 1, 'orders-2:8000': 1}, type: roundrobin, checks: {active: {http_path: /health}}}
    plugins: {key-auth: {}, limit-count: {count: 5, _meta: {disable: true}}}
  - uri: /pay
    service_id: pay
services:
  - id: pay
    upstream:
      nodes: [{host: pay, port: 9000, weight: 1}]
    plugins: {cors: {allow_origins: 'https://a.test,https://b.test', allow_credential: true}}
global_rules:
  - id: 1
    plugins: {prometheus: {}}
#END
";

#[test]
fn apisix() {
    let config = "apisix: {node_listen: 9080}\ndeployment:\n  admin:\n    allow_admin: [0.0.0.0/0]\n    admin_key:\n      - {name: admin, key: edd1c9f034335f136f87ad84b625c8f1}\n      - {name: viewer, key: '${{VIEWER_KEY}}'}\n";
    insta::assert_snapshot!(rows(
        &Gateway,
        &[
            ("gateway/routes.yaml", Artifact::Yaml, APISIX),
            ("apisix/config.yaml", Artifact::Yaml, config),
            ("other.yaml", Artifact::Yaml, "routes: [{uri: /a, upstream: {}}]\n"),
        ],
    ));
    for text in
        ["routes:\n#END", "routes: 1\nupstreams: [a, {nodes: 1}]\n#END", "routes: [{upstream: {nodes: [a]}}]\n#END"]
    {
        rows(&Gateway, &[("apisix.yaml", Artifact::Yaml, text)]);
    }
}

const CADDY: &str = r#"{
    email ops@acme.test
}

(common) {
    encode zstd gzip
}

shop.acme.test, www.acme.test {
    import common
    header {
        Strict-Transport-Security "max-age=31536000"
        -Server
        X-Frame-Options DENY
    }
    @bad `path('/hook/*') &&
        !header({'X-Key': {env.KEY}})`
    respond @bad 401 {
        body "no"
    }
    rate_limit {
        zone z {
            key {remote_host}
        }
    }
    handle /api/* {
        reverse_proxy api:8000 api-2:8000 {
            health_uri /health
        }
    }
    handle_path /auth/* {
        forward_auth login:9000
    }
    reverse_proxy @x {$UPSTREAM:web:3000} # the rest
    log
}

http://intern {
    header Access-Control-Allow-Origin *
    tls internal
}
"#;

const KRAKEND: &str = r#"{
  "$schema": "https://www.krakend.io/schema/krakend.json", "version": 3, "timeout": "30s",
  "extra_config": {"security/cors": {"allow_origins": ["*"]}},
  "endpoints": [
    {"endpoint": "/v1/{id}", "method": "POST", "extra_config": {"qos/ratelimit/router": {"max_rate": 5}, "auth/validator": {}},
     "backend": [{"host": ["http://api:8000"], "url_pattern": "/{id}"}]}
  ]
}"#;

#[test]
fn caddy_and_krakend() {
    insta::assert_snapshot!(rows(
        &Gateway,
        &[("Caddyfile", Artifact::Other, CADDY), ("krakend.json", Artifact::Json, KRAKEND)],
    ));
}

#[test]
fn caddyfiles_of_any_shape() {
    let deep = format!("a.test {{\n{}\n{}", "handle {\n".repeat(500), "}\n".repeat(500));
    let lone = "shop.test\nencode gzip\nreverse_proxy web:80\n";
    for text in ["", "{", "}", "}}}\n{{{", "\"", "`", "a {\n\"", "# x", "a \\\n b {", "é {\nreverse_proxy\n}", &deep] {
        rows(&Gateway, &[("Caddyfile", Artifact::Other, text)]);
    }
    assert!(rows(&Gateway, &[("Caddyfile", Artifact::Other, lone)]).contains("web"));
}
