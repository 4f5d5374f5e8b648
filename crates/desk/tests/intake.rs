//! From a raw answer to the worklist, over a real store.

mod intake_support;

use asking::{Reached, Refusal, RefusalKind};
use fleet::{GatewayId, MINUTE, Moment};
use intake_support::{Bench, NOON, meter};
use store::{CaseFilter, Gateway};

#[tokio::test]
async fn the_same_answer_twice_is_one_case() {
    let bench = Bench::new().await;
    bench.says("47001582544", "1008", NOON).await;
    bench.says("47001582544", "1008", NOON.plus(MINUTE)).await;
    let open = bench.open().await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].cause, "not-commissioned");
    assert_eq!(
        (open[0].opened_at, open[0].seen_at),
        (NOON, NOON.plus(MINUTE))
    );
    let answers = bench
        .store
        .answers(&meter("47001582544"), None, 10)
        .await
        .unwrap();
    assert_eq!(answers.len(), 2, "both answers are kept");
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_is_kept_with_its_sentence() {
    let bench = Bench::new().await;
    bench
        .came("47001582544", "operating_status", "<html>503</html>", NOON)
        .await;
    let kept = bench
        .store
        .answers(&meter("47001582544"), None, 10)
        .await
        .unwrap();
    assert_eq!(kept[0].answer.body, "<html>503</html>");
    assert!(
        kept[0]
            .problem
            .as_deref()
            .is_some_and(|why| why.contains("not JSON"))
    );
    assert!(kept[0].settled);
}

#[tokio::test]
async fn a_status_nobody_can_read_is_a_case_and_the_verdict_before_it_stays() {
    let bench = Bench::new().await;
    bench.says("47001582544", "1000", NOON).await;
    bench.says("47001582544", "busy", NOON.plus(MINUTE)).await;
    assert_eq!(bench.causes().await, ["status-unread"]);
    let standing = bench
        .store
        .standing(&meter("47001582544"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(standing.words.decision, "fine");
    bench
        .says("47001582544", "1000", NOON.plus(2 * MINUTE))
        .await;
    assert!(bench.causes().await.is_empty());
}

#[tokio::test]
async fn an_unlisted_number_is_a_case_of_its_own_and_gets_no_slug() {
    let bench = Bench::new().await;
    bench.says("47001582544", "1002", NOON).await;
    let open = bench.open().await;
    assert_eq!(open[0].cause, "unlisted-1002");
    assert_eq!(
        (open[0].words.slug.as_str(), open[0].words.decision.as_str()),
        ("", "unlisted")
    );
}

#[tokio::test]
async fn a_cause_that_comes_and_goes_stays_one_case_until_it_is_quiet_for_long() {
    let bench = Bench::new().await;
    let at = |minutes: i64| NOON.plus(minutes * MINUTE);
    bench.says("47001582544", "1012", at(0)).await;
    bench.says("47001582544", "1000", at(1)).await;
    assert!(
        bench.open().await[0].quiet_since.is_some(),
        "quiet, not closed"
    );
    bench.says("47001582544", "1012", at(2)).await;
    let open = bench.open().await;
    assert_eq!(
        (open.len(), open[0].flaps, open[0].quiet_since),
        (1, 1, None)
    );
    bench.says("47001582544", "1000", at(3)).await;
    bench.says("47001582544", "1000", at(4)).await;
    assert_eq!(bench.open().await.len(), 1, "quiet for a minute only");
    bench.says("47001582544", "1000", at(9)).await;
    assert!(bench.open().await.is_empty());
}

#[tokio::test]
async fn a_tamper_never_closes_by_itself() {
    let bench = Bench::new().await;
    bench.says("47001582544", "1018", NOON).await;
    for minutes in [1, 30, 600] {
        bench
            .says("47001582544", "1000", NOON.plus(minutes * MINUTE))
            .await;
    }
    let open = bench.open().await;
    assert_eq!(open[0].cause, "bypass");
    assert!(open[0].quiet_since.is_some());
}

#[tokio::test]
async fn a_piece_of_evidence_sharpens_the_case_and_quiets_nothing() {
    let bench = Bench::new().await;
    bench.says("47001582544", "1008", NOON).await;
    bench
        .came(
            "47001582544",
            "relay",
            r#"{"id":2,"meterId":"47001582544","name":"Relay On/Off","data":"Connected","status":1}"#,
            NOON.plus(MINUTE),
        )
        .await;
    let open = bench.open().await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].words.supply, "on", "the relay decides the supply");
    assert!(open[0].quiet_since.is_none());
}

#[tokio::test]
async fn a_verdict_asks_for_what_would_change_it_and_not_again_at_once() {
    let bench = Bench::new().await;
    let wants = bench.says("47001582544", "1001", NOON).await;
    assert!(wants.iter().any(|want| want.item == asking::Item::Relay));
    bench
        .came(
            "47001582544",
            "relay",
            r#"{"id":2,"meterId":"47001582544","name":"x","data":"Connected","status":1}"#,
            NOON.plus(1),
        )
        .await;
    let wants = bench.says("47001582544", "1001", NOON.plus(MINUTE)).await;
    assert!(wants.iter().all(|want| want.item != asking::Item::Relay));
}

