//! The control code: what a frame is about, and which way it goes.

/// What a frame is about: the low five bits of the control code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Call {
    /// Deliver an STS token. Reserved in the standard; the maker's extension.
    Token = 0,
    /// Read data.
    Read = 1,
    /// Write data: relay, date, time.
    Write = 4,
}

/// Which way a frame goes and how it went: the high three bits of the control code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Phrase {
    /// To the meter.
    Request = 0,
    /// From the meter: it was done, or the meter speaks by itself.
    Done = 0b100 << 5,
    /// From the meter: it was refused.
    Refused = 0b110 << 5,
}

/// A control code that these meters use.
///
/// Source: bit layout of DL/T 645-1997. D7 is set in an answer, D6 in a refusal, D5 where more
/// frames follow, which nothing public has ever shown.
///
/// ```
/// use frames::{Call, Control, Phrase};
/// let control = Control::of(0xC4).unwrap();
/// assert_eq!((control.call, control.phrase), (Call::Write, Phrase::Refused));
/// assert_eq!(control.code(), 0xC4);
/// assert_eq!(Control::of(0x1F), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Control {
    /// What it is about.
    pub call: Call,
    /// Which way it goes.
    pub phrase: Phrase,
}

const CALL_BITS: u8 = 0b0001_1111;

impl Control {
    /// The control code of a byte, where these meters use it.
    pub const fn of(code: u8) -> Option<Self> {
        let call = match code & CALL_BITS {
            0 => Call::Token,
            1 => Call::Read,
            4 => Call::Write,
            _ => return None,
        };
        let phrase = match code >> 5 {
            0b000 => Phrase::Request,
            0b100 => Phrase::Done,
            0b110 => Phrase::Refused,
            _ => return None,
        };
        Some(Self { call, phrase })
    }

    /// The byte.
    pub const fn code(self) -> u8 {
        self.call as u8 | self.phrase as u8
    }
}
