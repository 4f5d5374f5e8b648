//! The two casings of an answer: `ResultCode` as text (`COMM_*`), `result_code` as a number
//! (`Maintenance_*`).

use crate::fields::text;
use crate::refusal::{Answered, no, perhaps, shape};
use asking::{Refusal, RefusalKind};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// An answer of this dialect.
pub(super) struct Said {
    code: String,
    /// Whether it came in the casing of `POS_*` and `Maintenance_*`.
    vending: bool,
    reason: String,
    result: Option<Box<RawValue>>,
}

#[derive(Deserialize)]
struct Wire {
    #[serde(rename = "ResultCode")]
    code: Option<Value>,
    result_code: Option<Value>,
    #[serde(rename = "Reason", alias = "reason", default)]
    reason: Value,
    #[serde(rename = "Result", alias = "result")]
    result: Option<Box<RawValue>>,
}

impl Said {
    pub(super) fn read(json: &str) -> Answered<Self> {
        let no_code = || shape("there is no ResultCode in it");
        let wire: Wire = serde_json::from_str(json).map_err(|_| no_code())?;
        let vending = wire.code.is_none();
        let code = match wire.code.or(wire.result_code) {
            Some(Value::String(code)) => code.trim().to_owned(),
            Some(Value::Number(code)) => code.to_string(),
            _ => return Err(no_code()),
        };
        Ok(Self {
            code,
            vending,
            reason: wire.reason.as_str().unwrap_or_default().to_owned(),
            result: wire.result.filter(|result| result.get() != "null"),
        })
    }

    /// `99 other error`
    pub(super) fn words(&self) -> String {
        format!("{} {}", self.code, self.reason)
            .trim_end()
            .to_owned()
    }

    /// Whether the code has this number: `"00"`, `"0"` and `0` are one.
    fn is(&self, number: u32) -> bool {
        self.code.parse() == Ok(number)
    }

    /// Whether it says yes: both the code and the word `OK`.
    pub(super) fn said_yes(&self) -> bool {
        self.is(0) && self.reason.trim().eq_ignore_ascii_case("ok")
    }

    /// What it refuses with. In the vending casing 2 is "authentication error"; what `COMM_*` calls
    /// one is not published (facts 2.3).
    pub(super) fn refusal(&self) -> Refusal {
        let kind = if self.vending && self.is(2) {
            RefusalKind::LoginRefused
        } else {
            RefusalKind::Code
        };
        match self.result {
            None => no(kind, self.words()),
            Some(_) => perhaps(kind, self.words()),
        }
    }

    /// The content in the bytes it came in, whatever the code says.
    pub(super) fn result(&self) -> Option<&str> {
        self.result.as_ref().map(|result| result.get())
    }

    /// The rows of a success; null is none (facts 2.3: no data for the request).
    pub(super) fn rows(&self) -> Answered<Vec<Box<RawValue>>> {
        if !self.said_yes() {
            return Err(self.refusal());
        }
        let Some(result) = self.result() else {
            return Ok(Vec::new());
        };
        serde_json::from_str(result).map_err(|_| shape("there is no list in it"))
    }
}

/// The text in a task row, where a blank or the word `unknown` is none.
pub(super) fn known(row: &crate::fields::Row, key: &str) -> Option<String> {
    text(row, key).filter(|text| !text.eq_ignore_ascii_case("unknown"))
}
