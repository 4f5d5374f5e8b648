//! Signing in and out, and what a cookie may do.

use crate::ask::Came;
use crate::house;
use crate::office::{Office, WORD};
use axum::http::{Method, StatusCode};
use serde_json::json;

const SESSION: &str = "/api/v1/session";

async fn sign_in(office: &Office, name: &str, word: &str) -> Came {
    let body = json!({ "name": name, "password": word });
    office.post("", SESSION, &body).await
}

#[tokio::test]
async fn a_session_opens_with_the_password_and_ends_when_it_is_closed() {
    let office = Office::open().await;
    let came = sign_in(&office, "boss", WORD).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let token = came.json()["token"].as_str().unwrap().to_owned();
    assert!(token.starts_with("cm_") && came.json()["until"].as_str().unwrap().ends_with('Z'));
    let cookie = came.header("set-cookie");
    assert_eq!(
        cookie,
        format!("cm={token}; Path=/; HttpOnly; SameSite=Strict")
    );
    assert_eq!(came.header("cache-control"), "no-store");

    let by_token = format!("Bearer {token}");
    let by_cookie = format!("theme=dark; cm={token}");
    for header in [("authorization", by_token.as_str()), ("cookie", &by_cookie)] {
        let came = office.send("", Method::GET, "/", "", &[header]).await;
        assert_eq!(came.status, StatusCode::OK);
    }
    let bearer = [("authorization", by_token.as_str())];
    let closed = office.send("", Method::DELETE, SESSION, "", &bearer).await;
    assert_eq!(closed.status, StatusCode::OK, "{}", closed.body);
    assert!(closed.header("set-cookie").contains("Max-Age=0"));
    let came = office
        .send("", Method::GET, "/api/v1/stop", "", &bearer)
        .await;
    assert_eq!(came.status, StatusCode::UNAUTHORIZED);
    // a key is no session
    let key = office.send("desk", Method::DELETE, SESSION, "", &[]).await;
    assert_eq!(key.status, StatusCode::CONFLICT);
    assert_eq!(
        office.get("desk", "/api/v1/stop").await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_wrong_password_says_nothing_and_many_have_to_wait() {
    let office = Office::open().await;
    for name in ["boss", "nobody", "<script>"] {
        let came = sign_in(&office, name, "wrong horse").await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{name}");
        let detail = came.json()["detail"].as_str().unwrap().to_owned();
        assert!(
            detail.starts_with("the name or the password is wrong"),
            "{detail}"
        );
        assert_eq!(came.header("set-cookie"), "");
    }
    let mut last = StatusCode::OK;
    for _ in 0..6 {
        last = sign_in(&office, "boss", "wrong horse").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let came = sign_in(&office, "boss", WORD).await;
    assert_eq!(came.header("retry-after"), "30");
    let odd = office.post("", SESSION, &json!({ "name": "boss" })).await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_a_cookie_lets_in_has_to_come_from_a_page_of_ours() {
    let office = Office::open().await;
    let token = sign_in(&office, "boss", WORD).await.json()["token"].clone();
    let cookie = format!("cm={}", token.as_str().unwrap());
    let meter = format!("/api/v1/meters/{}", house::number(3));
    let json = ("content-type", "application/json");
    let own = ("origin", "http://desk.example");
    let foreign = ("origin", "http://evil.example");
    let (same, cross) = (
        ("sec-fetch-site", "same-origin"),
        ("sec-fetch-site", "cross-site"),
    );
    let rows: [(&[_], u16); 6] = [
        (&[json, own], 200),
        (&[json, same], 200),
        (&[json], 403),
        (&[json, foreign], 403),
        (&[json, own, cross], 403),
        (&[("content-type", "text/plain"), own], 415),
    ];
    for (more, status) in rows {
        let mut headers = vec![("host", "desk.example"), ("cookie", cookie.as_str())];
        headers.extend(more);
        let came = office
            .send("", Method::PUT, &meter, r#"{"solar":true}"#, &headers)
            .await;
        assert_eq!(came.status.as_u16(), status, "{more:?}: {}", came.body);
    }
    // reading needs none of it, and a key is sent by nobody but its owner
    let read = [("cookie", cookie.as_str()), cross];
    let came = office.send("", Method::GET, &meter, "", &read).await;
    assert_eq!(came.status, StatusCode::OK);
    let (path, body) = (meter.as_str(), r#"{"solar":false}"#);
    let came = office
        .send("desk", Method::PUT, path, body, &[foreign])
        .await;
    assert_eq!(came.status, StatusCode::OK);
    // nor does a foreign page sign anybody in
    let body = json!({ "name": "boss", "password": WORD }).to_string();
    let came = office
        .send("", Method::POST, SESSION, &body, &[json, cross])
        .await;
    assert_eq!(
        (came.status, came.header("set-cookie")),
        (StatusCode::FORBIDDEN, "")
    );
}
