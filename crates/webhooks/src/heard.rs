//! What an endpoint's answer means.

use crate::wait;
use fleet::SECOND;
use jiff::Timestamp;
use jiff::fmt::rfc2822::DateTimeParser;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// An HTTP status, and after how many milliseconds the endpoint wants to be asked again.
    Status(u16, Option<i64>),
    /// None: why not, one sentence.
    Lost(&'static str),
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heard {
    /// It was heard.
    Yes,
    /// Not now.
    NotNow,
    /// Not at all, until somebody mends something.
    Refused,
}

impl Answer {
    pub(crate) fn heard(&self) -> Heard {
        match self {
            Self::Status(200..=299, _) => Heard::Yes,
            Self::Lost(_) | Self::Status(408 | 429 | 500..=599, _) => Heard::NotNow,
            Self::Status(..) => Heard::Refused,
        }
    }

    /// One sentence about a failure. Nothing of the answer's body: who knows what it repeats.
    pub(crate) fn why(&self) -> String {
        match (self, self.heard()) {
            (Self::Lost(why), _) => (*why).to_owned(),
            (Self::Status(status @ 300..=399, _), _) => {
                format!("the endpoint answered {status} and leads elsewhere: set the url it means")
            }
            (Self::Status(status @ (401 | 403), _), _) => {
                format!("the endpoint answered {status}: compare the secret at both ends")
            }
            (Self::Status(status, _), Heard::Refused) => {
                format!("the endpoint refused it with {status}: look into its own log")
            }
            (Self::Status(status, _), _) => format!("the endpoint answered {status}"),
        }
    }

    /// How long it wants to be left alone, an hour at most, milliseconds.
    pub(crate) fn wants(&self) -> Option<i64> {
        match self {
            Self::Status(_, after) => after.map(|after| after.clamp(0, wait::LONGEST)),
            Self::Lost(_) => None,
        }
    }
}

/// `Retry-After`, seconds or a date, as milliseconds from `now` (milliseconds since 1970).
pub(crate) fn retry_after(text: &str, now: i64) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u32>() {
        return Some(i64::from(seconds) * SECOND);
    }
    let date: Timestamp = DateTimeParser::new().parse_timestamp(text).ok()?;
    Some(date.as_millisecond().saturating_sub(now).max(0))
}

#[cfg(test)]
mod tests {
    use super::{Answer, Heard, retry_after};

    #[test]
    fn each_status_has_its_meaning() {
        for (statuses, heard) in [
            (&[200, 201, 202, 204, 299][..], Heard::Yes),
            (&[408, 429, 500, 502, 503, 504, 599], Heard::NotNow),
            (
                &[100, 301, 307, 400, 401, 403, 404, 409, 410, 422, 600],
                Heard::Refused,
            ),
        ] {
            for status in statuses {
                assert_eq!(Answer::Status(*status, None).heard(), heard, "{status}");
            }
        }
        assert_eq!(Answer::Lost("").heard(), Heard::NotNow);
    }

    #[test]
    fn a_wish_to_be_left_alone_is_read_in_both_forms_and_heard_up_to_an_hour() {
        let now = 784_111_777_000;
        for (text, after) in [
            ("120", Some(120_000)),
            (" 0 ", Some(0)),
            ("Sun, 06 Nov 1994 08:50:37 GMT", Some(60_000)),
            ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
            ("", None),
        ] {
            assert_eq!(retry_after(text, now), after, "{text}");
        }
        assert_eq!(
            Answer::Status(503, Some(86_400_000)).wants(),
            Some(3_600_000)
        );
    }
}
