//! `calinmeter meter show`: everything known of one meter.

use super::number;
use crate::args::desk::MeterShow;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{NOW, age, clock, iso, open_store, to_the_end};
use crate::setup::Setup;
use crate::worklist::what;
use crate::{Ended, pages};
use anyhow::bail;
use catalogue::{Lang, Owner, Supply};
use fleet::Moment;
use store::{Known, Standing, StoredAnswer};

pub(super) fn run(args: &MeterShow, setup: &Setup, lang: Lang) -> Ended {
    let meter = number(&args.meter)?;
    to_the_end(async {
        let store = open_store(setup).await?;
        if args.json {
            let path = format!("/api/v1/meters/{meter}");
            return pages::json(store, &path, &[], 1, lang).await;
        }
        let found = store.known(std::slice::from_ref(&meter)).await?;
        let Some(known) = found.first() else {
            bail!(
                "meter {meter} is not registered: take it in with calinmeter meter import, or ask \
                 for its status with calinmeter meter query"
            );
        };
        let answers = match args.answers {
            0 => Vec::new(),
            limit => store.answers(&meter, None, limit as usize).await?,
        };
        let now = clock().now();
        print(&(text(known, lang, now) + &raw(&answers)))?;
        Ok(End::Done)
    })
}

pub(super) fn text(known: &Known, lang: Lang, now: Moment) -> String {
    let meter = &known.meter;
    let place = [
        meter.site.as_ref().map(|site| format!("site {site}")),
        meter
            .gateway
            .as_ref()
            .map(|gateway| format!("gateway {gateway}")),
        meter
            .customer
            .as_ref()
            .map(|customer| format!("customer {customer}")),
        meter.phases.map(|phases| format!("{phases}-phase")),
    ];
    let place: Vec<String> = place.into_iter().flatten().collect();
    let mut out = format!("{}  {}\n", meter.number, place.join(", "));
    match &known.standing {
        Some(standing) if standing.observed_at.is_some() => {
            out += &verdict(standing, lang, now);
        }
        _ => out += "   It has never been judged: no status of it was received yet.\n",
    }
    if !known.latest.is_empty() {
        let lines: Vec<Vec<String>> = known
            .latest
            .iter()
            .map(|one| {
                let same = age(one.since, now);
                vec![one.item.clone(), one.value.clone(), age(one.at, now), same]
            })
            .collect();
        out += "\n";
        out += &aligned(&["VALUE", "", "RECEIVED", "THE SAME FOR"], &lines);
    }
    let cases = known.cases.iter().map(|case| {
        let quiet = if case.quiet_since.is_some() {
            ", quiet"
        } else {
            ""
        };
        let open = match age(case.opened_at, now) {
            age if age == NOW => "just opened".to_owned(),
            age => format!("open for {age}"),
        };
        format!(
            "   case {}: {}, {open}{quiet}\n",
            case.id.0,
            what(case, lang)
        )
    });
    let cases: String = cases.collect();
    if !cases.is_empty() {
        out += "\nOpen cases\n";
        out += &cases;
    }
    out
}

/// Supply first, then who acts, then why.
fn verdict(standing: &Standing, lang: Lang, now: Moment) -> String {
    let words = &standing.words;
    let supply = Supply::from_word(&words.supply);
    let owner = Owner::from_word(&words.owner);
    let said = |en: Option<&'static str>, fr: Option<&'static str>| match lang {
        Lang::En => en.unwrap_or_default(),
        Lang::Fr => fr.unwrap_or_default(),
    };
    let supply = said(supply.map(Supply::en), supply.map(Supply::fr));
    let owner = said(owner.map(Owner::en), owner.map(Owner::fr));
    let status = standing.status.as_deref().unwrap_or("-");
    let ago = match standing.observed_at.map(|at| age(at, now)) {
        Some(age) if age == NOW => age,
        Some(age) => format!("{age} ago"),
        None => "at no known time".to_owned(),
    };
    let mut out = format!(
        "   {supply}; {} ({owner}). Status {status}, received {ago}.\n",
        words.decision
    );
    for sentence in desk::sentences(&words.because, lang) {
        out += &format!("   - {sentence}\n");
    }
    out
}

fn raw(answers: &[StoredAnswer]) -> String {
    if answers.is_empty() {
        return String::new();
    }
    let line = |one: &StoredAnswer| {
        let problem = one.problem.as_deref();
        let problem = problem
            .map(|why| format!("   ({why})\n"))
            .unwrap_or_default();
        let answer = &one.answer;
        format!(
            "{}  {}  {}\n   {}\n{problem}",
            iso(answer.at),
            answer.source,
            answer.asked,
            answer.body
        )
    };
    let lines: String = answers.iter().map(line).collect();
    format!("\nAnswers, the newest first\n{lines}")
}
