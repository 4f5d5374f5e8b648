//! People: how it is known who somebody is, and what each of them may do.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

use desk::people::{
    AnchorFile, Denied, EVERY, FRESH, Found, Outside, PAUSE, People, Release, SESSION, TRIES,
    Wanted, Who,
};
use fleet::{DAY, MeterNumber, Moment};
use ledger::{Anchor, Finding, SigningKey};
use people::{FindingKind, HoldKind, NotAllowed, Password, Role, Verb};
use std::future::Future;
use std::io;
use std::sync::{Arc, Mutex};
use store::{AuditFilter, OpenOptions, Store};

const NOW: Moment = Moment(1_767_225_600_000);
const WORD: &str = "correct horse";

fn run(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(test);
}

fn word(text: &str) -> Password {
    Password::new(text.to_owned()).unwrap()
}

fn meter() -> MeterNumber {
    MeterNumber::parse("47001582544").unwrap()
}

/// An office: `boss` is the admin, and each of these has this role since the day before yesterday.
struct Office {
    store: Store,
    people: People,
    boss: Who,
}

impl Office {
    async fn open(others: &[(&str, Role)]) -> Self {
        let store = Store::open("sqlite::memory:", OpenOptions::default());
        let store = store.await.unwrap();
        let people = People::new(store.clone());
        let earlier = NOW.plus(-2 * DAY);
        people
            .add(None, "boss", Role::Admin, Some(word(WORD)), earlier)
            .await
            .unwrap();
        let boss = people.know("boss", WORD, earlier).await.unwrap();
        for (name, role) in others {
            let added = people.add(Some(&boss), name, *role, None, earlier);
            added.await.unwrap();
        }
        Self {
            store,
            people,
            boss,
        }
    }

    /// Somebody, by a key that is as old as the person.
    async fn who(&self, name: &str) -> Who {
        let earlier = NOW.plus(-2 * DAY);
        let made = self
            .people
            .add_key(&self.boss, name, "a test", None, earlier);
        let (_, key) = made.await.unwrap();
        self.people.behind(key.reveal(), NOW).await.unwrap()
    }

    async fn did(&self) -> Vec<(String, String)> {
        let log = self
            .store
            .audit_log(&AuditFilter::default(), None, 99)
            .await;
        let log = log.unwrap().into_iter().rev();
        log.map(|line| (line.who, line.what)).collect()
    }
}

/// Whether it was the role that did not allow it.
fn is_role<T>(ended: &Result<T, Denied>) -> bool {
    matches!(ended, Err(Denied::NotAllowed(NotAllowed::Role { .. })))
}

#[test]
fn the_first_person_is_an_admin_and_needs_nobody_the_next_one_does() {
    run(async {
        let store = Store::open("sqlite::memory:", OpenOptions::default());
        let people = People::new(store.await.unwrap());
        assert!(!people.is_anybody().await.unwrap());
        let first = people.add(None, "first", Role::Approver, None, NOW).await;
        assert!(matches!(first, Err(Denied::FirstIsAdmin)), "{first:?}");
        people
            .add(None, "First", Role::Admin, Some(word(WORD)), NOW)
            .await
            .unwrap();
        let second = people.add(None, "second", Role::Admin, None, NOW).await;
        assert!(matches!(second, Err(Denied::Nobody)), "{second:?}");
        let first = people.know("FIRST", WORD, NOW).await.unwrap();
        people
            .add(Some(&first), "second", Role::Viewer, None, NOW)
            .await
            .unwrap();
        let taken = people
            .add(Some(&first), "Second", Role::Admin, None, NOW)
            .await;
        assert!(matches!(taken, Err(Denied::NameTaken(_))), "{taken:?}");
        let none = people
            .add(Some(&first), "two words", Role::Admin, None, NOW)
            .await;
        assert!(matches!(none, Err(Denied::BadName(_))), "{none:?}");
    });
}

