//! Every way a head-end refuses gets its name, and says whether the request may have been carried
//! out all the same.

use crate::said::{
    LATER, PAGE, V1_REFUSED, V2S_BAD_QUERY, V2S_CREATED, V2S_LOGIN_REFUSED, V2S_PROBLEM, ask,
    connect, deployment, jwt, logged_in, watched,
};
use crate::stage::{Says, Stage, ok};
use asking::{Act, Dialect, Item, Reached, Refusal, RefusalKind};
use tokio::net::TcpListener;

const METER: &str = "47005300000";

/// A create meets this fate at a station whose login works.
async fn create(fate: impl Fn() -> Says + Send + Sync + 'static) -> Refusal {
    let stage = Stage::plays(move |request, _| match request.path.as_str() {
        "/api/user/login" => ok(&logged_in(&jwt(LATER))),
        _ => fate(),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    head_end
        .create(&ask(METER, Act::Reconnect))
        .await
        .unwrap_err()
}

/// A login meets this fate.
async fn login(dialect: Dialect, fate: impl Fn() -> Says + Send + Sync + 'static) -> Refusal {
    let stage = Stage::plays(move |_, _| fate()).await;
    connect(dialect, &stage.url).login().await.unwrap_err()
}

fn json(status: u16, body: &str) -> impl Fn() -> Says + Send + Sync + 'static {
    let body = body.to_owned();
    move || Says::Json(status, body.clone())
}

fn page(status: u16) -> impl Fn() -> Says + Send + Sync + 'static {
    move || Says::Page(status, "<!DOCTYPE html><title>Service Unavailable</title>")
}

