//! Messages stay until they were heard, and longer.

use crate::fixtures::{METER, OTHER, number};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{Message, MessageFilter, MessageId, NewMessage, Replay, Store, Told, Tried, Waiting};

on_both![
    a_message_is_due_until_it_was_heard,
    a_failed_message_waits_and_counts,
    a_try_that_ends_late_does_not_undo_a_success,
    messages_are_listed_newest_first_and_narrowed,
    a_replayed_message_keeps_its_number_and_its_bytes,
    what_was_heard_is_forgotten_in_its_time_and_nothing_else,
    what_waits_is_counted_with_its_age,
    many_end_at_once,
];

fn new(endpoint: &str, meter: Option<&str>, at: i64) -> NewMessage {
    NewMessage {
        endpoint: endpoint.into(),
        kind: "command.verified".into(),
        meter: meter.map(number),
        at: Moment(at),
        body: r#"{"state":"verified"}"#.into(),
    }
}

async fn due(store: &Store, endpoint: &str, now: i64) -> Vec<MessageId> {
    let due = store
        .due_messages(endpoint, Moment(now), 100)
        .await
        .unwrap();
    due.into_iter().map(|message| message.id).collect()
}

async fn one(store: &Store, id: MessageId) -> Message {
    let all = store
        .messages(&MessageFilter::default(), 1000)
        .await
        .unwrap();
    all.into_iter().find(|message| message.id == id).unwrap()
}

fn ended(id: MessageId, meter: Option<&str>, at: i64, told: Told) -> Tried {
    Tried {
        id,
        meter: meter.map(number),
        at: Moment(at),
        told,
    }
}

fn failed(not_before: i64) -> Told {
    Told::Failed {
        not_before: Moment(not_before),
        why: "the endpoint answered 503".into(),
    }
}

