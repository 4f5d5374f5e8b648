//! Objects of the meter, by class and OBIS.

use std::fmt;

/// A logical name of six numbers; `Display` writes `0.0.17.0.0.255`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Obis(pub [u8; 6]);

/// An object of the meter: its class and its logical name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DlmsObject {
    /// The class.
    pub class: u16,
    /// The logical name.
    pub obis: Obis,
}

impl DlmsObject {
    /// The load limit: class 71, Limiter. Its attribute 3 is the threshold that holds, in W.
    pub const LIMITER: Self = Self {
        class: 71,
        obis: Obis([0, 0, 17, 0, 0, 255]),
    };
    /// The relay: class 70, disconnect control. Nothing public uses it on these meters.
    pub const RELAY: Self = Self {
        class: 70,
        obis: Obis([0, 0, 96, 3, 10, 255]),
    };

    /// Class and name as they are sent.
    pub(super) fn wire(self) -> impl Iterator<Item = u8> {
        self.class.to_be_bytes().into_iter().chain(self.obis.0)
    }

    pub(super) fn of_wire(class: [u8; 2], obis: [u8; 6]) -> Self {
        Self {
            class: u16::from_be_bytes(class),
            obis: Obis(obis),
        }
    }
}

impl fmt::Display for DlmsObject {
    /// Class and logical name: `71/0.0.17.0.0.255`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.class, self.obis)
    }
}

impl fmt::Display for Obis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, rest @ ..] = self.0;
        write!(f, "{first}")?;
        rest.iter().try_for_each(|number| write!(f, ".{number}"))
    }
}
