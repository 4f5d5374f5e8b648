//! A value as it was given: in the file with its type, in a variable as text.

use toml::de::{DeArray, DeValue};

/// A value as it was given.
#[derive(Clone, Copy)]
pub(crate) enum Given<'v> {
    Text(&'v str),
    Whole(i64),
    Number(f64),
    Flag(bool),
    List(&'v DeArray<'v>),
    /// Something that no key takes; how a person calls it.
    Other(&'static str),
}

impl<'v> Given<'v> {
    /// A value of the file.
    pub(crate) fn of(value: &'v DeValue<'v>) -> Self {
        match value {
            DeValue::String(text) => Self::Text(text),
            DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
                .map_or(Self::Other("a number that is too long"), Self::Whole),
            DeValue::Float(number) => number
                .as_str()
                .parse()
                .map_or(Self::Other("a number that cannot be read"), Self::Number),
            DeValue::Boolean(flag) => Self::Flag(*flag),
            DeValue::Array(list) => Self::List(list),
            DeValue::Datetime(_) => Self::Other("a date"),
            DeValue::Table(_) => Self::Other("a table"),
        }
    }

    /// A variable's text, as the type that the key wants where it reads as one.
    pub(crate) fn of_variable(text: &'v str, wants: Wants) -> Self {
        let typed = match wants {
            Wants::Text => None,
            Wants::Number => text.parse().ok().map(Self::Whole),
            Wants::Flag => text.parse().ok().map(Self::Flag),
        };
        typed.unwrap_or(Self::Text(text))
    }

    /// How a person calls what was given.
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Whole(_) | Self::Number(_) => "a number",
            Self::Flag(_) => "true or false",
            Self::List(_) => "a list",
            Self::Other(kind) => kind,
        }
    }
}

/// What type of value a key takes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wants {
    Text,
    Number,
    Flag,
}
