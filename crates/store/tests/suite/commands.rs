//! Commands: written down once, moved from where they were seen, sent within every limit.

use crate::fixtures::{METER, OTHER, at_site, nth, number, slot};
use crate::place::{Place, on_both};
use fleet::{HOUR, MINUTE, MeterNumber, Moment};
use std::collections::BTreeSet;
use store::{
    AuditFilter, CommandFilter, CommandId, Departure, Left, Limits, Move, NewAnswer, NewAudit,
    NewCommand, NewHold, NewMessage, NewToken, Proposed, SlotChange, Stand, Stop, Store,
};

on_both![
    the_same_name_gives_the_same_command_and_something_else_a_clash,
    a_command_moves_only_from_where_it_was_seen,
    everything_that_happened_is_kept_in_order,
    work_is_taken_over_once_for_each_holder_and_people_make_it_new,
    one_act_is_under_way_at_a_meter_whoever_sends,
    darkening_acts_stay_within_the_limits_of_site_and_fleet,
    two_nodes_together_keep_the_limits,
    a_command_that_was_moved_meanwhile_gives_its_slot_back,
    what_became_of_an_act_is_kept_with_its_move,
    a_token_is_sealed_until_its_command_has_ended,
    lists_are_cut_by_what_is_asked_for,
    a_held_meter_and_stopped_acts_stay_where_they_are,
    the_audit_and_the_messages_stand_and_fall_with_the_move,
    homes_and_the_last_act_at_a_relay_are_known,
    the_newest_act_that_may_have_moved_a_relay_is_known,
];

const MOST: Limits = Limits {
    site_hour: 2,
    site_day: 3,
    fleet_day: 4,
};

fn stand(state: &str, since: Moment) -> Stand {
    let ended = matches!(state, "verified" | "refused" | "cancelled" | "failed");
    Stand {
        state: state.to_owned(),
        since,
        deadline: (!ended).then_some(since.plus(HOUR)),
        queue_until: None,
        sent_at: (state == "sending").then_some(since),
    }
}

pub(crate) fn new(meter: &MeterNumber, kind: &str) -> NewCommand {
    NewCommand {
        meter: meter.clone(),
        kind: kind.to_owned(),
        args: "{}".to_owned(),
        reason: "asked by the tenant".to_owned(),
        who: "ops".to_owned(),
        via: "key".to_owned(),
        intent: None,
        digest: kind.to_owned(),
        site: Some("S1".to_owned()),
        head_end: "main".to_owned(),
        physical: kind != "read",
        relay: kind != "read",
        darkens: kind == "disconnect",
        priority: 2,
        at: Moment(0),
        stand: stand("queued", Moment(0)),
        before: None,
        said: None,
        replaces: Vec::new(),
        token: None,
        audit: Vec::new(),
        messages: Vec::new(),
    }
}

fn named(meter: &MeterNumber, kind: &str, intent: &str) -> NewCommand {
    NewCommand {
        intent: Some(intent.to_owned()),
        ..new(meter, kind)
    }
}

pub(crate) fn step(id: &CommandId, rev: i64, state: &str, at: Moment) -> Move {
    Move {
        id: id.clone(),
        rev,
        event: format!("to {state}"),
        stand: stand(state, at),
        at,
        who: None,
        said: None,
        second: None,
        mark: None,
        task: None,
        before: None,
        proof: None,
        ends: matches!(state, "verified" | "refused" | "cancelled" | "failed"),
        anew: false,
        dispatched_at: None,
        audit: Vec::new(),
        messages: Vec::new(),
    }
}

pub(crate) async fn put(store: &Store, all: &[NewCommand]) -> Vec<CommandId> {
    let proposed = store.propose(all).await.unwrap();
    proposed.iter().map(|one| one.id().clone()).collect()
}

pub(crate) fn departure(id: &CommandId, at: Moment, darkens: bool) -> Departure {
    let mut wanted = slot(&format!("G{}", id.number), &id.meter, "command");
    wanted.command = Some(id.number);
    Departure {
        slot: wanted,
        step: step(id, 0, "sending", at),
        physical: true,
        relay: true,
        darkens: darkens.then(|| (Some("S1".to_owned()), MOST)),
    }
}

