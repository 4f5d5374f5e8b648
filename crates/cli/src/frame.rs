//! `frame`: the radio meters' frames, read and made by hand or line by line. Nothing is sent.

mod decode;
mod encode;
mod given;
mod json;
mod lines;
mod tables;
mod text;

use crate::Ended;
use crate::args::frame::Frame;
use crate::end::{End, print};
use catalogue::Lang;

pub(crate) fn run(args: &Frame, lang: Lang) -> Ended {
    match args {
        Frame::Decode(args) => decode::run(args, lang),
        Frame::Encode(args) => encode::run(args, lang),
        Frame::Tables => {
            print(&tables::page())?;
            Ok(End::Done)
        }
    }
}

/// Why a line came to nothing before there was a frame: the name for machines, and the sentence.
struct LineError {
    name: &'static str,
    en: &'static str,
    fr: &'static str,
}

const NOT_HEX_OR_BASE64: LineError = LineError {
    name: "not_hex_or_base64",
    en: "this is neither hexadecimal digits in pairs nor base64",
    fr: "ce ne sont ni des paires de chiffres hexadécimaux ni du base64",
};
const NOT_JSON: LineError = LineError {
    name: "not_json",
    en: "this is no JSON",
    fr: "ce n'est pas du JSON",
};
const LINE_TOO_LONG: LineError = LineError {
    name: "line_too_long",
    en: "no frame makes a line this long",
    fr: "aucune trame ne fait une ligne aussi longue",
};
const LINE_ERRORS: [LineError; 3] = [NOT_HEX_OR_BASE64, NOT_JSON, LINE_TOO_LONG];

/// Why a frame or a line came to nothing, in one language.
#[derive(Clone, Copy, Debug)]
struct Why {
    name: &'static str,
    words: &'static str,
}

impl Why {
    fn line(error: &LineError, lang: Lang) -> Self {
        let words = match lang {
            Lang::En => error.en,
            Lang::Fr => error.fr,
        };
        Self {
            name: error.name,
            words,
        }
    }

    fn decode(error: frames::DecodeError, lang: Lang) -> Self {
        let (name, words) = (error.name(), error.words(of(lang)));
        Self { name, words }
    }

    fn encode(error: frames::EncodeError, lang: Lang) -> Self {
        let (name, words) = (error.name(), error.words(of(lang)));
        Self { name, words }
    }
}

fn of(lang: Lang) -> frames::Lang {
    match lang {
        Lang::En => frames::Lang::En,
        Lang::Fr => frames::Lang::Fr,
    }
}
