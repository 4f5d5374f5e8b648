//! SQLite or PostgreSQL behind one type, [`Store`], chosen by the URL.
//!
//! It keeps what the desk tells it and decides nothing: verdicts arrive as words. Only this room
//! knows SQL.

mod case;
mod fleet_rows;
mod kept;
mod slot;

pub use case::{
    Case, CaseChange, CaseFilter, CaseId, Cursor, NewCase, Note, Subject, Tally, Words,
};
pub use fleet_rows::{Customer, Gateway, ImportId, ImportReport, Imported, Meter, NewImport, Site};
pub use kept::{
    AnswerId, Event, Known, Latest, NewAnswer, Reading, Settlement, Standing, StoredAnswer,
};
pub use slot::{Due, NewSlot, Request, RequestId, Slot, SlotChange, SlotId, SlotState};
