//! The receiver of webhooks: what it takes, and what it meets.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use client::{send, small, still};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sim::{Fault, FaultName, Password, Running, Scene, WebhookStats};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const BODY: &str = r#"{"type":"command.verified"}"#;

fn scene() -> Scene {
    Scene {
        webhook_secret: Some(Password(SECRET.to_owned())),
        ..small()
    }
}

fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

fn signed(id: &str, at: u64, body: &str) -> String {
    let key = BASE64.decode(&SECRET["whsec_".len()..]).unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    BASE64.encode(mac.finalize().into_bytes())
}

async fn tell(running: &Running, id: &str, at: u64, signature: &str, body: &str) -> Option<u16> {
    let headers = format!(
        "webhook-id: {id}\r\nwebhook-timestamp: {at}\r\nwebhook-signature: {signature}\r\n"
    );
    let came = send(&running.control_url, "POST", "/sim/webhook", &headers, body).await;
    came.ok().map(|came| came.status)
}

async fn rightly(running: &Running, id: &str) -> Option<u16> {
    let at = now();
    tell(
        running,
        id,
        at,
        &format!("v1,{}", signed(id, at, BODY)),
        BODY,
    )
    .await
}

fn heard(distinct: u64, repeats: u64, bad: u64, faults: u64) -> WebhookStats {
    WebhookStats {
        distinct,
        repeats,
        bad,
        faults,
    }
}

#[tokio::test]
async fn distinct_messages_repeats_and_bad_signatures_are_counted_apart() {
    let running = still(scene()).await;
    for id in ["msg_1", "msg_2", "msg_1"] {
        assert_eq!(rightly(&running, id).await, Some(204));
    }
    assert_eq!(running.handle.stats().webhook, heard(2, 1, 0, 0));
    let (at, right) = (now(), signed("msg_3", now(), BODY));
    for (id, at, signature, body) in [
        ("msg_3", at, "v1,AAAA".to_owned(), BODY),
        ("msg_3", at, right.clone(), BODY),
        ("msg_3", at, format!("v1a,{right}"), BODY),
        ("msg_4", at, format!("v1,{right}"), BODY),
        (
            "msg_3",
            at,
            format!("v1,{right}"),
            r#"{"type":"command.failed"}"#,
        ),
        ("msg_3", at + 1, format!("v1,{right}"), BODY),
        (
            "msg_3",
            at - 301,
            format!("v1,{}", signed("msg_3", at - 301, BODY)),
            BODY,
        ),
        ("", at, format!("v1,{}", signed("", at, BODY)), BODY),
    ] {
        let told = tell(&running, id, at, &signature, body).await;
        assert_eq!(told, Some(401), "{id} {signature} {body}");
    }
    assert_eq!(running.handle.stats().webhook, heard(2, 1, 8, 0));
    // one of several signatures is enough
    let several = format!("v1,AAAA v1,{right}");
    assert_eq!(tell(&running, "msg_3", at, &several, BODY).await, Some(204));
    running.handle.reset_stats();
    assert_eq!(running.handle.stats().webhook, heard(0, 0, 0, 0));
}

#[tokio::test]
async fn only_faults_that_name_it_are_met_and_no_head_meets_them() {
    let running = still(scene()).await;
    running
        .handle
        .set_faults(vec![Fault::always(FaultName::Html503)]);
    assert_eq!(rightly(&running, "msg_1").await, Some(204));
    for (fault, status, counted) in [
        (FaultName::Html503, Some(503), heard(1, 0, 0, 1)),
        (FaultName::MessageJson, Some(500), heard(1, 0, 0, 2)),
        (FaultName::ExpiredToken, Some(401), heard(1, 0, 0, 3)),
        (FaultName::Reset, None, heard(1, 0, 0, 4)),
        // it was heard, and nobody learns of it
        (FaultName::LostAnswer, None, heard(2, 0, 0, 4)),
    ] {
        let once = Fault::once(fault).on("/sim/webhook");
        running.handle.set_faults(vec![once]);
        assert_eq!(rightly(&running, "msg_2").await, status, "{fault:?}");
        assert_eq!(running.handle.stats().webhook, counted, "{fault:?}");
    }
    assert_eq!(rightly(&running, "msg_2").await, Some(204));
    assert_eq!(running.handle.stats().webhook, heard(2, 1, 0, 4));
    running
        .handle
        .set_faults(vec![Fault::always(FaultName::Hang).on("webhook")]);
    let hangs = tokio::time::timeout(Duration::from_millis(200), rightly(&running, "msg_3"));
    assert!(hangs.await.is_err());
}

#[tokio::test]
async fn without_a_secret_nobody_listens() {
    let running = still(small()).await;
    assert_eq!(rightly(&running, "msg_1").await, Some(404));
    assert_eq!(running.handle.stats().webhook, heard(0, 0, 0, 0));
}
