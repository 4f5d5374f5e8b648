//! Probes, headers, and what happens when something is broken.

use crate::ask::{Installation, came, commands};
use crate::house::{self, Health};
use axum::body::Body;
use axum::http::{Request, StatusCode, request as http};
use desk::command::CommandRules;
use desk::people::People;
use fleet::MINUTE;
use std::sync::Arc;
use store::{OpenOptions, Store};
use web::HeadEndHealth;

#[tokio::test]
async fn a_program_that_works_is_alive_and_ready() {
    let down = Installation::with(|now| vec![house::down(now)]).await;
    assert_eq!(down.page("/healthz").await, "ok\n");
    let ready = down.json("/readyz").await;
    assert_eq!(
        ready["ready"], true,
        "a head-end that is down is no reason: {ready}"
    );
    assert_eq!(ready["head_ends"][0]["up"], false);
}

#[tokio::test]
async fn a_poller_that_stopped_or_never_began_is_a_reason_not_to_be_ready() {
    let asleep = |now: fleet::Moment| HeadEndHealth {
        name: "asleep".to_owned(),
        heartbeat: Some(now.plus(-3 * MINUTE)),
        ..house::well(now)
    };
    let never = |now: fleet::Moment| HeadEndHealth {
        name: "never".to_owned(),
        heartbeat: None,
        ..house::well(now)
    };
    let some = Installation::with(|now| vec![house::well(now), asleep(now), never(now)]).await;
    let came = some.get("/readyz").await;
    assert_eq!(came.status, StatusCode::SERVICE_UNAVAILABLE);
    let body: serde_json::Value = serde_json::from_str(&came.body).unwrap();
    let reasons = body["reasons"].as_array().unwrap();
    assert_eq!(reasons.len(), 2, "{body}");
    assert!(reasons[0].as_str().unwrap().contains("asleep"));
    assert!(reasons[1].as_str().unwrap().contains("has not begun"));
}

#[tokio::test]
async fn a_store_that_is_gone_is_one_sentence_and_no_internals() {
    let full = Installation::full().await;
    full.store.close().await;
    let meter = format!("/meters/{}", house::number(7));
    for path in ["/", "/meters", "/cases/1", &meter, "/?lang=fr"] {
        let came = full.get(path).await;
        assert_eq!(came.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert!(came.body.contains("calinmeter doctor"), "{path}");
        assert_eq!(came.header("retry-after"), "5");
        for inside in ["sqlx", "Pool", "pool", "SELECT"] {
            assert!(!came.body.contains(inside), "{path}: {inside}");
        }
    }
    let api = full.get("/api/v1/worklist").await;
    assert_eq!(api.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(api.header("content-type"), "application/problem+json");
    assert_eq!(
        full.get("/readyz").await.status,
        StatusCode::SERVICE_UNAVAILABLE
    );
    assert_eq!(full.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn every_answer_keeps_the_browser_from_loading_or_running_anything_else() {
    let full = Installation::full().await;
    let paths = [
        "/",
        "/meters",
        "/cases/1",
        "/nowhere",
        "/api/v1/worklist",
        "/healthz",
        "/style.css",
        "/favicon.ico",
    ];
    for path in paths {
        let came = full.get(path).await;
        assert!(
            came.header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(came.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(came.header("x-frame-options"), "DENY", "{path}");
        if came.header("content-type").starts_with("text/html") {
            for foreign in ["<script", " style=", "src=", "://", " on"] {
                assert!(!tags(&came.body).contains(foreign), "{path}: {foreign}");
            }
            assert!(came.header("cache-control").contains("private"), "{path}");
        }
    }
    assert_eq!(
        full.get("/favicon.ico").await.header("content-type"),
        "image/svg+xml"
    );
    let style = full.get("/style.css").await;
    assert!(style.header("cache-control").contains("immutable"));
    let loaded = style.body.split("url(").skip(1);
    assert!(
        loaded.clone().count() == 1 && loaded.clone().all(|it| it.starts_with("\"/mark.woff2\")")),
        "nothing is loaded from elsewhere"
    );
}

/// The tags of a page without the text between them.
fn tags(html: &str) -> String {
    html.split('<')
        .filter_map(|piece| piece.split_once('>').map(|(tag, _)| format!("<{tag}>")))
        .collect()
}

#[tokio::test]
async fn a_strangers_name_for_us_is_not_answered() {
    let full = Installation::empty().await;
    let state = web::State {
        store: full.store.clone(),
        clock: desk::Clock::running(1),
        health: Arc::new(Health::default()),
        title: "CalinMeter".to_owned(),
        hosts: web::LOOPBACK_HOSTS.map(str::to_owned).into(),
        metrics: None,
    };
    let router = web::router(state);
    let ask = |host: &str| {
        Request::get("/")
            .header("host", host)
            .body(Body::empty())
            .unwrap()
    };
    let refused = came(router.clone(), ask("evil.example:8080")).await;
    assert_eq!(refused.status, StatusCode::MISDIRECTED_REQUEST);
    let ours = came(router, ask("127.0.0.1:8080")).await;
    assert_eq!(ours.status, StatusCode::OK);
}

#[tokio::test]
async fn requests_and_work_are_measured_by_route_and_status() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("web.db").display());
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let clock = desk::Clock::running(1);
    house::fill(&store, clock.now()).await;
    let state = web::State {
        store,
        clock,
        health: Arc::new(Health {
            head_ends: vec![house::down(clock.now())],
            trouble: None,
        }),
        title: "CalinMeter".to_owned(),
        hosts: Vec::new(),
        metrics: Some(web::install_recorder().unwrap()),
    };
    let (commands, people) = (
        commands(&state.store, clock, CommandRules::default()).await,
        People::new(state.store.clone()),
    );
    let doors = web::Doors {
        commands: Some(commands),
        people,
        anonymous_reads: false,
    };
    let router = web::router_with(state, doors);
    let ask = |request: http::Builder| came(router.clone(), request.body(Body::empty()).unwrap());
    // the other tests are measured too, and none of them asks by this method
    ask(Request::head("/meters/47999999999")).await;
    ask(Request::head("/nowhere/at/all")).await;
    let text = ask(Request::get("/metrics")).await.body;
    for line in [
        "http_request_duration_seconds_bucket{method=\"HEAD\",path=\"/meters/{meter}\",status=\"404\",le=\"10\"} 1",
        "http_request_duration_seconds_count{method=\"HEAD\",path=\"none\",status=\"404\"} 1",
        "head_end_up{head_end=\"main\"} 0",
        "head_end_waiting{head_end=\"main\"} 17",
        "open_cases{decision=\"visit\"} 10",
        "explained_cases 6",
        "calinmeter_commands{kind=\"reconnect\",state=\"queued\"} 0",
        "calinmeter_command_oldest_seconds{state=\"queued\"} 0",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[tokio::test]
async fn the_server_ends_when_it_is_told_to() {
    let full = Installation::empty().await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let state = web::State {
        store: full.store.clone(),
        clock: desk::Clock::running(1),
        health: Arc::new(Health::default()),
        title: "CalinMeter".to_owned(),
        hosts: Vec::new(),
        metrics: None,
    };
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let shutdown = async {
        ended.await.unwrap();
    };
    let serving = tokio::spawn(web::serve(listener, web::router(state), shutdown));
    end.send(()).unwrap();
    serving.await.unwrap().unwrap();
}
