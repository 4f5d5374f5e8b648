//! A full disk, a server that goes away and comes back, others at the same file.

use crate::cluster::{Cluster, Needed, url};
use crate::fixtures::{METER, answer};
use crate::place::{on_sqlite, run, skip};
use fleet::Moment;
use sqlx::{Connection as _, Executor as _, SqliteConnection};
use store::{NewAnswer, OpenOptions, Store};

/// An answer of so many bytes.
fn large(at: i64, bytes: usize) -> NewAnswer {
    NewAnswer {
        body: "x".repeat(bytes),
        ..answer(METER, at)
    }
}

#[test]
fn a_full_disk_is_said_plainly_loses_nothing_and_passes() {
    on_sqlite(|place| async move {
        let limited = OpenOptions {
            largest: Some(1 << 20),
            ..OpenOptions::default()
        };
        let store = Store::open(&place.url, limited).await.unwrap();
        let mut kept = Vec::new();
        let full = loop {
            match store.keep(&[large(1, 50_000), large(2, 50_000)]).await {
                Ok(ids) => kept.extend(ids),
                Err(error) => break error,
            }
            assert!(kept.len() < 40, "the limit was not felt");
        };
        assert!(full.is_full() && !full.is_gone(), "{full:?}");
        assert!(full.to_string().contains("make room"), "{full}");
        assert!(store.ping(Moment(1)).await.is_ok_and(|()| true) || kept.len() > 5);
        let there: Vec<_> = store
            .unsettled(99)
            .await
            .unwrap()
            .into_iter()
            .map(|a| a.id)
            .collect();
        assert_eq!(
            there, kept,
            "what was acknowledged is there, and nothing in part"
        );
        // room is made behind its back; the same store goes on
        place.tamper("DELETE FROM answer WHERE id < 9").await;
        store.keep(&[large(3, 50_000)]).await.unwrap();
    });
}

#[test]
fn a_transaction_that_the_database_has_undone_by_itself_is_in_nobodys_way() {
    on_sqlite(|place| async move {
        let store = place.open().await;
        // as it does when the disk is full in the middle of the commit
        let undo = "CREATE TRIGGER full BEFORE INSERT ON answer \
                    BEGIN SELECT RAISE(ROLLBACK, 'undone'); END";
        place.tamper(undo).await;
        store.keep(&[answer(METER, 1)]).await.unwrap_err();
        store.ping(Moment(1)).await.unwrap();
        place.tamper("DROP TRIGGER full").await;
        store.keep(&[answer(METER, 2)]).await.unwrap();
        assert_eq!(store.unsettled(9).await.unwrap().len(), 1);
    });
}

#[test]
fn a_server_that_went_away_is_used_again_when_it_is_back() {
    let Some(mut cluster) = Cluster::start(Needed::ByUs) else {
        return skip();
    };
    run(async {
        let store = Store::open(&url(cluster.port(), "postgres"), OpenOptions::default())
            .await
            .unwrap();
        let ids = store.keep(&[answer(METER, 1)]).await.unwrap();
        cluster.stop();
        let gone = store.keep(&[answer(METER, 2)]).await.unwrap_err();
        assert!(gone.is_gone(), "{gone:?}");
        assert!(gone.to_string().contains("does not answer"), "{gone}");
        cluster.start_again();
        store.ping(Moment(2)).await.unwrap();
        let more = store.keep(&[answer(METER, 3)]).await.unwrap();
        let there: Vec<_> = store
            .unsettled(9)
            .await
            .unwrap()
            .into_iter()
            .map(|a| a.id)
            .collect();
        assert_eq!(there, [ids[0], more[0]]);
        assert!(store.schema_version().await.unwrap() > 0);
    });
}

#[test]
fn a_writer_waits_for_another_program_at_the_same_file() {
    on_sqlite(|place| async move {
        let store = place.open().await;
        let mut other = SqliteConnection::connect(&place.url).await.unwrap();
        other.execute("BEGIN IMMEDIATE").await.unwrap();
        let writing = tokio::spawn({
            let store = store.clone();
            async move { store.keep(&[answer(METER, 1)]).await }
        });
        // reading goes on meanwhile, and what the other one has not finished is not seen
        other
            .execute("DELETE FROM counter WHERE kind = 'nothing'")
            .await
            .unwrap();
        assert_eq!(store.unsettled(9).await.unwrap(), []);
        assert!(!writing.is_finished());
        other.execute("COMMIT").await.unwrap();
        writing.await.unwrap().unwrap();
        assert_eq!(store.unsettled(9).await.unwrap().len(), 1);
    });
}

#[test]
fn a_call_that_is_given_up_leaves_nothing_behind() {
    on_sqlite(|place| async move {
        let store = place.open().await;
        for turn in 0..50_u64 {
            let answers: Vec<NewAnswer> = (0..200).map(|at| answer(METER, at)).collect();
            // given up at another point each time
            let given_up = tokio::time::timeout(
                std::time::Duration::from_micros(turn * 40),
                store.keep(&answers),
            );
            drop(given_up.await);
        }
        store.ping(Moment(1)).await.unwrap();
        let waiting = store.unsettled(usize::MAX).await.unwrap().len();
        assert_eq!(waiting % 200, 0, "a batch is there whole or not at all");
    });
}
