//! One wish for many meters.

use crate::desk::{Desk, number, who};
use desk::command::{Bulk, Denied, MOST};
use people::Role;
use serde_json::json;
use std::ops::Range;

fn bulk(kind: &str, meters: Range<usize>) -> Bulk {
    Bulk {
        meters: meters.map(number).collect(),
        kind: kind.to_owned(),
        args: json!({}),
        reason: "work on the line".to_owned(),
        who: who("desk", Role::Operator),
        intent: "line-7".to_owned(),
        canary: 0,
    }
}

#[tokio::test]
async fn a_dry_run_says_how_many_go_dark_and_how_long_it_takes() {
    let desk = Desk::open(110).await;
    let tried = desk.commands.request_many(bulk("disconnect", 5..20), true);
    let tried = tried.await.unwrap();
    assert_eq!(tried.items.len(), 15);
    for (_, came) in &tried.items {
        let asked = came.as_ref().unwrap();
        assert_eq!(
            (asked.id.as_ref(), asked.state.as_str()),
            (None, "proposed")
        );
        assert!(asked.darkens.is_some());
    }
    assert!(desk.kept().await.is_empty());
    let reach = tried.reach;
    assert_eq!((reach.darkens, reach.fleet_day), (15, 100));
    let sites: Vec<_> = reach
        .sites
        .iter()
        .map(|at| {
            (
                at.site.as_deref(),
                at.homes,
                at.darkens,
                at.hour,
                at.day,
                at.hours,
            )
        })
        .collect();
    // five of ten homes go two a day; ten of a hundred go five an hour
    let large = (Some("large"), 100, 10, 5, 10, 1);
    assert_eq!(sites, [large, (Some("small"), 10, 5, 1, 2, 48)]);
    assert_eq!(reach.hours, 48);
}

#[tokio::test]
async fn a_canary_is_asked_first_and_nothing_is_asked_twice() {
    let desk = Desk::open(12).await;
    let mut first = bulk("set-clock", 0..12);
    first.canary = 3;
    let first = desk.commands.request_many(first, false).await.unwrap();
    assert_eq!((first.items.len(), first.left), (3, 9));
    let all = desk.commands.request_many(bulk("set-clock", 0..12), false);
    let all = all.await.unwrap();
    let again: Vec<bool> = all
        .items
        .iter()
        .map(|(_, came)| came.as_ref().unwrap().again)
        .collect();
    assert_eq!(again[..3], [true; 3]);
    assert_eq!(again[3..], [false; 9]);
    assert_eq!((all.left, desk.kept().await.len()), (0, 12));
}

#[tokio::test]
async fn a_meter_that_is_not_there_is_its_own_fault() {
    let desk = Desk::open(2).await;
    let came = desk.commands.request_many(bulk("set-clock", 0..3), false);
    let came = came.await.unwrap();
    assert!(matches!(came.items[2].1, Err(Denied::NoMeter(_))));
    assert_eq!(desk.kept().await.len(), 2);
}

#[tokio::test]
async fn what_is_wrong_everywhere_is_refused_as_a_whole() {
    let desk = Desk::open(3).await;
    let ask = async |change: fn(&mut Bulk)| {
        let mut bulk = bulk("set-clock", 0..3);
        change(&mut bulk);
        desk.commands.request_many(bulk, false).await.unwrap_err()
    };
    let kind = ask(|bulk| bulk.kind = "explode".to_owned()).await;
    assert!(matches!(kind, Denied::Unfit(_)));
    let viewer = ask(|bulk| bulk.who = who("guest", Role::Viewer)).await;
    assert!(matches!(viewer, Denied::NotAllowed(_)));
    // of a single meter this would need no reason
    let reason = ask(|bulk| (bulk.kind, bulk.reason) = ("read".to_owned(), String::new())).await;
    assert!(matches!(reason, Denied::NoReason));
    let limit = ask(|bulk| {
        bulk.kind = "set-load-limit".to_owned();
        bulk.args = json!({ "watts": 0 });
    });
    assert!(matches!(limit.await, Denied::Never(_)));
    let token = ask(|bulk| {
        bulk.kind = "deliver-token".to_owned();
        bulk.args = json!({ "token": "37037300014464855694", "purpose": "clear-tamper" });
    });
    assert!(token.await.to_string().contains("one meter"));
    let twice = ask(|bulk| bulk.meters.push(number(0))).await;
    assert!(matches!(twice, Denied::Twice(_)));
    let many = ask(|bulk| bulk.meters = (0..=MOST).map(number).collect()).await;
    assert!(matches!(many, Denied::TooMany));
    assert!(desk.kept().await.is_empty());
}
