//! A saved collection becomes settings to review, without its secrets.

use asking::{Dialect, Item};
use hes::postman::{PostmanError, read};
use proptest::prelude::*;
use serde_json::{Value, json};

fn request(name: &str, url: &str, body: &Value) -> Value {
    json!({
        "name": name,
        "request": {
            "method": "POST",
            "header": [{ "key": "Content-Type", "value": "application/json" }],
            "url": { "raw": url, "host": ["{{baseUrl}}"] },
            "body": { "mode": "raw", "raw": body.to_string() },
        },
    })
}

fn collection(items: &Value, variables: &Value) -> String {
    json!({
        "info": {
            "name": "Meters",
            "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json",
        },
        "item": items,
        "variable": variables,
    })
    .to_string()
}

/// Folders in folders, variables, a bearer pass, and the operators' own name for the status.
fn v1(password: &str) -> String {
    let read = |name: &str, item: &str| {
        request(
            name,
            "{{baseUrl}}/COMM_RemoteReading",
            &json!({
                "CompanyName": "Grid", "UserName": "{{user}}", "Password": password,
                "MeterNo": "47001582544", "DataItem": item,
            }),
        )
    };
    let form = json!({
        "name": "Switch",
        "request": {
            "url": "{{baseUrl}}/COMM_RemoteControl",
            "body": { "mode": "urlencoded", "urlencoded": [
                { "key": "UserName", "value": "{{user}}" },
                { "key": "Password", "value": password },
                { "key": "DataItem", "value": "Switch On" },
            ] },
        },
    });
    collection(
        &json!([
            { "name": "Reading", "item": [
                { "name": "More", "item": [read("Status", "Meter operating status")] },
                read("Limit", "maximum power threshold"),
                read("Odd", "Something else"),
            ] },
            form,
        ]),
        &json!([
            { "key": "baseUrl", "value": "https://{{host}}/api" },
            { "key": "host", "value": "ami.example.org:6001" },
            { "key": "user", "value": "AMR02" },
        ]),
    )
}

#[test]
fn a_v1_collection_becomes_a_block_to_review() {
    let draft = read(&v1("hunter2!")).unwrap();
    assert_eq!(draft.dialect, Dialect::V1);
    assert_eq!(draft.url.as_deref(), Some("https://ami.example.org:6001"));
    assert_eq!(
        (draft.user.as_deref(), draft.company.as_deref()),
        (Some("AMR02"), Some("Grid"))
    );
    assert_eq!(
        draft.items[&Item::OperatingStatus],
        "Meter operating status"
    );
    assert_eq!(draft.items[&Item::LoadLimit], "maximum power threshold");
    assert_eq!((draft.requests, draft.secrets_left_out), (4, 1));
    assert_eq!(
        draft.toml(),
        r#"# from a collection of 4 requests; 1 secret was left out
[[head_end]]
name = "main"
dialect = "v1"
url = "https://ami.example.org:6001"
user = "AMR02"
password_file = "secrets/main"   # put the password there, readable by this program alone
company = "Grid"

[head_end.items]
operating_status = "Meter operating status"
load_limit = "maximum power threshold"
# not recognised: "Something else" in the request "Odd"
"#
    );
}

#[test]
fn a_station_is_told_from_a_concentrator_by_what_it_sends() {
    let login = |body: Value| request("Login", "http://10.0.0.1:9310/api/user/login", &body);
    let station = collection(
        &json!([
            login(json!({ "userId": "ops", "password": "p" })),
            request(
                "Read meter status",
                "http://10.0.0.1:9310/API/RemoteMeterTask/CreateReadingTask",
                &json!([{ "meterId": "47005300000", "version": "2.2", "flag": "C999", "stationId": "A" }])
            ),
            request(
                "Credit",
                "http://10.0.0.1:9310/API/RemoteMeterTask/CreateReadingTask",
                &json!([{ "meterId": "47005300000", "version": "2.2", "flag": "E421", "stationId": "A" }])
            ),
        ]),
        &json!([]),
    );
    let draft = read(&station).unwrap();
    assert_eq!(
        (draft.dialect, draft.company.as_deref()),
        (Dialect::Station, None)
    );
    assert_eq!(draft.items[&Item::OperatingStatus], "C999");
    assert_eq!(draft.items[&Item::Credit], "E421");
    assert_eq!(draft.protocol_version.as_deref(), Some("2.2"));
    assert_eq!(draft.url.as_deref(), Some("http://10.0.0.1:9310"));

    let concentrator = collection(
        &json!([
            login(json!({ "userId": "ops", "password": "p", "company": "Grid" })),
            request(
                "Relay",
                "http://10.0.0.1:9400/API/RemoteMeterTask/CreateReadingTask",
                &json!([{ "meterId": "47003104321", "protocolId": 37, "company": "Grid" }])
            ),
        ]),
        &json!([]),
    );
    let draft = read(&concentrator).unwrap();
    assert_eq!(
        (draft.dialect, draft.company.as_deref()),
        (Dialect::Concentrator, Some("Grid"))
    );
    assert_eq!(draft.items[&Item::Relay], "37");
    assert!(
        draft
            .toml()
            .contains("# operating_status = \"\"   # not found in the collection")
    );
}

