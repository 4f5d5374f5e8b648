//! A client of its own: bytes over a socket, nothing that knows a dialect.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use serde_json::{Value, json};
use sim::{Dialect, Head, Options, Running, Scene};
use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// The start of every test's scene: 5 August 2026, 09:00 local (three hours east).
pub(crate) const START: i64 = 1_785_909_600_000;
pub(crate) const HOUR: i64 = 3_600_000;

/// What came back.
#[derive(Debug)]
pub(crate) struct Came {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Came {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| {
            panic!(
                "{error}: {} {}",
                self.status,
                String::from_utf8_lossy(&self.body)
            )
        })
    }
}

/// Sends one request over a connection of its own and reads until it is closed.
pub(crate) async fn send(
    url: &str,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> io::Result<Came> {
    let address = url.strip_prefix("http://").expect("a plain address");
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n{headers}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).await?;
    let end = all
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&all[..end]).into_owned();
    let status = head[9..12].parse().expect("a status");
    Ok(Came {
        status,
        head,
        body: all[end + 4..].to_vec(),
    })
}

/// A caller with an account, logged in where the dialect wants it.
pub(crate) struct Caller {
    pub(crate) head: Head,
    pub(crate) jwt: String,
}

impl Caller {
    pub(crate) async fn new(running: &Running, dialect: Dialect) -> Self {
        let head = running.head(dialect).expect("a head").clone();
        let mut caller = Self {
            head,
            jwt: String::new(),
        };
        if dialect != Dialect::V1 {
            let came = caller.ask("/API/User/Login", &caller.account()).await;
            assert_eq!(came["code"], 0, "{came}");
            caller.jwt = came["result"]["token"].as_str().unwrap().into();
        }
        caller
    }

    pub(crate) fn account(&self) -> Value {
        json!({"userId": self.head.user, "password": self.head.password.0, "company": self.head.company})
    }

    /// The credentials of v1's two families, with something added.
    pub(crate) fn comm(&self, more: &Value) -> Value {
        with(
            json!({"CompanyName": self.head.company, "UserName": self.head.user, "Password": self.head.password.0}),
            more,
        )
    }

    pub(crate) fn pos(&self, more: &Value) -> Value {
        with(
            json!({"company_name": self.head.company, "user_name": self.head.user, "password": self.head.password.0, "password_vend": self.head.authorization.0}),
            more,
        )
    }

    /// Something with the company added, as the concentrator dialect wants it.
    pub(crate) fn company(&self, more: &Value) -> Value {
        with(json!({"company": self.head.company}), more)
    }

    pub(crate) async fn post(&self, path: &str, body: &Value) -> io::Result<Came> {
        let headers = format!(
            "Content-Type: application/json\r\nAuthorization: Bearer {}\r\n",
            self.jwt
        );
        send(&self.head.url, "POST", path, &headers, &body.to_string()).await
    }

    /// Posts, and takes the JSON of an HTTP 200.
    pub(crate) async fn ask(&self, path: &str, body: &Value) -> Value {
        let came = self.post(path, body).await.unwrap();
        assert_eq!(came.status, 200, "{path}: {came:?}");
        came.json()
    }

    /// Creates one task of the station or concentrator dialect; its number.
    pub(crate) async fn create(&self, kind: &str, row: &Value) -> u64 {
        let path = format!("/API/RemoteMeterTask/Create{kind}Task");
        let came = self.ask(&path, &json!([row])).await;
        assert_eq!(came["code"], 0, "{came}");
        came["result"][0]["id"].as_u64().unwrap()
    }

    /// Looks at one task; its row.
    pub(crate) async fn look(&self, kind: &str, id: u64) -> Value {
        let path = format!("/API/RemoteMeterTask/Get{kind}Task");
        let body = self.company(&json!({"id": id, "lang": "en"}));
        let came = self.ask(&path, &body).await;
        assert_eq!(came["code"], 0, "{came}");
        came["result"]["data"][0].clone()
    }
}

fn with(mut into: Value, more: &Value) -> Value {
    let fields = more.as_object().unwrap().clone();
    into.as_object_mut().unwrap().extend(fields);
    into
}

/// Two meters of the facts' examples behind one gateway, and time that stands still.
pub(crate) fn small() -> Scene {
    serde_json::from_value(json!({
        "seed": 7,
        "start_ms": START,
        "sites": [{"id": "SITE_A", "name": "Site A"}],
        "gateways": [{"id": "230401081", "site": "SITE_A"}],
        "meters": [
            {"number": "47001582544", "gateway": "230401081", "customer": 1, "credit_kwh": 12.5, "firmware": "3A7C1102"},
            {"number": "47003104321", "gateway": "230401081", "customer": 2, "credit_kwh": 108.8},
            {"number": "47005300000", "gateway": "230401081", "customer": 3, "credit_kwh": 5.0},
        ],
    }))
    .unwrap()
}

/// Opens the doors of a scene whose time is moved by hand.
pub(crate) async fn still(scene: Scene) -> Running {
    let options = Options {
        time_scale: 0.0,
        ..Options::default()
    };
    sim::start(scene, &options).await.unwrap()
}

/// The operating status a meter would answer.
pub(crate) fn code_of(running: &Running, meter: &str) -> u16 {
    running.handle.meter(meter).unwrap().now.status
}
