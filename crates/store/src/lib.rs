//! SQLite or PostgreSQL behind one type, [`Store`], chosen by the URL.
//!
//! It keeps what the desk tells it and decides nothing: verdicts arrive as words. Only this room
//! knows SQL.

mod answers;
mod audit;
mod backup;
mod case;
mod cases;
mod chain;
mod command;
mod dump;
mod error;
mod events;
mod explains;
mod fleet;
mod fleet_rows;
mod import;
mod kept;
mod leases;
mod message;
mod messages;
mod meters;
mod migrate;
mod months;
mod newest;
mod pass;
mod people;
mod readings;
mod registers;
mod requests;
mod rounds;
mod settle;
mod shape;
mod slot;
mod slots;
mod sql;
mod standings;
mod store;
mod target;
mod worklist;

pub use audit::{AuditCursor, AuditFilter, Audited};
pub use backup::restore;
pub use case::{
    Case, CaseChange, CaseFilter, CaseId, Cursor, NewCase, Note, Subject, Tally, Words,
};
pub use chain::NewAudit;
pub use command::{
    Command, CommandEvent, CommandFilter, CommandId, CommandTally, Departure, LedgerRow, Left,
    Limits, Move, NewCommand, NewToken, Proposed, Stand,
};
pub use error::{Cause, StoreError};
pub use events::Observation;
pub use fleet_rows::{Customer, Gateway, ImportId, ImportReport, Imported, Meter, NewImport, Site};
pub use import::Import;
pub use kept::{
    AnswerId, Event, Known, Latest, NewAnswer, Reading, Settlement, Standing, StoredAnswer,
};
pub use message::{Message, MessageFilter, MessageId, NewMessage, Replay, Told, Tried, Waiting};
pub use meters::MeterFilter;
pub use migrate::pending_migrations;
pub use pass::{Pass, Passed};
pub use people::{
    ApiKey, Finding, FindingId, Hold, HoldId, KeyId, NewFinding, NewHold, NewKey, NewSession,
    Person, Stop,
};
pub use slot::{Due, NewSlot, Request, RequestId, Slot, SlotChange, SlotId, SlotState};
pub use standings::Group;
pub use store::{OpenOptions, Store};
pub use target::Engine;
