//! What can be told to a meter, and its frame.

use crate::dlms::{self, Asks};
use crate::items::{CLOSE_RELAY, DATE, Item, OPEN_RELAY, TIME, TOKEN};
use crate::layouts::{Day, Payload, Time};
use crate::secret::{Password, TokenBytes};
use crate::{
    Address, Call, Control, Date, Di, Downlink, EncodeError, Masked, Phrase, TimeOfDay, Uplink,
    frame,
};

/// One command to one meter.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Read a data identifier.
    Read(Di),
    /// Open the relay: the home goes dark.
    OpenRelay(Password),
    /// Close the relay.
    CloseRelay(Password),
    /// Set the date; the weekday follows from it.
    SetDate(Date, Password),
    /// Set the time of day.
    SetTime(TimeOfDay, Password),
    /// Deliver an STS token; what it is for cannot be seen in the frame.
    Deliver(TokenBytes),
    /// Ask a DLMS object. The frame names no meter.
    Dlms(Asks),
}

/// GET: no selective access. ACTION: a parameter follows, the one-byte integer 0.
const NO_ACCESS: &[u8] = &[0];
const ZERO: &[u8] = &[1, 0x0F, 0];

impl Command {
    /// Appends the frame that carries it.
    ///
    /// ```
    /// use frames::{Address, Command, Di};
    /// let mut frame = Vec::new();
    /// let meter = Address::parse("47003333771").unwrap();
    /// Command::Read(Di(0xE421)).encode(meter, &mut frame).unwrap();
    /// assert_eq!(frame[..8], [0x68, 0x71, 0x37, 0x33, 0x03, 0x70, 0x04, 0x68]);
    /// assert_eq!(frame[8..], [0x01, 0x02, 0x54, 0x17, 0x90, 0x16]);
    /// ```
    ///
    /// # Errors
    ///
    /// `too_long` for a token of more than 253 bytes; `out` then stays as it was.
    pub fn encode(&self, meter: Address, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        let mut value = Vec::new();
        let (call, di) = match self {
            Self::Read(di) => (Call::Read, *di),
            Self::OpenRelay(password) => (Call::Write, switch(OPEN_RELAY, *password, &mut value)),
            Self::CloseRelay(password) => (Call::Write, switch(CLOSE_RELAY, *password, &mut value)),
            Self::SetDate(date, password) => (
                Call::Write,
                set(DATE, Payload::Day(Day::of(*date)), *password, &mut value)?,
            ),
            Self::SetTime(time, password) => (
                Call::Write,
                set(TIME, Payload::Time(Time::of(*time)), *password, &mut value)?,
            ),
            Self::Deliver(token) => {
                value.extend(token.wire());
                (Call::Token, TOKEN)
            }
            Self::Dlms(asks) => return request(*asks).encode(out),
        };
        let control = Control {
            call,
            phrase: Phrase::Request,
        };
        frame::write(out, meter, control.code(), |data| {
            data.extend(di.0.to_le_bytes());
            data.extend(value);
        })
    }

    /// The command that stands in a frame; nothing where it is none that is sent from here.
    ///
    /// A queue that outlives us is read this way: what is in it may be ours.
    pub fn of(downlink: &Downlink<'_>) -> Option<Self> {
        let request = match downlink {
            Downlink::Dlms(asked) => {
                return (*asked == request(asked.asks)).then_some(Self::Dlms(asked.asks));
            }
            Downlink::Request(request) => request,
        };
        let (di, rest) = request.item()?;
        match request.call {
            Call::Read => rest.is_empty().then_some(Self::Read(di)),
            Call::Token => (di == TOKEN).then(|| Self::Deliver(TokenBytes::of_wire(rest.bytes()))),
            Call::Write => {
                let (password, value) = rest.split()?;
                Self::of_write(di, Password::of_wire(password), value)
            }
        }
    }

    fn of_write(di: Di, password: Password, value: Masked<'_>) -> Option<Self> {
        let item = Item::of(di)?;
        if let Some(switch) = item.switch {
            let sent = value.bytes().eq([switch]);
            let command = if di == OPEN_RELAY {
                Self::OpenRelay
            } else {
                Self::CloseRelay
            };
            return sent.then(|| command(password));
        }
        let nobody = Address::of_wire([0; 6]);
        let Uplink::Reading(read) = item.layout.read(nobody, item, value).ok()? else {
            return None;
        };
        match read.payload {
            _ if !read.extra.is_empty() => None,
            Payload::Day(day) => {
                let date = day.date().filter(|date| date.weekday() == day.weekday)?;
                Some(Self::SetDate(date, password))
            }
            Payload::Time(time) => Some(Self::SetTime(time.of_day()?, password)),
            _ => None,
        }
    }
}

/// The DLMS request with the ports and the priority that are always used.
fn request(asks: Asks) -> dlms::Request<'static> {
    let rest = match asks {
        Asks::Get(..) => NO_ACCESS,
        Asks::Act(..) => ZERO,
    };
    let ports = [dlms::CLIENT, dlms::METER];
    dlms::Request {
        ports,
        invoke: dlms::INVOKE,
        asks,
        rest,
    }
}

/// Password and the byte that moves the relay, as the table of identifiers has it.
fn switch(di: Di, password: Password, value: &mut Vec<u8>) -> Di {
    value.extend(password.wire());
    value.extend(Item::of(di).and_then(|item| item.switch));
    di
}

/// Password and payload.
fn set(
    di: Di,
    payload: Payload,
    password: Password,
    value: &mut Vec<u8>,
) -> Result<Di, EncodeError> {
    value.extend(password.wire());
    payload.write(value)?;
    Ok(di)
}
