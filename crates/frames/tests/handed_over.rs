//! What people hand over with a command, and what was told of a frame and then changed.

use frames::{Address, Command, EncodeError, Told, encode_told};

/// Names and texts; a text of digits is a number too.
struct Given<'a>(&'a [(&'a str, &'a str)]);

impl Told for Given<'_> {
    fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    fn number(&self, name: &str) -> Option<i128> {
        self.text(name)?.parse().ok()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|row| row.0 == name).map(|row| row.1)
    }
}

/// A command's name, what is handed over with it, and what is wrong with that.
type Row<'a> = (&'a str, &'a [(&'a str, &'a str)], EncodeError);

#[test]
fn what_is_wrong_with_a_command_is_named() {
    let day = ("day", "15");
    let rows: &[Row<'_>] = &[
        ("READ_VERSION", &[], EncodeError::UnsupportedCommand),
        ("read_credit", &[], EncodeError::UnsupportedCommand),
        ("READ_POWER", &[], EncodeError::InvalidPhase),
        ("READ_POWER", &[("phase", "a")], EncodeError::InvalidPhase),
        (
            "SET_DATE",
            &[("year", "2026"), day],
            EncodeError::InvalidDate,
        ),
        (
            "SET_DATE",
            &[("year", "2100"), ("month", "3"), day],
            EncodeError::InvalidDate,
        ),
        (
            "SET_DATE",
            &[("year", "26"), ("month", "3"), day],
            EncodeError::InvalidDate,
        ),
        (
            "SET_DATE",
            &[("year", "2026"), ("month", "259"), day],
            EncodeError::InvalidDate,
        ),
        ("SET_TIME", &[("hour", "14")], EncodeError::InvalidTime),
        (
            "SET_TIME",
            &[("hour", "14"), ("minute", "5"), ("second", "x")],
            EncodeError::InvalidTime,
        ),
        (
            "SET_TIME",
            &[("hour", "-1"), ("minute", "5")],
            EncodeError::InvalidTime,
        ),
        ("CLEAR_TAMPER", &[], EncodeError::MissingToken),
        (
            "CLEAR_TAMPER",
            &[("token", "5823 0041 9771 6305 2846")],
            EncodeError::InvalidToken,
        ),
        (
            "CLEAR_TAMPER",
            &[("token", "5823004197716305284A")],
            EncodeError::InvalidToken,
        ),
        (
            "DELIVER_TOKEN_RAW",
            &[("token_hex", "ABC")],
            EncodeError::InvalidToken,
        ),
        (
            "TURN_OFF",
            &[("password", "1234567")],
            EncodeError::InvalidPassword,
        ),
        (
            "TURN_OFF",
            &[("password", "1234567g")],
            EncodeError::InvalidPassword,
        ),
    ];
    for (name, given, wanted) in rows {
        assert_eq!(
            Command::named(name, &Given(given)),
            Err(*wanted),
            "{name} {given:?}"
        );
    }
}

#[test]
fn a_meter_number_has_one_to_twelve_digits_and_nothing_else() {
    for sound in ["1", "0", "47003333771", "999999999999"] {
        assert!(Address::parse(sound).is_ok(), "{sound}");
    }
    for wrong in [
        "",
        "1234567890123",
        "4700333377A",
        " 47003333771",
        "-1",
        "४७",
    ] {
        assert_eq!(
            Address::parse(wrong),
            Err(EncodeError::InvalidMeterNumber),
            "{wrong}"
        );
    }
}

/// A changed value is sent changed; one that does not fit is refused, and nothing is written.
#[test]
fn what_was_told_and_changed_becomes_another_frame_or_none() {
    let told = |amperes: &str, more: &[(&str, &str)]| {
        let mut given = vec![
            ("kind", "read_ok"),
            ("address", "047003333771"),
            ("di", "B621"),
            ("current_raw_centiamp", amperes),
        ];
        given.splice(0..0, more.iter().copied());
        let mut out = vec![7];
        let made = encode_told(&Given(&given), None, &mut out);
        made.map(|()| out.split_off(1))
            .inspect_err(|_| assert_eq!(out, [7]))
    };
    let frame = [
        0x68, 0x71, 0x37, 0x33, 0x03, 0x70, 0x04, 0x68, 0x81, 0x04, 0x54, 0xE9, 0x35, 0x38, 0x51,
        0x16,
    ];
    assert_eq!(told("502", &[]).as_deref(), Ok(&frame[..]));
    assert_ne!(told("503", &[]).as_deref(), Ok(&frame[..]));
    for (amperes, more, wanted) in [
        ("10000", &[][..], EncodeError::InvalidValue),
        ("-1", &[], EncodeError::InvalidValue),
        ("5.02", &[], EncodeError::InvalidValue),
        ("502", &[("di", "B614")], EncodeError::InvalidValue),
        ("502", &[("di", "C03C")], EncodeError::InvalidValue),
        ("502", &[("extra_hex", "0")], EncodeError::InvalidValue),
        (
            "502",
            &[("address", "4700333377A")],
            EncodeError::InvalidMeterNumber,
        ),
        ("502", &[("kind", "said")], EncodeError::UnsupportedCommand),
    ] {
        assert_eq!(told(amperes, more), Err(wanted), "{amperes} {more:?}");
    }
    let nothing = encode_told(&Given(&[]), None, &mut Vec::new());
    assert_eq!(nothing, Err(EncodeError::UnsupportedCommand));
    let request = [("control", "1"), ("di", "E421"), ("data_hex", "")];
    let nobody = encode_told(&Given(&request), None, &mut Vec::new());
    assert_eq!(nobody, Err(EncodeError::InvalidMeterNumber));
}

/// A DLMS value is sent in the type it was told with, or not at all.
#[test]
fn a_dlms_value_fits_its_type() {
    let told = |tag: &str, value: &str| {
        let given = [
            ("kind", "dlms_get_response"),
            ("src_wport", "1"),
            ("dst_wport", "102"),
            ("invoke_id", "1"),
            ("tag", tag),
            ("value", value),
        ];
        let mut out = Vec::new();
        encode_told(&Given(&given), None, &mut out).map(|()| out.split_off(12))
    };
    assert_eq!(told("6", "5000").as_deref(), Ok(&[6, 0, 0, 0x13, 0x88][..]));
    assert_eq!(told("5", "-2").as_deref(), Ok(&[5, 255, 255, 255, 254][..]));
    assert_eq!(told("3", "1").as_deref(), Ok(&[3, 1][..]));
    for (tag, value) in [
        ("6", "-1"),
        ("6", "4294967296"),
        ("17", "256"),
        ("15", "128"),
        ("3", "2"),
        ("9", "1"),
    ] {
        assert_eq!(
            told(tag, value),
            Err(EncodeError::InvalidValue),
            "{tag} {value}"
        );
    }
}
