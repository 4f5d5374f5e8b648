//! The tables as they stand in the files, with the place of everything that is checked.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;
use toml::Spanned;

/// A text in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    pub(crate) en: Spanned<String>,
    pub(crate) fr: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Iec {
    pub(crate) role: Spanned<String>,
    pub(crate) code: Spanned<String>,
    pub(crate) name: String,
    pub(crate) confidence: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ami {
    pub(crate) ami: Spanned<u16>,
    pub(crate) reason87: Spanned<u8>,
    pub(crate) display: Spanned<String>,
    pub(crate) slug: Spanned<String>,
    pub(crate) meaning: String,
    pub(crate) field_action: String,
    pub(crate) class: Spanned<String>,
    pub(crate) supply: Spanned<String>,
    pub(crate) severity: Spanned<String>,
    pub(crate) decision: Spanned<String>,
    pub(crate) owner: Spanned<String>,
    #[serde(default)]
    pub(crate) suspect: bool,
    pub(crate) source: Spanned<String>,
    pub(crate) name: Text,
    pub(crate) postpaid: Vec<Text>,
    pub(crate) action: Text,
    pub(crate) steps: Vec<Spanned<String>>,
    #[serde(default)]
    pub(crate) rulings: Vec<Spanned<String>>,
    pub(crate) iec: Vec<Iec>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Beyond {
    pub(crate) slug: Spanned<String>,
    pub(crate) name: Text,
    pub(crate) postpaid: Vec<Text>,
    pub(crate) action: Text,
    pub(crate) steps: Vec<Spanned<String>>,
    pub(crate) class: Spanned<String>,
    pub(crate) supply: Spanned<String>,
    pub(crate) severity: Spanned<String>,
    pub(crate) decision: Spanned<String>,
    pub(crate) owner: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Obis {
    pub(crate) code: Spanned<String>,
    #[serde(default = "value_attribute")]
    pub(crate) attribute: u8,
    pub(crate) confidence: Spanned<String>,
}

/// Attribute 2 of a COSEM object is its value.
fn value_attribute() -> u8 {
    2
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Short {
    pub(crate) from: Spanned<u8>,
    pub(crate) through: Option<u8>,
    pub(crate) guide_code: String,
    pub(crate) slug: Spanned<String>,
    pub(crate) meaning: String,
    pub(crate) field_action: String,
    pub(crate) kind: Spanned<String>,
    pub(crate) unit: String,
    pub(crate) obis: Obis,
    pub(crate) name: Text,
    pub(crate) station: Option<String>,
    pub(crate) concentrator: Option<String>,
    pub(crate) v1: Option<String>,
    pub(crate) lorawan: Option<String>,
    #[serde(default = "yes")]
    pub(crate) single_phase: bool,
}

fn yes() -> bool {
    true
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wire {
    pub(crate) wire: Spanned<u8>,
    pub(crate) slug: Spanned<String>,
    pub(crate) note: String,
    pub(crate) name: Text,
    pub(crate) ami: Vec<Spanned<u16>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Step {
    pub(crate) slug: Spanned<String>,
    pub(crate) en: Spanned<String>,
    pub(crate) fr: Spanned<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ruling {
    pub(crate) slug: Spanned<String>,
    pub(crate) codes: Vec<Spanned<u16>>,
    pub(crate) matter: Text,
    pub(crate) rule: Text,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Note {
    pub(crate) part: Spanned<String>,
    pub(crate) text: String,
    pub(crate) rulings: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Closing {
    pub(crate) ami: Spanned<u16>,
    pub(crate) may: Spanned<String>,
    #[serde(default)]
    pub(crate) only: Vec<Spanned<String>>,
    pub(crate) why: Text,
}

/// One table file: its name, its text (for line numbers) and what it says.
pub(crate) struct File<T> {
    pub(crate) name: &'static str,
    pub(crate) text: String,
    pub(crate) rows: T,
}

impl<T> File<T> {
    /// A mistake at a place of this file: `data/ami.toml:85: ...`.
    pub(crate) fn at<V>(&self, place: &Spanned<V>, what: impl std::fmt::Display) -> String {
        let line = 1 + self.text[..place.span().start].matches('\n').count();
        format!("data/{}:{line}: {what}", self.name)
    }
}

/// All tables.
pub(crate) struct Tables {
    pub(crate) ami: File<Vec<Ami>>,
    pub(crate) short: File<Vec<Short>>,
    pub(crate) wire: File<Vec<Wire>>,
    pub(crate) steps: File<Vec<Step>>,
    pub(crate) rulings: File<Vec<Ruling>>,
    pub(crate) notes: File<Vec<Note>>,
    pub(crate) safety: File<Vec<Text>>,
    pub(crate) beyond: File<Vec<Beyond>>,
    pub(crate) conditions: File<Vec<Beyond>>,
    pub(crate) closing: File<Vec<Closing>>,
}

/// A file that is a list of rows under one key.
macro_rules! list_of {
    ($name:literal, $key:ident, $row:ty) => {{
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Rows {
            $key: Vec<$row>,
        }
        let file: File<Rows> = load($name)?;
        File {
            name: file.name,
            text: file.text,
            rows: file.rows.$key,
        }
    }};
}

pub(crate) fn read() -> Result<Tables, String> {
    Ok(Tables {
        ami: list_of!("ami.toml", code, Ami),
        short: list_of!("short.toml", code, Short),
        wire: list_of!("wire.toml", status, Wire),
        steps: list_of!("steps.toml", step, Step),
        rulings: list_of!("rulings.toml", ruling, Ruling),
        notes: list_of!("notes.toml", note, Note),
        safety: list_of!("safety.toml", line, Text),
        beyond: list_of!("beyond.toml", advice, Beyond),
        conditions: list_of!("conditions.toml", condition, Beyond),
        closing: list_of!("closing.toml", closing, Closing),
    })
}

fn load<T: DeserializeOwned>(name: &'static str) -> Result<File<T>, String> {
    let path = Path::new("data").join(name);
    let text = std::fs::read_to_string(&path).map_err(|e| format!("data/{name}: {e}"))?;
    let rows = toml::from_str(&text).map_err(|e| {
        let line = e
            .span()
            .map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        format!("data/{name}:{line}: {}", e.message())
    })?;
    Ok(File { name, text, rows })
}
