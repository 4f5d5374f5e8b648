//! REST API and pages: what the desk and the store say, shown to people and to programs.
//!
//! It decides nothing: who may do what is asked of the desk. Pages are plain HTML with one small style sheet: no script, nothing from
//! another place. Whatever a meter, a head-end or a file said is text and never markup.

mod acts;
mod api;
mod asked;
mod assets;
mod body;
mod denied;
mod door;
mod fail;
mod figures;
mod guard;
mod inside;
mod lang;
mod measure;
mod pages;
mod paging;
mod probes;
mod reads;
mod router;
mod said;
mod server;
mod state;
mod tally;
mod time;
mod words;

pub use inside::{Answer, ask};
pub use measure::{install_recorder, upkeep};
pub use router::{router, router_with, serve};
pub use state::{Doors, HeadEndHealth, HealthSource, LOOPBACK_HOSTS, State, Trouble};
