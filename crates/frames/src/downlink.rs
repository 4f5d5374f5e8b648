//! What a meter is told, as it stands in the frame. What a known command means is [`Command`]'s.
//!
//! [`Command`]: crate::Command

use crate::uplink::DLMS;
use crate::value::{Value, Visit};
use crate::{
    Address, Call, Control, DecodeError, Di, EncodeError, Frame, Masked, Phrase, dlms, frame,
};

/// What a meter is told, borrowed from the bytes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Downlink<'a> {
    /// A read, a write or a token.
    Request(Request<'a>),
    /// A DLMS request; it names no meter.
    Dlms(dlms::Request<'a>),
}

/// A request with its data field, whatever stands there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Request<'a> {
    /// The meter.
    pub address: Address,
    /// What is asked.
    pub call: Call,
    /// The data field with its identifier.
    pub data: Masked<'a>,
}

impl<'a> Downlink<'a> {
    /// Reads what is sent to a meter. With a meter's address, a frame for another one is refused.
    ///
    /// # Errors
    ///
    /// As [`Uplink::decode`](crate::Uplink::decode), up to `unknown_control_code`. An identifier
    /// that nobody knows is no error: the meter answers for itself.
    pub fn decode(bytes: &'a [u8], meter: Option<Address>) -> Result<Self, DecodeError> {
        match bytes.first() {
            Some(&DLMS) => dlms::Request::decode(bytes).map(Self::Dlms),
            _ => Self::of(Frame::parse(bytes)?.of_meter(meter)?),
        }
    }

    /// Reads the inside of a frame.
    pub fn of(frame: Frame<'a>) -> Result<Self, DecodeError> {
        match Control::of(frame.control()) {
            Some(Control {
                call,
                phrase: Phrase::Request,
            }) => Ok(Self::Request(Request {
                address: frame.address(),
                call,
                data: frame.data(),
            })),
            _ => Err(DecodeError::UnknownControlCode),
        }
    }

    /// Appends its bytes.
    ///
    /// # Errors
    ///
    /// `too_long`; `out` then stays as it was.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Request(request) => {
                let control = Control {
                    call: request.call,
                    phrase: Phrase::Request,
                };
                frame::write(out, request.address, control.code(), |out| {
                    out.extend(request.data.bytes());
                })
            }
            Self::Dlms(request) => request.encode(out),
        }
    }

    /// Tells every value under its name.
    pub fn each(&self, visit: &mut Visit<'_>) {
        match self {
            Self::Request(request) => request.each(visit),
            Self::Dlms(request) => request.each(visit),
        }
    }
}

impl<'a> Request<'a> {
    /// The data identifier and what follows; nothing where there are not two bytes.
    pub fn item(&self) -> Option<(Di, Masked<'a>)> {
        let (low_first, rest) = self.data.split()?;
        Some((Di(u16::from_le_bytes(low_first)), rest))
    }

    fn each(&self, visit: &mut Visit<'_>) {
        let control = Control {
            call: self.call,
            phrase: Phrase::Request,
        };
        visit("control", Value::Number(control.code().into()));
        match self.item() {
            Some((di, _)) => visit("di", Value::Text(&di)),
            None => visit("di", Value::Text(&"")),
        }
        visit(
            "data_len",
            Value::Unsigned(u64::try_from(self.data.len()).unwrap_or_default()),
        );
        let rest = self.item().map_or(self.data, |(_, rest)| rest);
        visit("data_hex", Value::Text(&rest));
    }
}
