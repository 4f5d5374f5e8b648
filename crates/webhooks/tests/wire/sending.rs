//! The sender, with a store and somebody who hears.

use crate::stage::{Clock, SECRET, Stage, endpoint, message, opened, posted, until};
use fleet::Moment;
use sim::{Fault, FaultName, Password, Running, Scene, WebhookStats};
use std::time::Duration;
use store::{Message, MessageFilter, Store};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use webhooks::{Options, Sender};

/// A receiver that checks what it hears: the simulator's.
async fn receiver() -> (Running, String) {
    let scene = Scene {
        webhook_secret: Some(Password(SECRET.to_owned())),
        ..Scene::default()
    };
    let options = sim::Options {
        heads: Vec::new(),
        ..sim::Options::default()
    };
    let running = sim::start(scene, &options).await.unwrap();
    let url = format!("{}/sim/webhook", running.control_url);
    (running, url)
}

fn options(clock: &Clock) -> Options {
    Options {
        every: Duration::from_millis(20),
        ..Options::new("node-1", clock.now())
    }
}

/// A sender that runs until it is stopped, or dropped as if it were killed.
struct Sends(Option<oneshot::Sender<()>>, JoinHandle<()>);

fn sends(store: &Store, url: &str, options: Options) -> Sends {
    let (stop, stopped) = oneshot::channel();
    let sender = Sender::new(endpoint(url), store.clone(), options).unwrap();
    let run = sender.run(async move { drop(stopped.await) });
    Sends(Some(stop), tokio::spawn(run))
}

impl Sends {
    async fn stop(mut self) {
        drop(self.0.take());
        self.1.await.unwrap();
    }

    fn kill(self) {
        self.1.abort();
    }
}

async fn waiting(store: &Store) -> u64 {
    let waiting = store.waiting_messages().await.unwrap();
    waiting.iter().map(|one| one.messages).sum()
}

async fn all(store: &Store) -> Vec<Message> {
    store
        .messages(&MessageFilter::default(), 10_000)
        .await
        .unwrap()
}

fn heard(distinct: u64, repeats: u64, bad: u64, faults: u64) -> WebhookStats {
    WebhookStats {
        distinct,
        repeats,
        bad,
        faults,
    }
}

#[tokio::test]
async fn everything_is_heard_once_where_nothing_goes_wrong() {
    let (_folder, store) = opened().await;
    let (receiver, url) = receiver().await;
    let clock = Clock::at(1_000_000);
    posted(&store, 0..2_000).await;
    let sender = sends(&store, &url, options(&clock));
    until(async || waiting(&store).await == 0).await;
    sender.stop().await;
    assert_eq!(receiver.handle.stats().webhook, heard(2_000, 0, 0, 0));
    let all = all(&store).await;
    assert!(
        all.iter()
            .all(|one| one.attempts == 1 && one.outcome.is_none())
    );
    assert!(
        all.iter()
            .all(|one| one.delivered_at == Some(Moment(1_000_000)))
    );
}

#[tokio::test]
async fn through_every_fault_each_is_heard_in_the_end() {
    let (_folder, store) = opened().await;
    let (receiver, url) = receiver().await;
    let clock = Clock::at(1_000_000);
    let fault = |name, probability| Fault {
        probability,
        ..Fault::always(name).on("/sim/webhook")
    };
    receiver.handle.set_faults(vec![
        fault(FaultName::Html503, 0.1),
        fault(FaultName::Reset, 0.1),
        fault(FaultName::LostAnswer, 0.1),
        fault(FaultName::MessageJson, 0.1),
        fault(FaultName::ExpiredToken, 0.02),
        fault(FaultName::Hang, 0.01),
    ]);
    posted(&store, 0..400).await;
    // one that hangs is not waited for long
    let hasty = Options {
        patience: Duration::from_millis(400),
        ..options(&clock)
    };
    let sender = sends(&store, &url, hasty);
    // hours pass
    until(async || {
        clock.pass(60_000);
        waiting(&store).await == 0
    })
    .await;
    sender.stop().await;
    let stats = receiver.handle.stats().webhook;
    assert_eq!((stats.distinct, stats.bad), (400, 0), "{stats:?}");
    assert!(stats.repeats > 0 && stats.faults > 0, "{stats:?}");
}

