//! The truth table of whole items, and the forms in which people write a code.

use answers::{Number, Unread, read};

/// Each reading as `family:number`, in order.
fn readings(text: &str) -> Vec<String> {
    let items = read(text);
    items
        .iter()
        .flat_map(|item| match &item.readings {
            Ok(readings) => readings.iter().map(|r| name(r.number)).collect(),
            Err(why) => vec![format!("unread: {why}")],
        })
        .collect()
}

fn name(number: Number) -> String {
    match number {
        Number::Ami(n) => format!("ami:{n}"),
        Number::Reason(n) => format!("87-{n}"),
        Number::Short(n) => format!("keypad:{n}"),
        Number::Wire(n) => format!("wire:{n}"),
    }
}

#[test]
fn bare_numbers_read_as_the_truth_table_says() {
    for (text, expected) in [
        ("0", vec!["87-00"]),
        ("00", vec!["87-00"]),
        ("1", vec!["87-1", "keypad:01"]),
        ("01", vec!["keypad:01"]),
        ("8", vec!["87-8"]),
        ("08", vec!["87-8"]),
        ("14", vec!["87-14", "keypad:14"]),
        ("31", vec!["keypad:31"]),
        ("87", vec!["keypad:87"]),
        ("2", vec!["87-2"]),
        ("10", vec!["87-10"]),
        ("19", vec!["87-19"]),
        ("20", vec!["87-20"]),
        // the same rules for the rest
        ("9", vec!["87-9"]),
        ("24", vec!["87-24"]),
        ("25", vec!["87-25"]),
        ("35", vec!["keypad:35"]),
        ("58", vec!["keypad:58"]),
        ("26", vec!["keypad:26"]),
        ("99", vec!["keypad:99"]),
    ] {
        assert_eq!(readings(text), expected, "{text}");
    }
}

#[test]
fn every_one_and_two_digit_number_is_read_in_every_family_that_lists_it() {
    for n in 0u8..=99 {
        let text = n.to_string();
        let found = readings(&text);
        let sub = catalogue::reason(fleet::Reason87(n)).is_some();
        let keypad = catalogue::short(fleet::ShortCode(n)).is_some();
        assert_eq!(
            found.len(),
            usize::from(sub) + usize::from(keypad) + usize::from(!sub && !keypad),
            "{n}"
        );
        assert_eq!(read(&text)[0].ambiguous(), sub && keypad, "{n}");
    }
}

#[test]
fn a_code_is_read_in_every_form_people_write() {
    for text in [
        "1008",
        " 1008 ",
        "\"1008\"",
        "1008.",
        "87-8",
        "87:08",
        "87 8",
        "87.08",
        "87/8",
        "code 87-8",
        "Code 87 = 8",
        "code 87: sub-code 8",
        "not-commissioned",
        "NOT_COMMISSIONED",
    ] {
        let found = readings(text);
        assert!(
            found == ["ami:1008"] || found == ["87-8"],
            "{text}: {found:?}"
        );
    }
    assert_eq!(readings("87-25"), ["87-25"]);
    assert_eq!(readings("0x2D"), ["wire:0x2D"]);
    assert_eq!(readings("keypad 31"), ["keypad:31"]);
    assert_eq!(readings("short code 8"), ["keypad:08"]);
}

#[test]
fn a_number_above_the_list_arrives_and_one_of_no_family_is_refused() {
    assert_eq!(readings("1026"), ["ami:1026"]);
    assert_eq!(readings("65535"), ["ami:65535"]);
    for text in ["878", "500", "65536", "123456"] {
        assert!(
            matches!(read(text)[0].readings, Err(Unread::NoFamily(_))),
            "{text}"
        );
    }
}

#[test]
fn all_65536_numbers_are_read_or_refused_and_never_changed() {
    for n in 1000..=u16::MAX {
        assert_eq!(readings(&n.to_string()), [format!("ami:{n}")]);
    }
}

#[test]
fn several_at_once_are_several_items() {
    let items = read("1008, 1000\n87-25 0x2d");
    let inputs: Vec<_> = items.iter().map(|item| item.input.as_str()).collect();
    assert_eq!(inputs, ["1008", "1000", "87-25", "0x2d"]);
}

#[test]
fn nothing_and_rubbish_and_a_token_each_get_their_own_answer() {
    assert_eq!(read("  ")[0].readings, Err(Unread::Empty));
    assert!(matches!(read("hello")[0].readings, Err(Unread::NoCode(_))));
    assert_eq!(
        read("5649 3153 7254 5031 3471")[0].readings,
        Err(Unread::Token)
    );
}