#[test]
fn only_an_admin_says_who_may_do_what() {
    run(async {
        let roles = [
            ("viewer", Role::Viewer),
            ("technician", Role::Technician),
            ("operator", Role::Operator),
            ("approver", Role::Approver),
            ("auditor", Role::Auditor),
        ];
        let office = Office::open(&roles).await;
        let people = &office.people;
        for (name, _) in roles {
            let who = office.who(name).await;
            assert!(is_role(
                people.add(Some(&who), "x", Role::Admin, None, NOW).await
            ));
            assert!(is_role(
                &people.set_role(&who, name, Role::Admin, NOW).await
            ));
            assert!(is_role(
                people.set_revenue_protection(&who, name, true, NOW).await
            ));
            assert!(is_role(&people.disable(&who, "boss", true, NOW).await));
            assert!(is_role(
                people.set_password(&who, "boss", word(WORD), NOW).await
            ));
            assert!(is_role(&people.add_key(&who, "boss", "x", None, NOW).await));
            // one's own is one's own
            people
                .set_password(&who, name, word("another word"), NOW)
                .await
                .unwrap();
            assert_eq!(people.keys(&who).await.unwrap().len(), 1);
        }
        assert_eq!(people.keys(&office.boss).await.unwrap().len(), 5);
        assert!(office.boss.may(Verb::Approve).is_err());
    });
}

#[test]
fn the_last_admin_stays() {
    run(async {
        let office = Office::open(&[("other", Role::Operator)]).await;
        let people = &office.people;
        for _ in 0..2 {
            let gone = people.disable(&office.boss, "boss", true, NOW).await;
            assert!(matches!(gone, Err(Denied::LastAdmin(_))), "{gone:?}");
            let gone = people
                .set_role(&office.boss, "boss", Role::Viewer, NOW)
                .await;
            assert!(matches!(gone, Err(Denied::LastAdmin(_))), "{gone:?}");
        }
        people
            .set_role(&office.boss, "other", Role::Admin, NOW)
            .await
            .unwrap();
        people
            .disable(&office.boss, "boss", true, NOW)
            .await
            .unwrap();
    });
}

#[test]
fn a_role_and_what_somebody_else_hands_out_begin_the_day_anew() {
    run(async {
        let office = Office::open(&[("second", Role::Approver)]).await;
        let people = &office.people;
        let since = async || {
            let everybody = people.everybody().await.unwrap();
            let second = everybody.into_iter().find(|one| one.name == "second");
            second.unwrap().role_since
        };
        let earlier = NOW.plus(-2 * DAY);
        assert_eq!(since().await, earlier);
        let second = office.who("second").await;
        // one's own password and key change nothing
        people
            .set_password(&second, "second", word(WORD), NOW)
            .await
            .unwrap();
        people
            .add_key(&second, "second", "mine", None, NOW)
            .await
            .unwrap();
        people
            .set_role(&office.boss, "second", Role::Approver, NOW)
            .await
            .unwrap();
        assert_eq!(since().await, earlier);
        people
            .add_key(&office.boss, "second", "x", None, NOW)
            .await
            .unwrap();
        assert_eq!(since().await, NOW);
        let later = |more| NOW.plus(more);
        people
            .set_password(&office.boss, "second", word(WORD), later(1))
            .await
            .unwrap();
        assert_eq!(since().await, later(1));
        people
            .set_role(&office.boss, "second", Role::Operator, later(2))
            .await
            .unwrap();
        assert_eq!(since().await, later(2));
        people
            .disable(&office.boss, "second", true, later(3))
            .await
            .unwrap();
        assert_eq!(since().await, later(2));
        people
            .disable(&office.boss, "second", false, later(4))
            .await
            .unwrap();
        assert_eq!(since().await, later(4));
    });
}

#[test]
fn a_session_ends_with_its_time_its_owner_and_its_password() {
    run(async {
        let office = Office::open(&[]).await;
        let people = &office.people;
        let wrong = people.sign_in("boss", "correct house", NOW).await;
        assert!(matches!(wrong, Err(Denied::Unknown)), "{wrong:?}");
        let nobody = people.sign_in("nobody", WORD, NOW).await;
        assert!(matches!(nobody, Err(Denied::Unknown)), "{nobody:?}");
        let (token, who) = people.sign_in("boss", WORD, NOW).await.unwrap();
        assert_eq!(who.person.name.as_str(), "boss");
        let behind = people.behind(token.reveal(), NOW).await.unwrap();
        assert_eq!(
            (behind.person, behind.via.as_str()),
            (who.person, "session")
        );
        let over = people.behind(token.reveal(), NOW.plus(SESSION)).await;
        assert!(matches!(over, Err(Denied::BadKey)), "{over:?}");
        people.sign_out(token.reveal(), NOW).await.unwrap();
        assert!(people.behind(token.reveal(), NOW).await.is_err());
        let (token, _) = people.sign_in("boss", WORD, NOW).await.unwrap();
        people.behind(token.reveal(), NOW).await.unwrap();
        people
            .set_password(&office.boss, "boss", word("another word"), NOW)
            .await
            .unwrap();
        assert!(people.behind(token.reveal(), NOW).await.is_err());
        assert!(people.sign_in("boss", WORD, NOW).await.is_err());
        people.sign_in("boss", "another word", NOW).await.unwrap();
    });
}

