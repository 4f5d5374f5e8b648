//! Quantities with their unit in the type, so that it is never in the reader's memory.

use std::fmt;

/// Active power in watts. Negative when energy flows out of the premise.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Watts(pub f64);

/// Power factor, -1.000 to 1.000; the sign convention of the meter is not published.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct PowerFactor(pub f64);

impl fmt::Display for Watts {
    /// Whole watts where the value is whole, otherwise one decimal, as keypad code 31 shows it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.fract() == 0.0 {
            write!(f, "{:.0} W", self.0)
        } else {
            write!(f, "{:.1} W", self.0)
        }
    }
}

impl fmt::Display for PowerFactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2}", self.0)
    }
}
