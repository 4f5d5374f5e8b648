//! An installation with every condition on it, and people who have been here for a while.

use crate::ask::{Came, Installation};
use crate::house;
use axum::body::Body;
use axum::http::{Method, Request};
use desk::command::CommandRules;
use desk::people::{People, Who};
use fleet::{DAY, MeterNumber};
use people::{Password, Role};
use serde_json::Value;
use std::collections::BTreeMap;

/// The admin's password.
pub(crate) const WORD: &str = "correct horse";

/// Everybody but the admin, who is `boss`.
const STAFF: [(&str, Role); 6] = [
    ("guest", Role::Viewer),
    ("field", Role::Technician),
    ("desk", Role::Operator),
    ("second", Role::Approver),
    ("third", Role::Approver),
    ("books", Role::Auditor),
];

pub(crate) struct Office {
    pub(crate) it: Installation,
    pub(crate) people: People,
    pub(crate) boss: Who,
    keys: BTreeMap<String, String>,
}

impl Office {
    pub(crate) async fn open() -> Self {
        Self::ruled(CommandRules::default(), false).await
    }

    pub(crate) async fn ruled(rules: CommandRules, anonymous_reads: bool) -> Self {
        let it = Installation::ruled(|now| vec![house::well(now)], rules, anonymous_reads).await;
        house::fill(&it.store, it.now).await;
        let (people, earlier) = (it.people.clone(), it.now.plus(-2 * DAY));
        let word = Password::new(WORD.to_owned()).unwrap();
        let added = people.add(None, "boss", Role::Admin, Some(word), earlier);
        added.await.unwrap();
        let boss = people.know("boss", WORD, earlier).await.unwrap();
        let mut office = Self {
            it,
            people,
            boss,
            keys: BTreeMap::new(),
        };
        for (name, role) in STAFF {
            let added = office
                .people
                .add(Some(&office.boss), name, role, None, earlier);
            added.await.unwrap();
            office.give_key(name).await;
        }
        office.give_key("boss").await;
        office
    }

    /// Another key, as old as its owner.
    pub(crate) async fn new_key(&self, name: &str) -> String {
        let earlier = self.it.now.plus(-2 * DAY);
        let made = self
            .people
            .add_key(&self.boss, name, "a test", None, earlier);
        made.await.unwrap().1.reveal().to_owned()
    }

    async fn give_key(&mut self, name: &str) {
        let key = self.new_key(name).await;
        self.keys.insert(name.to_owned(), key);
    }

    pub(crate) fn key(&self, name: &str) -> &str {
        &self.keys[name]
    }

    /// Somebody reads.
    pub(crate) async fn get(&self, who: &str, path: &str) -> Came {
        self.send(who, Method::GET, path, "", &[]).await
    }

    /// JSON that has to be there for somebody.
    pub(crate) async fn json(&self, who: &str, path: &str) -> Value {
        let came = self.get(who, path).await;
        assert_eq!(came.status, 200, "{path}: {}", came.body);
        serde_json::from_str(&came.body).unwrap()
    }

    /// Somebody sends a document.
    pub(crate) async fn put(&self, who: &str, method: Method, path: &str, body: &Value) -> Came {
        self.send(who, method, path, &body.to_string(), &[]).await
    }

    /// Somebody sends a document by POST.
    pub(crate) async fn post(&self, who: &str, path: &str, body: &Value) -> Came {
        self.put(who, Method::POST, path, body).await
    }

    /// Somebody asks for a command under this name.
    pub(crate) async fn wish(&self, who: &str, n: usize, name: &str, body: &Value) -> Came {
        let path = format!("/api/v1/meters/{}/commands", house::number(n));
        let headers = [("idempotency-key", name)];
        self.send(who, Method::POST, &path, &body.to_string(), &headers)
            .await
    }

    /// Somebody, or nobody where the name is empty, sends anything.
    pub(crate) async fn send(
        &self,
        who: &str,
        method: Method,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Came {
        let mut request = Request::builder().method(method).uri(path);
        if !who.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.key(who)));
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        self.it.ask(request).await
    }
}

impl Came {
    /// The document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("no JSON: {}", self.body))
    }
}

/// The meter at 1007, which a reconnect may close where the order behind it is known.
pub(crate) const OPENED: usize = 6;

/// Every door by which something is done, and what would be sent.
pub(crate) fn doors() -> Vec<(Method, String, Value)> {
    let meter: MeterNumber = house::number(OPENED);
    let (post, put, delete) = (Method::POST, Method::PUT, Method::DELETE);
    let wish = serde_json::json!({ "kind": "set-clock", "reason": "it runs late" });
    let mut many = wish.clone();
    many["meters"] = serde_json::json!([meter.as_str()]);
    many["intent"] = serde_json::json!("clocks");
    let said = |text: &str| serde_json::json!({ "said": text });
    let of = |path: &str| format!("/api/v1/meters/{meter}{path}");
    let hold = serde_json::json!({ "kind": "medical", "why": "a ventilator" });
    let finding = serde_json::json!({ "kind": "tamper", "said": "the seal is broken" });
    let why = serde_json::json!({ "why": "a storm" });
    vec![
        (put.clone(), of(""), serde_json::json!({ "phases": 3 })),
        (post.clone(), of("/commands"), wish),
        (post.clone(), "/api/v1/commands".to_owned(), many),
        (
            post.clone(),
            format!("/api/v1/commands/{meter}-1/approve"),
            said(""),
        ),
        (
            post.clone(),
            format!("/api/v1/commands/{meter}-1/reject"),
            said(""),
        ),
        (
            post.clone(),
            format!("/api/v1/commands/{meter}-1/cancel"),
            said(""),
        ),
        (put, of("/hold"), hold),
        (
            delete.clone(),
            of("/hold"),
            serde_json::json!({ "hold": 1 }),
        ),
        (post.clone(), of("/findings"), finding),
        (post, "/api/v1/stop".to_owned(), why),
        (delete, "/api/v1/stop".to_owned(), serde_json::json!({})),
    ]
}
