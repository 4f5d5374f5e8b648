//! How deep in the newest-first list tasks stand: of thousands under way the oldest end first, and
//! a page from the top would hold everything but them.

use asking::Sort;
use std::sync::atomic::{AtomicI64, Ordering};

/// Rows more on either side, because others make tasks meanwhile.
const SLACK: i64 = 20;

/// The newest id known of each sort. It is a guess that may be wrong: what is not found where it is
/// looked for is looked for from the top.
#[derive(Debug, Default)]
pub(super) struct Newest([AtomicI64; Sort::ALL.len()]);

impl Newest {
    /// A task with this id was just made.
    pub(super) fn made(&self, sort: Sort, id: i64) {
        if let Some(newest) = self.of(sort) {
            newest.fetch_max(id, Ordering::Relaxed);
        }
    }

    /// The list begins with this id: whatever was known before, this is the newest.
    pub(super) fn listed(&self, sort: Sort, id: i64) {
        if let Some(newest) = self.of(sort) {
            newest.store(id, Ordering::Relaxed);
        }
    }

    /// The page, and its size, that is likely to hold the ids from `oldest` to `newest`; nothing
    /// where a page of `most` rows does not, or where nothing is known.
    pub(super) fn page(
        &self,
        sort: Sort,
        (oldest, newest): (i64, i64),
        most: usize,
    ) -> Option<(usize, usize)> {
        let top = self.of(sort)?.load(Ordering::Relaxed);
        let known = top >= newest && oldest <= newest;
        known.then(|| page(top - newest, top - oldest, most))?
    }

    fn of(&self, sort: Sort) -> Option<&AtomicI64> {
        let place = Sort::ALL.iter().position(|known| *known == sort)?;
        self.0.get(place)
    }
}

/// The smallest page that holds the rows from `first` to `last`, counted from 0, with slack.
fn page(first: i64, last: i64, most: usize) -> Option<(usize, usize)> {
    let first = first.saturating_sub(SLACK).max(0);
    let rows = last.checked_add(SLACK + 1)?;
    let most = i64::try_from(most).ok()?;
    let span = rows.checked_sub(first)?;
    if span > most {
        return None;
    }
    // the page must begin at `first` or before, and end at `rows` or after
    let mut page = rows / span;
    while page > 1 && (page - 1) * (rows + page - 1).div_euclid(page) > first {
        page -= 1;
    }
    let size = (rows + page - 1).div_euclid(page);
    let fits = size <= most;
    let both = (usize::try_from(page).ok()?, usize::try_from(size).ok()?);
    fits.then_some(both)
}

#[cfg(test)]
mod tests {
    use super::{Newest, SLACK, page};
    use asking::Sort;

    #[test]
    fn every_page_holds_what_it_was_asked_for() {
        for first in (0..3_000).step_by(7) {
            for span in [0, 1, 49, 149, 400] {
                let last = first + span;
                let Some((page, size)) = page(first, last, 500) else {
                    continue;
                };
                let (page, size) = (i64::try_from(page).unwrap(), i64::try_from(size).unwrap());
                assert!(size <= 500);
                let from = (page - 1) * size;
                assert!(
                    from <= (first - SLACK).max(0),
                    "{first} {last}: {page} of {size}"
                );
                assert!(
                    page * size > last + SLACK,
                    "{first} {last}: {page} of {size}"
                );
            }
        }
    }

    #[test]
    fn tasks_that_stand_deep_are_found_with_few_rows_more() {
        // fifty of a thousand under way, the oldest ones
        let (page, size) = page(950, 999, 500).unwrap();
        assert!(page > 1 && size <= 150, "{page} of {size}");
    }

    #[test]
    fn what_lies_too_far_apart_is_not_guessed() {
        assert_eq!(page(0, 480, 500), None);
        assert_eq!(page(0, 459, 500), Some((1, 480)));
    }

    #[test]
    fn nothing_is_guessed_before_anything_is_known() {
        let newest = Newest::default();
        assert_eq!(newest.page(Sort::Control, (5, 9), 500), None);
        newest.made(Sort::Control, 1_009);
        assert!(newest.page(Sort::Control, (5, 9), 500).is_some());
        assert_eq!(newest.page(Sort::Reading, (5, 9), 500), None);
        // a head-end that was set up anew counts from the start
        newest.listed(Sort::Control, 7);
        assert_eq!(newest.page(Sort::Control, (5, 9), 500), None);
    }
}
