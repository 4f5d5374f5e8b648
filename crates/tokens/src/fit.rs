//! Whether the token in hand can do the job it was asked for.

use crate::block::Class;
use crate::check::Content;
use crate::class1::{Kind, MakerFit, PlainToken};
use crate::purpose::Purpose;
use crate::words::{self, Text};

/// How a token and a job go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fit {
    /// Not encrypted, read, and of the right kind.
    Fits,
    /// The class fits; whether it is this job's token stands in the encrypted part.
    ClassOnly,
    /// Commissioning by a class-2 token: no public source knows one, ask the maker.
    Unconfirmed,
    /// The class is another job's.
    WrongClass,
    /// Class 1 as it should be, but a test where commissioning was asked, or the reverse.
    WrongKind,
    /// For another maker's meters.
    OtherMaker,
    /// Mistyped, or no STS token.
    Unreadable,
}

impl Fit {
    /// Whether a token of this class and content can do this job.
    pub(crate) fn of(purpose: Purpose, class: Class, content: &Content) -> Self {
        match content {
            Content::CrcDoesNotFit | Content::Reserved => Self::Unreadable,
            Content::Plain(plain) if purpose.class() == Class::Test => {
                Self::of_plain(purpose, plain)
            }
            Content::Encrypted
                if purpose == Purpose::Commissioning && class == Class::Management =>
            {
                Self::Unconfirmed
            }
            Content::Encrypted if purpose.class() == class => Self::ClassOnly,
            Content::Encrypted | Content::Plain(_) => Self::WrongClass,
        }
    }

    fn of_plain(purpose: Purpose, plain: &PlainToken) -> Self {
        let right_kind = match purpose {
            Purpose::Commissioning => Kind::MakerSpecific,
            _ => Kind::Test,
        };
        let other_maker = plain
            .maker()
            .is_some_and(|maker| maker.fit() == MakerFit::Other);
        match (plain.kind() == right_kind, other_maker) {
            (false, _) => Self::WrongKind,
            (true, true) => Self::OtherMaker,
            (true, false) => Self::Fits,
        }
    }

    /// Whether the token must not be entered for this job.
    pub fn refuses(self) -> bool {
        match self {
            Self::Fits | Self::ClassOnly | Self::Unconfirmed => false,
            Self::WrongClass | Self::WrongKind | Self::OtherMaker | Self::Unreadable => true,
        }
    }

    /// The name for machines.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Fits => "fits",
            Self::ClassOnly => "class-only",
            Self::Unconfirmed => "unconfirmed",
            Self::WrongClass => "wrong-class",
            Self::WrongKind => "wrong-kind",
            Self::OtherMaker => "other-maker",
            Self::Unreadable => "unreadable",
        }
    }

    pub(crate) fn text(self) -> &'static Text {
        match self {
            Self::Fits => &words::FIT_FITS,
            Self::ClassOnly => &words::FIT_CLASS_ONLY,
            Self::Unconfirmed => &words::FIT_UNCONFIRMED,
            Self::WrongClass => &words::FIT_WRONG_CLASS,
            Self::WrongKind => &words::FIT_WRONG_KIND,
            Self::OtherMaker => &words::FIT_OTHER_MAKER,
            Self::Unreadable => &words::FIT_UNREADABLE,
        }
    }
}
