//! Fields of a row, read forgivingly: numbers come as text and text as numbers.

use serde_json::{Map, Value};

/// One JSON object.
pub(crate) type Row = Map<String, Value>;

/// The object in this text, if it is one.
pub(crate) fn row(raw: &str) -> Option<Row> {
    match serde_json::from_str(raw) {
        Ok(Value::Object(row)) => Some(row),
        _ => None,
    }
}

/// Text without the blanks around it; a number or a truth as text; empty is none.
pub(crate) fn text(row: &Row, key: &str) -> Option<String> {
    let text = match row.get(key)? {
        Value::String(text) => text.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

/// A finite number, also from text.
pub(crate) fn number(row: &Row, key: &str) -> Option<f64> {
    let number = match row.get(key)? {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// A whole number, also from text.
pub(crate) fn whole(row: &Row, key: &str) -> Option<i64> {
    match row.get(key)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A truth, also from text or from 0 and 1.
pub(crate) fn truth(row: &Row, key: &str) -> Option<bool> {
    match row.get(key)? {
        Value::Bool(truth) => Some(*truth),
        Value::Number(number) => Some(number.as_i64()? != 0),
        Value::String(text) => text.trim().to_ascii_lowercase().parse().ok(),
        _ => None,
    }
}
