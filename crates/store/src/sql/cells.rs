//! A row that came out of the database, read cell by cell from the left.

use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row as _, ValueRef as _};

/// A row of either engine.
#[derive(Clone, Copy)]
enum Row<'r> {
    Sqlite(&'r SqliteRow),
    Postgres(&'r PgRow),
}

/// The cells of one row; each read takes the next one.
pub(crate) struct Cells<'r> {
    row: Row<'r>,
    next: usize,
}

/// What a cell gives.
type Read<T> = Result<T, sqlx::Error>;

macro_rules! next {
    ($cells:ident, $kind:ty) => {{
        let place = $cells.next;
        $cells.next += 1;
        match $cells.row {
            Row::Sqlite(row) => row.try_get::<$kind, _>(place),
            Row::Postgres(row) => row.try_get::<$kind, _>(place),
        }
    }};
}

impl<'r> Cells<'r> {
    pub(super) fn sqlite(row: &'r SqliteRow) -> Self {
        Self {
            row: Row::Sqlite(row),
            next: 0,
        }
    }

    pub(super) fn postgres(row: &'r PgRow) -> Self {
        Self {
            row: Row::Postgres(row),
            next: 0,
        }
    }

    pub(crate) fn int(&mut self) -> Read<i64> {
        next!(self, i64)
    }

    pub(crate) fn maybe_int(&mut self) -> Read<Option<i64>> {
        next!(self, Option<i64>)
    }

    pub(crate) fn text(&mut self) -> Read<String> {
        next!(self, String)
    }

    pub(crate) fn maybe_text(&mut self) -> Read<Option<String>> {
        next!(self, Option<String>)
    }

    /// A number of a smaller range.
    pub(crate) fn small<T: TryFrom<i64>>(&mut self) -> Read<T> {
        let number = self.int()?;
        T::try_from(number).map_err(|_| unreadable(format!("{number} is out of range")))
    }

    pub(crate) fn maybe_small<T: TryFrom<i64>>(&mut self) -> Read<Option<T>> {
        let Some(number) = self.maybe_int()? else {
            return Ok(None);
        };
        let small = T::try_from(number);
        small
            .map(Some)
            .map_err(|_| unreadable(format!("{number} is out of range")))
    }

    /// A count, which is never negative.
    pub(crate) fn count(&mut self) -> Read<u64> {
        self.small()
    }

    pub(crate) fn flag(&mut self) -> Read<bool> {
        Ok(self.int()? != 0)
    }

    pub(crate) fn maybe_flag(&mut self) -> Read<Option<bool>> {
        Ok(self.maybe_int()?.map(|flag| flag != 0))
    }

    pub(crate) fn moment(&mut self) -> Read<Moment> {
        self.int().map(Moment)
    }

    pub(crate) fn maybe_moment(&mut self) -> Read<Option<Moment>> {
        Ok(self.maybe_int()?.map(Moment))
    }

    pub(crate) fn meter(&mut self) -> Read<MeterNumber> {
        let text = self.text()?;
        MeterNumber::parse(&text).map_err(|error| unreadable(error.to_string()))
    }

    /// A text that has to be one of its kind.
    pub(crate) fn must<T>(&mut self, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
        let text = self.text()?;
        parse(&text).ok_or_else(|| unreadable(format!("\"{text}\" is none of ours")))
    }

    /// A meter's number where an empty text means none.
    pub(crate) fn meter_or_none(&mut self) -> Read<Option<MeterNumber>> {
        Ok(MeterNumber::parse(&self.text()?).ok())
    }

    pub(crate) fn site(&mut self) -> Read<Option<SiteId>> {
        Ok(self.maybe_text()?.as_deref().and_then(SiteId::parse))
    }

    pub(crate) fn gateway(&mut self) -> Read<Option<GatewayId>> {
        Ok(self.maybe_text()?.as_deref().and_then(GatewayId::parse))
    }

    /// Whether the next cell is empty; it is not taken.
    pub(crate) fn is_null(&self) -> Read<bool> {
        match self.row {
            Row::Sqlite(row) => row.try_get_raw(self.next).map(|cell| cell.is_null()),
            Row::Postgres(row) => row.try_get_raw(self.next).map(|cell| cell.is_null()),
        }
    }
}

/// What stands there is none of what we write.
pub(crate) fn unreadable(why: String) -> sqlx::Error {
    sqlx::Error::Decode(why.into())
}

/// Reads a row of one number.
pub(crate) fn int(cells: &mut Cells<'_>) -> Read<i64> {
    cells.int()
}

/// Reads a row of one count.
pub(crate) fn count(cells: &mut Cells<'_>) -> Read<u64> {
    cells.count()
}

/// Reads a row of one text.
pub(crate) fn text(cells: &mut Cells<'_>) -> Read<String> {
    cells.text()
}

/// Reads a row of one number that may be missing.
pub(crate) fn maybe_int(cells: &mut Cells<'_>) -> Read<Option<i64>> {
    cells.maybe_int()
}
