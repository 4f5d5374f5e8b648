//! Which cases a verdict opens, keeps or lets go. Pure.

use crate::{CaseRules, words};
use catalogue::{Class, Decision};
use fleet::{MeterNumber, Moment};
use store::{Case, CaseChange, CaseId, Known, NewCase, Subject, Words};
use triage::Verdict;

/// The cause of a meter's silence.
pub(crate) const SILENT: &str = "silent";
/// The cause of an answer that could not be read.
pub(crate) const UNREAD: &str = "status-unread";
/// Causes that no status speaks of: a status neither opens nor quiets them.
const NOT_OF_STATUS: &[&str] = &[SILENT, UNREAD];

/// A meter as the subject of a case.
pub(crate) fn about(meter: &MeterNumber) -> Subject {
    Subject {
        kind: "meter",
        id: meter.as_str().to_owned(),
    }
}

/// A case of this meter, seen now.
pub(crate) fn seen(
    known: &Known,
    cause: &str,
    words: Words,
    at: Moment,
    parent: Option<CaseId>,
) -> CaseChange {
    CaseChange::Seen(Box::new(NewCase {
        subject: about(&known.meter.number),
        cause: cause.to_owned(),
        words,
        site: known.meter.site.as_ref().map(ToString::to_string),
        gateway: known.meter.gateway.as_ref().map(ToString::to_string),
        at,
        parent,
    }))
}

/// What a verdict does to a meter's cases. `said_now`: this very answer carried the status; a piece
/// of evidence may sharpen the case but never quiets another one.
pub(crate) fn after(
    known: &Known,
    verdict: &Verdict,
    said_now: bool,
    rules: &CaseRules,
    now: Moment,
) -> Vec<CaseChange> {
    let cause = verdict.cause();
    let concerns = needs_somebody(verdict.decision);
    let mut changes = Vec::new();
    if concerns {
        changes.push(seen(known, &cause, words::of_verdict(verdict), now, None));
    }
    let others = known.cases.iter().filter(|case| {
        let seen_now = concerns && case.cause == cause;
        !seen_now && !NOT_OF_STATUS.contains(&case.cause.as_str())
    });
    if said_now {
        changes.extend(others.filter_map(|case| let_go(case, rules, now)));
    }
    changes.extend(answered(known, said_now, now));
    changes
}

/// Whether a decision is somebody's work.
fn needs_somebody(decision: Decision) -> bool {
    match decision {
        Decision::Fine | Decision::Ignore => false,
        Decision::Office | Decision::Visit | Decision::Unlisted => true,
    }
}

/// A cause that is no longer seen: quiet first, closed when a later answer still says so. Evidence
/// before reset: a tamper stays until a person has recorded the finding.
fn let_go(case: &Case, rules: &CaseRules, now: Moment) -> Option<CaseChange> {
    let Some(since) = case.quiet_since else {
        return Some(CaseChange::Quiet(case.id, now));
    };
    let wait = if case.flaps >= rules.flaps_at_most {
        rules.flap_window
    } else {
        rules.settle
    };
    let settled = now.since(since) >= wait;
    let tamper = case.words.class == Class::Tamper.word();
    (settled && !tamper).then(|| {
        let why = "the meter has said otherwise since then".to_owned();
        CaseChange::Close(case.id, now, why)
    })
}

/// A meter that was heard is not silent, and a status that was read is not unread.
fn answered(known: &Known, said_now: bool, now: Moment) -> impl Iterator<Item = CaseChange> {
    let ended = move |cause: &str| cause == SILENT || (said_now && cause == UNREAD);
    known
        .cases
        .iter()
        .filter(move |case| ended(&case.cause))
        .map(move |case| CaseChange::Close(case.id, now, "the meter has answered".to_owned()))
}
