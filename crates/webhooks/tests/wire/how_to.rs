//! The receiver that the how-to page prints is one.

use crate::stage::{SECRET, endpoint};
use fleet::Moment;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use webhooks::{Endpoint, Keys};

const PAGE: &str = include_str!("../../../../docs/how-to/receive-webhooks.md");

/// The program of the page, without the indent of its list.
fn program() -> String {
    let (_, rest) = PAGE.split_once("```python\n").unwrap();
    let (code, _) = rest.split_once("   ```\n").unwrap();
    let lines = code
        .lines()
        .map(|line| line.strip_prefix("   ").unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n")
}

/// It ends with the test.
struct Python(Child);

impl Drop for Python {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn started(secrets: &str) -> Option<(Python, impl Iterator<Item = String>)> {
    let child = Command::new("python3")
        .args(["-c", &program()])
        .env("WEBHOOK_SECRET", secrets)
        .env("PORT", "0")
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        assert!(
            std::env::var_os("CI").is_none(),
            "python3 is missing: install it"
        );
        eprintln!("SKIPPED: python3 is missing; install it to run this test");
        return None;
    };
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    Some((Python(child), lines.map(Result::unwrap)))
}

#[tokio::test]
async fn the_receiver_of_the_page_takes_what_is_signed_and_nothing_else() {
    let other = format!("{}AAAA", &SECRET[..SECRET.len() - 4]);
    let both = format!("{other}\n{SECRET}");
    let Some((_python, mut lines)) = started(&both) else {
        return;
    };
    let first = lines.next().unwrap();
    let url = format!(
        "http://127.0.0.1:{}/calinmeter",
        first.rsplit(' ').next().unwrap()
    );
    let told = |keys: &str| {
        let endpoint = Endpoint {
            keys: Keys::parse(keys).unwrap(),
            ..endpoint(&url)
        };
        webhooks::test(endpoint, Moment(1_785_909_600_000), Duration::from_secs(10))
    };
    for keys in [SECRET, &other, &both] {
        assert_eq!(told(keys).await.unwrap(), Ok(()));
    }
    let foreign = format!("{}BBBB", &SECRET[..SECRET.len() - 4]);
    let refused = told(&foreign).await.unwrap().unwrap_err();
    assert!(refused.contains("401"), "{refused}");
    // it was the same message each time: it is told once
    assert_eq!(
        lines.next().as_deref(),
        Some("webhook.test 2026-08-05T06:00:00Z {}")
    );
}
