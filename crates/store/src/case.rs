//! Cases: one for each subject and cause.

use fleet::Moment;

/// A case's id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub i64);

/// What a case is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// `meter`, `gateway`, `site`, `head_end` or `system`.
    pub kind: &'static str,
    /// The meter's number, the gateway's id, the head-end's name.
    pub id: String,
}

/// A verdict in the catalogue's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// What it is: the catalogue's slug.
    pub slug: String,
    /// The class.
    pub class: String,
    /// `on`, `off` or `unknown`.
    pub supply: String,
    /// `fine`, `ignore`, `office`, `visit` or `unlisted`.
    pub decision: String,
    /// Who acts.
    pub owner: String,
    /// 0 info, 1 low, 2 medium, 3 high, 4 critical.
    pub severity: u8,
    /// Why, sentence by sentence: a JSON object `{"en": [...], "fr": [...]}`.
    pub because: String,
}

/// An open or closed case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Its id.
    pub id: CaseId,
    /// What it is about.
    pub subject: Subject,
    /// Its cause: a slug. One open case for each subject and cause.
    pub cause: String,
    /// The verdict when it was last refreshed.
    pub words: Words,
    /// The site, for grouping.
    pub site: Option<String>,
    /// The gateway, for grouping.
    pub gateway: Option<String>,
    /// When it was opened.
    pub opened_at: Moment,
    /// When its cause was last seen.
    pub seen_at: Moment,
    /// Since when its cause has no longer been seen; nothing while it is seen.
    pub quiet_since: Option<Moment>,
    /// How often it came back while it was quiet.
    pub flaps: u32,
    /// The case that explains it: a dark gateway, a dead head-end, one utility job.
    pub parent: Option<CaseId>,
    /// When it was closed.
    pub closed_at: Option<Moment>,
    /// Why it was closed.
    pub closed_why: Option<String>,
}

/// A case to be opened, or refreshed where it is open already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCase {
    /// What it is about.
    pub subject: Subject,
    /// Its cause.
    pub cause: String,
    /// The verdict.
    pub words: Words,
    /// The site.
    pub site: Option<String>,
    /// The gateway.
    pub gateway: Option<String>,
    /// When its cause was seen.
    pub at: Moment,
    /// The case that explains it.
    pub parent: Option<CaseId>,
}

/// What happens to a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseChange {
    /// Opened, or refreshed where it is open: `seen_at` and the words are renewed, a quiet one
    /// comes back and counts a flap.
    Seen(Box<NewCase>),
    /// Its cause is no longer seen, since then; the first such moment stays.
    Quiet(CaseId, Moment),
    /// Closed, when and why.
    Close(CaseId, Moment, String),
    /// Put under the case that explains it, or taken out again.
    Under(CaseId, Option<CaseId>),
}

/// Which cases of the worklist. Everything `None` is every open case that none explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// With this decision.
    pub decision: Option<String>,
    /// Of this owner.
    pub owner: Option<String>,
    /// Of this site.
    pub site: Option<String>,
    /// With this cause.
    pub cause: Option<String>,
    /// About this meter, gateway or head-end.
    pub subject: Option<String>,
    /// Under this case.
    pub parent: Option<CaseId>,
    /// Also those that another case explains.
    pub explained: bool,
    /// Closed ones instead of open ones.
    pub closed: bool,
}

/// Where the next page of the worklist begins: after this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Its severity.
    pub severity: u8,
    /// When it was opened.
    pub opened_at: Moment,
    /// Its id.
    pub id: CaseId,
}

/// How many open cases there are, by site and decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Site, decision, severity, how many; cases that another one explains are left out.
    pub open: Vec<(Option<String>, String, u8, u64)>,
    /// How many are open that another one explains.
    pub explained: u64,
    /// Meters registered.
    pub meters: u64,
    /// Meters whose last verdict says fine or ignore.
    pub at_ease: u64,
    /// Meters that have never been judged.
    pub unjudged: u64,
}

/// A note on a case. Notes are never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The case.
    pub case: CaseId,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: String,
    /// What.
    pub text: String,
}
