//! Whatever the bytes and whatever the values.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot build its frame has failed"
)]

use frames::dlms::{Answer, Asks, DlmsObject, Obis, Request, Said};
use frames::{
    Address, Call, Command, Date, DecodeError, Di, Downlink, EncodeError, FloatBits, Frame, Freeze,
    ITEMS, Item, Layout, Masked, Password, Payload, Reading, TimeOfDay, TokenBytes, Uplink,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// The outside of a frame, put together here and not by the encoder.
fn framed(address: [u8; 6], control: u8, masked: &[u8]) -> Vec<u8> {
    let mut frame = [&[0x68], &address[..], &[0x68, control]].concat();
    frame.push(u8::try_from(masked.len()).unwrap());
    frame.extend(masked);
    frame.push(
        frame
            .iter()
            .fold(0, |sum: u8, byte| sum.wrapping_add(*byte)),
    );
    frame.push(0x16);
    frame
}

fn masked(plain: &[u8]) -> Vec<u8> {
    plain.iter().map(|byte| byte.wrapping_add(0x33)).collect()
}

fn encoded(uplink: &Uplink<'_>) -> Result<Vec<u8>, EncodeError> {
    let mut bytes = Vec::new();
    uplink.encode(&mut bytes).map(|()| bytes)
}

/// What can be read comes out again byte for byte; looked at in both directions.
fn comes_back(bytes: &[u8], meter: Option<Address>) {
    if let Ok(uplink) = Uplink::decode(bytes, meter) {
        uplink.each(&mut |name, _| assert!(!name.is_empty()));
        assert_eq!(encoded(&uplink).as_deref(), Ok(bytes));
    }
    if let Ok(downlink) = Downlink::decode(bytes, meter) {
        downlink.each(&mut |name, _| assert!(!name.is_empty()));
        let mut again = Vec::new();
        downlink.encode(&mut again).unwrap();
        assert_eq!(again, bytes);
        if let Some(command) = Command::of(&downlink) {
            let address =
                Frame::parse(bytes).map_or(Address::of_wire([0; 6]), |frame| frame.address());
            let mut again = Vec::new();
            command.encode(address, &mut again).unwrap();
            assert_eq!(again, bytes);
        }
    }
}

fn control() -> impl Strategy<Value = u8> {
    prop_oneof![
        3 => prop::sample::select(vec![0x81]),
        2 => prop::sample::select(vec![0x00, 0x01, 0x04, 0x80, 0x84, 0xC0, 0xC1, 0xC4]),
        1 => any::<u8>(),
    ]
}

/// Data with an identifier that is known, mostly.
fn plain() -> impl Strategy<Value = Vec<u8>> {
    let digits = prop_oneof![4 => (0..10_u8, 0..10_u8).prop_map(|(high, low)| high << 4 | low), 1 => any::<u8>()];
    let di =
        prop_oneof![9 => (0..ITEMS.len()).prop_map(|place| ITEMS[place].di.0), 1 => any::<u16>()];
    (di, vec(digits, 0..=253)).prop_map(|(di, rest)| [&di.to_le_bytes()[..], &rest].concat())
}

fn dlms() -> impl Strategy<Value = Vec<u8>> {
    let kind = prop::sample::select(vec![0xC0, 0xC3, 0xC4, 0xC7, 0xD8]);
    let head = (kind, 0..3_u8, any::<u8>(), 0..3_u8, 0..0x18_u8);
    (any::<[u8; 4]>(), head, vec(any::<u8>(), 0..40)).prop_map(
        |(ports, (kind, form, invoke, choice, tag), rest)| {
            let apdu = [&[kind, form, invoke, choice, tag][..], &rest].concat();
            let length = u16::try_from(apdu.len()).unwrap().to_be_bytes();
            [&[0, 1], &ports[..], &length, &apdu].concat()
        },
    )
}

fn address() -> impl Strategy<Value = Address> {
    any::<[u8; 6]>().prop_map(Address::of_wire)
}

fn date() -> impl Strategy<Value = Date> {
    (2000..2100_u16, 1..=12_u8, 1..=31_u8).prop_filter_map("no such day", |(year, month, day)| {
        Date::new(year, month, day).ok()
    })
}

fn time() -> impl Strategy<Value = TimeOfDay> {
    (0..24_u8, 0..60_u8, 0..60_u8)
        .prop_map(|(hour, minute, second)| TimeOfDay::new(hour, minute, second).unwrap())
}

/// Every payload, with every value that fits.
fn payload() -> impl Strategy<Value = Payload> {
    use frames::{
        ActivePower, Amperes, Credit, Day, Energy, Number, Report, Status, Time, Unstated, Volts,
    };
    let report = (
        any::<u8>(),
        any::<[u8; 5]>(),
        any::<[u32; 4]>(),
        any::<(i32, u16, i32, u8)>(),
    );
    prop_oneof![
        (0..80_000_000_u32, any::<u8>(), any::<u8>()).prop_map(
            |(credit_raw_centikwh, credit_level, relay_byte)| Payload::Credit(Credit {
                credit_raw_centikwh,
                credit_level,
                relay_byte
            })
        ),
        (any::<u8>(), 0..1_000_000_u32).prop_map(|(low_byte, voltage_raw_centivolt)| {
            Payload::Volts(Volts {
                low_byte,
                voltage_raw_centivolt,
            })
        }),
        (0..10_000_u32).prop_map(|current_raw_centiamp| Payload::Amperes(Amperes {
            current_raw_centiamp
        })),
        (0..80_000_000_u32).prop_map(|power_raw_deciwatt| Payload::ActivePower(ActivePower {
            power_raw_deciwatt
        })),
        (0..100_000_000_u32).prop_map(|energy_raw_centikwh| Payload::Energy(Energy {
            energy_raw_centikwh
        })),
        (date(), 0..100_u8).prop_map(|(date, weekday)| Payload::Day(Day {
            weekday,
            ..Day::of(date)
        })),
        time().prop_map(|time| Payload::Time(Time::of(time))),
        "[0-9]{1,12}".prop_map(|digits| Payload::Number(Number {
            meter_number: Address::parse(&digits).unwrap()
        })),
        any::<(u8, u8)>()
            .prop_map(|(status0, status1)| Payload::Status(Status { status0, status1 })),
        report.prop_map(
            |(leading_byte, freeze, [c1, r1, c2, r2], (demand, volts, amperes, status_byte))| {
                Payload::Report(Report {
                    leading_byte,
                    freeze_time_raw: Freeze(freeze),
                    consumption_1_raw_centikwh: c1,
                    remaining_1_f32_bits: FloatBits(r1),
                    consumption_2_raw_centikwh: c2,
                    remaining_2_f32_bits: FloatBits(r2),
                    interval_demand_raw: demand,
                    voltage_raw_decivolt: volts,
                    current_raw_milliamp: amperes,
                    status_byte,
                })
            }
        ),
        Just(Payload::Unstated(Unstated {})),
    ]
}

fn item_with(layout: Layout) -> &'static Item {
    let found = ITEMS
        .iter()
        .rev()
        .find(|item| item.layout == layout && item.answered);
    found.unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(
        bytes in vec(any::<u8>(), 0..300),
        meter in prop::option::of(address()),
    ) {
        comes_back(&bytes, meter);
    }

    #[test]
    fn any_data_in_a_sound_frame_is_read_or_refused(
        address in any::<[u8; 6]>(),
        control in control(),
        data in prop_oneof![plain(), vec(any::<u8>(), 0..=255)],
    ) {
        let bytes = framed(address, control, &masked(&data));
        let frame = Frame::parse(&bytes).unwrap();
        prop_assert_eq!(frame.data().bytes().collect::<Vec<_>>(), data);
        prop_assert_eq!((frame.address().wire(), frame.control()), (address, control));
        comes_back(&bytes, Some(Address::of_wire(address)));
    }

    #[test]
    fn any_dlms_message_is_read_or_refused(bytes in dlms()) {
        comes_back(&bytes, None);
    }

    /// What stands before and behind the frame in memory changes nothing.
    #[test]
    fn nothing_beyond_the_input_is_read(
        control in control(),
        data in plain(),
        cut in any::<prop::sample::Index>(),
        before in any::<u8>(),
        behind in any::<u8>(),
    ) {
        let whole = framed([0x71, 0x37, 0x33, 0x03, 0x70, 0x04], control, &masked(&data));
        let bytes = &whole[..cut.index(whole.len() + 1)];
        let around = [&[before; 9], bytes, &[behind; 300]].concat();
        let inside = &around[9..9 + bytes.len()];
        prop_assert_eq!(Uplink::decode(inside, None), Uplink::decode(bytes, None));
        prop_assert_eq!(Downlink::decode(inside, None), Downlink::decode(bytes, None));
    }

    /// One byte that changed on its way is noticed: a sum sees every single change.
    #[test]
    fn one_changed_byte_is_never_taken(
        data in plain(),
        place in any::<prop::sample::Index>(),
        other in 1..=255_u8,
    ) {
        let mut bytes = framed([0x71, 0x37, 0x33, 0x03, 0x70, 0x04], 0x81, &masked(&data));
        let place = place.index(bytes.len());
        bytes[place] ^= other;
        prop_assert!(Frame::parse(&bytes).is_err());
    }

    #[test]
    fn every_payload_comes_back_with_whatever_follows_it(
        address in address(),
        payload in payload(),
        extra in vec(any::<u8>(), 0..=220),
    ) {
        let extra = Masked::of_wire(&extra);
        let item = item_with(payload.layout());
        // where nothing is published of a payload all of it is extra
        let reading = Uplink::Reading(Reading { address, item, payload, extra });
        let bytes = encoded(&reading).unwrap();
        prop_assert_eq!(Uplink::decode(&bytes, Some(address)), Ok(reading));
        prop_assert_eq!(bytes.len(), 14 + payload.layout().size() + extra.len());
    }

    #[test]
    fn dates_times_passwords_and_tokens_come_back(
        address in address(),
        date in date(),
        time in time(),
        digits in "[0-9]{20}",
        password in "[0-9a-f]{8}",
    ) {
        let password = Password::parse(&password).unwrap();
        for command in [
            Command::SetDate(date, password),
            Command::SetTime(time, password),
            Command::OpenRelay(password),
            Command::CloseRelay(password),
            Command::Deliver(TokenBytes::parse(&digits).unwrap()),
        ] {
            let mut bytes = Vec::new();
            command.encode(address, &mut bytes).unwrap();
            let downlink = Downlink::decode(&bytes, Some(address)).unwrap();
            prop_assert_eq!(Command::of(&downlink), Some(command));
        }
    }

    #[test]
    fn every_dlms_request_comes_back(
        class in any::<u16>(),
        obis in any::<[u8; 6]>(),
        number in any::<u8>(),
        act in any::<bool>(),
    ) {
        let object = DlmsObject { class, obis: Obis(obis) };
        let asks = if act { Asks::Act(object, number) } else { Asks::Get(object, number) };
        let command = Command::Dlms(asks);
        let mut bytes = Vec::new();
        command.encode(Address::of_wire([0; 6]), &mut bytes).unwrap();
        let request = Request::decode(&bytes).unwrap();
        prop_assert_eq!(Command::of(&Downlink::Dlms(request)), Some(command));
    }

    #[test]
    fn dlms_numbers_are_what_their_bytes_say(number in any::<i64>(), unsigned in any::<u64>()) {
        let value = |tag: u8, bytes: &[u8]| {
            let apdu = [&[0xC4, 1, 0xC1, 0, tag], bytes].concat();
            let length = u8::try_from(apdu.len()).unwrap();
            let frame = [&[0, 1, 0, 1, 0, 102, 0, length][..], &apdu].concat();
            let Said::Data(data) = Answer::decode(&frame).unwrap().said else { panic!("data") };
            match data.value() {
                frames::Value::Number(number) => i128::from(number),
                frames::Value::Unsigned(number) => i128::from(number),
                _ => panic!("a number"),
            }
        };
        let bytes = number.to_be_bytes();
        prop_assert_eq!(value(0x14, &bytes), i128::from(number));
        let [.., b4, b5, b6, b7] = bytes;
        prop_assert_eq!(value(0x05, &[b4, b5, b6, b7]), i128::from(i32::from_be_bytes([b4, b5, b6, b7])));
        prop_assert_eq!(value(0x10, &[b6, b7]), i128::from(i16::from_be_bytes([b6, b7])));
        prop_assert_eq!(value(0x0F, &[b7]), i128::from(i8::from_be_bytes([b7])));
        let bytes = unsigned.to_be_bytes();
        prop_assert_eq!(value(0x15, &bytes), i128::from(unsigned));
        prop_assert_eq!(value(0x06, &bytes[4..]), i128::from(unsigned % (1 << 32)));
        prop_assert_eq!(value(0x12, &bytes[6..]), i128::from(unsigned % (1 << 16)));
        for tag in [0x11, 0x16] {
            prop_assert_eq!(value(tag, &bytes[7..]), i128::from(unsigned % 256));
        }
    }
}

