//! Settings to review, made from a collection.

use asking::{Dialect, Item};
use std::collections::BTreeMap;

/// What a collection tells of a head-end. It holds no secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The dialect that its paths and fields belong to.
    pub dialect: Dialect,
    /// The address without a path, if one was filled in.
    pub url: Option<String>,
    /// The user.
    pub user: Option<String>,
    /// The company (concentrator, v1).
    pub company: Option<String>,
    /// The meters' protocol version (station).
    pub protocol_version: Option<String>,
    /// What is asked for each item that could be recognised.
    pub items: BTreeMap<Item, String>,
    /// What is asked and could not be recognised, or is asked under a second name.
    pub unclear: Vec<Asked>,
    /// How many requests the collection has.
    pub requests: usize,
    /// How many different secrets stood in it and were left there.
    pub secrets_left_out: usize,
}

/// Something a request asks for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Asked {
    /// How the request names it.
    pub asks: String,
    /// The request's name.
    pub request: String,
}

impl Draft {
    /// Takes out whatever holds one of the collection's secrets, so that a password that is also
    /// the user's name is shown as neither.
    pub(super) fn forget(&mut self, secrets: &[String]) {
        let tells = |text: &str| secrets.iter().any(|secret| holds(text, secret));
        for field in [
            &mut self.url,
            &mut self.user,
            &mut self.company,
            &mut self.protocol_version,
        ] {
            field.take_if(|text| tells(text));
        }
        self.items.retain(|_, asks| !tells(asks));
        self.unclear.retain(|asked| !tells(&asked.asks));
        for asked in &mut self.unclear {
            if tells(&asked.request) {
                asked.request.clear();
            }
        }
    }

    /// A `[[head_end]]` block for `calinmeter.toml`, to be reviewed: what was not found is left
    /// empty, what was not understood stands in comments.
    pub fn toml(&self) -> String {
        let mut out = format!(
            "# from a collection of {} requests; {} left out\n[[head_end]]\nname = \"main\"\n",
            self.requests,
            secrets(self.secrets_left_out),
        );
        out += &format!("dialect = {}\n", quoted(self.dialect.word()));
        out += &line("url", self.url.as_deref());
        out += &line("user", self.user.as_deref());
        out += "password_file = \"secrets/main\"   # put the password there, readable by this program alone\n";
        if !matches!(self.dialect, Dialect::Station) {
            out += &line("company", self.company.as_deref());
        }
        if let Some(version) = &self.protocol_version {
            out += &line("protocol_version", Some(version));
        }
        out += "\n[head_end.items]\n";
        if !self.items.contains_key(&Item::OperatingStatus) {
            out += "# operating_status = \"\"   # not found in the collection\n";
        }
        for (item, asks) in &self.items {
            out += &line(item.word(), Some(asks));
        }
        for asked in &self.unclear {
            let (asks, request) = (quoted(&asked.asks), quoted(&asked.request));
            out += &format!("# not recognised: {asks} in the request {request}\n");
        }
        out
    }
}

fn secrets(count: usize) -> String {
    match count {
        1 => "1 secret was".to_owned(),
        count => format!("{count} secrets were"),
    }
}

/// Whether a secret shows in a text. One or two characters stand in anything: those count only
/// where they are the whole.
fn holds(text: &str, secret: &str) -> bool {
    match secret.chars().count() {
        0..=2 => text == secret,
        _ => text.contains(secret),
    }
}

fn line(key: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("{key} = {}\n", quoted(value)),
        None => format!("{key} = \"\"   # not found in the collection\n"),
    }
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out += &format!("\\u{:04X}", u32::from(c)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
