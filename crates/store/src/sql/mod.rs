//! The one place that knows there are two engines: statements are one text for both, with numbered
//! placeholders, and every value is a number or a text.

mod arg;
mod cells;
mod checkpoint;
mod copy;
mod link;
mod postgres;
mod rows;
mod session;
mod sqlite;

pub(crate) use arg::{Arg, clean};
pub(crate) use cells::{Cells, count, int, maybe_int, text, unreadable};
pub(crate) use copy::Copy;
pub(crate) use postgres::Postgres;
pub(crate) use rows::{Kind, Rows};
pub(crate) use session::{Session, again};
pub(crate) use sqlite::{APPLICATION_ID, Sqlite};

/// The text of a statement.
pub(crate) type Sql = std::borrow::Cow<'static, str>;

/// The values of a statement, in the order of its placeholders.
macro_rules! args {
    ($($value:expr),* $(,)?) => { vec![$($crate::sql::Arg::from($value)),*] };
}
pub(crate) use args;
