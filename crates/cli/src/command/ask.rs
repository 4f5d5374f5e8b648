//! Asking for one act at one meter or many.

use super::part::Part;
use super::{meters, plan, sending, wait};
use crate::args::command::{Ask, How};
use crate::end::{End, print};
use crate::run::{clock, to_the_end};
use crate::serve::Desk;
use crate::setup::Setup;
use crate::{Ended, identity, office};
use anyhow::{anyhow, bail};
use commands::{Kind, State};
use desk::command::{Bulk, Commands, Reach};
use desk::people::People;
use serde_json::{Value, json};
use std::time::Duration;
use store::{CommandId, Store};

/// How long the canary is waited for where nobody says how long to wait.
const PATIENCE: u64 = 900;
/// The longest name of an intent.
const LONGEST: usize = 100;

/// What is to be done.
pub(super) struct Wish {
    pub(super) kind: Kind,
    pub(super) args: Value,
}

/// Asking goes as far as this.
struct Counter<'a> {
    commands: &'a Commands,
    store: &'a Store,
    ask: &'a Ask,
    bulk: Bulk,
}

pub(super) fn run(wish: &Wish, ask: &Ask, setup: &Setup) -> Ended {
    let meters = meters::of(ask)?;
    let intent = intent(&ask.how)?;
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let store = desk.intake.store().clone();
        let who = identity::known(setup, &People::new(store.clone())).await?;
        let commands = office::counter(setup, &desk.intake)?;
        let counter = Counter {
            commands: &commands,
            store: &store,
            ask,
            bulk: Bulk {
                meters,
                kind: wish.kind.word().to_owned(),
                args: wish.args.clone(),
                reason: ask.how.reason.clone(),
                who,
                intent,
                canary: 0,
            },
        };
        counter.serve().await
    })
}

/// The name of an intent: the one that was given, or a fresh one.
pub(super) fn intent(how: &How) -> anyhow::Result<String> {
    let Some(name) = &how.intent else {
        return Ok(format!("cli-{:016x}", rand::random::<u64>()));
    };
    let plain = name.chars().all(|c| c.is_ascii_graphic());
    if name.is_empty() || !plain || name.len() > LONGEST {
        bail!("an --intent is a name of 1 to {LONGEST} letters, digits and signs without blanks");
    }
    Ok(name.clone())
}

impl Counter<'_> {
    async fn serve(self) -> Ended {
        let how = &self.ask.how;
        let many = self.bulk.meters.len() > 1;
        if many || how.dry_run {
            let (parts, reach) = self.request(0, true).await?;
            if how.dry_run {
                let fits = parts.iter().all(|part| part.is_done(false));
                print(&self.tried(&parts, &reach)?)?;
                return Ok(if fits { End::Done } else { End::Partly });
            }
            let text = plan::text(&self.bulk.kind, &parts, &reach);
            tell(&text, how.json)?;
        }
        if many {
            let name = &self.bulk.intent;
            tell(&format!("The intent is named {name}.\n"), how.json)?;
        }
        let canary = self.ask.canary.map_or(0, |first| first as usize);
        if canary > 0 && canary < self.bulk.meters.len() {
            let (mut first, reach) = self.request(canary, false).await?;
            let most = how.wait.unwrap_or(PATIENCE);
            self.wait(&mut first, most).await?;
            if !first.iter().all(|part| part.is_done(true)) {
                self.show(&first, &reach, true)?;
                eprintln!(
                    "calinmeter: not all of the first {canary} were verified, so nothing was asked \
                     for at the other {}",
                    self.bulk.meters.len() - canary
                );
                return Ok(End::Partly);
            }
        }
        let (mut parts, reach) = self.request(0, false).await?;
        match how.wait {
            Some(most) => self.wait(&mut parts, most).await?,
            None => sending::warn(self.store, &ids(&parts)).await?,
        }
        let waited = how.wait.is_some();
        self.show(&parts, &reach, waited)?;
        let done = parts.iter().all(|part| part.is_done(waited));
        Ok(if done { End::Done } else { End::Partly })
    }

    async fn request(&self, canary: usize, tried: bool) -> anyhow::Result<(Vec<Part>, Reach)> {
        let bulk = Bulk {
            canary,
            ..self.bulk.clone()
        };
        let asked = self.commands.request_many(bulk, tried).await;
        let asked = asked.map_err(|denied| anyhow!(super::said(&denied)))?;
        let parts = asked.items.into_iter();
        let parts = parts.map(|(meter, came)| Part::of(meter, came)).collect();
        Ok((parts, asked.reach))
    }

    async fn wait(&self, parts: &mut [Part], most: u64) -> anyhow::Result<()> {
        sending::warn(self.store, &ids(parts)).await?;
        let second = parts.iter().filter(|part| part.is(State::Proposed));
        for part in second {
            if let Some(id) = &part.id {
                eprintln!(
                    "calinmeter: {id} waits for a second person: calinmeter command approve {id}"
                );
            }
        }
        wait::until_ended(self.store, parts, Duration::from_secs(most)).await
    }

    fn tried(&self, parts: &[Part], reach: &Reach) -> anyhow::Result<String> {
        if self.ask.how.json {
            return self.document(parts, reach);
        }
        let said = "Nothing was written down: this was tried only.\n";
        Ok(plan::text(&self.bulk.kind, parts, reach) + said)
    }

    fn show(&self, parts: &[Part], reach: &Reach, waited: bool) -> anyhow::Result<()> {
        if self.ask.how.json {
            return print(&self.document(parts, reach)?);
        }
        print(&finished(parts, waited))
    }

    fn document(&self, parts: &[Part], reach: &Reach) -> anyhow::Result<String> {
        let document = json!({
            "intent": self.bulk.intent,
            "kind": self.bulk.kind,
            "dry_run": self.ask.how.dry_run,
            "items": parts.iter().map(Part::object).collect::<Vec<_>>(),
            "left": self.bulk.meters.len() - parts.len(),
            "reach": plan::reach(reach),
        });
        Ok(serde_json::to_string_pretty(&document)? + "\n")
    }
}

pub(super) fn ids(parts: &[Part]) -> Vec<CommandId> {
    parts.iter().filter_map(|part| part.id.clone()).collect()
}

/// What came of it: few are shown one by one, of many those that are not done.
pub(super) fn finished(parts: &[Part], waited: bool) -> String {
    const FEW: usize = 20;
    let all: Vec<&Part> = parts.iter().collect();
    let mut out = if all.len() <= FEW {
        plan::table(&all)
    } else {
        let done = all.iter().filter(|part| part.is_done(waited)).count();
        let word = if waited { "verified" } else { "asked for" };
        let count = format!("{done} of {} {word}.\n", all.len());
        count + &plan::bad_ones(parts, waited)
    };
    let second = parts.iter().filter(|part| part.is(State::Proposed)).count();
    if second > 0 {
        out += &format!(
            "{second} wait(s) for a second person: calinmeter command approve ID, by somebody else.\n"
        );
    }
    out
}

/// Says something beside the document that programs read.
fn tell(text: &str, as_json: bool) -> anyhow::Result<()> {
    if as_json {
        eprint!("{text}");
        return Ok(());
    }
    print(text)
}
