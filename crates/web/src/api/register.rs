//! `PUT /api/v1/meters/{meter}`: puts a meter into the register.

use super::done::{Done, done};
use super::meter;
use crate::asked::Asked;
use crate::body::{self, Came};
use crate::door::Visitor;
use crate::fail::Fail;
use crate::reads;
use crate::server::Server;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State as With};
use axum::http::StatusCode;
use axum::response::Response;
use fleet::{GatewayId, SiteId};
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;

/// What is registered of a meter; what is left out stays as it is.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Registration {
    head_end: Option<String>,
    site: Option<String>,
    gateway: Option<String>,
    customer: Option<String>,
    phases: Option<u8>,
    solar: Option<bool>,
    occupied: Option<bool>,
}

/// Registers a meter, or changes what is registered of it.
pub(crate) async fn put(
    With(desk): With<Arc<Server>>,
    path: Result<Path<String>, PathRejection>,
    asked: Asked,
    visitor: Visitor,
    body: Came,
) -> Response {
    let put = register(&desk, path, &asked, &visitor, body).await;
    done(&desk, &asked, put)
}

async fn register(
    desk: &Server,
    path: Result<Path<String>, PathRejection>,
    asked: &Asked,
    visitor: &Visitor,
    body: Came,
) -> Result<Done, Fail> {
    let Path(text) = path.map_err(|_| Fail::NoPage)?;
    let who = visitor.known()?;
    let new: Registration = body::read_or_nothing(body)?;
    let meter = store::Meter {
        number: reads::meter_number(&text)?,
        head_end: name("head_end", new.head_end, |text| Some(text.to_owned()))?,
        site: name("site", new.site, SiteId::parse)?,
        gateway: name("gateway", new.gateway, GatewayId::parse)?,
        customer: name("customer", new.customer, |text| Some(text.to_owned()))?,
        phases: match new.phases {
            None | Some(1 | 3) => new.phases,
            Some(_) => return Err(Fail::field("phases", "phases is 1 or 3")),
        },
        solar: new.solar,
        occupied: new.occupied,
    };
    let is_new = desk.doors.people.register(who, &meter, asked.now).await?;
    let document = meter::one(desk, asked, meter.number.as_str()).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    Ok(Done::with(status, json!(document)))
}

/// The longest name of a head-end or a customer, characters.
const NAME_CHARS: usize = 64;

/// A name that is there and fits.
fn name<T>(
    field: &str,
    text: Option<String>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, Fail> {
    let Some(text) = text else {
        return Ok(None);
    };
    let text = text.trim();
    let fits = !text.is_empty()
        && text.chars().count() <= NAME_CHARS
        && !text.chars().any(char::is_control);
    let named = read(text).filter(|_| fits).ok_or_else(|| {
        let said = format!("{field} has 1 to {NAME_CHARS} characters and no line ends");
        Fail::field(field, said)
    })?;
    Ok(Some(named))
}