async fn a_message_is_due_until_it_was_heard(place: Place) {
    let store = place.open().await;
    let new = [
        new("billing", Some(METER), 20),
        new("billing", None, 10),
        new("crm", Some(METER), 10),
    ];
    let ids = store.post_messages(&new).await.unwrap();
    assert_eq!(store.post_messages(&[]).await.unwrap(), []);
    assert_eq!(due(&store, "billing", 9).await, []);
    assert_eq!(due(&store, "billing", 10).await, [ids[1]]);
    assert_eq!(
        due(&store, "billing", 20).await,
        [ids[1], ids[0]],
        "the longest due first"
    );
    assert_eq!(
        store
            .due_messages("billing", Moment(20), 1)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(due(&store, "crm", 20).await, [ids[2]]);
    let tries = [
        ended(ids[0], Some(METER), 30, Told::Delivered),
        ended(ids[1], None, 31, Told::Delivered),
    ];
    store.messages_ended(&tries).await.unwrap();
    assert_eq!(due(&store, "billing", 1_000).await, []);
    assert_eq!(due(&store, "crm", 1_000).await, [ids[2]]);
    let heard = one(&store, ids[0]).await;
    let expected = Message {
        id: ids[0],
        endpoint: "billing".into(),
        kind: "command.verified".into(),
        meter: Some(number(METER)),
        at: Moment(20),
        body: r#"{"state":"verified"}"#.into(),
        attempts: 1,
        not_before: Moment(20),
        tried_at: Some(Moment(30)),
        delivered_at: Some(Moment(30)),
        outcome: None,
    };
    assert_eq!(heard, expected);
}

async fn a_failed_message_waits_and_counts(place: Place) {
    let store = place.open().await;
    let id = store
        .post_messages(&[new("billing", None, 10)])
        .await
        .unwrap()[0];
    // of two tries of one message in one batch both count
    let tries = [
        ended(id, None, 20, failed(5_000)),
        ended(id, None, 5_001, failed(15_000)),
    ];
    store.messages_ended(&tries).await.unwrap();
    assert_eq!(due(&store, "billing", 14_999).await, []);
    assert_eq!(due(&store, "billing", 15_000).await, [id]);
    let waits = one(&store, id).await;
    assert_eq!((waits.attempts, waits.tried_at), (2, Some(Moment(5_001))));
    assert_eq!(waits.outcome.as_deref(), Some("the endpoint answered 503"));
    assert_eq!(waits.delivered_at, None);
}

async fn a_try_that_ends_late_does_not_undo_a_success(place: Place) {
    let store = place.open().await;
    let id = store
        .post_messages(&[new("billing", None, 10)])
        .await
        .unwrap()[0];
    let heard = ended(id, None, 20, Told::Delivered);
    store
        .messages_ended(std::slice::from_ref(&heard))
        .await
        .unwrap();
    store
        .messages_ended(&[ended(id, None, 90, failed(99))])
        .await
        .unwrap();
    assert_eq!(due(&store, "billing", 1_000).await, []);
    assert_eq!(one(&store, id).await.delivered_at, Some(Moment(20)));
}

async fn messages_are_listed_newest_first_and_narrowed(place: Place) {
    let store = place.open().await;
    let new = [
        new("billing", Some(METER), 10),
        new("crm", Some(OTHER), 20),
        new("billing", None, 30),
    ];
    let ids = store.post_messages(&new).await.unwrap();
    let heard = ended(ids[1], Some(OTHER), 40, Told::Delivered);
    store.messages_ended(&[heard]).await.unwrap();
    let by = |narrow: fn(&mut MessageFilter)| {
        let mut filter = MessageFilter::default();
        narrow(&mut filter);
        filter
    };
    let crm = by(|filter| filter.endpoint = Some("crm".into()));
    let meter = by(|filter| filter.meter = Some(number(METER)));
    let open = by(|filter| filter.delivered = Some(false));
    let heard = by(|filter| filter.delivered = Some(true));
    let page = MessageFilter {
        before: Some(ids[2]),
        ..MessageFilter::default()
    };
    for (filter, limit, expected) in [
        (MessageFilter::default(), 9, vec![ids[2], ids[1], ids[0]]),
        (MessageFilter::default(), 1, vec![ids[2]]),
        (crm, 9, vec![ids[1]]),
        (meter, 9, vec![ids[0]]),
        (open, 9, vec![ids[2], ids[0]]),
        (heard, 9, vec![ids[1]]),
        (page, 9, vec![ids[1], ids[0]]),
    ] {
        let found = store.messages(&filter, limit).await.unwrap();
        let found: Vec<MessageId> = found.iter().map(|message| message.id).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
}

async fn a_replayed_message_keeps_its_number_and_its_bytes(place: Place) {
    let store = place.open().await;
    let new = [
        new("billing", Some(METER), 10),
        new("crm", None, 20),
        new("billing", None, 30),
    ];
    let ids = store.post_messages(&new).await.unwrap();
    let tries = [
        ended(ids[0], Some(METER), 40, Told::Delivered),
        ended(ids[1], None, 40, Told::Delivered),
        ended(ids[2], None, 40, failed(900_000)),
    ];
    store.messages_ended(&tries).await.unwrap();
    let before = one(&store, ids[0]).await;
    let ask = Replay::Ids(vec![ids[0], ids[0], MessageId(999)]);
    assert_eq!(store.replay(&ask, Moment(50)).await.unwrap(), 1);
    assert_eq!(due(&store, "billing", 49).await, []);
    assert_eq!(due(&store, "billing", 50).await, [ids[0]]);
    let after = one(&store, ids[0]).await;
    assert_eq!((after.at, &after.body), (before.at, &before.body));
    assert_eq!((after.attempts, after.delivered_at), (0, None));
    // one that waits long does not wait any more
    let ask = Replay::Since(Moment(20), Some("billing".into()));
    assert_eq!(store.replay(&ask, Moment(60)).await.unwrap(), 1);
    assert_eq!(due(&store, "billing", 60).await, [ids[0], ids[2]]);
    assert_eq!(due(&store, "crm", 60).await, []);
    let ask = Replay::Since(Moment(20), None);
    assert_eq!(store.replay(&ask, Moment(70)).await.unwrap(), 2);
    assert_eq!(due(&store, "crm", 70).await, [ids[1]]);
}

async fn what_was_heard_is_forgotten_in_its_time_and_nothing_else(place: Place) {
    let store = place.open().await;
    let new: Vec<NewMessage> = (0..4).map(|at| new("billing", None, at)).collect();
    let ids = store.post_messages(&new).await.unwrap();
    let tries = [
        ended(ids[0], None, 100, Told::Delivered),
        ended(ids[1], None, 101, Told::Delivered),
        ended(ids[2], None, 200, Told::Delivered),
    ];
    store.messages_ended(&tries).await.unwrap();
    assert_eq!(store.sweep_messages(Moment(200), 1).await.unwrap(), 1);
    assert_eq!(store.sweep_messages(Moment(200), 9).await.unwrap(), 1);
    assert_eq!(store.sweep_messages(Moment(200), 9).await.unwrap(), 0);
    let left = store.messages(&MessageFilter::default(), 9).await.unwrap();
    let left: Vec<MessageId> = left.iter().map(|message| message.id).collect();
    assert_eq!(left, [ids[3], ids[2]]);
}

async fn what_waits_is_counted_with_its_age(place: Place) {
    let store = place.open().await;
    assert_eq!(store.waiting_messages().await.unwrap(), []);
    let new = [
        new("crm", None, 30),
        new("billing", None, 20),
        new("crm", None, 10),
    ];
    let ids = store.post_messages(&new).await.unwrap();
    let heard = ended(ids[1], None, 40, Told::Delivered);
    store.messages_ended(&[heard]).await.unwrap();
    let expected = Waiting {
        endpoint: "crm".into(),
        messages: 2,
        oldest: Moment(10),
    };
    assert_eq!(store.waiting_messages().await.unwrap(), [expected]);
}

async fn many_end_at_once(place: Place) {
    let store = place.open().await;
    let new: Vec<NewMessage> = (0..3_000)
        .map(|at| new("billing", Some(METER), at))
        .collect();
    let ids = store.post_messages(&new).await.unwrap();
    let tries: Vec<Tried> = ids
        .iter()
        .rev()
        .map(|id| ended(*id, Some(METER), 5_000, Told::Delivered))
        .collect();
    store.messages_ended(&tries).await.unwrap();
    assert_eq!(due(&store, "billing", 9_000).await, []);
    assert_eq!(store.waiting_messages().await.unwrap(), []);
}
