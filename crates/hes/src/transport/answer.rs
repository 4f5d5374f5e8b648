//! An answer as it came, and what its status says before anybody reads its content.

use super::failure::Cut;
use crate::envelope::Envelope;
use crate::refusal::{Answered, no, perhaps};
use asking::{Refusal, RefusalKind};
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, LOCATION};
use serde_json::Value;

/// The longest answer that is read: 500 rows of the widest list are under 1 MiB.
const LONGEST: usize = 16 * 1024 * 1024;

/// What came.
#[derive(Clone)]
pub(crate) struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body; bytes that are not UTF-8 are replaced.
    pub text: String,
    html: bool,
    leads_to: Option<String>,
}

/// Reads an answer to its end, or until it is too long.
pub(super) async fn read(mut response: Response) -> Result<Answer, Cut> {
    let header = |name| {
        let value = response.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    let html = header(CONTENT_TYPE).is_some_and(|kind| kind.contains("text/html"));
    let leads_to = header(LOCATION);
    let status = response.status().as_u16();
    let mut bytes = Vec::new();
    while let Some(piece) = response.chunk().await? {
        if bytes.len() + piece.len() > LONGEST {
            return Err(Cut::TooLong(LONGEST));
        }
        bytes.extend_from_slice(&piece);
    }
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    };
    Ok(Answer {
        status,
        text,
        html,
        leads_to,
    })
}

/// Statuses below 500 that are refusals of their own. A request that was refused so was surely
/// not carried out.
const REFUSED: &[(u16, RefusalKind)] = &[
    (400, RefusalKind::BadRequest),
    (401, RefusalKind::LoginRefused),
    (403, RefusalKind::Forbidden),
    (404, RefusalKind::NoSuchPath),
    (405, RefusalKind::NoSuchPath),
    (410, RefusalKind::NoSuchPath),
    // too many requests
    (429, RefusalKind::ServerFailed),
];

impl Answer {
    /// The body, where the status is good and the body is JSON.
    pub(crate) fn json(&self) -> Answered<&str> {
        match self.status {
            200..=299 => self.body(),
            300..=399 => Err(self.redirected()),
            400..=499 => Err(self.refused()),
            _ => Err(self.failed()),
        }
    }

    /// The same, and the answer is done with.
    pub(crate) fn into_json(self) -> Answered<String> {
        self.json()?;
        Ok(self.text)
    }

    /// The envelope, where the status is good. Whatever is one is JSON as well, so that question
    /// is put to the others only, and a long answer is not gone through once more for it.
    pub(crate) fn envelope(&self) -> Answered<Envelope> {
        match (self.status, Envelope::read(&self.text)) {
            (200..=299, Ok(envelope)) => Ok(envelope),
            _ => Envelope::read(self.json()?),
        }
    }

    fn body(&self) -> Answered<&str> {
        if serde_json::from_str::<serde::de::IgnoredAny>(&self.text).is_ok() {
            return Ok(&self.text);
        }
        Err(match (self.is_page(), self.text.trim().is_empty()) {
            (true, _) => perhaps(RefusalKind::HtmlPage, self.page_title()),
            (_, true) => perhaps(RefusalKind::NotJson, "an empty body"),
            _ => perhaps(RefusalKind::NotJson, self.beginning()),
        })
    }

    fn redirected(&self) -> Refusal {
        let to = self.leads_to.as_deref().unwrap_or("nowhere");
        // what stands behind a ? may be a pass
        let to = to.split(['?', '#']).next().unwrap_or_default();
        no(
            RefusalKind::NoSuchPath,
            format!("{}: it leads to {to}, which is not followed", self.status),
        )
    }

    fn refused(&self) -> Refusal {
        // 400 as a page is the web server's, not the API's
        if self.status == 400 && self.is_page() {
            return no(RefusalKind::HtmlPage, self.page_title());
        }
        if self.status == 408 {
            return perhaps(RefusalKind::TimedOut, self.status.to_string());
        }
        let kind = REFUSED
            .iter()
            .find(|(status, _)| *status == self.status)
            .map_or(RefusalKind::BadRequest, |(_, kind)| *kind);
        no(kind, self.complaint())
    }

    fn failed(&self) -> Refusal {
        if self.is_page() {
            return perhaps(RefusalKind::HtmlPage, self.page_title());
        }
        perhaps(RefusalKind::ServerFailed, self.complaint())
    }

    /// What an error body says: `{"Message": …}` (v1), `ProblemDetails` (station), or its text.
    fn complaint(&self) -> String {
        let said = match serde_json::from_str::<Value>(&self.text) {
            Ok(body) => complaint_of(&body),
            Err(_) if self.is_page() => self.page_title(),
            Err(_) => self.beginning(),
        };
        format!("{} {said}", self.status).trim_end().to_owned()
    }

    fn is_page(&self) -> bool {
        let text = self.text.trim_start().as_bytes();
        let begins = |tag: &str| {
            text.get(..tag.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
        };
        self.html || begins("<!doctype html") || begins("<html")
    }

    /// The page's title, or its status.
    fn page_title(&self) -> String {
        let lower = self.text.to_ascii_lowercase();
        let title = lower.find("<title>").and_then(|open| {
            let from = open + "<title>".len();
            let length = lower.get(from..)?.find("</title>")?;
            self.text.get(from..from + length)
        });
        format!("{} {}", self.status, title.unwrap_or_default().trim())
            .trim_end()
            .to_owned()
    }

    fn beginning(&self) -> String {
        self.text.chars().take(300).collect()
    }
}

fn complaint_of(body: &Value) -> String {
    let text = |key: &str| body.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut said: Vec<String> = ["Message", "message", "title", "reason"]
        .iter()
        .map(|key| text(key).to_owned())
        .collect();
    if let Some(errors) = body.get("errors").and_then(Value::as_object) {
        let lists = errors.values().filter_map(Value::as_array).flatten();
        said.extend(lists.filter_map(Value::as_str).map(str::to_owned));
    }
    said.retain(|part| !part.is_empty());
    said.join(" ")
}
