//! The second person.

use crate::{NotAllowed, Person, PersonName, Verb};
use fleet::{DAY, Moment};

/// How long a person, a role, a password or a key given by somebody else has to be there before its
/// owner may approve, in milliseconds: a name made for the purpose shows in the audit for a day
/// before it is of use.
pub const SETTLING: i64 = DAY;

/// Whether this person may agree to what the requester asked for.
///
/// A key belongs to a person, so what was asked for by a key was asked for by its owner.
pub fn may_approve(
    approver: &Person,
    requester: &PersonName,
    now: Moment,
) -> Result<(), NotAllowed> {
    approver.may(Verb::Approve)?;
    if approver.name == *requester {
        return Err(NotAllowed::Requester);
    }
    if now.since(approver.role_since) < SETTLING {
        return Err(NotAllowed::TooYoung);
    }
    Ok(())
}

/// How many different persons have to agree to the release of a hold, where this person is one of
/// them: its owner alone, or two others. The two are no names of the day, as for an approval.
pub fn agreements_needed(
    person: &Person,
    owner: &PersonName,
    now: Moment,
) -> Result<u64, NotAllowed> {
    if person.name == *owner {
        return person.may(Verb::Hold).map(|()| 1);
    }
    person.may(Verb::ReleaseHold)?;
    if now.since(person.role_since) < SETTLING {
        return Err(NotAllowed::TooYoung);
    }
    Ok(2)
}

#[cfg(test)]
mod tests {
    use super::{NotAllowed, Person, PersonName, SETTLING, agreements_needed, may_approve};
    use crate::{Role, Verb};
    use fleet::Moment;

    fn name(text: &str) -> PersonName {
        PersonName::parse(text).unwrap()
    }

    fn person(text: &str, role: Role) -> Person {
        Person::new(name(text), role, Moment(0))
    }

    const LATER: Moment = Moment(SETTLING);

    #[test]
    fn nobody_approves_his_own_act_however_the_name_is_written() {
        let second = person("second", Role::Approver);
        assert_eq!(may_approve(&second, &name("first"), LATER), Ok(()));
        for own in ["second", "Second", " SECOND "] {
            let refused = may_approve(&second, &name(own), LATER);
            assert_eq!(refused, Err(NotAllowed::Requester), "{own}");
        }
    }

    #[test]
    fn who_came_less_than_a_day_ago_cannot_approve() {
        let second = person("second", Role::Approver);
        let early = may_approve(&second, &name("first"), Moment(SETTLING - 1));
        assert_eq!(early, Err(NotAllowed::TooYoung));
        let before_he_came = may_approve(&second, &name("first"), Moment(-1));
        assert_eq!(before_he_came, Err(NotAllowed::TooYoung));
    }

    #[test]
    fn only_an_approver_who_is_not_disabled_approves() {
        for role in Role::all().filter(|role| *role != Role::Approver) {
            let refused = may_approve(&person("second", role), &name("first"), LATER);
            assert!(matches!(refused, Err(NotAllowed::Role { .. })), "{role:?}");
        }
        let mut gone = person("second", Role::Approver);
        gone.disabled = Some(Moment(1));
        let refused = may_approve(&gone, &name("first"), LATER);
        assert_eq!(refused, Err(NotAllowed::Disabled(name("second"))));
    }

    #[test]
    fn a_hold_is_released_by_its_owner_or_by_two_who_are_not_of_the_day() {
        let owner = name("owner");
        let mine = person("owner", Role::Technician);
        assert_eq!(agreements_needed(&mine, &owner, Moment(0)), Ok(1));
        let other = person("other", Role::Operator);
        assert_eq!(agreements_needed(&other, &owner, LATER), Ok(2));
        let early = agreements_needed(&other, &owner, Moment(SETTLING - 1));
        assert_eq!(early, Err(NotAllowed::TooYoung));
        let technician = person("other", Role::Technician);
        assert!(agreements_needed(&technician, &owner, LATER).is_err());
        let mut gone = mine.clone();
        gone.disabled = Some(Moment(1));
        assert!(agreements_needed(&gone, &owner, LATER).is_err());
    }

    #[test]
    fn a_bypass_is_released_by_duty_and_by_no_role() {
        for role in Role::all() {
            let mut who = person("theft", role);
            assert!(who.may(Verb::ReleaseBypass).is_err(), "{role:?}");
            who.revenue_protection = true;
            assert_eq!(who.may(Verb::ReleaseBypass), Ok(()), "{role:?}");
            assert_eq!(who.may(Verb::Administer).is_ok(), role == Role::Admin);
            who.disabled = Some(Moment(1));
            assert!(who.may(Verb::ReleaseBypass).is_err(), "{role:?}");
            assert!(who.may(Verb::See).is_err(), "{role:?}");
        }
    }

    #[test]
    fn every_no_is_one_sentence_that_says_what_to_do() {
        let viewer = person("guest", Role::Viewer);
        let said = viewer.may(Verb::Command).unwrap_err().to_string();
        assert_eq!(
            said,
            "guest is viewer and may not command a meter: ask somebody who may"
        );
        for no in [
            NotAllowed::Requester,
            NotAllowed::TooYoung,
            NotAllowed::Disabled(name("guest")),
        ] {
            assert!(no.to_string().contains(": ask "), "{no}");
        }
    }
}
