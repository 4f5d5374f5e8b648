//! `calinmeter command approve`, `reject` and `cancel`.

use super::{id, sending};
use crate::args::command::Decide;
use crate::end::{End, print};
use crate::run::{clock, to_the_end};
use crate::serve::Desk;
use crate::setup::Setup;
use crate::{Ended, identity, office};
use desk::people::People;
use store::CommandId;

/// What somebody says about a command.
#[derive(Clone, Copy, Debug)]
pub(super) enum Word {
    Approve,
    Reject,
    Cancel,
}

pub(super) fn run(word: Word, args: &Decide, setup: &Setup) -> Ended {
    let ids: Vec<CommandId> = args
        .ids
        .iter()
        .map(|text| id(text))
        .collect::<Result<_, _>>()?;
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let store = desk.intake.store().clone();
        let who = identity::known(setup, &People::new(store.clone())).await?;
        let commands = office::counter(setup, &desk.intake)?;
        let (mut whole, mut moved) = (true, Vec::new());
        for id in &ids {
            let decided = match word {
                Word::Approve => commands.approve(id, &who, &args.said).await,
                Word::Reject => commands.reject(id, &who, &args.said).await,
                Word::Cancel => commands.cancel(id, &who, &args.said).await,
            };
            match decided {
                Ok(decided) => {
                    print(&format!("{id} is {} now.\n", decided.state))?;
                    moved.push(id.clone());
                }
                Err(denied) => {
                    whole = false;
                    eprintln!("calinmeter: {id}: {}", super::said(&denied));
                }
            }
        }
        sending::warn(&store, &moved).await?;
        Ok(if whole { End::Done } else { End::Partly })
    })
}
