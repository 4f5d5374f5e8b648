//! What somebody wants done at a meter.

use asking::{Item, Secret};
use commands::Kind;
use serde_json::{Value, json};
use tokens::{Purpose, Token};

/// A wish: an act and what it carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What is done.
    pub kind: Kind,
    /// What it carries.
    pub args: Args,
}

/// What a wish carries. A token prints as dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Args {
    /// Nothing.
    Nothing,
    /// Which value is read.
    Item(Item),
    /// The load limit, W; 0 is refused.
    Watts(u32),
    /// A token that somebody brings, and what it is said to be for.
    Token {
        /// Its 20 digits, without spaces where it came through [`Wanted::parse`].
        token: Secret,
        /// What it is said to be for. Only the class of an encrypted token can be seen, so this
        /// is the requester's word.
        purpose: TokenPurpose,
    },
    /// What the requester says of the order behind a disconnection.
    Order {
        /// He knows whose order it was.
        known: bool,
    },
}

/// What a brought token is said to be for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TokenPurpose {
    /// Clear the tamper latch.
    ClearTamper,
    /// Set the load limit.
    LoadLimit,
    /// Put the meter into service.
    Commission,
    /// Test the meter, or show a register.
    Test,
    /// Set the credit to nothing: it darkens.
    ClearCredit,
    /// Sell energy: refused.
    Credit,
    /// Give the meter another key: refused.
    KeyChange,
    /// Anything else.
    Other,
}

/// Each purpose with its word, the job that `tokens` knows, and the kind of act it amounts to.
/// Credit and key change have words so that they are refused by name rather than come as `other`.
const PURPOSES: &[(TokenPurpose, &str, Option<Purpose>, Kind)] = {
    use TokenPurpose as P;
    &[
        (
            P::ClearTamper,
            "clear-tamper",
            Some(Purpose::ClearTamper),
            Kind::ClearTamper,
        ),
        (
            P::LoadLimit,
            "load-limit",
            Some(Purpose::LoadLimit),
            Kind::SetLoadLimit,
        ),
        (
            P::Commission,
            "commission",
            Some(Purpose::Commissioning),
            Kind::Commission,
        ),
        (P::Test, "test", Some(Purpose::Test), Kind::DeliverToken),
        (
            P::ClearCredit,
            "clear-credit",
            Some(Purpose::ClearCredit),
            Kind::DeliverToken,
        ),
        (
            P::Credit,
            "credit",
            Some(Purpose::Credit),
            Kind::DeliverToken,
        ),
        (
            P::KeyChange,
            "key-change",
            Some(Purpose::KeyChange),
            Kind::DeliverToken,
        ),
        (P::Other, "other", None, Kind::DeliverToken),
    ]
};

impl TokenPurpose {
    /// Every purpose.
    pub fn all() -> impl Iterator<Item = Self> {
        PURPOSES.iter().map(|(purpose, ..)| *purpose)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// The purpose of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        let row = PURPOSES.iter().find(|(_, known, ..)| *known == word)?;
        Some(row.0)
    }

    /// The job as `tokens` knows it; nothing for `other`.
    pub(crate) fn job(self) -> Option<Purpose> {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, Option<Purpose>, Kind) {
        PURPOSES
            .iter()
            .find(|(purpose, ..)| *purpose == self)
            .unwrap_or(&PURPOSES[PURPOSES.len() - 1])
    }
}

impl Wanted {
    /// The kind of act that it amounts to: a clear-tamper token clears a tamper whoever made it.
    pub fn amounts_to(&self) -> Kind {
        match &self.args {
            Args::Token { purpose, .. } => purpose.row().3,
            _ => self.kind,
        }
    }

    /// The item that a read asks for; the operating status where none is named.
    pub fn item(&self) -> Item {
        match self.args {
            Args::Item(item) => item,
            _ => Item::OperatingStatus,
        }
    }

    /// The load limit that it sets, W.
    pub fn watts(&self) -> Option<u32> {
        match self.args {
            Args::Watts(watts) => Some(watts),
            _ => None,
        }
    }

    /// The token that it carries, for whoever stores it encrypted or hands it to the meter.
    pub fn secret(&self) -> Option<&Secret> {
        match &self.args {
            Args::Token { token, .. } => Some(token),
            _ => None,
        }
    }

    /// What it carries as the API says it, the token masked but for its last four digits. Equal
    /// wishes give equal text, but two tokens may look alike: compare [`Wanted::secret`] too.
    pub fn args_json(&self) -> Value {
        match &self.args {
            Args::Nothing | Args::Order { known: false } => json!({}),
            Args::Order { known: true } => json!({ "order_known": true }),
            Args::Item(item) => json!({ "item": item.word() }),
            Args::Watts(watts) => json!({ "watts": watts }),
            Args::Token { token, purpose } => {
                json!({ "token": masked(token), "purpose": purpose.word() })
            }
        }
    }
}

/// The last four digits, the others as stars, of a token or of what is none.
fn masked(token: &Secret) -> String {
    match Token::parse(token.reveal()) {
        Ok(token) => token.masked(),
        Err(_) => tokens::mask(token.reveal()),
    }
}
