//! The tables as Rust.

use crate::read::{Ami, Beyond, Closing, Note, Ruling, Short, Step, Tables, Text, Wire};
use crate::vocabulary::{Class, Confidence, Decision, Kind, May, Owner, Severity, Source, Supply};
use toml::Spanned;

/// The path of a vocabulary's variant; `check` has refused any other word.
macro_rules! variant {
    ($vocabulary:ident, $word:expr) => {
        $vocabulary::from_word($word.get_ref())
            .map(|value| format!("{}::{}", stringify!($vocabulary), value.variant()))
            .unwrap_or_default()
    };
}

pub(crate) fn emit(tables: &Tables) -> String {
    [
        list("STEPS", "Step", tables.steps.rows.iter().map(step)),
        list("RULINGS", "Ruling", tables.rulings.rows.iter().map(ruling)),
        list(
            "AMI",
            "AmiRow",
            tables.ami.rows.iter().map(|row| ami(tables, row)),
        ),
        list(
            "SHORT",
            "ShortRow",
            tables.short.rows.iter().flat_map(short),
        ),
        list("WIRE", "WireRow", tables.wire.rows.iter().map(wire)),
        list(
            "NOTES",
            "Note",
            tables.notes.rows.iter().map(|row| note(tables, row)),
        ),
        list("SAFETY", "Text", tables.safety.rows.iter().map(text)),
        list(
            "CONDITIONS",
            "Condition",
            tables
                .conditions
                .rows
                .iter()
                .map(|row| condition(tables, row)),
        ),
        list(
            "CLOSING",
            "Closing",
            tables.closing.rows.iter().map(closing),
        ),
        beyond(tables),
    ]
    .concat()
}

fn list(name: &str, row: &str, rows: impl Iterator<Item = String>) -> String {
    let rows: Vec<_> = rows.collect();
    format!(
        "pub(super) static {name}: &[{row}] = &[\n{},\n];\n",
        rows.join(",\n")
    )
}

fn step(row: &Step) -> String {
    format!(
        "Step {{ slug: {:?}, text: Text {{ en: {:?}, fr: {:?} }} }}",
        row.slug.get_ref(),
        row.en.get_ref(),
        french(row.fr.get_ref())
    )
}

fn ruling(row: &Ruling) -> String {
    format!(
        "Ruling {{ slug: {:?}, codes: &[{}], matter: {}, rule: {} }}",
        row.slug.get_ref(),
        codes(&row.codes),
        text(&row.matter),
        text(&row.rule)
    )
}

fn wire(row: &Wire) -> String {
    format!(
        "WireRow {{ wire: WireStatus({}), slug: {:?}, note: {:?}, name: {}, ami: &[{}] }}",
        row.wire.get_ref(),
        row.slug.get_ref(),
        row.note,
        text(&row.name),
        codes(&row.ami)
    )
}

fn note(tables: &Tables, row: &Note) -> String {
    let part = match row.part.get_ref().as_str() {
        "key-notes" => "KeyNotes",
        _ => "QuickGuide",
    };
    format!(
        "Note {{ part: Part::{part}, text: {:?}, rulings: &[{}] }}",
        row.text,
        rulings(tables, &row.rulings)
    )
}

fn closing(row: &Closing) -> String {
    let only: Vec<_> = row
        .only
        .iter()
        .map(|kind| format!("{:?}", kind.get_ref()))
        .collect();
    format!(
        "Closing {{ ami: AmiCode({}), may: {}, only: &[{}], why: {} }}",
        row.ami.get_ref(),
        variant!(May, row.may),
        only.join(", "),
        text(&row.why)
    )
}

/// One static an advice, named like its slug.
fn beyond(tables: &Tables) -> String {
    let named = tables.beyond.rows.iter().map(|row| {
        let name = row.slug.get_ref().replace('-', "_").to_uppercase();
        let advice = beyond_advice(tables, row);
        format!("pub(super) static {name}: Advice = {advice};\n")
    });
    named.collect()
}

fn condition(tables: &Tables, row: &Beyond) -> String {
    format!(
        "Condition {{ slug: {:?}, advice: {} }}",
        row.slug.get_ref(),
        beyond_advice(tables, row)
    )
}

fn beyond_advice(tables: &Tables, row: &Beyond) -> String {
    let words = [
        &row.class,
        &row.supply,
        &row.severity,
        &row.decision,
        &row.owner,
    ];
    advice(
        tables,
        &row.name,
        &row.postpaid,
        &row.action,
        &row.steps,
        words,
    )
}

