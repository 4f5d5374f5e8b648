//! What the API would say, for `--json`: one document for programs, wherever they ask.

use crate::Ended;
use crate::end::{End, print};
use anyhow::bail;
use catalogue::Lang;
use std::sync::Arc;
use store::Store;
use web::{HeadEndHealth, HealthSource};

/// Nobody is being asked by this process.
struct Nobody;

impl HealthSource for Nobody {
    fn head_ends(&self) -> Vec<HeadEndHealth> {
        Vec::new()
    }
}

/// Prints what the API answers to this path.
pub(crate) async fn json(
    store: Store,
    path: &str,
    query: &[(&str, Option<&str>)],
    limit: u32,
    lang: Lang,
) -> Ended {
    let state = web::State {
        store,
        clock: crate::run::clock(),
        health: Arc::new(Nobody),
        title: String::new(),
        hosts: Vec::new(),
        metrics: None,
    };
    let lang = match lang {
        Lang::En => "en",
        Lang::Fr => "fr",
    };
    let limit = limit.clamp(1, 1000).to_string();
    let given = query
        .iter()
        .filter_map(|(name, value)| Some((*name, (*value)?)));
    let query = given.chain([("limit", limit.as_str()), ("lang", lang)]);
    let answer = web::ask(state, path, query).await?;
    if answer.status == 404 {
        bail!(
            "nothing is known of this meter: calinmeter meter list shows those that are registered"
        );
    }
    let body: serde_json::Value = serde_json::from_str(&answer.body)?;
    print(&(serde_json::to_string_pretty(&body)? + "\n"))?;
    let done = answer.status == 200;
    Ok(if done { End::Done } else { End::Partly })
}
