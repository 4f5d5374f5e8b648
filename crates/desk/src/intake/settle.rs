//! Kept answers are read, judged and settled in one transaction.

use super::apply::{Applied, heard_at, judge_known, not_heard, take_in, was_asked};
use super::{Intake, Kept, Unanswered};
use crate::cases::{self, SILENT};
use crate::evidence::{Around, latest};
use crate::heard::{self, Heard};
use crate::wants::Want;
use crate::{DeskError, words};
use asking::Item;
use catalogue::Class;
use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use std::collections::{BTreeMap, BTreeSet};
use store::{CaseChange, Group, Known, Meter, Reading, Settlement};
use triage::Neighbours;

/// Everything known of the meters of a batch, as it changes answer by answer.
pub(crate) type Book = BTreeMap<MeterNumber, Known>;

/// What came of a batch of answers.
#[derive(Debug, Default)]
pub(crate) struct Settled {
    /// What the verdicts would like to know.
    pub(crate) wants: Vec<Want>,
    /// What is known of the meters now.
    pub(crate) known: Book,
}

impl Intake {
    /// Reads, judges and settles answers that are kept.
    pub(crate) async fn settle(&self, kept: Vec<Kept>) -> Result<Settled, DeskError> {
        let read: Vec<(Kept, Result<Heard, String>)> = kept
            .into_iter()
            .map(|kept| {
                let source = &kept.stored.answer.source;
                let heard = heard::read(&kept.stored, &self.reading(source));
                (kept, heard)
            })
            .collect();
        let mut book = self.book(&read).await?;
        let mut settlement = Settlement::default();
        let mut wants = Vec::new();
        let mut shared = BTreeSet::new();
        for (kept, heard) in read {
            let answer = &kept.stored.answer;
            let meter = answer.meter.as_ref().and_then(|meter| book.get_mut(meter));
            if let (Some(known), Some(at)) = (meter, kept.asked_at) {
                was_asked(known, at);
            }
            let ended = match heard {
                Ok(heard) if says_something(&heard) => {
                    let applied = self.apply(&mut book, &kept, &heard).await?;
                    shared.extend(shared_fault(&applied, book.get(&heard.meter)));
                    wants.extend(applied.wants.iter().cloned());
                    keep_readings(&mut settlement, &heard, answer.at);
                    take_up(&mut settlement, &mut book, applied);
                    None
                }
                Ok(_) => Some("the head-end says it is done and gives no value".to_owned()),
                Err(problem) => Some(problem),
            };
            if let (Some(_), Some(_), Some(meter)) = (&ended, answer.slot, &answer.meter) {
                self.silence(&mut settlement, &mut book, meter, answer.at);
            }
            settlement
                .requests
                .extend(kept.request.map(|request| (request, ended.clone())));
            settlement.settled.push((kept.stored.id, ended));
        }
        self.store.settle(&settlement).await?;
        for (site, cause) in shared {
            self.regroup(&site, cause).await?;
        }
        Ok(Settled { wants, known: book })
    }

    /// Asks that ended without a row: their slots are free, and a meter that was really asked is one
    /// ask more silent.
    pub async fn unanswered(&self, ended: Vec<Unanswered>) -> Result<(), DeskError> {
        let meters: Vec<MeterNumber> = ended.iter().map(|one| one.meter.clone()).collect();
        let now = self.clock.now();
        let mut book = self.known(&meters).await?;
        let mut settlement = Settlement::default();
        for one in ended {
            if one.silent {
                if let Some(known) = book.get_mut(&one.meter) {
                    was_asked(known, one.asked_at);
                }
                self.silence(&mut settlement, &mut book, &one.meter, now);
            }
            settlement.freed.push(one.slot);
            let outcome = Some(one.why);
            settlement
                .requests
                .extend(one.request.map(|request| (request, outcome)));
        }
        Ok(self.store.settle(&settlement).await?)
    }

    async fn known(&self, meters: &[MeterNumber]) -> Result<Book, DeskError> {
        let known = self.store.known(meters).await?.into_iter();
        Ok(known
            .map(|known| (known.meter.number.clone(), known))
            .collect())
    }

