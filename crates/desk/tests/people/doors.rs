//! How it is known who somebody is.

use crate::office::{NOW, Office, WORD, run, word};
use desk::people::{Denied, FRESH, PAUSE, People, SESSION, TRIES};
use fleet::DAY;
use people::{NotAllowed, Role};

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
