//! `frame tables`: the tables of the room `frames` as one page of Markdown; docs/frames.md is it.

use super::LINE_ERRORS;
use frames::{
    Also, COMMANDS, DecodeError, EncodeError, Field, ITEMS, Item, Lang, Layout, Named, Sure, Way,
    bits,
};

const HEAD: &str = "# Frames of the radio meters

Written by `calinmeter frame tables` from the tables that read and write the frames; nobody types here.
Hexadecimal numbers stand as they are written, not as they are sent: of several bytes the lowest goes
first, and every byte of a data field is sent with 33 added.

How well a thing is known: *used* by the public implementation that speaks with these meters, *switched
off* there, or *inferred* from the standard alone. Frames tell of relay and covers in bits of their own;
they never carry the numbers of the operators' guide.
";

const ITEMS_HEAD: &str = "
## Data identifiers

| DI | what | how | phase | payload | bytes | known |
|---|---|---|---|---|---|---|
";
const PAYLOADS_HEAD: &str = "
Power is off by one against the standard, where `B630` is the total and `B631` phase A: the phase is
named here as the public implementation does.

## Payloads

Bytes behind these are kept as `extra_hex`.
";
const COMMANDS_HEAD: &str = "
## Commands

| command | needs | frame |
|---|---|---|
";
const REFUSALS_HEAD: &str = "
## Refusals

A refusal (`read_fail`, `write_fail`, `token_fail`) has one byte, `err`, whose bits say why:

| bit | name |
|---|---|
";
const ERRORS_HEAD: &str = "
## Errors

Reading a frame, in the order in which they are looked at:
";

/// The whole page.
pub(super) fn page() -> String {
    let mut page = HEAD.to_owned() + ITEMS_HEAD;
    page.extend(ITEMS.iter().map(item));
    page += PAYLOADS_HEAD;
    page.extend(layouts().into_iter().map(payload));
    page += COMMANDS_HEAD;
    page.extend(COMMANDS.iter().map(command));
    page += REFUSALS_HEAD;
    let bits = bits::REFUSAL.iter();
    page.extend(bits.map(|bit| format!("| {} | `{}` |\n", bit.mask.trailing_zeros(), bit.name)));
    page += ERRORS_HEAD;
    let reading = DecodeError::ALL.iter();
    page += &errors(reading.map(|error| (error.name(), error.words(Lang::En))));
    page += "\nMaking one:\n";
    let making = EncodeError::ALL.iter();
    page += &errors(making.map(|error| (error.name(), error.words(Lang::En))));
    page += "\nA line that comes to no frame:\n";
    page += &errors(LINE_ERRORS.iter().map(|error| (error.name, error.en)));
    page
}

fn command(command: &Named) -> String {
    let (needs, carries) = (command.needs(), command.carries());
    format!("| `{}` | {needs} | {carries} |\n", command.name)
}

fn errors<'e>(rows: impl Iterator<Item = (&'e str, &'e str)>) -> String {
    let rows: String = rows
        .map(|(name, words)| format!("| `{name}` | {words} |\n"))
        .collect();
    format!("\n| error | what it says |\n|---|---|\n{rows}")
}

fn item(item: &Item) -> String {
    let ways: Vec<&str> = item.ways.iter().map(|way| way_words(*way)).collect();
    let phase = item.phase.map_or("", |phase| phase.letter());
    let (payload, bytes) = match (item.switch, item.layout) {
        (Some(switch), _) => (format!("byte {switch:02X}"), "1".to_owned()),
        (None, Layout::Unstated) if item.ways == [Way::Token] => {
            ("20 digits, BCD".to_owned(), "10".to_owned())
        }
        (None, Layout::Unstated) => ("not published".to_owned(), String::new()),
        (None, layout) => (name(layout), layout.size().to_string()),
    };
    format!(
        "| `{}` | {} | {} | {phase} | {payload} | {bytes} | {} |\n",
        item.di,
        item.what,
        ways.join(", "),
        sure_words(item.sure)
    )
}

fn way_words(way: Way) -> &'static str {
    match way {
        Way::Read => "read",
        Way::Write => "write",
        Way::Token => "token",
        Way::Unasked => "sent unasked",
    }
}

fn sure_words(sure: Sure) -> &'static str {
    match sure {
        Sure::Used => "used",
        Sure::SwitchedOff => "switched off",
        Sure::Inferred => "inferred",
    }
}

/// The payloads in the order in which identifiers first have them.
fn layouts() -> Vec<Layout> {
    let mut layouts = Vec::new();
    for item in &ITEMS {
        if item.layout != Layout::Unstated && !layouts.contains(&item.layout) {
            layouts.push(item.layout);
        }
    }
    layouts
}

/// `ActivePower` as `active power`.
fn name(layout: Layout) -> String {
    let mut name = String::new();
    for letter in format!("{layout:?}").chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push(' ');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

fn payload(layout: Layout) -> String {
    let rows: String = layout.fields().iter().map(field).collect();
    format!(
        "\n### {}\n\n| at | bytes | field | form | also | what |\n|---|---|---|---|---|---|\n{rows}",
        name(layout)
    )
}

fn field(field: &Field) -> String {
    let also = match field.also {
        Also::Nothing => String::new(),
        Also::Scaled(name, divisor) => format!("`{name}` = 1/{divisor}"),
        Also::IsZero(name) => format!("`{name}` where it is 0"),
        Also::Bits(bits) | Also::BitsUnder(_, bits) => {
            let bits = bits
                .iter()
                .map(|bit| format!("{} `{}`", bit.mask.trailing_zeros(), bit.name));
            "bits ".to_owned() + &bits.collect::<Vec<_>>().join(", ")
        }
        Also::Read(name) => format!("`{name}`"),
    };
    format!(
        "| {} | {} | `{}` | {} | {also} | {} |\n",
        field.at, field.size, field.name, field.how, field.what
    )
}
