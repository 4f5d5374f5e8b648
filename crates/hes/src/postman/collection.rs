//! The collection's own form: nested folders, variables, bodies, authentication.

use super::PostmanError;
use crate::redact;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A request as far as it tells something.
pub(super) struct Request {
    /// What its author called it.
    pub name: String,
    /// Its address, variables filled in.
    pub url: String,
    /// What it sends, whatever the form: key and value, from all objects of the body.
    pub fields: Vec<(String, String)>,
}

/// All requests, and every secret that stood in them.
pub(super) struct Requests {
    pub all: Vec<Request>,
    pub secrets: Vec<String>,
}

/// Folders in folders are followed so deep, variables in variables so often.
const DEEP: usize = 16;

struct Reader {
    variables: BTreeMap<String, String>,
    found: Requests,
}

pub(super) fn read(text: &str) -> Result<Requests, PostmanError> {
    let text = text.trim_start_matches('\u{feff}');
    let whole: Value = serde_json::from_str(text).map_err(PostmanError::NotJson)?;
    // what Postman's own API hands out wraps it once more
    let collection = whole.get("collection").unwrap_or(&whole);
    let Some(items) = collection.get("item").and_then(Value::as_array) else {
        return Err(PostmanError::NotACollection);
    };
    let mut reader = Reader {
        variables: pairs(collection.get("variable")).into_iter().collect(),
        found: Requests {
            all: Vec::new(),
            secrets: Vec::new(),
        },
    };
    for (key, value) in reader.variables.clone() {
        reader.notice(&key, &value);
    }
    reader.authentication(collection.get("auth"));
    reader.folder(items, 0);
    reader.found.secrets.sort();
    reader.found.secrets.dedup();
    Ok(reader.found)
}

impl Reader {
    fn folder(&mut self, items: &[Value], depth: usize) {
        for item in items {
            self.authentication(item.get("auth"));
            match item.get("item").and_then(Value::as_array) {
                Some(inner) if depth < DEEP => self.folder(inner, depth + 1),
                Some(_) => {}
                None => self.request(item),
            }
        }
    }

    fn request(&mut self, item: &Value) {
        let Some(request) = item.get("request") else {
            return;
        };
        let name = item.get("name").and_then(Value::as_str).unwrap_or_default();
        let url = match request.get("url") {
            Some(Value::String(url)) => url.as_str(),
            Some(url) => url.get("raw").and_then(Value::as_str).unwrap_or_default(),
            // a request may be its bare address
            None => request.as_str().unwrap_or_default(),
        };
        let url = self.filled(url);
        self.authentication(request.get("auth"));
        for (key, value) in pairs(request.get("header")) {
            let value = self.filled(&value);
            self.notice(&key, &value);
        }
        for (key, value) in query(&url) {
            self.notice(&key, &value);
        }
        let fields = self.body(request.get("body"));
        for (key, value) in &fields {
            self.notice(key, value);
        }
        self.found.all.push(Request {
            name: name.to_owned(),
            url,
            fields,
        });
    }

    fn body(&self, body: Option<&Value>) -> Vec<(String, String)> {
        let Some(body) = body else {
            return Vec::new();
        };
        let mut fields = Vec::new();
        for form in ["urlencoded", "formdata"] {
            for (key, value) in pairs(body.get(form)) {
                fields.push((key, self.filled(&value)));
            }
        }
        if let Some(raw) = body.get("raw").and_then(Value::as_str) {
            let raw = self.filled(raw);
            match serde_json::from_str(&raw) {
                Ok(value) => leaves(&value, &mut fields, 0),
                Err(_) => fields.extend(loose(&raw)),
            }
        }
        fields
    }

    /// Everything in an `auth` block but its user name is taken for a secret.
    fn authentication(&mut self, auth: Option<&Value>) {
        let Some(auth) = auth.and_then(Value::as_object) else {
            return;
        };
        for values in auth.values() {
            for (key, value) in pairs(Some(values)) {
                let value = self.filled(&value);
                if matches!(key.as_str(), "token" | "password" | "value" | "secret") {
                    self.keep_secret(&value);
                } else {
                    self.notice(&key, &value);
                }
            }
        }
    }

    fn notice(&mut self, key: &str, value: &str) {
        let looks = redact::hide_shapes(value) != value;
        if redact::is_secret(key) || looks {
            self.keep_secret(value);
        }
    }

    fn keep_secret(&mut self, value: &str) {
        let bare = value.trim();
        let bare = bare.strip_prefix("Bearer ").unwrap_or(bare).trim();
        // `{{password}}` that nobody filled in is a good collection, not a secret
        if !bare.is_empty() && !bare.starts_with("{{") {
            self.found.secrets.push(bare.to_owned());
        }
    }

    /// `{{name}}` replaced by its variable, also inside variables.
    fn filled(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for _ in 0..DEEP {
            let Some((before, rest)) = text.split_once("{{") else {
                break;
            };
            let Some((name, after)) = rest.split_once("}}") else {
                break;
            };
            let Some(value) = self.variables.get(name.trim()) else {
                // an unknown one stays; those behind it are filled all the same
                let after = self.filled_once(after);
                return format!("{before}{{{{{name}}}}}{after}");
            };
            text = format!("{before}{value}{after}");
        }
        text
    }

    fn filled_once(&self, text: &str) -> String {
        self.variables
            .iter()
            .fold(text.to_owned(), |text, (name, value)| {
                text.replace(&format!("{{{{{name}}}}}"), value)
            })
    }
}

/// A list of `{key, value}`, or an object; switched-off ones too, for their secrets.
fn pairs(list: Option<&Value>) -> Vec<(String, String)> {
    match list {
        Some(Value::Array(list)) => list
            .iter()
            .filter_map(Value::as_object)
            .filter_map(pair)
            .collect(),
        Some(Value::Object(object)) => object
            .iter()
            .filter_map(|(key, value)| Some((key.clone(), plain(value)?)))
            .collect(),
        _ => Vec::new(),
    }
}

fn pair(entry: &Map<String, Value>) -> Option<(String, String)> {
    let key = entry.get("key").or_else(|| entry.get("id"))?.as_str()?;
    Some((key.to_owned(), plain(entry.get("value")?)?))
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Keys and plain values at any depth of a JSON body.
fn leaves(value: &Value, fields: &mut Vec<(String, String)>, depth: usize) {
    match value {
        _ if depth > DEEP => {}
        Value::Array(list) => list
            .iter()
            .for_each(|value| leaves(value, fields, depth + 1)),
        Value::Object(object) => {
            for (key, value) in object {
                match plain(value) {
                    Some(text) => fields.push((key.clone(), text)),
                    None => leaves(value, fields, depth + 1),
                }
            }
        }
        _ => {}
    }
}

/// `"key": value` lines of a body that is no JSON, because a variable stands without quotes in it
/// or a comma is missing.
fn loose(raw: &str) -> Vec<(String, String)> {
    let lines = raw.split(['\n', ',', '{', '}', '[', ']', '&']);
    let pairs = lines.filter_map(|line| line.split_once([':', '=']));
    let bare = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
    pairs.map(|(key, value)| (bare(key), bare(value))).collect()
}

fn query(url: &str) -> Vec<(String, String)> {
    let query = url
        .split_once('?')
        .map(|(_, query)| query)
        .unwrap_or_default();
    let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}