/// All 65,536 pairs of bytes: taken exactly where each half byte is a decimal digit.
#[test]
fn digits_are_strict_and_say_what_they_spell() {
    for pair in 0..=u16::MAX {
        let [low, high] = pair.to_le_bytes();
        let bytes = framed([0; 6], 0x81, &masked(&[0x21, 0xB6, low, high]));
        let said = Uplink::decode(&bytes, None);
        match format!("{pair:04x}").parse::<u32>() {
            Ok(number) => {
                let Ok(Uplink::Reading(Reading {
                    payload: Payload::Amperes(read),
                    ..
                })) = said
                else {
                    panic!("{pair:04x}: {said:?}");
                };
                assert_eq!(read.current_raw_centiamp, number);
                assert_eq!(encoded(&said.unwrap()).unwrap(), bytes);
            }
            Err(_) => assert_eq!(said, Err(DecodeError::InvalidBcd), "{pair:04x}"),
        }
    }
}

/// All 65,536 identifiers: a listed answer is read, every other keeps its bytes in the frame.
#[test]
fn no_identifier_is_lost() {
    let listed: &[u16] = &[
        0x9010, 0xB611, 0xB612, 0xB613, 0xB621, 0xB622, 0xB623, 0xB630, 0xB631, 0xB632, 0xC010,
        0xC011, 0xC032, 0xC111, 0xE421, 0xEFF5, 0xEFF6,
    ];
    for di in 0..=u16::MAX {
        let plain = [&di.to_le_bytes()[..], &[0x01; 40]].concat();
        let bytes = framed([0; 6], 0x81, &masked(&plain));
        let frame = Frame::parse(&bytes).unwrap();
        assert!(frame.data().bytes().eq(plain));
        let read = Uplink::of(frame);
        if listed.contains(&di) {
            let Ok(Uplink::Reading(reading)) = read else {
                panic!("{di:04x}: {read:?}")
            };
            assert_eq!(reading.item.di, Di(di));
            assert_eq!(reading.extra.len(), 40 - reading.item.layout.size());
        } else {
            assert_eq!(read, Err(DecodeError::UnknownDi), "{di:04x}");
        }
    }
}

