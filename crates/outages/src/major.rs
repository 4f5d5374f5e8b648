//! Major-event days: days so far beyond the ordinary that they are told apart, IEEE 1366.

/// When there is history enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MajorTerms {
    /// From so many sustained interruptions on. 36: a public power association's tool asks for them.
    pub least: u64,
    /// The threshold lies so many deviations above the mean logarithm. 2.5: IEEE 1366-2012.
    pub betas: f64,
}

/// What the history gives.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Major {
    /// Days above this SAIDI are major-event days of the next year.
    Threshold {
        /// Minutes.
        saidi_min: f64,
        /// The mean of the logarithms.
        alpha: f64,
        /// Their sample standard deviation.
        beta: f64,
        /// How many days stand behind it.
        days: usize,
    },
    /// Too few interruptions, or days, to say anything: a small site has this for years.
    NotEnough {
        /// How many sustained interruptions there are.
        sustained: u64,
        /// How many are needed.
        least: u64,
    },
}

impl Default for MajorTerms {
    fn default() -> Self {
        Self {
            least: 36,
            betas: 2.5,
        }
    }
}

/// The threshold by the daily SAIDI of up to five years; days without an interruption are left out,
/// as the standard says.
#[expect(clippy::cast_precision_loss, reason = "a number of days")]
pub fn major_threshold(daily_saidi_min: &[f64], sustained: u64, terms: &MajorTerms) -> Major {
    let logs: Vec<f64> = daily_saidi_min
        .iter()
        .filter(|saidi| **saidi > 0.0)
        .map(|saidi| saidi.ln())
        .collect();
    if sustained < terms.least || logs.len() < 2 {
        return Major::NotEnough {
            sustained,
            least: terms.least,
        };
    }
    let alpha = logs.iter().sum::<f64>() / logs.len() as f64;
    let squares: f64 = logs.iter().map(|log| (log - alpha).powi(2)).sum();
    let beta = (squares / (logs.len() - 1) as f64).sqrt();
    Major::Threshold {
        saidi_min: (alpha + terms.betas * beta).exp(),
        alpha,
        beta,
        days: logs.len(),
    }
}
