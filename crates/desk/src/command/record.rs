//! A command as the desk works on it: what the store keeps, and its life.

use super::CommandRules;
use super::tell;
use asking::{Item, Secret};
use commands::{Event, Kind, Life, NotNow, State, Times};
use fleet::Moment;
use remedies::{Args, TokenPurpose, Wanted};
use serde_json::Value;
use store::{Command, CommandId, Move, Stand};

/// A command with its life.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) command: Command,
    life: Life,
}

impl Record {
    /// A command that was kept; nothing where a newer version of the program wrote it.
    pub(crate) fn of(command: Command) -> Option<Self> {
        let kind = Kind::from_word(&command.kind)?;
        let state = State::from_word(&command.stand.state)?;
        let times = Times {
            since: command.stand.since,
            deadline: command.stand.deadline,
            queue_until: command.stand.queue_until,
            sent_at: command.stand.sent_at,
        };
        let life = Life::kept(kind, state, times);
        Some(Self { command, life })
    }

    pub(crate) fn id(&self) -> &CommandId {
        &self.command.id
    }

    pub(crate) fn number(&self) -> i64 {
        self.command.id.number
    }

    pub(crate) fn state(&self) -> State {
        self.life.state()
    }

    pub(crate) fn life(&self) -> &Life {
        &self.life
    }

    /// What is wanted, as far as it is kept in the open: a token's digits are not.
    pub(crate) fn wanted(&self) -> Wanted {
        self.wanted_with(None)
    }

    /// What is wanted, with the token that was brought and is kept sealed.
    pub(crate) fn wanted_with(&self, token: Option<Secret>) -> Wanted {
        let args: Value = serde_json::from_str(&self.command.args).unwrap_or(Value::Null);
        wanted(self.life.kind(), &args, token)
    }

    /// Something happened: the move that writes it down, and from here on the record stands there.
    pub(crate) fn hear(
        &mut self,
        event: Event,
        now: Moment,
        rules: &CommandRules,
    ) -> Result<Move, NotNow> {
        let terms = rules.of(&self.command.head_end).terms;
        let state = self.life.hear(event, now, &terms)?;
        let step = Move {
            id: self.command.id.clone(),
            rev: self.command.rev,
            event: event.word().to_owned(),
            stand: stand(&self.life),
            at: now,
            who: None,
            said: None,
            second: None,
            mark: None,
            task: None,
            before: None,
            proof: None,
            ends: state.is_terminal(),
            anew: false,
            dispatched_at: None,
            audit: Vec::new(),
            messages: Vec::new(),
        };
        self.command.rev += 1;
        self.command.stand = step.stand.clone();
        Ok(step)
    }

    /// Whether what is not found, asked for at that moment, was not carried out.
    pub(crate) fn is_past_horizon(&self, asked: Moment, rules: &CommandRules) -> bool {
        let terms = rules.of(&self.command.head_end).terms;
        self.life.is_past_horizon(asked, &terms)
    }

    /// Like [`Record::hear`], with one sentence about it; where the command ends by it, the audit and
    /// the endpoints are told.
    pub(crate) fn hear_why(
        &mut self,
        event: Event,
        said: &str,
        now: Moment,
        rules: &CommandRules,
    ) -> Result<Move, NotNow> {
        let mut step = self.hear(event, now, rules)?;
        if !said.is_empty() {
            step.said = Some(said.to_owned());
            self.command.outcome = Some(said.to_owned());
        }
        if self.life.is_settled() {
            step.messages = tell::messages(&self.command, now, &rules.hooks);
        }
        if self.state().is_terminal() {
            step.audit = vec![tell::ended(&self.command, now)];
        }
        Ok(step)
    }
}

/// Where a life stands, as the store keeps it.
pub(super) fn stand(life: &Life) -> Stand {
    let times = life.times();
    Stand {
        state: life.state().word().to_owned(),
        since: times.since,
        deadline: times.deadline,
        queue_until: times.queue_until,
        sent_at: times.sent_at,
    }
}

/// What is wanted, from what is kept of it.
fn wanted(kind: Kind, args: &Value, token: Option<Secret>) -> Wanted {
    let text = |name: &str| args.get(name).and_then(Value::as_str);
    let item = text("item").and_then(Item::from_word);
    let watts = args.get("watts").and_then(Value::as_u64);
    let purpose = text("purpose").and_then(TokenPurpose::from_word);
    let args = match kind {
        Kind::Read => Args::Item(item.unwrap_or(Item::OperatingStatus)),
        Kind::SetLoadLimit => watts
            .and_then(|watts| u32::try_from(watts).ok())
            .map_or(Args::Nothing, Args::Watts),
        Kind::DeliverToken => Args::Token {
            token: token.unwrap_or_else(|| Secret::new(String::new())),
            purpose: purpose.unwrap_or(TokenPurpose::Other),
        },
        Kind::Reconnect => Args::Order {
            known: args.get("order_known").and_then(Value::as_bool) == Some(true),
        },
        Kind::Disconnect | Kind::ClearTamper | Kind::Commission | Kind::SetClock => Args::Nothing,
    };
    Wanted { kind, args }
}
