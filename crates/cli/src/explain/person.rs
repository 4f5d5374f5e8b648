//! The explanation for a person, in the order of the guide's worked examples: interpret, what it
//! means, what to do, one summary line. Supply and the need to travel come before everything.

use super::words as w;
use super::{Explained, postpaid, readings, several};
use anstyle::{AnsiColor, Style};
use answers::{Item, Number};
use catalogue::{Lang, ShortRow, Supply, Text};
use triage::{Said, Verdict};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

pub(crate) fn pages(items: &[Item], lang: Lang) -> String {
    let mut pages = Vec::new();
    for item in items {
        let before = item
            .ambiguous()
            .then(|| with(w::AMBIGUOUS, lang, &item.input) + "\n");
        pages.extend(before);
        pages.extend(
            readings(item).map(|read| match (&read.verdict, read.reading.number) {
                (Some(verdict), _) => status(&read, verdict, lang),
                (None, Number::Short(code)) => keypad(code, lang),
                (None, _) => String::new(),
            }),
        );
    }
    pages.join("\n")
}

fn status(read: &Explained<'_>, verdict: &Verdict, lang: Lang) -> String {
    let mut out = head(read, verdict, lang);
    section(&mut out, 1, w::INTERPRET, lang, &[interpret(verdict, lang)]);
    let mut means: Vec<String> = postpaid(verdict)
        .iter()
        .map(|t| t.get(lang).to_owned())
        .collect();
    means.extend(verdict.suspect.then(|| w::SUSPECT.get(lang).to_owned()));
    section(&mut out, 2, w::MEANS, lang, &means);
    section(
        &mut out,
        3,
        w::ACTION,
        lang,
        &said_by_the_guide(verdict, lang),
    );
    for (n, step) in verdict.steps().enumerate() {
        line(&mut out, 5, &format!("{}. {}", n + 1, step.text.get(lang)));
    }
    let why: Vec<String> = verdict.because(lang).into_iter().skip(1).collect();
    if !why.is_empty() {
        title(&mut out, w::WHY.get(lang));
        for why in &why {
            line(&mut out, 5, why);
        }
    }
    title(&mut out, w::SUMMARY.get(lang));
    line(&mut out, 5, &summary(verdict, lang));
    out
}

/// Supply and travel first, then who acts.
fn head(read: &Explained<'_>, verdict: &Verdict, lang: Lang) -> String {
    let colour = match verdict.supply {
        Supply::On => AnsiColor::Green,
        Supply::Off => AnsiColor::Red,
        Supply::Unknown => AnsiColor::Yellow,
    };
    let supply = Style::new().bold().fg_color(Some(colour.into()));
    let mut out = format!(
        "{BOLD}{}  {}{BOLD:#}",
        number(verdict.said),
        name(verdict).get(lang)
    );
    if let Some(meter) = &read.item.meter {
        out += &format!("  ({} {meter})", w::METER.get(lang));
    }
    out += &format!(
        "\n   {supply}{}{supply:#}, {}. {}: {} ({} {}).\n",
        verdict.supply.label(lang).to_uppercase_first(),
        verdict.travel().label(lang),
        verdict.decision.label(lang).to_uppercase_first(),
        format_args!("{} {}", w::OWNER.get(lang), verdict.owner.label(lang)),
        w::SEVERITY.get(lang),
        verdict.severity.label(lang),
    );
    if read.reading.low_confidence {
        line(&mut out, 3, w::LOW.get(lang));
    }
    out
}

fn name(verdict: &Verdict) -> Text {
    match verdict.said {
        Said::Wire(status) => catalogue::wire(status).map_or(verdict.advice.name, |row| row.name),
        _ => verdict.advice.name,
    }
}

/// The number as it was said.
fn number(said: Said) -> String {
    match said {
        Said::Ami(code) => code.to_string(),
        Said::Reason(reason) => format!("87-{reason}"),
        Said::Wire(status) => status.to_string(),
        Said::TwoFamilies(number) => number.to_string(),
        Said::Nothing => String::new(),
    }
}

/// AMI code -> sub-code of 87 -> the guide's name.
fn interpret(verdict: &Verdict, lang: Lang) -> String {
    let said = number(verdict.said);
    match (verdict.said, verdict.row) {
        (Said::Wire(status), Some(row)) => {
            let seen = catalogue::wire(status);
            let codes: Vec<_> = seen
                .map_or(&[][..], |w| w.ami)
                .iter()
                .map(ToString::to_string)
                .collect();
            format!(
                "{} -> AMI {} -> \"{}\"",
                with(w::WIRE, lang, &said),
                codes.join(" / "),
                if codes.len() == 1 {
                    row.meaning
                } else {
                    name(verdict).get(lang)
                }
            )
        }
        (_, Some(row)) => {
            let sub = with(w::SUB_CODE, lang, row.display);
            format!("AMI {} -> {sub} -> \"{}\"", row.ami, row.meaning)
        }
        (_, None) => with(w::UNLISTED, lang, &said) + ".",
    }
}

