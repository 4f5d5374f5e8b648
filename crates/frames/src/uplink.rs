//! What a meter says.

use crate::bits::{self, Bit};
use crate::items::Item;
use crate::layouts::{Layout, Payload};
use crate::value::{Value, Visit};
use crate::{
    Address, Call, Control, DecodeError, Di, EncodeError, Frame, Masked, Phrase, dlms, frame,
};

/// Where DLMS frames begin.
pub(crate) const DLMS: u8 = 0;

/// What a meter says, borrowed from the bytes it came in.
///
/// ```
/// use frames::{Address, Payload, Uplink};
/// let bytes = [0x68, 0x71, 0x37, 0x33, 0x03, 0x70, 0x04, 0x68, 0x81, 0x08, 0x54, 0x17, 0x67,
///              0x45, 0x33, 0x33, 0x34, 0x33, 0x8F, 0x16];
/// let meter = Address::parse("47003333771").unwrap();
/// let Uplink::Reading(reading) = Uplink::decode(&bytes, Some(meter)).unwrap() else { panic!() };
/// let Payload::Credit(credit) = reading.payload else { panic!() };
/// assert_eq!((credit.credit_raw_centikwh, credit.relay_byte), (1234, 0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Uplink<'a> {
    /// It answers a read, or reports by itself.
    Reading(Reading<'a>),
    /// A write or a token was taken. The data is as it came: what stands there is not published.
    Done {
        /// The meter.
        address: Address,
        /// What was taken.
        call: Call,
        /// The data field.
        data: Masked<'a>,
    },
    /// It refuses.
    Refused {
        /// The meter.
        address: Address,
        /// What it refuses.
        call: Call,
        /// The data field; [`refusal`] reads it.
        data: Masked<'a>,
    },
    /// A DLMS answer; it names no meter.
    Dlms(dlms::Answer<'a>),
}

/// A payload that was read, with what it is and whose.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The meter.
    pub address: Address,
    /// The row of its data identifier.
    pub item: &'static Item,
    /// The values.
    pub payload: Payload,
    /// Bytes behind the payload: meters may append some, and they are kept.
    pub extra: Masked<'a>,
}

impl PartialEq for Reading<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.address, self.item.di, self.payload, self.extra)
            == (other.address, other.item.di, other.payload, other.extra)
    }
}

/// The one byte that says why a meter refuses; nothing where the data has another length, for then
/// nobody knows what stands there.
pub fn refusal(data: Masked<'_>) -> Option<u8> {
    let mut bytes = data.bytes();
    bytes.next().filter(|_| data.len() == 1)
}

impl<'a> Uplink<'a> {
    /// Reads what a meter sent. With a meter's address, a frame of another one is refused.
    ///
    /// # Errors
    ///
    /// In the order of [`DecodeError::ALL`]; of the data, `unknown_di` or `payload_length` come
    /// before what is wrong with its digits, its date or its sign.
    pub fn decode(bytes: &'a [u8], meter: Option<Address>) -> Result<Self, DecodeError> {
        match bytes.first() {
            Some(&DLMS) => dlms::Answer::decode(bytes).map(Self::Dlms),
            _ => Self::of(Frame::parse(bytes)?.of_meter(meter)?),
        }
    }

    /// Reads the inside of a frame.
    #[inline]
    pub fn of(frame: Frame<'a>) -> Result<Self, DecodeError> {
        let (address, data) = (frame.address(), frame.data());
        let control = Control::of(frame.control()).ok_or(DecodeError::UnknownControlCode)?;
        match (control.phrase, control.call) {
            (Phrase::Request, _) => Err(DecodeError::UnknownControlCode),
            (Phrase::Done, Call::Read) => reading(address, data),
            (Phrase::Done, call) => Ok(Self::Done {
                address,
                call,
                data,
            }),
            (Phrase::Refused, call) => Ok(Self::Refused {
                address,
                call,
                data,
            }),
        }
    }

