//! A small installation with every condition of the guide on it, for the tests and for looking.

use catalogue::{Decision, Lang, Severity};
use fleet::{AmiCode, DAY, GatewayId, HOUR, MINUTE, MeterCheck, MeterNumber, Moment, SiteId};
use store::{
    CaseChange, CaseFilter, CaseId, Customer, Event, Gateway, Latest, Meter, NewAnswer, NewCase,
    Note, Reading, Settlement, Site, Standing, Store, Subject, Words,
};
use triage::{Evidence, Said, Verdict, judge};
use web::{HeadEndHealth, HealthSource, Trouble};

/// The n-th meter: `47`, eight digits, and the check digit that fits.
pub(crate) fn number(n: usize) -> MeterNumber {
    (0..10)
        .map(|digit| MeterNumber::parse(&format!("47{:08}{digit}", 158_250 + n)).unwrap())
        .find(|number| number.check() == MeterCheck::Ok)
        .unwrap()
}

/// A verdict in the words that the store keeps.
pub(crate) fn words(verdict: &Verdict) -> Words {
    Words {
        slug: verdict.slug().unwrap_or_default().to_owned(),
        class: verdict.class.word().to_owned(),
        supply: verdict.supply.word().to_owned(),
        decision: verdict.decision.word().to_owned(),
        owner: verdict.owner.word().to_owned(),
        severity: rank(verdict.severity),
        because: serde_json::json!({
            "en": verdict.because(Lang::En),
            "fr": verdict.because(Lang::Fr),
        })
        .to_string(),
    }
}

/// A condition of ours in the words that the store keeps.
pub(crate) fn condition(slug: &str) -> Words {
    let advice = &catalogue::condition(slug).unwrap().advice;
    let said = |lang| -> Vec<&str> { advice.postpaid.iter().map(|it| it.get(lang)).collect() };
    Words {
        slug: slug.to_owned(),
        class: advice.class.word().to_owned(),
        supply: advice.supply.word().to_owned(),
        decision: advice.decision.word().to_owned(),
        owner: advice.owner.word().to_owned(),
        severity: rank(advice.severity),
        because: serde_json::json!({ "en": said(Lang::En), "fr": said(Lang::Fr) }).to_string(),
    }
}

fn rank(severity: Severity) -> u8 {
    let place = Severity::ALL.iter().position(|known| *known == severity);
    u8::try_from(place.unwrap()).unwrap()
}

pub(crate) fn meter(n: usize, site: &str, gateway: &str) -> Meter {
    Meter {
        number: number(n),
        head_end: Some("main".to_owned()),
        site: SiteId::parse(site),
        gateway: GatewayId::parse(gateway),
        customer: Some(format!("house-{n}")),
        phases: Some(1),
        solar: Some(n.is_multiple_of(7)),
        occupied: Some(true),
    }
}

pub(crate) fn standing(
    meter: &MeterNumber,
    status: &str,
    verdict: &Verdict,
    now: Moment,
) -> Standing {
    Standing {
        meter: meter.clone(),
        status: Some(status.to_owned()),
        ami_code: verdict.row.map(|row| row.ami.0),
        words: words(verdict),
        observed_at: Some(now.plus(-12 * MINUTE - 5_000)),
        since: Some(now.plus(-3 * HOUR - 20 * MINUTE - 5_000)),
        asked_at: Some(now.plus(-12 * MINUTE - 9_000)),
        heard_at: Some(now.plus(-12 * MINUTE - 5_000)),
        silent: 0,
    }
}

pub(crate) fn case(kind: &'static str, id: &str, cause: &str, words: Words, at: Moment) -> NewCase {
    NewCase {
        subject: Subject {
            kind,
            id: id.to_owned(),
        },
        cause: cause.to_owned(),
        words,
        site: None,
        gateway: None,
        at,
        parent: None,
    }
}

/// The open case of a subject.
pub(crate) async fn case_of(store: &Store, subject: &str) -> CaseId {
    let filter = CaseFilter {
        subject: Some(subject.to_owned()),
        explained: true,
        ..CaseFilter::default()
    };
    store.cases(&filter, None, 1).await.unwrap()[0].id
}

