//! Deciding about commands.

use crate::office::{OPENED, Office};
use axum::http::{Method, StatusCode};
use people::Role;
use serde_json::{Value, json};

fn disconnect() -> Value {
    json!({ "kind": "disconnect", "args": {}, "reason": "moved out" })
}

#[tokio::test]
async fn only_a_second_person_lets_a_home_go_dark() {
    let office = Office::open().await;
    let young = office.people.add(
        Some(&office.boss),
        "young",
        Role::Approver,
        None,
        office.it.now,
    );
    young.await.unwrap();
    let told = office
        .wish("second", OPENED, "order-1", &disconnect())
        .await
        .json();
    assert_eq!(told["state"], "proposed");
    assert!(told["darkens"].is_string());
    let path = format!("/api/v1/commands/{}/approve", told["id"].as_str().unwrap());
    let no = async |key: &str, why: &str| {
        let bearer = format!("Bearer {key}");
        let came = office
            .send("", Method::POST, &path, "", &[("authorization", &bearer)])
            .await;
        assert_eq!(came.status, StatusCode::FORBIDDEN, "{}", came.body);
        assert!(came.body.contains(why), "{}", came.body);
    };
    // another key is no other person
    no(office.key("second"), "own act").await;
    no(&office.new_key("second").await, "own act").await;
    no(office.key("desk"), "may not approve").await;
    no(office.key("boss"), "may not approve").await;
    let made = office
        .people
        .add_key(&office.boss, "young", "a test", None, office.it.now);
    no(made.await.unwrap().1.reveal(), "less than a day").await;

    let came = office
        .post("third", &path, &json!({ "said": "I saw the order" }))
        .await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    assert_eq!(
        came.json(),
        json!({ "id": told["id"], "state": "approved" })
    );
    let late = office.post("third", &path, &json!({})).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let story = office
        .json("guest", path.trim_end_matches("/approve"))
        .await;
    assert_eq!(story["second"], "third");
    assert_eq!(story["events"][1]["who"], "third");
    assert!(
        story["events"][1]["said"]
            .as_str()
            .unwrap()
            .contains("I saw the order")
    );
}

#[tokio::test]
async fn a_wish_is_rejected_or_taken_back_by_those_who_may() {
    let office = Office::open().await;
    let ask = async |name: &str| {
        let came = office.wish("desk", OPENED, name, &disconnect()).await;
        format!("/api/v1/commands/{}", came.json()["id"].as_str().unwrap())
    };
    let one = ask("one").await;
    let rejected = office
        .post("third", &format!("{one}/reject"), &json!({}))
        .await;
    assert_eq!(rejected.json()["state"], "refused");
    let two = ask("two").await;
    let field = office
        .post("field", &format!("{two}/cancel"), &json!({}))
        .await;
    assert_eq!(field.status, StatusCode::FORBIDDEN);
    let own = office
        .post(
            "desk",
            &format!("{two}/cancel"),
            &json!({ "said": "wrong home" }),
        )
        .await;
    assert_eq!(own.json()["state"], "cancelled");
    let late = office
        .post("desk", &format!("{two}/cancel"), &json!({}))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    for path in [
        &format!("{two}/explode"),
        "/api/v1/commands/47999999999-7/cancel",
        "/api/v1/commands/x/cancel",
    ] {
        let came = office.post("desk", path, &json!({})).await;
        assert_eq!(came.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/api/v1/commands/47999999999-7", "/api/v1/commands/x"] {
        assert_eq!(
            office.get("desk", path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let odd = office
        .post("desk", &format!("{two}/cancel"), &json!({ "why": "x" }))
        .await;
    assert_eq!(odd.status, StatusCode::UNPROCESSABLE_ENTITY);
}