async fn the_same_name_gives_the_same_command_and_something_else_a_clash(place: Place) {
    let store = place.open().await;
    let (mine, other) = (number(METER), number(OTHER));
    let first = store
        .propose(&[
            named(&mine, "reconnect", "a"),
            named(&mine, "reconnect", "a"),
        ])
        .await
        .unwrap();
    let id = first[0].id().clone();
    assert_eq!(first[0], Proposed::New(id.clone()));
    assert_eq!(first[1], Proposed::Same(id.clone()), "twice in one call");
    let wanted = [
        named(&mine, "reconnect", "a"),
        named(&mine, "disconnect", "a"),
        named(&other, "disconnect", "a"),
        new(&mine, "reconnect"),
    ];
    let again = store.propose(&wanted).await.unwrap();
    assert_eq!(again[0], Proposed::Same(id.clone()));
    assert_eq!(again[1], Proposed::Clash(id.clone()));
    assert!(matches!(&again[2], Proposed::New(new) if new.meter == other));
    assert!(matches!(&again[3], Proposed::New(new) if *new != id));
    let all = store.commands(&CommandFilter::default(), 10).await.unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(CommandId::parse(&id.to_string()), Some(id));
    assert_eq!(CommandId::parse("47001582544"), None);
}

async fn a_command_moves_only_from_where_it_was_seen(place: Place) {
    let store = place.open().await;
    let id = put(&store, &[new(&number(METER), "reconnect")])
        .await
        .remove(0);
    let cancel = Move {
        who: Some("ops".to_owned()),
        ..step(&id, 0, "cancelled", Moment(5))
    };
    let moved = store
        .move_commands(&[step(&id, 0, "sending", Moment(4))])
        .await;
    assert_eq!(moved.unwrap(), [true]);
    assert_eq!(store.move_commands(&[cancel]).await.unwrap(), [false]);
    // two steps in one call, the second from where the first leads
    let steps = [
        step(&id, 1, "accepted", Moment(6)),
        step(&id, 2, "executed", Moment(7)),
    ];
    assert_eq!(store.move_commands(&steps).await.unwrap(), [true, true]);
    let (command, _) = store.command(&id).await.unwrap().unwrap();
    assert_eq!((command.rev, command.stand.state.as_str()), (3, "executed"));
    assert_eq!(
        command.stand.sent_at, None,
        "a move says all of where it leads"
    );
}

async fn everything_that_happened_is_kept_in_order(place: Place) {
    let store = place.open().await;
    let id = put(&store, &[new(&number(METER), "reconnect")])
        .await
        .remove(0);
    let told = Move {
        said: Some("the head-end has taken it".to_owned()),
        task: Some("3800".to_owned()),
        ..step(&id, 1, "accepted", Moment(6))
    };
    let first = [step(&id, 0, "sending", Moment(4)), told];
    store.move_commands(&first).await.unwrap();
    let late = Move {
        who: Some("anna".to_owned()),
        ..step(&id, 2, "verified", Moment(9))
    };
    store.move_commands(&[late]).await.unwrap();
    let (command, events) = store.command(&id).await.unwrap().unwrap();
    let steps: Vec<_> = events
        .iter()
        .map(|one| (one.rev, one.at.0, one.state.as_str(), one.who.as_deref()))
        .collect();
    let expected = [
        (0, 0, "queued", Some("ops")),
        (1, 4, "sending", None),
        (2, 6, "accepted", None),
        (3, 9, "verified", Some("anna")),
    ];
    assert_eq!(steps, expected);
    assert_eq!(
        command.task.as_deref(),
        Some("3800"),
        "what is known stays known"
    );
    assert_eq!(
        command.outcome.as_deref(),
        Some("the head-end has taken it")
    );
    place
        .refused("UPDATE command_event SET state = 'verified'")
        .await;
    place.refused("DELETE FROM command_event").await;
}

