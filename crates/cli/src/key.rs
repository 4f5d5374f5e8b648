//! `calinmeter key`: keys of the API and of this command line.

use crate::Ended;
use crate::args::people::{Key, KeyAdd, KeyList, KeyRevoke};
use crate::end::{End, print};
use crate::grid::aligned;
use crate::identity::who;
use crate::run::{clock, iso, open_store, to_the_end};
use crate::setup::Setup;
use crate::user::key_or_password;
use desk::people::People;
use fleet::Moment;
use serde_json::{Value, json};
use store::{ApiKey, KeyId};

/// `calinmeter key ...`.
pub(crate) fn run(args: &Key, setup: &Setup) -> Ended {
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let now = clock().now();
        match args {
            Key::Add(args) => add(args, setup, &people, now).await,
            Key::List(args) => list(args, setup, &people, now).await,
            Key::Revoke(args) => revoke(args, setup, &people, now).await,
        }
    })
}

async fn add(args: &KeyAdd, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = key_or_password(setup, people, &args.name, now).await?;
    let (_, key) = people
        .add_key(&by, &args.name, &args.label, args.days, now)
        .await?;
    // the key alone, so that it can go straight into a file
    print(&format!("{}\n", key.reveal()))?;
    Ok(End::Done)
}

async fn revoke(args: &KeyRevoke, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = who(setup, people, now).await?;
    people.revoke_key(&by, KeyId(args.key), now).await?;
    print("The key is good for nothing from now on; a running server follows in 2 s.\n")?;
    Ok(End::Done)
}

async fn list(args: &KeyList, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = who(setup, people, now).await?;
    let keys = people.keys(&by).await?;
    if args.json {
        let all: Vec<Value> = keys.iter().map(object).collect();
        print(&(serde_json::to_string_pretty(&all)? + "\n"))?;
        return Ok(End::Done);
    }
    let line = |key: &ApiKey| {
        vec![
            key.id.0.to_string(),
            key.person.clone(),
            key.label.clone(),
            key.made_by.clone(),
            iso(key.at),
            key.until.map_or_else(String::new, iso),
            key.revoked_at.map_or_else(String::new, iso),
        ]
    };
    let lines: Vec<Vec<String>> = keys.iter().map(line).collect();
    let head = ["KEY", "WHOSE", "FOR", "MADE BY", "MADE", "UNTIL", "REVOKED"];
    print(&aligned(&head, &lines))?;
    Ok(End::Done)
}

fn object(key: &ApiKey) -> Value {
    json!({
        "key": key.id.0,
        "person": key.person,
        "label": key.label,
        "made_by": key.made_by,
        "at": iso(key.at),
        "until": key.until.map(iso),
        "revoked_at": key.revoked_at.map(iso),
    })
}
