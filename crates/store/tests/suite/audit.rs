//! The audit: a chain for each site, and its anchors.

use crate::place::{Place, on_both};
use fleet::Moment;
use ledger::{Anchor, Finding, SigningKey, bind, verify};
use store::{AuditFilter, Audited, NewAudit, Store};

on_both![
    the_audit_is_only_added_to,
    each_site_has_a_chain_and_all_hold_together,
    many_at_once_make_one_chain,
    what_cannot_be_kept_to_the_letter_is_hashed_as_it_is_kept,
    a_page_follows_the_other_and_filters_hold,
    an_anchor_has_its_place_alone,
    what_is_done_behind_our_back_is_found,
];

/// Something done at moment 9.
pub(crate) fn audited(what: &str, subject: &str) -> NewAudit {
    NewAudit {
        site: String::new(),
        at: Moment(9),
        who: "first".into(),
        via: "key 1".into(),
        what: what.into(),
        subject: subject.into(),
        detail: "{}".into(),
    }
}

fn at(site: &str, what: &str) -> NewAudit {
    NewAudit {
        site: site.into(),
        ..audited(what, "47001582544")
    }
}

/// What was done, oldest first.
pub(crate) async fn log(store: &Store) -> Vec<String> {
    let log = store.audit_log(&AuditFilter::default(), None, 99).await;
    log.unwrap()
        .into_iter()
        .rev()
        .map(|line| line.what)
        .collect()
}

/// Everything, chain by chain.
async fn rows(store: &Store) -> Vec<Audited> {
    let mut rows = Vec::new();
    for head in store.chain_heads().await.unwrap() {
        rows.extend(store.chain_rows(&head.site, 0, 100_000).await.unwrap());
    }
    rows
}

async fn findings(store: &Store, outside: &[Anchor]) -> Vec<Finding> {
    let anchors = store.anchors(0, 99).await.unwrap();
    let anchors: Vec<Anchor> = anchors.iter().map(|line| line.parse().unwrap()).collect();
    let rows = rows(store).await;
    verify(rows.iter().map(Audited::row), &anchors, outside, &[])
}

async fn the_audit_is_only_added_to(place: Place) {
    let store = place.open().await;
    store
        .audit(&[audited("import", "fleet.csv")])
        .await
        .unwrap();
    store.put_anchor(1, Moment(1), "{}").await.unwrap();
    let mut statements = vec![
        "UPDATE chain SET who = 'x'",
        "DELETE FROM chain",
        "UPDATE anchor SET line = 'x'",
        "DELETE FROM anchor",
    ];
    if place.is_postgres() {
        statements.extend(["TRUNCATE chain", "TRUNCATE anchor"]);
    }
    for statement in statements {
        place.refused(statement).await;
    }
    assert_eq!(log(&store).await, ["import"]);
}

async fn each_site_has_a_chain_and_all_hold_together(place: Place) {
    let store = place.open().await;
    assert_eq!(store.chain_heads().await.unwrap(), []);
    store.audit(&[]).await.unwrap();
    let first = [at("S1", "a"), at("", "b"), at("S1", "c"), at("S2", "d")];
    store.audit(&first).await.unwrap();
    store.audit(&[at("S2", "e"), at("S1", "f")]).await.unwrap();
    let heads = store.chain_heads().await.unwrap();
    let mut ends: Vec<(&str, i64)> = heads
        .iter()
        .map(|head| (head.site.as_str(), head.n))
        .collect();
    ends.sort_unstable();
    assert_eq!(ends, [("", 1), ("S1", 3), ("S2", 2)]);
    let lines = store.chain_rows("S1", 0, 99).await.unwrap();
    let whats: Vec<&str> = lines.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(whats, ["a", "c", "f"]);
    let last = store.chain_rows("S1", 1, 1).await.unwrap();
    assert_eq!((last.len(), last[0].n), (1, 2));
    for head in &heads {
        let rows = store.chain_rows(&head.site, head.n - 1, 9).await.unwrap();
        assert_eq!(rows[0].hash, head.hash.to_string());
    }
    assert_eq!(findings(&store, &[]).await, []);
}

/// Also across transactions that run at the same time, and in numbers.
async fn many_at_once_make_one_chain(place: Place) {
    let store = place.open().await;
    let all: Vec<_> = (0..8)
        .map(|worker| {
            let store = store.clone();
            tokio::spawn(async move {
                for round in 0..5 {
                    let many: Vec<NewAudit> = (0..60)
                        .map(|place| at(["S1", "S2", ""][(place + worker + round) % 3], "act"))
                        .collect();
                    store.audit(&many).await.unwrap();
                }
            })
        })
        .collect();
    for one in all {
        one.await.unwrap();
    }
    let rows = rows(&store).await;
    assert_eq!(rows.len(), 8 * 5 * 60);
    assert_eq!(findings(&store, &[]).await, []);
}

async fn what_cannot_be_kept_to_the_letter_is_hashed_as_it_is_kept(place: Place) {
    let store = place.open().await;
    let mut odd = at("S\0", "odd\0what");
    odd.detail = "{\"a\":  \"\u{e9}\\u0000\"}".into();
    store.audit(&[odd.clone(), odd]).await.unwrap();
    assert_eq!(store.chain_heads().await.unwrap()[0].n, 2);
    assert_eq!(findings(&store, &[]).await, []);
}