#[tokio::test]
async fn who_is_killed_before_the_books_are_written_sends_again_under_the_same_id() {
    let (_folder, store) = opened().await;
    let (receiver, url) = receiver().await;
    let clock = Clock::at(1_000_000);
    posted(&store, 0..10).await;
    // it has sent all, and is killed before the moment in which it writes what came of it
    let slow = Options {
        write_after: Duration::from_hours(1),
        ..options(&clock)
    };
    let first = sends(&store, &url, slow);
    until(async || receiver.handle.stats().webhook.distinct == 10).await;
    first.kill();
    assert_eq!(waiting(&store).await, 10, "the books were not written yet");
    let second = sends(&store, &url, options(&clock));
    until(async || waiting(&store).await == 0).await;
    second.stop().await;
    assert_eq!(receiver.handle.stats().webhook, heard(10, 10, 0, 0));
}

#[tokio::test]
async fn a_replayed_message_comes_again_under_the_same_id() {
    let (_folder, store) = opened().await;
    let (receiver, url) = receiver().await;
    let clock = Clock::at(1_000_000);
    posted(&store, 0..5).await;
    let sender = sends(&store, &url, options(&clock));
    until(async || waiting(&store).await == 0).await;
    let since = store::Replay::Since(Moment(3), None);
    assert_eq!(store.replay(&since, Moment(1_000_000)).await.unwrap(), 2);
    until(async || receiver.handle.stats().webhook.repeats == 2).await;
    sender.stop().await;
    assert_eq!(receiver.handle.stats().webhook, heard(5, 2, 0, 0));
}

#[tokio::test]
async fn one_of_two_nodes_sends_and_the_other_takes_over() {
    let (_folder, store) = opened().await;
    let (receiver, url) = receiver().await;
    let clock = Clock::at(1_000_000);
    let other = Options {
        node: "node-2".to_owned(),
        ..options(&clock)
    };
    let one = sends(&store, &url, options(&clock));
    posted(&store, 0..50).await;
    until(async || waiting(&store).await == 0).await;
    let two = sends(&store, &url, other);
    posted(&store, 50..500).await;
    until(async || waiting(&store).await == 0).await;
    assert_eq!(receiver.handle.stats().webhook, heard(500, 0, 0, 0));
    // the first is gone without a word: its lease runs out
    one.kill();
    clock.pass(31_000);
    posted(&store, 500..510).await;
    until(async || waiting(&store).await == 0).await;
    two.stop().await;
    assert_eq!(receiver.handle.stats().webhook, heard(510, 0, 0, 0));
}

#[tokio::test]
async fn an_endpoint_that_refuses_is_left_alone_and_tried_with_one() {
    let (_folder, store) = opened().await;
    let stage = Stage::answers("404 Not Found\r\n").await;
    let clock = Clock::at(1_000_000);
    posted(&store, 0..100).await;
    let sender = sends(&store, &stage.url, options(&clock));
    until(async || all(&store).await.iter().any(|one| one.attempts > 0)).await;
    // those that were under way are all that came
    let first = stage.came();
    assert!(first <= 16, "{first}");
    let refused: Vec<Message> = all(&store).await;
    let refused = refused.iter().find(|one| one.attempts == 1).unwrap();
    assert_eq!(
        refused.outcome.as_deref(),
        Some("the endpoint refused it with 404: look into its own log")
    );
    let wait = refused.not_before.since(refused.tried_at.unwrap());
    assert!((150_000..=300_000).contains(&wait), "{wait}");
    // after the rest one is sent, and no other while that one fails
    clock.pass(5_000);
    until(async || stage.came() == first + 1).await;
    until(async || {
        all(&store)
            .await
            .iter()
            .filter(|one| one.attempts > 0)
            .count()
            == first + 1
    })
    .await;
    assert_eq!(stage.came(), first + 1);
    // it is mended
    stage.answer("204 No Content\r\n");
    until(async || {
        clock.pass(10_000);
        waiting(&store).await == 0
    })
    .await;
    sender.stop().await;
}

