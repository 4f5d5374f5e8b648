//! What others are to be told: one message for one endpoint.

use fleet::{MeterNumber, Moment};

/// A message's number. With the moment it was written it names the message for ever.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MessageId(pub i64);

/// A message to be kept, until its endpoint has heard it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMessage {
    /// The endpoint's name in the settings.
    pub endpoint: String,
    /// What happened, such as `command.verified`.
    pub kind: String,
    /// The meter it is about.
    pub meter: Option<MeterNumber>,
    /// When it happened.
    pub at: Moment,
    /// More about it: a JSON value.
    pub body: String,
}

/// A message as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its number.
    pub id: MessageId,
    /// The endpoint's name in the settings.
    pub endpoint: String,
    /// What happened.
    pub kind: String,
    /// The meter it is about.
    pub meter: Option<MeterNumber>,
    /// When it happened.
    pub at: Moment,
    /// More about it: a JSON value.
    pub body: String,
    /// How often it was tried since it was written or replayed.
    pub attempts: u32,
    /// It is not tried before this.
    pub not_before: Moment,
    /// When it was tried last.
    pub tried_at: Option<Moment>,
    /// When it was heard.
    pub delivered_at: Option<Moment>,
    /// Why the last try failed, one sentence.
    pub outcome: Option<String>,
}

/// What came of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It was heard.
    Delivered,
    /// It was not, or nobody knows; it is told again.
    Failed {
        /// Not before this.
        not_before: Moment,
        /// Why not, one sentence without secrets.
        why: String,
    },
}

/// A try that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tried {
    /// The message.
    pub id: MessageId,
    /// The meter it is about.
    pub meter: Option<MeterNumber>,
    /// When the try ended.
    pub at: Moment,
    /// What came of it.
    pub told: Told,
}

/// Which messages; what is empty narrows nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFilter {
    /// Of this endpoint.
    pub endpoint: Option<String>,
    /// About this meter.
    pub meter: Option<MeterNumber>,
    /// Heard, or still to be heard.
    pub delivered: Option<bool>,
    /// Older than this one: the next page.
    pub before: Option<MessageId>,
}

/// Which messages are told again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Replay {
    /// These.
    Ids(Vec<MessageId>),
    /// Everything that happened from this moment on, of one endpoint where it is given.
    Since(Moment, Option<String>),
}

/// What an endpoint has not heard yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The endpoint.
    pub endpoint: String,
    /// How many messages.
    pub messages: u64,
    /// When the oldest of them happened.
    pub oldest: Moment,
}
