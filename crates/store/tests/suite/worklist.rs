//! Pages of the worklist, and how many there are.

use crate::fixtures::{about, at_site, bare, judged, new_case, nth, seen, words};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{Case, CaseChange, CaseFilter, Cursor, NewCase, Settlement, Store};

/// Whether a filter should leave a case.
type Fits = fn(&Case) -> bool;

/// Ninety cases of three sites, four severities, a few opened at the same moment.
async fn many(store: &Store) -> Vec<Case> {
    let case = |n: u32| {
        let severity = u8::try_from(n % 4 + 1).unwrap();
        let new = new_case(
            about("meter", nth(n).as_str()),
            "dark",
            severity,
            i64::from(n * 7 % 10),
        );
        seen(NewCase {
            site: (!n.is_multiple_of(3)).then(|| format!("S{}", n % 3)),
            words: words(
                "dark",
                if n.is_multiple_of(5) {
                    "visit"
                } else {
                    "office"
                },
                severity,
            ),
            ..new
        })
    };
    let changes: Vec<CaseChange> = (0..90).map(case).collect();
    store.change_cases(&changes).await.unwrap();
    let mut all = Vec::new();
    for id in 0..1_000 {
        all.extend(store.case(store::CaseId(id)).await.unwrap());
    }
    all.sort_by_key(|case| {
        (
            std::cmp::Reverse(case.words.severity),
            case.opened_at,
            case.id,
        )
    });
    all
}

fn after(case: &Case) -> Cursor {
    Cursor {
        severity: case.words.severity,
        opened_at: case.opened_at,
        id: case.id,
    }
}

async fn paged(store: &Store, filter: &CaseFilter, size: usize) -> Vec<Case> {
    let mut all: Vec<Case> = Vec::new();
    loop {
        let page = store
            .cases(filter, all.last().map(after), size)
            .await
            .unwrap();
        let last = page.len() < size;
        all.extend(page);
        if last {
            return all;
        }
    }
}

on_both![
    pages_show_the_worst_first_and_every_case_once,
    every_filter_leaves_what_it_says,
    the_tally_agrees_with_the_worklist_and_the_fleet,
    the_count_follows_every_change_of_a_verdict,
    a_page_says_how_many_each_case_explains,
];

async fn pages_show_the_worst_first_and_every_case_once(place: Place) {
    let store = place.open().await;
    let all = many(&store).await;
    assert_eq!(all.len(), 90);
    for size in [1, 7, 90, 91] {
        assert_eq!(
            paged(&store, &CaseFilter::default(), size).await,
            all,
            "pages of {size}"
        );
    }
}

async fn every_filter_leaves_what_it_says(place: Place) {
    let store = place.open().await;
    let all = many(&store).await;
    let some = |text: &str| Some(text.to_owned());
    let nothing = CaseFilter::default();
    let filters: [(CaseFilter, Fits); 5] = [
        (
            CaseFilter {
                decision: some("visit"),
                ..nothing.clone()
            },
            |case| case.words.decision == "visit",
        ),
        (
            CaseFilter {
                site: some("S2"),
                ..nothing.clone()
            },
            |case| case.site.as_deref() == Some("S2"),
        ),
        (
            CaseFilter {
                owner: some("operations"),
                site: some("S1"),
                ..nothing.clone()
            },
            |case| case.site.as_deref() == Some("S1"),
        ),
        (
            CaseFilter {
                subject: some(nth(4).as_str()),
                ..nothing.clone()
            },
            |case| case.subject.id == nth(4).as_str(),
        ),
        (
            CaseFilter {
                cause: some("tea"),
                ..nothing.clone()
            },
            |_| false,
        ),
    ];
    for (filter, wanted) in filters {
        let expected: Vec<Case> = all.iter().filter(|case| wanted(case)).cloned().collect();
        assert_eq!(paged(&store, &filter, 4).await, expected, "{filter:?}");
    }
}

