use super::*;
use crate::extract::sample;

#[test]
fn a_service_its_drop_in_and_its_timer() {
    let service = "[Unit]\nAfter=network-online.target\n[Service]\nEnvironment=\"DB_PASSWORD=s8Kd0qPz1Lmn\" MODE=prod\nExecStart=-/opt/app/venv/bin/python -m app.worker \\\n  --queue high\nRestart=always\n";
    let files = [
        ("deploy/worker@.service", Artifact::SystemdUnit, service),
        ("deploy/worker@.service.d/limits.conf", Artifact::SystemdUnit, "[Service]\nMemoryMax=512M\n"),
        ("deploy/backup.timer", Artifact::SystemdUnit, "[Timer]\nOnCalendar=daily\n"),
    ];
    insta::assert_snapshot!(sample::rows(&Systemd, &files));
}

#[test]
fn crontabs_with_and_without_a_user() {
    let system = "# c\nSHELL=/bin/sh\n*/5 * * * * root /opt/app/backup.sh > /var/log/b.log 2>&1\n@daily app python -m app.cleanup\n";
    let files = [
        ("etc/cron.d/app", Artifact::Cron, system),
        ("ops/crontab", Artifact::Cron, "0 25 * * * ./renew.sh\n* * * *\n\n"),
    ];
    insta::assert_snapshot!(sample::rows(&Systemd, &files));
}

#[test]
fn odd_files_end() {
    for text in ["", "[", "=\\", "\\\n\\\n", "@", "* ", "\u{0}=\u{0}", "ExecStart=\\\n"] {
        for kind in [Artifact::SystemdUnit, Artifact::Cron] {
            sample::rows(&Systemd, &[("x.service", kind, text)]);
        }
    }
}
