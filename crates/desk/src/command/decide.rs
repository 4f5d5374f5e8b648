//! People decide about commands: agree, refuse, take back, stop everything.

use super::{Commands, Denied, Record, tell};
use crate::people::Who;
use commands::{Event, State};
use people::{PersonName, Verb, may_approve};
use store::{CommandFilter, CommandId, Move, Stop};

/// What came of a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The command.
    pub id: CommandId,
    /// Where it stands then.
    pub state: String,
}

/// What a person decides.
#[derive(Clone, Copy)]
enum Word {
    Approve,
    Reject,
    Cancel,
}

/// So often a decision is tried when somebody else moves the command meanwhile.
const TRIES: usize = 5;
/// So many unsent commands are stopped at once.
const BATCH: usize = 1_000;

impl Commands {
    /// A second person agrees.
    pub async fn approve(&self, id: &CommandId, who: &Who, said: &str) -> Result<Decided, Denied> {
        self.decide(id, who, said, Word::Approve).await
    }

    /// A second person does not agree.
    pub async fn reject(&self, id: &CommandId, who: &Who, said: &str) -> Result<Decided, Denied> {
        self.decide(id, who, said, Word::Reject).await
    }

    /// It is taken back, by whoever asked for it or by somebody who may.
    pub async fn cancel(&self, id: &CommandId, who: &Who, said: &str) -> Result<Decided, Denied> {
        self.decide(id, who, said, Word::Cancel).await
    }

    async fn decide(
        &self,
        id: &CommandId,
        who: &Who,
        said: &str,
        word: Word,
    ) -> Result<Decided, Denied> {
        for _ in 0..TRIES {
            let found = self
                .store()
                .commands_by_id(std::slice::from_ref(id))
                .await?;
            let record = found.into_iter().next().and_then(Record::of);
            let Some(record) = record else {
                return Err(Denied::NoCommand(id.to_string()));
            };
            let (state, step) = self.decided(record, who, said, word)?;
            if self.store().move_commands(&[step]).await? == [true] {
                self.ring();
                return Ok(Decided {
                    id: id.clone(),
                    state: state.word().to_owned(),
                });
            }
        }
        Err(Denied::TooLate {
            state: "being moved".to_owned(),
            what: word.what(),
        })
    }

    fn decided(
        &self,
        mut record: Record,
        who: &Who,
        said: &str,
        word: Word,
    ) -> Result<(State, Move), Denied> {
        let (now, person) = (self.intake.clock().now(), &who.person);
        let asked_by = record.command.who.clone();
        let own = person.name.as_str() == asked_by;
        match word {
            Word::Approve => {
                person.may(Verb::Approve)?;
                let requester = PersonName::parse(&asked_by);
                let requester = requester.ok_or(people::NotAllowed::Requester)?;
                may_approve(person, &requester, now)?;
            }
            Word::Reject => person.may(Verb::Approve)?,
            Word::Cancel if own => person.may(Verb::See)?,
            Word::Cancel => person.may(Verb::CancelOthers)?,
        }
        let before = record.state();
        let said = if said.trim().is_empty() {
            format!("{} by {}", word.what(), person.name)
        } else {
            format!("{} by {}: {}", word.what(), person.name, said.trim())
        };
        let step = record.hear_why(word.event(), &said, now, &self.rules);
        let Ok(mut step) = step else {
            return Err(Denied::TooLate {
                state: before.word().to_owned(),
                what: word.what(),
            });
        };
        let name = person.name.as_str();
        step.who = Some(name.to_owned());
        step.anew = true;
        if matches!(word, Word::Approve) {
            step.second = Some(name.to_owned());
            record.command.second = Some(name.to_owned());
        }
        let id = record.id().to_string();
        step.audit = vec![tell::line(
            &record.command,
            &id,
            name,
            &who.via,
            word.what(),
            now,
        )];
        Ok((record.state(), step))
    }

    /// Takes back every act that is not sent, once all acts are stopped
    /// ([`crate::people::People::stop`]). Gives how many were. They stay taken back when the stop is
    /// lifted.
    pub async fn take_all_back(&self, who: &Who) -> Result<usize, Denied> {
        who.may(Verb::Stop)?;
        // where nobody has stopped anything, new acts would leave behind our back
        let Some(stop) = self.store().stop().await? else {
            return Ok(0);
        };
        let mut stopped = 0;
        for state in [State::Proposed, State::Approved, State::Queued] {
            stopped += self.take_back(state, &stop, &who.via).await?;
        }
        self.ring();
        Ok(stopped)
    }

    async fn take_back(&self, state: State, by: &Stop, via: &str) -> Result<usize, Denied> {
        let (mut stopped, mut before) = (0, None);
        loop {
            let filter = CommandFilter {
                state: Some(state.word().to_owned()),
                open: true,
                before,
                ..CommandFilter::default()
            };
            let found = self.store().commands(&filter, BATCH).await?;
            let Some(last) = found.last() else {
                return Ok(stopped);
            };
            before = Some(last.id.number);
            let physical = found.into_iter().filter(|command| command.physical);
            let mut moves = Vec::new();
            for mut record in physical.filter_map(Record::of) {
                let said = format!("all acts were stopped by {}: {}", by.who, by.why);
                let now = self.intake.clock().now();
                let step = record.hear_why(Event::Cancel, &said, now, &self.rules);
                let id = record.id().to_string();
                let line = tell::line(&record.command, &id, &by.who, via, "stopped", now);
                moves.extend(step.map(|mut step| {
                    step.who = Some(by.who.clone());
                    step.anew = true;
                    step.audit = vec![line];
                    step
                }));
            }
            let taken = self.store().move_commands(&moves).await?;
            stopped += taken.into_iter().filter(|taken| *taken).count();
        }
    }
}

impl Word {
    fn event(self) -> Event {
        match self {
            Self::Approve => Event::Approve,
            Self::Reject => Event::Reject,
            Self::Cancel => Event::Cancel,
        }
    }

    fn what(self) -> &'static str {
        match self {
            Self::Approve => "approved",
            Self::Reject => "rejected",
            Self::Cancel => "cancelled",
        }
    }
}
