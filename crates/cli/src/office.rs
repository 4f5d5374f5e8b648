//! Commands as this configuration has them: their rules, who hears of them, and the key that seals
//! tokens.

mod vault;

pub(crate) use vault::{Place, place};

use crate::setup::Setup;
use anyhow::Context;
use commands::{Blast, Terms};
use desk::Intake;
use desk::command::{CommandRules, Commands, HeadEndRules, Hook};
use settings::{HeadEnd, Webhook};
use std::sync::Arc;
use webhooks::Events;

/// The service for commands over this intake, with the key that is kept: it is made the first time.
pub(crate) fn open(setup: &Setup, intake: &Arc<Intake>) -> anyhow::Result<Arc<Commands>> {
    let vault = vault::kept(setup, intake.store().file())?;
    Ok(Arc::new(Commands::new(
        intake.clone(),
        rules(setup)?,
        vault,
    )))
}

/// The service for whoever brings no token: a key of the moment does, and no file is touched.
pub(crate) fn counter(setup: &Setup, intake: &Arc<Intake>) -> anyhow::Result<Arc<Commands>> {
    let vault = vault::of_the_moment()?;
    Ok(Arc::new(Commands::new(
        intake.clone(),
        rules(setup)?,
        vault,
    )))
}

/// The service of a demonstration: its one head-end, and a key that nobody needs again.
pub(crate) fn demo(horizon: i64, intake: &Arc<Intake>) -> anyhow::Result<Arc<Commands>> {
    let mut rules = CommandRules::default();
    let of = HeadEndRules {
        terms: Terms {
            horizon,
            ..Terms::default()
        },
        polarity_confirmed: false,
    };
    rules.head_ends.insert(crate::demo::NAME.to_owned(), of);
    let vault = vault::of_the_moment()?;
    Ok(Arc::new(Commands::new(intake.clone(), rules, vault)))
}

/// The rules of the configuration.
fn rules(setup: &Setup) -> anyhow::Result<CommandRules> {
    let commands = &setup.settings.commands;
    let mut rules = CommandRules {
        blast: Blast {
            hour_percent: commands.hour_percent,
            day_percent: commands.day_percent,
            fleet_day: commands.fleet_day,
        },
        second_person: commands.second_person,
        ..CommandRules::default()
    };
    rules.checks.status = commands.status_fresh;
    rules.checks.voltage = commands.status_fresh;
    rules.checks.nominal_voltage = f64::from(commands.nominal_voltage);
    for head_end in &setup.settings.head_ends {
        let of = of(setup, head_end);
        rules.head_ends.insert(head_end.name.clone(), of);
    }
    let hooks = setup.settings.webhooks.iter().map(hook);
    rules.hooks = hooks.collect::<anyhow::Result<_>>()?;
    Ok(rules)
}

fn of(setup: &Setup, head_end: &HeadEnd) -> HeadEndRules {
    let commands = &setup.settings.commands;
    HeadEndRules {
        terms: Terms {
            approval: commands.approval,
            checks: commands.checks,
            queue: commands.queue,
            horizon: head_end.horizon(),
            proof: commands.proof,
            ..Terms::default()
        },
        polarity_confirmed: head_end.relay_polarity_confirmed,
    }
}

/// Which events an endpoint of the configuration wants.
pub(crate) fn events(webhook: &Webhook) -> anyhow::Result<Events> {
    let events = Events::parse(webhook.events.iter().map(String::as_str));
    events.with_context(|| format!("the webhook {} cannot be used", webhook.name))
}

fn hook(webhook: &Webhook) -> anyhow::Result<Hook> {
    let events = events(webhook)?;
    Ok(Hook {
        endpoint: webhook.name.clone(),
        wants: Arc::new(move |kind| events.want(kind)),
    })
}
