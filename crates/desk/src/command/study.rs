//! Looking at what is known: whether a command may be sent, and whether it has worked.

use super::facts::{self, Known1};
use super::{Commands, Record};
use crate::DeskError;
use crate::evidence::latest;
use crate::poller::Leaving;
use asking::{Act, Item, Secret};
use catalogue::Lang;
use commands::{Kind, Span};
use fleet::{MeterNumber, Moment};
use remedies::{Checked, Facts, Outcome, Proof, Says};
use std::collections::{BTreeMap, BTreeSet};
use store::{CommandId, Departure, Known, Left, Limits, NewSlot};

/// What a check found.
#[derive(Clone, Debug)]
pub(crate) struct Checkup {
    /// The command's number.
    pub(crate) command: i64,
    pub(crate) outcome: Outcome,
    /// Why, where it is no.
    pub(crate) said: Option<String>,
    /// What was known, as it is kept.
    pub(crate) before: String,
    /// The site's time zone.
    pub(crate) zone: Option<String>,
}

/// A command whose proof is looked for: what was read back, and asked for after it was carried out.
#[derive(Clone, Debug)]
pub(crate) struct Reread {
    pub(crate) record: Record,
    pub(crate) item: Item,
    /// When it was asked for.
    pub(crate) asked: Moment,
    /// What is known of its meter with that answer.
    pub(crate) known: Known,
    /// What a clock in the meter's zone shows now.
    pub(crate) wall: String,
}

/// What was read back says so.
#[derive(Clone, Debug)]
pub(crate) struct Finding {
    /// The command's number.
    pub(crate) command: i64,
    pub(crate) proof: Proof,
    /// When it was asked for.
    pub(crate) asked: Moment,
}

impl Commands {
    /// Checks commands with what is known now.
    pub(crate) async fn check(
        &self,
        records: &[Record],
        now: Moment,
    ) -> Result<Vec<Checkup>, DeskError> {
        let meters: Vec<MeterNumber> = records.iter().map(|one| one.id().meter.clone()).collect();
        let known = self.intake.facts(&meters, now).await?;
        // only a clock is set by the time of its site
        let clocks = records
            .iter()
            .any(|one| one.life().kind() == Kind::SetClock);
        let sites = if clocks {
            self.store().sites().await?
        } else {
            Vec::new()
        };
        let zones: BTreeMap<String, Option<String>> = sites
            .into_iter()
            .map(|site| (site.id.to_string(), site.zone))
            .collect();
        // of a brought token it is seen again what it is: it is opened for that
        let brought = records
            .iter()
            .filter(|one| one.life().kind() == Kind::DeliverToken);
        let brought: Vec<CommandId> = brought.map(|one| one.id().clone()).collect();
        let mut tokens: BTreeMap<CommandId, Option<Secret>> =
            self.tokens(&brought).await?.into_iter().collect();
        let mut out = Vec::new();
        for record in records {
            let token = tokens.remove(record.id()).flatten();
            let wanted = record.wanted_with(token);
            let (facts, status) = match known.get(&record.id().meter) {
                Some(Known1 { known, facts }) => {
                    let status = latest(known, Item::OperatingStatus.word());
                    (facts.clone(), status.cloned())
                }
                None => (Facts::default(), None),
            };
            let checked = remedies::check(&wanted, &facts, &self.rules.checks);
            let zone = record
                .command
                .site
                .as_ref()
                .and_then(|site| zones.get(site));
            out.push(Checkup {
                command: record.number(),
                said: sentence(&checked),
                outcome: checked.outcome,
                before: facts::kept(&facts, status.as_ref()),
                zone: zone.cloned().flatten(),
            });
        }
        Ok(out)
    }

