use super::*;
use crate::facts::Wanted;
use crate::source::{Artifact, FileId, Text, Texts};

fn read(text: &str) -> Result<String, String> {
    let file = SourceFile::new(FileId(0), "evidence.json", Artifact::Json, text);
    let mut facts = FactSet::for_file(FileId(0), Wanted::all(), std::sync::Arc::default());
    state(&file, &mut facts)?;
    let texts = Texts::new(vec![Text::new("evidence.json".into(), Artifact::Json, Some(text.into()))]);
    Ok(facts.dump(&texts))
}

#[test]
fn inspected_containers() {
    let text = r#"[{"Name": "/shop-api-1", "RestartCount": 17, "State": {"Status": "restarting", "ExitCode": 1,
"OOMKilled": true, "Health": {"Status": "unhealthy"}}, "HostConfig": {"Memory": 536870912},
"Config": {"Image": "shop/api:1", "Labels": {"com.docker.compose.service": "api", "com.docker.compose.project": "shop"}}},
{"Name": "/x", "State": {"Status": "running"}, "HostConfig": {"Memory": 0}}]"#;
    insta::assert_snapshot!(read(text).unwrap());
}

#[test]
fn statistics_and_services_one_a_line() {
    let text = "{\"Name\":\"shop-api-1\",\"CPUPerc\":\"3.25%\",\"MemUsage\":\"500MiB / 512MiB\",\"PIDs\":\"76\"}\n{\"Name\":\"shop-db-1\",\"Service\":\"db\",\"State\":\"exited\",\"Health\":\"\",\"ExitCode\":137}\n";
    insta::assert_snapshot!(read(text).unwrap());
}

#[test]
fn targets_of_prometheus() {
    let text = r#"{"status":"success","data":{"activeTargets":[{"labels":{"job":"api","instance":"api:8000"},
"scrapeUrl":"http://api:8000/metrics","health":"down","lastError":"connection refused"}]}}"#;
    insta::assert_snapshot!(read(text).unwrap());
}

#[test]
fn environments_are_masked_in_place() {
    let text = r#"[{"Name": "/api", "State": {}, "Config": {"Env": ["DB_PASSWORD=s3cret\"x", "EMPTY=", "PATH=/bin", "é=ü"]}}]"#;
    let masked = without_secrets(text);
    assert_eq!(masked.len(), text.len());
    assert!(masked.contains(r#""DB_PASSWORD=*********""#) && masked.contains(r#""EMPTY=""#), "{masked}");
    assert!(!masked.contains("s3cret") && !masked.contains("/bin"));
    assert!(read(&masked).is_ok());
}

#[test]
fn other_files_are_told() {
    for text in ["{\"a\": 1}", "hello", "[1, 2]", "{", "{\"Name\": []}\n{\"Name\": {}}\n"] {
        assert!(read(text).is_err(), "{text}");
    }
    assert!(read("[]").is_ok());
    assert!(read(&"{\"x\":".repeat(5_000)).is_err());
}
