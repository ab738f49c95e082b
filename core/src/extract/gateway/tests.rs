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
}
