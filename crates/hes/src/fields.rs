//! Fields of a row, read forgivingly: numbers come as text and text as numbers.

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// One JSON object.
pub(crate) type Row = Map<String, Value>;

/// The object in this text, if it is one.
pub(crate) fn row(raw: &str) -> Option<Row> {
    match serde_json::from_str(raw) {
        Ok(Value::Object(row)) => Some(row),
        _ => None,
    }
}

/// The `id` of the object in this text, read as [`whole`] reads it. Nothing else of it is taken
/// in: most rows of a long list are nobody's, and cost as little as this.
pub(crate) fn id(raw: &str) -> Option<i64> {
    let OnlyId(id) = serde_json::from_str(raw).ok()?;
    whole_of(&id)
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
    whole_of(row.get(key)?)
}

fn whole_of(value: &Value) -> Option<i64> {
    match value {
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

/// The `id` of an object, and nothing else of it. A derived reader would also take a list for a
/// row, and refuse an `id` that comes twice; here the last one holds, as in [`row`].
struct OnlyId(Value);

#[derive(serde::Deserialize)]
#[serde(field_identifier, rename_all = "lowercase")]
enum Key {
    Id,
    #[serde(other)]
    Other,
}

impl<'de> Deserialize<'de> for OnlyId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Object)
    }
}

struct Object;

impl<'de> Visitor<'de> for Object {
    type Value = OnlyId;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<OnlyId, A::Error> {
        let mut id = Value::Null;
        while let Some(key) = map.next_key()? {
            match key {
                Key::Id => id = map.next_value()?,
                Key::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(OnlyId(id))
    }
}

#[cfg(test)]
mod tests {
    use super::{id, row, whole};

    #[test]
    fn an_id_alone_is_read_as_the_whole_row_would_give_it() {
        for (raw, expected) in [
            (r#"{"id":7,"data":{"id":8}}"#, Some(7)),
            (r#"{"data":[1,{"id":8}],"id":" 7 "}"#, Some(7)),
            (r#"{"id":6,"id":7}"#, Some(7)),
            (r#"{"\u0069d":7}"#, Some(7)),
            (r#"{"ID":7}"#, None),
            (r#"{"id":7.0}"#, None),
            (r#"{"id":null}"#, None),
            (r#"{"id":[7]}"#, None),
            (r#"{"id":7"#, None),
            ("[7]", None),
            ("7", None),
            ("null", None),
            ("{}", None),
        ] {
            assert_eq!(id(raw), expected, "{raw}");
            let in_row = row(raw).and_then(|row| whole(&row, "id"));
            assert_eq!(in_row, expected, "the whole of {raw}");
        }
    }
}
