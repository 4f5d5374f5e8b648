//! `calinmeter meter hold` and `release`.

use super::number;
use crate::Ended;
use crate::args::people::{MeterHold, MeterRelease};
use crate::end::{End, print};
use crate::grid::aligned;
use crate::identity::who;
use crate::run::{clock, iso, open_store, to_the_end};
use crate::setup::Setup;
use anyhow::Context;
use desk::people::{People, Release, Wanted};
use fleet::MeterNumber;
use people::HoldKind;
use store::{Hold, HoldId};

pub(super) fn run(args: &MeterHold, setup: &Setup) -> Ended {
    let meter = number(&args.meter)?;
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let (Some(kind), Some(why)) = (&args.kind, &args.why) else {
            return show(&people, &meter).await;
        };
        let now = clock().now();
        let by = who(setup, &people, now).await?;
        let kind = HoldKind::from_word(kind).context("this is no kind of hold")?;
        let why = why.clone();
        let wanted = Wanted { meter, kind, why };
        let id = people.hold(&by, &wanted, now).await?;
        print(&format!(
            "Meter {} is held; the hold's number is {}.\n",
            wanted.meter, id.0
        ))?;
        Ok(End::Done)
    })
}

async fn show(people: &People, meter: &MeterNumber) -> Ended {
    let holds = people.holds(meter).await?;
    if holds.is_empty() {
        print("Nothing holds this meter.\n")?;
        return Ok(End::Done);
    }
    let line = |hold: &Hold| {
        vec![
            hold.id.0.to_string(),
            hold.hold.kind.clone(),
            hold.hold.who.clone(),
            iso(hold.hold.at),
            hold.agreed.join(", "),
            hold.hold.why.clone(),
        ]
    };
    let lines: Vec<Vec<String>> = holds.iter().map(line).collect();
    let head = ["HOLD", "FOR", "BY", "SINCE", "AGREED TO RELEASE", "WHY"];
    print(&aligned(&head, &lines))?;
    Ok(End::Done)
}

pub(super) fn release(args: &MeterRelease, setup: &Setup) -> Ended {
    let meter = number(&args.meter)?;
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let now = clock().now();
        let by = who(setup, &people, now).await?;
        let released = people.release(&by, &meter, HoldId(args.hold), now).await?;
        print(&match released {
            Release::Released => "The hold is released.\n".to_owned(),
            Release::Waits(agreed) => format!(
                "It is still held: a second person has to agree. So far: {}.\n",
                agreed.join(", ")
            ),
        })?;
        Ok(End::Done)
    })
}