async fn work_is_taken_over_once_for_each_holder_and_people_make_it_new(place: Place) {
    let store = place.open().await;
    let waits = NewCommand {
        stand: stand("proposed", Moment(0)),
        ..new(&nth(3), "disconnect")
    };
    let ids = put(
        &store,
        &[new(&nth(1), "reconnect"), new(&nth(2), "read"), waits],
    )
    .await;
    let taken = store.claim("main", 7, 1).await.unwrap();
    assert_eq!(taken[0].id, ids[0], "oldest first");
    assert_eq!(store.claim("main", 7, 9).await.unwrap()[0].id, ids[1]);
    assert_eq!(store.claim("main", 7, 9).await.unwrap(), []);
    assert_eq!(store.claim("backup", 7, 9).await.unwrap(), []);
    let next: Vec<_> = store.claim("main", 8, 9).await.unwrap();
    assert_eq!(next.len(), 2, "the next holder takes everything over");
    let approve = Move {
        anew: true,
        ..step(&ids[2], 0, "approved", Moment(3))
    };
    store.move_commands(&[approve]).await.unwrap();
    assert_eq!(store.claim("main", 8, 9).await.unwrap()[0].id, ids[2]);
    let end = step(&ids[0], 0, "cancelled", Moment(3));
    store.move_commands(&[end]).await.unwrap();
    assert_eq!(store.claim("main", 9, 9).await.unwrap().len(), 2);
    let overdue = store.overdue_commands(Moment(HOUR), 9).await.unwrap();
    assert_eq!(overdue.len(), 1, "what has ended is never overdue");
    let open = store.open_commands(&[nth(1), nth(2)]).await.unwrap();
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].id, ids[1]);
}

async fn one_act_is_under_way_at_a_meter_whoever_sends(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let ids = put(
        &store,
        &[new(&meter, "reconnect"), new(&meter, "set-clock")],
    )
    .await;
    let both: Vec<_> = ids
        .iter()
        .map(|id| departure(id, Moment(1), false))
        .collect();
    let left = store.depart(&both, 5).await.unwrap();
    assert!(matches!(left[0], Left::Sent(_)), "{left:?}");
    assert_eq!(left[1], Left::Full);
    let moves = [step(&ids[0], 1, "unknown", Moment(2))];
    store.move_commands(&moves).await.unwrap();
    assert_eq!(store.depart(&both[1..], 5).await.unwrap(), [Left::Full]);
    store
        .move_commands(&[step(&ids[0], 2, "failed", Moment(3))])
        .await
        .unwrap();
    let slots = store.slots("main").await.unwrap();
    assert_eq!(slots[0].slot.command, Some(ids[0].number));
    store
        .change_slots(&[SlotChange::Free(slots[0].id)])
        .await
        .unwrap();
    let left = store.depart(&both[1..], 5).await.unwrap();
    assert!(matches!(left[0], Left::Sent(_)), "{left:?}");
    assert_eq!(store.depart(&[], 5).await.unwrap(), []);
}

async fn darkening_acts_stay_within_the_limits_of_site_and_fleet(place: Place) {
    let store = place.open().await;
    let all: Vec<_> = (1..=8).map(|n| new(&nth(n), "disconnect")).collect();
    let ids = put(&store, &all).await;
    let go = |place: usize, at: Moment| departure(&ids[place], at, true);
    let at = Moment(0);
    let left = store
        .depart(&[go(0, at), go(1, at), go(2, at)], 5)
        .await
        .unwrap();
    assert!(left[..2].iter().all(|one| matches!(one, Left::Sent(_))));
    assert_eq!(left[2], Left::TooMany(Moment(HOUR)), "two an hour");
    // one that surely was not done does not count; one of which nobody knows does
    let moves = [
        step(&ids[0], 1, "failed", at),
        Move {
            stand: Stand {
                sent_at: Some(at),
                ..stand("unknown", at)
            },
            ..step(&ids[1], 1, "unknown", at)
        },
    ];
    store.move_commands(&moves).await.unwrap();
    let soon = Moment(MINUTE);
    let left = store.depart(&[go(2, soon), go(3, soon)], 5).await.unwrap();
    assert!(matches!(left[0], Left::Sent(_)), "{left:?}");
    assert_eq!(left[1], Left::TooMany(Moment(HOUR)));
    let later = Moment(HOUR);
    let left = store
        .depart(&[go(3, later), go(4, later)], 5)
        .await
        .unwrap();
    assert!(matches!(left[0], Left::Sent(_)), "{left:?}");
    assert_eq!(left[1], Left::TooMany(Moment(24 * HOUR)), "three a day");
    let mut elsewhere = [go(5, later), go(6, later)];
    for one in &mut elsewhere {
        one.darkens = Some((Some("S2".to_owned()), MOST));
    }
    let left = store.depart(&elsewhere, 5).await.unwrap();
    assert!(matches!(left[0], Left::Sent(_)), "another site, {left:?}");
    assert!(matches!(left[1], Left::TooMany(_)), "four in the fleet");
}

