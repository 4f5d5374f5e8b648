//! The jobs a token can be asked for.

use std::fmt;
use std::str::FromStr;

use crate::block::Class;
use crate::postpaid::Postpaid;
use crate::words::{self, Lang, Text};

/// The job a token is meant to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Sell energy: class 0.
    Credit,
    /// Clear a latched tamper: class 2.
    ClearTamper,
    /// Set the greatest power: class 2.
    LoadLimit,
    /// Set the greatest difference between phases: class 2.
    UnbalanceLimit,
    /// Set the credit to nothing: class 2.
    ClearCredit,
    /// Set the tariff rate: class 2.
    Tariff,
    /// Give the meter another key: class 2.
    KeyChange,
    /// Test the meter or show a register: class 1, subclass 0 or 1.
    Test,
    /// Commission the meter: class 1, subclass 11 to 15, as far as is published.
    Commissioning,
}

/// What the room knows of each job.
struct Row {
    purpose: Purpose,
    slug: &'static str,
    class: Class,
    postpaid: Postpaid,
    text: &'static Text,
}

const fn row(
    purpose: Purpose,
    slug: &'static str,
    class: Class,
    postpaid: Postpaid,
    text: &'static Text,
) -> Row {
    Row {
        purpose,
        slug,
        class,
        postpaid,
        text,
    }
}

/// One row a job, in the order of the enum.
const ROWS: [Row; 9] = {
    use Class::{Credit, Management, Test};
    use Postpaid::{Refused, SecondPerson, UnlessOurs};
    [
        row(
            Purpose::Credit,
            "credit",
            Credit,
            Refused,
            &words::FOR_CREDIT,
        ),
        row(
            Purpose::ClearTamper,
            "clear-tamper",
            Management,
            UnlessOurs,
            &words::FOR_CLEAR_TAMPER,
        ),
        row(
            Purpose::LoadLimit,
            "load-limit",
            Management,
            UnlessOurs,
            &words::FOR_LOAD_LIMIT,
        ),
        row(
            Purpose::UnbalanceLimit,
            "unbalance-limit",
            Management,
            UnlessOurs,
            &words::FOR_UNBALANCE_LIMIT,
        ),
        row(
            Purpose::ClearCredit,
            "clear-credit",
            Management,
            SecondPerson,
            &words::FOR_CLEAR_CREDIT,
        ),
        row(
            Purpose::Tariff,
            "tariff",
            Management,
            UnlessOurs,
            &words::FOR_TARIFF,
        ),
        row(
            Purpose::KeyChange,
            "key-change",
            Management,
            Refused,
            &words::FOR_KEY_CHANGE,
        ),
        row(Purpose::Test, "test", Test, SecondPerson, &words::FOR_TEST),
        row(
            Purpose::Commissioning,
            "commissioning",
            Test,
            UnlessOurs,
            &words::FOR_COMMISSIONING,
        ),
    ]
};

impl Purpose {
    /// All of them, in the order to list them.
    pub const ALL: [Self; 9] = [
        Self::Credit,
        Self::ClearTamper,
        Self::LoadLimit,
        Self::UnbalanceLimit,
        Self::ClearCredit,
        Self::Tariff,
        Self::KeyChange,
        Self::Test,
        Self::Commissioning,
    ];

    /// The name for machines and for the command line.
    pub fn slug(self) -> &'static str {
        self.row().slug
    }

    /// The class that its tokens have.
    pub fn class(self) -> Class {
        self.row().class
    }

    /// What a postpaid utility does with its tokens.
    pub fn postpaid(self) -> Postpaid {
        self.row().postpaid
    }

    /// Its token, with the article: "a clear-tamper token".
    pub fn words(self, lang: Lang) -> &'static str {
        self.row().text.in_(lang)
    }

    fn row(self) -> &'static Row {
        const { assert_in_order() };
        &ROWS[self as usize]
    }
}

/// `row` finds a purpose by its place: refuse to build when the places differ.
const fn assert_in_order() {
    let mut place = 0;
    while place < ROWS.len() {
        assert!(
            ROWS[place].purpose as usize == place,
            "ROWS follow the order of Purpose"
        );
        place += 1;
    }
}

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(slug: &str) -> Result<Self, UnknownPurpose> {
        Self::ALL
            .into_iter()
            .find(|purpose| purpose.slug() == slug)
            .ok_or(UnknownPurpose)
    }
}

/// A word that names no purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownPurpose;

impl UnknownPurpose {
    /// The sentence for people, with the words that do.
    pub fn words(self, lang: Lang) -> String {
        let known = Purpose::ALL.map(Purpose::slug).join(", ");
        words::ERROR_PURPOSE.with(lang, &[("known", &known)])
    }
}

impl fmt::Display for UnknownPurpose {
    /// The English sentence.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words(Lang::En))
    }
}

impl std::error::Error for UnknownPurpose {}
