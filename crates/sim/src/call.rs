//! One call and its answer, without a connection.

use axum::body::Bytes;
use serde_json::Value;

/// A call as it came.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) get: bool,
    /// In small letters, without a slash at its end.
    pub(crate) path: String,
    pub(crate) query: String,
    /// What stands behind `Bearer`.
    pub(crate) bearer: Option<String>,
    /// Whether the body is a form.
    pub(crate) form: bool,
    pub(crate) body: Bytes,
}

/// What is answered.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The content type; empty for no body.
    pub(crate) kind: &'static str,
    pub(crate) body: Vec<u8>,
}

const JSON: &str = "application/json; charset=utf-8";

impl Answer {
    /// A JSON body.
    pub(crate) fn json(status: u16, body: &Value) -> Self {
        Self {
            status,
            kind: JSON,
            body: serde_json::to_vec(body).unwrap_or_default(),
        }
    }

    /// No body.
    pub(crate) fn bare(status: u16) -> Self {
        Self {
            status,
            kind: "",
            body: Vec::new(),
        }
    }

    /// A page for people.
    pub(crate) fn page(status: u16, title: &str) -> Self {
        let page = format!(
            "<!DOCTYPE html>\r\n<html><head><title>{title}</title></head>\
             <body><h2>{title}</h2><hr><p>HTTP Error {status}.</p></body></html>\r\n"
        );
        Self {
            status,
            kind: "text/html; charset=us-ascii",
            body: page.into_bytes(),
        }
    }

    /// The 400 of a required field that is missing.
    pub(crate) fn problem(field: &str, why: &str) -> Self {
        let body = serde_json::json!({
            "type": "https://tools.ietf.org/html/rfc9110#section-15.5.1",
            "title": "One or more validation errors occurred.",
            "status": 400,
            "errors": {field: [why]},
            "traceId": "00-00000000000000000000000000000000-0000000000000000-00",
        });
        Self {
            kind: "application/problem+json; charset=utf-8",
            ..Self::json(400, &body)
        }
    }
}

static NOTHING: Value = Value::Null;

/// A field of an object, whatever the case of its name; null where there is none.
pub(crate) fn field<'a>(body: &'a Value, name: &str) -> &'a Value {
    let Some(object) = body.as_object() else {
        return &NOTHING;
    };
    object.get(name).unwrap_or_else(|| {
        let found = object
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map_or(&NOTHING, |(_, value)| value)
    })
}

/// A field as text: numbers are written out, blanks around it are cut, empty is none.
pub(crate) fn text(body: &Value, name: &str) -> Option<String> {
    let text = match field(body, name) {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A field as a whole number, from a number or from its text.
pub(crate) fn whole(body: &Value, name: &str) -> Option<i64> {
    match field(body, name) {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A field as a number, from a number or from its text.
pub(crate) fn number(body: &Value, name: &str) -> Option<f64> {
    match field(body, name) {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A field as a yes or no.
pub(crate) fn truth(body: &Value, name: &str) -> Option<bool> {
    match field(body, name) {
        Value::Bool(yes) => Some(*yes),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}

/// The pairs of a query or a flat form, decoded.
pub(crate) fn pairs(encoded: &str) -> impl Iterator<Item = (String, String)> + '_ {
    encoded
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decoded(name), decoded(value))
        })
}

/// `+` and `%41` as what they stand for.
fn decoded(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'%').then(|| hex_byte(behind)).flatten();
        let plain = if *first == b'+' { b' ' } else { *first };
        out.push(code.unwrap_or(plain));
        rest = if code.is_some() { &behind[2..] } else { behind };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The byte that the first two hexadecimal digits stand for.
fn hex_byte(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| char::from(*digits.get(at)?).to_digit(16);
    u8::try_from(digit(0)? * 16 + digit(1)?).ok()
}
