//! Single wishes that come at the same time.

use crate::desk::{Desk, number, who, wish};
use desk::command::{Counter, Denied, TOGETHER};
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use people::Role;
use std::collections::BTreeSet;

#[tokio::test]
async fn wishes_at_the_same_time_share_a_step_and_each_has_its_own_answer() {
    let many = TOGETHER + 44;
    let desk = Desk::open(many).await;
    let counter = Counter::new(desk.commands.clone());
    let asks = (0..many).map(|n| counter.ask(wish(n, "set-clock", "one")));
    for (n, came) in join_all(asks).await.into_iter().enumerate() {
        let asked = came.unwrap();
        assert_eq!(asked.id.unwrap().meter, number(n));
        assert_eq!((asked.state.as_str(), asked.again), ("queued", false));
    }
    let kept = desk.kept().await;
    assert_eq!(kept.len(), many);
    // what is written down together is written down at one moment
    let steps: BTreeSet<_> = kept.iter().map(|command| command.at).collect();
    assert!(steps.len() <= 2, "{} steps", steps.len());
}

#[tokio::test]
async fn one_wish_that_is_refused_spoils_no_other() {
    let desk = Desk::open(20).await;
    let counter = Counter::new(desk.commands.clone());
    let mut wishes: Vec<_> = (0..20).map(|n| wish(n, "set-clock", "one")).collect();
    wishes[3].kind = "explode".to_owned();
    wishes[5].meter = number(999);
    wishes[7].who = who("guest", Role::Viewer);
    wishes[9].reason = String::new();
    let came = join_all(wishes.into_iter().map(|one| counter.ask(one))).await;
    for (n, came) in came.into_iter().enumerate() {
        let denied = came.as_ref().err().map(AsRef::as_ref);
        let fits = match n {
            3 => matches!(denied, Some(Denied::Unfit(_))),
            5 => matches!(denied, Some(Denied::NoMeter(_))),
            7 => matches!(denied, Some(Denied::NotAllowed(_))),
            9 => matches!(denied, Some(Denied::NoReason)),
            _ => came.is_ok(),
        };
        assert!(fits, "{n}: {came:?}");
    }
    assert_eq!(desk.kept().await.len(), 16);
}

#[tokio::test]
async fn wishes_for_one_meter_keep_their_order_and_the_newest_stands() {
    let desk = Desk::open(2).await;
    let counter = Counter::new(desk.commands.clone());
    let names = ["one", "two", "three"];
    let asks = names.map(|name| counter.ask(wish(1, "set-clock", name)));
    let ids: Vec<_> = join_all(asks)
        .await
        .into_iter()
        .map(|came| came.unwrap().id.unwrap())
        .collect();
    assert!(ids.is_sorted(), "{ids:?}");
    let kept = desk.kept().await;
    let states: Vec<_> = kept.iter().map(|one| one.stand.state.as_str()).collect();
    assert_eq!(states, ["superseded", "superseded", "queued"]);
}

#[tokio::test]
async fn the_same_name_at_the_same_time_is_one_command() {
    let desk = Desk::open(1).await;
    let counter = Counter::new(desk.commands.clone());
    let asks = (0..5).map(|_| counter.ask(wish(0, "set-clock", "one")));
    let came = join_all(asks).await;
    let again: Vec<_> = came
        .iter()
        .map(|came| came.as_ref().unwrap().again)
        .collect();
    assert_eq!(again, [false, true, true, true, true]);
    assert_eq!(desk.kept().await.len(), 1);
}

#[tokio::test]
async fn who_does_not_wait_has_asked_all_the_same() {
    let desk = Desk::open(2).await;
    let counter = Counter::new(desk.commands.clone());
    let left = counter.ask(wish(0, "set-clock", "one")).now_or_never();
    assert!(left.is_none(), "it was answered before it was written down");
    counter.ask(wish(1, "set-clock", "one")).await.unwrap();
    assert_eq!(desk.kept().await.len(), 2);
}

#[tokio::test]
async fn a_store_that_is_away_is_said_to_everybody_who_waits() {
    let desk = Desk::open(9).await;
    let counter = Counter::new(desk.commands.clone());
    desk.store.close().await;
    for _ in 0..2 {
        let asks = (0..9).map(|n| counter.ask(wish(n, "set-clock", "one")));
        for came in join_all(asks).await {
            assert!(matches!(came.unwrap_err().as_ref(), Denied::Store(_)));
        }
    }
}
