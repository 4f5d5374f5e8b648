//! Which error is named when several things are wrong: the first in the order of the facts.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot build its frame has failed"
)]

use frames::{Address, DecodeError, Downlink, Uplink};

/// The outside of a frame, put together by hand: what is wrong with it is the test's business.
fn frame(control: u8, plain: &[u8]) -> Vec<u8> {
    let mut frame = vec![0x68, 0x71, 0x37, 0x33, 0x03, 0x70, 0x04, 0x68, control];
    frame.push(u8::try_from(plain.len()).unwrap());
    frame.extend(plain.iter().map(|byte| byte.wrapping_add(0x33)));
    frame.push(
        frame
            .iter()
            .fold(0, |sum: u8, byte| sum.wrapping_add(*byte)),
    );
    frame.push(0x16);
    frame
}

fn meter(digits: &str) -> Address {
    Address::parse(digits).unwrap()
}

fn up(bytes: &[u8]) -> Option<DecodeError> {
    Uplink::decode(bytes, Some(meter("47003333771"))).err()
}

/// Each step breaks one thing more; the error named stays the one that is looked at first.
#[test]
fn what_is_wrong_outside_is_named_in_order() {
    let sound = frame(0x1F, &[0x14, 0xB6]);
    let other = meter("47003333623");
    let of_other = |bytes: &[u8]| Uplink::decode(bytes, Some(other)).err();
    assert_eq!(of_other(&sound), Some(DecodeError::AddressMismatch));
    assert_eq!(up(&sound), Some(DecodeError::UnknownControlCode));

    let mut broken = sound;
    let sum = broken.len() - 2;
    broken[sum] ^= 1;
    assert_eq!(of_other(&broken), Some(DecodeError::ChecksumMismatch));
    *broken.last_mut().unwrap() = 0x17;
    assert_eq!(of_other(&broken), Some(DecodeError::BadEndDelimiter));
    broken[9] += 1;
    assert_eq!(of_other(&broken), Some(DecodeError::Truncated));
    broken[9] -= 2;
    assert_eq!(of_other(&broken), Some(DecodeError::TrailingBytes));
    broken[7] = 0x69;
    assert_eq!(of_other(&broken), Some(DecodeError::BadSecondDelimiter));
    broken.truncate(11);
    assert_eq!(of_other(&broken), Some(DecodeError::TooShort));
    broken[0] = 0x67;
    assert_eq!(of_other(&broken), Some(DecodeError::BadStartDelimiter));
    assert_eq!(of_other(&[]), Some(DecodeError::TooShort));
}

#[test]
fn a_frame_cut_anywhere_is_too_short_or_truncated() {
    let whole = frame(0x84, &[0x3D, 0xC0]);
    for length in 0..whole.len() {
        let wanted = if length < 12 {
            DecodeError::TooShort
        } else {
            DecodeError::Truncated
        };
        assert_eq!(up(&whole[..length]), Some(wanted), "{length}");
    }
    assert_eq!(up(&whole), None);
}

