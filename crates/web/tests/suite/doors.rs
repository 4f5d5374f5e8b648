//! Who is let in, and to what.

use crate::ask::{Installation, came};
use crate::house;
use crate::office::{OPENED, Office, doors};
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use desk::command::CommandRules;
use serde_json::json;

/// Everything that can be read, for whoever may see.
fn reads() -> Vec<String> {
    let meter = house::number(OPENED);
    let mut paths: Vec<String> = ["worklist", "meters", "commands", "stop"]
        .map(|name| format!("/api/v1/{name}"))
        .into();
    paths.extend(["", "/hold", "/findings"].map(|part| format!("/api/v1/meters/{meter}{part}")));
    paths
}

const PAGES: [&str; 4] = ["/", "/meters", "/cases/1", "/nowhere"];
const BOOKS: [&str; 2] = ["/api/v1/audit", "/api/v1/tokens"];
const KEY: [(&str, &str); 1] = [("idempotency-key", "one")];

#[tokio::test]
async fn while_there_is_nobody_all_is_read_and_nothing_done() {
    let it = Installation::full().await;
    for path in reads().iter().map(String::as_str).chain(BOOKS) {
        assert_eq!(it.get(path).await.status, StatusCode::OK, "{path}");
    }
    for (method, path, body) in doors() {
        let request = Request::builder().method(&method).uri(&path);
        let request = request.header("idempotency-key", "one");
        let came = it.ask(request.body(Body::from(body.to_string())).unwrap());
        let came = came.await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{method} {path}");
        let detail = came.json()["detail"].as_str().unwrap().to_owned();
        assert_eq!(
            detail,
            "there are no users yet: make the first with calinmeter user add NAME --role admin"
        );
    }
    let sign_in = json!({ "name": "boss", "password": "whatever it is" }).to_string();
    let sign_in = Request::post("/api/v1/session").body(Body::from(sign_in));
    let came = it.ask(sign_in.unwrap()).await;
    assert_eq!(came.status, StatusCode::UNAUTHORIZED);
    assert!(came.body.contains("no users yet"));
}

