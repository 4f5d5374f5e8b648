//! People, what they are known by, and what they hold back.

use crate::audit::{audited, log};
use crate::fixtures::{METER, OTHER, number};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{Hold, HoldId, KeyId, NewFinding, NewHold, NewKey, NewSession, Person, Stop, Store};

on_both![
    a_name_is_given_once_and_what_changes_is_written_down,
    a_new_password_ends_the_sessions,
    a_session_is_good_until_it_runs_out_or_ends,
    a_key_is_good_until_it_runs_out_or_is_revoked,
    a_hold_is_released_by_as_many_persons_as_are_needed,
    two_who_agree_at_once_see_one_another,
    a_finding_stays_as_it_was_recorded,
    the_first_stop_stands_until_it_is_lifted,
];

fn person(name: &str, role: &str) -> Person {
    Person {
        name: name.into(),
        role: role.into(),
        role_since: Moment(5),
        revenue_protection: false,
        since: Moment(5),
        disabled_at: None,
    }
}

async fn added(store: &Store, name: &str) -> Person {
    let new = person(name, "operator");
    let audit = audited("person-added", name);
    assert!(store.add_person(&new, Some("hash"), &audit).await.unwrap());
    new
}

async fn a_name_is_given_once_and_what_changes_is_written_down(place: Place) {
    let store = place.open().await;
    assert!(!store.has_people().await.unwrap());
    let mut first = added(&store, "first").await;
    assert!(store.has_people().await.unwrap());
    let again = person("first", "admin");
    let audit = audited("person-added", "first");
    assert!(!store.add_person(&again, None, &audit).await.unwrap());
    assert_eq!(store.password("first").await.unwrap().unwrap(), "hash");
    assert_eq!(store.password("nobody").await.unwrap(), None);

    first.role = "approver".into();
    first.role_since = Moment(9);
    first.revenue_protection = true;
    first.disabled_at = Some(Moment(10));
    let audit = audited("person-changed", "first");
    assert!(store.change_person(&first, &audit).await.unwrap());
    let ghost = person("ghost", "admin");
    assert!(!store.change_person(&ghost, &audit).await.unwrap());
    assert_eq!(store.person("first").await.unwrap(), Some(first.clone()));
    let second = added(&store, "second").await;
    assert_eq!(store.people().await.unwrap(), [first, second]);
    // what was not done is not written down
    let done = ["person-added", "person-changed", "person-added"];
    assert_eq!(log(&store).await, done);
}

async fn a_new_password_ends_the_sessions(place: Place) {
    let store = place.open().await;
    let first = added(&store, "first").await;
    signed_in(&store, "f1", "first").await;
    let audit = audited("password", "first");
    let set = store.set_password("first", "other", Moment(7), &audit);
    assert!(set.await.unwrap());
    assert_eq!(store.password("first").await.unwrap().unwrap(), "other");
    assert_eq!(store.session("f1", Moment(5)).await.unwrap(), None);
    let person = store.person("first").await.unwrap().unwrap();
    assert_eq!(person.role_since, Moment(7));
    signed_in(&store, "f2", "first").await;
    let gone = Person {
        disabled_at: Some(Moment(8)),
        ..first
    };
    assert!(store.change_person(&gone, &audit).await.unwrap());
    assert_eq!(store.session("f2", Moment(5)).await.unwrap(), None);
}

async fn signed_in(store: &Store, fingerprint: &str, person: &str) {
    let new = NewSession {
        fingerprint: fingerprint.into(),
        person: person.into(),
        at: Moment(5),
        until: Moment(20),
    };
    let audit = audited("signed-in", person);
    store.open_session(&new, &audit).await.unwrap();
}

async fn a_session_is_good_until_it_runs_out_or_ends(place: Place) {
    let store = place.open().await;
    let first = added(&store, "first").await;
    signed_in(&store, "f1", "first").await;
    signed_in(&store, "f2", "first").await;
    let of = async |fingerprint: &str, now| store.session(fingerprint, Moment(now)).await.unwrap();
    assert_eq!(of("f1", 19).await, Some(first));
    assert_eq!(of("f1", 20).await, None);
    assert_eq!(of("f3", 6).await, None);
    let audit = audited("signed-out", "first");
    assert!(store.end_session("f1", &audit).await.unwrap());
    assert!(!store.end_session("f1", &audit).await.unwrap());
    assert_eq!(of("f1", 6).await, None);
    assert!(of("f2", 6).await.is_some());
}

async fn a_key_is_good_until_it_runs_out_or_is_revoked(place: Place) {
    let store = place.open().await;
    let first = added(&store, "first").await;
    let new = NewKey {
        fingerprint: "k1".into(),
        person: "first".into(),
        label: "billing".into(),
        made_by: "admin".into(),
        at: Moment(6),
        until: Some(Moment(30)),
        role_since: Some(Moment(6)),
    };
    let id = store.add_key(&new, &audited("key", "first")).await.unwrap();
    let (owner, found) = store.key("k1", Moment(29)).await.unwrap().unwrap();
    assert_eq!((owner.name.as_str(), found), ("first", id));
    assert_eq!(owner.role_since, Moment(6), "somebody else had it made");
    assert_eq!(store.key("k1", Moment(30)).await.unwrap(), None);
    assert_eq!(store.key("k2", Moment(7)).await.unwrap(), None);
    let audit = audited("key-revoked", "first");
    assert!(
        !store
            .revoke_key(KeyId(99), Moment(7), &audit)
            .await
            .unwrap()
    );
    assert!(store.revoke_key(id, Moment(7), &audit).await.unwrap());
    assert!(!store.revoke_key(id, Moment(8), &audit).await.unwrap());
    assert_eq!(store.key("k1", Moment(8)).await.unwrap(), None);
    let keys = store.keys(Some(&first.name)).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].revoked_at, Some(Moment(7)));
    assert_eq!(store.keys(None).await.unwrap(), keys);
    assert_eq!(store.keys(Some("other")).await.unwrap(), []);
    // one secret is one key
    let twice = store.add_key(&new, &audited("key", "first")).await;
    assert!(twice.is_err());
    assert_eq!(log(&store).await, ["person-added", "key", "key-revoked"]);
}

