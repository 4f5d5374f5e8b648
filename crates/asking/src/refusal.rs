//! Every way a head-end refuses. A refusal is an outcome with a name, never an error of ours.

use std::fmt;

/// What kind of refusal it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusalKind {
    /// The name does not resolve, or nothing listens there.
    Unreachable,
    /// The connection broke off.
    Reset,
    /// No answer within the deadline.
    TimedOut,
    /// The certificate has expired or is not trusted.
    Certificate,
    /// A page for people instead of an answer.
    HtmlPage,
    /// An answer that is neither JSON nor a page.
    NotJson,
    /// An answer in JSON whose shape belongs to no known answer of this dialect.
    Shape,
    /// User or password were refused.
    LoginRefused,
    /// Logged out, and logging in again did not help.
    LoggedOut,
    /// The account may not do this.
    Forbidden,
    /// The request was refused as incomplete (400).
    BadRequest,
    /// The path does not exist (404, 405): another dialect, or another version.
    NoSuchPath,
    /// The server failed (5xx).
    ServerFailed,
    /// A business answer with a code other than success.
    Code,
    /// Success, and nothing in it.
    Empty,
    /// This head-end does not offer it, or nobody has said what it is called here.
    NotOffered,
    /// The meter's firmware cannot do it.
    Firmware,
}

/// What a refusal speaks of: where the blame lies decides which case is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Touches {
    /// The whole head-end: one system case, and nobody is sent out.
    HeadEnd,
    /// The set-up: an item or a right is missing; one set-up case.
    SetUp,
    /// This ask alone.
    Ask,
}

/// Whether the request may have been carried out all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reached {
    /// It never left, or the head-end said no: surely not carried out.
    No,
    /// It may have been: the answer was lost.
    Perhaps,
}

/// A refusal, with what the head-end said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind.
    pub kind: RefusalKind,
    /// Whether it may have been carried out all the same.
    pub reached: Reached,
    /// What the head-end said, without secrets, 200 characters at most.
    pub said: String,
}

/// Each kind with its name for machines, what it touches, and its sentence.
const KINDS: &[(RefusalKind, &str, Touches, &str)] = &[
    (
        RefusalKind::Unreachable,
        "unreachable",
        Touches::HeadEnd,
        "the head-end cannot be reached: check its address and the link",
    ),
    (
        RefusalKind::Reset,
        "reset",
        Touches::HeadEnd,
        "the head-end broke off the connection",
    ),
    (
        RefusalKind::TimedOut,
        "timed-out",
        Touches::HeadEnd,
        "the head-end did not answer in time",
    ),
    (
        RefusalKind::Certificate,
        "certificate",
        Touches::HeadEnd,
        "the head-end's certificate has expired or is not trusted: renew it there",
    ),
    (
        RefusalKind::HtmlPage,
        "html-page",
        Touches::HeadEnd,
        "a web page came instead of an answer: the server has crashed, or the address is not the API's",
    ),
    (
        RefusalKind::NotJson,
        "not-json",
        Touches::HeadEnd,
        "the answer is not JSON",
    ),
    (
        RefusalKind::Shape,
        "shape",
        Touches::HeadEnd,
        "the answer does not look like this dialect: check the setting dialect",
    ),
    (
        RefusalKind::LoginRefused,
        "login-refused",
        Touches::HeadEnd,
        "the head-end refuses user or password",
    ),
    (
        RefusalKind::LoggedOut,
        "logged-out",
        Touches::HeadEnd,
        "the login has expired and a new one did not help",
    ),
    (
        RefusalKind::Forbidden,
        "forbidden",
        Touches::SetUp,
        "the head-end's account may not do this: ask its administrator for the right",
    ),
    (
        RefusalKind::BadRequest,
        "bad-request",
        Touches::SetUp,
        "the head-end finds the request incomplete",
    ),
    (
        RefusalKind::NoSuchPath,
        "no-such-path",
        Touches::SetUp,
        "the head-end does not know this path: check the settings url and dialect",
    ),
    (
        RefusalKind::ServerFailed,
        "server-failed",
        Touches::HeadEnd,
        "the head-end's server failed",
    ),
    (
        RefusalKind::Code,
        "refused",
        Touches::Ask,
        "the head-end refused",
    ),
    (
        RefusalKind::Empty,
        "empty",
        Touches::Ask,
        "the head-end said yes and gave nothing",
    ),
    (
        RefusalKind::NotOffered,
        "not-offered",
        Touches::SetUp,
        "this head-end does not offer it, or its name there is not set",
    ),
    (
        RefusalKind::Firmware,
        "firmware",
        Touches::Ask,
        "the meter's firmware cannot do this",
    ),
];

impl RefusalKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// Its name for machines: cases, metrics, JSON.
    pub fn word(self) -> &'static str {
        self.row().1
    }

    /// What it speaks of.
    pub fn touches(self) -> Touches {
        self.row().2
    }

    /// One sentence for a person, without what the head-end said.
    pub fn sentence(self) -> &'static str {
        self.row().3
    }

    fn row(self) -> &'static (Self, &'static str, Touches, &'static str) {
        KINDS
            .iter()
            .find(|(kind, ..)| *kind == self)
            .unwrap_or(&KINDS[0])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.sentence())?;
        if self.said.is_empty() {
            return Ok(());
        }
        write!(f, " (it said: {})", self.said)
    }
}
