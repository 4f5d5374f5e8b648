//! Three phases: which of them is gone, and whether the neutral is.

use fleet::ShortCode;

/// One of three phases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// The first one.
    A,
    /// The second one.
    B,
    /// The third one.
    C,
}

/// The keypad code that counts phase losses.
const PHASE_LOSSES: ShortCode = ShortCode(58);

/// What the voltages of a meter and its count of phase losses say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhaseSign {
    /// A phase is gone: the supply's side, not the home's.
    Lost(Phase),
    /// Two phases are gone.
    TwoLost(Phase, Phase),
    /// All phases are there now, and so many losses were counted since the last reading.
    CameBack(u32),
    /// A single-phase meter counts no phase losses: the reading is wrong, or the meter is another.
    NotApplicable,
}

/// Below this share of the nominal voltage a phase is gone. 0.5: a lost phase feeds back through
/// three-phase appliances, and EN 50160's 5 % would miss it. Our choice.
pub const GONE: f64 = 0.5;

/// What a meter says of its phases; nothing where all is in order or too little is known.
///
/// `losses` is how much its count of phase losses (keypad code 58) grew since the last reading, and
/// `single` whether it measures one phase only; that the code has no meaning there is the
/// catalogue's to say.
pub fn phase_sign(
    volts: [Option<f64>; 3],
    losses: Option<u32>,
    single: bool,
    nominal_v: f64,
) -> Option<PhaseSign> {
    let counted = losses.filter(|losses| *losses > 0);
    if single {
        let applies = catalogue::short(PHASE_LOSSES).is_none_or(|row| row.single_phase);
        return counted
            .filter(|_| !applies)
            .map(|_| PhaseSign::NotApplicable);
    }
    let phases = [Phase::A, Phase::B, Phase::C];
    let of = |gone: bool| {
        let is = move |(_, volts): &(Phase, Option<f64>)| {
            volts.is_some_and(|volts| (volts < nominal_v * GONE) == gone)
        };
        phases
            .into_iter()
            .zip(volts)
            .filter(is)
            .map(|(phase, _)| phase)
    };
    let gone: Vec<Phase> = of(true).collect();
    match gone[..] {
        // with one phase there the meter has supply, so the others are gone by themselves
        [one] if of(false).next().is_some() => Some(PhaseSign::Lost(one)),
        [one, other] if of(false).next().is_some() => Some(PhaseSign::TwoLost(one, other)),
        [] if of(false).count() == phases.len() => counted.map(PhaseSign::CameBack),
        _ => None,
    }
}

/// Two homes whose voltages, read at about the same time under one node, point at a lost neutral:
/// one is far too high and the other far too low.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NeutralFault {
    /// The place of the home with the highest voltage.
    pub high: usize,
    /// The place of the one with the lowest.
    pub low: usize,
}

/// Looks for a lost neutral among the voltages of homes under one node; `band` is how far from the
/// nominal voltage a home may be, a share of it (EN 50160: 0.10). It is dangerous: appliances burn
/// where the voltage is high. A dark home says nothing.
pub fn neutral_fault(volts: &[Option<f64>], nominal_v: f64, band: f64) -> Option<NeutralFault> {
    let lit = |(home, volts): (usize, &Option<f64>)| {
        let volts = volts.filter(|volts| *volts >= nominal_v * GONE)?;
        Some((home, volts))
    };
    let known: Vec<(usize, f64)> = volts.iter().enumerate().filter_map(lit).collect();
    let by_volts = |one: &&(usize, f64), other: &&(usize, f64)| one.1.total_cmp(&other.1);
    let (low, high) = (
        known.iter().min_by(by_volts)?,
        known.iter().max_by(by_volts)?,
    );
    let apart = high.1 > nominal_v * (1.0 + band) && low.1 < nominal_v * (1.0 - band);
    apart.then_some(NeutralFault {
        high: high.0,
        low: low.0,
    })
}
