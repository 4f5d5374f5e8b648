//! `calinmeter command tokens`: the ledger.

use crate::args::command::Tokens;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{clock, iso, to_the_end};
use crate::serve::Desk;
use crate::setup::Setup;
use crate::{Ended, identity, office};
use anyhow::{Context, anyhow};
use desk::people::People;
use fleet::MeterNumber;
use serde_json::{Value, json};
use store::LedgerRow;

pub(super) fn run(args: &Tokens, setup: &Setup) -> Ended {
    let meter = match &args.meter {
        None => None,
        Some(text) => Some(
            MeterNumber::parse(text).with_context(|| format!("\"{text}\" is no meter number"))?,
        ),
    };
    to_the_end(async {
        let desk = Desk::open(setup, clock()).await?;
        let people = People::new(desk.intake.store().clone());
        let who = if people.is_anybody().await? {
            Some(identity::who(setup, &people, clock().now()).await?)
        } else {
            None
        };
        let commands = office::counter(setup, &desk.intake)?;
        let rows = commands
            .ledger(who.as_ref(), meter.as_ref(), args.limit)
            .await;
        let rows = rows.map_err(|denied| anyhow!(super::said(&denied)))?;
        if args.json {
            let all: Vec<Value> = rows.iter().map(object).collect();
            print(&(serde_json::to_string_pretty(&all)? + "\n"))?;
            return Ok(End::Done);
        }
        if rows.is_empty() {
            print("No token was made or brought.\n")?;
            return Ok(End::Done);
        }
        let lines: Vec<Vec<String>> = rows.iter().map(cells).collect();
        let head = [
            "WHEN", "COMMAND", "TOKEN", "FOR", "FROM", "WHO", "STATE", "WHY",
        ];
        print(&aligned(&head, &lines))?;
        Ok(End::Done)
    })
}

fn from(row: &LedgerRow) -> &'static str {
    if row.minted { "head-end" } else { "brought" }
}

fn cells(row: &LedgerRow) -> Vec<String> {
    vec![
        iso(row.at),
        row.id.to_string(),
        row.masked.clone(),
        row.purpose.clone(),
        from(row).to_owned(),
        row.who.clone(),
        row.state.clone(),
        row.reason.clone(),
    ]
}

fn object(row: &LedgerRow) -> Value {
    json!({
        "at": iso(row.at),
        "command": row.id.to_string(),
        "meter": row.id.meter.as_str(),
        "token": row.masked,
        "purpose": row.purpose,
        "minted": row.minted,
        "who": row.who,
        "reason": row.reason,
        "state": row.state,
    })
}
