//! The energy balance of a site or a transformer.

/// What flowed through a site in one stretch of time, Wh; a part that the site does not have is 0, a
/// part that is not known is nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// From the grid.
    pub grid_wh: Option<i64>,
    /// From the sun.
    pub solar_wh: Option<i64>,
    /// Out of the battery.
    pub battery_out_wh: Option<i64>,
    /// Into the battery.
    pub battery_in_wh: Option<i64>,
    /// All homes together.
    pub homes_wh: Option<i64>,
    /// Street lamps, pumps, the site's own use.
    pub common_wh: Option<i64>,
}

/// When a residual deserves a look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BalanceTerms {
    /// It is above the baseline by so many standard deviations. 3: the domain's facts.
    pub deviations: f64,
    /// On so many days in a row. 7: the domain's facts.
    pub days: usize,
    /// The baseline stands on so many days before them. 21: three weeks, our choice.
    pub baseline: usize,
}

/// What the residuals of days say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Residuals {
    /// The mean share before, of what flowed in.
    pub baseline: f64,
    /// Its standard deviation.
    pub deviation: f64,
    /// The least share of the last days.
    pub least: f64,
    /// Whether every one of the last days is above the baseline by so much: energy leaves the site
    /// beside the meters, or a meter counts too little.
    pub above: bool,
}

impl Default for BalanceTerms {
    fn default() -> Self {
        Self {
            deviations: 3.0,
            days: 7,
            baseline: 21,
        }
    }
}

impl Flows {
    /// What flowed in, Wh; nothing where a part is not known.
    pub fn in_wh(&self) -> Option<i64> {
        Some(self.grid_wh? + self.solar_wh? + self.battery_out_wh? - self.battery_in_wh?)
    }

    /// What flowed in and was counted by nobody, Wh. Missing is never zero: with one part unknown
    /// there is no residual.
    pub fn residual_wh(&self) -> Option<i64> {
        Some(self.in_wh()? - self.homes_wh? - self.common_wh?)
    }

    /// The residual as a share of what flowed in.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a site's day is far below 2^52 Wh"
    )]
    pub fn residual_share(&self) -> Option<f64> {
        let flowed = self.in_wh().filter(|wh| *wh > 0)?;
        Some(self.residual_wh()? as f64 / flowed as f64)
    }
}

/// Holds the last days' residual shares against the days before; days without one are left out.
/// Nothing where there are too few.
#[expect(clippy::cast_precision_loss, reason = "a number of days")]
pub fn residuals(shares: &[Option<f64>], terms: &BalanceTerms) -> Option<Residuals> {
    let known: Vec<f64> = shares.iter().copied().flatten().collect();
    let (before, lately) = known.split_at(known.len().checked_sub(terms.days.max(1))?);
    if before.len() < terms.baseline.max(2) {
        return None;
    }
    let baseline = before.iter().sum::<f64>() / before.len() as f64;
    let squares: f64 = before.iter().map(|share| (share - baseline).powi(2)).sum();
    let deviation = (squares / (before.len() - 1) as f64).sqrt();
    let least = lately.iter().copied().fold(f64::INFINITY, f64::min);
    Some(Residuals {
        baseline,
        deviation,
        least,
        above: least > baseline + terms.deviations * deviation,
    })
}