/// Every length of data for every answer that has no identifier.
#[test]
fn answers_without_an_identifier_keep_data_of_every_length() {
    let wire: Vec<u8> = (0..=u8::MAX).collect();
    let address = Address::parse("1").unwrap();
    for length in 0..=255 {
        let data = Masked::of_wire(&wire[..length]);
        for call in [Call::Read, Call::Write, Call::Token] {
            let refused = Uplink::Refused {
                address,
                call,
                data,
            };
            assert_eq!(
                Uplink::decode(&encoded(&refused).unwrap(), None),
                Ok(refused)
            );
            let one = frames::refusal(data);
            assert_eq!(one, data.bytes().next().filter(|_| length == 1));
        }
        for call in [Call::Write, Call::Token] {
            let done = Uplink::Done {
                address,
                call,
                data,
            };
            assert_eq!(Uplink::decode(&encoded(&done).unwrap(), None), Ok(done));
        }
    }
    let long = [0; 256];
    let long = Uplink::Done {
        address,
        call: Call::Write,
        data: Masked::of_wire(&long),
    };
    let mut out = vec![7];
    assert_eq!(long.encode(&mut out), Err(EncodeError::TooLong));
    assert_eq!(out, [7]);
}

/// Day by day from Saturday 2000-01-01 to the end of 2099.
#[test]
fn the_weekday_moves_on_by_one_each_day() {
    let mut weekday = 6;
    let mut days = 0;
    for (year, month, day) in (2000..2100).flat_map(|year| {
        (1..=12).flat_map(move |month| (1..=31).map(move |day| (year, month, day)))
    }) {
        let Ok(date) = Date::new(year, month, day) else {
            continue;
        };
        assert_eq!(date.weekday(), weekday, "{date:?}");
        weekday = (weekday + 1) % 7;
        days += 1;
    }
    assert_eq!(days, 36_525);
    for (year, month, day) in [
        (1999, 12, 31),
        (2100, 1, 1),
        (2026, 0, 1),
        (2026, 13, 1),
        (2026, 4, 31),
        (2026, 1, 0),
    ] {
        assert_eq!(Date::new(year, month, day), Err(EncodeError::InvalidDate));
    }
}

