//! Power-down and silence become one outage or one meter; interruptions become the indices of
//! reliability.
//!
//! [`locate`] looks at the signs of a site's homes in the tree of its supply: many dark homes are one
//! outage, a silent gateway is told apart, a home alone is told apart from its neighbours.
//! [`reliability`] counts interruptions as IEEE 1366 has it, the grid's apart from those a home's own
//! meter made, and says how exact it is. What an operating status means is the catalogue's to say.
//!
//! This room holds no clock, no randomness, no environment and no I/O: moments are handed in.
//!
//! ```
//! use fleet::{MINUTE, Moment};
//! use outages::{Home, LocateTerms, Node, NodeKind, Sign, Tree, What, locate};
//!
//! let circuit = |name: &str| Node {
//!     name: name.to_owned(),
//!     kind: NodeKind::Circuit,
//!     fed_by: Some(0),
//! };
//! let site = Node { name: "Hill".to_owned(), kind: NodeKind::Site, fed_by: None };
//! let tree = Tree::new(vec![site, circuit("Mango Road"), circuit("School Lane")])?;
//! let home = |node, sign| Home { node, gateway: None, phase: None, sign, code: None };
//! let down = |minute: i64| Sign::Down(Moment(minute * MINUTE));
//! let homes = [
//!     home(1, down(3)), home(1, down(4)), home(1, Sign::Heard),
//!     home(2, Sign::Heard), home(2, Sign::Heard),
//! ];
//! let found = locate(&tree, &homes, &[], &LocateTerms::default());
//! assert_eq!((found[0].what, found[0].node), (What::Outage, 1));
//! # Ok::<(), outages::NotATree>(())
//! ```
#![warn(clippy::disallowed_methods)]

mod cause;
mod counter;
mod finding;
mod indices;
mod interruption;
mod locate;
mod log;
mod major;
mod phases;
mod restored;
mod sign;
mod silence;
mod slots;
mod tally;
mod tree;

pub use cause::{Cause, cause};
pub use counter::{Counter, Since, since};
pub use finding::{Alone, Finding, What};
pub use indices::{IndexTerms, Indices, Reliability, reliability};
pub use interruption::{Interruption, once_each};
pub use locate::{LocateTerms, locate};
pub use log::{Compared, Entry, Match, compare};
pub use major::{Major, MajorTerms, major_threshold};
pub use phases::{GONE, NeutralFault, Phase, PhaseSign, neutral_fault, phase_sign};
pub use restored::{Restored, restored};
pub use sign::{Home, Sign};
pub use silence::{from_power_downs, silences};
pub use slots::{Slot, of_slots};
pub use tree::{Node, NodeKind, NotATree, Tree};
