//! What one raw answer says of a meter.

use answers::{Asked, Row, Settings, Unread};
use asking::Item;
use fleet::MeterNumber;
use store::StoredAnswer;
use triage::{Bits, Relay, Said};

/// One answer, read.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    /// The meter it speaks of.
    pub(crate) meter: MeterNumber,
    /// The site and gateway the answer names, for meters nobody has registered yet.
    pub(crate) site: Option<String>,
    pub(crate) gateway: Option<String>,
    /// The status, where it carries one: as it came, and as it reads.
    pub(crate) status: Option<(String, Result<Said, Unread>)>,
    /// Values by item, as they are kept.
    pub(crate) values: Vec<(&'static str, String)>,
}

/// The item under which the load seen last while power flowed is kept; the relay's opening makes
/// the power 0, and the load before the trip must not be lost with it.
pub(crate) const LOAD_SEEN: &str = "load_seen";
/// The item under which it is kept whether the energy register moved between two readings.
pub(crate) const ENERGY_MOVED: &str = "energy_moved";
/// The item under which the status bits are kept: the names of those that are set.
pub(crate) const BITS: &str = "bits";

/// What the room `answers` calls our items.
const ASKED: &[(Item, Asked)] = &[
    (Item::OperatingStatus, Asked::OperatingStatus),
    (Item::Relay, Asked::Relay),
    (Item::Credit, Asked::Credit),
    (Item::Power, Asked::Power),
    (Item::LoadLimit, Asked::LoadLimit),
    (Item::PowerFactor, Asked::PowerFactor),
    (Item::TotalEnergy, Asked::Energy),
];

/// Reads a kept answer. The error is the sentence kept beside it: the answer stays.
pub(crate) fn read(stored: &StoredAnswer, settings: &Settings) -> Result<Heard, String> {
    let answer = &stored.answer;
    let item = Item::from_word(&answer.asked);
    let row = match item {
        Some(item) => answers::read_task(answer.body.as_bytes(), asked(item), settings),
        None => answers::read_row(answer.body.as_bytes(), settings),
    };
    if let Some(problem) = row.problem {
        return Err(problem);
    }
    let meter = whose(answer.meter.as_ref(), row.meter.as_deref())?;
    let values = values(&row, item);
    Ok(Heard {
        meter,
        site: row.site,
        gateway: row.gateway,
        status: row.status.map(|text| (text, row.said)),
        values,
    })
}

fn asked(item: Item) -> Asked {
    let known = ASKED.iter().find(|(ours, _)| *ours == item);
    known.map_or(Asked::Other, |(_, asked)| *asked)
}

/// The meter that was asked, which the answer must not contradict.
fn whose(asked: Option<&MeterNumber>, said: Option<&str>) -> Result<MeterNumber, String> {
    let said = said.map(MeterNumber::parse);
    match (asked, said) {
        (Some(asked), Some(Ok(said))) if *asked != said => Err(format!(
            "asked was meter {asked}, the answer speaks of {said}: compare both at the head-end"
        )),
        (Some(asked), _) => Ok(asked.clone()),
        (None, Some(Ok(said))) => Ok(said),
        (None, Some(Err(why))) => Err(why.to_string()),
        (None, None) => Err("the answer names no meter".to_owned()),
    }
}

fn values(row: &Row, item: Option<Item>) -> Vec<(&'static str, String)> {
    let evidence = &row.evidence;
    let watts = |watts: Option<fleet::Watts>| watts.map(|watts| watts.0.to_string());
    let relay = evidence.relay.map(|relay| match relay {
        Relay::Closed => "closed".to_owned(),
        Relay::Open => "open".to_owned(),
    });
    let load = evidence.power.filter(|power| power.0 > 0.0);
    let own = match item {
        // what has a reading above is kept as read; the others as they came
        Some(item) if asked(item) == Asked::Other => {
            row.value.clone().map(|value| (item.word(), value))
        }
        _ => None,
    };
    let factor = evidence.power_factor.map(|factor| factor.0.to_string());
    [
        (Item::OperatingStatus.word(), row.status.clone()),
        (Item::TotalEnergy.word(), row.energy_kwh.clone()),
        (Item::LoadLimit.word(), watts(evidence.load_limit)),
        (Item::Power.word(), watts(evidence.power)),
        (LOAD_SEEN, watts(load)),
        (Item::PowerFactor.word(), factor),
        (Item::Relay.word(), relay),
        (BITS, evidence.bits.map(bits_text)),
    ]
    .into_iter()
    .filter_map(|(word, value)| Some((word, value?)))
    .chain(own)
    .collect()
}

/// A way to one bit.
type Bit = fn(&mut Bits) -> &mut bool;

/// The status bits by the names under which they are kept.
const BIT_WORDS: &[(&str, Bit)] = &[
    ("battery-low", |bits| &mut bits.battery_low),
    ("magnetic", |bits| &mut bits.magnetic),
    ("terminal-cover", |bits| &mut bits.terminal_cover),
    ("upper-cover", |bits| &mut bits.upper_cover),
    ("enclosure", |bits| &mut bits.enclosure),
    ("current-reversed", |bits| &mut bits.current_reversed),
    ("current-unbalanced", |bits| &mut bits.current_unbalanced),
];

fn bits_text(mut bits: Bits) -> String {
    let set = BIT_WORDS.iter().filter(|(_, bit)| *bit(&mut bits));
    let words: Vec<_> = set.map(|(word, _)| *word).collect();
    words.join(" ")
}

/// The bits that a kept text names.
pub(crate) fn bits_of(text: &str) -> Bits {
    let mut bits = Bits::default();
    for (word, bit) in BIT_WORDS {
        *bit(&mut bits) = text.split(' ').any(|found| found == *word);
    }
    bits
}
