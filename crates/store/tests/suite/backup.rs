//! A backup is taken while everybody works, and brings everything back.

use crate::fixtures::{METER, OTHER, answer, at_site, number, opened};
use crate::place::{Place, empty_database, on_both, on_sqlite, run, skip};
use store::{OpenOptions, Store, StoreError, restore};

async fn fill(store: &Store) {
    store
        .put_meters(&[at_site(number(METER), "S1")])
        .await
        .unwrap();
    store
        .keep(&[answer(METER, 1), answer(OTHER, 2)])
        .await
        .unwrap();
    opened(store, METER, "theft", 3, 1).await;
}

async fn is_filled(store: &Store) {
    assert_eq!(store.unsettled(9).await.unwrap().len(), 2);
    assert_eq!(store.tally().await.unwrap().meters, 1);
    assert_eq!(
        store.known(&[number(METER)]).await.unwrap()[0].cases.len(),
        1
    );
    // ids go on where they were
    let next = store.keep(&[answer(METER, 3)]).await.unwrap();
    assert!(next[0] > store.unsettled(2).await.unwrap()[1].id);
}

/// Where a backup of this place is restored to.
async fn target(place: &Place) -> String {
    if place.is_postgres() {
        empty_database("restored").await.unwrap()
    } else {
        format!("sqlite:{}", place.file("restored.db").display())
    }
}

on_both![
    a_backup_brings_everything_back,
    a_backup_that_cannot_be_written_leaves_nothing_half,
];

async fn a_backup_brings_everything_back(place: Place) {
    let store = place.open().await;
    fill(&store).await;
    let backup = place.file("backup");
    // somebody writes all the while
    let writer = store.clone();
    let (done, stop) = tokio::sync::oneshot::channel::<()>();
    let busy = tokio::spawn(async move {
        let mut stop = stop;
        while stop.try_recv().is_err() {
            writer.ping(fleet::Moment(1)).await.unwrap();
        }
    });
    std::fs::write(&backup, "an older backup").unwrap();
    store.backup(&backup).await.unwrap();
    done.send(()).unwrap();
    busy.await.unwrap();
    let url = target(&place).await;
    restore(&backup, &url).await.unwrap();
    let restored = Store::open(&url, OpenOptions::existing()).await.unwrap();
    is_filled(&restored).await;
    restored.close().await;
    if place.is_postgres() {
        let refused = restore(&backup, &url).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotEmpty), "{refused:?}");
    }
}

async fn a_backup_that_cannot_be_written_leaves_nothing_half(place: Place) {
    let store = place.open().await;
    let refused = store
        .backup(&place.file("no/such/folder/backup"))
        .await
        .unwrap_err();
    assert!(
        !refused.to_string().contains("fault of the program"),
        "{refused:?}"
    );
    assert_eq!(
        std::fs::read_dir(place.folder.path())
            .unwrap()
            .flatten()
            .filter(|file| { file.file_name().to_string_lossy().contains("backup") })
            .count(),
        0
    );
}

#[test]
fn what_was_there_is_kept_beside_a_restored_file() {
    on_sqlite(|place| async move {
        let store = place.open().await;
        fill(&store).await;
        store.backup(&place.file("backup.db")).await.unwrap();
        store.keep(&[answer(METER, 9)]).await.unwrap();
        store.close().await;
        restore(&place.file("backup.db"), &place.url).await.unwrap();
        is_filled(&place.open().await).await;
        let kept = format!("sqlite:{}", place.file("store.db.before-restore").display());
        let kept = Store::open(&kept, OpenOptions::existing()).await.unwrap();
        assert_eq!(kept.unsettled(9).await.unwrap().len(), 3);
    });
}

#[test]
fn a_file_that_is_in_use_is_not_replaced() {
    on_sqlite(|place| async move {
        let store = place.open().await;
        fill(&store).await;
        store.backup(&place.file("backup.db")).await.unwrap();
        let refused = restore(&place.file("backup.db"), &place.url)
            .await
            .unwrap_err();
        assert!(refused.is_busy(), "{refused:?}");
        store.keep(&[answer(METER, 9)]).await.unwrap();
        assert_eq!(place.open().await.unsettled(9).await.unwrap().len(), 3);
    });
}

#[test]
fn a_backup_that_is_damaged_foreign_or_newer_is_not_restored() {
    on_sqlite(|place| async move {
        let store = place.open().await;
        fill(&store).await;
        store.backup(&place.file("good.db")).await.unwrap();
        store.close().await;
        let before = std::fs::read(place.file("store.db")).unwrap();
        std::fs::write(place.file("text.db"), "not a database at all, ".repeat(99)).unwrap();
        let mut damaged = std::fs::read(place.file("good.db")).unwrap();
        let middle = damaged.len() / 2;
        damaged[middle..middle + 9_000].fill(0xAA);
        std::fs::write(place.file("damaged.db"), damaged).unwrap();
        std::fs::copy(place.file("good.db"), place.file("newer.db")).unwrap();
        let newer = Place {
            url: format!("sqlite:{}", place.file("newer.db").display()),
            folder: tempfile::tempdir().unwrap(),
        };
        newer
            .tamper("INSERT INTO calinmeter_schema VALUES (99, 'later')")
            .await;
        for (name, expected) in [
            ("text.db", "not a CalinMeter"),
            ("damaged.db", "damaged"),
            ("newer.db", "newer program"),
            ("none.db", "could not be read"),
        ] {
            let refused = restore(&place.file(name), &place.url).await.unwrap_err();
            assert!(
                refused.to_string().contains(expected),
                "{name}: {refused:?}"
            );
        }
        assert_eq!(
            std::fs::read(place.file("store.db")).unwrap(),
            before,
            "what is there is left alone"
        );
        is_filled(&place.open().await).await;
    });
}

#[test]
fn a_server_dump_is_restored_into_an_empty_database_only() {
    run(async {
        let Some(url) = empty_database("filled").await else {
            return skip();
        };
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        fill(&store).await;
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("full.dump");
        store.backup(&file).await.unwrap();
        let refused = restore(&file, &url).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotEmpty), "{refused:?}");
        std::fs::write(&file, "no dump").unwrap();
        let other = empty_database("still_empty").await.unwrap();
        let refused = restore(&file, &other).await.unwrap_err();
        assert!(matches!(refused, StoreError::Backup { .. }), "{refused:?}");
    });
}
