//! Frames made again from what was told of them: the other way of `each`.

use crate::dlms::{self, Data, Said};
use crate::hex::unhex;
use crate::items::Item;
use crate::uplink::KINDS;
use crate::{Address, Call, Di, EncodeError, Masked, Phrase, Reading, Uplink, frame, masked};

/// Values by name, as they were told or are handed over.
pub trait Told {
    /// Whether anything stands under this name.
    fn has(&self, name: &str) -> bool;
    /// A whole number; yes is 1 and no is 0.
    fn number(&self, name: &str) -> Option<i128>;
    /// A text.
    fn text(&self, name: &str) -> Option<&str>;
}

/// A number of a type that it fits into.
pub(crate) fn number<T: TryFrom<i128>>(name: &str, told: &dyn Told) -> Option<T> {
    told.number(name)?.try_into().ok()
}

/// The bytes of a text in hex; none where there is no such text.
fn bytes(name: &str, told: &dyn Told) -> Option<Vec<u8>> {
    told.text(name).map_or(Some(Vec::new()), unhex)
}

/// Appends the frame of which this was told. Raw values count; what is computed from them, such as
/// `credit_kwh`, is not looked at. A request does not tell its meter: it is handed in.
///
/// # Errors
///
/// `unsupported_command` where nothing that is told says what it is, `invalid_meter_number`,
/// `invalid_value`, `too_long`; `out` then stays as it was.
pub fn encode_told(
    told: &dyn Told,
    meter: Option<Address>,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    if let Some(control) = told.number("control") {
        let meter = meter.ok_or(EncodeError::InvalidMeterNumber)?;
        return request(control, meter, told, out);
    }
    let kind = told.text("kind").ok_or(EncodeError::UnsupportedCommand)?;
    match KINDS.iter().find(|row| row.0 == kind) {
        Some(&(_, call, phrase)) => answer(call, phrase, told, out),
        None => dlms(kind, told, out),
    }
}

fn request(
    control: i128,
    meter: Address,
    told: &dyn Told,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let parts = || {
        let control = u8::try_from(control).ok()?;
        let di = match told.text("di") {
            None | Some("") => None,
            Some(di) => Some(u16::from_str_radix(di, 16).ok()?.to_le_bytes()),
        };
        Some((control, di, bytes("data_hex", told)?))
    };
    let (control, di, data) = parts().ok_or(EncodeError::InvalidValue)?;
    frame::write(out, meter, control, |out| {
        out.extend(di.into_iter().flatten());
        out.extend(data);
    })
}

fn answer(
    call: Call,
    phrase: Phrase,
    told: &dyn Told,
    out: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let address = Address::parse(told.text("address").unwrap_or_default())?;
    let reads = (call, phrase) == (Call::Read, Phrase::Done);
    let rest = bytes(if reads { "extra_hex" } else { "data_hex" }, told);
    let mut rest = rest.ok_or(EncodeError::InvalidValue)?;
    masked::mask(&mut rest);
    let data = Masked::of_wire(&rest);
    let uplink = match phrase {
        _ if reads => {
            Uplink::Reading(reading(address, told, data).ok_or(EncodeError::InvalidValue)?)
        }
        Phrase::Refused => Uplink::Refused {
            address,
            call,
            data,
        },
        _ => Uplink::Done {
            address,
            call,
            data,
        },
    };
    uplink.encode(out)
}

fn reading<'a>(address: Address, told: &dyn Told, extra: Masked<'a>) -> Option<Reading<'a>> {
    let di = u16::from_str_radix(told.text("di")?, 16).ok()?;
    let item = Item::of(Di(di)).filter(|item| item.answered)?;
    let payload = item.layout.told(told)?;
    Some(Reading {
        address,
        item,
        payload,
        extra,
    })
}

/// Priority is not told: it is the one that is always used.
fn dlms(kind: &str, told: &dyn Told, out: &mut Vec<u8>) -> Result<(), EncodeError> {
    let (is_request, is_get) = match kind {
        "dlms_get_request" | "dlms_action_request" => (true, false),
        "dlms_get_response" => (false, true),
        "dlms_action_response" => (false, false),
        _ => return Err(EncodeError::UnsupportedCommand),
    };
    let ports = number("src_wport", told).zip(number("dst_wport", told));
    let (from, to) = ports.ok_or(EncodeError::InvalidValue)?;
    let apdu = if is_request {
        bytes("apdu_hex", told)
    } else {
        message(is_get, told)
    };
    dlms::wrap(out, [from, to], &apdu.ok_or(EncodeError::InvalidValue)?)
}

/// The message of an answer.
fn message(is_get: bool, told: &dyn Told) -> Option<Vec<u8>> {
    let id = number::<u8>("invoke_id", told).filter(|id| *id < 16)?;
    let (rest, data);
    let said = if !is_get {
        Said::Acted(number("action_result", told)?)
    } else if told.has("data_access_result") {
        Said::Denied(number("data_access_result", told)?)
    } else {
        data = Data::bytes_of(number("tag", told)?, told.number("value")?)?;
        Said::Data(Data::read(&data).ok()?.0)
    };
    rest = match said {
        // by the standard the absence of a value is sent
        Said::Acted(_) if !told.has("extra_hex") => dlms::NO_VALUE.to_vec(),
        _ => bytes("extra_hex", told)?,
    };
    let invoke = dlms::INVOKE & 0xF0 | id;
    Some(
        dlms::Answer {
            ports: [0; 2],
            invoke,
            said,
            rest: &rest,
        }
        .apdu(),
    )
}
