//! Parts of the catalogue's rows as JSON, the same in every document.

use catalogue::{AmiRow, IecRole, ShortRow};
use serde_json::{Value, json};

/// IEC 61968-9 end-device events with our confidence.
pub(crate) fn events(row: &AmiRow) -> Vec<Value> {
    let event = |event: &catalogue::IecEvent| {
        let role = match event.role {
            IecRole::Start => "start",
            IecRole::Clear => "clear",
        };
        json!({ "role": role, "code": event.code, "name": event.name, "confidence": event.confidence.word() })
    };
    row.iec.iter().map(event).collect()
}

/// What each dialect is asked for; null where it is not offered.
pub(crate) fn asked_as(row: &ShortRow) -> Value {
    json!({ "station": row.station, "concentrator": row.concentrator, "v1": row.v1, "lorawan": row.lorawan })
}