/// The guide's own sentence, and our ruling where the guide disagrees with itself.
fn said_by_the_guide(verdict: &Verdict, lang: Lang) -> Vec<String> {
    let Some(row) = verdict.row.filter(|_| several(verdict).is_empty()) else {
        return Vec::new();
    };
    let guide = format!("{}: {}", w::GUIDE.get(lang), row.field_action);
    let rulings = row
        .rulings
        .iter()
        .map(|r| format!("{}: {}", w::RULING.get(lang), r.rule.get(lang)));
    std::iter::once(guide).chain(rulings).collect()
}

fn summary(verdict: &Verdict, lang: Lang) -> String {
    format!(
        "{} = \"{}\", {}. {}",
        number(verdict.said),
        name(verdict).get(lang),
        verdict.supply.label(lang),
        verdict.advice.action.get(lang)
    )
}

fn keypad(code: fleet::ShortCode, lang: Lang) -> String {
    let Some(row) = catalogue::short(code) else {
        let mut out = format!(
            "{BOLD}{}{BOLD:#}\n",
            with(w::KEYPAD, lang, &code.to_string()).to_uppercase_first()
        );
        line(&mut out, 3, w::KEYPAD_UNLISTED.get(lang));
        return out;
    };
    let head = with(w::KEYPAD, lang, &code.to_string());
    let mut out = format!(
        "{BOLD}{}  {}{BOLD:#}\n",
        head.to_uppercase_first(),
        row.name.get(lang)
    );
    line(
        &mut out,
        3,
        &format!(
            "{}: {}. {}.",
            w::GUIDE.get(lang),
            row.meaning,
            row.field_action
        ),
    );
    let unit = if row.unit.is_empty() { "-" } else { row.unit };
    line(
        &mut out,
        3,
        &format!("{}: {unit} ({})", w::UNIT.get(lang), row.kind.label(lang)),
    );
    let obis = &row.obis;
    line(
        &mut out,
        3,
        &format!(
            "OBIS: {}, attribute {} ({} {})",
            obis.code,
            obis.attribute,
            w::CONFIDENCE.get(lang),
            obis.confidence.label(lang)
        ),
    );
    line(
        &mut out,
        3,
        &format!("{}: {}", w::ASKED.get(lang), asked(row, lang)),
    );
    if !row.single_phase {
        line(&mut out, 3, w::NO_SINGLE.get(lang));
    }
    out
}

/// What each dialect is asked for.
fn asked(row: &ShortRow, lang: Lang) -> String {
    let dialects = [
        ("station", row.station),
        ("concentrator", row.concentrator),
        ("v1", row.v1),
        ("LoRaWAN", row.lorawan),
    ];
    let offered: Vec<String> = dialects
        .iter()
        .filter_map(|(name, ask)| Some(format!("{name} {}", (*ask)?)))
        .collect();
    match offered.as_slice() {
        [] => w::NOT_OFFERED.get(lang).to_owned(),
        some => some.join(", "),
    }
}

fn section(out: &mut String, n: u8, heading: Text, lang: Lang, lines: &[String]) {
    title(out, &format!("{n}. {}", heading.get(lang)));
    for text in lines {
        line(out, 5, text);
    }
}

fn title(out: &mut String, text: &str) {
    *out += &format!("   {DIM}{text}{DIM:#}\n");
}

/// One text, wrapped so that what follows stays under its beginning.
fn line(out: &mut String, indent: usize, text: &str) {
    const WIDTH: usize = 96;
    let mut column = indent;
    *out += &format!("{:indent$}", "");
    for (n, word) in text.split(' ').enumerate() {
        let width = word.chars().count();
        if n > 0 && column + 1 + width > WIDTH {
            let hanging = indent + 2;
            *out += &format!("\n{:hanging$}", "");
            column = hanging;
        } else if n > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += width;
    }
    out.push('\n');
}

fn with(text: Text, lang: Lang, value: &str) -> String {
    text.get(lang).replace("{}", value)
}

/// A sentence begins with a capital letter.
trait Sentence {
    fn to_uppercase_first(&self) -> String;
}

impl Sentence for str {
    fn to_uppercase_first(&self) -> String {
        let mut letters = self.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect())
            .unwrap_or_default()
    }
}