/// What is wrong with the data: identifier, length, digits, date or sign.
#[test]
fn what_is_wrong_inside_is_named_in_order() {
    let rows: &[(&[u8], DecodeError)] = &[
        (&[], DecodeError::PayloadLength),
        (&[0x21], DecodeError::PayloadLength),
        (&[0x14, 0xB6], DecodeError::UnknownDi),
        // written or delivered, never answered
        (&[0x3C, 0xC0, 0x35], DecodeError::UnknownDi),
        (
            &[0x20, 0xA1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
            DecodeError::UnknownDi,
        ),
        // credit: short, then a bad digit under a set sign, then the sign alone
        (
            &[0x21, 0xE4, 0xFF, 0xFF, 0xFF, 0xFF, 1],
            DecodeError::PayloadLength,
        ),
        (
            &[0x21, 0xE4, 0x0A, 0, 0, 0x80, 1, 0],
            DecodeError::InvalidBcd,
        ),
        (&[0x21, 0xE4, 0, 0, 0, 0xA0, 1, 0], DecodeError::InvalidBcd),
        (
            &[0x21, 0xE4, 0, 0, 0, 0x80, 1, 0],
            DecodeError::AmbiguousSign,
        ),
        // a day: the weekday's digits count, its value does not
        (
            &[0x10, 0xC0, 0x0A, 0x15, 0x03, 0x26],
            DecodeError::InvalidBcd,
        ),
        (&[0x10, 0xC0, 0, 0x32, 0x0F, 0x26], DecodeError::InvalidBcd),
        (&[0x10, 0xC0, 0, 0x29, 0x02, 0x25], DecodeError::InvalidDate),
        (&[0x10, 0xC0, 0, 0x00, 0x01, 0x25], DecodeError::InvalidDate),
        (&[0x10, 0xC0, 0, 0x01, 0x00, 0x25], DecodeError::InvalidDate),
        (&[0x11, 0xC0, 0x60, 0x00, 0x00], DecodeError::InvalidTime),
        (&[0x11, 0xC0, 0x00, 0x60, 0x00], DecodeError::InvalidTime),
        (&[0x11, 0xC0, 0x00, 0x00, 0x24], DecodeError::InvalidTime),
        (&[0x32, 0xC0, 0, 0, 0, 0, 0, 0xA0], DecodeError::InvalidBcd),
    ];
    for (plain, wanted) in rows {
        assert_eq!(up(&frame(0x81, plain)), Some(*wanted), "{plain:02x?}");
    }
    for sound in [
        &[0x10, 0xC0, 0x07, 0x29, 0x02, 0x24][..],
        &[0x10, 0x90, 0, 0, 0, 0x99],
    ] {
        assert_eq!(up(&frame(0x81, sound)), None, "{sound:02x?}");
    }
}

/// All 256 control codes in both directions.
#[test]
fn each_direction_has_its_control_codes() {
    for code in 0..=u8::MAX {
        let bytes = frame(code, &[0x21, 0xE4, 0, 0, 0, 0, 0, 0]);
        let answers = [0x80, 0x81, 0x84, 0xC0, 0xC1, 0xC4].contains(&code);
        let requests = [0x00, 0x01, 0x04].contains(&code);
        let unknown = Some(DecodeError::UnknownControlCode);
        assert_eq!(up(&bytes), unknown.filter(|_| !answers), "{code:02x} up");
        let down = Downlink::decode(&bytes, None).err();
        assert_eq!(down, unknown.filter(|_| !requests), "{code:02x} down");
    }
}

#[test]
fn dlms_is_looked_at_from_the_outside_in() {
    let rows: &[(&[u8], DecodeError)] = &[
        (&[0], DecodeError::DlmsTooShort),
        (&[0, 2, 0, 1, 0, 102, 0], DecodeError::DlmsTooShort),
        (&[0, 2, 0, 1, 0, 102, 0, 9], DecodeError::DlmsBadVersion),
        (&[0, 1, 0, 1, 0, 102, 0, 1], DecodeError::DlmsLengthMismatch),
        (&[0, 1, 0, 1, 0, 102, 0, 0], DecodeError::DlmsTooShort),
        (
            &[0, 1, 0, 1, 0, 102, 0, 1, 0xD8],
            DecodeError::DlmsUnsupportedApdu,
        ),
        (
            &[0, 1, 0, 1, 0, 102, 0, 2, 0xC4, 1],
            DecodeError::DlmsTooShort,
        ),
        // an answer in blocks, and a choice that is neither data nor a denial
        (
            &[0, 1, 0, 1, 0, 102, 0, 4, 0xC4, 2, 0xC1, 0],
            DecodeError::DlmsUnsupportedApdu,
        ),
        (
            &[0, 1, 0, 1, 0, 102, 0, 4, 0xC4, 1, 0xC1, 2],
            DecodeError::DlmsUnsupportedApdu,
        ),
        (
            &[0, 1, 0, 1, 0, 102, 0, 4, 0xC4, 1, 0xC1, 0],
            DecodeError::DlmsTooShort,
        ),
        (
            &[0, 1, 0, 1, 0, 102, 0, 4, 0xC4, 1, 0xC1, 1],
            DecodeError::DlmsTooShort,
        ),
        (
            &[0, 1, 0, 1, 0, 102, 0, 5, 0xC4, 1, 0xC1, 0, 0x09],
            DecodeError::DlmsUnsupportedType,
        ),
        (
            &[0, 1, 0, 1, 0, 102, 0, 6, 0xC4, 1, 0xC1, 0, 0x06, 0],
            DecodeError::DlmsTooShort,
        ),
        // the reading that the public implementation takes for 29 425 924 W
        (
            &[
                0, 1, 0, 1, 0, 102, 0, 13, 0xC0, 1, 0xC1, 0, 71, 0, 0, 17, 0, 0, 255, 3, 0,
            ],
            DecodeError::DlmsUnsupportedApdu,
        ),
    ];
    for (bytes, wanted) in rows {
        assert_eq!(up(bytes), Some(*wanted), "{bytes:02x?}");
    }
}
