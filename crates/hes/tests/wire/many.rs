//! Many tasks by one call: each ask gets its own task, or a refusal that says whether it may have
//! been created all the same.

use crate::said::{LATER, TOKEN, ask, connect, deployment, jwt, logged_in, token};
use crate::stage::{Says, Stage, ok};
use asking::{Act, Ask, Dialect, Item, Reached, Refusal, RefusalKind, Secret, TaskId};
use serde_json::{Value, json};

const METERS: [&str; 3] = ["47005300000", "47001582544", "47003104321"];
const ARRAYS: [Dialect; 2] = [Dialect::Station, Dialect::Concentrator];

type Fate = fn() -> Says;
type Ended = Vec<Result<TaskId, Refusal>>;

fn on() -> Vec<Ask> {
    METERS.map(|meter| ask(meter, Act::Reconnect)).to_vec()
}

/// A head-end whose login works and whose every other call meets this fate.
async fn meets(fate: impl Fn() -> Says + Send + Sync + 'static) -> Stage {
    Stage::plays(move |request, _| match request.path.as_str() {
        "/api/user/login" | "/API/User/Login" => ok(&logged_in(&jwt(LATER))),
        _ => fate(),
    })
    .await
}

async fn says(result: &Value) -> Stage {
    let body = json!({"code": 0, "reason": "success", "result": result}).to_string();
    meets(move || ok(&body)).await
}

async fn create(dialect: Dialect, stage: &Stage, asks: &[Ask]) -> Ended {
    connect(dialect, &stage.url)
        .create_many(asks)
        .await
        .unwrap()
}

/// The tasks, `-` where one may have been created and `no` where none was.
fn told(ended: &Ended) -> Vec<&str> {
    let one = |one: &Result<TaskId, Refusal>| match one {
        Ok(_) => "",
        Err(refusal) if refusal.reached == Reached::Perhaps => "-",
        Err(_) => "no",
    };
    let both = ended.iter().map(|ended| (one(ended), ended));
    both.map(|(word, ended)| ended.as_ref().map_or(word, |task| &task.0))
        .collect()
}

fn row(meter: &str, id: u32) -> Value {
    json!({"meterId": meter, "id": id, "status": 0})
}

#[tokio::test]
async fn one_call_holds_a_row_for_each_ask() {
    for dialect in ARRAYS {
        let stage = says(&json!([
            row(METERS[0], 1),
            row(METERS[1], 2),
            row(METERS[2], 3)
        ]))
        .await;
        let head_end = connect(dialect, &stage.url);
        assert_eq!(head_end.offers().creates, 20);
        let ended = head_end.create_many(&on()).await.unwrap();
        assert_eq!(told(&ended), ["1", "2", "3"], "{dialect:?}");
        let body = stage.body("CreateControlTask");
        let sent: Vec<_> = body
            .as_array()
            .unwrap()
            .iter()
            .map(|row| &row["meterId"])
            .collect();
        assert_eq!(sent, METERS);
    }
    let stage = says(&json!([{"id": 1}])).await;
    create(Dialect::Station, &stage, &[ask(METERS[0], Act::Disconnect)]).await;
    let alone = says(&json!([{"id": 1}])).await;
    let head_end = connect(Dialect::Station, &alone.url);
    head_end
        .create(&ask(METERS[0], Act::Disconnect))
        .await
        .unwrap();
    assert_eq!(
        stage.body("Create"),
        alone.body("Create"),
        "one is worded as ever"
    );
}

#[tokio::test]
async fn an_answer_belongs_to_the_meter_it_names_in_whatever_order_it_comes() {
    let shuffled = json!([row(METERS[2], 3), row(METERS[0], 1), row(METERS[1], 2)]);
    let numbers: Value = METERS
        .into_iter()
        .zip([1, 2, 3])
        .rev()
        .map(|(meter, id)| json!({"meterId": meter.parse::<u64>().unwrap(), "id": id.to_string()}))
        .collect();
    for result in [shuffled, numbers] {
        let ended = create(Dialect::Station, &says(&result).await, &on()).await;
        assert_eq!(told(&ended), ["1", "2", "3"], "{result}");
    }
}