    /// Looks at what was read back.
    pub(crate) async fn prove(
        &self,
        rereads: &[Reread],
        now: Moment,
    ) -> Result<Vec<Finding>, DeskError> {
        let meters: Vec<MeterNumber> = rereads
            .iter()
            .map(|one| one.record.id().meter.clone())
            .collect();
        let newest = self.store().newest_relay_acts(&meters).await?;
        let mut out = Vec::new();
        for one in rereads {
            let command = &one.record.command;
            let reading = self.intake.reading(&command.head_end);
            let before = facts::before(command.before.as_deref(), &reading);
            let mut after = facts::after(&one.known, one.item, &reading, now);
            if one.item == Item::Clock {
                let clock = latest(&one.known, Item::Clock.word());
                after.clock = clock.map(|clock| remedies::Clocks {
                    meter: clock.value.clone(),
                    wall: one.wall.clone(),
                });
            }
            let confirmed = self.rules.of(&command.head_end).polarity_confirmed;
            let proof = remedies::proof(&one.record.wanted(), &before, &after, confirmed);
            // what a newer act has made of the meter says nothing against an older one
            let newer = newest.get(&command.id.meter) > Some(&command.id.number);
            if newer && !matches!(proof, Proof::Verified(_)) {
                continue;
            }
            out.push(Finding {
                command: one.record.number(),
                proof,
                asked: one.asked,
            });
        }
        Ok(out)
    }

    /// The tokens of these commands, open; nothing where a command has none, or one that cannot be
    /// opened.
    pub(crate) async fn tokens(
        &self,
        commands: &[CommandId],
    ) -> Result<Vec<(CommandId, Option<Secret>)>, DeskError> {
        if commands.is_empty() {
            return Ok(Vec::new());
        }
        let sealed = self.store().sealed(commands).await?;
        let sealed: BTreeMap<CommandId, String> = sealed.into_iter().collect();
        let open = |id: &CommandId| {
            let sealed = sealed.get(id)?;
            self.vault().open(sealed, id.meter.as_str())
        };
        Ok(commands.iter().map(|id| (id.clone(), open(id))).collect())
    }

    /// Writes down that these are sent, as far as slots, holds and limits allow it.
    pub(crate) async fn depart(
        &self,
        leaving: &[Leaving],
        head_end: &str,
        group_most: u32,
    ) -> Result<Vec<Left>, DeskError> {
        let wanted = self.departures(leaving, head_end).await?;
        Ok(self.store().depart(&wanted, group_most).await?)
    }

    /// What leaves, as the store wants to know it: with the limits that count there.
    pub(crate) async fn departures(
        &self,
        leaving: &[Leaving],
        head_end: &str,
    ) -> Result<Vec<Departure>, DeskError> {
        let dark = leaving.iter().filter(|one| one.record.command.darkens);
        let sites: BTreeSet<String> = dark
            .filter_map(|one| one.record.command.site.clone())
            .collect();
        let homes = if sites.is_empty() {
            BTreeMap::new()
        } else {
            self.store().homes(&sites).await?
        };
        let limits = |site: Option<&String>| {
            let homes = site.and_then(|site| homes.get(site)).copied().unwrap_or(0);
            Limits {
                site_hour: self.rules.blast.of_site(homes, Span::Hour),
                site_day: self.rules.blast.of_site(homes, Span::Day),
                fleet_day: self.rules.blast.fleet_day,
            }
        };
        let departures = leaving.iter().map(|one| {
            let (send, command) = (&one.send, &one.record.command);
            Departure {
                slot: NewSlot {
                    head_end: head_end.to_owned(),
                    group: send.group.clone(),
                    meter: send.ask.meter.clone(),
                    asked: asked(&send.ask.act),
                    request: None,
                    at: send.at,
                    horizon: send.horizon,
                    command: Some(send.command),
                    mark: send.mark,
                },
                step: one.step.clone(),
                physical: command.physical,
                relay: command.relay,
                darkens: command
                    .darkens
                    .then(|| (command.site.clone(), limits(command.site.as_ref()))),
            }
        });
        Ok(departures.collect())
    }
}

/// What a slot is held for: one act at a meter at a time, and one read of each item beside it.
fn asked(act: &Act) -> String {
    match act {
        Act::Read(item) => format!("read {}", item.word()),
        _ => "command".to_owned(),
    }
}

/// Why a check says no, or what it waits for: its first line that does not pass.
pub(super) fn sentence(checked: &Checked) -> Option<String> {
    let stands = |says: fn(Says) -> bool| {
        let line = checked.lines.iter().find(|line| says(line.says))?;
        Some(line.sentence.say(Lang::En).to_owned())
    };
    stands(|says| says == Says::No).or_else(|| stands(|says| matches!(says, Says::Wants(_))))
}
