//! What a meter is asked: to give an attribute, or to carry out a method.

use super::answer::head;
use super::{DlmsObject, NORMAL, Wrapper, wrap};
use crate::hex::Hex;
use crate::value::{Value, Visit};
use crate::{DecodeError, EncodeError};

/// GET request, ACTION request.
const GET: u8 = 0xC0;
const ACTION: u8 = 0xC3;

/// What is asked of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Asks {
    /// The value of an attribute, by its number.
    Get(DlmsObject, u8),
    /// To carry out a method, by its number.
    Act(DlmsObject, u8),
}

/// A DLMS request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The ports it names, from and to.
    pub ports: [u16; 2],
    /// Invoke-id and priority.
    pub invoke: u8,
    /// What is asked.
    pub asks: Asks,
    /// Selective access or the method's parameter, as it is sent.
    pub rest: &'a [u8],
}

impl<'a> Request<'a> {
    /// Reads a request.
    ///
    /// # Errors
    ///
    /// Those of [`Wrapper::parse`], then `dlms_too_short`, `dlms_unsupported_apdu`.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, DecodeError> {
        let Wrapper {
            source,
            destination,
            apdu,
        } = Wrapper::parse(bytes)?;
        let (&kind, rest) = apdu.split_first().ok_or(DecodeError::DlmsTooShort)?;
        let asks = match kind {
            GET => Asks::Get,
            ACTION => Asks::Act,
            _ => return Err(DecodeError::DlmsUnsupportedApdu),
        };
        let (&[form, invoke], rest) = rest.split_first_chunk().ok_or(DecodeError::DlmsTooShort)?;
        if form != NORMAL {
            return Err(DecodeError::DlmsUnsupportedApdu);
        }
        let (class, rest) = rest.split_first_chunk().ok_or(DecodeError::DlmsTooShort)?;
        let (obis, rest) = rest.split_first_chunk().ok_or(DecodeError::DlmsTooShort)?;
        let (&number, rest) = rest.split_first().ok_or(DecodeError::DlmsTooShort)?;
        Ok(Self {
            ports: [source, destination],
            invoke,
            asks: asks(DlmsObject::of_wire(*class, *obis), number),
            rest,
        })
    }

    /// Appends its bytes.
    pub fn encode(&self, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        wrap(out, self.ports, &self.apdu())
    }

    fn apdu(&self) -> Vec<u8> {
        let (kind, object, number) = match self.asks {
            Asks::Get(object, attribute) => (GET, object, attribute),
            Asks::Act(object, method) => (ACTION, object, method),
        };
        let mut apdu = vec![kind, NORMAL, self.invoke];
        apdu.extend(object.wire());
        apdu.push(number);
        apdu.extend(self.rest);
        apdu
    }

    /// Tells what it asks.
    pub fn each(&self, visit: &mut Visit<'_>) {
        let (kind, object, name, number) = match self.asks {
            Asks::Get(object, attribute) => ("dlms_get_request", object, "attribute", attribute),
            Asks::Act(object, method) => ("dlms_action_request", object, "method", method),
        };
        head(self.ports, kind, self.invoke, visit);
        visit("class_id", Value::Number(object.class.into()));
        visit("obis", Value::Text(&object.obis));
        visit(name, Value::Number(number.into()));
        visit("apdu_hex", Value::Text(&Hex(&self.apdu())));
    }
}
