//! The desk's questions to a store of 100,000 meters and 20,000 open cases, timed one by one.
//!
//! ```text
//! cargo run --release -p store --example worklist -- URL
//! ```
//!
//! URL is a store that may be thrown away; what it lacks is put there first.
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use std::error::Error;
use std::fmt::Debug;
use std::time::{Duration, Instant};
use store::{
    CaseChange, CaseFilter, Cursor, Group, Latest, Meter, MeterFilter, NewAnswer, NewCase, NewSlot,
    OpenOptions, Settlement, SlotChange, Standing, Store, StoreError, Subject, Words,
};

const METERS: u32 = 100_000;
const CASES: u32 = 20_000;
/// How often each question is asked.
const TIMES: u32 = 200;
/// 2026-01-01 00:00 UTC.
const NOW: i64 = 1_767_225_600_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("say: worklist URL")?;
    let store = Store::open(&url, OpenOptions::default()).await?;
    if store.tally().await?.meters == 0 {
        let start = Instant::now();
        fill(&store).await?;
        println!("filled in {:.1} s", start.elapsed().as_secs_f64());
    }
    store.close().await;
    let start = Instant::now();
    let store = Store::open(&url, OpenOptions::default()).await?;
    println!("opened in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let due = store.due().await?;
    println!(
        "{} meters due in {:.0} ms",
        due.len(),
        start.elapsed().as_secs_f64() * 1e3
    );
    drop(due);
    pages(&store).await?;
    work(&store).await?;
    println!("at most {} KiB in memory", peak().unwrap_or_default());
    store.close().await;
    Ok(())
}

/// What the pages ask.
async fn pages(store: &Store) -> Result<(), StoreError> {
    let some = |text: &str| Some(text.to_owned());
    let nothing = CaseFilter::default();
    timed("tally", async |_| store.tally().await.map(drop)).await?;
    timed("cases, first page", async |_| {
        store.cases(&nothing, None, 50).await.map(drop)
    })
    .await?;
    let mut deep = None;
    for _ in 0..100 {
        let page = store.cases(&nothing, deep, 100).await?;
        deep = page.last().map(|case| Cursor {
            severity: case.words.severity,
            opened_at: case.opened_at,
            id: case.id,
        });
    }
    timed("cases, page 200", async |_| {
        store.cases(&nothing, deep, 50).await.map(drop)
    })
    .await?;
    let site = |n: usize| CaseFilter {
        site: Some(format!("S{}", n % 100)),
        ..CaseFilter::default()
    };
    timed("cases of a site", async |n| {
        store.cases(&site(n), None, 50).await.map(drop)
    })
    .await?;
    let rare = CaseFilter {
        owner: some("electrician"),
        ..CaseFilter::default()
    };
    timed("cases of a rare owner", async |_| {
        store.cases(&rare, None, 50).await.map(drop)
    })
    .await?;
    let none = CaseFilter {
        cause: some("no-such-cause"),
        ..CaseFilter::default()
    };
    timed("cases of no cause", async |_| {
        store.cases(&none, None, 50).await.map(drop)
    })
    .await?;
    let one = |n: usize| CaseFilter {
        subject: Some(number(n).to_string()),
        explained: true,
        ..CaseFilter::default()
    };
    timed("cases of a meter", async |n| {
        store.cases(&one(n), None, 50).await.map(drop)
    })
    .await?;
    meters(store).await?;
    let page = store.cases(&nothing, None, 50).await?;
    let ids: Vec<_> = page.iter().map(|case| case.id).collect();
    timed("explained by a page", async |_| {
        store.explains(&ids).await.map(drop)
    })
    .await?;
    Ok(())
}

async fn meters(store: &Store) -> Result<(), StoreError> {
    let some = |text: &str| Some(text.to_owned());
    let filters = [
        ("meters, first page", MeterFilter::default()),
        (
            "meters of a site",
            MeterFilter {
                site: SiteId::parse("S7"),
                ..MeterFilter::default()
            },
        ),
        (
            "meters to visit",
            MeterFilter {
                decision: some("visit"),
                ..MeterFilter::default()
            },
        ),
        (
            "meters of a rare slug",
            MeterFilter {
                slug: some("rare"),
                ..MeterFilter::default()
            },
        ),
        (
            "meters by number",
            MeterFilter {
                text: some("000000777"),
                ..MeterFilter::default()
            },
        ),
        (
            "meters by no name",
            MeterFilter {
                text: some("nobody"),
                ..MeterFilter::default()
            },
        ),
    ];
    for (name, filter) in filters {
        timed(name, async |_| {
            store.list_meters(&filter, None, 50).await.map(drop)
        })
        .await?;
    }
    Ok(())
}

