//! What a postpaid utility does with a token: the house rule about acts that can darken a home.

use crate::block::Class;
use crate::check::Content;
use crate::purpose::Purpose;
use crate::words::{self, Lang};

/// The ruling for a postpaid meter. Only the class can be seen of an encrypted token, so what it
/// does is taken from the job it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Postpaid {
    /// Credit and key-change tokens: never.
    Refused,
    /// A darkening act whoever made the token: every test token, and clear-credit.
    SecondPerson,
    /// A darkening act unless it was minted here, for this meter and this job.
    UnlessOurs,
    /// Management token, job not named: the job decides.
    DependsOnJob,
    /// Mistyped, or no STS token: nothing to decide.
    Unreadable,
}

impl Postpaid {
    pub(crate) fn of(class: Class, content: &Content, purpose: Option<Purpose>) -> Self {
        let asked = purpose.map(Purpose::postpaid);
        match (class, content, asked) {
            (_, Content::CrcDoesNotFit | Content::Reserved, _) => Self::Unreadable,
            (Class::Credit, ..) | (_, _, Some(Self::Refused)) => Self::Refused,
            (_, Content::Plain(_), _) => Self::SecondPerson,
            (_, _, Some(ruling)) => ruling,
            (_, _, None) => Self::DependsOnJob,
        }
    }

    /// The name for machines.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::SecondPerson => "second-person",
            Self::UnlessOurs => "second-person-unless-ours",
            Self::DependsOnJob => "depends-on-job",
            Self::Unreadable => "unreadable",
        }
    }

    /// The sentence for people.
    pub fn words(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::Refused => &words::POSTPAID_REFUSED,
            Self::SecondPerson => &words::POSTPAID_SECOND_PERSON,
            Self::UnlessOurs => &words::POSTPAID_UNLESS_OURS,
            Self::DependsOnJob => &words::POSTPAID_DEPENDS,
            Self::Unreadable => &words::POSTPAID_UNREADABLE,
        };
        text.in_(lang)
    }
}
