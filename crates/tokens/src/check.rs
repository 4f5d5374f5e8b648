//! Everything that can be said of one token, gathered for whoever shows it.

use crate::block::Class;
use crate::class1::{MakerFit, PlainToken};
use crate::fit::Fit;
use crate::parse::Token;
use crate::postpaid::Postpaid;
use crate::purpose::Purpose;
use crate::words::{self, Lang};

/// What stands behind the class bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Class 0 or 2: encrypted for one meter. A mistyped digit cannot be seen either.
    Encrypted,
    /// Class 1, and the checksum fits.
    Plain(PlainToken),
    /// Class 1, but the checksum does not fit: mistyped, or no STS token. No field is given.
    CrcDoesNotFit,
    /// Class 3.
    Reserved,
}

/// Something to know before the token is entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Note {
    /// The last five digits are zeros, as a spreadsheet leaves them.
    LooksRounded,
    /// One of its tests opens the relay: a darkening act.
    OpensRelay,
    /// The bits run tests that are to be confirmed on a Calin meter.
    TestsUnconfirmed,
    /// A test of subclass 1: which tests its bits select is not public.
    TestsUnknown,
    /// Not bound to one meter: it works on every meter of its maker, or on every STS meter.
    NotBound,
    /// For another maker's meters.
    OtherMaker,
}

/// The result of checking one token. It holds the token, whose `Debug` is masked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub token: Token,
    /// Its class.
    pub class: Class,
    /// What can be seen behind the class.
    pub content: Content,
    /// The job it was asked for, where one was named.
    pub purpose: Option<Purpose>,
    /// How token and job go together, where one was named.
    pub fit: Option<Fit>,
    /// What a postpaid utility does with it.
    pub postpaid: Postpaid,
    /// What to know before it is entered, gravest first.
    pub notes: Vec<Note>,
}

/// Says of a token all that can be said without its key.
///
/// ```
/// use tokens::{Content, Lang, Note, Token, check};
/// // The published "load switch" test.
/// let check = check(&Token::parse("00000000000167774880").unwrap(), None);
/// let Content::Plain(plain) = check.content else { panic!("class 1 is in clear") };
/// assert_eq!(plain.subclass(), 0);
/// assert_eq!(plain.tests().map(|test| test.slug).collect::<Vec<_>>(), ["load-switch"]);
/// assert!(check.notes.contains(&Note::OpensRelay));
/// ```
pub fn check(token: &Token, purpose: Option<Purpose>) -> Check {
    let block = token.block();
    let class = block.class();
    let content = match (class, PlainToken::read(block)) {
        (Class::Credit | Class::Management, _) => Content::Encrypted,
        (Class::Test, Some(plain)) => Content::Plain(plain),
        (Class::Test, None) => Content::CrcDoesNotFit,
        (Class::Reserved, _) => Content::Reserved,
    };
    Check {
        token: *token,
        class,
        content,
        purpose,
        fit: purpose.map(|purpose| Fit::of(purpose, class, &content)),
        postpaid: Postpaid::of(class, &content, purpose),
        notes: notes(token, &content),
    }
}

fn notes(token: &Token, content: &Content) -> Vec<Note> {
    let rounded = token.looks_rounded().then_some(Note::LooksRounded);
    let Content::Plain(plain) = content else {
        return rounded.into_iter().collect();
    };
    let other_maker = plain
        .maker()
        .is_some_and(|maker| maker.fit() == MakerFit::Other);
    let has_tests = plain.tests().next().is_some();
    [
        rounded,
        plain.opens_relay().then_some(Note::OpensRelay),
        other_maker.then_some(Note::OtherMaker),
        has_tests.then_some(Note::TestsUnconfirmed),
        (plain.subclass() == 1).then_some(Note::TestsUnknown),
        Some(Note::NotBound),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Content {
    /// The name for machines.
    pub fn slug(&self) -> &'static str {
        match self {
            Self::Encrypted => "encrypted",
            Self::Plain(_) => "plain",
            Self::CrcDoesNotFit => "crc-does-not-fit",
            Self::Reserved => "reserved",
        }
    }

    /// Whether the checksum fits; none where it cannot be seen.
    pub fn crc_fits(&self) -> Option<bool> {
        match self {
            Self::Encrypted | Self::Reserved => None,
            Self::Plain(_) => Some(true),
            Self::CrcDoesNotFit => Some(false),
        }
    }

    /// The sentence for people.
    pub fn words(&self, lang: Lang) -> String {
        match self {
            Self::Encrypted => words::CONTENT_ENCRYPTED.in_(lang).to_owned(),
            Self::Plain(plain) => plain.words(lang),
            Self::CrcDoesNotFit => words::CONTENT_CRC.in_(lang).to_owned(),
            Self::Reserved => words::CONTENT_RESERVED.in_(lang).to_owned(),
        }
    }
}

impl Note {
    /// The name for machines.
    pub fn slug(self) -> &'static str {
        match self {
            Self::LooksRounded => "looks-rounded",
            Self::OpensRelay => "opens-relay",
            Self::TestsUnconfirmed => "tests-unconfirmed",
            Self::TestsUnknown => "tests-unknown",
            Self::NotBound => "not-bound",
            Self::OtherMaker => "other-maker",
        }
    }

    /// The sentence for people.
    pub fn words(self, lang: Lang) -> &'static str {
        let text = match self {
            Self::LooksRounded => &words::NOTE_LOOKS_ROUNDED,
            Self::OpensRelay => &words::NOTE_OPENS_RELAY,
            Self::TestsUnconfirmed => &words::NOTE_TESTS_UNCONFIRMED,
            Self::TestsUnknown => &words::NOTE_TESTS_UNKNOWN,
            Self::NotBound => &words::NOTE_NOT_BOUND,
            Self::OtherMaker => &words::NOTE_OTHER_MAKER,
        };
        text.in_(lang)
    }
}

impl Check {
    /// How token and job go together, as a sentence; none where no job was named.
    pub fn fit_words(&self, lang: Lang) -> Option<String> {
        let (purpose, fit) = self.purpose.zip(self.fit)?;
        let (asked, class) = (purpose.words(lang), self.class);
        Some(fit.text().with(
            lang,
            &[
                ("asked", &asked),
                ("number", &class.number()),
                ("class", &class.words(lang)),
            ],
        ))
    }

    /// All of it for a person, one line each: the masked token with its class, what is in it, the
    /// tests it runs, what to know, whether it fits the job, and the postpaid ruling.
    pub fn lines(&self, lang: Lang) -> Vec<String> {
        let head = words::HEAD.with(
            lang,
            &[
                ("masked", &self.token),
                ("number", &self.class.number()),
                ("class", &self.class.words(lang)),
            ],
        );
        let mut lines = vec![head, self.content.words(lang)];
        if let Content::Plain(plain) = &self.content {
            lines.extend(plain.tests().map(|test| {
                words::TEST_LINE.with(lang, &[("bit", &test.bit), ("test", &test.words(lang))])
            }));
        }
        lines.extend(self.notes.iter().map(|note| note.words(lang).to_owned()));
        lines.extend(self.fit_words(lang));
        lines.push(self.postpaid.words(lang).to_owned());
        lines
    }
}