async fn two_nodes_together_keep_the_limits(place: Place) {
    let nodes = [place.open().await, place.open().await];
    let all: Vec<_> = (1..=20).map(|n| new(&nth(n), "disconnect")).collect();
    let ids = put(&nodes[0], &all).await;
    let mut senders = Vec::new();
    for (place, id) in ids.into_iter().enumerate() {
        let store = nodes[place % 2].clone();
        senders.push(tokio::spawn(async move {
            let left = store
                .depart(&[departure(&id, Moment(0), true)], 5)
                .await
                .unwrap();
            matches!(left[0], Left::Sent(_))
        }));
    }
    let mut sent = 0;
    for sender in senders {
        sent += u32::from(sender.await.unwrap());
    }
    assert_eq!(sent, MOST.site_hour);
}

async fn a_command_that_was_moved_meanwhile_gives_its_slot_back(place: Place) {
    let store = place.open().await;
    let id = put(&store, &[new(&number(METER), "reconnect")])
        .await
        .remove(0);
    store
        .move_commands(&[step(&id, 0, "cancelled", Moment(1))])
        .await
        .unwrap();
    let left = store.depart(&[departure(&id, Moment(2), false)], 5).await;
    assert_eq!(left.unwrap(), [Left::Moved]);
    assert_eq!(store.slots("main").await.unwrap(), []);
    let (command, _) = store.command(&id).await.unwrap().unwrap();
    assert_eq!(command.stand.state, "cancelled");
}

async fn what_became_of_an_act_is_kept_with_its_move(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let id = put(&store, &[new(&meter, "reconnect")]).await.remove(0);
    let left = store
        .depart(&[departure(&id, Moment(1), false)], 5)
        .await
        .unwrap();
    let Left::Sent(held) = left[0] else {
        panic!("{left:?}")
    };
    let sent = SlotChange::Sent(held, "17".to_owned(), Moment(2));
    let moved = store
        .keep_acts(&[], &[sent], &[step(&id, 1, "accepted", Moment(2))])
        .await
        .unwrap();
    assert_eq!(moved, [true]);
    let answer = NewAnswer {
        at: Moment(3),
        source: "main".to_owned(),
        meter: Some(meter.clone()),
        asked: "reconnect".to_owned(),
        body: "{\"status\":1}".to_owned(),
        slot: Some(held),
    };
    let moved = store
        .keep_acts(&[answer], &[], &[step(&id, 2, "executed", Moment(3))])
        .await
        .unwrap();
    assert_eq!(moved, [true]);
    assert_eq!(store.slots("main").await.unwrap(), []);
    assert_eq!(store.answers(&meter, None, 9).await.unwrap().len(), 1);
    assert_eq!(
        store.unsettled(9).await.unwrap(),
        [],
        "nothing to interpret"
    );
}

async fn a_token_is_sealed_until_its_command_has_ended(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let token = |sealed: &str| NewToken {
        at: Moment(1),
        purpose: "clear-tamper".to_owned(),
        minted: true,
        masked: "•••• 5694".to_owned(),
        digest: "d".to_owned(),
        sealed: sealed.to_owned(),
    };
    let brought = NewCommand {
        token: Some(token("brought")),
        ..new(&meter, "deliver-token")
    };
    let ids = put(&store, &[brought, new(&meter, "clear-tamper")]).await;
    let made = [
        (ids[1].clone(), token("made")),
        (ids[0].clone(), token("second")),
    ];
    store.keep_tokens(&made).await.unwrap();
    let mut sealed = store.sealed(&ids).await.unwrap();
    sealed.sort();
    let words: Vec<&str> = sealed.iter().map(|(_, sealed)| sealed.as_str()).collect();
    assert_eq!(words, ["brought", "made"], "a command has one token");
    store
        .move_commands(&[step(&ids[0], 0, "refused", Moment(2))])
        .await
        .unwrap();
    assert_eq!(store.sealed(&ids).await.unwrap().len(), 1);
    let ledger = store.token_ledger(Some(&meter), 9).await.unwrap();
    assert_eq!(ledger.len(), 2);
    let first = ledger.iter().find(|row| row.id == ids[0]).unwrap();
    assert_eq!(
        (first.state.as_str(), first.masked.as_str()),
        ("refused", "•••• 5694")
    );
    assert_eq!(store.token_ledger(None, 1).await.unwrap().len(), 1);
}

