//! `POST /api/v1/commands/{id}/approve`, `/reject` and `/cancel`.

use super::command::command_id;
use super::done::{Done, done};
use crate::asked::Asked;
use crate::body::{self, Came};
use crate::door::Visitor;
use crate::fail::Fail;
use crate::server::Server;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::response::Response;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    #[serde(default)]
    said: String,
}

/// What somebody decides about a command.
pub(crate) async fn decide(
    With(desk): With<Arc<Server>>,
    path: Result<Path<(String, String)>, PathRejection>,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let decided = decided(&desk, path, &visitor, body).await;
    done(&desk, &asked, decided)
}

async fn decided(
    desk: &Server,
    path: Result<Path<(String, String)>, PathRejection>,
    visitor: &Visitor,
    body: Came,
) -> Result<Done, Fail> {
    let Path((id, word)) = path.map_err(|_| Fail::NoPage)?;
    let who = visitor.known()?;
    let Word { said } = body::read_or_nothing(body)?;
    let (commands, id) = (desk.commands()?, command_id(&id)?);
    let decided = match word.as_str() {
        "approve" => commands.approve(&id, who, &said).await?,
        "reject" => commands.reject(&id, who, &said).await?,
        "cancel" => commands.cancel(&id, who, &said).await?,
        _ => return Err(Fail::NoPage),
    };
    Ok(Done::ok(json!({
        "id": decided.id.to_string(),
        "state": decided.state,
    })))
}