#[tokio::test]
async fn an_ask_that_a_success_does_not_speak_of_may_have_been_created() {
    let of = |meter: usize, id| row(METERS[meter], id);
    for (result, expected) in [
        (json!([of(0, 1), of(2, 3)]), ["1", "-", "3"]),
        (
            json!([of(0, 1), {"meterId": METERS[1], "id": null}, of(2, 3)]),
            ["1", "-", "3"],
        ),
        (
            json!([of(0, 1), row("47009999999", 2), of(2, 3)]),
            ["1", "-", "3"],
        ),
        // once a meter is named, a row without one is nobody's
        (json!([of(0, 1), {"id": 2}, {"id": 3}]), ["1", "-", "-"]),
        (json!([]), ["-", "-", "-"]),
        (json!(null), ["-", "-", "-"]),
        // two tasks for one meter: neither is known to be ours
        (
            json!([of(0, 1), of(0, 4), of(1, 2), of(2, 3)]),
            ["-", "2", "3"],
        ),
        (json!([of(0, 1), of(1, 1), of(2, 3)]), ["-", "-", "3"]),
    ] {
        let ended = create(Dialect::Station, &says(&result).await, &on()).await;
        assert_eq!(told(&ended), expected, "{result}");
    }
}

#[tokio::test]
async fn rows_without_a_meter_count_by_their_place_only_where_none_is_missing() {
    for (result, expected) in [
        (json!([{"id": 1}, {"id": 2}, {"id": 3}]), ["1", "2", "3"]),
        (json!([{"id": 1}, null, {"id": 3}]), ["1", "-", "3"]),
        (json!([{"id": 1}, {"id": 2}]), ["-", "-", "-"]),
        (
            json!([{"id": 1}, {"id": 2}, {"id": 3}, {"id": 4}]),
            ["-", "-", "-"],
        ),
        (json!({"id": 1}), ["-", "-", "-"]),
    ] {
        for dialect in ARRAYS {
            let ended = create(dialect, &says(&result).await, &on()).await;
            assert_eq!(told(&ended), expected, "{dialect:?} {result}");
        }
    }
}

#[tokio::test]
async fn a_refused_call_refuses_each_and_its_answer_says_whether_it_may_have_been_done() {
    const REFUSED: &str = r#"{"code":1,"reason":"meter offline","result":null}"#;
    const WITH_ROWS: &str =
        r#"{"code":1,"reason":"meter offline","result":[{"meterId":"47001582544","id":2}]}"#;
    const PAGE: &str = "<html><title>Down</title></html>";
    let fates: [(Fate, RefusalKind, [&str; 3]); 5] = [
        (|| ok(REFUSED), RefusalKind::Code, ["no"; 3]),
        // where there is a number there is a task, and of the others nobody knows
        (|| ok(WITH_ROWS), RefusalKind::Code, ["-", "2", "-"]),
        (
            || Says::Json(403, String::new()),
            RefusalKind::Forbidden,
            ["no"; 3],
        ),
        (|| Says::Page(503, PAGE), RefusalKind::HtmlPage, ["-"; 3]),
        (|| Says::Half, RefusalKind::Reset, ["-"; 3]),
    ];
    for (fate, kind, expected) in fates {
        let stage = meets(fate).await;
        let ended = create(Dialect::Station, &stage, &on()).await;
        assert_eq!(told(&ended), expected, "{kind:?}");
        assert!(
            ended
                .iter()
                .filter_map(|one| one.as_ref().err())
                .all(|one| one.kind == kind)
        );
        assert_eq!(stage.received("Create").len(), 1);
    }
}

