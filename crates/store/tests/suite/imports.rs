//! Imports are done in one piece, and undone without touching what changed since.

use crate::fixtures::{METER, at_site, bare, gateway, judged, nth, number, site, words};
use crate::place::{Place, on_both};
use fleet::Moment;
use store::{
    Customer, Gateway, ImportId, ImportReport, Imported, Meter, NewImport, Settlement, Site,
};

fn file() -> NewImport {
    NewImport {
        source: "fleet.csv".into(),
        who: "desk".into(),
        at: Moment(5),
    }
}

fn report(new: u64, changed: u64, same: u64) -> ImportReport {
    ImportReport { new, changed, same }
}

on_both![
    a_preview_says_what_the_import_will_do_and_writes_nothing,
    undoing_brings_back_what_was_there,
    undoing_leaves_alone_what_was_changed_since,
    a_second_import_is_undone_first,
    a_large_import_is_one_piece,
];

async fn a_preview_says_what_the_import_will_do_and_writes_nothing(place: Place) {
    let store = place.open().await;
    store
        .put_meters(&[at_site(nth(1), "S1"), at_site(nth(2), "S1")])
        .await
        .unwrap();
    let rows = [
        Imported::Meter(at_site(nth(1), "S1")),
        Imported::Meter(at_site(nth(2), "S2")),
        Imported::Meter(bare(nth(3))),
        // the same meter again, with more about it, and then once more
        Imported::Meter(at_site(nth(3), "S2")),
        Imported::Meter(bare(nth(3))),
        Imported::Site(Site {
            id: site("S2"),
            name: None,
            zone: None,
        }),
    ];
    let expected = report(2, 2, 2);
    assert_eq!(store.preview(&rows).await.unwrap(), expected);
    assert_eq!(store.meter(&nth(3)).await.unwrap(), None);
    let (id, done) = store.import(&file(), &rows).await.unwrap();
    assert_eq!(done, expected);
    assert_eq!(
        store.meter(&nth(3)).await.unwrap(),
        Some(at_site(nth(3), "S2"))
    );
    assert_eq!(store.preview(&rows).await.unwrap(), report(0, 0, 6));
    let imports = store.imports(9).await.unwrap();
    assert_eq!(
        (imports[0].id, &imports[0].import, imports[0].report),
        (id, &file(), done)
    );
}

async fn undoing_brings_back_what_was_there(place: Place) {
    let store = place.open().await;
    let before = Meter {
        phases: Some(1),
        customer: Some("c'1".into()),
        ..at_site(nth(1), "S1")
    };
    store
        .put_meters(std::slice::from_ref(&before))
        .await
        .unwrap();
    let g = Gateway {
        id: gateway("G1"),
        head_end: None,
        name: None,
        site: None,
        online: None,
        online_at: None,
    };
    let customer = Customer {
        id: "c'1".into(),
        name: Some("A \"B\"".into()),
        phone: None,
        address: None,
    };
    let (id, done) = store
        .import(
            &file(),
            &[
                Imported::Meter(Meter {
                    phases: Some(3),
                    solar: Some(true),
                    ..at_site(nth(1), "S2")
                }),
                Imported::Meter(bare(nth(2))),
                Imported::Gateway(g),
                Imported::Customer(customer),
            ],
        )
        .await
        .unwrap();
    assert_eq!(done, report(3, 1, 0));
    assert_eq!(
        store.undo_import(id, Moment(9)).await.unwrap(),
        Some(report(3, 1, 0))
    );
    assert_eq!(store.meter(&nth(1)).await.unwrap(), Some(before));
    assert_eq!(store.meter(&nth(2)).await.unwrap(), None);
    assert_eq!(store.gateways().await.unwrap(), []);
    assert_eq!(store.customer("c'1").await.unwrap(), None);
    assert_eq!(
        store.imports(9).await.unwrap()[0].undone_at,
        Some(Moment(9))
    );
    assert_eq!(
        store.undo_import(id, Moment(10)).await.unwrap(),
        None,
        "once is enough"
    );
    assert_eq!(
        store.undo_import(ImportId(99), Moment(10)).await.unwrap(),
        None
    );
}

async fn undoing_leaves_alone_what_was_changed_since(place: Place) {
    let store = place.open().await;
    let rows = [Imported::Meter(bare(nth(1))), Imported::Meter(bare(nth(2)))];
    let (id, _) = store.import(&file(), &rows).await.unwrap();
    store.put_meters(&[at_site(nth(2), "S9")]).await.unwrap();
    assert_eq!(
        store.undo_import(id, Moment(9)).await.unwrap(),
        Some(report(1, 0, 1))
    );
    assert_eq!(store.meter(&nth(1)).await.unwrap(), None);
    assert_eq!(
        store.meter(&nth(2)).await.unwrap(),
        Some(at_site(nth(2), "S9"))
    );
}

async fn a_second_import_is_undone_first(place: Place) {
    let store = place.open().await;
    let (first, _) = store
        .import(&file(), &[Imported::Meter(at_site(number(METER), "S1"))])
        .await
        .unwrap();
    let (second, _) = store
        .import(&file(), &[Imported::Meter(at_site(number(METER), "S2"))])
        .await
        .unwrap();
    assert_eq!(
        store.undo_import(first, Moment(7)).await.unwrap(),
        Some(report(0, 0, 1))
    );
    assert_eq!(
        store.undo_import(second, Moment(8)).await.unwrap(),
        Some(report(0, 1, 0))
    );
    assert_eq!(
        store.meter(&number(METER)).await.unwrap(),
        Some(at_site(number(METER), "S1"))
    );
}

async fn a_large_import_is_one_piece(place: Place) {
    let store = place.open().await;
    let rows: Vec<Imported> = (0..5_000)
        .map(|n| Imported::Meter(at_site(nth(n), "S1")))
        .collect();
    let (id, done) = store.import(&file(), &rows).await.unwrap();
    assert_eq!(done, report(5_000, 0, 0));
    assert_eq!(store.tally().await.unwrap().meters, 5_000);
    let judged = vec![judged(&nth(7), words("normal", "fine", 0), 1)];
    store
        .settle(&Settlement {
            standings: judged,
            ..Settlement::default()
        })
        .await
        .unwrap();
    assert_eq!(store.tally().await.unwrap().at_ease, 1);
    assert_eq!(store.undo_import(id, Moment(9)).await.unwrap(), Some(done));
    let tally = store.tally().await.unwrap();
    assert_eq!((tally.meters, tally.at_ease, tally.unjudged), (0, 0, 0));
}