async fn lists_are_cut_by_what_is_asked_for(place: Place) {
    let store = place.open().await;
    let (mine, other) = (number(METER), number(OTHER));
    let elsewhere = NewCommand {
        site: Some("S2".to_owned()),
        ..new(&other, "read")
    };
    let ids = put(
        &store,
        &[new(&mine, "reconnect"), elsewhere, new(&mine, "set-clock")],
    )
    .await;
    store
        .move_commands(&[step(&ids[0], 0, "cancelled", Moment(1))])
        .await
        .unwrap();
    let list = async |filter: CommandFilter, limit| {
        let commands = store.commands(&filter, limit).await.unwrap();
        commands.iter().map(|one| one.id.number).collect::<Vec<_>>()
    };
    let [first, second, third] = [&ids[0], &ids[1], &ids[2]].map(|id| id.number);
    let all = CommandFilter::default;
    assert_eq!(list(all(), 9).await, [third, second, first], "newest first");
    assert_eq!(list(all(), 1).await, [third]);
    let page = CommandFilter {
        before: Some(third),
        ..all()
    };
    assert_eq!(list(page, 9).await, [second, first]);
    let oldest = store.oldest_open_command().await.unwrap();
    assert_eq!(
        oldest.map(|one| one.id.number),
        Some(second),
        "the first has ended"
    );
    let of = CommandFilter {
        meter: Some(mine),
        open: true,
        ..all()
    };
    assert_eq!(list(of, 9).await, [third]);
    let there = CommandFilter {
        site: Some("S2".to_owned()),
        kind: Some("read".to_owned()),
        state: Some("queued".to_owned()),
        ..all()
    };
    assert_eq!(list(there, 9).await, [second]);
    let tally = store.command_tally().await.unwrap();
    let tally: Vec<_> = tally
        .iter()
        .map(|one| (one.kind.as_str(), one.state.as_str(), one.many))
        .collect();
    let expected = [
        ("read", "queued", 1),
        ("reconnect", "cancelled", 1),
        ("set-clock", "queued", 1),
    ];
    assert_eq!(tally, expected);
}

async fn a_held_meter_and_stopped_acts_stay_where_they_are(place: Place) {
    let store = place.open().await;
    let (mine, other) = (number(METER), number(OTHER));
    let all = [
        new(&mine, "reconnect"),
        new(&other, "reconnect"),
        new(&mine, "read"),
    ];
    let ids = put(&store, &all).await;
    let hold = NewHold {
        meter: mine,
        kind: "medical".to_owned(),
        who: "anna".to_owned(),
        why: "oxygen at home".to_owned(),
        at: Moment(1),
    };
    store.put_hold(&hold, &NewAudit::default()).await.unwrap();
    let mut wanted: Vec<_> = ids
        .iter()
        .map(|id| departure(id, Moment(2), false))
        .collect();
    (wanted[2].physical, wanted[2].relay) = (false, false);
    "read power".clone_into(&mut wanted[2].slot.asked);
    let left = store.depart(&wanted[..1], 5).await.unwrap();
    assert!(
        matches!(&left[0], Left::Held(found) if found.hold == hold),
        "{left:?}"
    );
    let stop = Stop {
        who: "ben".to_owned(),
        at: Moment(2),
        why: "wrong list".to_owned(),
    };
    store.set_stop(&stop, &NewAudit::default()).await.unwrap();
    let left = store.depart(&wanted, 5).await.unwrap();
    assert_eq!(
        left[..2],
        [Left::Stopped(stop.clone()), Left::Stopped(stop)]
    );
    assert!(matches!(left[2], Left::Sent(_)), "reads go on, {left:?}");
    store.lift_stop(&NewAudit::default()).await.unwrap();
    let left = store.depart(&wanted[1..2], 5).await.unwrap();
    assert!(matches!(left[0], Left::Sent(_)), "{left:?}");
}

