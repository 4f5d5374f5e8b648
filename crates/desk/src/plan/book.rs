//! The meters of one head-end, small enough that a million of them fit.

use fleet::{MeterNumber, Moment, SiteId};
use std::collections::HashMap;

/// A meter's place in the book.
pub(super) type Index = u32;

/// Where the routine ask of a meter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Routine {
    /// In its group's queue.
    Queued,
    /// Being asked.
    Asking,
    /// Waiting until the meter's other ask has ended.
    Parked,
    /// The meter is gone.
    Off,
}

/// One meter: 64 bytes, and the customer's id.
#[derive(Debug)]
pub(super) struct Row {
    number: u64,
    /// When its routine ask is due.
    pub(super) due: Moment,
    /// When its status was last received; `Moment(i64::MIN)` is never.
    pub(super) observed: Moment,
    pub(super) customer: Option<Box<str>>,
    pub(super) group: u32,
    site: u32,
    /// Asks without an answer.
    pub(super) silent: u16,
    /// Tasks in flight.
    pub(super) flights: u8,
    /// Whether wishes wait until its task has ended.
    pub(super) parked: bool,
    pub(super) routine: Routine,
    pub(super) open_case: bool,
    /// Met in the fleet that is being read.
    pub(super) met: bool,
}

/// Every meter, found by its number.
#[derive(Debug, Default)]
pub(super) struct Book {
    index: HashMap<u64, Index>,
    rows: Vec<Row>,
    free: Vec<Index>,
    sites: Names,
}

/// Texts that recur, kept once. Number 0 is none.
#[derive(Debug, Default)]
struct Names {
    known: HashMap<Box<str>, u32>,
    texts: Vec<Box<str>>,
}

impl Names {
    fn put(&mut self, text: Option<&str>) -> u32 {
        let Some(text) = text else { return 0 };
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        self.texts.push(text.into());
        let number = u32::try_from(self.texts.len()).unwrap_or(0);
        self.known.insert(text.into(), number);
        number
    }

    fn get(&self, number: u32) -> Option<&str> {
        let place = usize::try_from(number).ok()?.checked_sub(1)?;
        self.texts.get(place).map(AsRef::as_ref)
    }
}

/// A number of 1 to 12 digits and its length in one word: leading zeros count.
fn packed(number: &MeterNumber) -> u64 {
    let digits = number.as_str();
    let value = digits
        .bytes()
        .fold(0_u64, |sum, digit| sum * 10 + u64::from(digit - b'0'));
    let length = u64::try_from(digits.len()).unwrap_or(0);
    length << 56 | value
}

fn unpacked(word: u64) -> MeterNumber {
    let (length, value) = (word >> 56, word & ((1 << 56) - 1));
    let width = usize::try_from(length).unwrap_or(0);
    match MeterNumber::parse(&format!("{value:0width$}")) {
        Ok(number) => number,
        Err(_) => unreachable!("only a meter number is ever packed"),
    }
}

impl Book {
    pub(super) fn find(&self, number: &MeterNumber) -> Option<Index> {
        self.index.get(&packed(number)).copied()
    }

    /// The meter's row, new where there was none, with its place in the fleet renewed.
    pub(super) fn put(&mut self, number: &MeterNumber, group: u32, site: Option<&str>) -> Index {
        let key = packed(number);
        let site = self.sites.put(site);
        if let Some(index) = self.index.get(&key).copied() {
            self[index].site = site;
            return index;
        }
        let row = Row {
            number: key,
            due: Moment(i64::MAX),
            observed: Moment(i64::MIN),
            customer: None,
            group,
            site,
            silent: 0,
            flights: 0,
            parked: false,
            routine: Routine::Off,
            open_case: false,
            met: false,
        };
        let index = if let Some(index) = self.free.pop() {
            self[index] = row;
            index
        } else {
            self.rows.push(row);
            // A book of four thousand million meters does not fit into any memory.
            u32::try_from(self.rows.len() - 1).unwrap_or(u32::MAX)
        };
        self.index.insert(key, index);
        index
    }

    /// Forgets a meter. Its place may be given to another once its last task has ended.
    pub(super) fn remove(&mut self, index: Index) {
        let key = self[index].number;
        self.index.remove(&key);
        self[index].routine = Routine::Off;
        self.recycle(index);
    }

    /// Gives the place of a forgotten meter free, unless a task of it is still in flight.
    pub(super) fn recycle(&mut self, index: Index) {
        let row = &self[index];
        if row.flights == 0 && self.index.get(&row.number) != Some(&index) {
            self.free.push(index);
        }
    }

    pub(super) fn number(&self, index: Index) -> MeterNumber {
        unpacked(self[index].number)
    }

    pub(super) fn site(&self, index: Index) -> Option<SiteId> {
        self.sites.get(self[index].site).and_then(SiteId::parse)
    }

    pub(super) fn len(&self) -> usize {
        self.index.len()
    }

    /// Every place, the free ones too (their routine is off).
    pub(super) fn places(&self) -> impl Iterator<Item = Index> + use<> {
        0..u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }
}

impl std::ops::Index<Index> for Book {
    type Output = Row;
    fn index(&self, index: Index) -> &Row {
        &self.rows[index as usize]
    }
}

impl std::ops::IndexMut<Index> for Book {
    fn index_mut(&mut self, index: Index) -> &mut Row {
        &mut self.rows[index as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_packed_number_keeps_its_leading_zeros() {
        for text in ["0", "007", "47001582544", "000000000000", "999999999999"] {
            let number = MeterNumber::parse(text).unwrap();
            assert_eq!(unpacked(packed(&number)), number);
        }
    }

    #[test]
    fn a_row_is_no_larger_than_a_cache_line() {
        assert!(size_of::<Row>() <= 64, "{}", size_of::<Row>());
    }

    #[test]
    fn the_place_of_a_forgotten_meter_waits_for_its_last_task() {
        let mut book = Book::default();
        let old = MeterNumber::parse("1").unwrap();
        let index = book.put(&old, 0, None);
        book[index].flights = 1;
        book.remove(index);
        let other = book.put(&MeterNumber::parse("2").unwrap(), 0, None);
        assert_ne!(other, index);
        book[index].flights = 0;
        book.recycle(index);
        assert_eq!(book.put(&MeterNumber::parse("3").unwrap(), 0, None), index);
    }
}
