//! What the planner goes by, and the dice it is handed a seed for.

use asking::{Item, Offers};
use fleet::{DAY, HOUR, MINUTE, SECOND};

/// How often meters are asked, and how patiently. All times in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// What every meter is asked for again and again; nothing where the head-end offers nothing fit.
    pub routine: Option<Item>,
    /// How often a meter is asked when all is well.
    pub routine_every: i64,
    /// How often a meter with an open case is asked. It is also the first wait after a meter did not
    /// answer: the wait doubles from there.
    pub abnormal_every: i64,
    /// After how long an answer is stale: the meter then goes before routine.
    pub stale_after: i64,
    /// The longest wait for a meter that does not answer.
    pub silent_most: i64,
    /// By how many per cent a wait is lengthened or shortened by chance, 0 to 50. It is added after
    /// the longest wait was applied, so that the longest waits spread too.
    pub jitter: i64,
    /// How often one meter of an offline gateway is asked all the same.
    pub offline_probe: i64,
    /// The first wait before a head-end that is down is tried again; it doubles.
    pub down_first: i64,
    /// The longest such wait.
    pub down_most: i64,
    /// Creations under way at once after an outage; it grows by one with each that succeeds.
    pub slow_start: u32,
    /// Over how long the routine that an outage left overdue is spread, at most as long as it took.
    pub spread: i64,
    /// How long a head-end must not refuse after an outage to count as up when nothing was asked.
    pub calm: i64,
    /// How long an item rests that the head-end refuses to anybody.
    pub setup_retry: i64,
    /// The wait before an ask that surely did not reach the head-end is tried again.
    pub retry: i64,
    /// How often one request is tried before it is given up.
    pub attempts: u8,
}

impl Default for Rules {
    /// Six hours, and one hour where something is wrong; nothing here is a fact of the vendor's.
    fn default() -> Self {
        Self {
            routine: Some(Item::OperatingStatus),
            routine_every: 6 * HOUR,
            abnormal_every: HOUR,
            stale_after: DAY,
            silent_most: DAY,
            jitter: 10,
            offline_probe: 30 * MINUTE,
            down_first: 5 * SECOND,
            down_most: 5 * MINUTE,
            slow_start: 4,
            spread: 15 * MINUTE,
            calm: MINUTE,
            setup_retry: HOUR,
            retry: 30 * SECOND,
            attempts: 5,
        }
    }
}

impl Rules {
    /// What to ask every meter where this much is offered: its status, else what tells the relay.
    pub fn routine_of(offers: &Offers) -> Option<Item> {
        [Item::OperatingStatus, Item::Relay, Item::Credit]
            .into_iter()
            .find(|item| offers.items.contains(item))
    }

    /// The wait until a meter is asked again.
    pub(super) fn interval(&self, silent: u16, open_case: bool) -> i64 {
        match (silent, open_case) {
            (0, false) => self.routine_every,
            (0, true) => self.abnormal_every,
            (times, _) => doubled(self.abnormal_every, self.silent_most, u32::from(times) - 1),
        }
    }
}

/// `first` doubled so many times, `most` at most.
pub(super) fn doubled(first: i64, most: i64, times: u32) -> i64 {
    first.saturating_mul(1 << times.min(30)).min(most)
}

/// Chance from a seed (`SplitMix64`): the same seed and the same questions give the same plan.
#[derive(Clone, Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to `most`, both included.
    pub(crate) fn up_to(&mut self, most: i64) -> i64 {
        let ways = u64::try_from(most).unwrap_or(0).saturating_add(1);
        i64::try_from(self.roll() % ways).unwrap_or(0)
    }

    /// `wait`, lengthened or shortened by up to `percent`.
    pub(super) fn around(&mut self, wait: i64, percent: i64) -> i64 {
        let reach = wait.saturating_mul(percent.clamp(0, 50)) / 100;
        wait.saturating_sub(reach)
            .saturating_add(self.up_to(reach.saturating_mul(2)))
    }

    /// True once in so many times.
    pub(crate) fn once_in(&mut self, times: i64) -> bool {
        self.up_to(times - 1) == 0
    }
}
