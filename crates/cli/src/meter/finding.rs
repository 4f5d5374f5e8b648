//! `calinmeter meter finding`.

use super::number;
use crate::Ended;
use crate::args::people::MeterFinding;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::identity::who;
use crate::run::{clock, iso, open_store, to_the_end};
use crate::setup::Setup;
use anyhow::Context;
use desk::people::{Found, People};
use fleet::MeterNumber;
use people::FindingKind;
use store::Finding;

/// How many findings are shown, the newest first.
const SHOWN: usize = 50;

pub(super) fn run(args: &MeterFinding, setup: &Setup) -> Ended {
    let meter = number(&args.meter)?;
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let (Some(kind), Some(said)) = (&args.kind, &args.said) else {
            return show(&people, &meter).await;
        };
        let now = clock().now();
        let by = who(setup, &people, now).await?;
        let photo = match &args.photo {
            None => None,
            Some(file) => {
                let bytes = std::fs::read(file)
                    .with_context(|| format!("{} cannot be read", file.display()))?;
                Some(Found::photo(&bytes))
            }
        };
        let found = Found {
            meter,
            kind: FindingKind::from_word(kind).context("this is no kind of finding")?,
            said: said.clone(),
            seal_before: args.seal_before.clone(),
            seal_after: args.seal_after.clone(),
            photo,
        };
        people.record(&by, &found, now).await?;
        print("The finding is recorded.\n")?;
        Ok(End::Done)
    })
}

async fn show(people: &People, meter: &MeterNumber) -> Ended {
    let findings = people.findings(meter, SHOWN).await?;
    if findings.is_empty() {
        print("Nothing was recorded at this meter.\n")?;
        return Ok(End::Done);
    }
    let line = |finding: &Finding| {
        let found = &finding.found;
        let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
        vec![
            iso(found.at),
            found.who.clone(),
            found.kind.clone(),
            or_none(&found.seal_before),
            or_none(&found.seal_after),
            found.photo.as_deref().map_or("", |_| "yes").to_owned(),
            found.said.clone(),
        ]
    };
    let lines: Vec<Vec<String>> = findings.iter().map(line).collect();
    let head = [
        "WHEN",
        "WHO",
        "KIND",
        "SEAL BEFORE",
        "SEAL AFTER",
        "PHOTO",
        "FOUND",
    ];
    print(&aligned(&head, &lines))?;
    Ok(End::Done)
}