/// One meter for each listed code and one for an unlisted one; a dark gateway with three silent
/// meters; a utility's job with three homes; a head-end in trouble; some that nobody has judged.
pub(crate) async fn fill(store: &Store, now: Moment) {
    let codes: Vec<u16> = catalogue::ami_rows().iter().map(|row| row.ami.0).collect();
    let codes: Vec<u16> = codes.into_iter().chain([1002]).collect();
    register(store, codes.len() + 10).await;
    let mut settlement = Settlement::default();
    for (n, code) in (0..).zip(&codes) {
        let verdict = judge(Said::Ami(AmiCode(*code)), &Evidence::default());
        let meter = number(n);
        settlement
            .standings
            .push(standing(&meter, &code.to_string(), &verdict, now));
        settlement
            .latest
            .push(latest(&meter, "operating_status", &code.to_string(), now));
        settlement
            .latest
            .push(latest(&meter, "load_limit", "5000", now));
        settlement.latest.push(latest(&meter, "power", "0", now));
        if !matches!(verdict.decision, Decision::Fine | Decision::Ignore) {
            let opened = now.plus(-HOUR * i64::try_from(n).unwrap() - 20 * MINUTE - 5_000);
            let mut new = case(
                "meter",
                meter.as_str(),
                &verdict.cause(),
                words(&verdict),
                opened,
            );
            new.site = Some(site_of(n).to_owned());
            settlement.cases.push(CaseChange::Seen(Box::new(new)));
        }
    }
    settlement.readings = readings(&number(0), now);
    let answer = NewAnswer {
        at: now.plus(-12 * MINUTE - 5_000),
        source: "main".to_owned(),
        meter: Some(number(8)),
        asked: "operating_status".to_owned(),
        body: r#"{"meterNo":"47001582582","name":"Meter operating status","value":"1008"}"#
            .to_owned(),
        slot: None,
    };
    let kept = store.keep(&[answer.clone(), answer]).await.unwrap();
    settlement.settled = vec![
        (kept[0], None),
        (kept[1], Some("no status in it".to_owned())),
    ];
    store.settle(&settlement).await.unwrap();
    groups(store, codes.len(), now).await;
    notes(store, now).await;
}

async fn register(store: &Store, meters: usize) {
    let site = |id: &str, name: Option<&str>| Site {
        id: SiteId::parse(id).unwrap(),
        name: name.map(str::to_owned),
        zone: Some("Africa/Kampala".to_owned()),
    };
    let sites = [
        site("st-1", Some("Lake side")),
        site("st-2", Some("Market & mill")),
        site("st-3", None),
    ];
    store.put_sites(&sites).await.unwrap();
    let gateway = |id: &str, online| Gateway {
        id: GatewayId::parse(id).unwrap(),
        head_end: Some("main".to_owned()),
        name: None,
        site: SiteId::parse("st-1"),
        online: Some(online),
        online_at: None,
    };
    store
        .put_gateways(&[gateway("gw-1", true), gateway("gw-2", false)])
        .await
        .unwrap();
    let customers: Vec<_> = (0..meters)
        .map(|n| Customer {
            id: format!("house-{n}"),
            name: Some(format!("House {n}")),
            phone: None,
            address: Some("by the water tank".to_owned()),
        })
        .collect();
    store.put_customers(&customers).await.unwrap();
    let rows: Vec<_> = (0..meters)
        .map(|n| meter(n, site_of(n), if n >= 23 { "gw-2" } else { "gw-1" }))
        .collect();
    store.put_meters(&rows).await.unwrap();
}

fn site_of(n: usize) -> &'static str {
    ["st-1", "st-2", "st-3"][n % 3]
}

pub(crate) fn latest(meter: &MeterNumber, item: &str, value: &str, now: Moment) -> Latest {
    Latest {
        meter: meter.clone(),
        item: item.to_owned(),
        value: value.to_owned(),
        at: now.plus(-12 * MINUTE - 5_000),
        since: now.plus(-2 * DAY - HOUR - 5_000),
        answer: None,
    }
}

