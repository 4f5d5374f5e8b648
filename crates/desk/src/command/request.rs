//! Asking for commands: checked, written down, and answered at once with where they stand.

use super::alike::{as_command, digest, merges};
use super::before::{Before, known_as};
use super::facts::{self, Known1};
use super::record::stand;
use super::vault::Vault;
use super::{Commands, Denied, Record, tell};
use crate::people::Who;
use asking::Secret;
use catalogue::Lang;
use commands::{Event, Kind, Life};
use fleet::{MeterNumber, Moment};
use people::{Person, Verb};
use remedies::{Outcome, Wanted};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use store::{CommandId, NewCommand, NewToken, Proposed};

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The meter.
    pub meter: MeterNumber,
    /// The kind's word, as it came.
    pub kind: String,
    /// What it carries, as it came.
    pub args: Value,
    /// Why.
    pub reason: String,
    /// Who asks.
    pub who: Who,
    /// The requester's own name for it.
    pub intent: Option<String>,
}

/// Where a command stands that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Its id; nothing where it was only tried.
    pub id: Option<CommandId>,
    /// The state's word. Of one that was asked for before, where it stood then.
    pub state: String,
    /// One sentence about it.
    pub said: Option<String>,
    /// Whether it was asked for before, under the same name or in the same words.
    pub again: bool,
    /// Why a second person has to agree, where one has to.
    pub darkens: Option<String>,
}

/// The reason's length, characters.
pub(super) const REASON: std::ops::RangeInclusive<usize> = 3..=500;
/// The priority of an act that a person asked for; a read waits behind it.
const ACT: u8 = 2;
const READ: u8 = 1;

/// A request on its way to the store.
struct Draft {
    new: NewCommand,
    darkens: Option<String>,
}

impl Commands {
    /// Asks for commands; each on its own. Where it is only tried, nothing is written down.
    pub async fn request(
        &self,
        requests: Vec<Request>,
        tried: bool,
    ) -> Result<Vec<Result<Asked, Denied>>, Denied> {
        let now = self.intake.clock().now();
        let meters: Vec<MeterNumber> = requests.iter().map(|one| one.meter.clone()).collect();
        let known = self.facts_of(&meters, now).await?;
        let open = self.open(&meters).await?;
        let stop = self.store().stop().await?;
        let before = match &stop {
            Some(_) => self.asked_before(&requests).await?,
            None => Before::new(),
        };
        let mut out: Vec<Option<Result<Asked, Denied>>> = Vec::new();
        let mut drafts = Vec::new();
        for (place, request) in requests.into_iter().enumerate() {
            let physical = Kind::from_word(&request.kind).is_some_and(Kind::is_physical);
            let drafted = match stop.clone().filter(|_| physical) {
                Some(_) if known_as(&before, &request).is_some() => {
                    self.again(&before, &request).await.map(Drafted::Merged)
                }
                Some(stop) => Err(Denied::Stopped {
                    who: stop.who,
                    why: stop.why,
                }),
                None => self.draft(&request, &known, &open, now),
            };
            out.push(match drafted {
                Err(denied) => Some(Err(denied)),
                Ok(Drafted::Merged(asked)) => Some(Ok(asked)),
                Ok(Drafted::New(draft)) if tried => Some(Ok(draft.asked(None, false))),
                Ok(Drafted::New(draft)) => {
                    drafts.push((place, *draft));
                    None
                }
            });
        }
        let new: Vec<NewCommand> = drafts.iter().map(|(_, draft)| draft.new.clone()).collect();
        let proposed = self.store().propose(&new).await?;
        for ((place, draft), proposed) in drafts.into_iter().zip(proposed) {
            out[place] = Some(match proposed {
                Proposed::New(id) => Ok(draft.asked(Some(id), false)),
                Proposed::Same(id) => self.stands(id).await,
                Proposed::Clash(id) => Err(Denied::Clash(id)),
            });
        }
        if !new.is_empty() {
            self.ring();
        }
        let unknown = || Err(Denied::NoCommand(String::new()));
        Ok(out
            .into_iter()
            .map(|one| one.unwrap_or_else(unknown))
            .collect())
    }

