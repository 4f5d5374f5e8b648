//! Standings, contacts, neighbours, leases.

use crate::fixtures::{
    METER, OTHER, at_site, bare, gateway, judged, nth, number, opened, value, words,
};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{Group, Meter, Settlement, Standing};

on_both![
    contact_never_goes_back_whoever_writes_it,
    everything_known_of_meters_comes_at_once_and_strangers_are_left_out,
    neighbours_are_counted_by_site_and_gateway_without_the_meter_itself,
    a_lease_has_one_holder_and_its_fence_rises_with_each,
    two_nodes_never_hold_one_lease_at_once,
];

async fn contact_never_goes_back_whoever_writes_it(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    store
        .touch(&[(meter.clone(), Moment(50))], &[(meter.clone(), 2)])
        .await
        .unwrap();
    let first = store.standing(&meter).await.unwrap().unwrap();
    assert_eq!(
        (first.asked_at, first.heard_at, first.silent),
        (Some(Moment(50)), None, 2)
    );
    assert_eq!(first.words, store::Words::default(), "never judged");
    // the verdict was made from what was known before the ask
    let standing = Standing {
        asked_at: Some(Moment(10)),
        ..judged(&meter, words("x", "fine", 0), 60)
    };
    store
        .settle(&Settlement {
            standings: vec![standing],
            ..Settlement::default()
        })
        .await
        .unwrap();
    let second = store.standing(&meter).await.unwrap().unwrap();
    assert_eq!(
        (second.asked_at, second.heard_at),
        (Some(Moment(50)), Some(Moment(60)))
    );
    assert_eq!((second.silent, second.words.slug.as_str()), (0, "x"));
    let late = Standing {
        asked_at: None,
        heard_at: None,
        ..second.clone()
    };
    store
        .settle(&Settlement {
            standings: vec![late],
            ..Settlement::default()
        })
        .await
        .unwrap();
    assert_eq!(store.standing(&meter).await.unwrap().unwrap(), second);
    store
        .touch(
            &[(meter.clone(), Moment(40)), (meter.clone(), Moment(70))],
            &[],
        )
        .await
        .unwrap();
    let last = store.standing(&meter).await.unwrap().unwrap();
    assert_eq!(
        (last.asked_at, last.words),
        (Some(Moment(70)), second.words)
    );
}

async fn everything_known_of_meters_comes_at_once_and_strangers_are_left_out(place: Place) {
    let store = place.open().await;
    let (mine, other) = (number(METER), number(OTHER));
    store
        .put_meters(&[at_site(mine.clone(), "S1"), bare(other.clone())])
        .await
        .unwrap();
    store
        .settle(&Settlement {
            latest: vec![
                value(METER, "relay", "open", 1),
                value(METER, "power", "0", 1),
            ],
            standings: vec![judged(&mine, words("x", "visit", 3), 1)],
            ..Settlement::default()
        })
        .await
        .unwrap();
    let case = opened(&store, METER, "x", 3, 1).await;
    let asked = [other.clone(), nth(7), mine.clone(), mine.clone()];
    let known = store.known(&asked).await.unwrap();
    assert_eq!(known.len(), 2);
    assert_eq!(known[0].meter, at_site(mine, "S1"));
    assert_eq!(known[0].cases, [case]);
    let items: Vec<&str> = known[0]
        .latest
        .iter()
        .map(|latest| latest.item.as_str())
        .collect();
    assert_eq!(items, ["power", "relay"]);
    assert_eq!(known[0].standing.as_ref().unwrap().words.decision, "visit");
    let nothing = store::Known {
        meter: bare(other),
        standing: None,
        latest: vec![],
        cases: vec![],
    };
    assert_eq!(known[1], nothing);
}

async fn neighbours_are_counted_by_site_and_gateway_without_the_meter_itself(place: Place) {
    let store = place.open().await;
    let mut meters = Vec::new();
    let mut standings = Vec::new();
    for place in 0..6 {
        let meter = nth(place);
        let through = (place % 2 == 0).then(|| gateway("G1"));
        meters.push(Meter {
            gateway: through,
            ..at_site(meter.clone(), "S1")
        });
        let code = if place < 4 { 1011 } else { 1000 };
        standings.push(Standing {
            ami_code: Some(code),
            ..judged(&meter, words("x", "office", 3), 100 + i64::from(place))
        });
    }
    store.put_meters(&meters).await.unwrap();
    store
        .settle(&Settlement {
            standings,
            ..Settlement::default()
        })
        .await
        .unwrap();
    let alike = async |group, id, since| {
        store
            .alike(group, id, &nth(0), 1011, Moment(since))
            .await
            .unwrap()
    };
    assert_eq!(alike(Group::Site, "S1", 0).await, (5, 3));
    assert_eq!(alike(Group::Site, "S1", 103).await, (3, 1));
    assert_eq!(alike(Group::Gateway, "G1", 0).await, (2, 1));
    assert_eq!(alike(Group::Gateway, "S1", 0).await, (0, 0));
}

async fn a_lease_has_one_holder_and_its_fence_rises_with_each(place: Place) {
    let store = place.open().await;
    let lease = async |holder, now| {
        store
            .lease("poller main", holder, Moment(now), 100)
            .await
            .unwrap()
    };
    assert_eq!(lease("a", 0).await, Some(1));
    assert_eq!(lease("b", 50).await, None);
    let leased = async |name, now| store.is_leased(name, Moment(now)).await.unwrap();
    assert!(leased("poller main", 99).await && !leased("poller main", 100).await);
    assert!(!leased("poller other", 0).await);
    assert_eq!(lease("a", 90).await, Some(1), "renewed");
    assert_eq!(lease("b", 189).await, None);
    assert_eq!(lease("b", 190).await, Some(2), "it ran out");
    assert_eq!(lease("a", 191).await, None);
    store.release("poller main", "a").await.unwrap();
    assert_eq!(lease("a", 192).await, None, "only its holder gives it back");
    store.release("poller main", "b").await.unwrap();
    assert!(!leased("poller main", 192).await);
    assert_eq!(lease("a", 193).await, Some(3));
    assert_eq!(
        lease("a", 500).await,
        Some(4),
        "one who slept through the end begins anew"
    );
}

async fn two_nodes_never_hold_one_lease_at_once(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    for round in 0..20 {
        let now = Moment(round * 1_000);
        let (a, b) = tokio::join!(one.lease("x", "a", now, 999), two.lease("x", "b", now, 999));
        let held = [a.unwrap(), b.unwrap()];
        assert_eq!(held.iter().flatten().count(), 1, "{held:?}");
    }
}
