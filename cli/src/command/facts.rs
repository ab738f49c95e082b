//! `treeward facts`: what is known of a tree, as a list of tables or as a database.

use treeward::engine::Auditor;
use treeward::facts::{Value, schema};

use super::audit::{config, with_tree};
use crate::arguments::{FactsOptions, RowFormat};
use crate::console::Console;
use crate::failure::Failure;
use crate::table;

pub(crate) fn run(options: &FactsOptions, console: &mut Console) -> Result<u8, Failure> {
    let settings = config(&options.tree, &options.path)?;
    let auditor = with_tree(Auditor::builder(), &options.tree, &settings).build()?;
    let facts = auditor.facts(&options.path)?;
    if let Some(file) = &options.output {
        facts.save(file)?;
        console.remark(&format!("wrote `{}`", file.display()));
        return Ok(0);
    }
    let mut rows = Vec::new();
    for table in schema::tables() {
        let counted = facts.query(&format!("SELECT count(*) FROM {}", table.name))?;
        let count = counted.rows.first().and_then(|row| row.first()).and_then(Value::as_int).unwrap_or(0);
        if count > 0 {
            let about = table.doc.lines().next().unwrap_or_default().trim();
            rows.push(vec![table.name.into(), count.into(), about.into()]);
        }
    }
    console.write(&table::show(&["table", "rows", "what a row is"], &rows, RowFormat::Table))?;
    Ok(0)
}
