//! `calinmeter worklist`: what is to be done now, the gravest first.

use crate::args::desk::Worklist;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{age, clock, open_store, to_the_end};
use crate::setup::Setup;
use crate::{Ended, pages};
use catalogue::{Decision, Lang, Owner, Supply};
use fleet::Moment;
use store::{Case, CaseFilter, Tally};

/// `calinmeter worklist`.
pub(crate) fn run(args: &Worklist, setup: &Setup, lang: Lang) -> Ended {
    to_the_end(async {
        let store = open_store(setup).await?;
        if args.json {
            let query = [
                ("site", args.site.as_deref()),
                ("decision", args.decision.as_deref()),
                ("owner", args.owner.as_deref()),
            ];
            return pages::json(store, "/api/v1/worklist", &query, args.limit, lang).await;
        }
        let filter = CaseFilter {
            site: args.site.clone(),
            decision: args.decision.clone(),
            owner: args.owner.clone(),
            explained: args.all,
            ..CaseFilter::default()
        };
        let cases = store.cases(&filter, None, args.limit as usize).await?;
        let tally = store.tally().await?;
        print(&text(&cases, &tally, lang, clock().now()))?;
        Ok(End::Done)
    })
}

fn text(cases: &[Case], tally: &Tally, lang: Lang, now: Moment) -> String {
    let mut out = counted(tally);
    if cases.is_empty() {
        return out + empty(tally);
    }
    let lines: Vec<Vec<String>> = cases.iter().map(|case| line(case, lang, now)).collect();
    out += "\n";
    out += &aligned(
        &[
            "CASE", "SEVERITY", "SUPPLY", "WHAT", "WHERE", "SITE", "WHO", "SINCE", "WHY",
        ],
        &lines,
    );
    let open: u64 = tally.open.iter().map(|(.., count)| count).sum();
    if open > cases.len() as u64 {
        out += &format!(
            "\n{} of {open} cases are shown: --limit shows more.\n",
            cases.len()
        );
    }
    out
}

/// One line on the whole fleet.
fn counted(tally: &Tally) -> String {
    let of = |decision: Decision| -> u64 {
        let mine = tally
            .open
            .iter()
            .filter(|(_, word, ..)| word == decision.word());
        mine.map(|(.., count)| count).sum()
    };
    format!(
        "{} meters: {} in order, {} never judged. Open: {} for the desk, {} to travel for, {} to \
         look at; {} explained by others.\n",
        tally.meters,
        tally.at_ease,
        tally.unjudged,
        of(Decision::Office),
        of(Decision::Visit),
        of(Decision::Unlisted),
        tally.explained,
    )
}

fn empty(tally: &Tally) -> &'static str {
    if tally.meters == 0 {
        "No meter is registered yet: take them in with calinmeter meter import FILE, or from a \
         head-end with calinmeter meter import --from-head-end NAME.\n"
    } else if tally.unjudged == tally.meters {
        "No meter has been judged yet: calinmeter serve asks them, or take statuses in with \
         calinmeter meter import-status FILE.\n"
    } else {
        "Nothing is to be done.\n"
    }
}

fn line(case: &Case, lang: Lang, now: Moment) -> Vec<String> {
    let words = &case.words;
    let pick = |en: &'static str, fr: &'static str| match lang {
        Lang::En => en,
        Lang::Fr => fr,
    };
    let supply = Supply::from_word(&words.supply).map_or("", |it| pick(it.en(), it.fr()));
    let owner = Owner::from_word(&words.owner).map_or("", |it| pick(it.en(), it.fr()));
    let severity = desk::severity(words.severity);
    let quiet = case.quiet_since.is_some();
    vec![
        case.id.0.to_string(),
        pick(severity.en(), severity.fr()).to_owned(),
        supply.to_owned(),
        what(case, lang) + if quiet { " (quiet)" } else { "" },
        case.subject.id.clone(),
        case.site.clone().unwrap_or_default(),
        owner.to_owned(),
        age(case.opened_at, now),
        reason(case, lang),
    ]
}

/// The short name of a case's cause.
pub(crate) fn what(case: &Case, lang: Lang) -> String {
    let row = catalogue::by_slug(&case.cause);
    let own = catalogue::condition(&case.words.slug);
    match (row, own) {
        (Some(row), _) => format!("{} {}", row.ami, row.advice.name.get(lang)),
        (None, Some(condition)) => condition.advice.name.get(lang).to_owned(),
        (None, None) => case.cause.clone(),
    }
}

/// What was seen this time, where anything was; else who says so. The last sentence may be the list
/// of what is not known.
fn reason(case: &Case, lang: Lang) -> String {
    let said = desk::sentences(&case.words.because, lang);
    let seen = said.get(1).filter(|_| said.len() > 2).or(said.first());
    seen.cloned().unwrap_or_default()
}