#[test]
fn a_key_that_was_revoked_elsewhere_is_good_for_two_seconds_at_most() {
    run(async {
        let office = Office::open(&[("second", Role::Operator)]).await;
        let (here, there) = (&office.people, People::new(office.store.clone()));
        let made = here
            .add_key(&office.boss, "second", "x", Some(1), NOW)
            .await;
        let (id, key) = made.unwrap();
        let key = key.reveal();
        let who = here.behind(key, NOW).await.unwrap();
        assert_eq!(who.via, format!("key {}", id.0));
        assert!(here.behind(key, NOW.plus(DAY)).await.is_err(), "it ran out");
        here.behind(key, NOW).await.unwrap();
        there.revoke_key(&office.boss, id, NOW).await.unwrap();
        assert!(there.behind(key, NOW).await.is_err());
        here.behind(key, NOW.plus(FRESH - 1)).await.unwrap();
        assert!(here.behind(key, NOW.plus(FRESH)).await.is_err());
        let again = there.revoke_key(&office.boss, id, NOW).await;
        assert!(matches!(again, Err(Denied::NoSuchKey(_))), "{again:?}");
        let nonsense = here.behind("cm_nonsense", NOW).await;
        assert!(matches!(nonsense, Err(Denied::BadKey)));
    });
}

#[test]
fn who_is_disabled_comes_in_by_no_door() {
    run(async {
        let office = Office::open(&[("second", Role::Operator)]).await;
        let people = &office.people;
        people
            .set_password(&office.boss, "second", word(WORD), NOW)
            .await
            .unwrap();
        let (token, _) = people.sign_in("second", WORD, NOW).await.unwrap();
        let (_, key) = people
            .add_key(&office.boss, "second", "x", None, NOW)
            .await
            .unwrap();
        for door in [&token, &key] {
            people.behind(door.reveal(), NOW).await.unwrap();
        }
        people
            .disable(&office.boss, "second", true, NOW)
            .await
            .unwrap();
        for door in [&token, &key] {
            assert!(people.behind(door.reveal(), NOW).await.is_err());
        }
        let by_password = people.sign_in("second", WORD, NOW).await;
        let disabled = matches!(
            by_password,
            Err(Denied::NotAllowed(NotAllowed::Disabled(_)))
        );
        assert!(disabled, "{by_password:?}");
    });
}

#[test]
fn guessing_has_to_wait_and_the_owner_not_for_long() {
    run(async {
        let office = Office::open(&[]).await;
        let people = &office.people;
        for _ in 0..TRIES {
            let wrong = people.sign_in("boss", "wrong password", NOW).await;
            assert!(matches!(wrong, Err(Denied::Unknown)), "{wrong:?}");
        }
        let right = people.sign_in("boss", WORD, NOW.plus(PAUSE - 1)).await;
        assert!(matches!(right, Err(Denied::TooManyTries)), "{right:?}");
        people.sign_in("boss", WORD, NOW.plus(PAUSE)).await.unwrap();
        people.sign_in("boss", WORD, NOW.plus(PAUSE)).await.unwrap();
    });
}

fn wanted(why: &str) -> Wanted {
    Wanted {
        meter: meter(),
        kind: HoldKind::LockOut,
        why: why.into(),
    }
}

