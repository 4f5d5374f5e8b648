//! The tables of the file, one module a table.

mod audit;
mod cases;
mod commands;
mod head_end;
mod items;
mod overrides;
mod pace;
mod polling;
mod server;
mod site;
mod store;
mod webhook;

pub use audit::Audit;
pub use cases::Cases;
pub use commands::Commands;
pub use head_end::{HeadEnd, Secrets};
pub use items::Family;
pub use overrides::{Override, Row, Vocabulary};
pub use polling::Polling;
pub use server::Server;
pub use site::{Site, SiteDefaults};
pub use store::Store;
pub use webhook::Webhook;