    async fn facts_of(
        &self,
        meters: &[MeterNumber],
        now: Moment,
    ) -> Result<BTreeMap<MeterNumber, Known1>, Denied> {
        let facts = self.intake.facts(meters, now).await;
        facts.map_err(|error| match error {
            crate::DeskError::Store(error) => Denied::Store(error),
        })
    }

    async fn open(
        &self,
        meters: &[MeterNumber],
    ) -> Result<HashMap<MeterNumber, Vec<Record>>, Denied> {
        let mut open: HashMap<MeterNumber, Vec<Record>> = HashMap::new();
        for command in self.store().open_commands(meters).await? {
            let meter = command.id.meter.clone();
            open.entry(meter).or_default().extend(Record::of(command));
        }
        Ok(open)
    }

    /// A command that was asked for before, as it stands.
    pub(super) async fn stands(&self, id: CommandId) -> Result<Asked, Denied> {
        let found = self
            .store()
            .commands_by_id(std::slice::from_ref(&id))
            .await?;
        let command = found.into_iter().next();
        let command = command.ok_or_else(|| Denied::NoCommand(id.to_string()))?;
        Ok(Asked {
            id: Some(id),
            state: command.stand.state,
            said: command.outcome,
            again: true,
            darkens: None,
        })
    }

    fn draft(
        &self,
        request: &Request,
        known: &BTreeMap<MeterNumber, Known1>,
        open: &HashMap<MeterNumber, Vec<Record>>,
        now: Moment,
    ) -> Result<Drafted, Denied> {
        let wanted = Wanted::parse(&request.kind, &request.args)?;
        let verb = if wanted.kind == Kind::Read {
            Verb::Read
        } else {
            Verb::Command
        };
        request.who.may(verb)?;
        let reason = request.reason.trim();
        if wanted.kind.is_physical() && !REASON.contains(&reason.chars().count()) {
            return Err(Denied::NoReason);
        }
        if let Some(never) = remedies::refused_outright(&wanted) {
            return Err(Denied::Never(never.say(Lang::En).to_owned()));
        }
        let Some(Known1 { known, facts }) = known.get(&request.meter) else {
            return Err(Denied::NoMeter(request.meter.to_string()));
        };
        let Some(head_end) = self.head_end_of(known) else {
            return Err(Denied::NoHeadEnd(request.meter.to_string()));
        };
        let none = Vec::new();
        let others = open.get(&request.meter).unwrap_or(&none);
        let args = wanted.args_json().to_string();
        if let Some(same) = others.iter().find(|one| merges(one, &wanted, &args)) {
            return Ok(Drafted::Merged(Asked {
                id: Some(same.id().clone()),
                state: same.state().word().to_owned(),
                said: None,
                again: true,
                darkens: None,
            }));
        }
        let darkens = remedies::darkens(&wanted, facts)
            .map(|darkens| darkens.sentence.say(Lang::En).to_owned());
        let second = darkens.is_some() && self.rules.second_person;
        let terms = self.rules.of(&head_end).terms;
        let mut life = Life::new(wanted.kind, second, now, &terms);
        let mut said = darkens.clone().filter(|_| second);
        if !second {
            // what is known already need not be looked up again by whoever sends it
            let checked = remedies::check(&wanted, facts, &self.rules.checks);
            let event = match checked.outcome {
                Outcome::Pass => Some(Event::Pass),
                Outcome::No => Some(Event::Forbid),
                Outcome::Wants(_) => None,
            };
            said = super::study::sentence(&checked);
            // a new one is approved, which knows both
            let heard = event.map(|event| life.hear(event, now, &terms));
            debug_assert!(!matches!(heard, Some(Err(_))), "{heard:?}");
        }
        let status = crate::evidence::latest(known, asking::Item::OperatingStatus.word());
        let mut new = NewCommand {
            meter: request.meter.clone(),
            kind: wanted.kind.word().to_owned(),
            args,
            reason: reason.to_owned(),
            who: request.who.person.name.as_str().to_owned(),
            via: request.who.via.clone(),
            intent: request.intent.clone(),
            digest: digest(&wanted, reason, request.who.person.name.as_str()),
            site: known.meter.site.as_ref().map(ToString::to_string),
            head_end,
            physical: wanted.kind.is_physical(),
            relay: wanted.kind.touch().moves_supply(),
            darkens: darkens.is_some(),
            priority: if wanted.kind.is_physical() { ACT } else { READ },
            at: now,
            stand: stand(&life),
            before: Some(facts::kept(facts, status)),
            said,
            replaces: Vec::new(),
            token: self.brought(&wanted, &request.meter, now)?,
            audit: Vec::new(),
            messages: Vec::new(),
        };
        if !life.state().is_terminal() {
            new.replaces = self.replaced(others, &wanted, &request.who.person, now);
        }
        self.tell_of(&mut new, life.is_settled());
        Ok(Drafted::New(Box::new(Draft { new, darkens })))
    }