/// Two days of hourly power with a gap, as a home with a small shop draws it.
fn readings(meter: &MeterNumber, now: Moment) -> Vec<Reading> {
    const WATTS: [i64; 12] = [60, 55, 50, 50, 80, 240, 410, 300, 280, 520, 760, 180];
    (0..48)
        .filter(|hour| !(20..24).contains(hour))
        .map(|hour| Reading {
            meter: meter.clone(),
            register: "power_w",
            at: now.plus(-HOUR * (48 - hour)),
            milli: WATTS[usize::try_from(hour).unwrap() % 12] * 1000 + hour * 250,
        })
        .collect()
}

/// Cases that explain others.
async fn groups(store: &Store, first: usize, now: Moment) {
    let opened = now.plus(-45 * MINUTE - 5_000);
    let mut dark = case(
        "gateway",
        "gw-2",
        "gateway-dark",
        condition("gateway-dark"),
        opened,
    );
    dark.site = Some("st-1".to_owned());
    let mut job = case(
        "site",
        "st-2",
        "utility-job",
        condition("utility-job"),
        opened,
    );
    job.site = Some("st-2".to_owned());
    let login = case(
        "head_end",
        "main",
        "head-end-login",
        condition("head-end-login"),
        opened,
    );
    let open: Vec<_> = [dark, job, login]
        .into_iter()
        .map(|new| CaseChange::Seen(Box::new(new)))
        .collect();
    store.change_cases(&open).await.unwrap();
    let (dark, job) = (case_of(store, "gw-2").await, case_of(store, "st-2").await);
    let below = judge(Said::Ami(AmiCode(1011)), &Evidence::default());
    let mut changes = Vec::new();
    for n in first..first + 6 {
        let meter = number(n);
        let (cause, words, parent) = match n % 2 {
            0 => ("silent", condition("silent"), dark),
            _ => ("low-voltage", words(&below), job),
        };
        let mut new = case("meter", meter.as_str(), cause, words, opened);
        new.site = Some(site_of(n).to_owned());
        new.parent = Some(parent);
        changes.push(CaseChange::Seen(Box::new(new)));
    }
    store.change_cases(&changes).await.unwrap();
}

async fn notes(store: &Store, now: Moment) {
    let about = number(8);
    let note = Note {
        case: case_of(store, about.as_str()).await,
        at: now.plus(-30 * MINUTE - 5_000),
        who: "desk".to_owned(),
        text: "The customer says the house was wired last week.".to_owned(),
    };
    store.add_note(&note).await.unwrap();
    let event = Event {
        meter: about,
        received: now.plus(-HOUR),
        local: "2026-11-22 07:15:00".to_owned(),
        source: "main".to_owned(),
        code: 43,
        text: Some("Power on".to_owned()),
    };
    store.keep_events(&[event]).await.unwrap();
}

/// Neighbours that are as they are told to be.
#[derive(Clone, Debug, Default)]
pub(crate) struct Health {
    pub(crate) head_ends: Vec<HeadEndHealth>,
    pub(crate) trouble: Option<Trouble>,
}

impl HealthSource for Health {
    fn head_ends(&self) -> Vec<HeadEndHealth> {
        self.head_ends.clone()
    }

    fn store_trouble(&self) -> Option<Trouble> {
        self.trouble.clone()
    }
}

/// A head-end that answers, with a poller that went round just now.
pub(crate) fn well(now: Moment) -> HeadEndHealth {
    HeadEndHealth {
        name: "main".to_owned(),
        up: true,
        since: Some(now.plus(-DAY)),
        sentence: None,
        heartbeat: Some(now),
        in_flight: 4,
        waiting: 17,
    }
}

/// The same, refusing our password for 45 minutes.
pub(crate) fn down(now: Moment) -> HeadEndHealth {
    HeadEndHealth {
        up: false,
        since: Some(now.plus(-45 * MINUTE - 5_000)),
        sentence: Some("the head-end refuses user or password".to_owned()),
        ..well(now)
    }
}