#[tokio::test]
async fn an_endpoint_that_asks_to_be_left_alone_is() {
    let (_folder, store) = opened().await;
    let stage = Stage::answers("429 Slow Down\r\nRetry-After: 900\r\n").await;
    let clock = Clock::at(1_000_000);
    posted(&store, 0..1).await;
    let sender = sends(&store, &stage.url, options(&clock));
    until(async || all(&store).await[0].attempts == 1).await;
    assert_eq!(all(&store).await[0].not_before, Moment(1_900_000));
    posted(&store, 1..2).await;
    stage.answer("200 OK\r\n");
    // the new one waits too
    until(async || {
        clock.pass(10_000);
        waiting(&store).await == 0
    })
    .await;
    let delivered = all(&store)
        .await
        .into_iter()
        .map(|one| one.delivered_at.unwrap());
    assert!(delivered.min().unwrap() >= Moment(1_900_000));
    sender.stop().await;
    assert_eq!(stage.came(), 3);
}

#[tokio::test]
async fn each_try_sends_the_same_id_and_bytes_and_leads_nowhere_else() {
    let (_folder, store) = opened().await;
    let stage = Stage::answers("307 Moved\r\nLocation: http://127.0.0.1:1/\r\n").await;
    let clock = Clock::at(1_000_000);
    store.post_messages(&[message(7)]).await.unwrap();
    let sender = sends(&store, &stage.url, options(&clock));
    until(async || {
        clock.pass(600_000);
        stage.came() >= 3
    })
    .await;
    until(async || all(&store).await[0].attempts >= 3).await;
    let outcome = all(&store).await[0].outcome.clone().unwrap();
    assert!(outcome.contains("307 and leads elsewhere"), "{outcome}");
    stage.answer("200 OK\r\n");
    until(async || {
        clock.pass(600_000);
        waiting(&store).await == 0
    })
    .await;
    sender.stop().await;
    let came = stage.received();
    assert!(
        came.iter()
            .all(|one| one.id == came[0].id && one.body == came[0].body)
    );
    assert_eq!(came[0].id, format!("msg_7_{}", all(&store).await[0].id.0));
    assert_eq!(
        came[0].body,
        r#"{"type":"command.verified","timestamp":"1970-01-01T00:00:00.007Z","data":{"n":7}}"#
    );
}

#[tokio::test]
async fn a_test_message_says_what_came_of_it() {
    let (receiver, url) = receiver().await;
    let patience = Duration::from_secs(2);
    let test = |url: &str| webhooks::test(endpoint(url), Moment(1), patience);
    assert_eq!(test(&url).await.unwrap(), Ok(()));
    assert_eq!(receiver.handle.stats().webhook, heard(1, 0, 0, 0));
    let nobody = test(&format!("{}/nowhere", receiver.control_url))
        .await
        .unwrap();
    assert!(nobody.unwrap_err().contains("404"));
    receiver.stop().await;
    let gone = test(&url).await.unwrap().unwrap_err();
    assert!(gone.contains("cannot be reached"), "{gone}");
    for not in ["", "billing", "ftp://127.0.0.1/", "file:///etc/passwd"] {
        assert!(test(not).await.is_err(), "{not}");
    }
}

#[tokio::test]
#[ignore = "a measurement, run by hand: it prints its own figures"]
async fn how_many_are_carried_each_second() {
    let (_folder, store) = opened().await;
    let (receiver, url) = receiver().await;
    let clock = Clock::at(1_000_000);
    let many = 20_000;
    posted(&store, 0..many).await;
    let began = std::time::Instant::now();
    let sender = sends(&store, &url, options(&clock));
    until(async || receiver.handle.stats().webhook.distinct == 20_000).await;
    sender.stop().await;
    let took = began.elapsed();
    assert_eq!(waiting(&store).await, 0);
    assert_eq!(receiver.handle.stats().webhook, heard(20_000, 0, 0, 0));
    let rate = f64::from(u32::try_from(many).unwrap()) / took.as_secs_f64();
    println!("{many} messages in {took:?}: {rate:.0}/s, receiver and store in the same process");
}
