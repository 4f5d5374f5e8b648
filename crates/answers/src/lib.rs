//! What people paste and head-ends answer, read without a connection.
//!
//! Input is forgiving, output is exact: a bare number, `87-8`, a sentence from a chat, a pasted
//! answer body or a saved file give the numbers they hold, each in its family. This room decides
//! nothing and moves nothing; it holds no clock, no environment and no I/O.
//!
//! ```
//! use answers::{Number, read};
//! use fleet::AmiCode;
//! let items = read("Meter operating status = 1008");
//! assert_eq!(items[0].readings.as_ref().unwrap()[0].number, Number::Ami(AmiCode(1008)));
//! assert!(read("hello")[0].readings.is_err());
//! ```
#![warn(clippy::disallowed_methods)]

mod item;
mod paste;
mod row;
mod row_items;
mod row_keys;
mod scan;
mod status;
mod text;
mod unread;

pub use item::{Number, Reading};
pub use paste::{Item, read};
pub use row::{Row, Settings, read_row, read_task};
pub use row_items::Asked;
pub use scan::{MAX_ROW, Piece, RowScanner};
pub use status::{StatusFamily, read_status};
pub use unread::Unread;
