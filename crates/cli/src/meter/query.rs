//! `calinmeter meter query`: ask meters now and wait for their answers.

use super::number;
use crate::args::desk::MeterQuery;
use crate::end::{End, print};
use crate::pollers::Pollers;
use crate::run::{clock, to_the_end};
use crate::serve::Desk;
use crate::setup::Setup;
use crate::{Ended, identity, pages};
use anyhow::bail;
use catalogue::Lang;
use desk::plan::OPERATOR;
use fleet::MeterNumber;
use people::Verb;
use std::time::Duration;
use store::{Request, RequestId, Store};
use tokio::time::Instant;

/// How often the store is looked at while an answer is awaited.
const LOOK: Duration = Duration::from_millis(200);

pub(super) fn run(args: &MeterQuery, setup: &Setup, lang: Lang) -> Ended {
    let meters: Vec<MeterNumber> = args
        .meters
        .iter()
        .map(|text| number(text))
        .collect::<anyhow::Result<_>>()?;
    if setup.settings.head_ends.is_empty() {
        bail!("the configuration names no head-end to ask: calinmeter config prints an example");
    }
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let store = desk.intake.store().clone();
        identity::allow(setup, &store, Verb::Read).await?;
        registered(&store, &meters).await?;
        let requests = request(&store, &meters, &args.items).await?;
        // where a server is running it holds the leases and asks; else these ask
        let pollers = Pollers::on_request(setup, &desk.intake)?;
        let ended = wait(&store, &requests, Duration::from_secs(args.timeout)).await?;
        pollers.stop().await;
        let whole = answer(&store, &meters, &ended, args.json, lang).await?;
        Ok(if whole { End::Done } else { End::Partly })
    })
}

async fn registered(store: &Store, meters: &[MeterNumber]) -> anyhow::Result<()> {
    for meter in meters {
        if store.meter(meter).await?.is_none() {
            bail!(
                "meter {meter} is not registered: take it in with calinmeter meter import, or from \
                 the head-end with calinmeter meter import --from-head-end NAME"
            );
        }
    }
    Ok(())
}

async fn request(
    store: &Store,
    meters: &[MeterNumber],
    items: &[String],
) -> anyhow::Result<Vec<RequestId>> {
    let now = clock().now();
    let mut requests = Vec::new();
    for meter in meters {
        for item in items {
            requests.push(store.request(meter, item, OPERATOR, now).await?);
        }
    }
    Ok(requests)
}

/// Waits until every request has ended or the time is over.
async fn wait(
    store: &Store,
    requests: &[RequestId],
    most: Duration,
) -> anyhow::Result<Vec<Request>> {
    let end = Instant::now() + most;
    loop {
        let mut now = Vec::new();
        for id in requests {
            now.extend(store.request_state(*id).await?);
        }
        let all = now.iter().all(|request| request.done_at.is_some());
        if all || Instant::now() >= end {
            return Ok(now);
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn answer(
    store: &Store,
    meters: &[MeterNumber],
    ended: &[Request],
    as_json: bool,
    lang: Lang,
) -> anyhow::Result<bool> {
    let mut whole = true;
    for request in ended {
        let problem = match (request.done_at, &request.outcome) {
            (None, _) => "no answer yet; it stays requested, and calinmeter serve goes on asking",
            (Some(_), Some(why)) => why.as_str(),
            (Some(_), None) => continue,
        };
        whole = false;
        eprintln!("calinmeter: {} {}: {problem}", request.meter, request.item);
    }
    for meter in meters {
        if as_json {
            let path = format!("/api/v1/meters/{meter}");
            pages::json(store.clone(), &path, &[], 1, lang).await?;
            continue;
        }
        let known = store.known(std::slice::from_ref(meter)).await?;
        let now = clock().now();
        let text = known
            .first()
            .map(|known| super::show::text(known, lang, now));
        print(&text.unwrap_or_default())?;
    }
    Ok(whole)
}
