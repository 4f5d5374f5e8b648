//! Interruptions out of means: how many samples of a slot had supply.

use crate::cause::Cause;
use crate::interruption::Interruption;
use fleet::Moment;

/// A slot of time, and how many of its samples had supply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Where it begins.
    pub from: Moment,
    /// How many samples it has.
    pub samples: u32,
    /// How many of them had supply.
    pub lit: u32,
}

impl Slot {
    /// A slot by its mean frequency, zeros included: the mean of ten samples of 50 Hz of which one
    /// was dark is 45 Hz.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and the number of samples"
    )]
    pub fn of_frequency(from: Moment, samples: u32, mean_hz: f64, nominal_hz: f64) -> Self {
        let lit = (f64::from(samples) * mean_hz / nominal_hz).round();
        let lit = lit.clamp(0.0, f64::from(samples)) as u32;
        Self { from, samples, lit }
    }

    fn dark(&self) -> u32 {
        self.samples.saturating_sub(self.lit)
    }
}

/// The interruptions of slots that follow each other, each of them so many milliseconds a sample.
///
/// Where in a slot its dark samples lie is not known. They go on from the slot before where that
/// ended dark, otherwise they run into the next slot where that has dark samples, otherwise they
/// begin the slot. No laying has fewer interruptions: their number is a least one. One that lasts to
/// the end of the slots has no end.
pub fn of_slots(slots: &[Slot], sample: i64) -> Vec<Interruption> {
    let mut found: Vec<Interruption> = Vec::new();
    // whether the slot before ended dark; its interruption is the last one then
    let mut goes_on = false;
    for (place, slot) in slots.iter().enumerate() {
        let length = |samples: u32| i64::from(samples) * sample;
        let end = slot.from.plus(length(slot.samples));
        let runs_into = slots.get(place + 1).is_some_and(|next| next.dark() > 0);
        let whole = slot.dark() == slot.samples;
        if slot.dark() == 0 {
            goes_on = false;
            continue;
        }
        let dark_from_start = slot.from.plus(length(slot.dark()));
        let last = found.last_mut().filter(|_| goes_on);
        let at_end = whole || (last.is_none() && runs_into);
        let to = if at_end { end } else { dark_from_start };
        match last {
            Some(last) => last.to = Some(to),
            None => found.push(Interruption {
                from: if at_end {
                    end.plus(-length(slot.dark()))
                } else {
                    slot.from
                },
                to: Some(to),
                homes: 1,
                cause: Cause::Unknown,
                resolution: sample,
            }),
        }
        goes_on = at_end;
    }
    if goes_on && let Some(last) = found.last_mut() {
        last.to = None;
    }
    found
}
