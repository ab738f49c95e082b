use super::*;
use crate::extract::sample::rows;

const CONFIG: &str = "; all of it\n[supervisord]\nnodaemon=true\nuser=root\n\n[inet_http_server]\nport = *:9001\n\n[program:api]\ncommand=gunicorn app.main:app\n    --bind 0.0.0.0:8000\ndirectory=/srv ; where it lives\nuser=app\nautorestart=true\nstdout_logfile=/dev/stdout\n\n[program:worker]\ncommand=celery -A app worker\nautorestart=False\nnumprocs=2\nstartretries=many\n\n[group:all]\nprograms=api,worker\n";

#[test]
fn programs_are_processes_with_what_keeps_them_running() {
    let all = rows(&Supervisor, &[("docker/supervisord.conf", Artifact::Ini, CONFIG)]);
    let shown: Vec<&str> =
        all.lines().filter(|row| row.starts_with("supervisor_") || row.starts_with("shell_command")).collect();
    insta::assert_snapshot!(shown.join("\n"));
}

#[test]
fn other_files_and_broken_ones_do_no_harm() {
    assert_eq!(rows(&Supervisor, &[("a.ini", Artifact::Ini, "[server]\ncommand=x\n")]), "");
    let long = "[program:a]\ncommand=b\n".repeat(3000);
    for text in ["[program:", "[program:]\n=\n  \n", "command=x\n[program:a\n", "é[program:x]é=é\n é", &long] {
        rows(&Supervisor, &[("a.conf", Artifact::Ini, text)]);
    }
}
