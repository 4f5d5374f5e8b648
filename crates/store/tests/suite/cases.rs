//! One open case for each subject and cause, whatever happens at the same time.

use crate::fixtures::{METER, OTHER, about, new_case, nth, opened, seen, words};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{CaseChange, CaseFilter, CaseId, NewCase, Note, Store};

async fn open(store: &Store) -> Vec<store::Case> {
    let filter = CaseFilter {
        explained: true,
        ..CaseFilter::default()
    };
    store.cases(&filter, None, 100).await.unwrap()
}

on_both![
    a_case_seen_again_is_refreshed_not_doubled,
    a_quiet_case_that_comes_back_counts_a_flap,
    a_closed_case_stays_closed_and_its_cause_opens_a_new_one,
    a_case_goes_under_the_one_that_explains_it_and_out_again,
    subjects_of_different_kinds_do_not_meet,
    a_case_opened_by_many_at_once_is_one_case,
    notes_stay_in_their_order,
];

async fn a_case_seen_again_is_refreshed_not_doubled(place: Place) {
    let store = place.open().await;
    let first = opened(&store, METER, "theft", 3, 10).await;
    let renewed = NewCase {
        words: words("theft", "visit", 4),
        site: Some("S1".into()),
        ..new_case(about("meter", METER), "theft", 4, 30)
    };
    let late = new_case(about("meter", METER), "theft", 2, 20);
    store
        .change_cases(&[seen(renewed), seen(late)])
        .await
        .unwrap();
    let all = open(&store).await;
    assert_eq!(all.len(), 1);
    let case = &all[0];
    assert_eq!(
        (case.id, case.opened_at, case.seen_at),
        (first.id, Moment(10), Moment(30))
    );
    assert_eq!((case.flaps, case.site.as_deref()), (0, Some("S1")));
    assert_eq!(
        (case.words.decision.as_str(), case.words.severity),
        ("office", 2),
        "the last told"
    );
}

async fn a_quiet_case_that_comes_back_counts_a_flap(place: Place) {
    let store = place.open().await;
    let id = opened(&store, METER, "overload", 3, 10).await.id;
    let quiet = |at| CaseChange::Quiet(id, Moment(at));
    store.change_cases(&[quiet(20), quiet(25)]).await.unwrap();
    assert_eq!(
        store.case(id).await.unwrap().unwrap().quiet_since,
        Some(Moment(20)),
        "the first stays"
    );
    let back = new_case(about("meter", METER), "overload", 3, 30);
    store
        .change_cases(&[seen(back.clone()), seen(back)])
        .await
        .unwrap();
    let case = store.case(id).await.unwrap().unwrap();
    assert_eq!((case.quiet_since, case.flaps), (None, 1));
}

async fn a_closed_case_stays_closed_and_its_cause_opens_a_new_one(place: Place) {
    let store = place.open().await;
    let first = opened(&store, METER, "overload", 3, 10).await.id;
    let again = new_case(about("meter", METER), "overload", 3, 30);
    let changes = [
        CaseChange::Close(first, Moment(20), "it went away".into()),
        CaseChange::Close(first, Moment(21), "twice".into()),
        CaseChange::Quiet(first, Moment(22)),
        seen(again),
    ];
    store.change_cases(&changes).await.unwrap();
    let closed = store.case(first).await.unwrap().unwrap();
    assert_eq!(
        (closed.closed_at, closed.closed_why.as_deref()),
        (Some(Moment(20)), Some("it went away"))
    );
    assert_eq!(closed.quiet_since, None);
    let all = open(&store).await;
    assert_eq!(all.len(), 1);
    assert!(all[0].id > first);
    let filter = CaseFilter {
        closed: true,
        ..CaseFilter::default()
    };
    assert_eq!(store.cases(&filter, None, 9).await.unwrap(), [closed]);
}

async fn a_case_goes_under_the_one_that_explains_it_and_out_again(place: Place) {
    let store = place.open().await;
    let dark = NewCase {
        ..new_case(about("gateway", "G1"), "gateway-dark", 4, 5)
    };
    store.change_cases(&[seen(dark)]).await.unwrap();
    let parent = open(&store).await[0].id;
    let child = NewCase {
        parent: Some(parent),
        ..new_case(about("meter", METER), "silent", 2, 6)
    };
    store.change_cases(&[seen(child.clone())]).await.unwrap();
    let loose = opened(&store, OTHER, "silent", 2, 6).await.id;
    store
        .change_cases(&[CaseChange::Under(loose, Some(parent))])
        .await
        .unwrap();
    let top = store.cases(&CaseFilter::default(), None, 9).await.unwrap();
    assert_eq!(top.iter().map(|case| case.id).collect::<Vec<_>>(), [parent]);
    let under = CaseFilter {
        parent: Some(parent),
        ..CaseFilter::default()
    };
    assert_eq!(store.cases(&under, None, 9).await.unwrap().len(), 2);
    // seen without a parent it stays where it is
    store
        .change_cases(&[seen(NewCase {
            parent: None,
            ..child
        })])
        .await
        .unwrap();
    assert_eq!(store.cases(&under, None, 9).await.unwrap().len(), 2);
    store
        .change_cases(&[CaseChange::Under(loose, None)])
        .await
        .unwrap();
    assert_eq!(store.cases(&under, None, 9).await.unwrap().len(), 1);
    assert_eq!(store.tally().await.unwrap().explained, 1);
}

async fn subjects_of_different_kinds_do_not_meet(place: Place) {
    let store = place.open().await;
    for kind in ["meter", "gateway", "site", "head_end", "system"] {
        store
            .change_cases(&[seen(new_case(about(kind, "7"), "dark", 3, 1))])
            .await
            .unwrap();
    }
    let mut kinds: Vec<&str> = open(&store)
        .await
        .iter()
        .map(|case| case.subject.kind)
        .collect();
    kinds.sort_unstable();
    assert_eq!(kinds, ["gateway", "head_end", "meter", "site", "system"]);
}

async fn a_case_opened_by_many_at_once_is_one_case(place: Place) {
    let nodes = [place.open().await, place.open().await];
    let mut writers = Vec::new();
    for writer in 0..8_u32 {
        let store = nodes[writer as usize % 2].clone();
        writers.push(tokio::spawn(async move {
            // each in another order: nobody may wait for somebody who waits for him
            for round in 0..5_u32 {
                let mut changes: Vec<CaseChange> = (0..10)
                    .map(|n| {
                        seen(new_case(
                            about("meter", nth(n).as_str()),
                            "dark",
                            3,
                            i64::from(round),
                        ))
                    })
                    .collect();
                changes.rotate_left((writer + round) as usize % 10);
                store.change_cases(&changes).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let all = open(&nodes[0]).await;
    assert_eq!(all.len(), 10);
    assert!(
        all.iter()
            .all(|case| case.flaps == 0 && case.seen_at == Moment(4))
    );
}

async fn notes_stay_in_their_order(place: Place) {
    let store = place.open().await;
    let id = opened(&store, METER, "theft", 3, 10).await.id;
    let note = |at, text: &str| Note {
        case: id,
        at: Moment(at),
        who: "desk".into(),
        text: text.into(),
    };
    let notes = [note(2, "called"), note(1, "no answer")];
    for note in &notes {
        store.add_note(note).await.unwrap();
    }
    assert_eq!(store.notes(id).await.unwrap(), notes);
    assert_eq!(store.notes(CaseId(999)).await.unwrap(), []);
    place.refused("UPDATE note SET said = 'x'").await;
    place.refused("DELETE FROM note").await;
}
