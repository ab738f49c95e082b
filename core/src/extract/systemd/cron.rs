//! Crontabs: five fields or `@daily`, a user in system tables, a command.

use crate::extract::shell::{self, FileUse, Holder, Options};
use crate::facts::schema::systemd::CronEntry;
use crate::facts::{Certainty, FactSet};
use crate::source::SourceFile;
use crate::syntax::shell::{Places, parse_placed};

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/// Smallest and largest value, and the names, of each field.
const FIELDS: [(u32, u32, &[&str]); 5] = [(0, 59, &[]), (0, 23, &[]), (1, 31, &[]), (1, 12, MONTHS), (0, 7, DAYS)];
const NICKNAMES: &[&str] =
    &["@reboot", "@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// States the entries of a crontab; gives the files that they name.
pub(super) fn crontab(file: &SourceFile<'_>, facts: &mut FactSet) -> Vec<FileUse> {
    let has_user = file.path.contains("cron.d/") || file.path.ends_with("etc/crontab") || names_users(file.text);
    let mut uses = Vec::new();
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        if let Some(entry) = entry(line, has_user) {
            let at = start + entry.at;
            let end = at + entry.command.len();
            let row = facts.push(CronEntry {
                span: file.span(start + (line.len() - line.trim_start().len())..end),
                certainty: Certainty::Certain,
                path: file.path.to_owned(),
                is_valid: is_valid(&entry.schedule),
                schedule: entry.schedule,
                user: entry.user,
                command: entry.command.to_owned(),
            });
            let script = parse_placed(entry.command, &Places::at(at));
            let holder = Holder {
                file: file.id,
                owner: row,
                kind: "cron_entry",
                options: Options::default(),
                folder: "",
                bases: Vec::new(),
            };
            uses.extend(shell::state(&script, &holder, facts));
        }
        start += line.len();
    }
    uses
}

/// Whether every entry names a user before its command, as the tables in `/etc` do.
fn names_users(text: &str) -> bool {
    const USERS: &[&str] = &[
        "root", "www-data", "nobody", "daemon", "postgres", "redis", "nginx", "app", "appuser", "deploy", "ubuntu",
        "admin",
    ];
    let mut commands = text.lines().filter_map(|line| entry(line, false)).map(|entry| entry.command).peekable();
    commands.peek().is_some()
        && commands
            .all(|command| command.split_once(char::is_whitespace).is_some_and(|(word, _)| USERS.contains(&word)))
}

struct Entry<'t> {
    schedule: String,
    user: Option<String>,
    command: &'t str,
    /// Where the command begins in its line.
    at: usize,
}

fn entry(line: &str, has_user: bool) -> Option<Entry<'_>> {
    let trimmed = line.trim();
    let first = trimmed.split_whitespace().next()?;
    let is_setting = !first.starts_with('@') && first.contains('=') || first.ends_with('=');
    if trimmed.starts_with('#')
        || is_setting
        || !first.starts_with(['@', '*']) && !first.starts_with(|c: char| c.is_ascii_digit())
    {
        return None;
    }
    let count = if first.starts_with('@') { 1 } else { 5 };
    let mut rest = line.trim_start();
    let mut fields = Vec::new();
    for _ in 0..count + usize::from(has_user) {
        let end = rest.find(char::is_whitespace)?;
        fields.push(&rest[..end]);
        rest = rest[end..].trim_start();
    }
    let user = has_user.then(|| fields.pop().map(str::to_owned)).flatten();
    let command = rest.trim_end();
    (!command.is_empty()).then(|| Entry { schedule: fields.join(" "), user, command, at: line.len() - rest.len() })
}

/// Whether a schedule can be read by the usual cron daemons.
pub(super) fn is_valid(schedule: &str) -> bool {
    if schedule.starts_with('@') {
        return NICKNAMES.contains(&schedule);
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    fields.len() == FIELDS.len() && fields.iter().zip(FIELDS).all(|(field, range)| is_field(field, range))
}

fn is_field(field: &str, (low, high, names): (u32, u32, &[&str])) -> bool {
    let value = |text: &str| {
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(text)).map(|at| at as u32 + low.min(1));
        named.or_else(|| text.parse().ok()).filter(|value| (low..=high).contains(value))
    };
    field.split(',').all(|part| {
        let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
        let is_step = step.is_none_or(|step| step.parse::<u32>().is_ok_and(|step| step > 0));
        let is_range = range == "*"
            || match range.split_once('-') {
                Some((from, to)) => value(from).zip(value(to)).is_some_and(|(from, to)| from <= to),
                None => value(range).is_some(),
            };
        is_step && is_range
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_stands_before_the_command_where_all_entries_name_one() {
        assert!(names_users("# x\nA=1\n0 3 * * * root /opt/backup.sh\n@daily www-data php x.php\n"));
        assert!(!names_users("0 3 * * * /opt/backup.sh\n"));
        assert!(!names_users("0 3 * * * root\n"));
        assert!(!names_users(""));
    }

    #[test]
    fn schedules_are_valid_or_not() {
        for schedule in ["*/5 * * * *", "0 3 * * 1-5", "15,45 0-6/2 1 jan-mar sun", "@daily", "0 0 31 12 7"] {
            assert!(is_valid(schedule), "{schedule}");
        }
        for schedule in ["* * * *", "60 * * * *", "*/0 * * * *", "0 0 0 * *", "5-1 * * * *", "@often", "a * * * *"] {
            assert!(!is_valid(schedule), "{schedule}");
        }
    }
}