fn is(refusal: &Refusal, kind: RefusalKind, reached: Reached) {
    assert_eq!(
        (refusal.kind, refusal.reached),
        (kind, reached),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_create_that_was_refused_surely_was_not_carried_out() {
    use RefusalKind as K;
    let code = r#"{"code":1,"reason":"meter offline","result":null}"#;
    for (fate, kind, said) in [
        (
            json(400, V2S_PROBLEM),
            K::BadRequest,
            "400 One or more validation errors occurred. The Lang field is required.",
        ),
        (json(403, ""), K::Forbidden, "403"),
        (json(404, ""), K::NoSuchPath, "404"),
        (json(405, ""), K::NoSuchPath, "405"),
        (json(415, ""), K::BadRequest, "415"),
        (
            json(429, r#"{"Message":"slow down"}"#),
            K::ServerFailed,
            "429 slow down",
        ),
        (
            // the status is heard before the envelope
            json(403, V2S_CREATED),
            K::Forbidden,
            "403 success",
        ),
        (json(200, code), K::Code, "1 meter offline"),
        (
            json(200, V2S_BAD_QUERY),
            K::Code,
            "99 Query failed, please try again",
        ),
    ] {
        let refusal = create(fate).await;
        is(&refusal, kind, Reached::No);
        assert_eq!(refusal.said, said);
    }
}

#[tokio::test]
async fn a_create_whose_answer_is_no_answer_may_have_been_carried_out() {
    use RefusalKind as K;
    let empty = r#"{"code":0,"reason":"success","result":[]}"#;
    for (fate, kind, said) in [
        (
            json(500, r#"{"Message":"An error has occurred."}"#),
            K::ServerFailed,
            "500 An error has occurred.",
        ),
        (json(502, ""), K::ServerFailed, "502"),
        (json(200, ""), K::NotJson, "an empty body"),
        (json(200, "Maintenance"), K::NotJson, "Maintenance"),
        (
            json(200, "{\"code\":0,\"rea"),
            K::NotJson,
            "{\"code\":0,\"rea",
        ),
        (json(200, "[]"), K::Shape, "there is no code in it"),
        (json(200, V1_REFUSED), K::Shape, "there is no code in it"),
        (json(200, empty), K::Empty, ""),
    ] {
        let refusal = create(fate).await;
        is(&refusal, kind, Reached::Perhaps);
        assert_eq!(refusal.said, said);
    }
    for status in [200, 500, 503] {
        let refusal = create(page(status)).await;
        is(&refusal, K::HtmlPage, Reached::Perhaps);
        assert_eq!(refusal.said, format!("{status} Service Unavailable"));
    }
    is(
        &create(|| Says::BreaksOff).await,
        K::Reset,
        Reached::Perhaps,
    );
    is(&create(|| Says::Half).await, K::Reset, Reached::Perhaps);
}

#[tokio::test]
async fn a_business_refusal_that_brings_content_leaves_it_open() {
    let body = r#"{"code":5,"reason":"partly","result":[{"meterId":"47005300000"}]}"#;
    is(
        &create(json(200, body)).await,
        RefusalKind::Code,
        Reached::Perhaps,
    );
}

#[tokio::test]
async fn where_there_is_a_task_id_there_is_a_task_whatever_the_code_says() {
    let stage = Stage::plays(|request, _| match request.path.as_str() {
        "/api/user/login" => ok(&logged_in(&jwt(LATER))),
        _ => ok(r#"{"code":99,"reason":"other","result":[{"id":"77"}]}"#),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    let task = head_end.create(&ask(METER, Act::Reconnect)).await;
    assert_eq!(task.unwrap().0, "77");
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_shows_no_query() {
    let stage = Stage::plays(|_, _| {
        let head = "302 Found\r\nLocation: http://127.0.0.1:1/elsewhere?token=hunter2hunter2";
        Says::Raw(head, Vec::new())
    })
    .await;
    let refusal = connect(Dialect::Station, &stage.url)
        .login()
        .await
        .unwrap_err();
    is(&refusal, RefusalKind::NoSuchPath, Reached::No);
    assert_eq!(
        refusal.said,
        "302: it leads to http://127.0.0.1:1/elsewhere, which is not followed"
    );
    assert_eq!(stage.received("").len(), 1);
}

#[tokio::test]
async fn an_endless_answer_is_given_up() {
    let refusal = create(|| Says::Raw("200 OK", vec![b' '; 17 << 20])).await;
    is(&refusal, RefusalKind::Shape, Reached::Perhaps);
    assert_eq!(refusal.said, "more than 16 MiB");
}

#[tokio::test]
async fn a_compressed_answer_is_read_and_a_broken_one_is_not_json() {
    const GZIP: &str = "200 OK\r\nContent-Encoding: gzip\r\nContent-Type: application/json";
    let stage = Stage::plays(|request, before| match (request.path.as_str(), before) {
        ("/api/user/login", _) => ok(&logged_in(&jwt(LATER))),
        (_, 0) => Says::Raw(GZIP, COMPRESSED.to_vec()),
        _ => Says::Raw(GZIP, b"not compressed at all".to_vec()),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    assert_eq!(head_end.meters(PAGE).await.unwrap().total, Some(0));
    is(
        &head_end.meters(PAGE).await.unwrap_err(),
        RefusalKind::NotJson,
        Reached::Perhaps,
    );
}

#[tokio::test]
async fn a_login_says_what_is_wrong_with_it() {
    use RefusalKind as K;
    let refused = login(Dialect::Station, json(200, V2S_LOGIN_REFUSED)).await;
    is(&refused, K::LoginRefused, Reached::No);
    assert_eq!(refused.said, "1 invalid username or password");
    is(
        &login(Dialect::Station, json(401, "")).await,
        K::LoginRefused,
        Reached::No,
    );
    // the server's own trouble is no wrong password
    is(
        &login(Dialect::Station, json(200, V2S_BAD_QUERY)).await,
        K::ServerFailed,
        Reached::No,
    );
    // the address of another dialect
    is(
        &login(Dialect::Station, json(404, "")).await,
        K::NoSuchPath,
        Reached::No,
    );
    is(
        &login(Dialect::Station, json(200, V1_REFUSED)).await,
        K::Shape,
        Reached::Perhaps,
    );
    is(
        &login(Dialect::V1, json(200, V1_REFUSED)).await,
        K::LoginRefused,
        Reached::No,
    );
    is(
        &login(Dialect::V1, json(200, V2S_LOGIN_REFUSED)).await,
        K::Shape,
        Reached::Perhaps,
    );
}

/// An address where nothing listens: the port was free a moment ago.
async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test]
async fn nobody_there_means_that_nothing_was_sent() {
    // a label of 64 characters is refused without a resolver being asked
    let nameless = format!("http://{}.invalid:9310", "x".repeat(64));
    for url in [nobody().await, nameless] {
        let head_end = connect(Dialect::V1, &url);
        let refusal = head_end
            .create(&ask(METER, Act::Reconnect))
            .await
            .unwrap_err();
        is(&refusal, RefusalKind::Unreachable, Reached::No);
        assert!(!refusal.said.is_empty());
    }
}

#[tokio::test]
async fn what_a_dialect_lacks_is_said_without_asking() {
    let stage = Stage::plays(|_, _| ok("{}")).await;
    let head_end = connect(Dialect::V1, &stage.url);
    let read = ask(METER, Act::Read(Item::PowerFactor));
    is(
        &head_end.create(&read).await.unwrap_err(),
        RefusalKind::NotOffered,
        Reached::No,
    );
    is(
        &head_end.recent(&read).await.unwrap_err(),
        RefusalKind::NotOffered,
        Reached::No,
    );
    is(
        &head_end.accounts(PAGE).await.unwrap_err(),
        RefusalKind::NotOffered,
        Reached::No,
    );
    let task = watched("x", METER, Act::Reconnect);
    is(
        &head_end.dispatch(&task).await.unwrap_err(),
        RefusalKind::NotOffered,
        Reached::No,
    );
    assert!(stage.received("").is_empty());
}

/// Each kind that is reached by some test of this folder; a new kind must find its way in here.
#[tokio::test]
async fn every_kind_of_refusal_can_be_reached() {
    let mut reached = vec![
        create(json(403, "")).await.kind,
        create(json(400, "")).await.kind,
        create(json(404, "")).await.kind,
        create(json(500, "")).await.kind,
        create(json(200, "")).await.kind,
        create(json(200, "{}")).await.kind,
        create(json(200, V2S_BAD_QUERY)).await.kind,
        create(json(200, r#"{"code":0,"reason":"success","result":null}"#))
            .await
            .kind,
        create(json(401, "")).await.kind,
        create(page(503)).await.kind,
        create(|| Says::BreaksOff).await.kind,
        login(Dialect::Station, json(200, V2S_LOGIN_REFUSED))
            .await
            .kind,
        connect(Dialect::V1, &nobody().await)
            .login()
            .await
            .unwrap_err()
            .kind,
        late().await.kind,
        untrusted().await.kind,
        crate::v1::firmware_that_cannot().await.kind,
    ];
    let v1 = connect(Dialect::V1, "http://127.0.0.1:1");
    reached.push(v1.accounts(PAGE).await.unwrap_err().kind);
    reached.sort();
    let mut all: Vec<RefusalKind> = RefusalKind::all().collect();
    all.sort();
    assert_eq!(reached, all);
}

async fn late() -> Refusal {
    let stage = Stage::plays(|_, _| Says::Nothing).await;
    let mut deployment = deployment(Dialect::V1, &stage.url);
    deployment.pace.call = 200;
    hes::connect(deployment).unwrap().login().await.unwrap_err()
}

async fn untrusted() -> Refusal {
    let stage = Stage::over(|_, _| ok("{}"), Some(crate::tls::signed_by_itself(2100))).await;
    connect(Dialect::V1, &stage.url).login().await.unwrap_err()
}

/// `{"code":0,"reason":"success","result":{"total":0,"data":[]}}`, compressed by Python's gzip.
const COMPRESSED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 74, 206, 79, 73, 85, 178, 50, 208, 81, 42, 74, 77,
    44, 206, 207, 83, 178, 82, 42, 46, 77, 78, 78, 45, 46, 86, 2, 9, 21, 151, 230, 148, 40, 89, 85,
    43, 149, 228, 151, 36, 230, 128, 149, 165, 36, 150, 36, 42, 89, 69, 199, 214, 214, 2, 0, 246,
    0, 55, 214, 60, 0, 0, 0,
];
