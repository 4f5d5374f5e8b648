//! What the station and the concentrator dialect share: they are one product's two servers.

pub(crate) mod login;
pub(crate) mod page;
pub(crate) mod share;
pub(crate) mod tasks;
pub(crate) mod tokens;

use crate::call::{Answer, Call, field};
use crate::clock::wall_ms;
use crate::dialect::Dialect;
use crate::door::Door;
use crate::jwt;
use crate::scene::TaskKind;
use serde_json::{Value, json};

/// What a handler answers.
#[derive(Debug)]
pub(crate) enum Reply {
    /// Success, with this result.
    Ok(Value),
    /// A business failure: HTTP 200, another code, no result.
    Code(i64, &'static str),
    /// A required field is missing.
    Missing(&'static str),
    /// Success without an envelope.
    Bare(Value),
}

/// A bad query's answer.
pub(crate) const QUERY_FAILED: Reply = Reply::Code(99, "Query failed, please try again");
/// The answer to a value the server does not know.
pub(crate) const OUT_OF_RANGE: Reply =
    Reply::Code(99, "Value does not fall within the expected range.");

/// What a path's body must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wants {
    /// Anything, or nothing.
    Any,
    /// An object with `lang`.
    Lang,
    /// An array.
    Rows,
    /// Parameters behind the path, and no body.
    Query,
}

/// Serves what came to a path.
type Serves = fn(&mut Door<'_>, &Value) -> Reply;

/// One path: in small letters, what its body must be, who serves it.
pub(crate) type Path = (&'static str, Wants, Serves);

/// The paths of both dialects.
const COMMON: &[Path] = &[
    (LOGIN, Wants::Any, login::login),
    ("/api/user/logout", Wants::Any, login::logout),
    ("/api/user/info", Wants::Any, login::info),
];
const LOGIN: &str = "/api/user/login";

/// Tokens: `/api/token/<name>/generate`.
const TOKENS: &[(&str, Serves)] = &[
    ("credittoken", tokens::credit),
    ("setmaximumpowerlimittoken", tokens::load_limit),
    ("cleartampertoken", tokens::clear_tamper),
    ("clearcredittoken", tokens::clear_credit),
];

/// Who serves a path, and what its body must be.
#[derive(Clone, Copy)]
enum Served {
    By(Wants, Serves),
    Task(Wants, tasks::Serves, TaskKind),
}

/// Paths below these exist at the vendor's and are not played here.
const KNOWN: &[&str] = &[
    "account",
    "concentrator",
    "concentratorfile",
    "concentratoronlinestatus",
    "customer",
    "dailydata",
    "dailydatameter",
    "dailydatawater",
    "dailyreport",
    "dashboard",
    "debt",
    "dlms",
    "dlt645",
    "dlt645task",
    "eventnotification",
    "file",
    "gateway",
    "gprsmetertask",
    "gprsonlinestatus",
    "item",
    "loadprofile",
    "log",
    "meter",
    "prepayreport",
    "remotemetertask",
    "role",
    "station",
    "tariff",
    "token",
    "updatefirmwaretask",
    "user",
];

/// Serves a call of a dialect with these paths beside the common ones.
pub(crate) fn serve(door: &mut Door<'_>, call: &Call, paths: &[Path]) -> Answer {
    let station = door.world.dialect(door.head) == Dialect::Station;
    let Some(served) = find(&call.path, paths, station) else {
        return unknown(&call.path);
    };
    let wants = match served {
        Served::By(wants, _) | Served::Task(wants, ..) => wants,
    };
    if call.get != (wants == Wants::Query) {
        return Answer::bare(405);
    }
    if let Some(refused) = refusal(door, call) {
        return refused;
    }
    let Some(body) = body_of(call, wants) else {
        return Answer::problem("$", "The JSON value could not be converted.");
    };
    match wants {
        Wants::Rows if !body.is_array() => {
            return Answer::problem("$", "The JSON value could not be converted to a list.");
        }
        Wants::Lang if field(&body, "lang").as_str().is_none_or(str::is_empty) => {
            return missing("Lang");
        }
        Wants::Any | Wants::Lang | Wants::Rows | Wants::Query => {}
    }
    let reply = match served {
        Served::By(_, by) => by(door, &body),
        Served::Task(_, by, kind) => by(door, &body, kind),
    };
    match reply {
        Reply::Ok(result) => {
            let body = json!({"code": 0, "reason": "success", "result": result});
            Answer::json(200, &body)
        }
        Reply::Code(code, reason) => {
            let body = json!({"code": code, "reason": reason, "result": null});
            Answer::json(200, &body)
        }
        Reply::Missing(field) => missing(field),
        Reply::Bare(body) => Answer::json(200, &body),
    }
}

fn find(path: &str, paths: &[Path], lang: bool) -> Option<Served> {
    if let Some((wants, serves, kind)) = tasks::find(path, lang) {
        return Some(Served::Task(wants, serves, kind));
    }
    if let Some(name) = token_name(path) {
        let row = TOKENS.iter().find(|(known, _)| *known == name)?;
        return Some(Served::By(Wants::Any, row.1));
    }
    let mut all = paths.iter().chain(COMMON);
    let (_, wants, serves) = all.find(|(known, ..)| *known == path)?;
    Some(Served::By(*wants, *serves))
}

fn token_name(path: &str) -> Option<&str> {
    let (name, verb) = path.strip_prefix("/api/token/")?.split_once('/')?;
    matches!(verb, "generate" | "generates2").then_some(name)
}

/// Who may not: 401 without a login that is still good, 403 where the account has no right.
fn refusal(door: &Door<'_>, call: &Call) -> Option<Answer> {
    if call.path == LOGIN {
        return None;
    }
    let token = call.bearer.as_deref().unwrap_or_default();
    if !jwt::is_good(door.world.dice.0, token, wall_ms() / 1000) {
        return Some(Answer::bare(401));
    }
    let mut forbidden = door.world.spec(door.head).forbidden.iter();
    let forbids = |part: &String| call.path.contains(&part.to_lowercase());
    forbidden.any(forbids).then(|| Answer::bare(403))
}

fn body_of(call: &Call, wants: Wants) -> Option<Value> {
    if wants == Wants::Query {
        let pairs = crate::call::pairs(&call.query);
        return Some(
            pairs
                .map(|(name, value)| (name, Value::String(value)))
                .collect(),
        );
    }
    if call.body.is_empty() {
        return Some(Value::Null);
    }
    serde_json::from_slice(&call.body).ok()
}

fn missing(field: &str) -> Answer {
    Answer::problem(field, &format!("The {field} field is required."))
}

fn unknown(path: &str) -> Answer {
    let mut parts = path.trim_start_matches('/').split('/');
    let known = parts.next() == Some("api")
        && parts
            .next()
            .is_some_and(|controller| KNOWN.contains(&controller));
    Answer::bare(if known { 501 } else { 404 })
}

/// The fields every row has about who made and changed it.
pub(crate) fn signed(row: &mut Value, user: &str, created: &str, updated: &str) {
    if let Some(row) = row.as_object_mut() {
        row.insert("createId".to_owned(), user.into());
        row.insert("createDate".to_owned(), created.into());
        row.insert("updateId".to_owned(), user.into());
        row.insert("updateDate".to_owned(), updated.into());
        row.insert("remark".to_owned(), Value::Null);
    }
}