/// A value that does not fit is refused and never sent as another one.
#[test]
fn what_does_not_fit_is_not_sent() {
    use frames::{ActivePower, Amperes, Credit, Day, Number, Time};
    let address = Address::parse("47003333771").unwrap();
    let rows = [
        Payload::Amperes(Amperes {
            current_raw_centiamp: 10_000,
        }),
        Payload::ActivePower(ActivePower {
            power_raw_deciwatt: 80_000_000,
        }),
        Payload::Credit(Credit {
            credit_raw_centikwh: 100_000_000,
            credit_level: 0,
            relay_byte: 0,
        }),
        Payload::Day(Day {
            weekday: 0,
            day: 29,
            month: 2,
            year: 2025,
        }),
        Payload::Day(Day {
            weekday: 0,
            day: 1,
            month: 1,
            year: 2100,
        }),
        Payload::Day(Day {
            weekday: 100,
            day: 1,
            month: 1,
            year: 2026,
        }),
        Payload::Time(Time {
            second: 0,
            minute: 60,
            hour: 0,
        }),
        Payload::Number(Number {
            meter_number: Address::of_wire([0xAA; 6]),
        }),
    ];
    for payload in rows {
        let reading = Reading {
            address,
            item: item_with(payload.layout()),
            payload,
            extra: Masked::of_wire(&[]),
        };
        let mut out = vec![7];
        assert_eq!(
            Uplink::Reading(reading).encode(&mut out),
            Err(EncodeError::InvalidValue),
            "{payload:?}"
        );
        assert_eq!(out, [7]);
    }
}