async fn the_tally_agrees_with_the_worklist_and_the_fleet(place: Place) {
    let store = place.open().await;
    let mut all = many(&store).await;
    let closed = all.remove(0);
    let (parent, under) = (all[0].id, all.remove(1));
    let close = CaseChange::Close(closed.id, Moment(99), "done".into());
    store
        .change_cases(&[close, CaseChange::Under(under.id, Some(parent))])
        .await
        .unwrap();
    let fleet: Vec<_> = (0..10)
        .map(|n| {
            if n < 5 {
                at_site(nth(n), "S1")
            } else {
                bare(nth(n))
            }
        })
        .collect();
    store.put_meters(&fleet).await.unwrap();
    let standings = (0..7).map(|n| {
        let decision = ["fine", "ignore", "visit"][n as usize % 3];
        judged(&nth(n), words("x", decision, 1), 5)
    });
    store
        .settle(&Settlement {
            standings: standings.collect(),
            ..Settlement::default()
        })
        .await
        .unwrap();
    store.touch(&[(nth(8), Moment(9))], &[]).await.unwrap();
    let tally = store.tally().await.unwrap();
    assert_eq!(
        (tally.meters, tally.at_ease, tally.unjudged, tally.explained),
        (10, 5, 3, 1)
    );
    let total: u64 = tally.open.iter().map(|(.., count)| count).sum();
    assert_eq!(total, 88);
    for (site, decision, severity, count) in &tally.open {
        let same = |case: &&Case| {
            (&case.site, &case.words.decision, case.words.severity) == (site, decision, *severity)
        };
        assert_eq!(
            all.iter().filter(same).count() as u64,
            *count,
            "{site:?} {decision} {severity}"
        );
    }
}

async fn the_count_follows_every_change_of_a_verdict(place: Place) {
    let nodes = [place.open().await, place.open().await];
    let mut writers = Vec::new();
    for writer in 0..4_u32 {
        let store = nodes[writer as usize % 2].clone();
        writers.push(tokio::spawn(async move {
            let decisions = ["fine", "visit", "office", "fine"];
            for ((round, decision), at) in decisions.iter().enumerate().zip(0_i64..) {
                let mine: Vec<_> = (0..5).map(|n| nth(writer * 5 + n)).collect();
                let standings = mine
                    .iter()
                    .map(|meter| judged(meter, words("x", decision, 1), at));
                store
                    .put_meters(&[bare(mine[round].clone())])
                    .await
                    .unwrap();
                store
                    .settle(&Settlement {
                        standings: standings.collect(),
                        ..Settlement::default()
                    })
                    .await
                    .unwrap();
                store
                    .touch(&[(mine[round].clone(), Moment(at))], &[])
                    .await
                    .unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    let turned = judged(&nth(0), words("x", "office", 1), 9);
    nodes[0]
        .settle(&Settlement {
            standings: vec![turned],
            ..Settlement::default()
        })
        .await
        .unwrap();
    let tally = nodes[1].tally().await.unwrap();
    assert_eq!((tally.meters, tally.at_ease), (16, 19));
}

async fn a_page_says_how_many_each_case_explains(place: Place) {
    let store = place.open().await;
    let dark = seen(new_case(about("gateway", "G1"), "gateway-dark", 4, 5));
    store.change_cases(&[dark]).await.unwrap();
    let parent = store.cases(&CaseFilter::default(), None, 1).await.unwrap()[0].id;
    let child = |n| NewCase {
        parent: Some(parent),
        ..new_case(about("meter", nth(n).as_str()), "silent", 2, 6)
    };
    let children: Vec<CaseChange> = (0..3).map(|n| seen(child(n))).collect();
    store.change_cases(&children).await.unwrap();
    let other = store::CaseId(parent.0 + 99);
    assert_eq!(
        store.explains(&[other, parent, parent]).await.unwrap(),
        [(parent, 3)]
    );
    let under = CaseFilter {
        parent: Some(parent),
        ..CaseFilter::default()
    };
    let first = store.cases(&under, None, 1).await.unwrap()[0].id;
    store
        .change_cases(&[CaseChange::Close(first, Moment(9), "back".into())])
        .await
        .unwrap();
    assert_eq!(store.explains(&[parent]).await.unwrap(), [(parent, 2)]);
    assert_eq!(store.explains(&[]).await.unwrap(), []);
}
