//! Bodies of the fact sheet (appendix C and the sections it names), and what every test needs.

use asking::{
    Act, Ask, Deployment, Dialect, HeadEnd, Mint, Page, Purpose, Secret, TaskId, Watched,
};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fleet::{MeterNumber, SiteId};

pub(crate) const PASSWORD: &str = "correct horse";
pub(crate) const TOKEN: &str = "12345678901234567890";

/// V1-1
pub(crate) const V1_CREATED: &str = r#"{"ResultCode":"00","Reason":"OK","Result":{"TaskNo":"abbb70e6-d781-43b9-9198-7eab07d48296","Status":null,"DataItem":"Current Credit Register","Data":""}}"#;
/// V1-2
pub(crate) const V1_PENDING: &str = r#"{"ResultCode":"00","Reason":"OK","Result":{"TaskNo":"abbb70e6-d781-43b9-9198-7eab07d48296","MeterNo":"47001582544","Status":"unknown","DataItem":"Current Credit Register","Data":""}}"#;
/// V1-5
pub(crate) const V1_REFUSED: &str = r#"{"ResultCode":"99","Reason":"other error"}"#;
/// V1-7
pub(crate) const V1_ONLINE: &str =
    r#"{"ResultCode":"00","Reason":"OK","Result":[{"ConcentratorNo":"230401081","Status":true}]}"#;
/// 2.7.1, the captured row as far as the sheet gives it
pub(crate) const V1_HOURLY: &str = r#"{"ResultCode":"00","Reason":"OK","Result":[{"MeterNo":"47001582544","Year":2023,"Month":5,"Day":2,"TotalUnitsCounter":167.47,"CurrentCreditRegister":3.63,"RelayStatus":0,"HourlyConsumption_0to1":0,"HourlyConsumption_1to2":-1,"HourlyConsumption_19to20":0.2,"HourlyConsumption_20to21":0.38,"HourlyConsumption_21to22":0.36,"HourlyConsumption_22to23":0.36,"HourlyConsumption_23to24":0.1}]}"#;
/// V1-10
pub(crate) const V1_MINTED: &str =
    r#"{"result_code":0,"reason":"OK","result":"12345678901234567890"}"#;
/// V2c-2
pub(crate) const V2C_CREATED: &str = r#"{"code":0,"reason":"success","result":[{"id":3800}]}"#;
/// 3.2, the captured poll answer
pub(crate) const V2C_DONE: &str = r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"id":3800,"customerId":"1","customerName":"Customer A","concentratorId":"230401081","meterId":"47003104321","name":"Current Credit Balance","data":"108.8","dataPrefix":"Current Credit Balance(kWh)","status":1,"createId":"AMR01","createDate":"2024-05-16 07:56:18","updateId":"AMR01","updateDate":"2024-05-16 07:56:18","remark":null,"company":"<company>"}]}}"#;
/// V2s-1
pub(crate) const V2S_CREATED: &str =
    r#"{"code":0,"reason":"success","result":[{"id":3557,"status":0}]}"#;
/// V2s-2
pub(crate) const V2S_DONE: &str = r#"{"code":0,"reason":"success","result":{"total":1,"data":[{"id":3557,"customerId":"C1","customerName":"Customer A","meterId":"47005300000","name":"Credit balance","data":"000005.00,01,00","dataPrefix":"Credit balance,,","status":1,"stationId":"SITE_A","createId":"operator","createDate":"2026-04-01 11:19:19","updateId":"operator","updateDate":"2026-04-01 11:19:26","remark":null}]}}"#;
/// 4.2
pub(crate) const V2S_LOGIN_REFUSED: &str =
    r#"{"code":1,"reason":"invalid username or password","result":null}"#;
/// 4.2
pub(crate) const V2S_BAD_QUERY: &str =
    r#"{"code":99,"reason":"Query failed, please try again","result":null}"#;
/// 4.2
pub(crate) const V2S_PROBLEM: &str = r#"{"type":"https://tools.ietf.org/html/rfc9110#section-15.5.1","title":"One or more validation errors occurred.","status":400,"errors":{"Lang":["The Lang field is required."]},"traceId":"00-…"}"#;

/// A pass that ends at this second; its claims are the ones of the fact sheet.
pub(crate) fn jwt(exp: u64) -> String {
    let claims = format!(r#"{{"iss":"calinmeter","aud":"calinmeter","exp":{exp}}}"#);
    format!(
        "eyJhbGciOiJIUzI1NiJ9.{}.c2lnbmF0dXJl",
        URL_SAFE_NO_PAD.encode(claims)
    )
}

/// The answer to a login.
pub(crate) fn logged_in(pass: &str) -> String {
    format!(r#"{{"code":0,"reason":"success","result":{{"token":"{pass}"}}}}"#)
}

pub(crate) fn deployment(dialect: Dialect, url: &str) -> Deployment {
    let mut deployment = Deployment::new("main", dialect, url, "ops", Secret::new(PASSWORD));
    deployment.company = Some("<company>".to_owned());
    deployment
}

pub(crate) fn connect(dialect: Dialect, url: &str) -> Box<dyn HeadEnd> {
    hes::connect(deployment(dialect, url)).unwrap()
}

pub(crate) fn meter(digits: &str) -> MeterNumber {
    MeterNumber::parse(digits).unwrap()
}

pub(crate) fn ask(digits: &str, act: Act) -> Ask {
    Ask {
        meter: meter(digits),
        act,
        customer: Some("C1".to_owned()),
        site: SiteId::parse("SITE_A"),
        gateway: None,
    }
}

pub(crate) fn watched(task: &str, digits: &str, act: Act) -> Watched {
    Watched {
        task: TaskId(task.to_owned()),
        meter: meter(digits),
        act,
    }
}

pub(crate) fn clear_tamper(digits: &str) -> Mint {
    Mint {
        meter: meter(digits),
        purpose: Purpose::ClearTamper,
    }
}

pub(crate) fn token() -> Act {
    Act::DeliverToken(Secret::new("1234 5678 9012 3456 7890"))
}

pub(crate) const PAGE: Page = Page {
    number: 1,
    size: 100,
};

/// The far future, in seconds.
pub(crate) const LATER: u64 = 4_000_000_000;