async fn held(store: &Store, meter: &str, who: &str) -> HoldId {
    let new = NewHold {
        meter: number(meter),
        kind: "lock-out".into(),
        who: who.into(),
        why: "works on the line".into(),
        at: Moment(5),
    };
    store.put_hold(&new, &audited("hold", meter)).await.unwrap()
}

/// One person agrees; two are needed.
async fn agrees(store: &Store, id: HoldId, who: &str) -> Option<Hold> {
    let audit = audited("hold-release", METER);
    let meter = number(METER);
    let release = store.release_hold(&meter, id, who, 2, &audit).await;
    release.unwrap()
}

async fn a_hold_is_released_by_as_many_persons_as_are_needed(place: Place) {
    let store = place.open().await;
    let mine = held(&store, METER, "first").await;
    let medical = held(&store, METER, "second").await;
    let other = held(&store, OTHER, "first").await;
    let ids = async || {
        let meters = [number(METER), number(OTHER), number(METER)];
        let holds = store.holds(&meters).await.unwrap();
        holds.iter().map(|hold| hold.id).collect::<Vec<_>>()
    };
    assert_eq!(ids().await, [mine, medical, other]);

    let waits = agrees(&store, mine, "third").await.unwrap();
    assert_eq!(
        (waits.released_at, waits.agreed),
        (None, vec!["third".into()])
    );
    let same = agrees(&store, mine, "third").await.unwrap();
    assert_eq!(same.released_at, None, "one person is one person");
    assert_eq!(ids().await, [mine, medical, other]);
    let holds = store.holds(&[number(METER)]).await.unwrap();
    assert_eq!(holds[0].agreed, ["third"]);
    let released = agrees(&store, mine, "fourth").await.unwrap();
    assert_eq!(released.released_at, Some(Moment(9)));
    assert_eq!(agrees(&store, mine, "fifth").await, None, "it is released");
    assert_eq!(agrees(&store, HoldId(99), "fifth").await, None);
    assert_eq!(
        agrees(&store, other, "fifth").await,
        None,
        "another meter's"
    );
    assert_eq!(ids().await, [medical, other]);
    assert_eq!(store.all_holds().await.unwrap().len(), 2);
    let steps = log(&store).await;
    assert_eq!(
        steps,
        ["hold", "hold", "hold", "hold-release", "hold-release"]
    );
}

async fn two_who_agree_at_once_see_one_another(place: Place) {
    let store = place.open().await;
    let ids: Vec<HoldId> = {
        let mut ids = Vec::new();
        for _ in 0..8 {
            ids.push(held(&store, METER, "first").await);
        }
        ids
    };
    let at_once = ids.iter().flat_map(|id| [(*id, "second"), (*id, "third")]);
    let all: Vec<_> = at_once
        .map(|(id, who)| {
            let store = store.clone();
            tokio::spawn(async move { agrees(&store, id, who).await })
        })
        .collect();
    for one in all {
        one.await.unwrap().unwrap();
    }
    assert_eq!(store.all_holds().await.unwrap(), []);
}

async fn a_finding_stays_as_it_was_recorded(place: Place) {
    let store = place.open().await;
    let found = |kind: &str, said: &str| NewFinding {
        meter: number(METER),
        at: Moment(5),
        who: "first".into(),
        kind: kind.into(),
        said: said.into(),
        seal_before: Some("A1".into()),
        seal_after: None,
        photo: None,
    };
    let audit = audited("finding", METER);
    for new in [
        found("tamper", "cover open"),
        found("seal", "broken"),
        found("tamper", "closed"),
    ] {
        store.put_finding(&new, &audit).await.unwrap();
    }
    let all = store.findings(&number(METER), 2).await.unwrap();
    assert_eq!(all[0].found, found("tamper", "closed"));
    assert_eq!(all[1].found, found("seal", "broken"));
    let newest = store
        .newest_findings(&[number(METER), number(OTHER)])
        .await
        .unwrap();
    let newest: Vec<&str> = newest.iter().map(|one| one.found.said.as_str()).collect();
    assert_eq!(newest, ["broken", "closed"]);
    for statement in ["UPDATE finding SET said = 'x'", "DELETE FROM finding"] {
        place.refused(statement).await;
    }
    assert_eq!(log(&store).await.len(), 3);
}

async fn the_first_stop_stands_until_it_is_lifted(place: Place) {
    let store = place.open().await;
    assert_eq!(store.stop().await.unwrap(), None);
    let stop = |who: &str| Stop {
        who: who.into(),
        at: Moment(5),
        why: "fire on site S1".into(),
    };
    let (set, lifted) = (audited("stop", ""), audited("lift", ""));
    assert!(!store.lift_stop(&lifted).await.unwrap());
    assert!(store.set_stop(&stop("first"), &set).await.unwrap());
    assert!(!store.set_stop(&stop("second"), &set).await.unwrap());
    assert_eq!(store.stop().await.unwrap(), Some(stop("first")));
    assert!(store.lift_stop(&lifted).await.unwrap());
    assert_eq!(store.stop().await.unwrap(), None);
    assert!(store.set_stop(&stop("second"), &set).await.unwrap());
    assert_eq!(store.stop().await.unwrap(), Some(stop("second")));
    assert_eq!(log(&store).await, ["stop", "lift", "stop"]);
}
