//! Why a home is without supply: the grid's fault, the meter's doing, or somebody's order.

use catalogue::{Class, Supply};
use fleet::AmiCode;

/// Why a home is without supply.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The grid or the site's own source: it counts in the indices.
    Supply,
    /// The relay of the home's meter opened by itself: a fault of the home, kept apart.
    Meter,
    /// Somebody ordered it: planned work, or a disconnection. It counts nowhere.
    Ordered,
    /// Nobody knows yet. It counts with the supply, because a home in the dark is not left out.
    #[default]
    Unknown,
}

/// The cause that an operating status stands for; nothing where the home has supply by it, or nobody
/// listed the code. What the code means is the catalogue's to say.
///
/// ```
/// use fleet::AmiCode;
/// use outages::{Cause, cause};
/// assert_eq!(cause(AmiCode(1012)), Some(Cause::Supply));
/// assert_eq!(cause(AmiCode(1003)), Some(Cause::Meter));
/// assert_eq!(cause(AmiCode(1007)), Some(Cause::Ordered));
/// assert_eq!((cause(AmiCode(1000)), cause(AmiCode(1002))), (None, None));
/// ```
pub fn cause(code: AmiCode) -> Option<Cause> {
    let row = catalogue::ami(code)?;
    if row.advice.supply == Supply::On {
        return None;
    }
    match row.advice.class {
        Class::SupplyQuality => Some(Cause::Supply),
        Class::Tamper | Class::Load | Class::Wiring | Class::Local | Class::Ignored => {
            Some(Cause::Meter)
        }
        // an order of the head-end, a test that somebody runs, a meter that was never switched on
        Class::Backend | Class::Test | Class::Commissioning => Some(Cause::Ordered),
        Class::Normal | Class::Unlisted => None,
    }
}
