//! A value on its way into the database.

use fleet::{GatewayId, MeterNumber, Moment, SiteId};

/// A number or a text, or nothing of either kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Arg {
    Int(Option<i64>),
    Text(Option<String>),
}

macro_rules! arg_from {
    ($($from:ty: $value:ident => $arg:expr),* $(,)?) => {
        $(impl From<$from> for Arg {
            fn from($value: $from) -> Self {
                $arg
            }
        })*
    };
}

arg_from! {
    i64: value => Self::Int(Some(value)),
    u32: value => Self::Int(Some(value.into())),
    u8: value => Self::Int(Some(value.into())),
    bool: value => Self::Int(Some(value.into())),
    Moment: value => Self::Int(Some(value.0)),
    Option<i64>: value => Self::Int(value),
    Option<u8>: value => Self::Int(value.map(i64::from)),
    Option<u16>: value => Self::Int(value.map(i64::from)),
    Option<bool>: value => Self::Int(value.map(i64::from)),
    Option<Moment>: value => Self::Int(value.map(|at| at.0)),
    &str: value => Self::Text(Some(clean(value))),
    String: value => Self::Text(Some(clean(&value))),
    &String: value => Self::Text(Some(clean(value))),
    Option<&str>: value => Self::Text(value.map(clean)),
    &Option<String>: value => Self::Text(value.as_deref().map(clean)),
    &MeterNumber: value => Self::Text(Some(value.as_str().to_owned())),
    &Option<SiteId>: value => Self::Text(value.as_ref().map(ToString::to_string)),
    &Option<GatewayId>: value => Self::Text(value.as_ref().map(ToString::to_string)),
}

/// The character NUL cannot be kept in PostgreSQL and ends a text early for SQLite's own tools: the
/// sign for it stands in its place.
pub(crate) fn clean(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

impl Arg {
    /// A count as the database keeps it; more than it can hold stays at the end of its range.
    pub(crate) fn count(count: u64) -> Self {
        Self::Int(Some(i64::try_from(count).unwrap_or(i64::MAX)))
    }

    /// Whether it is NULL.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Self::Int(None) | Self::Text(None))
    }

    /// How many rows are wanted.
    pub(crate) fn limit(limit: usize) -> Self {
        Self::count(limit as u64)
    }
}
