//! Serves the pages over a small made-up installation, to look at them.
//!
//! `cargo run -p web --example pages [empty|down|big]` prints its address; Ctrl-C ends it. `big`
//! is a fleet of 100,000 meters with 20,000 open cases, to measure.
#![expect(clippy::unwrap_used, reason = "a program for looking at pages")]
#![expect(clippy::print_stdout, reason = "it prints its address")]

#[path = "../tests/suite/house.rs"]
mod house;

use catalogue::Decision;
use fleet::{AmiCode, MINUTE, Moment, SiteId};
use std::sync::Arc;
use store::{CaseChange, OpenOptions, Settlement, Site, Store};
use triage::{Evidence, Said, judge};

#[tokio::main]
async fn main() {
    let scene = std::env::args().nth(1).unwrap_or_default();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("pages.db").display());
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let clock = desk::Clock::running(if scene == "down" { 20 } else { 1 });
    match scene.as_str() {
        "empty" => {}
        "big" => big(&store, clock.now()).await,
        _ => house::fill(&store, clock.now()).await,
    }
    let head_end = match scene.as_str() {
        "down" => house::down(clock.now()),
        _ => house::well(clock.now()),
    };
    let state = web::State {
        store,
        clock,
        health: Arc::new(house::Health {
            head_ends: vec![head_end],
            trouble: None,
        }),
        title: "CalinMeter".to_owned(),
        hosts: web::LOOPBACK_HOSTS.map(str::to_owned).into(),
        metrics: None,
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let ended = async {
        tokio::signal::ctrl_c().await.unwrap();
    };
    web::serve(listener, web::router(state), ended)
        .await
        .unwrap();
}

/// 100 sites, 200 gateways, 100,000 judged meters; every fifth has an open case.
async fn big(store: &Store, now: Moment) {
    let site = |n: usize| Site {
        id: SiteId::parse(&format!("site-{n}")).unwrap(),
        name: Some(format!("Site number {n}")),
        zone: None,
    };
    let sites: Vec<_> = (0..100).map(site).collect();
    store.put_sites(&sites).await.unwrap();
    let verdicts: Vec<_> = catalogue::ami_rows()
        .iter()
        .map(|row| judge(Said::Ami(row.ami), &Evidence::default()))
        .collect();
    let (fine, ill): (Vec<_>, Vec<_>) = verdicts
        .into_iter()
        .partition(|it| matches!(it.decision, Decision::Fine | Decision::Ignore));
    for batch in (0..100_000).collect::<Vec<usize>>().chunks(5_000) {
        let meter =
            |n: &usize| house::meter(*n, &format!("site-{}", n % 100), &format!("gw-{}", n % 200));
        let meters: Vec<_> = batch.iter().map(meter).collect();
        store.put_meters(&meters).await.unwrap();
        let mut settlement = Settlement::default();
        for (n, meter) in batch.iter().zip(&meters) {
            let verdict = match n % 5 {
                0 => &ill[n / 5 % ill.len()],
                _ => &fine[0],
            };
            let code = verdict.row.map_or(AmiCode(1000), |row| row.ami);
            let number = &meter.number;
            let standing = house::standing(number, &code.to_string(), verdict, now);
            if n % 5 == 0 {
                let opened = now.plus(-MINUTE * i64::try_from(n % 9_973).unwrap());
                let words = house::words(verdict);
                let mut new =
                    house::case("meter", number.as_str(), &verdict.cause(), words, opened);
                new.site = Some(format!("site-{}", n % 100));
                settlement.cases.push(CaseChange::Seen(Box::new(new)));
            }
            for item in ["operating_status", "power", "load_limit", "relay"] {
                settlement
                    .latest
                    .push(house::latest(number, item, "0", now));
            }
            settlement.standings.push(standing);
        }
        store.settle(&settlement).await.unwrap();
    }
}
