//! The days that are remembered of a meter, and how they are summed up.

use serde::{Deserialize, Serialize};

/// How many days are remembered: eight weeks, for trends and the median.
const DAYS: usize = 56;
/// How many months: the same month of last year is the thirteenth.
const MONTHS: usize = 13;

/// The energy of one whole day. It is kept 56 times a meter, so its names are short there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayUse {
    /// Days since 1970-01-01, by the local date.
    #[serde(rename = "d")]
    pub day: i32,
    /// Wh.
    #[serde(rename = "w")]
    pub wh: i64,
    /// Whether the home was without supply for some of it.
    #[serde(rename = "o", default, skip_serializing_if = "std::ops::Not::not")]
    pub dark: bool,
}

/// The whole days of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct MonthUse {
    month: i32,
    days: i64,
    wh: i64,
}

/// Whole days and months, oldest first. Days that were not whole are not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Recent {
    days: Vec<DayUse>,
    months: Vec<MonthUse>,
}

impl Recent {
    pub(crate) fn days(&self) -> &[DayUse] {
        &self.days
    }

    /// Remembers a day. One that comes again, after a clock was set back, replaces what is there
    /// from that day on.
    pub(crate) fn push(&mut self, day: DayUse, month: i32) {
        let before = self.days.partition_point(|one| one.day < day.day);
        self.days.truncate(before);
        if self.days.len() == DAYS {
            self.days.remove(0);
        }
        self.days.push(day);
        match self.months.last_mut().filter(|last| last.month >= month) {
            Some(last) => {
                last.days += 1;
                last.wh += day.wh;
            }
            None => self.push_month(day, month),
        }
    }

    fn push_month(&mut self, day: DayUse, month: i32) {
        if self.months.len() == MONTHS {
            self.months.remove(0);
        }
        self.months.push(MonthUse {
            month,
            days: 1,
            wh: day.wh,
        });
    }

    /// The median of so many days, Wh; nothing below a least number.
    pub(crate) fn median(&self, days: usize, least: usize) -> Option<i64> {
        let some = &self.days[self.days.len().saturating_sub(days)..];
        let mut sorted = [0_i64; DAYS];
        let sorted = sorted.get_mut(..some.len())?;
        for (place, day) in sorted.iter_mut().zip(some) {
            *place = day.wh;
        }
        let middle = some.len() / 2;
        (some.len() >= least.max(1)).then(|| *sorted.select_nth_unstable(middle).1)
    }

    /// The third greatest day, Wh.
    pub(crate) fn third(&self) -> Option<i64> {
        let mut greatest = [i64::MIN; 3];
        for day in &self.days {
            let place = greatest.partition_point(|one| *one >= day.wh);
            if place < 3 {
                greatest[place..].rotate_right(1);
                greatest[place] = day.wh;
            }
        }
        (self.days.len() >= 3).then_some(greatest[2])
    }

    /// The mean of the days from one to another, both inclusive, Wh; nothing below a least number.
    pub(crate) fn mean(&self, from: i32, to: i32, least: usize) -> Option<i64> {
        let first = self.days.partition_point(|one| one.day < from);
        let some = self.days[first..].iter().take_while(|one| one.day <= to);
        let (count, wh) = some.fold((0_i64, 0), |(count, wh), day| (count + 1, wh + day.wh));
        (count >= i64::try_from(least.max(1)).unwrap_or(i64::MAX)).then(|| wh / count)
    }

    /// The mean day of a month, Wh; nothing below a least number of days.
    pub(crate) fn mean_of_month(&self, month: i32, least: i64) -> Option<i64> {
        let found = self.months.iter().find(|one| one.month == month)?;
        (found.days >= least).then(|| found.wh / found.days)
    }
}
