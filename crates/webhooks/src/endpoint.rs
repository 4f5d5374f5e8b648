//! Who is told.

use crate::client::Line;
use crate::error::WebhookError;
use crate::events::Events;
use crate::heard::Heard;
use crate::signing::Keys;
use fleet::Moment;
use std::time::Duration;
use store::{Message, MessageId};

/// One endpoint of the configuration.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// Its name in the settings; messages are kept under it.
    pub name: String,
    /// Where it is.
    pub url: String,
    /// The secrets that sign what it is told.
    pub keys: Keys,
    /// What it wants to be told.
    pub events: Events,
}

/// Tells an endpoint `webhook.test`, once and without keeping it; the sentence says why it was not
/// heard.
pub async fn test(
    endpoint: Endpoint,
    now: Moment,
    patience: Duration,
) -> Result<Result<(), String>, WebhookError> {
    let message = Message {
        id: MessageId(0),
        endpoint: endpoint.name.clone(),
        kind: "webhook.test".to_owned(),
        meter: None,
        at: now,
        body: "{}".to_owned(),
        attempts: 0,
        not_before: now,
        tried_at: None,
        delivered_at: None,
        outcome: None,
    };
    let answer = Line::new(endpoint, 1, patience)?.send(&message).await;
    Ok(match answer.heard() {
        Heard::Yes => Ok(()),
        Heard::NotNow | Heard::Refused => Err(answer.why()),
    })
}
