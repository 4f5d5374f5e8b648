//! Who may say who may do what.

use crate::office::{NOW, Office, WORD, is_role, run, word};
use desk::people::{Denied, People};
use fleet::DAY;
use people::{Role, Verb};
use store::{OpenOptions, Store};

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
                &people.add(Some(&who), "x", Role::Admin, None, NOW).await
            ));
            assert!(is_role(
                &people.set_role(&who, name, Role::Admin, NOW).await
            ));
            assert!(is_role(
                &people.set_revenue_protection(&who, name, true, NOW).await
            ));
            assert!(is_role(&people.disable(&who, "boss", true, NOW).await));
            assert!(is_role(
                &people.set_password(&who, "boss", word(WORD), NOW).await
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
