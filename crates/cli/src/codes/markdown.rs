//! All codes as a Markdown page; `docs/codes.md` is this page in English.

use super::{heads, wants};
use crate::args::CodesFamily;
use catalogue::{AmiRow, Lang, Ruling, ShortRow, WireRow, ami_rows, short_rows, wire_rows};

pub(super) fn page(family: CodesFamily, lang: Lang) -> String {
    let heads = heads::of(lang);
    let mut page = heads.page.to_owned();
    if wants(family, CodesFamily::Ami) {
        page += &table(heads.ami, ami_rows().iter().map(|row| ami(row, lang)));
        page += &unlisted(lang);
    }
    if wants(family, CodesFamily::Short) {
        page += &table(heads.short, short_rows().iter().map(|row| short(row, lang)));
    }
    if wants(family, CodesFamily::Wire) {
        page += &table(heads.wire, wire_rows().iter().map(|row| wire(row, lang)));
    }
    if family == CodesFamily::All {
        page += &table(
            heads.rulings,
            catalogue::rulings().iter().map(|row| ruling(row, lang)),
        );
    }
    page
}

/// The first word of the head is the section's title.
fn table<const N: usize, const M: usize>(
    head: [&str; N],
    rows: impl Iterator<Item = [String; M]>,
) -> String {
    let [title, columns @ ..] = head.as_slice() else {
        return String::new();
    };
    let mut out = format!(
        "\n## {title}\n\n| {} |\n|{}\n",
        columns.join(" | "),
        "---|".repeat(columns.len())
    );
    for row in rows {
        let cells = row.map(|cell| cell.replace('|', "\\|"));
        out += &format!("| {} |\n", cells.join(" | "));
    }
    out
}

fn ami(row: &AmiRow, lang: Lang) -> [String; 10] {
    let a = &row.advice;
    let events: Vec<String> = row
        .iec
        .iter()
        .map(|e| format!("{} ({})", e.code, e.confidence.label(lang)))
        .collect();
    [
        row.ami.to_string(),
        row.display.to_owned(),
        row.meaning.to_owned(),
        row.field_action.to_owned(),
        a.supply.label(lang).to_owned(),
        a.decision.label(lang).to_owned(),
        a.owner.label(lang).to_owned(),
        a.severity.label(lang).to_owned(),
        a.action.get(lang).to_owned(),
        events.join("<br>"),
    ]
}

fn unlisted(lang: Lang) -> String {
    let advice = catalogue::unlisted();
    format!(
        "\n{}: {}. {}\n",
        card::unlisted_numbers(),
        advice.name.get(lang),
        advice.action.get(lang)
    )
}

fn short(row: &ShortRow, lang: Lang) -> [String; 10] {
    let ask = |ask: Option<&str>| ask.unwrap_or("-").to_owned();
    [
        row.code.to_string(),
        row.meaning.to_owned(),
        row.field_action.to_owned(),
        row.unit.to_owned(),
        row.kind.label(lang).to_owned(),
        format!("{} ({})", row.obis.code, row.obis.confidence.label(lang)),
        ask(row.station),
        ask(row.concentrator),
        ask(row.v1),
        ask(row.lorawan),
    ]
}

fn wire(row: &WireRow, lang: Lang) -> [String; 4] {
    let codes: Vec<String> = row.ami.iter().map(ToString::to_string).collect();
    [
        row.wire.to_string(),
        row.note.to_owned(),
        row.name.get(lang).to_owned(),
        codes.join(", "),
    ]
}

fn ruling(row: &Ruling, lang: Lang) -> [String; 3] {
    let codes: Vec<String> = row.codes.iter().map(ToString::to_string).collect();
    [
        codes.join(", "),
        row.matter.get(lang).to_owned(),
        row.rule.get(lang).to_owned(),
    ]
}
