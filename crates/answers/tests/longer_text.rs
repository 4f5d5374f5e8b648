//! Longer text: labelled numbers count, then code 87, then a stand-alone 10xx with low confidence;
//! quantities, dates and parts of longer numbers never do.

use answers::{Number, Reading, read};
use fleet::{AmiCode, Reason87};

fn found(text: &str) -> Vec<Reading> {
    read(text)
        .into_iter()
        .filter_map(|item| item.readings.ok())
        .flatten()
        .collect()
}

fn sure(text: &str) -> Vec<Number> {
    let found = found(text);
    assert!(found.iter().all(|r| !r.low_confidence), "{text}: {found:?}");
    found.iter().map(|r| r.number).collect()
}

const AMI_1018: &[Number] = &[Number::Ami(AmiCode(1018))];
const SUB_8: &[Number] = &[Number::Reason(Reason87(8))];

#[test]
fn a_labelled_status_counts() {
    for text in [
        "Meter operating status = 1018",
        "meter operating status: 1018",
        "**Meter operating status = 1018**",
        "METER OPERATING STATUS\t1018 (47001582544)",
        "the Special status identifier is 1018, please advise",
        "AMI response of 1018",
        "Status: 1018",
        "47001582544 | Meter operating status | 1018 | 2026-03-01 10:22:07",
    ] {
        assert_eq!(sure(text), AMI_1018, "{text}");
    }
}

#[test]
fn a_labelled_sub_code_counts() {
    for text in [
        "she typed code 87 and it shows 8",
        "code 87 = 08 at the keypad",
        "it says 87-8 now",
        "87: sub-code 8",
    ] {
        if text.starts_with("she") {
            // words between are not guessed over
            assert!(found(text).is_empty(), "{text}");
            continue;
        }
        assert_eq!(sure(text), SUB_8, "{text}");
    }
    assert_eq!(sure("Meter operating status = 8"), SUB_8);
}

#[test]
fn a_label_makes_any_number_a_status() {
    assert_eq!(sure("operating status = 500"), [Number::Ami(AmiCode(500))]);
    assert_eq!(
        sure("operating status = 1002"),
        [Number::Ami(AmiCode(1002))]
    );
}

#[test]
fn a_labelled_number_of_two_families_is_ambiguous() {
    let items = read("Meter operating status = 24");
    assert!(items[0].ambiguous());
    assert_eq!(found("Meter operating status = 24").len(), 2);
}

#[test]
fn a_stand_alone_10xx_has_low_confidence_and_gives_way_to_a_labelled_one() {
    let alone = found("meter at plot 7 gave 1008 this morning");
    assert_eq!(
        alone,
        [Reading {
            number: Number::Ami(AmiCode(1008)),
            low_confidence: true
        }]
    );
    assert_eq!(sure("status = 1018, earlier it gave 1008"), AMI_1018);
}

#[test]
fn several_codes_in_noise_are_several_items_once_each() {
    let text = "47001582544 Meter operating status = 1008\n47003104321 Meter operating status = 1000\nsame again: Meter operating status = 1008";
    let items = read(text);
    let inputs: Vec<_> = items.iter().map(|item| item.input.as_str()).collect();
    assert_eq!(
        inputs,
        ["operating status = 1008", "operating status = 1000"]
    );
}

#[test]
fn quantities_dates_and_parts_of_numbers_are_no_codes() {
    for text in [
        "drew 1013 W at noon",
        "total 1008 kWh",
        "pressure 1013 hPa",
        "1008.5 read",
        "2026-10-08 10:08:00",
        "call 0787-8812345",
        "47001008544 is the number",
        "x1008y",
        "UGX 1,008,000 paid",
        "http status 404",
        "87.5 kWh",
        "status 1 of 3",
    ] {
        assert_eq!(found(text), [], "{text}");
    }
}

/// Work grows with the text, not with its square: sixteen thousand labels, long runs of digits.
#[test]
fn a_large_paste_is_read_at_once() {
    let many = "Meter operating status = 1008, then nothing. ".repeat(16_000);
    assert_eq!(read(&many).len(), 1);
    let digits = "10".repeat(400_000);
    assert!(read(&digits)[0].readings.is_err());
    let labels = "status code is ".repeat(30_000);
    assert!(found(&labels).is_empty());
}
