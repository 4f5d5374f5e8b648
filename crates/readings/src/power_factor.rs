//! The power factor, where there is load enough for it to mean anything.

use fleet::{PowerFactor, Watts};

/// From when on a power factor counts and is low.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerFactorTerms {
    /// It says nothing at or below this load, W. 200: a choice of the domain's facts, as in triage.
    pub above_w: f64,
    /// Below this it is low. 0.80: as in triage.
    pub low: f64,
    /// It is low when so large a share of the samples is. 0.5: our choice, half of the time.
    pub share: f64,
    /// From so many samples on anything is said. 12: half a day of hours, our choice.
    pub least: u32,
}

/// What the samples of a home say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PowerFactors {
    /// Samples with load enough.
    pub loaded: u32,
    /// Those of them that are low.
    pub low: u32,
    /// Samples with too little load to say anything.
    pub idle: u32,
}

impl Default for PowerFactorTerms {
    fn default() -> Self {
        Self {
            above_w: 200.0,
            low: 0.80,
            share: 0.5,
            least: 12,
        }
    }
}

impl PowerFactors {
    /// Hears one sample. The meter's sign convention is not published, so the sign is left aside.
    pub fn hear(&mut self, load: Watts, factor: PowerFactor, terms: &PowerFactorTerms) {
        if load.0.abs() <= terms.above_w {
            self.idle = self.idle.saturating_add(1);
            return;
        }
        self.loaded = self.loaded.saturating_add(1);
        self.low = self
            .low
            .saturating_add(u32::from(factor.0.abs() < terms.low));
    }

    /// Whether the home's power factor is low; nothing where too few samples say anything.
    pub fn is_low(&self, terms: &PowerFactorTerms) -> Option<bool> {
        let enough = self.loaded >= terms.least.max(1);
        enough.then(|| f64::from(self.low) >= f64::from(self.loaded) * terms.share)
    }
}

/// The power factor of active and reactive power; nothing without load.
pub fn power_factor(active_w: f64, reactive_var: f64) -> Option<PowerFactor> {
    let apparent = active_w.hypot(reactive_var);
    (apparent > 0.0).then(|| PowerFactor(active_w / apparent))
}
