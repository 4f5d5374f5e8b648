//! `frame decode`: what frames say.

use super::lines::{self, Work};
use super::{NOT_HEX_OR_BASE64, Why, json, text};
use crate::Ended;
use crate::args::frame::{Decode, Direction};
use catalogue::Lang;
use frames::{DecodeError, Downlink, Frame, Uplink};

pub(super) fn run(args: &Decode, lang: Lang) -> Ended {
    let mut bytes = Vec::new();
    let work: &mut Work<'_> = &mut |input, line| {
        if !text::read(input, &mut bytes) {
            return Err(Why::line(&NOT_HEX_OR_BASE64, lang));
        }
        line.clear();
        say(&bytes, args, line).map_err(|error| Why::decode(error, lang))
    };
    let texts: Vec<&str> = args.frames.iter().map(String::as_str).collect();
    lines::run(&texts, work, &|refused, all| match lang {
        Lang::En => format!("{refused} of {all} frames could not be read"),
        Lang::Fr => format!("{refused} trames sur {all} n'ont pas pu être lues"),
    })
}

fn say(bytes: &[u8], args: &Decode, line: &mut String) -> Result<(), DecodeError> {
    if args.outside {
        let frame = Frame::parse(bytes)?;
        json::ok(line, |visit| frame.each(visit));
        return Ok(());
    }
    match args.direction {
        Direction::Up => {
            let uplink = Uplink::decode(bytes, args.meter)?;
            json::ok(line, |visit| uplink.each(visit));
        }
        Direction::Down => {
            let downlink = Downlink::decode(bytes, args.meter)?;
            json::ok(line, |visit| downlink.each(visit));
        }
    }
    Ok(())
}