    /// What is known of the meters of a batch. A meter that nobody registered is registered: its
    /// answer is not lost for that.
    async fn book(&self, read: &[(Kept, Result<Heard, String>)]) -> Result<Book, DeskError> {
        let heard = read.iter().filter_map(|(_, heard)| heard.as_ref().ok());
        let silent = read.iter().filter_map(|(kept, heard)| {
            let meter = kept.stored.answer.meter.as_ref();
            meter.filter(|_| heard.is_err())
        });
        let mut meters: Vec<MeterNumber> = heard.map(|heard| heard.meter.clone()).collect();
        meters.extend(silent.cloned());
        meters.sort_unstable();
        meters.dedup();
        let mut book = self.known(&meters).await?;
        let new: Vec<Meter> = read
            .iter()
            .filter_map(|(kept, heard)| Some((kept, heard.as_ref().ok()?)))
            .filter(|(_, heard)| !book.contains_key(&heard.meter))
            .map(|(kept, heard)| self.newcomer(&kept.stored.answer.source, heard))
            .collect();
        if !new.is_empty() {
            self.store.put_meters(&new).await?;
            let numbers: Vec<_> = new.into_iter().map(|meter| meter.number).collect();
            book.extend(self.known(&numbers).await?);
        }
        Ok(book)
    }

    fn newcomer(&self, source: &str, heard: &Heard) -> Meter {
        let head_end = self.reading.contains_key(source).then(|| source.to_owned());
        Meter {
            number: heard.meter.clone(),
            head_end,
            site: heard.site.as_deref().and_then(SiteId::parse),
            gateway: heard.gateway.as_deref().and_then(GatewayId::parse),
            customer: None,
            phases: None,
            solar: None,
            occupied: None,
        }
    }

    async fn apply(
        &self,
        book: &mut Book,
        kept: &Kept,
        heard: &Heard,
    ) -> Result<Applied, DeskError> {
        let answer = &kept.stored.answer;
        let Some(known) = book.get_mut(&heard.meter) else {
            return Ok(Applied::default());
        };
        let latest_kept = take_in(known, heard, kept.stored.id, answer.at);
        let said_now = heard.status.is_some()
            && latest(known, Item::OperatingStatus.word())
                .is_none_or(|status| status.answer == Some(kept.stored.id));
        let said = match &heard.status {
            Some((_, said)) if said_now => said.clone(),
            _ => self.said_before(known),
        };
        let around = self.around(known).await?;
        let mut applied = judge_known(
            known,
            said.clone(),
            said_now,
            around,
            &self.rules,
            answer.at,
        );
        let needs_neighbours = |applied: &Applied| {
            Some(
                applied
                    .verdict
                    .as_ref()?
                    .asks
                    .iter()
                    .any(|ask| ask.slug == "neighbours"),
            )
        };
        if needs_neighbours(&applied) == Some(true)
            && let Some(neighbours) = self.neighbours(known, &applied, answer.at).await?
        {
            let around = Around {
                neighbours: Some(neighbours),
                ..around
            };
            applied = judge_known(known, said, said_now, around, &self.rules, answer.at);
        }
        applied.latest = latest_kept;
        Ok(applied)
    }

    /// The status that was said before; its text is kept as it came.
    fn said_before(&self, known: &Known) -> Result<triage::Said, answers::Unread> {
        let Some(status) = latest(known, Item::OperatingStatus.word()) else {
            return Ok(triage::Said::Nothing);
        };
        let head_end = known.meter.head_end.as_deref().unwrap_or_default();
        answers::read_status(&status.value, self.reading(head_end).family)
    }

    /// What the desk knows besides the meter's own rows: its gateway, and how its counters moved.
    async fn around(&self, known: &Known) -> Result<Around, DeskError> {
        let gateway_online = known
            .meter
            .gateway
            .as_ref()
            .and_then(|gateway| self.gateway_state(gateway));
        Ok(Around {
            gateway_online,
            neighbours: None,
            cover_openings: self.moved(known, Item::CoverOpenings).await?,
            overload_trips: self.moved(known, Item::OverloadTrips).await?,
        })
    }

    /// By how much a counter moved over the time of the rules: nothing where it was read once only.
    async fn moved(&self, known: &Known, item: Item) -> Result<Option<u32>, DeskError> {
        let Some(now) = latest(known, item.word()) else {
            return Ok(None);
        };
        let from = now.at.plus(-self.rules.counters_over);
        let meter = &known.meter.number;
        let seen = self
            .store
            .observations(meter, Some(item.word()), 100)
            .await?;
        let number = |value: &str| value.trim().parse::<u32>().ok();
        let first = seen.iter().rfind(|old| old.at >= from);
        let first = first.filter(|before| before.at < now.at);
        Ok(first.and_then(|before| number(&now.value)?.checked_sub(number(&before.value)?)))
    }

    /// How many meters of the site are known, and how many of them say the same.
    async fn neighbours(
        &self,
        known: &Known,
        applied: &Applied,
        at: Moment,
    ) -> Result<Option<Neighbours>, DeskError> {
        let code = applied.standing.as_ref().and_then(|one| one.ami_code);
        let (Some(site), Some(code)) = (&known.meter.site, code) else {
            return Ok(None);
        };
        let since = at.plus(-fleet::DAY);
        let (answered, alike) = self
            .store
            .alike(Group::Site, site.as_str(), &known.meter.number, code, since)
            .await?;
        Ok((answered > 0).then_some(Neighbours {
            known: answered,
            alike,
        }))
    }

