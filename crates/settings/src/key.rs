//! What a key is: its name, where its value goes, what it may be, and why.

use crate::check::Check;
use crate::duration;
use crate::given::{Given, Wants};
use crate::secret_at::SecretAt;
use fleet::SECOND;

/// One key of a table.
pub(crate) struct Key<T: 'static> {
    pub(crate) name: &'static str,
    pub(crate) slot: Slot<T>,
    /// One line for the person who reads the annotated file.
    pub(crate) why: &'static str,
    /// What the annotated file shows where there is no default, in TOML.
    pub(crate) example: &'static str,
    /// Whether it stands instead of the key before it, so that both exclude each other.
    pub(crate) instead: bool,
}

impl<T> Key<T> {
    /// A key with a default.
    pub(crate) const fn new(name: &'static str, slot: Slot<T>, why: &'static str) -> Self {
        Self {
            name,
            slot,
            why,
            example: "",
            instead: false,
        }
    }

    /// The same key with what is shown where there is no default.
    pub(crate) const fn like(self, example: &'static str) -> Self {
        Self { example, ..self }
    }

    /// The same key, standing instead of the one before it.
    pub(crate) const fn or(self) -> Self {
        Self {
            instead: true,
            ..self
        }
    }
}

/// Where a key's value goes. The default is what stands there before.
pub(crate) enum Slot<T: 'static> {
    /// A duration in quotes, from and to these milliseconds.
    Duration(i64, i64, fn(&mut T) -> &mut i64),
    /// A number of seconds, from and to; kept as milliseconds.
    Seconds(i64, i64, fn(&mut T) -> &mut i64),
    /// A whole number of units of so many milliseconds, from and to; kept as milliseconds.
    Units(i64, i64, i64, fn(&mut T) -> &mut i64),
    /// A whole number, from and to.
    Count(u32, u32, fn(&mut T) -> &mut u32),
    /// True or false.
    Flag(fn(&mut T) -> &mut bool),
    /// A text that has to be there or has a default.
    Text(Check, fn(&mut T) -> &mut String),
    /// A text that may be missing.
    Maybe(Check, fn(&mut T) -> &mut Option<String>),
    /// The name of a file that holds a secret.
    SecretFile(fn(&mut T) -> &mut Option<SecretAt>),
    /// The name of a variable that holds a secret.
    SecretVariable(fn(&mut T) -> &mut Option<SecretAt>),
    /// Anything else: how it is taken, and how its default is written in TOML.
    Own(
        fn(&mut T, Given) -> Result<(), String>,
        fn(&T) -> Option<String>,
    ),
}

impl<T> Slot<T> {
    /// What type of value it takes.
    pub(crate) fn wants(&self) -> Wants {
        match self {
            Self::Seconds(..) | Self::Units(..) | Self::Count(..) => Wants::Number,
            Self::Flag(_) => Wants::Flag,
            _ => Wants::Text,
        }
    }

    /// Takes a value, or says in one sentence why not and what to write.
    pub(crate) fn put(&self, into: &mut T, given: Given) -> Result<(), String> {
        match self {
            Self::Duration(from, to, at) => {
                let text = text_of(given, "a duration in quotes such as \"15m\"")?;
                let read = duration::parse(text).ok_or_else(|| {
                    format!(
                        "\"{}\" is no duration: write one such as \"90s\", \"15m\", \"6h\" or \"2d\"",
                        short(text)
                    )
                })?;
                let show = |ms| format!("\"{}\"", duration::show(ms));
                *at(into) = within(read, *from, *to, show)?;
            }
            Self::Seconds(from, to, at) => {
                let read = milliseconds(given)?;
                let show = |ms: i64| (ms / SECOND).to_string();
                *at(into) = within(read, *from, *to, show)?;
            }
            Self::Units(unit, from, to, at) => {
                let Given::Whole(number) = given else {
                    return Err(instead(given, "a whole number without quotes"));
                };
                let show = |ms: i64| (ms / unit).to_string();
                *at(into) = within(number.saturating_mul(*unit), *from, *to, show)?;
            }
            Self::Count(from, to, at) => {
                let Given::Whole(number) = given else {
                    return Err(instead(given, "a whole number without quotes"));
                };
                let number = within(number, (*from).into(), (*to).into(), |n| n.to_string())?;
                *at(into) = u32::try_from(number).unwrap_or(*to);
            }
            Self::Flag(at) => {
                let Given::Flag(flag) = given else {
                    return Err(instead(given, "true or false without quotes"));
                };
                *at(into) = flag;
            }
            Self::Text(check, at) => *at(into) = checked(given, *check)?,
            Self::Maybe(check, at) => *at(into) = Some(checked(given, *check)?),
            Self::SecretFile(at) => {
                let file = checked(given, crate::check::file)?;
                only_one(at(into), SecretAt::File(file))?;
            }
            Self::SecretVariable(at) => {
                let name = checked(given, crate::check::variable)?;
                only_one(at(into), SecretAt::Variable(name))?;
            }
            Self::Own(put, _) => put(into, given)?,
        }
        Ok(())
    }