/// What the poller and the intake ask.
async fn work(store: &Store) -> Result<(), StoreError> {
    let batch =
        |n: usize| -> Vec<MeterNumber> { (0..200).map(|k| number(n * 977 + k * 31)).collect() };
    timed("known of 1", async |n| {
        store.known(&[number(n)]).await.map(drop)
    })
    .await?;
    timed("known of 200", async |n| {
        store.known(&batch(n)).await.map(drop)
    })
    .await?;
    timed("standing", async |n| {
        store.standing(&number(n)).await.map(drop)
    })
    .await?;
    let alike = async |n: usize| {
        let site = format!("S{}", n % 100);
        store
            .alike(Group::Site, &site, &number(n), 1011, Moment(NOW))
            .await
            .map(drop)
    };
    timed("alike in a site of 1,000", alike).await?;
    timed("request", async |n| {
        store
            .request(&number(n), "power", 2, Moment(NOW))
            .await
            .map(drop)
    })
    .await?;
    timed("requests", async |_| store.open_requests().await.map(drop)).await?;
    let touch = async |n: usize| {
        let asked: Vec<_> = batch(n)
            .into_iter()
            .map(|meter| (meter, Moment(NOW)))
            .collect();
        store.touch(&asked, &[]).await
    };
    timed("touch 200", touch).await?;
    let slots = async |n: usize| {
        let wanted: Vec<NewSlot> = batch(n)
            .iter()
            .enumerate()
            .map(|(k, meter)| slot(k, meter))
            .collect();
        let got = store.reserve(&wanted, 5).await?;
        let freed: Vec<_> = got.into_iter().flatten().map(SlotChange::Free).collect();
        store.change_slots(&freed).await
    };
    timed("reserve and free 200", slots).await?;
    let intake = async |n: usize| {
        let answers: Vec<NewAnswer> = batch(n).iter().map(answer).collect();
        let ids = store.keep(&answers).await?;
        store.unsettled(200).await?;
        let settled = ids.iter().map(|id| (*id, None)).collect();
        let at = NOW + i64::try_from(n).unwrap_or(0);
        let latest = batch(n)
            .iter()
            .map(|meter| value(meter, "power", at))
            .collect();
        let standings = batch(n)
            .iter()
            .map(|meter| standing(meter, n, at))
            .collect();
        store
            .settle(&Settlement {
                settled,
                latest,
                standings,
                ..Settlement::default()
            })
            .await
    };
    timed("keep and settle 200", intake).await?;
    let one = async |n: usize| store.keep(&[answer(&number(n))]).await.map(drop);
    timed("keep 1", one).await
}

