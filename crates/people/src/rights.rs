//! Which role may do what: one table.

use crate::Role;
use crate::Role::{Admin, Approver, Auditor, Operator, Technician, Viewer};

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verb {
    /// See the fleet, the worklist, and what was asked for.
    See,
    /// Have a meter read.
    Read,
    /// Ask for an act that changes something at a meter.
    Command,
    /// Agree to another person's darkening act, or refuse it.
    Approve,
    /// Take back what another person asked for.
    CancelOthers,
    /// Hold a meter, and release a hold of one's own.
    Hold,
    /// Be one of the two persons who release a hold of somebody else's.
    ReleaseHold,
    /// Record what was found at a meter.
    Find,
    /// Write on a case, or close it by hand.
    Work,
    /// Change which meters, sites and customers there are, and take statuses in.
    Register,
    /// Let acts go on at a meter that reported a bypass. A duty of its own beside the role.
    ReleaseBypass,
    /// Stop all acts that are not sent yet.
    Stop,
    /// Let acts go on after a stop.
    Lift,
    /// Read the audit.
    ReadAudit,
    /// Say who may do what.
    Administer,
}

/// Verb, what it is in a sentence, the roles that may.
const RIGHTS: &[(Verb, &str, &[Role])] = &[
    (
        Verb::See,
        "see the fleet",
        &[Viewer, Technician, Operator, Approver, Auditor, Admin],
    ),
    (
        Verb::Read,
        "have a meter read",
        &[Technician, Operator, Approver],
    ),
    (Verb::Command, "command a meter", &[Operator, Approver]),
    (Verb::Approve, "approve another person's act", &[Approver]),
    (
        Verb::CancelOthers,
        "cancel what another person asked for",
        &[Operator, Approver],
    ),
    // who works on a line locks it out, and does not wait for the office
    (
        Verb::Hold,
        "hold a meter",
        &[Technician, Operator, Approver],
    ),
    (
        Verb::ReleaseHold,
        "release another person's hold",
        &[Operator, Approver],
    ),
    (
        Verb::Find,
        "record a finding",
        &[Technician, Operator, Approver],
    ),
    (
        Verb::Work,
        "work on a case",
        &[Technician, Operator, Approver],
    ),
    (
        Verb::Register,
        "change the register of meters",
        &[Operator, Approver, Admin],
    ),
    // nobody by his role: see Person::revenue_protection
    (Verb::ReleaseBypass, "release a bypass", &[]),
    // stopping harms nobody, so nobody who can act is kept from it
    (
        Verb::Stop,
        "stop all acts",
        &[Technician, Operator, Approver, Admin],
    ),
    (
        Verb::Lift,
        "let acts go on after a stop",
        &[Operator, Approver],
    ),
    (Verb::ReadAudit, "read the audit", &[Auditor, Admin]),
    (Verb::Administer, "say who may do what", &[Admin]),
];

impl Verb {
    /// Every verb.
    pub fn all() -> impl Iterator<Item = Self> {
        RIGHTS.iter().map(|(verb, ..)| *verb)
    }

    /// What it is, as part of a sentence: `command a meter`.
    pub fn words(self) -> &'static str {
        self.row().1
    }

    /// Whether somebody may by this role alone.
    pub fn is_of(self, role: Role) -> bool {
        self.row().2.contains(&role)
    }

    fn row(self) -> &'static (Self, &'static str, &'static [Role]) {
        // a verb is its place in the table; a test holds them together
        &RIGHTS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{RIGHTS, Role, Verb};

    /// Who may what, as a picture: a column for each role in its order, a row for each verb.
    const PICTURE: &str = "\
verb              vtoaua
See               xxxxxx
Read              .xxx..
Command           ..xx..
Approve           ...x..
CancelOthers      ..xx..
Hold              .xxx..
ReleaseHold       ..xx..
Find              .xxx..
Work              .xxx..
Register          ..xx.x
ReleaseBypass     ......
Stop              .xxx.x
Lift              ..xx..
ReadAudit         ....xx
Administer        .....x
";

    #[test]
    fn every_verb_stands_at_its_place() {
        for (place, (verb, ..)) in RIGHTS.iter().enumerate() {
            assert_eq!(*verb as usize, place);
        }
        assert_eq!(Verb::all().count(), 15);
    }

    #[test]
    fn the_rights_are_those_of_the_picture() {
        let mut drawn = format!("{:18}vtoaua\n", "verb");
        for verb in Verb::all() {
            let marks: String = Role::all()
                .map(|role| if verb.is_of(role) { 'x' } else { '.' })
                .collect();
            drawn += &format!("{:18}{marks}\n", format!("{verb:?}"));
        }
        assert_eq!(drawn, PICTURE);
    }
}