#[tokio::test]
async fn three_asks_without_an_answer_are_silence_and_one_answer_ends_it() {
    let bench = Bench::new().await;
    for minute in 0..3 {
        assert!(bench.open().await.is_empty());
        bench.fails("47001582544", NOON.plus(minute * MINUTE)).await;
    }
    assert_eq!(bench.causes().await, ["silent"]);
    bench
        .says("47001582544", "1000", NOON.plus(10 * MINUTE))
        .await;
    assert!(bench.open().await.is_empty());
}

#[tokio::test]
async fn a_dark_gateway_explains_the_silence_behind_it() {
    let bench = Bench::new().await;
    for minute in 0..3 {
        bench.fails("47001582544", NOON.plus(minute * MINUTE)).await;
    }
    let gateway = Gateway {
        id: GatewayId::parse("GW-1").unwrap(),
        head_end: Some("main".to_owned()),
        name: None,
        site: None,
        online: None,
        online_at: None,
    };
    bench.intake.gateway(&gateway, false, NOON).await.unwrap();
    assert_eq!(
        bench.causes().await,
        ["gateway-dark"],
        "the silence stands under it"
    );
    bench
        .intake
        .gateway(&gateway, true, NOON.plus(MINUTE))
        .await
        .unwrap();
    assert_eq!(bench.causes().await, ["silent"], "and alone again");
}

#[tokio::test]
async fn a_head_end_in_trouble_is_one_case_however_often_it_refuses() {
    let bench = Bench::new().await;
    let refusal = Refusal {
        kind: RefusalKind::LoginRefused,
        reached: Reached::No,
        said: "invalid username or password".to_owned(),
    };
    for second in 0..20 {
        let at = Moment(NOON.0 + second * 1000);
        bench
            .intake
            .head_end("main", Err(&refusal), at)
            .await
            .unwrap();
    }
    let open = bench.open().await;
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].cause, "head-end-login");
    assert!(
        open[0]
            .words
            .because
            .contains("invalid username or password")
    );
    bench
        .intake
        .head_end("main", Ok(()), NOON.plus(MINUTE))
        .await
        .unwrap();
    assert!(bench.open().await.is_empty());
}

#[tokio::test]
async fn homes_of_one_site_with_the_same_supply_fault_are_one_job() {
    let bench = Bench::new().await;
    let homes = ["47001582544", "47003104321", "47005300000"];
    for home in homes {
        bench.says(home, "1012", NOON).await;
    }
    assert_eq!(bench.causes().await, ["utility-job-under-voltage"]);
    let all = CaseFilter {
        explained: true,
        ..CaseFilter::default()
    };
    let all = bench.store.cases(&all, None, 10).await.unwrap();
    assert_eq!(all.iter().filter(|case| case.parent.is_some()).count(), 3);
    for home in &homes[..2] {
        bench.says(home, "1000", NOON.plus(MINUTE)).await;
    }
    assert!(
        bench
            .causes()
            .await
            .iter()
            .all(|cause| cause == "under-voltage"),
        "the job is over and each home stands alone"
    );
}

#[tokio::test]
async fn what_was_kept_before_a_crash_is_settled_at_the_next_start() {
    let bench = Bench::new().await;
    let answer = Bench::answer(
        "47001582544",
        "operating_status",
        &intake_support::status("47001582544", "1006"),
        NOON,
    );
    bench.store.keep(&[answer]).await.unwrap();
    assert!(bench.open().await.is_empty());
    assert_eq!(bench.intake.resume().await.unwrap(), 1);
    assert_eq!(bench.causes().await, ["terminal-cover-open"]);
    assert_eq!(bench.intake.resume().await.unwrap(), 0);
}

#[tokio::test]
async fn an_older_answer_that_arrives_late_changes_nothing() {
    let bench = Bench::new().await;
    bench.says("47001582544", "1000", NOON).await;
    bench
        .says("47001582544", "1008", NOON.plus(-60 * MINUTE))
        .await;
    assert!(bench.open().await.is_empty());
    let standing = bench
        .store
        .standing(&meter("47001582544"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(standing.status.as_deref(), Some("1000"));
}

#[tokio::test]
async fn an_answer_that_speaks_of_another_meter_is_judged_for_neither() {
    let bench = Bench::new().await;
    let other = intake_support::status("47003104321", "1008");
    bench
        .came("47001582544", "operating_status", &other, NOON)
        .await;
    assert!(bench.open().await.is_empty());
    let kept = bench
        .store
        .answers(&meter("47001582544"), None, 1)
        .await
        .unwrap();
    assert!(
        kept[0]
            .problem
            .as_deref()
            .is_some_and(|why| why.contains("47003104321"))
    );
}
