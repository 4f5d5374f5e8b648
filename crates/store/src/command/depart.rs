//! Sending: the slot, the command's move and every limit in one transaction.

use super::moves::{Move, apply};
use crate::error::StoreError;
use crate::people::{Hold, Stop, holds_on, stopped};
use crate::slot::{NewSlot, SlotId};
use crate::slots::take;
use crate::sql::Kind::Text;
use crate::sql::{Cells, Kind, Rows, Session, again, args};
use crate::store::Store;
use fleet::{HOUR, MeterNumber, Moment};
use std::collections::{BTreeMap, BTreeSet};

/// How many darkening acts may be done; each counts from when it was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Of the site in an hour.
    pub site_hour: u32,
    /// Of the site in a day.
    pub site_day: u32,
    /// Of the whole fleet in a day.
    pub fleet_day: u32,
}

/// A command that is to be sent now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The slot it needs.
    pub slot: NewSlot,
    /// Its move, which says that it is being sent.
    pub step: Move,
    /// Whether it changes something at the meter: then nothing else may be under way there.
    pub physical: bool,
    /// Whether it may move the relay: then a hold forbids it.
    pub relay: bool,
    /// Where it may darken a home: the site, and how much is allowed there.
    pub darkens: Option<(Option<String>, Limits)>,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// It may be sent: it stands written down.
    Sent(SlotId),
    /// Its group is full, or something else is under way at its meter.
    Full,
    /// It does not stand any more where it was seen.
    Moved,
    /// Somebody holds the meter.
    Held(Hold),
    /// All acts are stopped.
    Stopped(Stop),
    /// As many homes as are allowed may have lost their supply by us already. Then it may be tried
    /// again.
    TooMany(Moment),
}

const METERS: &[(&str, Kind)] = &[("meter", Text)];
const BUSY: &str = "SELECT c.meter FROM rows CROSS JOIN command c WHERE c.meter = rows.meter \
    AND c.physical = 1 AND c.state IN ('sending', 'accepted', 'unknown')";
/// Acts that may have been done, and those that were.
const DARK: &str = "SELECT site, sent_at FROM command WHERE darkens = 1 AND sent_at > $1 \
    AND state IN ('sending', 'accepted', 'unknown', 'executed', 'verified') ORDER BY sent_at";

impl Store {
    /// Writes down that these are sent, in their order, as far as slots, meters and limits allow it.
    /// What is counted and what is taken is one step, whoever else sends. `group_most` is the most
    /// tasks in flight for a group.
    pub async fn depart(
        &self,
        wanted: &[Departure],
        group_most: u32,
    ) -> Result<Vec<Left>, StoreError> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        again(|| self.depart_once(wanted, group_most)).await
    }

    async fn depart_once(
        &self,
        wanted: &[Departure],
        group_most: u32,
    ) -> Result<Vec<Left>, StoreError> {
        let mut session = self.write("send commands").await?;
        let left = depart(&mut session, wanted, group_most).await?;
        session.commit().await?;
        Ok(left)
    }
}

/// Sends within a transaction, in the order given, as far as slots, meters and limits allow it.
pub(crate) async fn depart(
    session: &mut Session,
    wanted: &[Departure],
    group_most: u32,
) -> Result<Vec<Left>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    if wanted.iter().any(|one| one.darkens.is_some()) {
        session.alone(vec!["darkening acts".to_owned()]).await?;
    }
    let mut left = vec![Left::Full; wanted.len()];
    let mut busy = busy(session, wanted).await?;
    let stop = stopped(session).await?;
    let held = held(session, wanted).await?;
    let mut dark = Dark::count(session, wanted).await?;
    let mut fit = Vec::new();
    for (place, one) in wanted.iter().enumerate() {
        let meter = &one.step.id.meter;
        if let Some(stop) = stop.clone().filter(|_| one.physical) {
            left[place] = Left::Stopped(stop);
            continue;
        }
        if let Some(hold) = held.get(meter).filter(|_| one.relay) {
            left[place] = Left::Held(hold.clone());
            continue;
        }
        if one.physical && busy.contains(meter) {
            continue;
        }
        if let Some(until) = dark.forbids(one) {
            left[place] = Left::TooMany(until);
            continue;
        }
        if one.physical {
            busy.insert(meter.clone());
        }
        dark.add(one);
        fit.push(place);
    }
    let slots: Vec<NewSlot> = fit
        .iter()
        .map(|place| wanted[*place].slot.clone())
        .collect();
    let taken = take(session, &slots, group_most).await?;
    let sent: Vec<(usize, SlotId)> = fit
        .into_iter()
        .zip(taken)
        .filter_map(|(place, slot)| Some((place, slot?)))
        .collect();
    let steps: Vec<Move> = sent
        .iter()
        .map(|(place, _)| wanted[*place].step.clone())
        .collect();
    let moved = apply(session, &steps).await?;
    let mut idle = Vec::new();
    for ((place, slot), moved) in sent.into_iter().zip(moved) {
        left[place] = if moved {
            Left::Sent(slot)
        } else {
            idle.push(slot);
            Left::Moved
        };
    }
    crate::settle::free(session, idle.iter()).await?;
    Ok(left)
}

