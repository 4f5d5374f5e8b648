//! `calinmeter command stop`, `lift` and `stopped`.

use crate::args::command::{Stop, Stopped};
use crate::end::{End, print};
use crate::run::{clock, iso, open_store, to_the_end};
use crate::serve::Desk;
use crate::setup::Setup;
use crate::{Ended, identity, office};
use anyhow::anyhow;
use desk::people::{Denied, People};
use serde_json::json;

pub(super) fn stop(args: &Stop, setup: &Setup) -> Ended {
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let people = People::new(desk.intake.store().clone());
        let who = identity::known(setup, &people).await?;
        let said = match people.stop(&who, &args.why, clock().now()).await {
            Ok(()) => "All acts are stopped".to_owned(),
            // what was not taken back then, when somebody was cut off, is taken back now
            Err(Denied::Stopped(by)) => format!("All acts were stopped already, by {by}"),
            Err(denied) => return Err(denied.into()),
        };
        let commands = office::counter(setup, &desk.intake)?;
        let back = commands.take_all_back(&who).await;
        let back = back.map_err(|denied| anyhow!(super::said(&denied)))?;
        print(&format!(
            "{said}; {back} that were not sent were taken back. What has been sent goes on: \
             calinmeter command list --open shows it.\n"
        ))?;
        Ok(End::Done)
    })
}

pub(super) fn lift(setup: &Setup) -> Ended {
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let who = identity::known(setup, &people).await?;
        people.lift(&who, clock().now()).await?;
        print("Acts may be asked for again. What was taken back stays so: ask anew.\n")?;
        Ok(End::Done)
    })
}

pub(super) fn stopped(args: &Stopped, setup: &Setup) -> Ended {
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let stop = people.stopped().await?;
        let text = match &stop {
            _ if args.json => {
                let stop = stop
                    .as_ref()
                    .map(|stop| json!({ "by": stop.who, "since": iso(stop.at), "why": stop.why }));
                format!("{:#}\n", json!({ "stopped": stop.is_some(), "stop": stop }))
            }
            None => "Acts are not stopped.\n".to_owned(),
            Some(stop) => format!(
                "All acts are stopped by {} since {}: {}. calinmeter command lift lets them go on.\n",
                stop.who,
                iso(stop.at),
                stop.why
            ),
        };
        print(&text)?;
        Ok(if stop.is_some() {
            End::Partly
        } else {
            End::Done
        })
    })
}
