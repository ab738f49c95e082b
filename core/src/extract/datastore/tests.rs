use super::*;
use crate::extract::sample;

#[test]
fn settings_of_each_program() {
    let redis =
        "# cache\nbind 0.0.0.0\nprotected-mode no\nmaxmemory 256mb\nrequirepass \"s8Kd0qPz1Lmn4Rt\"\nsave 900 1\n";
    let postgres = "listen_addresses = '*'   # all\nmax_connections 200\nssl = off\n";
    let hba = "local all postgres peer\nhost all all 0.0.0.0/0 trust\nhostssl app app 10.0.0.0 255.0.0.0 scram-sha-256\nhost x\n";
    let qdrant = "service:\n  api_key: ${KEY}\n  enable_tls: false\nlog_level: INFO\n";
    let files = [
        ("redis.conf", Artifact::RedisConf, redis),
        ("postgresql.conf", Artifact::PostgresConf, postgres),
        ("pg_hba.conf", Artifact::PostgresHba, hba),
        ("qdrant.yaml", Artifact::QdrantConfig, qdrant),
    ];
    insta::assert_snapshot!(sample::rows(&Datastore, &files));
}

#[test]
fn odd_files_end() {
    for text in [
        "",
        "=",
        "'",
        "x='",
        "a: &a {b: *a}",
        "\u{0}",
        "host",
        "a: {b: {c: {d: {e: {f: {g: {h: {i: {j: {k: {l: {m: n}}}}}}}}}}}}",
    ] {
        for kind in [Artifact::RedisConf, Artifact::PostgresConf, Artifact::PostgresHba, Artifact::QdrantConfig] {
            sample::rows(&Datastore, &[("x", kind, text)]);
        }
    }
}
