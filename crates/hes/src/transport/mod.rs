//! One HTTP call: sent once, answered within the deadline, recorded without its secrets.

mod answer;
mod clients;
mod failure;

pub(crate) use answer::Answer;

use crate::HesError;
use crate::envelope::Envelope;
use crate::recorder::Recorder;
use crate::redact::Redactor;
use crate::refusal::Answered;
use asking::{Deployment, Exchange, Refusal};
use clients::Clients;
use fleet::Moment;
use reqwest::header::{ACCEPT, CONTENT_TYPE};
use reqwest::{RequestBuilder, Url};
use serde_json::Value;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// What a call carries.
pub(crate) enum Load {
    /// A JSON body, by POST.
    Body(Value),
    /// A query, by GET.
    Query(Vec<(&'static str, String)>),
}

/// One call.
pub(crate) struct Call {
    /// The path below the head-end's address, with its first slash.
    pub path: String,
    /// What it carries.
    pub load: Load,
    /// Whether it may make a meter do something: then it travels on a connection of its own, so
    /// that no idle connection that dies at the wrong moment leaves it in doubt.
    pub physical: bool,
    /// Whether the answer holds the login's pass: then it is not kept.
    pub login: bool,
}

impl Call {
    /// A POST with this body.
    pub(crate) fn post(path: impl Into<String>, body: Value) -> Self {
        Self {
            path: path.into(),
            load: Load::Body(body),
            physical: false,
            login: false,
        }
    }

    /// A GET with this query.
    pub(crate) fn get(path: &str, query: Vec<(&'static str, String)>) -> Self {
        Self {
            load: Load::Query(query),
            ..Self::post(path, Value::Null)
        }
    }

    /// The same, on a connection of its own.
    pub(crate) fn physical(self, physical: bool) -> Self {
        Self { physical, ..self }
    }
}

/// The way to one head-end.
pub(crate) struct Line {
    clients: Clients,
    base: String,
    deadline: Duration,
    pub(crate) redactor: Redactor,
    recorder: Recorder,
}

impl Line {
    /// Prepares the way; nothing is sent.
    pub(crate) fn new(deployment: &Deployment) -> Result<Self, HesError> {
        let base = base(&deployment.url).map_err(|why| HesError::Address {
            head_end: deployment.name.clone(),
            why,
        })?;
        let mut redactor = Redactor::default();
        redactor.learn(deployment.password.reveal());
        if let Some(second) = &deployment.authorization {
            redactor.learn(second.reveal());
        }
        let deadline = Duration::from_millis(deployment.pace.call.max(1).unsigned_abs());
        Ok(Self {
            clients: Clients::new(deadline, base.starts_with("https:")).map_err(|source| {
                HesError::Client {
                    head_end: deployment.name.clone(),
                    source,
                }
            })?,
            base,
            deadline,
            redactor,
            recorder: Recorder::default(),
        })
    }

    /// Sends a call once and waits for its answer, whatever its status.
    pub(crate) async fn send(&self, call: &Call, pass: Option<&str>) -> Answered<Answer> {
        let (request, sent) = self.request(call);
        let request = match pass {
            Some(pass) => request.bearer_auth(pass),
            None => request,
        };
        let at = now();
        let begun = Instant::now();
        let answered = self.exchange(request).await;
        let took = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.record(call, &sent, &answered, at, took);
        answered
    }

    /// What was exchanged lately, oldest first.
    pub(crate) fn exchanges(&self) -> Vec<Exchange> {
        self.recorder.all()
    }

    fn request(&self, call: &Call) -> (RequestBuilder, String) {
        let url = format!("{}{}", self.base, call.path);
        let client = self.clients.of(call.physical);
        let (request, sent) = match &call.load {
            Load::Body(body) => {
                let text = body.to_string();
                let request = client.post(url).header(CONTENT_TYPE, "application/json");
                (request.body(text.clone()), text)
            }
            Load::Query(query) => {
                let parts: Vec<String> = query.iter().map(|(k, v)| format!("{k}={v}")).collect();
                (client.get(url).query(query), parts.join("&"))
            }
        };
        (request.header(ACCEPT, "application/json"), sent)
    }

    async fn exchange(&self, request: RequestBuilder) -> Answered<Answer> {
        let answer = async {
            let response = request.send().await?;
            answer::read(response).await
        };
        match tokio::time::timeout(self.deadline, answer).await {
            Ok(answered) => answered.map_err(|cut| cut.refusal(self.deadline)),
            Err(_) => Err(failure::too_late(self.deadline)),
        }
    }

    fn record(&self, call: &Call, sent: &str, answered: &Answered<Answer>, at: Moment, took: u64) {
        let (status, came) = match answered {
            Ok(answer) if call.login && gave_a_pass(answer) => (
                Some(answer.status),
                "(the answer to a login is not kept)".to_owned(),
            ),
            Ok(answer) => (Some(answer.status), self.redactor.body(&answer.text)),
            Err(refusal) => (None, self.redactor.said(&refusal.to_string())),
        };
        let kind = answered.as_ref().err().map(|refusal| refusal.kind.word());
        tracing::debug!(
            path = call.path,
            status,
            kind,
            took_ms = took,
            "head-end call"
        );
        self.recorder.keep(Exchange {
            at,
            path: self.redactor.clean(&call.path),
            sent: self.redactor.body(sent),
            status,
            came,
            took,
        });
    }

    /// The refusal as it may leave this room.
    pub(crate) fn scrub(&self, mut refusal: Refusal) -> Refusal {
        refusal.said = self.redactor.said(&refusal.said);
        refusal
    }
}

/// A login that was refused may be kept: its words are what one looks for.
fn gave_a_pass(answer: &Answer) -> bool {
    Envelope::read(&answer.text).is_ok_and(|envelope| envelope.code == 0)
}

/// The time of this machine; a login's end and the record need it.
pub(crate) fn now() -> Moment {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// The address without a slash at its end and without the `/api` that the paths bring along.
fn base(url: &str) -> Result<String, String> {
    let read = Url::parse(url.trim()).map_err(|error| error.to_string())?;
    if !matches!(read.scheme(), "http" | "https") {
        return Err("it begins with http:// or https://".to_owned());
    }
    if !read.username().is_empty() || read.password().is_some() {
        return Err("user and password do not belong into it".to_owned());
    }
    if read.query().is_some() || read.fragment().is_some() {
        return Err("it ends before the ? or #".to_owned());
    }
    let whole = read.as_str().trim_end_matches('/');
    let path = whole.len() >= 4 && whole.is_char_boundary(whole.len() - 4);
    let without = path.then(|| whole.split_at(whole.len() - 4));
    Ok(match without {
        Some((before, last)) if last.eq_ignore_ascii_case("/api") => before.to_owned(),
        _ => whole.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::base;

    #[test]
    fn an_address_is_taken_with_or_without_the_api() {
        for url in [
            "http://10.0.0.1:9310",
            "http://10.0.0.1:9310/",
            "http://10.0.0.1:9310/API/",
        ] {
            assert_eq!(base(url).as_deref(), Ok("http://10.0.0.1:9310"), "{url}");
        }
    }

    #[test]
    fn an_address_with_a_password_is_refused_without_showing_it() {
        let why = base("http://ops:hunter2@10.0.0.1").expect_err("refused");
        assert!(!why.contains("hunter2"));
        assert!(base("ftp://10.0.0.1").is_err());
        assert!(base("10.0.0.1:9310").is_err());
    }
}