/// The holds on the meters whose relay may move.
async fn held(
    session: &mut Session,
    wanted: &[Departure],
) -> Result<BTreeMap<MeterNumber, Hold>, StoreError> {
    let switched = wanted.iter().filter(|one| one.relay);
    let meters: Vec<MeterNumber> = switched.map(|one| one.step.id.meter.clone()).collect();
    if meters.is_empty() {
        return Ok(BTreeMap::new());
    }
    // who holds a meter does it under the same name
    let names = meters.iter().map(|meter| format!("hold {meter}")).collect();
    session.alone(names).await?;
    let holds = holds_on(session, &meters).await?.into_iter();
    Ok(holds.map(|hold| (hold.hold.meter.clone(), hold)).collect())
}

/// The meters at which something is under way.
async fn busy(
    session: &mut Session,
    wanted: &[Departure],
) -> Result<BTreeSet<MeterNumber>, StoreError> {
    let mut rows = Rows::new(METERS);
    for one in wanted.iter().filter(|one| one.physical) {
        rows.push(args![&one.step.id.meter]);
    }
    let read = |cells: &mut Cells<'_>| cells.meter();
    Ok(session
        .bulk_rows(rows, BUSY, read)
        .await?
        .into_iter()
        .collect())
}

/// The darkening acts of the last day, of each site and of the fleet: when each was sent.
#[derive(Debug, Default)]
struct Dark {
    sites: BTreeMap<Option<String>, Vec<Moment>>,
    fleet: Vec<Moment>,
}

impl Dark {
    async fn count(session: &mut Session, wanted: &[Departure]) -> Result<Self, StoreError> {
        let dark = wanted.iter().filter(|one| one.darkens.is_some());
        let Some(now) = dark.map(|one| one.step.at).max() else {
            return Ok(Self::default());
        };
        let read = |cells: &mut Cells<'_>| Ok((cells.maybe_text()?, cells.moment()?));
        let day = now.plus(-24 * HOUR);
        let mut all = Self::default();
        for (site, at) in session.rows(DARK, args![day], read).await? {
            all.sites.entry(site).or_default().push(at);
            all.fleet.push(at);
        }
        Ok(all)
    }

    /// Until when the limits forbid one more.
    fn forbids(&self, one: &Departure) -> Option<Moment> {
        let (site, limits) = one.darkens.as_ref()?;
        let now = one.step.at;
        let none = Vec::new();
        let there = self.sites.get(site).unwrap_or(&none);
        let spans = [
            (there, HOUR, limits.site_hour),
            (there, 24 * HOUR, limits.site_day),
            (&self.fleet, 24 * HOUR, limits.fleet_day),
        ];
        let full = spans.into_iter().filter_map(|(acts, span, most)| {
            let from = now.plus(-span);
            let within: Vec<Moment> = acts.iter().copied().filter(|at| *at > from).collect();
            let over = within
                .len()
                .checked_sub(usize::try_from(most).unwrap_or(usize::MAX))?;
            // room comes when the oldest of those that are one too many is past
            Some(within.get(over).map_or(now.plus(span), |at| at.plus(span)))
        });
        full.max()
    }

    fn add(&mut self, one: &Departure) {
        if let Some((site, _)) = &one.darkens {
            self.sites
                .entry(site.clone())
                .or_default()
                .push(one.step.at);
            self.fleet.push(one.step.at);
        }
    }
}
