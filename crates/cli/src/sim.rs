//! `calinmeter sim`: pretend head-ends with virtual meters.

use crate::Ended;
use crate::args::desk::Sim;
use crate::end::{End, print};
use crate::run::to_the_end;
use anyhow::{Context, bail};
use serde_json::{Value, json};
use sim::{Dialect, Head, ItemName, Options, Pace, Password, Running, Scene};

/// `calinmeter sim`.
pub(crate) fn run(args: &Sim) -> Ended {
    let scene = scene(args)?;
    to_the_end(async {
        let port = |place: u16| args.port.map_or(0, |first| first.saturating_add(place));
        let heads = (0..).zip(Dialect::ALL);
        let options = Options {
            heads: heads.map(|(place, head)| (head, port(place))).collect(),
            control_port: port(3),
            time_scale: f64::from(args.scale),
        };
        let running = sim::start(scene, &options)
            .await
            .context("the pretend head-ends could not start")?;
        print(&addresses(&running, args.json))?;
        crate::stop::asked().await;
        running.stop().await;
        Ok(End::Done)
    })
}

fn scene(args: &Sim) -> anyhow::Result<Scene> {
    let mut scene = match (&args.scene, args.meters) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?;
            serde_json::from_str(&text)
                .with_context(|| format!("{} is no scene", path.display()))?
        }
        (None, Some(meters)) => {
            if args.gateways == 0 {
                bail!("meters need a gateway: --gateways begins at 1");
            }
            Scene::fleet(meters, args.gateways, args.seed)
        }
        (None, None) => Scene::demo(args.seed),
    };
    if let Some(seconds) = args.task_seconds {
        if !(0.0..=86_400.0).contains(&seconds) {
            bail!("--task-seconds is between 0 and 86400");
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
        let ms = (seconds * 1000.0) as i64;
        scene.pace = Pace::fixed(ms);
    }
    if let Some(path) = &args.webhook_secret_file {
        let secret = std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        scene.webhook_secret = Some(Password(secret.trim().to_owned()));
    }
    Ok(scene)
}

/// Where everything is, with the pretend accounts: they open nothing but this.
fn addresses(running: &Running, as_json: bool) -> String {
    let heads: Vec<Value> = running.heads.iter().map(head).collect();
    if as_json {
        return format!(
            "{}\n",
            json!({ "heads": heads, "control": running.control_url })
        );
    }
    let mut out = String::new();
    for head in &heads {
        let Some(fields) = head.as_object() else {
            continue;
        };
        for (name, value) in fields {
            out += &format!("{name:<17}{}\n", value.as_str().unwrap_or_default());
        }
        out.push('\n');
    }
    out + &format!(
        "control          {}\nCtrl-C ends it.\n",
        running.control_url
    )
}

fn head(head: &Head) -> Value {
    let status = ItemName::operating_status(head.dialect);
    json!({
        "dialect": word(head.dialect),
        "url": head.url,
        "user": head.user,
        "password": head.password.0,
        "company": head.company,
        "authorization": head.authorization.0,
        "operating_status": status.asks.first(),
    })
}

/// A pretend head's dialect as the configuration names it.
pub(crate) fn word(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::Station => "station",
        Dialect::Concentrator => "concentrator",
        Dialect::V1 => "v1",
    }
}
