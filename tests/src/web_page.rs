//! A web server that knows nothing of head-ends.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const PAGE: &str = "<!DOCTYPE html><html><head><title>Welcome</title></head>\
    <body><h1>It works!</h1></body></html>";

/// Answers every request with a page for people.
#[derive(Debug)]
pub struct WebPage {
    port: u16,
    server: JoinHandle<()>,
}

impl WebPage {
    /// Opens it at a free port.
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = tokio::spawn(async move {
            loop {
                let Ok((mut stream, _)) = listener.accept().await else {
                    return;
                };
                let mut request = [0; 4096];
                if stream.read(&mut request).await.is_ok() {
                    let length = PAGE.len();
                    let answer = format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {length}\r\n\
                         Connection: close\r\n\r\n{PAGE}"
                    );
                    // whoever has gone away needs no page
                    drop(stream.write_all(answer.as_bytes()).await);
                }
            }
        });
        Self { port, server }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Closes it; its port is free then.
    pub async fn close(self) {
        self.server.abort();
        // it ends by being aborted
        drop(self.server.await);
    }
}
