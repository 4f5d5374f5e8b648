//! A desk over a store in a folder of its own.

use answers::{Settings, StatusFamily};
use desk::{Arrived, CaseRules, Clock, Intake, Want};
use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use std::collections::BTreeMap;
use store::{Case, CaseFilter, Meter, NewAnswer, NewSlot, OpenOptions, Store};

/// 2026-11-23 12:00 UTC.
pub(crate) const NOON: Moment = Moment(1_795_435_200_000);

/// A number that is one.
pub(crate) fn meter(number: &str) -> MeterNumber {
    MeterNumber::parse(number).expect("a meter number")
}

/// The row of a finished status task of the station dialect.
pub(crate) fn status(meter: &str, status: &str) -> String {
    format!(
        r#"{{"id":1,"meterId":"{meter}","name":"Meter operating status","data":"{status}","status":1,"createId":"ops"}}"#
    )
}

/// A desk with three meters of one site behind one gateway.
pub(crate) struct Bench {
    pub(crate) intake: Intake,
    pub(crate) store: Store,
    _folder: tempfile::TempDir,
}

impl Bench {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite:{}", folder.path().join("desk.db").display());
        let store = Store::open(&url, OpenOptions::default())
            .await
            .expect("a store");
        let reading = Settings {
            family: StatusFamily::Ami,
            ..Settings::default()
        };
        let reading = BTreeMap::from([("main".to_owned(), reading)]);
        let intake = Intake::open(
            store.clone(),
            Clock::running(1),
            CaseRules::default(),
            reading,
        )
        .await
        .expect("an intake");
        let bench = Self {
            intake,
            store,
            _folder: folder,
        };
        bench.register().await;
        bench
    }

    async fn register(&self) {
        let new = |number| Meter {
            number: meter(number),
            head_end: Some("main".to_owned()),
            site: SiteId::parse("Site A"),
            gateway: GatewayId::parse("GW-1"),
            customer: None,
            phases: Some(1),
            solar: Some(false),
            occupied: None,
        };
        let meters = ["47001582544", "47003104321", "47005300000"].map(new);
        self.store.put_meters(&meters).await.expect("meters");
    }

    pub(crate) fn answer(number: &str, asked: &str, body: &str, at: Moment) -> NewAnswer {
        NewAnswer {
            at,
            source: "main".to_owned(),
            meter: Some(meter(number)),
            asked: asked.to_owned(),
            body: body.to_owned(),
            slot: None,
        }
    }

    /// An answer comes in.
    pub(crate) async fn came(
        &self,
        number: &str,
        asked: &str,
        body: &str,
        at: Moment,
    ) -> Vec<Want> {
        self.take(Self::answer(number, asked, body, at)).await
    }

    /// A meter says this status.
    pub(crate) async fn says(&self, number: &str, said: &str, at: Moment) -> Vec<Want> {
        let body = status(number, said);
        self.came(number, "operating_status", &body, at).await
    }

    /// A task for the meter ends without its answer.
    pub(crate) async fn fails(&self, number: &str, at: Moment) {
        let slot = NewSlot {
            head_end: "main".to_owned(),
            group: "GW-1".to_owned(),
            meter: meter(number),
            asked: "operating_status".to_owned(),
            request: None,
            at,
            horizon: at.plus(fleet::HOUR),
            command: None,
            mark: None,
        };
        let slot = self.store.reserve(&[slot], 5).await.expect("a slot")[0];
        let body = format!(
            r#"{{"id":1,"meterId":"{number}","name":"Meter operating status","data":null,"status":2}}"#
        );
        let answer = NewAnswer {
            slot,
            ..Self::answer(number, "operating_status", &body, at)
        };
        self.take(answer).await;
        let held = self.store.slots("main").await.expect("slots");
        assert!(held.is_empty(), "its slot is free again");
    }

    async fn take(&self, answer: NewAnswer) -> Vec<Want> {
        let arrived = Arrived {
            answer,
            request: None,
            asked_at: None,
        };
        self.intake.take(vec![arrived]).await.expect("taken in")
    }

    /// Open cases that none explains.
    pub(crate) async fn open(&self) -> Vec<Case> {
        let filter = CaseFilter::default();
        self.store.cases(&filter, None, 100).await.expect("cases")
    }

    /// Their causes.
    pub(crate) async fn causes(&self) -> Vec<String> {
        let open = self.open().await;
        open.into_iter().map(|case| case.cause).collect()
    }
}
