//! All codes as lines of one table: aligned for a terminal, or CSV for a spreadsheet.

use super::wants;
use crate::args::CodesFamily;
use anyhow::Context;
use catalogue::{AmiRow, Lang, ShortRow, WireRow, ami_rows, short_rows, wire_rows};

/// The columns of the CSV. A cell is empty where a family has no such thing.
const COLUMNS: [&str; 20] = [
    "family",
    "code",
    "display",
    "slug",
    "meaning",
    "field_action",
    "class",
    "supply",
    "severity",
    "decision",
    "owner",
    "visit",
    "source",
    "unit",
    "kind",
    "obis",
    "confidence",
    "iec",
    "name",
    "action",
];
/// What a terminal shows of them.
const SHOWN: [usize; 7] = [1, 2, 7, 9, 10, 8, 4];

type Line = [String; COLUMNS.len()];

fn lines(family: CodesFamily, lang: Lang) -> Vec<Line> {
    let mut lines = Vec::new();
    if wants(family, CodesFamily::Ami) {
        lines.extend(ami_rows().iter().map(|row| ami(row, lang)));
    }
    if wants(family, CodesFamily::Short) {
        lines.extend(short_rows().iter().map(|row| short(row, lang)));
    }
    if wants(family, CodesFamily::Wire) {
        lines.extend(wire_rows().iter().map(|row| wire(row, lang)));
    }
    lines
}

fn ami(row: &AmiRow, lang: Lang) -> Line {
    let a = &row.advice;
    let events: Vec<String> = row
        .iec
        .iter()
        .map(|e| format!("{} ({})", e.code, e.confidence.word()))
        .collect();
    [
        "ami",
        &row.ami.to_string(),
        row.display,
        row.slug,
        row.meaning,
        row.field_action,
        a.class.word(),
        a.supply.word(),
        a.severity.word(),
        a.decision.word(),
        a.owner.word(),
        a.decision.travel().word(),
        row.source.word(),
        "",
        "",
        "",
        "",
        &events.join("; "),
        a.name.get(lang),
        a.action.get(lang),
    ]
    .map(str::to_owned)
}

fn short(row: &ShortRow, lang: Lang) -> Line {
    [
        "short",
        &row.code.to_string(),
        &row.code.to_string(),
        row.slug,
        row.meaning,
        row.field_action,
        "",
        "",
        "",
        "",
        "",
        "",
        "guide",
        row.unit,
        row.kind.word(),
        row.obis.code,
        row.obis.confidence.word(),
        "",
        row.name.get(lang),
        "",
    ]
    .map(str::to_owned)
}

fn wire(row: &WireRow, lang: Lang) -> Line {
    let codes: Vec<String> = row.ami.iter().map(ToString::to_string).collect();
    let first = row.ami.first().and_then(|code| catalogue::ami(*code));
    let [class, supply, severity, decision, owner, visit, action] = first.map_or([""; 7], |row| {
        let a = &row.advice;
        [
            a.class.word(),
            a.supply.word(),
            a.severity.word(),
            a.decision.word(),
            a.owner.word(),
            a.decision.travel().word(),
            a.action.get(lang),
        ]
    });
    [
        "wire",
        &row.wire.to_string(),
        &codes.join(" or "),
        row.slug,
        row.note,
        "",
        class,
        supply,
        severity,
        decision,
        owner,
        visit,
        "derived",
        "",
        "",
        "",
        "",
        "",
        row.name.get(lang),
        action,
    ]
    .map(str::to_owned)
}

pub(super) fn csv(family: CodesFamily, lang: Lang) -> anyhow::Result<String> {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    out.write_record(COLUMNS)?;
    lines(family, lang)
        .iter()
        .try_for_each(|line| out.write_record(line))?;
    let bytes = out.into_inner().context("the table could not be written")?;
    Ok(String::from_utf8(bytes)?)
}

pub(super) fn text(family: CodesFamily, lang: Lang) -> String {
    let header = COLUMNS.map(str::to_owned);
    let lines: Vec<Line> = std::iter::once(header).chain(lines(family, lang)).collect();
    let width = |column: usize| {
        lines
            .iter()
            .map(|line| line[column].chars().count())
            .max()
            .unwrap_or(0)
    };
    let widths = SHOWN.map(width);
    lines.iter().map(|line| aligned(line, widths)).collect()
}

fn aligned(line: &Line, widths: [usize; SHOWN.len()]) -> String {
    let cells: Vec<String> = SHOWN
        .iter()
        .zip(widths)
        .map(|(column, width)| format!("{:width$}", line[*column]))
        .collect();
    cells.join("  ").trim_end().to_owned() + "\n"
}
