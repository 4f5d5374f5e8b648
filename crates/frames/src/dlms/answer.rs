//! What a meter answers: a value, a denial, or how an action went.

use super::{Data, INVOKE_ID, NORMAL, Wrapper, wrap};
use crate::hex::Hex;
use crate::value::{Value, Visit};
use crate::{DecodeError, EncodeError};

/// GET answer, ACTION answer.
const GET: u8 = 0xC4;
const ACTION: u8 = 0xC7;
/// What follows in a GET answer.
const DATA: u8 = 0;
const DENIED: u8 = 1;
/// An ACTION answer ends with this where it brings no value.
pub(crate) const NO_VALUE: &[u8] = &[0];

/// What a DLMS answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said<'a> {
    /// The value that was asked for.
    Data(Data<'a>),
    /// It was not given: the data-access-result, such as 4 for an object that is not there.
    Denied(u8),
    /// How an action went: the action-result, 0 for done.
    Acted(u8),
}

/// A DLMS answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer<'a> {
    /// The ports it names, from and to.
    pub ports: [u16; 2],
    /// Invoke-id and priority, as they came.
    pub invoke: u8,
    /// What it says.
    pub said: Said<'a>,
    /// What follows behind it.
    pub rest: &'a [u8],
}

impl<'a> Answer<'a> {
    /// Reads an answer.
    ///
    /// # Errors
    ///
    /// Those of [`Wrapper::parse`], then `dlms_too_short`, `dlms_unsupported_apdu`,
    /// `dlms_unsupported_type`.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let Wrapper {
            source,
            destination,
            apdu,
        } = Wrapper::parse(bytes)?;
        let (&kind, rest) = apdu.split_first().ok_or(DecodeError::DlmsTooShort)?;
        if !matches!(kind, GET | ACTION) {
            return Err(DecodeError::DlmsUnsupportedApdu);
        }
        let (&[form, invoke, choice], rest) =
            rest.split_first_chunk().ok_or(DecodeError::DlmsTooShort)?;
        let (said, rest) = match (kind, form, choice) {
            (GET, NORMAL, DATA) => {
                let (data, rest) = Data::read(rest)?;
                (Said::Data(data), rest)
            }
            (GET, NORMAL, DENIED) => {
                let (&why, rest) = rest.split_first().ok_or(DecodeError::DlmsTooShort)?;
                (Said::Denied(why), rest)
            }
            (ACTION, NORMAL, how) => (Said::Acted(how), rest),
            _ => return Err(DecodeError::DlmsUnsupportedApdu),
        };
        let ports = [source, destination];
        Ok(Self {
            ports,
            invoke,
            said,
            rest,
        })
    }

    /// Appends its bytes.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        wrap(out, self.ports, &self.apdu())
    }

    /// The message without its wrapper.
    pub(crate) fn apdu(&self) -> Vec<u8> {
        let mut apdu = match self.said {
            Said::Data(_) => vec![GET, NORMAL, self.invoke, DATA],
            Said::Denied(why) => vec![GET, NORMAL, self.invoke, DENIED, why],
            Said::Acted(how) => vec![ACTION, NORMAL, self.invoke, how],
        };
        if let Said::Data(data) = self.said {
            apdu.push(data.tag());
            apdu.extend(data.bytes());
        }
        apdu.extend(self.rest);
        apdu
    }

    /// Tells what it says.
    pub fn each(&self, visit: &mut Visit<'_>) {
        let kind = match self.said {
            Said::Data(_) | Said::Denied(_) => "dlms_get_response",
            Said::Acted(_) => "dlms_action_response",
        };
        head(self.ports, kind, self.invoke, visit);
        match self.said {
            Said::Data(data) => {
                visit("ok", Value::Bool(true));
                visit("tag", Value::Number(data.tag().into()));
                visit("value", data.value());
            }
            Said::Denied(why) => {
                visit("ok", Value::Bool(false));
                visit("data_access_result", Value::Number(why.into()));
            }
            Said::Acted(how) => {
                visit("ok", Value::Bool(how == 0));
                visit("action_result", Value::Number(how.into()));
            }
        }
        let told_already = match self.said {
            Said::Acted(_) => self.rest == NO_VALUE,
            _ => false,
        };
        if !told_already && !self.rest.is_empty() {
            visit("extra_hex", Value::Text(&Hex(self.rest)));
        }
    }
}

/// What requests and answers have in common.
pub(super) fn head(
    [source, destination]: [u16; 2],
    kind: &'static str,
    invoke: u8,
    visit: &mut Visit<'_>,
) {
    visit("src_wport", Value::Number(source.into()));
    visit("dst_wport", Value::Number(destination.into()));
    visit("kind", Value::Text(&kind));
    visit("invoke_id", Value::Number((invoke & INVOKE_ID).into()));
}