async fn the_audit_and_the_messages_stand_and_fall_with_the_move(place: Place) {
    let store = place.open().await;
    let meter = number(METER);
    let line = |what: &str| NewAudit {
        site: "S1".to_owned(),
        what: what.to_owned(),
        detail: "{\"command\":\"{command}\"}".to_owned(),
        ..NewAudit::default()
    };
    let message = NewMessage {
        endpoint: "billing".to_owned(),
        kind: "command.refused".to_owned(),
        meter: Some(meter.clone()),
        at: Moment(1),
        body: "{\"id\":\"{command}\"}".to_owned(),
    };
    let asked = NewCommand {
        audit: vec![line("request")],
        messages: vec![message.clone()],
        ..named(&meter, "reconnect", "a")
    };
    let ids = put(&store, &[asked.clone(), asked]).await;
    let told = Move {
        audit: vec![line("end")],
        messages: vec![message],
        ..step(&ids[0], 0, "refused", Moment(2))
    };
    let late = Move {
        audit: vec![line("too late")],
        ..step(&ids[0], 0, "cancelled", Moment(2))
    };
    assert_eq!(store.move_commands(&[told]).await.unwrap(), [true]);
    assert_eq!(store.move_commands(&[late]).await.unwrap(), [false]);
    let log = store
        .audit_log(&AuditFilter::default(), None, 9)
        .await
        .unwrap();
    let what: Vec<&str> = log.iter().map(|line| line.what.as_str()).collect();
    assert_eq!(what.len(), 2, "{what:?}");
    assert!(what.contains(&"request") && what.contains(&"end"));
    let request = log.iter().find(|line| line.what == "request").unwrap();
    assert_eq!(request.detail, format!("{{\"command\":\"{}\"}}", ids[0]));
    let due = store.due_messages("billing", Moment(9), 9).await.unwrap();
    assert_eq!(due.len(), 2);
    assert!(due[0].body.contains(&ids[0].to_string()));
}

async fn homes_and_the_last_act_at_a_relay_are_known(place: Place) {
    let store = place.open().await;
    let (mine, other) = (number(METER), number(OTHER));
    store
        .put_meters(&[at_site(mine.clone(), "S1"), at_site(other.clone(), "S1")])
        .await
        .unwrap();
    let sites = BTreeSet::from(["S1".to_owned(), "S9".to_owned()]);
    let homes = store.homes(&sites).await.unwrap();
    assert_eq!(
        homes.into_iter().collect::<Vec<_>>(),
        [("S1".to_owned(), 2)]
    );
    let ids = put(
        &store,
        &[
            new(&mine, "disconnect"),
            new(&mine, "set-clock"),
            new(&mine, "reconnect"),
        ],
    )
    .await;
    let done: Vec<_> = ids[..2]
        .iter()
        .map(|id| step(id, 0, "verified", Moment(2)))
        .collect();
    store.move_commands(&done).await.unwrap();
    let last = store.last_relay_acts(&[mine.clone(), other]).await.unwrap();
    assert_eq!(
        last.into_iter().collect::<Vec<_>>(),
        [(mine, "disconnect".to_owned())]
    );
}

async fn the_newest_act_that_may_have_moved_a_relay_is_known(place: Place) {
    let store = place.open().await;
    let (mine, other) = (number(METER), number(OTHER));
    let all = [
        new(&mine, "disconnect"),
        new(&mine, "reconnect"),
        new(&other, "read"),
    ];
    let ids = put(&store, &all).await;
    let newest = async || {
        store
            .newest_relay_acts(&[mine.clone(), other.clone()])
            .await
    };
    assert!(newest().await.unwrap().is_empty(), "none was sent");
    for (place, state) in [(0, "verified"), (1, "unknown"), (2, "executed")] {
        let moved = store
            .move_commands(&[step(&ids[place], 0, state, Moment(1))])
            .await;
        assert_eq!(moved.unwrap(), [true]);
    }
    let found: Vec<_> = newest().await.unwrap().into_iter().collect();
    assert_eq!(
        found,
        [(mine.clone(), ids[1].number)],
        "a read moves nothing"
    );
}