    /// One ask more without an answer; enough of them are a case, unless the gateway explains it.
    fn silence(
        &self,
        settlement: &mut Settlement,
        book: &mut Book,
        meter: &MeterNumber,
        at: Moment,
    ) {
        let Some(known) = book.get_mut(meter) else {
            return;
        };
        let standing = not_heard(known);
        let long = |heard: Moment| at.since(heard) >= self.rules.silent_after;
        if standing.silent >= self.rules.silent_asks && standing.heard_at.is_none_or(long) {
            let asks = standing.silent;
            let en = format!("{asks} asks in a row ended without its answer.");
            let fr = format!("{asks} demandes de suite sont restées sans réponse.");
            let words = words::of_condition(SILENT, Some((&en, &fr)));
            let parent = known
                .meter
                .gateway
                .as_ref()
                .and_then(|gateway| self.gateway_case(gateway));
            settlement
                .cases
                .push(cases::seen(known, SILENT, words, at, parent));
        }
        known.standing = Some(standing.clone());
        settlement.standings.push(standing);
    }
}

/// Whether an answer holds anything at all.
fn says_something(heard: &Heard) -> bool {
    heard.status.is_some() || !heard.values.is_empty()
}

/// The site and cause of a supply fault that neighbours may share, where this answer changed who
/// says so: a fault that is said again changes nothing.
fn shared_fault(applied: &Applied, known: Option<&Known>) -> Option<(String, &'static str)> {
    let verdict = applied.verdict.as_ref()?;
    let known = known?;
    let site = known.meter.site.as_ref()?.to_string();
    let supply = Class::SupplyQuality;
    let said_before = |slug: &str| {
        let mut open = known.cases.iter();
        open.any(|case| case.cause == slug && case.quiet_since.is_none())
    };
    let slug = if verdict.class == supply {
        verdict.slug().filter(|slug| !said_before(slug))
    } else {
        // back in order: the group may be over
        let shared = known
            .cases
            .iter()
            .find(|case| case.words.class == supply.word() && case.quiet_since.is_none());
        shared
            .and_then(|case| catalogue::by_slug(&case.cause))
            .map(|row| row.slug)
    }?;
    Some((site, slug))
}

/// The energy register and the power are readings too.
fn keep_readings(settlement: &mut Settlement, heard: &Heard, at: Moment) {
    const REGISTERS: &[(Item, &str)] = &[(Item::TotalEnergy, "kwh"), (Item::Power, "power_w")];
    for (item, register) in REGISTERS {
        let found = heard.values.iter().find(|(word, _)| *word == item.word());
        let milli = found.and_then(|(_, value)| milli(value));
        settlement.readings.extend(milli.map(|milli| Reading {
            meter: heard.meter.clone(),
            register,
            at,
            milli,
        }));
    }
}

/// Thousandths of a decimal text, where it fits.
fn milli(value: &str) -> Option<i64> {
    let thousandths = (value.trim().parse::<f64>().ok()? * 1000.0).round();
    #[expect(
        clippy::cast_possible_truncation,
        reason = "checked to lie within what f64 holds exactly"
    )]
    (thousandths.abs() < 9e15).then_some(thousandths as i64)
}

/// Takes an answer's consequences into the settlement and into the book.
fn take_up(settlement: &mut Settlement, book: &mut Book, applied: Applied) {
    if let Some(standing) = &applied.standing
        && let Some(known) = book.get_mut(&standing.meter)
    {
        known.standing = Some(standing.clone());
        // what was closed for this answer is not closed again by the next one of the batch
        let closed = |case: &store::Case| {
            applied
                .cases
                .iter()
                .any(|change| matches!(change, CaseChange::Close(id, ..) if *id == case.id))
        };
        known.cases.retain(|case| !closed(case));
    }
    settlement.latest.extend(applied.latest);
    settlement.standings.extend(applied.standing);
    settlement.cases.extend(applied.cases);
}

impl Intake {
    /// A meter that answered something without a status is heard all the same.
    pub async fn heard(&self, meters: &[MeterNumber], at: Moment) -> Result<(), DeskError> {
        let book = self.known(meters).await?;
        let standings = book.values().map(|known| heard_at(known, at)).collect();
        let settlement = Settlement {
            standings,
            ..Settlement::default()
        };
        Ok(self.store.settle(&settlement).await?)
    }
}