/// Asks so many times; the median and the 99th of a hundred.
async fn timed<E: Debug>(what: &str, ask: impl AsyncFn(usize) -> Result<(), E>) -> Result<(), E> {
    let mut times: Vec<Duration> = Vec::new();
    let before = ticks().unwrap_or_default();
    for n in 0..TIMES as usize {
        let start = Instant::now();
        ask(n).await?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let shown = |place: usize| times[place * times.len() / 100].as_secs_f64() * 1e3;
    // the system counts ours and its own work in hundredths of a second
    let work = (ticks().unwrap_or_default() - before) * 10.0 / f64::from(TIMES);
    println!(
        "{what:26} {:8.2} ms  p99 {:8.2} ms  work {work:7.2} ms",
        shown(50),
        shown(99)
    );
    Ok(())
}

async fn fill(store: &Store) -> Result<(), StoreError> {
    for start in (0..METERS).step_by(5_000) {
        let numbers: Vec<MeterNumber> =
            (start..start + 5_000).map(|n| number(n as usize)).collect();
        let meters: Vec<Meter> = numbers
            .iter()
            .zip(start..)
            .map(|(meter, n)| registered(meter, n))
            .collect();
        store.put_meters(&meters).await?;
        let standings = numbers
            .iter()
            .zip(start as usize..)
            .map(|(meter, n)| standing(meter, n, NOW));
        let latest = numbers.iter().flat_map(|meter| {
            ["operating_status", "total_energy", "relay"].map(|item| value(meter, item, NOW))
        });
        let cases = (start..start + 5_000)
            .filter(|n| n % (METERS / CASES) == 0)
            .map(seen);
        store
            .settle(&Settlement {
                standings: standings.collect(),
                latest: latest.collect(),
                cases: cases.collect(),
                ..Settlement::default()
            })
            .await?;
    }
    Ok(())
}

fn number(n: usize) -> MeterNumber {
    let n = n % METERS as usize;
    MeterNumber::parse(&format!("{:011}", n * 7)).expect("digits")
}

fn registered(number: &MeterNumber, n: u32) -> Meter {
    Meter {
        number: number.clone(),
        head_end: Some("main".into()),
        site: SiteId::parse(&format!("S{}", n % 100)),
        gateway: GatewayId::parse(&format!("G{}", n % 1_000)),
        customer: Some(format!("c{n}")),
        phases: Some(1),
        solar: Some(true),
        occupied: Some(true),
    }
}

fn words(n: usize) -> Words {
    let (slug, decision, owner) = match n % 100 {
        0 if n.is_multiple_of(5_000) => ("rare", "visit", "electrician"),
        0..5 => ("overload", "office", "customer-desk"),
        5..20 if n.is_multiple_of(5) => ("cover-open", "visit", "technician"),
        _ => ("normal", "fine", "nobody"),
    };
    Words {
        slug: slug.into(),
        class: "load".into(),
        supply: "on".into(),
        decision: decision.into(),
        owner: owner.into(),
        severity: u8::try_from(n % 5).unwrap_or(0),
        because: r#"{"en":["The meter says 1003."],"fr":["Le compteur dit 1003."]}"#.into(),
    }
}

fn standing(meter: &MeterNumber, n: usize, at: i64) -> Standing {
    Standing {
        meter: meter.clone(),
        status: Some("1000".into()),
        ami_code: Some(1000),
        words: words(n),
        observed_at: Some(Moment(at)),
        since: Some(Moment(at)),
        asked_at: None,
        heard_at: Some(Moment(at)),
        silent: 0,
    }
}

fn value(meter: &MeterNumber, item: &str, at: i64) -> Latest {
    Latest {
        meter: meter.clone(),
        item: item.into(),
        value: format!("{at}"),
        at: Moment(at),
        since: Moment(at),
        answer: None,
    }
}

fn seen(n: u32) -> CaseChange {
    let place = n as usize;
    CaseChange::Seen(Box::new(NewCase {
        subject: Subject {
            kind: "meter",
            id: number(place).to_string(),
        },
        cause: "overload".into(),
        words: words(place / 5),
        site: Some(format!("S{}", n % 100)),
        gateway: Some(format!("G{}", n % 1_000)),
        at: Moment(NOW - i64::from(n)),
        parent: None,
    }))
}

fn answer(meter: &MeterNumber) -> NewAnswer {
    NewAnswer {
        at: Moment(NOW),
        source: "main".into(),
        meter: Some(meter.clone()),
        asked: "operating_status".into(),
        body: r#"{"createId":7,"meterId":"47001582544","status":1,"data":"1000"}"#.into(),
        slot: None,
    }
}

fn slot(n: usize, meter: &MeterNumber) -> NewSlot {
    NewSlot {
        head_end: "main".into(),
        group: format!("G{}", n % 40),
        meter: meter.clone(),
        asked: "operating_status".into(),
        request: None,
        at: Moment(NOW),
        horizon: Moment(NOW + 900_000),
        command: None,
        mark: None,
    }
}

/// The processor's time this process has used, in hundredths of a second; known to Linux.
fn ticks() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let after_name = stat.rsplit_once(')')?.1;
    let cells: Vec<f64> = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .flat_map(str::parse)
        .collect();
    Some(cells.iter().sum())
}

/// The most memory this process has held, KiB; known to Linux.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
