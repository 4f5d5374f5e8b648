//! Tells the endpoints of the configuration what happened, while the program serves.

use crate::background::Background;
use crate::office;
use crate::setup::Setup;
use anyhow::Context;
use desk::Clock;
use settings::Webhook;
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use webhooks::{Endpoint, Keys, Now, Options, Sender};

/// How often the outbox is tidied and its age shown.
const TIDY: Duration = Duration::from_mins(1);

/// Begins to send to each endpoint. `node` is the name under which this process has leases.
pub(crate) fn begin(
    setup: &Setup,
    store: &Store,
    clock: Clock,
    node: &str,
) -> anyhow::Result<Background> {
    let mut background = Background::new();
    let now: Now = Arc::new(move || clock.now());
    for webhook in &setup.settings.webhooks {
        let endpoint = endpoint(setup, webhook)?;
        let options = Options::new(node, now.clone());
        let sender = Sender::new(endpoint, store.clone(), options)
            .with_context(|| format!("the webhook {} cannot be used", webhook.name))?;
        let stopped = background.stopped();
        background.begin(sender.run(stopped));
    }
    let names = setup.settings.webhooks.iter();
    let names = names.map(|webhook| webhook.name.clone()).collect();
    let stopped = background.stopped();
    background.begin(webhooks::tend(store.clone(), names, now, TIDY, stopped));
    Ok(background)
}

/// An endpoint with its secret.
pub(crate) fn endpoint(setup: &Setup, webhook: &Webhook) -> anyhow::Result<Endpoint> {
    let name = &webhook.name;
    let secret = setup
        .webhook_secret(webhook)
        .with_context(|| format!("the secret of the webhook {name} cannot be read"))?;
    let keys = Keys::parse(secret.reveal())
        .with_context(|| format!("the webhook {name} cannot be used"))?;
    Ok(Endpoint {
        name: name.clone(),
        url: webhook.url.clone(),
        keys,
        events: office::events(webhook)?,
    })
}
