//! A store, a clock that is moved by hand, and a receiver that says what it is told to.

use fleet::Moment;
use std::ops::Range;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use store::{NewMessage, OpenOptions, Store};
use tempfile::TempDir;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use webhooks::{Endpoint, Events, Keys, Now};

/// A secret of nobody's.
pub(crate) const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// How long a test waits for something that has to come.
const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) fn endpoint(url: &str) -> Endpoint {
    Endpoint {
        name: "billing".to_owned(),
        url: url.to_owned(),
        keys: Keys::parse(SECRET).unwrap(),
        events: Events::parse(["command.*"]).unwrap(),
    }
}

pub(crate) async fn opened() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("store.db").display());
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    (folder, store)
}

pub(crate) fn message(n: i64) -> NewMessage {
    NewMessage {
        endpoint: "billing".to_owned(),
        kind: "command.verified".to_owned(),
        meter: None,
        at: Moment(n),
        body: format!(r#"{{"n":{n}}}"#),
    }
}

pub(crate) async fn posted(store: &Store, which: Range<i64>) {
    let messages: Vec<NewMessage> = which.map(message).collect();
    store.post_messages(&messages).await.unwrap();
}

/// Waits until it is so.
pub(crate) async fn until(mut so: impl AsyncFnMut() -> bool) {
    let waits = async {
        while !so().await {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(PATIENCE, waits).await.unwrap();
}

/// A clock that is moved by hand.
#[derive(Clone)]
pub(crate) struct Clock(Arc<AtomicI64>);

impl Clock {
    pub(crate) fn at(ms: i64) -> Self {
        Self(Arc::new(AtomicI64::new(ms)))
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    pub(crate) fn now(&self) -> Now {
        let clock = self.0.clone();
        Arc::new(move || Moment(clock.load(Ordering::SeqCst)))
    }
}

/// One message as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    pub(crate) id: String,
    pub(crate) body: String,
}

/// Says the same to everybody until it is told otherwise; ends with the test.
pub(crate) struct Stage {
    pub(crate) url: String,
    says: Arc<Mutex<&'static str>>,
    received: Arc<Mutex<Vec<Received>>>,
    server: JoinHandle<()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Stage {
    /// A status and headers, each with its line end.
    pub(crate) async fn answers(says: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/hook", listener.local_addr().unwrap());
        let (says, received) = (Arc::new(Mutex::new(says)), Arc::default());
        let (say, keep) = (says.clone(), Arc::clone(&received));
        let server = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(serve(stream, say.clone(), Arc::clone(&keep)));
            }
        });
        Self {
            url,
            says,
            received,
            server,
        }
    }

    pub(crate) fn answer(&self, says: &'static str) {
        *self.says.lock().unwrap() = says;
    }

    pub(crate) fn came(&self) -> usize {
        self.received.lock().unwrap().len()
    }

    pub(crate) fn received(&self) -> Vec<Received> {
        self.received.lock().unwrap().clone()
    }
}

async fn serve(
    mut stream: TcpStream,
    says: Arc<Mutex<&'static str>>,
    received: Arc<Mutex<Vec<Received>>>,
) -> std::io::Result<()> {
    let mut buffer = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&buffer).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let header = |name: &str| {
                let mut lines = head.lines().filter_map(|line| line.split_once(": "));
                let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.map(|(_, value)| value.to_owned()).unwrap_or_default()
            };
            let length: usize = header("content-length").parse().unwrap_or(0);
            if body.len() >= length {
                received.lock().unwrap().push(Received {
                    id: header("webhook-id"),
                    body: body.to_owned(),
                });
                buffer.clear();
                let says = *says.lock().unwrap();
                let answer = format!("HTTP/1.1 {says}Content-Length: 0\r\n\r\n");
                stream.write_all(answer.as_bytes()).await?;
            }
        }
        if stream.read_buf(&mut buffer).await? == 0 {
            return Ok(());
        }
    }
}