#[tokio::test]
async fn once_there_is_somebody_nobody_else_sees_anything() {
    let office = Office::open().await;
    for path in reads().iter().map(String::as_str).chain(BOOKS) {
        let came = office.get("", path).await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{path}");
        assert_eq!(came.header("www-authenticate"), "Bearer");
        assert_eq!(came.header("content-type"), "application/problem+json");
        assert!(came.body.contains("POST /api/v1/session"), "{path}");
    }
    for (method, path, body) in doors() {
        let came = office
            .send("", method, &path, &body.to_string(), &KEY)
            .await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{path}");
    }
    for path in PAGES {
        let came = office.get("", path).await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{path}");
        assert!(came.body.contains("POST /api/v1/session"), "{path}");
        assert!(!came.body.contains("1008"), "{path}");
    }
    for path in ["/healthz", "/readyz", "/style.css", "/favicon.ico"] {
        assert_eq!(office.get("", path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn whoever_is_known_sees_and_a_key_that_is_none_opens_nothing() {
    let office = Office::open().await;
    for path in reads() {
        for who in ["guest", "field", "desk", "second", "books", "boss"] {
            let status = office.get(who, &path).await.status;
            assert_eq!(status, StatusCode::OK, "{who} {path}");
        }
    }
    let guest = office.key("guest").to_owned();
    let mut other = guest.clone();
    other.replace_range(
        3..4,
        if guest[3..].starts_with('A') {
            "B"
        } else {
            "A"
        },
    );
    let (other, basic) = (format!("Bearer {other}"), format!("Basic {guest}"));
    for header in ["Bearer x", "Bearer ", &other, &basic] {
        let headers = [("authorization", header)];
        let path = "/api/v1/worklist";
        let came = office.send("", Method::GET, path, "", &headers).await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{header}");
        assert!(!came.body.contains("cm_"), "a key is repeated");
    }
    let disabled = office
        .people
        .disable(&office.boss, "guest", true, office.it.now);
    disabled.await.unwrap();
    let came = office.get("guest", "/api/v1/worklist").await;
    assert_eq!(came.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_viewer_is_refused_at_every_door_by_which_something_is_done() {
    let office = Office::open().await;
    // a command that is there to be decided about, and a hold that is there to be released
    let wish = json!({ "kind": "disconnect", "reason": "moved out" });
    let came = office.wish("desk", OPENED, "a", &wish).await;
    let id = came.json()["id"].as_str().unwrap().to_owned();
    let hold = format!("/api/v1/meters/{}/hold", house::number(OPENED));
    let why = json!({ "kind": "medical", "why": "a ventilator" });
    let put = office.put("desk", Method::PUT, &hold, &why).await;
    assert_eq!(put.status, StatusCode::CREATED);
    for (method, path, body) in doors() {
        let path = path.replace(&format!("{}-1", house::number(OPENED)), &id);
        let body = body.to_string();
        let came = office
            .send("guest", method.clone(), &path, &body, &KEY)
            .await;
        assert_eq!(
            came.status,
            StatusCode::FORBIDDEN,
            "{method} {path}: {}",
            came.body
        );
    }
    for path in BOOKS {
        assert_eq!(
            office.get("guest", path).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
    let kept = office
        .json("guest", &format!("/api/v1/commands/{id}"))
        .await;
    assert_eq!(kept["state"], "proposed");
}

#[tokio::test]
async fn the_books_are_for_those_who_may_look_into_them() {
    let office = Office::open().await;
    let rows = [
        ("field", [false, false]),
        ("desk", [false, true]),
        ("books", [true, true]),
        ("boss", [true, true]),
    ];
    for (who, may) in rows {
        for (path, may) in BOOKS.into_iter().zip(may) {
            let status = office.get(who, path).await.status;
            assert_eq!(status == StatusCode::OK, may, "{who} {path}");
        }
    }
}

#[tokio::test]
async fn where_everybody_may_read_nobody_unknown_does_more() {
    let office = Office::ruled(CommandRules::default(), true).await;
    for path in reads().iter().map(String::as_str).chain(["/", "/meters"]) {
        assert_eq!(office.get("", path).await.status, StatusCode::OK, "{path}");
    }
    let stale = [("cookie", "cm=cm_stale")];
    let came = office.send("", Method::GET, "/", "", &stale).await;
    assert_eq!(came.status, StatusCode::OK);
    for path in BOOKS {
        assert_eq!(
            office.get("", path).await.status,
            StatusCode::UNAUTHORIZED,
            "{path}"
        );
    }
    for (method, path, body) in doors() {
        let came = office
            .send("", method, &path, &body.to_string(), &KEY)
            .await;
        assert_eq!(came.status, StatusCode::UNAUTHORIZED, "{path}");
    }
}

#[tokio::test]
async fn a_process_that_only_reads_takes_no_commands_and_asks_who_it_is_all_the_same() {
    let office = Office::open().await;
    let router = web::router(office.it.state());
    let ask = async |key: Option<&str>, method: &Method, path: &str, body: &str| {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("idempotency-key", "one");
        if let Some(key) = key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let request = request.body(Body::from(body.to_owned())).unwrap();
        came(router.clone(), request).await.status
    };
    let path = "/api/v1/worklist";
    assert_eq!(
        ask(None, &Method::GET, path, "").await,
        StatusCode::UNAUTHORIZED
    );
    let key = Some(office.key("desk"));
    assert_eq!(ask(key, &Method::GET, path, "").await, StatusCode::OK);
    for (method, path, body) in doors()
        .iter()
        .filter(|(_, path, _)| path.contains("commands"))
    {
        let status = ask(key, method, path, &body.to_string()).await;
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
    }
}
