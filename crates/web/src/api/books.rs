//! `GET /api/v1/audit` and `GET /api/v1/tokens`: for those who may look into them.

use super::answer;
use super::command::json;
use super::item::List;
use super::lists::{limit, place};
use crate::asked::Asked;
use crate::door::Visitor;
use crate::fail::Fail;
use crate::paging::{self, AuditPlace};
use crate::reads;
use crate::server::Server;
use crate::time::iso;
use axum::extract::State as With;
use axum::http::HeaderMap;
use axum::response::Response;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;
use store::{AuditFilter, Audited, LedgerRow};

#[derive(Serialize)]
struct AuditItem {
    /// The site of its chain; empty where it belongs to none.
    site: String,
    /// Its place in the chain.
    n: i64,
    at: Option<String>,
    who: String,
    via: String,
    what: String,
    subject: String,
    detail: Value,
    /// What binds it to the line before.
    hash: String,
}

#[derive(Serialize)]
struct TokenItem {
    meter: String,
    command: String,
    at: Option<String>,
    purpose: String,
    /// Whether our head-end made it for this command.
    minted: bool,
    /// Of its digits the last four.
    token: String,
    asked_by: String,
    reason: String,
    state: String,
}

/// The audit, newest first.
pub(crate) async fn audit(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    visitor: Visitor,
    headers: HeaderMap,
) -> Response {
    let list = lines(&desk, &asked, &visitor).await;
    answer(&desk, &asked, &headers, list)
}

async fn lines(desk: &Server, asked: &Asked, by: &Visitor) -> Result<List<AuditItem>, Fail> {
    let limit = limit(asked)?;
    let filter = AuditFilter {
        site: asked.owned("site"),
        who: asked.owned("who"),
        what: asked.owned("what"),
        subject: asked.owned("subject"),
    };
    let after = place(asked, AuditPlace::read)?;
    let audit = desk
        .doors
        .people
        .audit(by.who(), &filter, after.as_ref(), limit + 1);
    let (lines, next) = paging::cut(audit.await?, limit, AuditPlace::of);
    let items = lines.into_iter().map(AuditItem::of).collect();
    Ok(List { items, next })
}

/// The token ledger, newest first.
pub(crate) async fn tokens(
    With(desk): With<Arc<Server>>,
    asked: Asked,
    visitor: Visitor,
    headers: HeaderMap,
) -> Response {
    let list = ledger(&desk, &asked, &visitor).await;
    answer(&desk, &asked, &headers, list)
}

async fn ledger(desk: &Server, asked: &Asked, by: &Visitor) -> Result<List<TokenItem>, Fail> {
    let limit = limit(asked)?;
    let meter = asked.get("meter").map(reads::meter_number).transpose()?;
    let commands = desk.commands()?;
    let rows = commands.ledger(by.who(), meter.as_ref(), limit).await?;
    let items = rows.into_iter().map(TokenItem::of).collect();
    Ok(List { items, next: None })
}

impl AuditItem {
    fn of(line: Audited) -> Self {
        Self {
            at: iso(line.at),
            detail: json(Some(&line.detail)),
            site: line.site,
            n: line.n,
            who: line.who,
            via: line.via,
            what: line.what,
            subject: line.subject,
            hash: line.hash,
        }
    }
}

impl TokenItem {
    fn of(row: LedgerRow) -> Self {
        Self {
            meter: row.id.meter.to_string(),
            command: row.id.to_string(),
            at: iso(row.at),
            purpose: row.purpose,
            minted: row.minted,
            token: row.masked,
            asked_by: row.who,
            reason: row.reason,
            state: row.state,
        }
    }
}