#[test]
fn a_hold_is_released_by_its_owner_or_by_two_others() {
    run(async {
        let office = Office::open(&[
            ("owner", Role::Technician),
            ("second", Role::Operator),
            ("third", Role::Approver),
            ("guest", Role::Viewer),
        ])
        .await;
        let people = &office.people;
        let owner = office.who("owner").await;
        let (second, third) = (office.who("second").await, office.who("third").await);
        let guest = office.who("guest").await;
        assert!(is_role(&people.hold(&guest, &wanted("x"), NOW).await));
        let silent = people.hold(&owner, &wanted(" "), NOW).await;
        assert!(matches!(silent, Err(Denied::NoReason)));
        let id = people
            .hold(&owner, &wanted("works on it"), NOW)
            .await
            .unwrap();
        assert!(is_role(&people.release(&guest, &meter(), id, NOW).await));
        let waits = people.release(&second, &meter(), id, NOW).await.unwrap();
        assert_eq!(waits, Release::Waits(vec!["second".into()]));
        let same = people.release(&second, &meter(), id, NOW).await.unwrap();
        assert_eq!(same, Release::Waits(vec!["second".into()]));
        let released = people.release(&third, &meter(), id, NOW).await.unwrap();
        assert_eq!(released, Release::Released);
        assert_eq!(people.holds(&meter()).await.unwrap(), []);
        let gone = people.release(&third, &meter(), id, NOW).await;
        assert!(matches!(gone, Err(Denied::NoSuchHold(_))), "{gone:?}");
        let id = people.hold(&owner, &wanted("again"), NOW).await.unwrap();
        // names made today do not release what somebody else holds
        for name in ["new1", "new2"] {
            people
                .add(Some(&office.boss), name, Role::Operator, None, NOW)
                .await
                .unwrap();
            let made = people.add_key(&office.boss, name, "x", None, NOW).await;
            let who = people.behind(made.unwrap().1.reveal(), NOW).await.unwrap();
            let young = people.release(&who, &meter(), id, NOW).await;
            assert!(
                matches!(young, Err(Denied::NotAllowed(NotAllowed::TooYoung))),
                "{young:?}"
            );
        }
        let own = people.release(&owner, &meter(), id, NOW).await.unwrap();
        assert_eq!(own, Release::Released);
    });
}

#[test]
fn a_finding_is_recorded_by_who_may_and_a_bypass_released_by_the_duty_alone() {
    run(async {
        let office = Office::open(&[
            ("technician", Role::Technician),
            ("approver", Role::Approver),
            ("guest", Role::Viewer),
        ])
        .await;
        let people = &office.people;
        let found = |kind, said: &str| Found {
            meter: meter(),
            kind,
            said: said.into(),
            seal_before: Some("A1".into()),
            seal_after: Some("A2".into()),
            photo: None,
        };
        let (tamper, bypass) = (FindingKind::Tamper, FindingKind::BypassReleased);
        let technician = office.who("technician").await;
        let guest = office.who("guest").await;
        people
            .record(&technician, &found(tamper, "cover open"), NOW)
            .await
            .unwrap();
        let silent = people.record(&technician, &found(tamper, " "), NOW).await;
        assert!(matches!(silent, Err(Denied::NoReason)));
        assert!(is_role(
            people.record(&guest, &found(tamper, "x"), NOW).await
        ));
        let approver = office.who("approver").await;
        for who in [&technician, &approver, &office.boss] {
            assert!(is_role(&people.record(who, &found(bypass, "x"), NOW).await));
        }
        people
            .set_revenue_protection(&office.boss, "guest", true, NOW)
            .await
            .unwrap();
        let guest = office.who("guest").await;
        people
            .record(&guest, &found(bypass, "paid and repaired"), NOW)
            .await
            .unwrap();
        let kinds: Vec<String> = people
            .findings(&meter(), 9)
            .await
            .unwrap()
            .into_iter()
            .map(|finding| finding.found.kind)
            .collect();
        assert_eq!(kinds, ["bypass-released", "tamper"]);
    });
}

#[test]
fn who_may_act_may_stop_and_the_audit_tells_who_did() {
    run(async {
        let office = Office::open(&[
            ("technician", Role::Technician),
            ("operator", Role::Operator),
            ("guest", Role::Viewer),
        ])
        .await;
        let people = &office.people;
        let (technician, operator) = (office.who("technician").await, office.who("operator").await);
        assert!(is_role(
            people.stop(&office.who("guest").await, "x", NOW).await
        ));
        people.stop(&technician, "fire", NOW).await.unwrap();
        let again = people.stop(&operator, "smoke", NOW).await;
        assert!(matches!(again, Err(Denied::Stopped(who)) if who == "technician"));
        assert_eq!(people.stopped().await.unwrap().unwrap().why, "fire");
        assert!(is_role(&people.lift(&technician, NOW).await));
        people.lift(&operator, NOW).await.unwrap();
        assert!(matches!(
            people.lift(&operator, NOW).await,
            Err(Denied::NotStopped)
        ));
        let did = office.did().await;
        let last: Vec<(&str, &str)> = did
            .iter()
            .rev()
            .take(2)
            .map(|(who, what)| (who.as_str(), what.as_str()))
            .collect();
        assert_eq!(last, [("operator", "lifted"), ("technician", "stopped")]);
        assert_eq!(did[0], ("boss".into(), "person-added".into()));
    });
}

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
