//! What stands around a meter's readings.

use crate::bounds::Bounds;
use crate::calendar::Calendar;
use crate::facts::Facts;

/// What is handed in with readings: facts of the meter, thresholds, the site's calendar.
#[derive(Clone, Copy, Debug)]
pub struct Around<'a> {
    /// What is known of the meter.
    pub facts: &'a Facts<'a>,
    /// How far a reading may be from what is expected.
    pub bounds: &'a Bounds,
    /// The site's local days.
    pub calendar: &'a Calendar,
}
