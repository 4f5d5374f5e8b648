//! `calinmeter user`: who is here and what each may do.

use crate::Ended;
use crate::args::people::{User, UserAdd, UserDisable, UserList, UserPassword, UserRole};
use crate::end::{End, print};
use crate::grid::aligned;
use crate::identity::{self, new_password, who};
use crate::run::{clock, iso, open_store, to_the_end};
use crate::setup::Setup;
use anyhow::Context;
use desk::people::{People, Who};
use fleet::Moment;
use people::Role;
use serde_json::{Value, json};
use store::Person;

/// `calinmeter user ...`.
pub(crate) fn run(args: &User, setup: &Setup) -> Ended {
    to_the_end(async {
        let people = People::new(open_store(setup).await?);
        let now = clock().now();
        match args {
            User::Add(args) => add(args, setup, &people, now).await,
            User::List(args) => list(args, &people).await,
            User::Role(args) => role(args, setup, &people, now).await,
            User::Disable(args) => disable(args, setup, &people, now).await,
            User::Password(args) => password(args, setup, &people, now).await,
        }
    })
}

async fn add(args: &UserAdd, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = if people.is_anybody().await? {
        Some(who(setup, people, now).await?)
    } else {
        None
    };
    let role = role_of(&args.role)?;
    let password = if args.no_password {
        None
    } else {
        Some(new_password(&args.name)?)
    };
    people
        .add(by.as_ref(), &args.name, role, password, now)
        .await?;
    print(&format!("{} is {} from now on.\n", args.name, role.word()))?;
    Ok(End::Done)
}

async fn role(args: &UserRole, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = who(setup, people, now).await?;
    if let Some(word) = &args.role {
        let role = role_of(word)?;
        people.set_role(&by, &args.name, role, now).await?;
        print(&format!("{} is {word} from now on.\n", args.name))?;
    }
    if let Some(stands) = args.revenue_protection {
        people
            .set_revenue_protection(&by, &args.name, stands, now)
            .await?;
        let not = if stands { "" } else { " no longer" };
        print(&format!(
            "{} stands{not} for revenue protection.\n",
            args.name
        ))?;
    }
    Ok(End::Done)
}

async fn disable(args: &UserDisable, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = who(setup, people, now).await?;
    people.disable(&by, &args.name, !args.undo, now).await?;
    let said = if args.undo {
        "may come in again"
    } else {
        "may do nothing any more"
    };
    print(&format!("{} {said}.\n", args.name))?;
    Ok(End::Done)
}

async fn password(args: &UserPassword, setup: &Setup, people: &People, now: Moment) -> Ended {
    let by = key_or_password(setup, people, &args.name, now).await?;
    let new = new_password(&args.name)?;
    people.set_password(&by, &args.name, new, now).await?;
    print("The password is changed, and all sessions have ended.\n")?;
    Ok(End::Done)
}

/// Who is behind the key of this run, or else the person of this name by the password.
pub(crate) async fn key_or_password(
    setup: &Setup,
    people: &People,
    name: &str,
    now: Moment,
) -> anyhow::Result<Who> {
    if let Some(key) = identity::key(setup)? {
        return Ok(people.behind(&key, now).await?);
    }
    let typed = identity::password(name)?;
    Ok(people.know(name, &typed, now).await?)
}

fn role_of(word: &str) -> anyhow::Result<Role> {
    Role::from_word(word).with_context(|| format!("\"{word}\" is no role"))
}

async fn list(args: &UserList, people: &People) -> Ended {
    let everybody = people.everybody().await?;
    if args.json {
        let all: Vec<Value> = everybody.iter().map(object).collect();
        print(&(serde_json::to_string_pretty(&all)? + "\n"))?;
        return Ok(End::Done);
    }
    if everybody.is_empty() {
        print("There is nobody yet: calinmeter user add NAME --role admin adds the first.\n")?;
        return Ok(End::Done);
    }
    let line = |one: &Person| {
        let duty = if one.revenue_protection { "yes" } else { "" };
        let disabled = one.disabled_at.map_or_else(String::new, iso);
        vec![
            one.name.clone(),
            one.role.clone(),
            iso(one.role_since),
            duty.to_owned(),
            disabled,
        ]
    };
    let lines: Vec<Vec<String>> = everybody.iter().map(line).collect();
    let head = ["NAME", "ROLE", "SINCE", "REVENUE PROTECTION", "DISABLED"];
    print(&aligned(&head, &lines))?;
    Ok(End::Done)
}

fn object(one: &Person) -> Value {
    json!({
        "name": one.name,
        "role": one.role,
        "role_since": iso(one.role_since),
        "revenue_protection": one.revenue_protection,
        "since": iso(one.since),
        "disabled_at": one.disabled_at.map(iso),
    })
}