fn ami(tables: &Tables, row: &Ami) -> String {
    let words = [
        &row.class,
        &row.supply,
        &row.severity,
        &row.decision,
        &row.owner,
    ];
    let events: Vec<_> = row
        .iec
        .iter()
        .map(|event| {
            format!(
                "IecEvent {{ role: IecRole::{}, code: {:?}, name: {:?}, confidence: {} }}",
                if event.role.get_ref() == "start" {
                    "Start"
                } else {
                    "Clear"
                },
                event.code.get_ref(),
                event.name,
                variant!(Confidence, event.confidence)
            )
        })
        .collect();
    format!(
        "AmiRow {{ ami: AmiCode({}), reason: Reason87({}), display: {:?}, slug: {:?}, meaning: {:?}, field_action: {:?}, \
         suspect: {}, source: {}, advice: {}, rulings: &[{}], iec: &[{}] }}",
        row.ami.get_ref(),
        row.reason87.get_ref(),
        row.display.get_ref(),
        row.slug.get_ref(),
        row.meaning,
        row.field_action,
        row.suspect,
        variant!(Source, row.source),
        advice(
            tables,
            &row.name,
            &row.postpaid,
            &row.action,
            &row.steps,
            words
        ),
        rulings(tables, &row.rulings),
        events.join(", ")
    )
}

fn advice(
    tables: &Tables,
    name: &Text,
    postpaid: &[Text],
    action: &Text,
    steps: &[Spanned<String>],
    [class, supply, severity, decision, owner]: [&Spanned<String>; 5],
) -> String {
    let steps = places(
        "STEPS",
        steps,
        &tables.steps.rows.iter().map(|row| &row.slug),
    );
    format!(
        "Advice {{ name: {}, postpaid: &[{}], action: {}, steps: &[{}], class: {}, supply: {}, severity: {}, decision: {}, owner: {} }}",
        text(name),
        postpaid.iter().map(text).collect::<Vec<_>>().join(", "),
        text(action),
        steps,
        variant!(Class, class),
        variant!(Supply, supply),
        variant!(Severity, severity),
        variant!(Decision, decision),
        variant!(Owner, owner)
    )
}

fn rulings(tables: &Tables, slugs: &[Spanned<String>]) -> String {
    places(
        "RULINGS",
        slugs,
        &tables.rulings.rows.iter().map(|row| &row.slug),
    )
}

/// References into a table, by slug; `check` has refused a slug that is not there.
fn places<'a>(
    table: &str,
    slugs: &[Spanned<String>],
    all: &(impl Iterator<Item = &'a Spanned<String>> + Clone),
) -> String {
    let place =
        |slug: &Spanned<String>| all.clone().position(|one| one.get_ref() == slug.get_ref());
    let places: Vec<_> = slugs
        .iter()
        .filter_map(place)
        .map(|place| format!("&{table}[{place}]"))
        .collect();
    places.join(", ")
}

/// One row for each keypad code of a range.
fn short(row: &Short) -> Vec<String> {
    const NTH: [(&str, &str); 5] = [
        ("1st", "1re"),
        ("2nd", "2e"),
        ("3rd", "3e"),
        ("4th", "4e"),
        ("5th", "5e"),
    ];
    let from = *row.from.get_ref();
    (from..=row.through.unwrap_or(from)).zip(NTH).map(|(code, (en, fr))| {
        let slug = match row.through {
            Some(_) => format!("{}-{}", row.slug.get_ref(), code - from + 1),
            None => row.slug.get_ref().clone(),
        };
        format!(
            "ShortRow {{ code: ShortCode({code}), guide_code: {:?}, slug: {slug:?}, meaning: {:?}, field_action: {:?}, \
             name: Text {{ en: {:?}, fr: {:?} }}, kind: {}, unit: {:?}, \
             obis: Obis {{ code: {:?}, attribute: {}, confidence: {} }}, single_phase: {}, \
             station: {:?}, concentrator: {:?}, v1: {:?}, lorawan: {:?} }}",
            row.guide_code, row.meaning, row.field_action,
            row.name.en.get_ref().replace("{nth}", en), french(&row.name.fr.get_ref().replace("{nth}", fr)),
            variant!(Kind, row.kind), row.unit, row.obis.code.get_ref(), row.obis.attribute,
            variant!(Confidence, row.obis.confidence), row.single_phase,
            row.station, row.concentrator, row.v1, row.lorawan
        )
    }).collect()
}

fn text(text: &Text) -> String {
    format!(
        "Text {{ en: {:?}, fr: {:?} }}",
        text.en.get_ref(),
        french(text.fr.get_ref())
    )
}

fn codes(codes: &[Spanned<u16>]) -> String {
    codes
        .iter()
        .map(|code| format!("AmiCode({})", code.get_ref()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// French puts a space before its high punctuation; it must not break there.
fn french(text: &str) -> String {
    [" ;", " :", " ?", " !"]
        .iter()
        .fold(text.to_owned(), |text, mark| {
            text.replace(mark, &mark.replace(' ', "\u{a0}"))
        })
}
