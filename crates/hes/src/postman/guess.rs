//! What the requests tell of the head-end.

use super::collection::{Request, Requests};
use super::draft::{Asked, Draft};
use super::{PostmanError, names};
use asking::{Dialect, Item};
use reqwest::Url;
use std::collections::BTreeMap;

/// Parts of a path or a body (both in lower case) that one dialect alone has, and their weight.
const MARKS: &[(Dialect, &str, u32)] = &[
    (Dialect::V1, "/comm_", 5),
    (Dialect::V1, "/pos_", 5),
    (Dialect::V1, "/maintenance_", 5),
    (Dialect::Station, "/gprsmetertask/", 5),
    (Dialect::Station, "/dailydatameter/", 5),
    (Dialect::Station, "/api/gateway/", 3),
    (Dialect::Station, "/api/station/", 3),
    (Dialect::Station, "key:stationid", 3),
    (Dialect::Station, "key:flag", 5),
    (Dialect::Station, "key:datadefault", 5),
    (Dialect::Concentrator, "/concentrator", 5),
    (Dialect::Concentrator, "/dailyreport/", 5),
    (Dialect::Concentrator, "key:company", 3),
    (Dialect::Concentrator, "key:concentratorid", 3),
    (Dialect::Concentrator, "key:protocolid", 2),
    (Dialect::Station, "/user/login", 1),
    (Dialect::Concentrator, "/user/login", 1),
];

/// Keys of the user and of the company, in lower case.
const USER: &[&str] = &["username", "user_name", "userid", "user_id"];
const COMPANY: &[&str] = &["companyname", "company_name", "company"];
/// The key that says which item is asked, by dialect.
const ASKS: &[(Dialect, &str)] = &[
    (Dialect::V1, "dataitem"),
    (Dialect::Concentrator, "protocolid"),
    (Dialect::Station, "flag"),
];

pub(super) fn draft(requests: &Requests) -> Result<Draft, PostmanError> {
    let unknown = PostmanError::UnknownDialect {
        requests: requests.all.len(),
    };
    let dialect = dialect_of(&requests.all).ok_or(unknown)?;
    let (items, unclear) = items(dialect, &requests.all);
    let mut draft = Draft {
        dialect,
        url: most(
            requests
                .all
                .iter()
                .filter_map(|request| origin(&request.url)),
        ),
        user: value_of(&requests.all, USER),
        company: match dialect {
            Dialect::Station => None,
            Dialect::Concentrator | Dialect::V1 => value_of(&requests.all, COMPANY),
        },
        protocol_version: match dialect {
            Dialect::Station => value_of(&requests.all, &["version"]),
            Dialect::Concentrator | Dialect::V1 => None,
        },
        items,
        unclear,
        requests: requests.all.len(),
        secrets_left_out: requests.secrets.len(),
    };
    draft.forget(&requests.secrets);
    Ok(draft)
}

fn dialect_of(requests: &[Request]) -> Option<Dialect> {
    let mut weights = BTreeMap::new();
    for request in requests {
        let path = request.url.to_ascii_lowercase();
        for (dialect, mark, weight) in MARKS {
            let seen = match mark.strip_prefix("key:") {
                Some(key) => request
                    .fields
                    .iter()
                    .any(|(k, _)| k.eq_ignore_ascii_case(key)),
                None => path.contains(mark),
            };
            if seen {
                *weights.entry(dialect.word()).or_insert(0) += weight;
            }
        }
    }
    let (word, _) = weights.into_iter().max_by_key(|(_, weight)| *weight)?;
    let (_, dialect) = Dialect::WORDS.iter().find(|(known, _)| *known == word)?;
    Some(*dialect)
}

/// `http://host:port` alone: no user, no path, no query.
fn origin(url: &str) -> Option<String> {
    let whole = if url.contains("://") {
        url.to_owned()
    } else {
        format!("http://{url}")
    };
    let url = Url::parse(&whole).ok()?;
    let host = url.host_str().filter(|host| !host.contains("{{"))?;
    let scheme = matches!(url.scheme(), "http" | "https").then(|| url.scheme())?;
    Some(match url.port() {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    })
}

/// The value that stands most often under one of these keys; a variable that nobody filled in is
/// none.
fn value_of(requests: &[Request], keys: &[&str]) -> Option<String> {
    let fields = requests.iter().flat_map(|request| &request.fields);
    let ours = fields.filter(|(key, _)| keys.iter().any(|known| key.eq_ignore_ascii_case(known)));
    most(
        ours.map(|(_, value)| value.clone())
            .filter(|value| filled(value)),
    )
}

fn filled(value: &str) -> bool {
    !value.trim().is_empty() && !value.contains("{{")
}

/// The commonest; of equals the first in order.
fn most(values: impl Iterator<Item = String>) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    let best = counts.values().max().copied()?;
    counts
        .into_iter()
        .find(|(_, count)| *count == best)
        .map(|(value, _)| value)
}

/// Reading requests: what each asks, and which item that is as far as one can tell.
fn items(dialect: Dialect, requests: &[Request]) -> (BTreeMap<Item, String>, Vec<Asked>) {
    let key = ASKS
        .iter()
        .find(|(known, _)| *known == dialect)
        .map_or("", |(_, key)| key);
    let mut items = BTreeMap::new();
    let mut unclear = Vec::new();
    for request in requests.iter().filter(|request| reads(&request.url)) {
        let asked = request
            .fields
            .iter()
            .filter(|(k, v)| k.eq_ignore_ascii_case(key) && filled(v));
        for (_, asks) in asked {
            let spoken = names::spoken_of(asks).or_else(|| names::spoken_of(&request.name));
            match names::known(dialect, asks).or(spoken) {
                Some(item) if !items.contains_key(&item) => {
                    items.insert(item, asks.clone());
                }
                Some(item) if items.get(&item) == Some(asks) => {}
                _ => unclear.push(Asked {
                    asks: asks.clone(),
                    request: request.name.clone(),
                }),
            }
        }
    }
    unclear.sort();
    unclear.dedup();
    (items, unclear)
}

/// Whether a request creates a reading.
fn reads(url: &str) -> bool {
    let url = url.to_ascii_lowercase();
    ["comm_remotereading", "createreadingtask"]
        .iter()
        .any(|path| url.contains(path))
}
