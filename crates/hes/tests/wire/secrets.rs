//! No secret that was given in, or came in, ever comes out again but where it belongs.

use crate::said::{LATER, PAGE, ask, clear_tamper, connect, jwt, logged_in, watched};
use crate::stage::{Received, Says, Stage, ok};
use asking::{Act, Deployment, Dialect, HeadEnd, Item, Secret};
use proptest::prelude::*;

/// Everything that leaves the room and is read by people.
fn told(head_end: &dyn HeadEnd, refusals: &[String]) -> String {
    format!(
        "{head_end:?}\n{:?}\n{}",
        head_end.exchanges(),
        refusals.join("\n")
    )
}

/// Echoes whatever it is given, in several forms, and refuses it.
fn echoes(request: &Received, style: u8) -> Says {
    let pass = request.pass.clone().unwrap_or_default();
    let quoted = serde_json::to_string(&format!("{} {pass}", request.body)).unwrap();
    match style % 4 {
        0 => Says::Json(500, format!(r#"{{"Message":{quoted}}}"#)),
        1 => Says::Json(
            200,
            format!(r#"{{"code":7,"reason":{quoted},"ResultCode":"99","Reason":{quoted}}}"#),
        ),
        2 => Says::Json(200, format!("{} {pass}", request.body)),
        _ => Says::Json(
            400,
            format!(r#"{{"title":{quoted},"errors":{{"Data":[{quoted}]}}}}"#),
        ),
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

async fn refusals_of(head_end: &dyn HeadEnd, token: &str) -> Vec<String> {
    let deliver = || Act::DeliverToken(Secret::new(token));
    let mut said = Vec::new();
    let mut keep = |refusal: asking::Refusal| said.push(format!("{refusal} {refusal:?}"));
    head_end.login().await.map_err(&mut keep).ok();
    head_end
        .create(&ask("47005300000", deliver()))
        .await
        .map_err(&mut keep)
        .ok();
    head_end
        .create(&ask("47005300000", Act::Read(Item::Credit)))
        .await
        .map_err(&mut keep)
        .ok();
    head_end
        .poll(&[watched("9", "47005300000", deliver())])
        .await
        .map_err(&mut keep)
        .ok();
    head_end
        .mint(&clear_tamper("47005300000"))
        .await
        .map_err(&mut keep)
        .ok();
    head_end.gateways(PAGE).await.map_err(&mut keep).ok();
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_secret_ever_comes_out_again(
        password in r"[ -~äß€]{6,30}",
        second in r"[!-~]{6,20}",
        token in "[0-9]{20}",
        style in 0u8..4,
        dialect in 0usize..3,
        lets_in: bool,
    ) {
        prop_assume!(!password.trim().is_empty());
        let pass = jwt(LATER);
        let given = pass.clone();
        let out = runtime().block_on(async move {
            let stage = Stage::plays(move |request, _| {
                if lets_in && request.path.to_ascii_lowercase().ends_with("/login") {
                    return ok(&logged_in(&given));
                }
                echoes(request, style)
            })
            .await;
            let (_, dialect) = Dialect::WORDS[dialect];
            let mut deployment =
                Deployment::new("main", dialect, &stage.url, "ops", Secret::new(&password));
            deployment.company = Some("<company>".to_owned());
            deployment.authorization = Some(Secret::new(&second));
            let debug = format!("{deployment:?}");
            let head_end = hes::connect(deployment).unwrap();
            let refusals = refusals_of(&*head_end, &token).await;
            assert!(!refusals.is_empty());
            (debug + &told(&*head_end, &refusals), [password, second, token])
        });
        let (out, secrets) = out;
        for secret in secrets.iter().chain([&pass]) {
            // what a part of the record itself spells is not a leak
            prop_assume!(!"{\"Message\":\"Password\":\"CompanyName\"".contains(secret.as_str()));
            prop_assert!(!out.contains(secret.as_str()), "{secret} in {out}");
            let quoted = format!("{secret:?}");
            prop_assert!(!out.contains(&quoted[1..quoted.len() - 1]), "{secret} in {out}");
        }
    }
}

#[tokio::test]
async fn a_minted_token_is_handed_over_and_nowhere_else() {
    for body in [
        r#"{"result_code":0,"reason":"OK","result":"48725997619297311927"}"#,
        r#"{"result_code":0,"reason":"OK","result":"4872 5997 6192 9731 1927"}"#,
    ] {
        let stage = Stage::plays(|_, _| ok(body)).await;
        let head_end = connect(Dialect::V1, &stage.url);
        let token = head_end.mint(&clear_tamper("47001582544")).await.unwrap();
        assert_eq!(token.reveal(), "48725997619297311927");
        let told = told(&*head_end, &[format!("{token:?}")]);
        assert!(
            !told.contains("48725997619297311927") && !told.contains("4872 5997"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn the_answer_to_a_login_is_not_kept_but_its_refusal_is() {
    let stage = Stage::plays(|_, before| match before {
        0 => ok(crate::said::V2S_LOGIN_REFUSED),
        _ => ok(&logged_in("an opaque pass")),
    })
    .await;
    let head_end = connect(Dialect::Station, &stage.url);
    head_end.login().await.unwrap_err();
    head_end.login().await.unwrap();
    let kept = head_end.exchanges();
    assert!(kept[0].came.contains("invalid username or password"));
    assert_eq!(kept[1].came, "(the answer to a login is not kept)");
    assert_eq!(kept[1].sent, r#"{"userId":"ops","password":"•••"}"#);
}

#[tokio::test]
async fn the_newest_two_hundred_exchanges_are_kept_and_none_is_long() {
    let stage = Stage::plays(|_, before| {
        let long = "x".repeat(if before == 0 { 100_000 } else { 1 });
        ok(&format!(r#"{{"ResultCode":"00","Reason":"{long}"}}"#))
    })
    .await;
    let head_end = connect(Dialect::V1, &stage.url);
    head_end.login().await.unwrap_err();
    let first = head_end.exchanges().remove(0);
    assert!(first.came.len() <= 16 * 1024);
    for _ in 0..205 {
        head_end.login().await.unwrap_err();
    }
    let kept = head_end.exchanges();
    assert_eq!(kept.len(), 200);
    assert!(
        kept.iter().all(|one| one.came.len() < 100),
        "the oldest have gone"
    );
    assert_eq!(
        (kept[0].path.as_str(), kept[0].status),
        ("/api/COMM_OnlineStatus", Some(200))
    );
}
