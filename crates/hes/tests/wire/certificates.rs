//! Whom we speak with is proved before anything is said.

use crate::said::{connect, deployment};
use crate::stage::{Stage, ok};
use crate::tls::signed_by_itself;
use asking::{Dialect, Reached, RefusalKind};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

async fn login_over_tls(until: i32) -> (asking::Refusal, usize) {
    let stage = Stage::over(|_, _| ok("{}"), Some(signed_by_itself(until))).await;
    let head_end = connect(Dialect::Station, &stage.url);
    let refusal = head_end.login().await.unwrap_err();
    (refusal, stage.received("").len())
}

#[tokio::test]
async fn an_expired_certificate_is_named_and_no_password_is_sent() {
    let (refusal, received) = login_over_tls(2021).await;
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Certificate, Reached::No)
    );
    assert_eq!(refusal.said, "it has expired");
    assert_eq!(received, 0);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_named() {
    let (refusal, received) = login_over_tls(2100).await;
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Certificate, Reached::No)
    );
    assert_eq!(refusal.said, "its issuer is not trusted on this machine");
    assert_eq!(received, 0);
}

#[tokio::test]
async fn https_at_a_port_that_speaks_http_is_unreachable_and_not_a_bad_certificate() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let plain = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let refused = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(refused).await.unwrap();
        stream.flush().await.unwrap();
        std::future::pending::<()>().await;
    });
    let refusal = connect(Dialect::Station, &url).login().await.unwrap_err();
    plain.abort();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Unreachable, Reached::No)
    );
}

#[test]
fn an_address_that_is_none_is_our_own_error_and_does_not_show_a_password() {
    let url = "http://ops:hunter2@10.0.0.1:9310";
    let error = hes::connect(deployment(Dialect::Station, url)).unwrap_err();
    assert!(matches!(error, hes::HesError::Address { .. }));
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn a_company_that_is_missing_is_said_before_anything_is_sent() {
    for dialect in [Dialect::Concentrator, Dialect::V1] {
        let mut deployment = deployment(dialect, "http://127.0.0.1:1");
        deployment.company = None;
        let error = hes::connect(deployment).unwrap_err();
        assert!(
            error.to_string().ends_with("needs the setting company"),
            "{error}"
        );
    }
}
