//! The voltage against bands in the manner of EN 50160.

use crate::advice::Advice;
use crate::rule::Saw;
use catalogue::Text;

/// The bands of a site.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bands {
    /// The voltage between phase and neutral, V. 230: IEC 60038; Uganda's practice is 240.
    pub nominal_v: f64,
    /// The band in which most means have to lie, a share of the nominal voltage to either side.
    /// 0.10: EN 50160, low voltage.
    pub narrow: f64,
    /// How many of them. 0.95: EN 50160, of the means of 10 minutes in a week.
    pub share: f64,
    /// How far below any mean may lie. 0.15: EN 50160; above it is `narrow`.
    pub floor: f64,
    /// The frequency, Hz. 50.
    pub nominal_hz: f64,
}

/// One mean, or one value of the moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Volts {
    /// V.
    pub mean: f64,
    /// The mean frequency of the same time, Hz: below 95 % of the nominal one a part of the time was
    /// without supply, and a mean of such a time is no sag.
    pub hz: Option<f64>,
}

/// What the voltages of a home say.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Voltages {
    /// Values with supply throughout.
    pub lit: u32,
    /// Values of a time that was dark, wholly or in part.
    pub dark: u32,
    /// Values above the narrow band.
    pub high: u32,
    /// Values below the narrow band.
    pub low: u32,
    /// Values below the floor.
    pub floor: u32,
    /// The least one with supply, V.
    pub least: Option<f64>,
    /// The greatest one, V.
    pub greatest: Option<f64>,
}

impl Bands {
    /// The bands around another nominal voltage.
    #[must_use]
    pub fn around(nominal_v: f64) -> Self {
        Self {
            nominal_v,
            ..Self::default()
        }
    }

    /// The narrow band, V.
    pub fn narrow_v(&self) -> (f64, f64) {
        let width = self.nominal_v * self.narrow;
        (self.nominal_v - width, self.nominal_v + width)
    }

    /// The floor, V.
    pub fn floor_v(&self) -> f64 {
        self.nominal_v - self.nominal_v * self.floor
    }

    /// Whether a value is of a time with supply throughout.
    fn is_lit(&self, volts: &Volts) -> bool {
        let by_frequency = |hz: f64| hz >= self.nominal_hz * 0.95;
        volts.mean > 0.0 && volts.hz.is_none_or(by_frequency)
    }
}

impl Default for Bands {
    fn default() -> Self {
        Self {
            nominal_v: 230.0,
            narrow: 0.10,
            share: 0.95,
            floor: 0.15,
            nominal_hz: 50.0,
        }
    }
}

impl Voltages {
    /// Hears one value.
    pub fn hear(&mut self, volts: &Volts, bands: &Bands) {
        if !bands.is_lit(volts) {
            self.dark = self.dark.saturating_add(1);
            return;
        }
        let (low, high) = bands.narrow_v();
        let count = |counter: u32, counts: bool| counter.saturating_add(u32::from(counts));
        self.lit = count(self.lit, true);
        self.high = count(self.high, volts.mean > high);
        self.low = count(self.low, volts.mean < low);
        self.floor = count(self.floor, volts.mean < bands.floor_v());
        self.least = Some(self.least.map_or(volts.mean, |one| one.min(volts.mean)));
        self.greatest = Some(self.greatest.map_or(volts.mean, |one| one.max(volts.mean)));
    }

    /// What is out of order; nothing where all is, or nothing was heard. Single values are not means
    /// of 10 minutes: what they show is indicative, and the sentence says so.
    pub fn advice(&self, bands: &Bands) -> Option<Advice> {
        let outside = f64::from(self.high + self.low);
        let often = outside > f64::from(self.lit) * (1.0 - bands.share);
        let (slug, says, count) = match () {
            () if self.floor > 0 => ("voltage-below-floor", BELOW_FLOOR, self.floor),
            () if often && self.high >= self.low => ("voltage-high", HIGH, self.high),
            () if often => ("voltage-low", LOW, self.low),
            () => return None,
        };
        let worst = match slug {
            "voltage-high" => self.greatest,
            _ => self.least,
        };
        #[expect(clippy::cast_possible_truncation, reason = "shown with one decimal")]
        let tenth_v = (worst.unwrap_or(0.0) * 10.0).round() as i64;
        Some(Advice {
            slug,
            says,
            saw: Saw([count.into(), self.lit.into(), tenth_v]),
        })
    }
}

const BELOW_FLOOR: Text = Text {
    en: "{0 n} of {1 n} voltages are below the floor, the lowest {2 times} V: indicative, unless they are means of 10 minutes. Look at the neighbours and the neutral.",
    fr: "{0 n} tensions sur {1 n} sont sous le plancher, la plus basse {2 times} V\u{a0}: indicatif, sauf moyennes de 10 minutes. Voyez les voisins et le neutre.",
};
const HIGH: Text = Text {
    en: "{0 n} of {1 n} voltages are above the band, the highest {2 times} V: indicative, unless they are means of 10 minutes. At noon and with solar, look at the inverter first.",
    fr: "{0 n} tensions sur {1 n} sont au-dessus de la bande, la plus haute {2 times} V\u{a0}: indicatif, sauf moyennes de 10 minutes. À midi et avec du solaire, voyez d'abord l'onduleur.",
};
const LOW: Text = Text {
    en: "{0 n} of {1 n} voltages are below the band, the lowest {2 times} V: indicative, unless they are means of 10 minutes. Look at the load of the feeder.",
    fr: "{0 n} tensions sur {1 n} sont sous la bande, la plus basse {2 times} V\u{a0}: indicatif, sauf moyennes de 10 minutes. Voyez la charge du départ.",
};