async fn a_page_follows_the_other_and_filters_hold(place: Place) {
    let store = place.open().await;
    let mut all = Vec::new();
    for (place, site) in ["", "S1", "S2"].iter().cycle().take(10).enumerate() {
        let mut new = at(site, if place < 5 { "hold" } else { "stop" });
        new.at = Moment(i64::try_from(place / 2).unwrap());
        new.who = if place == 3 { "second" } else { "first" }.into();
        new.subject = place.to_string();
        all.push(new);
    }
    store.audit(&all).await.unwrap();
    let (mut seen, mut after) = (Vec::new(), None);
    loop {
        let filter = AuditFilter::default();
        let page = store.audit_log(&filter, after.as_ref(), 3).await.unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.cursor());
        seen.extend(page);
    }
    let moments: Vec<i64> = seen.iter().map(|line| line.at.0).collect();
    assert_eq!(moments, [4, 4, 3, 3, 2, 2, 1, 1, 0, 0]);
    let mut subjects: Vec<&str> = seen.iter().map(|line| line.subject.as_str()).collect();
    subjects.sort_unstable();
    subjects.dedup();
    assert_eq!(subjects.len(), 10, "no line twice");

    let many = async |filter: AuditFilter| store.audit_log(&filter, None, 99).await.unwrap().len();
    let some = |text: &str| Some(text.to_owned());
    let every = AuditFilter::default;
    assert_eq!(
        many(AuditFilter {
            site: some(""),
            ..every()
        })
        .await,
        4
    );
    assert_eq!(
        many(AuditFilter {
            who: some("second"),
            ..every()
        })
        .await,
        1
    );
    assert_eq!(
        many(AuditFilter {
            what: some("hold"),
            ..every()
        })
        .await,
        5
    );
    let both = AuditFilter {
        site: some("S1"),
        what: some("hold"),
        ..every()
    };
    assert_eq!(many(both).await, 2);
    assert_eq!(
        many(AuditFilter {
            subject: some("7"),
            ..every()
        })
        .await,
        1
    );
}

async fn an_anchor_has_its_place_alone(place: Place) {
    let store = place.open().await;
    assert_eq!(store.last_anchor().await.unwrap(), None);
    assert!(store.put_anchor(1, Moment(1), "a").await.unwrap());
    assert!(!store.put_anchor(1, Moment(2), "b").await.unwrap());
    assert!(store.put_anchor(2, Moment(2), "c").await.unwrap());
    assert_eq!(store.last_anchor().await.unwrap().unwrap(), "c");
    assert_eq!(store.anchors(0, 9).await.unwrap(), ["a", "c"]);
    assert_eq!(store.anchors(1, 9).await.unwrap(), ["c"]);
    assert_eq!(store.anchors(0, 1).await.unwrap(), ["a"]);
}

/// With the triggers out of the way, as somebody who owns the database can have it.
async fn what_is_done_behind_our_back_is_found(place: Place) {
    let store = place.open().await;
    store
        .audit(&[at("S1", "a"), at("S1", "b"), at("S1", "c"), at("S2", "d")])
        .await
        .unwrap();
    let key = SigningKey::of([3; 32]).unwrap();
    let anchor = bind(None, Moment(10), store.chain_heads().await.unwrap(), &key);
    store
        .put_anchor(1, anchor.at, &anchor.to_string())
        .await
        .unwrap();
    assert_eq!(findings(&store, std::slice::from_ref(&anchor)).await, []);
    let away = if place.is_postgres() {
        "ALTER TABLE chain DISABLE TRIGGER ALL"
    } else {
        "DROP TRIGGER chain_stays; DROP TRIGGER chain_is_kept"
    };
    place.tamper(away).await;
    let site = || "S1".to_owned();
    place
        .tamper("UPDATE chain SET who = 'x' WHERE site = 'S1' AND n = 2")
        .await;
    assert_eq!(
        findings(&store, &[]).await,
        [Finding::RowChanged { site: site(), n: 2 }]
    );
    place
        .tamper("DELETE FROM chain WHERE site = 'S1' AND n = 2")
        .await;
    let gap = Finding::RowsMissing {
        site: site(),
        first: 2,
        last: 2,
    };
    assert_eq!(findings(&store, &[]).await, [gap]);
    place
        .tamper("DELETE FROM chain WHERE site = 'S1' AND n = 3")
        .await;
    let cut = Finding::TailCut {
        site: site(),
        ends: 1,
        saw: 3,
        anchor: 1,
    };
    assert_eq!(findings(&store, &[]).await, [cut]);
    place.tamper("DELETE FROM chain WHERE site = 'S1'").await;
    let gone = Finding::ChainMissing {
        site: site(),
        saw: 3,
        anchor: 1,
    };
    assert_eq!(findings(&store, &[]).await, [gone]);
    // and what follows is linked on, so that nobody has to stop working
    store.audit(&[at("S1", "e")]).await.unwrap();
    assert_ne!(findings(&store, &[]).await, []);
}
