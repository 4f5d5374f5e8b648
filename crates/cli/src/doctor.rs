//! `calinmeter doctor`: what is wrong with this installation, and what to do about it.

mod acts;

use crate::Ended;
use crate::args::desk::Doctor;
use crate::end::{End, print};
use crate::run::{clock, open_store, to_the_end};
use crate::setup::Setup;
use serde_json::json;
use std::path::Path;

/// How one thing is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    Fine,
    Look,
    Wrong,
}

struct Finding {
    what: String,
    how: How,
    says: String,
}

impl How {
    fn word(self) -> &'static str {
        match self {
            Self::Fine => "ok",
            Self::Look => "look",
            Self::Wrong => "wrong",
        }
    }
}

/// `calinmeter doctor`. `named` is the configuration file, if one was named.
pub(crate) fn run(args: &Doctor, named: Option<&Path>) -> Ended {
    let findings = match Setup::read(named) {
        Err(error) => vec![wrong("configuration", &error)],
        Ok(setup) => to_the_end(async { Ok(examine(&setup).await) })?,
    };
    let text = if args.json {
        let items: Vec<_> = findings
            .iter()
            .map(|one| json!({ "what": one.what, "how": one.how.word(), "says": one.says }))
            .collect();
        format!("{:#}\n", json!(items))
    } else {
        let line = |one: &Finding| format!("{:<6} {}: {}\n", one.how.word(), one.what, one.says);
        findings.iter().map(line).collect()
    };
    print(&text)?;
    let wrong = findings.iter().any(|one| one.how == How::Wrong);
    Ok(if wrong { End::Partly } else { End::Done })
}

async fn examine(setup: &Setup) -> Vec<Finding> {
    let mut found = vec![match &setup.file {
        Some(file) => fine("configuration", file.display().to_string()),
        None => look(
            "configuration",
            "no calinmeter.toml here: the defaults are used; calinmeter config > calinmeter.toml \
             makes one",
        ),
    }];
    found.extend(examine_store(setup).await);
    if setup.settings.head_ends.is_empty() {
        found.push(look(
            "head-ends",
            "none is configured: nothing is asked; statuses can still be taken in from files",
        ));
    }
    for one in &setup.settings.head_ends {
        let what = format!("head-end {}", one.name);
        let connected = setup
            .deployment(one)
            .and_then(|deployment| Ok(hes::connect(deployment)?));
        found.push(match connected {
            Err(error) => wrong(&what, &error),
            Ok(head_end) => match head_end.login().await {
                Ok(()) => fine(&what, "it lets us in".to_owned()),
                Err(refusal) => Finding {
                    what,
                    how: How::Wrong,
                    says: refusal.to_string(),
                },
            },
        });
    }
    found
}

async fn examine_store(setup: &Setup) -> Vec<Finding> {
    let store = match open_store(setup).await {
        Ok(store) => store,
        Err(error) => return vec![wrong("store", &error)],
    };
    let now = clock().now();
    let mut found = Vec::new();
    found.push(match store.ping(now).await {
        Ok(()) => fine("store", format!("{} reads and writes", store.place())),
        Err(error) => wrong("store", &error.into()),
    });
    if let Ok(bytes) = store.size_bytes().await {
        #[expect(clippy::cast_precision_loss, reason = "shown with one decimal")]
        let megabytes = bytes as f64 / 1e6;
        found.push(fine("store size", format!("{megabytes:.1} MB")));
    }
    match store.tally().await {
        Ok(tally) if tally.meters == 0 => found.push(look(
            "fleet",
            "no meter is registered: calinmeter meter import FILE takes them in",
        )),
        Ok(tally) => found.push(fine("fleet", format!("{} meters", tally.meters))),
        Err(error) => found.push(wrong("fleet", &error.into())),
    }
    match store.unsettled(1).await {
        Ok(left) if !left.is_empty() => found.push(look(
            "answers",
            "some are kept and not judged yet: calinmeter serve judges them when it starts",
        )),
        _ => {}
    }
    found.extend(acts::examine(setup, &store, now).await);
    found
}

fn fine(what: &str, says: String) -> Finding {
    Finding {
        what: what.to_owned(),
        how: How::Fine,
        says,
    }
}

fn look(what: &str, says: &str) -> Finding {
    Finding {
        what: what.to_owned(),
        how: How::Look,
        says: says.to_owned(),
    }
}

fn wrong(what: &str, error: &anyhow::Error) -> Finding {
    let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
    Finding {
        what: what.to_owned(),
        how: How::Wrong,
        says: chain.join(": "),
    }
}
