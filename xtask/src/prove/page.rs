//! docs/proof.md: what was run, on which commit, on what machine, and what came of it.

use crate::prove::machine::Machine;
use crate::prove::record::Record;

/// The page, from results that are all green.
pub(super) fn write(commit: &str, date: &str, machine: &Machine, records: &[Record]) -> String {
    let rows: Vec<String> = records.iter().map(row).collect();
    let outputs: Vec<String> = records
        .iter()
        .filter(|record| !record.output.is_empty())
        .map(output)
        .collect();
    format!(
        "# What was run at length\n\n\
         Written by `cargo xtask prove`; a step is run again when what it speaks of has changed.\n\n\
         - commit: `{commit}`\n- date: {date}\n- machine: {}\n\n\
         | step | took | result |\n|---|---|---|\n{}{}",
        machine.line(),
        rows.concat(),
        outputs.concat()
    )
}

fn row(record: &Record) -> String {
    let line = record.line.replace('|', "\\|");
    format!("| `{}` | {} s | {line} |\n", record.step, record.took)
}

fn output(record: &Record) -> String {
    format!(
        "\n## {}\n\n```text\n{}\n```\n",
        record.step,
        record.output.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::prove::machine::Machine;
    use crate::prove::record::Record;

    fn record(step: &str, line: &str, output: &str) -> Record {
        Record {
            step: step.to_owned(),
            tree: "abc".to_owned(),
            seconds: 600,
            took: 601,
            green: true,
            line: line.to_owned(),
            output: output.to_owned(),
        }
    }

    #[test]
    fn the_page_names_commit_date_machine_and_every_step() {
        let machine = Machine {
            cores: 2,
            memory_mib: Some(7859),
            rustc: "rustc 1.95.0".to_owned(),
        };
        let records = [
            record("fuzz-answers", "9 runs, coverage 4, nothing found", ""),
            record("bench", "figures below", "1 row a second\n"),
        ];
        let expected = "# What was run at length\n\n\
            Written by `cargo xtask prove`; a step is run again when what it speaks of has changed.\n\n\
            - commit: `abc`\n- date: 2026-11-23\n- machine: 2 cores, memory 7859 MiB, rustc 1.95.0\n\n\
            | step | took | result |\n|---|---|---|\n\
            | `fuzz-answers` | 601 s | 9 runs, coverage 4, nothing found |\n\
            | `bench` | 601 s | figures below |\n\
            \n## bench\n\n```text\n1 row a second\n```\n";
        assert_eq!(write("abc", "2026-11-23", &machine, &records), expected);
    }
}