    /// The value that stands there, in TOML; nothing where none does.
    pub(crate) fn show(&self, from: &mut T) -> Option<String> {
        match self {
            Self::Duration(_, _, at) => Some(quoted(&duration::show(*at(from)))),
            Self::Seconds(_, _, at) => Some(seconds(*at(from))),
            Self::Units(unit, _, _, at) => Some((*at(from) / unit).to_string()),
            Self::Count(_, _, at) => Some(at(from).to_string()),
            Self::Flag(at) => Some(at(from).to_string()),
            Self::Text(_, at) => Some(at(from).as_str())
                .filter(|text| !text.is_empty())
                .map(quoted),
            Self::Maybe(_, at) => at(from).as_deref().map(quoted),
            Self::SecretFile(_) | Self::SecretVariable(_) => None,
            Self::Own(_, show) => show(from),
        }
    }
}

/// A text of the wanted form, or the sentence that asks for it.
pub(crate) fn text_of<'v>(given: Given<'v>, wanted: &str) -> Result<&'v str, String> {
    match given {
        Given::Text(text) => Ok(text),
        other => Err(instead(other, wanted)),
    }
}

/// What was given, and what to write instead.
pub(crate) fn instead(given: Given, wanted: &str) -> String {
    format!("this is {}: write {wanted}", given.kind())
}

fn checked(given: Given, check: Check) -> Result<String, String> {
    let text = text_of(given, "a text in quotes")?.trim();
    check(text)?;
    Ok(text.to_owned())
}

fn only_one(at: &mut Option<SecretAt>, new: SecretAt) -> Result<(), String> {
    // one of its own kind is replaced: a variable of the environment has changed it
    let other = at
        .as_ref()
        .is_some_and(|old| std::mem::discriminant(old) != std::mem::discriminant(&new));
    if other {
        return Err("the file and the variable are both named: keep one of them".to_owned());
    }
    *at = Some(new);
    Ok(())
}

fn within(value: i64, from: i64, to: i64, show: impl Fn(i64) -> String) -> Result<i64, String> {
    if (from..=to).contains(&value) {
        return Ok(value);
    }
    let (from, to) = (show(from), show(to));
    Err(format!("out of range: write something from {from} to {to}"))
}

/// Seconds, whole or with a fraction, as milliseconds.
pub(crate) fn milliseconds(given: Given) -> Result<i64, String> {
    match given {
        Given::Whole(seconds) => Ok(seconds.saturating_mul(SECOND)),
        Given::Number(seconds) if seconds.is_finite() && seconds.abs() < 1e9 => {
            #[expect(
                clippy::cast_possible_truncation,
                reason = "under 1e12 after the guard, and rounded"
            )]
            let milliseconds = (seconds * 1_000.0).round() as i64;
            Ok(milliseconds)
        }
        other => Err(instead(other, "a number of seconds without quotes")),
    }
}

/// Milliseconds as seconds in TOML.
pub(crate) fn seconds(milliseconds: i64) -> String {
    let (whole, rest) = (milliseconds / SECOND, milliseconds % SECOND);
    match rest {
        0 => whole.to_string(),
        rest => format!("{whole}.{rest:03}"),
    }
}

/// A TOML string.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The first characters of a value on one line.
pub(crate) fn short(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(40).collect()
}