    /// The head-end that serves a meter; the only one there is serves those that name none.
    fn head_end_of(&self, known: &store::Known) -> Option<String> {
        let only = || {
            let mut names = self.rules.head_ends.keys();
            names
                .next()
                .filter(|_| self.rules.head_ends.len() == 1)
                .cloned()
        };
        known.meter.head_end.clone().or_else(only)
    }

    /// A token that somebody brings, sealed.
    fn brought(
        &self,
        wanted: &Wanted,
        meter: &MeterNumber,
        now: Moment,
    ) -> Result<Option<NewToken>, Denied> {
        let Some(token) = wanted.secret() else {
            return Ok(None);
        };
        let purpose = wanted.args_json();
        let purpose = purpose.get("purpose").and_then(Value::as_str);
        let sealed = self.sealed(token, meter, purpose.unwrap_or("other"), false, now);
        let fault = "the computer gives no randomness: try again".to_owned();
        sealed.map(Some).ok_or(Denied::Never(fault))
    }

    /// A token for the ledger.
    pub(crate) fn sealed(
        &self,
        token: &Secret,
        meter: &MeterNumber,
        purpose: &str,
        minted: bool,
        now: Moment,
    ) -> Option<NewToken> {
        let digits = token.reveal();
        let tail = digits.get(digits.len().checked_sub(4)?..)?;
        Some(NewToken {
            at: now,
            purpose: purpose.to_owned(),
            minted,
            masked: format!("{}{tail}", "*".repeat(digits.len() - 4)),
            digest: Vault::digest(token, meter.as_str()),
            sealed: self.vault.seal(token, meter.as_str())?,
        })
    }

    /// The unsent commands whose place this one takes.
    fn replaced(
        &self,
        others: &[Record],
        wanted: &Wanted,
        person: &Person,
        now: Moment,
    ) -> Vec<store::Move> {
        let replaced = others
            .iter()
            .filter(|one| one.state().is_unsent() && wanted.kind.supersedes(one.life().kind()));
        let mut moves = Vec::new();
        for one in replaced {
            let said = format!(
                "{} asked for a {} after it",
                person.name,
                wanted.kind.word()
            );
            let step = one
                .clone()
                .hear_why(Event::Supersede, &said, now, &self.rules);
            moves.extend(step.map(|mut step| {
                step.anew = true;
                step
            }));
        }
        moves
    }

    /// What the audit and the endpoints hear of a new command.
    fn tell_of(&self, new: &mut NewCommand, settled: bool) {
        let command = as_command(new);
        let line = tell::line(&command, tell::ID, &new.who, &new.via, "asked for", new.at);
        new.audit = vec![line];
        if settled {
            new.messages = tell::messages_about(&command, tell::ID, new.at, &self.rules.hooks);
        }
    }
}

/// A request that needs no command of its own, or a new one.
enum Drafted {
    New(Box<Draft>),
    Merged(Asked),
}

impl Draft {
    fn asked(self, id: Option<CommandId>, again: bool) -> Asked {
        Asked {
            id,
            state: self.new.stand.state,
            said: self.new.said,
            again,
            darkens: self.darkens,
        }
    }
}
