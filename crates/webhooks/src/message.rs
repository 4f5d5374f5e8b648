//! A message as it goes out. All of it follows from its row, so that every try is the same.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::value::RawValue;
use store::Message;

/// `webhook-id`: the same however often the message is sent. The moment is part of it, because a
/// database that was restored from a backup gives its numbers a second time.
pub(crate) fn id(message: &Message) -> String {
    format!("msg_{}_{}", message.at.0, message.id.0)
}

/// The body: `type`, `timestamp`, `data`, as the specification recommends.
pub(crate) fn body(message: &Message) -> String {
    let at = Timestamp::from_millisecond(message.at.0).unwrap_or_default();
    let kind = Value::from(message.kind.as_str());
    // a text that is no JSON is a fault of ours, and is told as a text rather than never
    let data = match serde_json::from_str::<&RawValue>(&message.body) {
        Ok(data) => data.get().to_owned(),
        Err(_) => Value::from(message.body.as_str()).to_string(),
    };
    format!(r#"{{"type":{kind},"timestamp":"{at}","data":{data}}}"#)
}

#[cfg(test)]
mod tests {
    use super::{body, id};
    use fleet::Moment;
    use serde_json::{Value, json};
    use store::{Message, MessageId};

    fn message(kind: &str, data: &str) -> Message {
        Message {
            id: MessageId(42),
            endpoint: "billing".to_owned(),
            kind: kind.to_owned(),
            meter: None,
            at: Moment(1_785_909_600_123),
            body: data.to_owned(),
            attempts: 3,
            not_before: Moment(0),
            tried_at: None,
            delivered_at: None,
            outcome: None,
        }
    }

    #[test]
    fn the_body_is_type_time_and_data() {
        let sent = message("command.verified", r#"{"id":1,"a":[true, 2.50]}"#);
        assert_eq!(
            body(&sent),
            r#"{"type":"command.verified","timestamp":"2026-08-05T06:00:00.123Z","data":{"id":1,"a":[true, 2.50]}}"#
        );
        assert_eq!(id(&sent), "msg_1785909600123_42");
    }

    #[test]
    fn whatever_stands_in_the_row_the_body_is_json() {
        for data in ["", "{", "no json \"at all\"\n", "1 2"] {
            let read: Value = serde_json::from_str(&body(&message("a\"b", data))).expect("JSON");
            assert_eq!(
                (&read["type"], &read["data"]),
                (&json!("a\"b"), &json!(data))
            );
        }
    }
}
