//! One answer changes what is known of its meter. Pure.

use crate::cases::{self, UNREAD};
use crate::evidence::{self, Around, gather, latest};
use crate::heard::{ENERGY_MOVED, Heard};
use crate::wants::{self, Want};
use crate::{CaseRules, words};
use asking::Item;
use fleet::{AmiCode, Moment, Reason87};
use store::{AnswerId, CaseChange, Known, Latest, Standing};
use triage::{Said, Verdict, judge};

/// What follows from one answer.
#[derive(Debug, Default)]
pub(crate) struct Applied {
    pub(crate) latest: Vec<Latest>,
    pub(crate) standing: Option<Standing>,
    pub(crate) cases: Vec<CaseChange>,
    pub(crate) wants: Vec<Want>,
    /// The verdict that was reached, where there is one.
    pub(crate) verdict: Option<Verdict>,
}

/// Puts an answer's values into what is known, and gives those that are to be kept. An answer older
/// than what is known (a file that arrives late) changes nothing.
pub(crate) fn take_in(
    known: &mut Known,
    heard: &Heard,
    answer: AnswerId,
    at: Moment,
) -> Vec<Latest> {
    let mut values = heard.values.clone();
    let energy = values
        .iter()
        .find(|(item, _)| *item == Item::TotalEnergy.word());
    let moved = energy.and_then(|(_, new)| evidence::moved(known, new));
    values.extend(moved.map(|moved| (ENERGY_MOVED, moved.to_owned())));
    let mut kept = Vec::new();
    for (item, value) in values {
        let old = latest(known, item);
        if old.is_some_and(|old| old.at > at) {
            continue;
        }
        let since = old
            .filter(|old| old.value == value)
            .map_or(at, |old| old.since);
        let new = Latest {
            meter: known.meter.number.clone(),
            item: item.to_owned(),
            value,
            at,
            since,
            answer: Some(answer),
        };
        known.latest.retain(|old| old.item != item);
        known.latest.push(new.clone());
        kept.push(new);
    }
    kept
}

/// Judges a meter by what is known of it at `at`. `said` is its status; `said_now` says that this
/// very answer carried it.
pub(crate) fn judge_known(
    known: &Known,
    said: Result<Said, answers::Unread>,
    said_now: bool,
    around: Around,
    rules: &CaseRules,
    at: Moment,
) -> Applied {
    let said = match said {
        Ok(said) => said,
        Err(unread) => return unread_status(known, said_now.then_some(&unread), at),
    };
    let verdict = judge(said, &gather(known, around, rules, at));
    Applied {
        standing: Some(standing(known, said, words::of_verdict(&verdict), at)),
        cases: cases::after(known, &verdict, said_now, rules, at),
        wants: wants::of(&verdict, known, rules, at),
        latest: Vec::new(),
        verdict: Some(verdict),
    }
}

/// A status that could not be read: a case of its own, and the verdict before it stays.
fn unread_status(known: &Known, unread: Option<&answers::Unread>, at: Moment) -> Applied {
    let case = unread.map(|unread| {
        let sentence = unread.to_string();
        let words = words::of_condition(UNREAD, Some((&sentence, &sentence)));
        cases::seen(known, UNREAD, words, at, None)
    });
    Applied {
        standing: Some(heard_at(known, at)),
        cases: case.into_iter().collect(),
        ..Applied::default()
    }
}

/// The contact of a meter that was heard, its verdict unchanged.
pub(crate) fn heard_at(known: &Known, at: Moment) -> Standing {
    let mut standing = known.standing.clone().unwrap_or_else(|| blank(known));
    standing.heard_at = standing.heard_at.max(Some(at));
    standing.silent = 0;
    standing
}

/// The contact of a meter that was asked and did not answer.
pub(crate) fn not_heard(known: &Known) -> Standing {
    let mut standing = known.standing.clone().unwrap_or_else(|| blank(known));
    standing.silent = standing.silent.saturating_add(1);
    standing
}

/// The meter was asked then.
pub(crate) fn was_asked(known: &mut Known, at: Moment) {
    let mut standing = known.standing.take().unwrap_or_else(|| blank(known));
    standing.asked_at = standing.asked_at.max(Some(at));
    known.standing = Some(standing);
}

fn blank(known: &Known) -> Standing {
    Standing {
        meter: known.meter.number.clone(),
        status: None,
        ami_code: None,
        words: store::Words::default(),
        observed_at: None,
        since: None,
        asked_at: None,
        heard_at: None,
        silent: 0,
    }
}

fn standing(known: &Known, said: Said, words: store::Words, at: Moment) -> Standing {
    let status = latest(known, Item::OperatingStatus.word());
    Standing {
        status: status.map(|status| status.value.clone()),
        ami_code: ami_of(said),
        words,
        observed_at: status.map(|status| status.at),
        since: status.map(|status| status.since),
        ..heard_at(known, at)
    }
}

/// The AMI code of what was said, also of a number nobody listed: it is kept, never explained.
fn ami_of(said: Said) -> Option<u16> {
    match said {
        Said::Ami(AmiCode(code)) => Some(code),
        Said::Reason(Reason87(n)) => Some(said.row().map_or(1000 + u16::from(n), |row| row.ami.0)),
        Said::Wire(_) => said.row().map(|row| row.ami.0),
        Said::TwoFamilies(_) | Said::Nothing => None,
    }
}
