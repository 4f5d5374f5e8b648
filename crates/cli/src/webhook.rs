//! `calinmeter webhook`: what other programs were told.

use crate::args::webhook::{Webhook, WebhookList, WebhookReplay, WebhookTest};
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{clock, iso, open_store, to_the_end, typed_moment};
use crate::setup::Setup;
use crate::{Ended, identity, telling};
use anyhow::{Context, bail};
use fleet::MeterNumber;
use people::Verb;
use serde_json::{Value, json};
use std::time::Duration;
use store::{Message, MessageFilter, MessageId, Replay};

/// How long an endpoint may take for a test; the specification names 15 to 30 s.
const PATIENCE: Duration = Duration::from_secs(15);

/// `calinmeter webhook ...`.
pub(crate) fn run(args: &Webhook, setup: &Setup) -> Ended {
    match args {
        Webhook::List(args) => list(args, setup),
        Webhook::Replay(args) => replay(args, setup),
        Webhook::Test(args) => test(args, setup),
    }
}

fn list(args: &WebhookList, setup: &Setup) -> Ended {
    let meter = match &args.meter {
        None => None,
        Some(text) => Some(
            MeterNumber::parse(text).with_context(|| format!("\"{text}\" is no meter number"))?,
        ),
    };
    let filter = MessageFilter {
        endpoint: args.endpoint.clone(),
        meter,
        delivered: args.waiting.then_some(false),
        before: None,
    };
    to_the_end(async {
        let store = open_store(setup).await?;
        let messages = store.messages(&filter, args.limit).await?;
        if args.json {
            let all: Vec<Value> = messages.iter().map(object).collect();
            print(&(serde_json::to_string_pretty(&all)? + "\n"))?;
            return Ok(End::Done);
        }
        if messages.is_empty() {
            print("No message fits.\n")?;
            return Ok(End::Done);
        }
        let lines: Vec<Vec<String>> = messages.iter().map(cells).collect();
        let head = [
            "MESSAGE", "TO", "WHAT", "METER", "HAPPENED", "HEARD", "TRIES", "WHY NOT",
        ];
        print(&aligned(&head, &lines))?;
        Ok(End::Done)
    })
}

fn cells(message: &Message) -> Vec<String> {
    let meter = message.meter.as_ref();
    let outcome = message
        .outcome
        .clone()
        .filter(|_| message.delivered_at.is_none());
    vec![
        message.id.0.to_string(),
        message.endpoint.clone(),
        message.kind.clone(),
        meter.map_or_else(String::new, ToString::to_string),
        iso(message.at),
        message.delivered_at.map_or_else(|| "waits".to_owned(), iso),
        message.attempts.to_string(),
        outcome.unwrap_or_default(),
    ]
}

fn object(message: &Message) -> Value {
    let body = serde_json::from_str(&message.body);
    json!({
        "message": message.id.0,
        "endpoint": message.endpoint,
        "type": message.kind,
        "meter": message.meter.as_ref().map(MeterNumber::as_str),
        "at": iso(message.at),
        "attempts": message.attempts,
        "not_before": iso(message.not_before),
        "tried_at": message.tried_at.map(iso),
        "delivered_at": message.delivered_at.map(iso),
        "outcome": message.outcome,
        "data": body.unwrap_or_else(|_| Value::from(message.body.clone())),
    })
}

fn replay(args: &WebhookReplay, setup: &Setup) -> Ended {
    let which = match &args.since {
        Some(since) => Replay::Since(typed_moment(since)?, args.endpoint.clone()),
        None => Replay::Ids(args.ids.iter().copied().map(MessageId).collect()),
    };
    to_the_end(async {
        let store = open_store(setup).await?;
        // what was heard by an endpoint of ours is told it once more: no meter is touched
        identity::allow(setup, &store, Verb::Work).await?;
        let told = store.replay(&which, clock().now()).await?;
        if told == 0 {
            bail!("no message fits: calinmeter webhook list shows those that are kept");
        }
        print(&format!("{told} message(s) are told again.\n"))?;
        Ok(End::Done)
    })
}

fn test(args: &WebhookTest, setup: &Setup) -> Ended {
    let mut webhooks = setup.settings.webhooks.iter();
    let found = webhooks.find(|webhook| webhook.name == args.name);
    let Some(webhook) = found else {
        bail!("the configuration has no webhook {}", args.name);
    };
    let endpoint = telling::endpoint(setup, webhook)?;
    to_the_end(async {
        match webhooks::test(endpoint, clock().now(), PATIENCE).await? {
            Ok(()) => print(&format!("{} heard webhook.test.\n", args.name))?,
            Err(why) => bail!("{} did not hear webhook.test: {why}", args.name),
        }
        Ok(End::Done)
    })
}
