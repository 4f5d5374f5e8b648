//! Head-ends in trouble and dark gateways: one case each, and nobody is sent to their meters.

use super::Intake;
use crate::cases::SILENT;
use crate::{DeskError, words};
use asking::{Refusal, RefusalKind};
use fleet::{GatewayId, Moment};
use std::collections::BTreeMap;
use store::{CaseChange, CaseFilter, CaseId, Gateway, NewCase, Store, Subject};

/// The condition that each refusal is a case of. Refusals that speak of one ask alone open none.
const CONDITIONS: &[(RefusalKind, &str)] = &[
    (RefusalKind::Unreachable, "head-end-unreachable"),
    (RefusalKind::Reset, "head-end-unreachable"),
    (RefusalKind::TimedOut, "head-end-unreachable"),
    (RefusalKind::ServerFailed, "head-end-unreachable"),
    (RefusalKind::LoginRefused, "head-end-login"),
    (RefusalKind::LoggedOut, "head-end-login"),
    (RefusalKind::Certificate, "head-end-certificate"),
    (RefusalKind::HtmlPage, "head-end-answer"),
    (RefusalKind::NotJson, "head-end-answer"),
    (RefusalKind::Shape, "head-end-answer"),
    (RefusalKind::Forbidden, SET_UP),
    (RefusalKind::BadRequest, SET_UP),
    (RefusalKind::NoSuchPath, SET_UP),
    (RefusalKind::NotOffered, SET_UP),
];

/// The condition of a head-end that is not set up for something.
const SET_UP: &str = "head-end-set-up";
/// The condition of a dark gateway.
const DARK: &str = "gateway-dark";

/// What the store knows of gateways and head-ends, kept at hand because every answer asks.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    online: BTreeMap<GatewayId, bool>,
    dark: BTreeMap<GatewayId, CaseId>,
    /// Open cases of head-ends, by head-end and cause.
    troubled: BTreeMap<(String, String), CaseId>,
}

impl Surroundings {
    /// Learns them from the store.
    pub(super) async fn learn(store: &Store) -> Result<Self, DeskError> {
        let mut learned = Self::default();
        for gateway in store.gateways().await? {
            if let Some(online) = gateway.online {
                learned.online.insert(gateway.id, online);
            }
        }
        let filter = |cause: Option<&str>| CaseFilter {
            cause: cause.map(str::to_owned),
            explained: true,
            ..CaseFilter::default()
        };
        for dark in store.cases(&filter(Some(DARK)), None, 10_000).await? {
            let gateway = GatewayId::parse(&dark.subject.id);
            learned
                .dark
                .extend(gateway.map(|gateway| (gateway, dark.id)));
        }
        let mut causes: Vec<&str> = CONDITIONS.iter().map(|(_, cause)| *cause).collect();
        causes.dedup();
        for cause in causes {
            for case in store.cases(&filter(Some(cause)), None, 1_000).await? {
                let key = (case.subject.id, case.cause);
                learned.troubled.insert(key, case.id);
            }
        }
        Ok(learned)
    }
}

impl Intake {
    /// Whether a gateway is online, where its head-end says it.
    pub(super) fn gateway_state(&self, gateway: &GatewayId) -> Option<bool> {
        let surroundings = self.surroundings.lock().ok()?;
        surroundings.online.get(gateway).copied()
    }

    /// The open case of a dark gateway.
    pub(super) fn gateway_case(&self, gateway: &GatewayId) -> Option<CaseId> {
        let surroundings = self.surroundings.lock().ok()?;
        surroundings.dark.get(gateway).copied()
    }

    /// A head-end answered, or refused in a way that speaks of the whole head-end: one case while it
    /// lasts, closed by itself.
    pub async fn head_end(
        &self,
        name: &str,
        outcome: Result<(), &Refusal>,
        now: Moment,
    ) -> Result<(), DeskError> {
        match outcome {
            Ok(()) => self.head_end_well(name, now).await,
            Err(refusal) => self.head_end_troubled(name, refusal, now).await,
        }
    }

    async fn head_end_well(&self, name: &str, now: Moment) -> Result<(), DeskError> {
        self.trouble_over(name, false, now).await
    }

    /// What a head-end was not set up for before is set up now.
    pub async fn set_up_well(&self, name: &str, now: Moment) -> Result<(), DeskError> {
        self.trouble_over(name, true, now).await
    }

    async fn trouble_over(&self, name: &str, set_up: bool, now: Moment) -> Result<(), DeskError> {
        let ended: Vec<CaseId> = {
            let Ok(mut surroundings) = self.surroundings.lock() else {
                return Ok(());
            };
            let mine = surroundings
                .troubled
                .extract_if(.., |(head_end, cause), _| {
                    head_end == name && (cause == SET_UP) == set_up
                });
            mine.map(|(_, case)| case).collect()
        };
        if ended.is_empty() {
            return Ok(());
        }
        let why = if set_up {
            "it is set up now"
        } else {
            "the head-end answers again"
        };
        let why = why.to_owned();
        let close = |case| CaseChange::Close(case, now, why.clone());
        let changes: Vec<_> = ended.into_iter().map(close).collect();
        Ok(self.store.change_cases(&changes).await?)
    }