/// The row of an identifier says how its payload stands.
#[test]
fn a_payload_is_not_sent_under_another_identifier() {
    let address = Address::parse("47003333771").unwrap();
    let reading = Reading {
        address,
        item: item_with(Layout::Credit),
        payload: Payload::Unstated(frames::Unstated {}),
        extra: Masked::of_wire(&[]),
    };
    assert_eq!(
        encoded(&Uplink::Reading(reading)),
        Err(EncodeError::InvalidValue)
    );
}

/// Tokens and passwords do not get into a log by the way.
#[test]
fn what_is_secret_is_not_shown_by_debug() {
    let token = Command::Deliver(TokenBytes::parse("58230041977163052846").unwrap());
    let relay = Command::OpenRelay(Password::parse("12345678").unwrap());
    assert_eq!(
        format!("{token:?} {relay:?}"),
        "Deliver(TokenBytes(****)) OpenRelay(Password(****))"
    );
    let mut bytes = Vec::new();
    token
        .encode(Address::parse("1").unwrap(), &mut bytes)
        .unwrap();
    let shown = format!(
        "{:?} {:?}",
        Frame::parse(&bytes),
        Downlink::decode(&bytes, None)
    );
    assert!(
        !shown.contains("46") && shown.contains("Masked(12 bytes)"),
        "{shown}"
    );
}
