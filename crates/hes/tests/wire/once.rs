//! At most one physical act per intent: what may have been sent is never sent again by this room.

use crate::said::{LATER, V2S_CREATED, ask, connect, deployment, jwt, logged_in, token, watched};
use crate::stage::{Says, Stage, ok};
use asking::{Act, Dialect, Reached, RefusalKind};

/// A head-end whose login works and whose every other call meets this fate.
async fn faulty(fate: fn() -> Says) -> Stage {
    Stage::plays(move |request, _| {
        if request.path.to_ascii_lowercase().ends_with("/login") {
            return ok(&logged_in(&jwt(LATER)));
        }
        fate()
    })
    .await
}

const DIALECTS: [Dialect; 3] = [Dialect::Station, Dialect::Concentrator, Dialect::V1];

#[tokio::test]
async fn a_lost_answer_never_becomes_a_second_task() {
    for dialect in DIALECTS {
        for act in [Act::Reconnect, Act::Disconnect, token()] {
            let stage = faulty(|| Says::BreaksOff).await;
            let head_end = connect(dialect, &stage.url);
            head_end.login().await.ok();
            let before = stage.received("Remote").len();
            let refusal = head_end.create(&ask("47005300000", act)).await.unwrap_err();
            assert_eq!(
                (refusal.kind, refusal.reached),
                (RefusalKind::Reset, Reached::Perhaps)
            );
            assert_eq!(stage.received("Remote").len() - before, 1, "{dialect:?}");
        }
    }
}

#[tokio::test]
async fn an_idle_connection_that_dies_under_a_read_is_not_used_twice_either() {
    // the second request on a kept connection is read and then dropped
    let stage = Stage::plays(|request, before| match (request.path.as_str(), before) {
        ("/api/user/login", _) => ok(&logged_in(&jwt(LATER))),
        (_, 0) => ok(V2S_CREATED),
        _ => Says::BreaksOff,
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    let read = ask("47005300000", Act::Read(asking::Item::Credit));
    head_end.create(&read).await.unwrap();
    let refusal = head_end.create(&read).await.unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::Reset, Reached::Perhaps)
    );
    assert_eq!(stage.received("CreateReadingTask").len(), 2);
}

#[tokio::test]
async fn an_answer_that_comes_too_late_leaves_it_open_whether_it_was_done() {
    let stage = faulty(|| Says::Nothing).await;
    let mut deployment = deployment(Dialect::Station, &stage.url);
    deployment.pace.call = 300;
    let head_end = hes::connect(deployment).unwrap();
    let refusal = head_end
        .create(&ask("47005300000", Act::Reconnect))
        .await
        .unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::TimedOut, Reached::Perhaps)
    );
    assert_eq!(stage.received("Create").len(), 1);
}

#[tokio::test]
async fn a_dispatch_is_sent_once() {
    let stage = faulty(|| Says::Page(503, "<html><title>Down</title></html>")).await;
    let head_end = connect(Dialect::Station, &stage.url);
    let task = watched("3557", "47005300000", token());
    let refusal = head_end.dispatch(&task).await.unwrap_err();
    assert_eq!(
        (refusal.kind, refusal.reached),
        (RefusalKind::HtmlPage, Reached::Perhaps)
    );
    assert_eq!(
        stage.body("UpdateTokenTask"),
        serde_json::json!([{ "id": 3557 }])
    );
}