    async fn head_end_troubled(
        &self,
        name: &str,
        refusal: &Refusal,
        now: Moment,
    ) -> Result<(), DeskError> {
        let known = CONDITIONS.iter().find(|(kind, _)| *kind == refusal.kind);
        let Some((_, condition)) = known else {
            return Ok(());
        };
        let sentence = format!("{name}: {refusal}.");
        let words = words::of_condition(condition, Some((&sentence, &sentence)));
        let subject = Subject {
            kind: "head_end",
            id: name.to_owned(),
        };
        let opened = self.open_case(subject, condition, words, now).await?;
        if let (Some(opened), Ok(mut surroundings)) = (opened, self.surroundings.lock()) {
            let key = (name.to_owned(), (*condition).to_owned());
            surroundings.troubled.insert(key, opened);
        }
        Ok(())
    }

    /// A head-end said whether a gateway is online. Dark: one case, and the silence of its meters is
    /// put under it. Back: that case closes and what is still silent stands alone again.
    pub async fn gateway(
        &self,
        gateway: &Gateway,
        online: bool,
        now: Moment,
    ) -> Result<(), DeskError> {
        let known = Gateway {
            online: Some(online),
            online_at: Some(now),
            ..gateway.clone()
        };
        let id = &gateway.id;
        let (before, case) = (self.gateway_state(id), self.gateway_case(id));
        self.store.put_gateways(&[known]).await?;
        if let Ok(mut surroundings) = self.surroundings.lock() {
            surroundings.online.insert(id.clone(), online);
        }
        match (online, before, case) {
            (false, _, None) => self.gateway_dark(gateway, now).await,
            (true, _, Some(case)) => self.gateway_back(id, case, now).await,
            _ => Ok(()),
        }
    }

    async fn gateway_dark(&self, gateway: &Gateway, now: Moment) -> Result<(), DeskError> {
        let id = gateway.id.as_str();
        let en = format!("{id} is offline at the head-end.");
        let fr = format!("{id} est hors ligne au système.");
        let subject = Subject {
            kind: "gateway",
            id: id.to_owned(),
        };
        let words = words::of_condition(DARK, Some((&en, &fr)));
        let Some(case) = self.open_case(subject, DARK, words, now).await? else {
            return Ok(());
        };
        if let Ok(mut surroundings) = self.surroundings.lock() {
            surroundings.dark.insert(gateway.id.clone(), case);
        }
        let silent = CaseFilter {
            cause: Some(SILENT.to_owned()),
            ..CaseFilter::default()
        };
        let silent = self.store.cases(&silent, None, 100_000).await?;
        let its_own = silent
            .iter()
            .filter(|one| one.gateway.as_deref() == Some(id));
        let under: Vec<_> = its_own
            .map(|child| CaseChange::Under(child.id, Some(case)))
            .collect();
        Ok(self.store.change_cases(&under).await?)
    }

    async fn gateway_back(
        &self,
        gateway: &GatewayId,
        case: CaseId,
        now: Moment,
    ) -> Result<(), DeskError> {
        let children = CaseFilter {
            parent: Some(case),
            explained: true,
            ..CaseFilter::default()
        };
        let children = self.store.cases(&children, None, 100_000).await?;
        let mut changes: Vec<_> = children
            .iter()
            .map(|child| CaseChange::Under(child.id, None))
            .collect();
        changes.push(CaseChange::Close(
            case,
            now,
            "the gateway is online again".to_owned(),
        ));
        self.store.change_cases(&changes).await?;
        if let Ok(mut surroundings) = self.surroundings.lock() {
            surroundings.dark.remove(gateway);
        }
        Ok(())
    }

    /// Opens or refreshes a case that is not a meter's, and gives its id.
    pub(super) async fn open_case(
        &self,
        subject: Subject,
        cause: &str,
        words: store::Words,
        now: Moment,
    ) -> Result<Option<CaseId>, DeskError> {
        let filter = CaseFilter {
            subject: Some(subject.id.clone()),
            cause: Some(cause.to_owned()),
            explained: true,
            ..CaseFilter::default()
        };
        let site = (subject.kind == "site").then(|| subject.id.clone());
        let gateway = (subject.kind == "gateway").then(|| subject.id.clone());
        let new = NewCase {
            subject,
            cause: cause.to_owned(),
            words,
            site,
            gateway,
            at: now,
            parent: None,
        };
        let seen = CaseChange::Seen(Box::new(new));
        self.store.change_cases(&[seen]).await?;
        let found = self.store.cases(&filter, None, 1).await?;
        Ok(found.first().map(|case| case.id))
    }
}