    /// Appends its bytes.
    ///
    /// # Errors
    ///
    /// `invalid_value`, `too_long`; `out` then stays as it was.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        match self {
            Self::Reading(reading) => reading.encode(out),
            Self::Done {
                address,
                call,
                data,
            } => answer(out, *address, *call, Phrase::Done, *data),
            Self::Refused {
                address,
                call,
                data,
            } => answer(out, *address, *call, Phrase::Refused, *data),
            Self::Dlms(answer) => answer.encode(out),
        }
    }

    /// Tells every value under its name; the names are the contract of `calinmeter frame`.
    pub fn each(&self, visit: &mut Visit<'_>) {
        match self {
            Self::Reading(reading) => reading.each(visit),
            Self::Done {
                address,
                call,
                data,
            } => {
                head(*address, kind(*call, Phrase::Done), visit);
                visit("data_hex", Value::Text(data));
            }
            Self::Refused {
                address,
                call,
                data,
            } => {
                let err = refusal(*data);
                let names: &[Bit] = if err.is_some() { &bits::REFUSAL } else { &[] };
                head(*address, kind(*call, Phrase::Refused), visit);
                visit(
                    "err",
                    err.map_or(Value::Null, |err| Value::Number(err.into())),
                );
                visit("err_flags", Value::Names(err.unwrap_or_default(), names));
                visit("data_hex", Value::Text(data));
            }
            Self::Dlms(answer) => answer.each(visit),
        }
    }
}

impl Reading<'_> {
    fn encode(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        if self.payload.layout() != self.item.layout {
            return Err(EncodeError::InvalidValue);
        }
        let mut payload = Vec::new();
        self.payload.write(&mut payload)?;
        let control = Control {
            call: Call::Read,
            phrase: Phrase::Done,
        };
        frame::write(out, self.address, control.code(), |data| {
            data.extend(self.item.di.0.to_le_bytes());
            data.extend(payload);
            data.extend(self.extra.bytes());
        })
    }

    fn each(&self, visit: &mut Visit<'_>) {
        let kind = match self.item.layout {
            Layout::Report => REPORT,
            _ => kind(Call::Read, Phrase::Done),
        };
        head(self.address, kind, visit);
        visit("di", Value::Text(&self.item.di));
        if let Some(phase) = self.item.phase {
            visit("phase", Value::Text(&phase.letter()));
        }
        self.payload.each(visit);
        if !self.extra.is_empty() {
            visit("extra_hex", Value::Text(&self.extra));
        }
    }
}

/// Finds the row of the identifier and reads the payload as it says.
#[inline]
fn reading(address: Address, data: Masked<'_>) -> Result<Uplink<'_>, DecodeError> {
    let (low_first, data) = data.split().ok_or(DecodeError::PayloadLength)?;
    let item = Item::of(Di(u16::from_le_bytes(low_first)));
    let item = item
        .filter(|item| item.answered)
        .ok_or(DecodeError::UnknownDi)?;
    item.layout.read(address, item, data)
}

fn answer(
    out: &mut Vec<u8>,
    address: Address,
    call: Call,
    phrase: Phrase,
    data: Masked<'_>,
) -> Result<(), EncodeError> {
    let control = Control { call, phrase };
    frame::write(out, address, control.code(), |out| out.extend(data.bytes()))
}

fn head(address: Address, kind: &'static str, visit: &mut Visit<'_>) {
    visit("address", Value::Text(&address));
    visit("kind", Value::Text(&kind));
}

/// Every kind of answer that is no DLMS message, by its name.
pub(crate) const KINDS: [(&str, Call, Phrase); 7] = [
    ("read_ok", Call::Read, Phrase::Done),
    (REPORT, Call::Read, Phrase::Done),
    ("write_ok", Call::Write, Phrase::Done),
    ("token_ok", Call::Token, Phrase::Done),
    ("read_fail", Call::Read, Phrase::Refused),
    ("write_fail", Call::Write, Phrase::Refused),
    ("token_fail", Call::Token, Phrase::Refused),
];
const REPORT: &str = "report";

fn kind(call: Call, phrase: Phrase) -> &'static str {
    let found = KINDS.iter().find(|row| (row.1, row.2) == (call, phrase));
    found.map_or(REPORT, |row| row.0)
}