#[test]
fn what_stands_in_headers_addresses_and_auth_blocks_is_left_there() {
    let mut one = request(
        "Read",
        "http://ops:hunter22@10.0.0.1:9310/api/gateway/read?token=opaque-pass-1",
        &json!({}),
    );
    one["request"]["auth"] =
        json!({ "type": "bearer", "bearer": [{ "key": "token", "value": "opaque-pass-2" }] });
    one["request"]["header"] = json!([{ "key": "Authorization", "value": "Bearer opaque-pass-3" }]);
    let draft = read(&collection(
        &json!([one]),
        &json!([{ "key": "password", "value": "{{vault}}" }]),
    ))
    .unwrap();
    assert_eq!(draft.url.as_deref(), Some("http://10.0.0.1:9310"));
    assert_eq!(draft.secrets_left_out, 3);
    let all = format!("{draft:?} {}", draft.toml());
    assert!(
        !all.contains("hunter22") && !all.contains("opaque"),
        "{all}"
    );
}

#[test]
fn variables_that_nobody_filled_in_stay_empty_in_the_block() {
    let items = json!([request(
        "Read",
        "{{baseUrl}}/COMM_RemoteReading",
        &json!({ "UserName": "{{user}}", "Password": "{{pw}}", "DataItem": "Version" })
    )]);
    let draft = read(&collection(&items, &json!([]))).unwrap();
    assert_eq!(
        (
            draft.url.as_deref(),
            draft.user.as_deref(),
            draft.secrets_left_out
        ),
        (None, None, 0)
    );
    assert!(
        draft
            .toml()
            .contains("url = \"\"   # not found in the collection")
    );
}

#[test]
fn a_file_that_is_no_collection_says_so() {
    assert!(matches!(read("{"), Err(PostmanError::NotJson(_))));
    assert!(matches!(read("{}"), Err(PostmanError::NotACollection)));
    let other = collection(
        &json!([request("Weather", "https://example.org/now", &json!({}))]),
        &json!([]),
    );
    assert!(matches!(
        read(&other),
        Err(PostmanError::UnknownDialect { requests: 1 })
    ));
}

#[test]
fn a_variable_that_names_itself_ends() {
    let items = json!([request("Read", "{{a}}/COMM_RemoteReading", &json!({}))]);
    let variables = json!([{ "key": "a", "value": "{{b}}" }, { "key": "b", "value": "x{{a}}" }]);
    assert_eq!(
        read(&collection(&items, &variables)).unwrap().dialect,
        Dialect::V1
    );
}

proptest! {
    #[test]
    fn a_password_never_reaches_the_block(password in r"[ -~äß]{5,24}") {
        prop_assume!(!password.contains("{{") && !password.trim().is_empty());
        let draft = read(&v1(&password)).unwrap();
        let out = format!("{draft:?}\n{}", draft.toml());
        let skeleton = read(&v1("hunter2!")).unwrap();
        let skeleton = format!("{skeleton:?}\n{}", skeleton.toml());
        // a password that is a word of every block tells nothing
        prop_assume!(!skeleton.contains(password.trim()));
        prop_assert!(!out.contains(password.trim()), "{out}");
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}", cut in 0usize..2000) {
        read(&text).ok();
        let whole = v1("hunter2!");
        let cut = whole.floor_char_boundary(cut.min(whole.len()));
        read(&whole[..cut]).ok();
    }
}
