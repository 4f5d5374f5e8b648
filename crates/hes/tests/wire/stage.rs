//! A pretend head-end that follows a script and remembers what it was asked.

use std::io;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

/// One request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Received {
    /// Path and query.
    pub(crate) path: String,
    /// The header `authorization`.
    pub(crate) pass: Option<String>,
    /// The body.
    pub(crate) body: String,
}

/// What the server does with a request.
pub(crate) enum Says {
    /// Answers with this status and this body.
    Json(u16, String),
    /// Answers with this status and a page.
    Page(u16, &'static str),
    /// Answers with these lines and bytes.
    Raw(&'static str, Vec<u8>),
    /// Breaks off without an answer.
    BreaksOff,
    /// Breaks off in the middle of the body.
    Half,
    /// Never answers.
    Nothing,
}

type Script = dyn Fn(&Received, usize) -> Says + Send + Sync;

/// The server; it ends with the test.
pub(crate) struct Stage {
    pub(crate) url: String,
    received: Arc<Mutex<Vec<Received>>>,
    server: JoinHandle<()>,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// Answers with this body.
pub(crate) fn ok(body: &str) -> Says {
    Says::Json(200, body.to_owned())
}

impl Stage {
    /// Starts it. The script gets each request and how many came to its path before.
    pub(crate) async fn plays(
        script: impl Fn(&Received, usize) -> Says + Send + Sync + 'static,
    ) -> Self {
        Self::over(script, None).await
    }

    /// The same, over TLS.
    pub(crate) async fn over(
        script: impl Fn(&Received, usize) -> Says + Send + Sync + 'static,
        tls: Option<tokio_rustls::TlsAcceptor>,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let received = Arc::new(Mutex::new(Vec::new()));
        let (script, kept): (Arc<Script>, _) = (Arc::new(script), received.clone());
        // a certificate is made out for a name
        let origin = if tls.is_some() {
            "https://localhost"
        } else {
            "http://127.0.0.1"
        };
        let server = tokio::spawn(async move {
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (script, kept, tls) = (script.clone(), kept.clone(), tls.clone());
                connections.spawn(async move {
                    match tls {
                        None => serve(stream, &*script, &kept).await,
                        Some(tls) => serve(tls.accept(stream).await?, &*script, &kept).await,
                    }
                });
            }
        });
        Self {
            url: format!("{origin}:{port}"),
            received,
            server,
        }
    }

    /// What came to paths that hold this.
    pub(crate) fn received(&self, path: &str) -> Vec<Received> {
        let all = self.received.lock().unwrap();
        all.iter()
            .filter(|one| one.path.contains(path))
            .cloned()
            .collect()
    }

    /// The only body that came to a path.
    pub(crate) fn body(&self, path: &str) -> serde_json::Value {
        let received = self.received(path);
        assert_eq!(received.len(), 1, "{path}: {received:?}");
        serde_json::from_str(&received[0].body).unwrap()
    }
}

async fn serve<S: AsyncRead + AsyncWrite + Unpin>(
    mut stream: S,
    script: &Script,
    kept: &Mutex<Vec<Received>>,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    while let Some(request) = read(&mut stream, &mut buffer).await? {
        let before = {
            let mut kept = kept.lock().unwrap();
            kept.push(request.clone());
            kept.iter().filter(|one| one.path == request.path).count() - 1
        };
        let (head, body) = match script(&request, before) {
            Says::Json(status, body) => (typed(status, "application/json"), body.into_bytes()),
            Says::Page(status, body) => (typed(status, "text/html"), body.into()),
            Says::Raw(head, body) => (head.to_owned(), body),
            Says::BreaksOff => return Ok(()),
            Says::Half => {
                stream
                    .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{\"code\":0,")
                    .await?;
                return stream.flush().await;
            }
            Says::Nothing => return std::future::pending().await,
        };
        let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len());
        // in one piece: two small ones would wait for each other's acknowledgement
        stream.write_all(&[head.as_bytes(), &body].concat()).await?;
        stream.flush().await?;
    }
    Ok(())
}

fn typed(status: u16, kind: &str) -> String {
    format!("{status} Said\r\nContent-Type: {kind}")
}

async fn read<S: AsyncRead + Unpin>(
    stream: &mut S,
    buffer: &mut Vec<u8>,
) -> io::Result<Option<Received>> {
    loop {
        if let Some(end) = buffer.windows(4).position(|part| part == b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&buffer[..end]).into_owned();
            let header = |name: &str| {
                let mut lines = head.lines().filter_map(|line| line.split_once(':'));
                let found = lines.find(|(key, _)| key.eq_ignore_ascii_case(name));
                found.map(|(_, value)| value.trim().to_owned())
            };
            let length = header("content-length").map_or(0, |text| text.parse().unwrap());
            if buffer.len() >= end + 4 + length {
                let body = buffer[end + 4..end + 4 + length].to_vec();
                buffer.drain(..end + 4 + length);
                return Ok(Some(Received {
                    path: head.split(' ').nth(1).unwrap().to_owned(),
                    pass: header("authorization"),
                    body: String::from_utf8(body).unwrap(),
                }));
            }
        }
        if stream.read_buf(buffer).await? == 0 {
            return Ok(None);
        }
    }
}
