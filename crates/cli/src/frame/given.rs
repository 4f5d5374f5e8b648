//! Values by name, from JSON and from the words of the command line.

use frames::Told;
use serde_json::Value as Json;

/// The members of a JSON object.
pub(super) struct Object<'a>(pub(super) &'a Json);

/// NAME=VALUE words; of two with the same name the last counts.
pub(super) struct Pairs<'a>(pub(super) &'a [(String, String)]);

impl Told for Object<'_> {
    fn has(&self, name: &str) -> bool {
        self.0.get(name).is_some()
    }

    fn number(&self, name: &str) -> Option<i128> {
        match self.0.get(name)? {
            Json::Bool(yes) => Some(i128::from(*yes)),
            number => {
                let signed = number.as_i64().map(i128::from);
                signed.or_else(|| number.as_u64().map(i128::from))
            }
        }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }
}

impl Told for Pairs<'_> {
    fn has(&self, name: &str) -> bool {
        self.text(name).is_some()
    }

    fn number(&self, name: &str) -> Option<i128> {
        self.text(name)?.parse().ok()
    }

    fn text(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|pair| pair.0 == name);
        found.map(|pair| pair.1.as_str())
    }
}
