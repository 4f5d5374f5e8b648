//! Every frame of `vectors/frames.json`, in its direction.
#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot build its frame has failed"
)]

use frames::{Address, Command, DecodeError, Downlink, EncodeError, Frame, Told, Uplink, Value};
use serde_json::{Map, Value as Json, json};

type Object = Map<String, Json>;

fn vectors() -> Vec<Json> {
    let text = include_str!("vectors/frames.json");
    let Json::Array(vectors) = serde_json::from_str(text).unwrap() else {
        panic!("an array");
    };
    vectors
}

fn text<'a>(vector: &'a Json, name: &str) -> &'a str {
    vector[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} of {vector}"))
}

fn unhex(text: &str) -> Vec<u8> {
    let pairs = text.as_bytes().chunks(2);
    pairs
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

fn meter(vector: &Json) -> Address {
    Address::parse(text(vector, "meter")).unwrap()
}

/// What is told of a frame, as one object.
fn told(each: &dyn Fn(&mut frames::Visit<'_>)) -> Json {
    let mut object = Object::new();
    each(&mut |name, value| {
        let value = match value {
            Value::Null => Json::Null,
            Value::Bool(value) => value.into(),
            Value::Number(value) => value.into(),
            Value::Unsigned(value) => value.into(),
            Value::Real(value) => value.into(),
            Value::Text(value) => value.to_string().into(),
            Value::Bits(byte, bits) => bits
                .iter()
                .map(|bit| (bit.name.to_owned(), bit.is_set(byte).into()))
                .collect::<Object>()
                .into(),
            Value::Names(byte, bits) => {
                let set = bits.iter().filter(|bit| bit.is_set(byte));
                set.map(|bit| bit.name).collect::<Vec<_>>().into()
            }
        };
        assert!(
            object.insert(name.to_owned(), value).is_none(),
            "{name} twice"
        );
    });
    object.into()
}

fn wanted(vector: &Json) -> Result<Json, String> {
    match vector["expect_error"].as_str() {
        Some(error) => Err(error.to_owned()),
        None => Ok(vector["expect"].clone()),
    }
}

/// JSON, as values by name.
struct Given<'a>(&'a Json);

impl Told for Given<'_> {
    fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn number(&self, name: &str) -> Option<i128> {
        match &self.0[name] {
            Json::Bool(yes) => Some(i128::from(*yes)),
            number => number.as_i64().map(i128::from),
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0[name].as_str()
    }
}

fn encode(vector: &Json) -> Result<(Command, Vec<u8>), EncodeError> {
    let address = Address::parse(text(vector, "meter"))?;
    let command = Command::named(text(vector, "command"), &Given(&vector["params"]))?;
    let mut frame = Vec::new();
    command.encode(address, &mut frame)?;
    Ok((command, frame))
}

#[test]
fn every_frame_of_a_meter_says_what_is_expected() {
    let mut seen = 0;
    for vector in vectors() {
        if text(&vector, "direction") != "up" || vector["expect"]["layer"] == "frame" {
            continue;
        }
        let bytes = unhex(text(&vector, "hex"));
        let read = Uplink::decode(&bytes, Some(meter(&vector)));
        let said = match &read {
            Ok(uplink) => Ok(told(&|visit| uplink.each(visit))),
            Err(error) => Err(error.name().to_owned()),
        };
        assert_eq!(said, wanted(&vector), "{}", vector["name"]);
        if let Ok(uplink) = read {
            let mut again = Vec::new();
            uplink.encode(&mut again).unwrap();
            assert_eq!(again, bytes, "{}", vector["name"]);
            let told = told(&|visit| uplink.each(visit));
            let mut again = Vec::new();
            frames::encode_told(&Given(&told), None, &mut again).unwrap();
            assert_eq!(again, bytes, "{}", vector["name"]);
        }
        seen += 1;
    }
    assert_eq!(seen, 142);
}

#[test]
fn every_command_becomes_the_expected_frame_and_is_known_again() {
    let mut seen = 0;
    for vector in vectors() {
        if vector.get("params").is_none() {
            continue;
        }
        seen += 1;
        let encoded = encode(&vector);
        let (command, frame) = match (encoded, vector["expect_error"].as_str()) {
            (Ok(encoded), None) => encoded,
            (Err(error), Some(wanted)) => {
                assert_eq!(error.name(), wanted, "{}", vector["name"]);
                continue;
            }
            (encoded, wanted) => panic!("{}: {encoded:?}, not {wanted:?}", vector["name"]),
        };
        assert_eq!(frame, unhex(text(&vector, "hex")), "{}", vector["name"]);
        let downlink = Downlink::decode(&frame, Some(meter(&vector))).unwrap();
        assert_eq!(
            told(&|visit| downlink.each(visit)),
            vector["expect"],
            "{}",
            vector["name"]
        );
        assert_eq!(Command::of(&downlink), Some(command), "{}", vector["name"]);
        let mut again = Vec::new();
        frames::encode_told(&Given(&vector["expect"]), Some(meter(&vector)), &mut again).unwrap();
        assert_eq!(again, frame, "{}", vector["name"]);
    }
    assert_eq!(seen, 78);
}

#[test]
fn a_meter_refuses_to_read_what_is_broken() {
    let mut seen = 0;
    for vector in vectors() {
        if text(&vector, "direction") == "up"
            || vector.get("params").is_some()
            || vector["expect"]["layer"] == "frame"
        {
            continue;
        }
        let bytes = unhex(text(&vector, "hex"));
        let error = Downlink::decode(&bytes, Some(meter(&vector))).map_err(DecodeError::name);
        assert_eq!(
            error.err(),
            vector["expect_error"].as_str(),
            "{}",
            vector["name"]
        );
        seen += 1;
    }
    assert_eq!(seen, 7);
}

#[test]
fn frames_of_other_makers_have_the_same_outside() {
    let mut seen = 0;
    for vector in vectors()
        .iter()
        .filter(|vector| vector["expect"]["layer"] == "frame")
    {
        let bytes = unhex(text(vector, "hex"));
        let frame = Frame::parse(&bytes).unwrap();
        assert_eq!(
            told(&|visit| frame.each(visit)),
            vector["expect"],
            "{}",
            vector["name"]
        );
        assert_eq!(frame.address(), meter(vector));
        seen += 1;
    }
    assert_eq!(seen, 11);
}

#[test]
fn a_published_frame_with_wake_up_bytes_is_read_behind_them_only() {
    let published = include_str!("vectors/published.csv");
    let line = published
        .lines()
        .find(|line| line.starts_with("pair_kWh_resp,"))
        .unwrap();
    let bytes = unhex(&line.split(',').nth(1).unwrap().replace(' ', ""));
    assert_eq!(Frame::parse(&bytes), Err(DecodeError::BadStartDelimiter));
    let uplink = Uplink::decode(&bytes[4..], None).unwrap();
    let said = told(&|visit| uplink.each(visit));
    assert_eq!(said["energy_kwh"], json!(1426.79));
    assert_eq!(said["address"], "010003635927");
}
