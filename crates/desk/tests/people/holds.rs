//! What people hold back, what they find, and the stop button.

use crate::office::{NOW, Office, is_role, meter, run};
use desk::people::{Denied, Found, Release, Wanted};
use people::{FindingKind, HoldKind, NotAllowed, Role};

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
            &people.record(&guest, &found(tamper, "x"), NOW).await
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
            &people.stop(&office.who("guest").await, "x", NOW).await
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
