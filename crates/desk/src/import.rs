//! What comes from elsewhere: the fleet from a table or from the head-end's own lists, and
//! statuses that arrive by file.
//!
//! Reading, looking over, applying and undoing are four steps, so that nobody changes a fleet by
//! opening a file. A row that cannot be read is reported with its column and what to do; it never
//! stops the others unless the caller wants all or nothing.

mod apply;
mod at;
mod cells;
mod columns;
mod draft;
mod error;
mod head_end;
mod join;
mod outcome;
mod row;
mod shared;
mod statuses;
mod words;

pub use apply::{Applied, Mode, apply, preview, undo};
pub use draft::{Defaults, Draft, Remark, read};
pub use error::ImportError;
pub use head_end::{Listed, PageRead, from_head_end};
pub use statuses::{StatusLine, statuses};
