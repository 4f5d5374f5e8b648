//! One login serves all; an expired one is renewed once.

use crate::said::{LATER, PAGE, V2S_CREATED, ask, connect, deployment, jwt, logged_in};
use crate::stage::{Received, Says, Stage, ok};
use asking::{Act, Dialect, HeadEnd, Item, RefusalKind, Secret};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use tokio::task::JoinSet;

const ROWS: &str = r#"{"code":0,"reason":"success","result":{"total":0,"data":[]}}"#;

/// Gives a new pass at each login, and answers those who show the newest.
async fn strict(first_good: u64) -> Stage {
    let newest = AtomicU64::new(0);
    Stage::plays(move |request: &Received, before| {
        if request.path.ends_with("/login") {
            let number = u64::try_from(before).unwrap() + 1;
            newest.store(number, Ordering::SeqCst);
            return ok(&logged_in(&jwt(LATER + number)));
        }
        let number = newest.load(Ordering::SeqCst);
        let good = request.pass == Some(format!("Bearer {}", jwt(LATER + number)));
        if good && number >= first_good {
            ok(ROWS)
        } else {
            Says::Json(401, String::new())
        }
    })
    .await
}

#[tokio::test]
async fn a_login_serves_every_call_after_it() {
    let stage = strict(1).await;
    let head_end = connect(Dialect::Station, &stage.url);
    for _ in 0..3 {
        head_end.meters(PAGE).await.unwrap();
    }
    assert_eq!(stage.received("/login").len(), 1);
}

#[tokio::test]
async fn many_calls_with_an_expired_login_log_in_once() {
    let stage = strict(2).await;
    let head_end = connect(Dialect::Station, &stage.url);
    head_end.login().await.unwrap();
    let head_end: Arc<dyn HeadEnd> = head_end.into();
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let head_end = head_end.clone();
        calls.spawn(async move { head_end.meters(PAGE).await });
    }
    for answer in calls.join_all().await {
        answer.unwrap();
    }
    assert_eq!(stage.received("/login").len(), 2);
}

#[tokio::test]
async fn a_second_401_means_logged_out_and_is_not_tried_again() {
    let stage = strict(u64::MAX).await;
    let head_end = connect(Dialect::Station, &stage.url);
    let refusal = head_end.meters(PAGE).await.unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::LoggedOut);
    assert_eq!(stage.received("/api/meter/read").len(), 2);
    assert_eq!(stage.received("/login").len(), 2);
}

#[tokio::test]
async fn a_create_that_was_refused_with_401_is_sent_again_after_the_login() {
    let stage = Stage::plays(|request, before| match request.path.as_str() {
        "/api/user/login" => ok(&logged_in(&jwt(LATER))),
        _ if before == 0 => Says::Json(401, String::new()),
        _ => ok(V2S_CREATED),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    let task = head_end
        .create(&ask("47005300000", Act::Read(Item::Credit)))
        .await;
    assert_eq!(task.unwrap().0, "3557");
    assert_eq!(stage.received("Create").len(), 2);
}

#[tokio::test]
async fn a_pass_whose_end_has_passed_already_is_used_until_it_is_refused() {
    // the server's clock is behind ours
    let stage = Stage::plays(|request, _| match request.path.as_str() {
        "/api/user/login" => ok(&logged_in(&jwt(1))),
        _ => ok(ROWS),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    for _ in 0..3 {
        head_end.meters(PAGE).await.unwrap();
    }
    assert_eq!(stage.received("/login").len(), 1);
}

#[tokio::test]
async fn the_concentrator_logs_in_with_its_company() {
    let stage = Stage::plays(|request, _| match request.path.as_str() {
        "/API/User/Login" => ok(&logged_in(&jwt(LATER))),
        _ => ok(ROWS),
    })
    .await;
    connect(Dialect::Concentrator, &stage.url)
        .login()
        .await
        .unwrap();
    let body = stage.body("Login");
    assert_eq!(body["userId"], "ops");
    assert_eq!(body["company"], "<company>");
}

#[tokio::test]
async fn a_password_that_was_mended_is_taken_up_without_a_new_start() {
    let stage = Stage::plays(|request: &Received, _| {
        if !request.path.ends_with("/login") {
            return ok(ROWS);
        }
        if request.body.contains("the-right-one") {
            return ok(&logged_in(&jwt(LATER)));
        }
        ok(r#"{"code":1,"reason":"invalid username or password","result":null}"#)
    })
    .await;
    let mut as_it_is = deployment(Dialect::Station, &stage.url);
    as_it_is.password = Secret::new("the-wrong-one");
    let file = Arc::new(Mutex::new(as_it_is.clone()));
    let reads = {
        let file = file.clone();
        Box::new(move || Some(file.lock().unwrap().clone()))
    };
    let head_end = hes::connect_renewing(as_it_is, reads).unwrap();
    let refusal = head_end.login().await.unwrap_err();
    assert_eq!(refusal.kind, RefusalKind::LoginRefused);
    assert_eq!(stage.received("/login").len(), 1, "nothing else to try");

    file.lock().unwrap().password = Secret::new("the-right-one");
    head_end.login().await.unwrap();
    head_end.meters(PAGE).await.unwrap();
    assert_eq!(stage.received("/login").len(), 3);
    let seen = format!("{head_end:?} {:?}", head_end.exchanges());
    assert!(!seen.contains("the-right-one"), "{seen}");
}
