//! A full disk: nothing new is asked, nothing in hand is lost, and it goes on once there is room.

use crate::fake::Fake;
use crate::life::{How, Place, until};
use desk::Clock;
use desk::plan::Rules;
use fleet::{HOUR, MINUTE, MeterNumber, Moment};
use std::sync::Arc;
use store::{ImportId, Imported, Meter, NewImport};

const SCALE: u32 = 60;

/// Rows of somebody else's that fill the disk.
fn fill(place: &Place) -> ImportId {
    let meter = |n: usize| Meter {
        number: MeterNumber::parse(&format!("99{n:09}")).expect("a number"),
        head_end: Some("another".to_owned()),
        site: None,
        gateway: None,
        customer: Some(format!("customer {n} of a head-end that is not asked here")),
        phases: None,
        solar: None,
        occupied: None,
    };
    let rows: Vec<Imported> = (0..4_000).map(|n| Imported::Meter(meter(n))).collect();
    let import = NewImport {
        source: "filler".to_owned(),
        who: "a test".to_owned(),
        at: Moment(1),
    };
    let (id, _) = place
        .with_store(async |store| store.import(&import, &rows).await)
        .expect("an import");
    id
}

#[test]
fn on_a_full_disk_nothing_new_is_asked_and_nothing_in_hand_is_lost() {
    let clock = Clock::running(SCALE);
    let mut fake = Fake::new(clock);
    fake.pace.horizon = HOUR;
    fake.takes = MINUTE;
    let fake = Arc::new(fake);
    let place = Place::with(40, 5);
    let rules = Rules {
        routine_every: 3 * MINUTE,
        ..How::default().rules
    };
    let size = place.with_store(async |store| store.size_bytes().await);
    // the slots still find room, the answers do not
    let largest = Some(size.expect("a size") + 200_000);
    let how = How {
        rules,
        largest,
        ..How::default()
    };
    let life = place.start(&fake, &how);
    until("everybody is being asked", || {
        fake.vendor().made.len() == 200
    });
    let filler = fill(&place);
    until("every answer has come", || {
        fake.vendor().delivered.len() == 200
    });
    until("the disk is full", || life.status().store_trouble.is_some());
    let trouble = life.status().store_trouble.expect("trouble");
    assert!(trouble.contains("disk is full"), "{trouble}");
    let since = clock.now();
    until("two more rounds would have begun", || {
        clock.now().since(since) > 7 * MINUTE
    });
    assert_eq!(fake.vendor().made.len(), 200, "nothing new is asked");
    let kept = place.kept();
    assert!(kept < 200, "all of them are kept: nothing is in hand only");
    assert!(life.status().store_trouble.is_some());

    place
        .with_store(async |store| store.undo_import(filler, Moment(2)).await)
        .expect("undone");
    until("what was in hand is kept", || place.kept() >= 200);
    until("it goes on by itself", || fake.vendor().made.len() > 200);
    until("no trouble is left", || {
        life.status().store_trouble.is_none()
    });
    let delivered = fake.vendor().delivered.clone();
    life.stop();
    let bodies: Vec<String> = place
        .meters
        .iter()
        .flat_map(|meter| place.answers(meter))
        .map(|stored| stored.answer.body)
        .collect();
    for id in delivered {
        let mark = format!("\"id\":{id},");
        let times = bodies.iter().filter(|body| body.contains(&mark)).count();
        assert_eq!(times, 1, "task {id}");
    }
    assert!(fake.vendor().peak <= 5);
}
