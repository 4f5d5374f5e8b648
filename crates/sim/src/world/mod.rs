//! The world behind the doors: meters, lines of tasks, time.
//!
//! Nothing runs by itself. Whoever looks first lets everything happen that was due until now, in the
//! order in which it was due: so a hundred thousand meters cost nothing while nobody asks.

mod build;
mod changes;
mod days;
mod items;
mod line;
mod stats;
mod task;

pub(crate) use changes::NotChanged;
pub(crate) use days::Day;
pub(crate) use items::{Item, Row};
pub(crate) use line::Queue;
pub use stats::{GatewayStats, Stats};
pub(crate) use task::{Order, Task, Tasks};

use crate::clock::Clock;
use crate::dialect::Dialect;
use crate::dice::Dice;
use crate::fault::{self, Met};
use crate::local::{Around, seconds};
use crate::meter::Meter;
use crate::mint::{self, Purpose};
use crate::scene::{GatewaySpec, HeadSpec, Scene};
use crate::webhook::{self, Hooks};
use std::collections::{BTreeSet, HashMap, VecDeque};
use tokio::sync::watch;

/// An event a meter reported by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Event {
    /// The meter's place.
    pub(crate) meter: u32,
    /// When, seconds UTC.
    pub(crate) at: u32,
    /// Which: the two whose numbers are published.
    pub(crate) code: i64,
}

/// The world of one scene.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) clock: Clock,
    /// Everything that does not move: its meters and its timeline have been taken out.
    pub(crate) scene: Scene,
    pub(crate) start_ms: i64,
    pub(crate) around: Around,
    pub(crate) dice: Dice,
    /// Sorted by number.
    pub(crate) meters: Vec<Meter>,
    pub(crate) tasks: Tasks,
    pub(crate) events: VecDeque<Event>,
    /// The dialect of each head.
    pub(crate) heads: Vec<Dialect>,
    /// Whether each head's door is shut.
    doors: Vec<watch::Sender<bool>>,
    lines: Vec<Queue>,
    places: HashMap<String, u32>,
    spent: BTreeSet<(u32, u32)>,
    minted: u32,
    pub(crate) calls: u64,
    /// What was told by webhooks.
    pub(crate) hooks: Hooks,
    since_ms: i64,
}

impl World {
    /// What a head of this dialect is like.
    pub(crate) fn spec(&self, head: usize) -> &HeadSpec {
        self.scene.heads.of(self.dialect(head))
    }

    /// The dialect of a head.
    pub(crate) fn dialect(&self, head: usize) -> Dialect {
        self.heads.get(head).copied().unwrap_or(Dialect::Station)
    }

    /// Lets happen what is due; the time it is then.
    pub(crate) fn tick(&mut self) -> i64 {
        let now = self.clock.now();
        self.play(now);
        now
    }

    /// What the next call meets.
    pub(crate) fn meet(&mut self, head: usize, path: &str) -> Met {
        self.calls += 1;
        let (dice, dialect) = (self.dice, self.dialect(head));
        fault::draw(
            &mut self.scene.faults,
            dice,
            self.calls,
            Some(dialect),
            path,
        )
    }

    /// What the next message to the receiver of webhooks meets. Its draws are apart: the calls at
    /// the heads meet the same with and without it.
    pub(crate) fn meet_webhook(&mut self) -> Met {
        self.hooks.calls += 1;
        let (dice, nth) = (self.dice, !self.hooks.calls);
        fault::draw(&mut self.scene.faults, dice, nth, None, webhook::PATH)
    }

    /// The place of a meter that this head has.
    pub(crate) fn find(&self, head: usize, number: &str) -> Option<u32> {
        let place = self.find_anywhere(number)?;
        let meter = self.meters.get(usize::try_from(place).ok()?)?;
        self.has(head, meter).then_some(place)
    }

    pub(crate) fn find_anywhere(&self, number: &str) -> Option<u32> {
        let number = number.trim();
        let digits: u64 = number.parse().ok()?;
        let width = u8::try_from(number.len()).ok()?;
        let place = self
            .meters
            .binary_search_by_key(&(digits, width), |m| (m.number, m.width))
            .ok()?;
        u32::try_from(place).ok()
    }

    /// The meter at a place, counted on to a time.
    pub(crate) fn meter_at(&mut self, place: u32, ms: i64) -> &mut Meter {
        let around = self.around;
        let meter = &mut self.meters[at(place)];
        meter.advance(seconds(ms), around);
        meter
    }

    /// The meter at a place, as it was last looked at.
    pub(crate) fn meter(&self, place: u32) -> &Meter {
        &self.meters[at(place)]
    }

    /// Whether a head has this meter.
    pub(crate) fn has(&self, head: usize, meter: &Meter) -> bool {
        let only = self.gateway(meter.gateway).head;
        only.is_none_or(|dialect| dialect == self.dialect(head))
    }

    /// Whether every head has everything.
    pub(crate) fn is_shared(&self) -> bool {
        self.scene.gateways.iter().all(|g| g.head.is_none())
    }

    /// A gateway by its place.
    pub(crate) fn gateway(&self, place: u32) -> &GatewaySpec {
        &self.scene.gateways[at(place)]
    }

    /// A gateway's place by its id.
    pub(crate) fn place_of(&self, gateway: &str) -> Option<u32> {
        self.places.get(gateway).copied()
    }

    /// Writes a token for a meter.
    pub(crate) fn mint(&mut self, meter: u32, purpose: Purpose) -> String {
        self.minted = self.minted.wrapping_add(1);
        let serial = self.minted % (1 << 21);
        mint::write(self.dice.0, self.meter(meter).number, purpose, serial)
    }

    /// Whether a token would be taken: written here, for this meter, and not used yet.
    pub(crate) fn fits(&self, meter: u32, token: &str) -> Option<mint::Fits> {
        mint::read(self.dice.0, self.meter(meter).number, token)
            .filter(|fits| !self.spent.contains(&(meter, fits.serial)))
    }

    /// Gives a meter a token. Whether it takes it.
    pub(crate) fn redeem(&mut self, meter: u32, token: &str, ms: i64) -> bool {
        let Some(fits) = self.fits(meter, token) else {
            return false;
        };
        let around = self.around;
        let accepted = self
            .meter_at(meter, ms)
            .take(fits.purpose, seconds(ms), around);
        if accepted {
            self.spent.insert((meter, fits.serial));
        }
        accepted
    }
}

/// A place as an index.
fn at(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
