//! Binding what was done, inside and outside.

use crate::office::{NOW, Office, run};
use desk::people::{AnchorFile, Denied, EVERY, Outside, People};
use ledger::{Anchor, Finding, SigningKey};
use people::Role;
use std::io;
use std::sync::{Arc, Mutex};

/// A place outside that can be told to fail.
#[derive(Default)]
struct Elsewhere {
    lines: Mutex<Vec<String>>,
    broken: Mutex<bool>,
}

impl Outside for Elsewhere {
    fn newest(&self) -> io::Result<i64> {
        Ok(self.anchors().last().map_or(0, |anchor| anchor.n))
    }

    fn keep(&self, lines: &[String]) -> io::Result<()> {
        if *self.broken.lock().unwrap() {
            return Err(io::Error::other("the other machine is away"));
        }
        self.lines.lock().unwrap().extend_from_slice(lines);
        Ok(())
    }
}

impl Elsewhere {
    fn anchors(&self) -> Vec<Anchor> {
        let lines = self.lines.lock().unwrap();
        lines.iter().map(|line| line.parse().unwrap()).collect()
    }
}

#[test]
fn every_hour_is_bound_once_and_what_failed_outside_is_made_up_for() {
    run(async {
        let office = Office::open(&[("second", Role::Operator)]).await;
        let (people, there) = (&office.people, People::new(office.store.clone()));
        let key = SigningKey::of([3; 32]).unwrap();
        let outside = Arc::new(Elsewhere::default());
        let anchor = async |people: &People, at| {
            let outside: Arc<dyn Outside> = outside.clone();
            people.anchor(&key, Some(outside), at).await
        };
        let first = anchor(people, NOW).await.unwrap();
        assert_eq!((first.made, first.outside), (Some(1), 1));
        let soon = anchor(&there, NOW.plus(EVERY - 1)).await.unwrap();
        assert_eq!((soon.made, soon.outside), (None, 0));
        *outside.broken.lock().unwrap() = true;
        people
            .stop(&office.who("second").await, "fire", NOW)
            .await
            .unwrap();
        let broken = anchor(people, NOW.plus(EVERY)).await;
        assert!(matches!(broken, Err(Denied::Outside(_))), "{broken:?}");
        *outside.broken.lock().unwrap() = false;
        let next = anchor(&there, NOW.plus(2 * EVERY)).await.unwrap();
        assert_eq!((next.made, next.outside), (Some(3), 2));
        let anchors = outside.anchors();
        let grown: Vec<usize> = anchors.iter().map(|anchor| anchor.heads.len()).collect();
        assert_eq!(grown, [1, 1, 0], "a chain is named where it grew");
        let proof = people.verify(&anchors, &[key.public()]).await.unwrap();
        assert!(proof.holds(), "{proof:?}");
        assert_eq!((proof.chains, proof.anchors), (1, 3));
        assert_eq!(proof.outside_until, Some(NOW.plus(2 * EVERY)));
        let lines = u64::try_from(office.did().await.len()).unwrap();
        assert_eq!(proof.lines, lines);
        // a store that knows nothing of what was anchored
        let other = Office::open(&[]).await;
        let proof = other
            .people
            .verify(&anchors, &[key.public()])
            .await
            .unwrap();
        assert!(
            proof.findings.contains(&Finding::AnchorMissing { n: 1 }),
            "{proof:?}"
        );
    });
}

#[test]
fn a_file_of_anchors_goes_on_behind_half_a_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = AnchorFile(folder.path().join("anchors"));
    assert_eq!(file.newest().unwrap(), 0);
    let key = SigningKey::of([3; 32]).unwrap();
    let first = ledger::bind(None, NOW, Vec::new(), &key);
    let second = ledger::bind(Some(&first), NOW, Vec::new(), &key);
    file.keep(&[first.to_string()]).unwrap();
    assert_eq!(file.newest().unwrap(), 1);
    let half = format!("{first}\n{}", &second.to_string()[..30]);
    std::fs::write(&file.0, half).unwrap();
    assert_eq!(file.newest().unwrap(), 1);
    file.keep(&[second.to_string()]).unwrap();
    assert_eq!(file.newest().unwrap(), 2);
    let text = std::fs::read_to_string(&file.0).unwrap();
    let whole: Vec<Anchor> = text.lines().filter_map(|line| line.parse().ok()).collect();
    assert_eq!(whole, [first, second]);
    assert_eq!(text.lines().count(), 3);
}