#[tokio::test]
async fn a_lost_answer_leaves_every_one_open_and_is_never_asked_for_again() {
    for dialect in ARRAYS {
        for act in [Act::Reconnect, token(), Act::Read(Item::Credit)] {
            let stage = meets(|| Says::BreaksOff).await;
            let asks = METERS.map(|meter| ask(meter, act.clone()));
            let ended = create(dialect, &stage, &asks).await;
            assert_eq!(told(&ended), ["-"; 3], "{dialect:?} {act:?}");
            assert_eq!(stage.received("Create").len(), 1, "{dialect:?} {act:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_worded_is_refused_alone() {
    let short = || Act::DeliverToken(Secret::new("1234"));
    let stage = says(&json!([{"id": 1}, {"id": 3}])).await;
    let asks = [
        ask(METERS[0], token()),
        ask(METERS[1], short()),
        ask(METERS[2], token()),
    ];
    let ended = create(Dialect::Station, &stage, &asks).await;
    assert_eq!(told(&ended), ["1", "no", "3"]);
    let kinds = ended
        .iter()
        .filter_map(|one| one.as_ref().err())
        .map(|one| one.kind);
    assert_eq!(kinds.collect::<Vec<_>>(), [RefusalKind::BadRequest]);
    assert_eq!(stage.body("CreateTokenTask").as_array().unwrap().len(), 2);
    // nothing is left to be sent
    let stage = says(&json!([])).await;
    let unnamed = METERS.map(|meter| ask(meter, Act::Read(Item::OperatingStatus)));
    for asks in [&unnamed[..], &[]] {
        let ended = create(Dialect::Station, &stage, asks).await;
        assert_eq!(told(&ended), vec!["no"; asks.len()]);
    }
    assert_eq!(stage.received("Create").len(), 0);
}

#[tokio::test]
async fn a_meter_stands_in_one_creation_once() {
    let stage = says(&json!([row(METERS[0], 1), row(METERS[1], 2)])).await;
    let meters = [METERS[0], METERS[0], METERS[1]];
    let asks = meters.map(|meter| ask(meter, Act::Disconnect));
    let ended = create(Dialect::Concentrator, &stage, &asks).await;
    assert_eq!(told(&ended), ["1", "no", "2"]);
    assert_eq!(stage.body("CreateControlTask").as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn asks_that_do_not_go_together_are_not_sent() {
    let stage = says(&json!([])).await;
    let mut deployment = deployment(Dialect::Station, &stage.url);
    deployment.pace.batch = 2;
    let head_end = hes::connect(deployment).unwrap();
    assert_eq!(head_end.offers().creates, 2);
    let mixed = [ask(METERS[0], Act::Reconnect), ask(METERS[1], token())];
    for asks in [&on()[..], &mixed] {
        let refusal = head_end.create_many(asks).await.unwrap_err();
        assert_eq!(
            (refusal.kind, refusal.reached),
            (RefusalKind::BadRequest, Reached::No)
        );
    }
    // the relay goes both ways in one
    let both = [
        ask(METERS[0], Act::Reconnect),
        ask(METERS[1], Act::Disconnect),
    ];
    assert_eq!(
        told(&head_end.create_many(&both).await.unwrap()),
        ["-", "-"]
    );
    assert_eq!(stage.received("Create").len(), 1);
}

#[tokio::test]
async fn v1_creates_one_by_one() {
    let stage = Stage::plays(|_, before| match before {
        1 => ok(crate::said::V1_REFUSED),
        _ => ok(&crate::said::V1_CREATED.replace("abbb70e6", &format!("{before:08}"))),
    })
    .await;
    let head_end = connect(Dialect::V1, &stage.url);
    assert_eq!(head_end.offers().creates, 1);
    let ended = head_end.create_many(&on()).await.unwrap();
    let began: Vec<_> = told(&ended)
        .iter()
        .map(|one| one.get(..8).unwrap_or(one))
        .collect();
    assert_eq!(began, ["00000000", "no", "00000002"]);
}

#[tokio::test]
async fn a_renewing_head_end_passes_many_on_as_one_call() {
    let stage = says(&json!([
        row(METERS[0], 1),
        row(METERS[1], 2),
        row(METERS[2], 3)
    ]))
    .await;
    let deployment = deployment(Dialect::Station, &stage.url);
    let head_end = hes::connect_renewing(deployment, Box::new(|| None)).unwrap();
    assert_eq!(head_end.offers().creates, 20);
    let ended = head_end.create_many(&on()).await.unwrap();
    assert_eq!(told(&ended), ["1", "2", "3"]);
    assert_eq!(stage.received("Create").len(), 1);
}

#[tokio::test]
async fn no_token_of_many_shows_in_a_record_or_in_a_refusal() {
    let stage = meets(|| {
        ok(&format!(
            r#"{{"code":1,"reason":"no token {TOKEN}","result":null}}"#
        ))
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    let ended = head_end
        .create_many(&METERS.map(|meter| ask(meter, token())))
        .await
        .unwrap();
    assert_eq!(told(&ended), ["no"; 3]);
    let shown = format!("{ended:?} {:?}", head_end.exchanges());
    assert!(
        !shown.contains(TOKEN) && shown.contains("•••7890"),
        "{shown}"
    );
}
