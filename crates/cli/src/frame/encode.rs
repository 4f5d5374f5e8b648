//! `frame encode`: the frames of commands, and of what `frame decode` said.

use super::given::{Object, Pairs};
use super::lines::{self, Work};
use super::{NOT_JSON, Why, json};
use crate::Ended;
use crate::args::frame::{Direction, Encode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use catalogue::Lang;
use frames::{Address, Command, Downlink, EncodeError, Told, Uplink, Value, Visit, encode_told};
use serde_json::Value as Json;

pub(super) fn run(args: &Encode, lang: Lang) -> Ended {
    let mut frame = Vec::new();
    let work: &mut Work<'_> = &mut |input, line| {
        frame.clear();
        let made = match args.command.as_str() {
            "-" => {
                let json: Json =
                    serde_json::from_slice(input).map_err(|_| Why::line(&NOT_JSON, lang))?;
                of_line(&json, args, &mut frame)
            }
            name => command(
                name,
                &Pairs(&args.params),
                args.meter.as_deref(),
                &mut frame,
            ),
        };
        made.and_then(|()| keep_to(args.direction, &frame))
            .map_err(|error| Why::encode(error, lang))?;
        line.clear();
        json::ok(line, |visit| tell(&frame, visit));
        Ok(())
    };
    lines::run(&[&args.command], work, &|refused, all| match lang {
        Lang::En => format!("{refused} of {all} frames could not be made"),
        Lang::Fr => format!("{refused} trames sur {all} n'ont pas pu être faites"),
    })
}

/// A command with its parameters, or what `frame decode` printed.
fn of_line(json: &Json, args: &Encode, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let told = Object(json.get("ok").unwrap_or(json));
    let meter = told.text("meter").or(args.meter.as_deref());
    match told.text("command") {
        Some(name) => {
            let params = json.get("params").unwrap_or(&Json::Null);
            command(name, &Object(params), meter, out)
        }
        None => encode_told(&told, meter.map(Address::parse).transpose()?, out),
    }
}

fn command(
    name: &str,
    params: &dyn Told,
    meter: Option<&str>,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let meter = meter.map(Address::parse).transpose()?;
    let command = Command::named(name, params)?;
    let nobody = matches!(command, Command::Dlms(_)).then(|| Address::of_wire([0; 6]));
    let meter = meter.or(nobody).ok_or(EncodeError::InvalidMeterNumber)?;
    command.encode(meter, out)
}

/// Refuses a frame that goes the other way.
fn keep_to(direction: Option<Direction>, frame: &[u8]) -> Result<(), EncodeError> {
    let fits = match direction {
        None => true,
        Some(Direction::Up) => Uplink::decode(frame, None).is_ok(),
        Some(Direction::Down) => Downlink::decode(frame, None).is_ok(),
    };
    if fits {
        Ok(())
    } else {
        Err(EncodeError::UnsupportedCommand)
    }
}

/// The frame in both texts, and what stands in it.
fn tell(frame: &[u8], visit: &mut Visit<'_>) {
    let hex: String = frame.iter().map(|byte| format!("{byte:02x}")).collect();
    visit("hex", Value::Text(&hex));
    visit("base64", Value::Text(&STANDARD.encode(frame)));
    if let Ok(downlink) = Downlink::decode(frame, None) {
        downlink.each(visit);
    } else if let Ok(uplink) = Uplink::decode(frame, None) {
        uplink.each(visit);
    }
}
