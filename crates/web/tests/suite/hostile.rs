//! Whatever comes from outside is text: never markup, never a failure.

use crate::ask::Installation;
use crate::house::{self};
use fleet::{GatewayId, MeterNumber, SiteId};
use proptest::prelude::*;
use store::{
    CaseChange, Customer, Event, Latest, NewAnswer, Note, Settlement, Site, Standing, Words,
};
use web::HeadEndHealth;

const EVIL: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&";
/// As it has to look on a page.
const TAME: &str = "&#60;script&#62;alert(1)";

fn evil_words() -> Words {
    Words {
        slug: EVIL.to_owned(),
        class: EVIL.to_owned(),
        supply: EVIL.to_owned(),
        decision: EVIL.to_owned(),
        owner: EVIL.to_owned(),
        severity: 200,
        because: serde_json::json!({ "en": [EVIL], "fr": [EVIL] }).to_string(),
    }
}

/// Every text of a meter, its case and its surroundings is hostile.
async fn poisoned() -> (Installation, MeterNumber) {
    let sick = |now| HeadEndHealth {
        name: EVIL.to_owned(),
        sentence: Some(EVIL.to_owned()),
        ..house::down(now)
    };
    let it = Installation::with(|now| vec![sick(now)]).await;
    let (store, now) = (&it.store, it.now);
    let mut meter = house::meter(1, EVIL, EVIL);
    meter.head_end = Some(EVIL.to_owned());
    meter.customer = Some(EVIL.to_owned());
    let number = meter.number.clone();
    let site = Site {
        id: SiteId::parse(EVIL).unwrap(),
        name: Some(EVIL.to_owned()),
        zone: None,
    };
    store.put_sites(&[site]).await.unwrap();
    let text = || Some(EVIL.to_owned());
    let customer = Customer {
        id: EVIL.to_owned(),
        name: text(),
        phone: text(),
        address: text(),
    };
    store.put_customers(&[customer]).await.unwrap();
    store.put_meters(&[meter]).await.unwrap();
    let answer = NewAnswer {
        at: now,
        source: EVIL.to_owned(),
        meter: Some(number.clone()),
        asked: EVIL.to_owned(),
        body: format!("\u{202e}{EVIL}{}", "x".repeat(10_000)),
        slot: None,
    };
    let kept = store.keep(&[answer]).await.unwrap();
    let mut new = house::case("meter", number.as_str(), EVIL, evil_words(), now);
    new.site = text();
    new.gateway = text();
    let group = house::case("gateway", EVIL, EVIL, evil_words(), now);
    let settlement = Settlement {
        settled: vec![(kept[0], text())],
        latest: vec![Latest {
            meter: number.clone(),
            item: EVIL.to_owned(),
            value: EVIL.to_owned(),
            at: now,
            since: now,
            answer: None,
        }],
        standings: vec![Standing {
            meter: number.clone(),
            status: text(),
            ami_code: Some(65_535),
            words: evil_words(),
            observed_at: Some(fleet::Moment(i64::MAX)),
            since: Some(fleet::Moment(i64::MIN)),
            asked_at: Some(now),
            heard_at: None,
            silent: u32::MAX,
        }],
        cases: vec![
            CaseChange::Seen(Box::new(new)),
            CaseChange::Seen(Box::new(group)),
        ],
        ..Settlement::default()
    };
    store.settle(&settlement).await.unwrap();
    let case = house::case_of(store, number.as_str()).await;
    let note = Note {
        case,
        at: now,
        who: EVIL.to_owned(),
        text: EVIL.to_owned(),
    };
    store.add_note(&note).await.unwrap();
    let event = Event {
        meter: number.clone(),
        received: now,
        local: EVIL.to_owned(),
        source: EVIL.to_owned(),
        code: -1,
        text: text(),
    };
    store.keep_events(&[event]).await.unwrap();
    (it, number)
}

#[tokio::test]
async fn a_text_from_outside_is_never_markup() {
    let (it, number) = poisoned().await;
    let id = house::case_of(&it.store, number.as_str()).await.0;
    let encoded = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E";
    let paths = [
        "/".to_owned(),
        format!(
            "/?site={encoded}&cause={encoded}&subject={encoded}&after={encoded}&lang={encoded}"
        ),
        "/meters".to_owned(),
        format!("/meters?text={encoded}&gateway={encoded}&slug={encoded}"),
        format!("/meters/{number}"),
        format!("/meters/{encoded}"),
        format!("/cases/{id}"),
        format!("/cases/{encoded}"),
        format!("/{encoded}?{encoded}={encoded}"),
    ];
    for path in paths {
        let came = it.get(&path).await;
        assert!(came.status.as_u16() < 500, "{path}");
        assert!(
            !came.body.contains("<script") && !came.body.contains("<img"),
            "{path}"
        );
        assert!(
            came.body.contains(TAME),
            "{path}: the banner at least shows it"
        );
    }
    let page = it.page(&format!("/meters/{number}")).await;
    assert!(
        page.matches(TAME).count() > 15,
        "{}",
        page.matches(TAME).count()
    );
    assert!(page.contains("cut here"));
}

#[tokio::test]
async fn a_path_cannot_lead_a_link_to_another_server() {
    let it = Installation::empty().await;
    for path in ["//evil.example/", "///evil.example", "/%5Cevil.example"] {
        let page = it.get(path).await.body;
        assert!(
            !page.contains("href=\"//") && !page.contains("href=\"/\\"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn ids_of_places_may_hold_anything() {
    assert!(GatewayId::parse(EVIL).is_some() && SiteId::parse(EVIL).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any bytes in any place of an address, on every page.
    #[test]
    fn no_address_makes_the_server_fail(
        texts in prop::collection::vec(("[a-z]{0,8}", prop::collection::vec(any::<u8>(), 0..40)), 0..6),
        tail in prop::collection::vec(any::<u8>(), 0..30),
    ) {
        let encode = |bytes: &[u8]| bytes.iter().map(|it| format!("%{it:02x}")).collect::<String>();
        let names = ["site", "decision", "owner", "after", "limit", "lang", "text", "cause"];
        let query: Vec<_> = texts
            .iter()
            .enumerate()
            .map(|(n, (own, value))| {
                let name = if own.len() % 2 == 0 { names[n] } else { own.as_str() };
                format!("{name}={}", encode(value))
            })
            .collect();
        let (query, tail) = (query.join("&"), encode(&tail));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let it = Installation::empty().await;
            for path in ["/", "/meters", "/meters/", "/cases/", "/api/v1/worklist", "/api/v1/meters", "/api/v1/meters/"] {
                let path = if path.ends_with("s/") { format!("{path}{tail}") } else { path.to_owned() };
                let came = it.get(&format!("{path}?{query}")).await;
                assert!(came.status.as_u16() < 500, "{path}?{query}");
            }
        });
    }
}
