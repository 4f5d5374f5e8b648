//! Asking the router without a network.

use crate::house::{self, Health};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use desk::command::{CommandRules, Commands, Vault};
use desk::people::People;
use desk::{CaseRules, Clock, Intake};
use fleet::Moment;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{OpenOptions, Store};
use tempfile::TempDir;
use tower::ServiceExt as _;
use web::HeadEndHealth;

/// An installation that a test asks.
pub(crate) struct Installation {
    pub(crate) store: Store,
    pub(crate) now: Moment,
    pub(crate) people: People,
    state: web::State,
    router: Router,
    _folder: TempDir,
}

/// What came back.
pub(crate) struct Came {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Installation {
    /// One with nothing in it.
    pub(crate) async fn empty() -> Self {
        Self::with(|now| vec![house::well(now)]).await
    }

    /// One with every condition on it.
    pub(crate) async fn full() -> Self {
        let installation = Self::empty().await;
        house::fill(&installation.store, installation.now).await;
        installation
    }

    /// One whose head-ends are doing so.
    pub(crate) async fn with(head_ends: impl Fn(Moment) -> Vec<HeadEndHealth>) -> Self {
        Self::ruled(head_ends, CommandRules::default(), false).await
    }

    /// One whose commands go by these rules, and that is read by everybody or not.
    pub(crate) async fn ruled(
        head_ends: impl Fn(Moment) -> Vec<HeadEndHealth>,
        rules: CommandRules,
        anonymous_reads: bool,
    ) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("web.db").display());
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        let clock = desk::Clock::running(1);
        let now = clock.now();
        let state = web::State {
            store: store.clone(),
            clock,
            health: Arc::new(Health {
                head_ends: head_ends(now),
                trouble: None,
            }),
            title: "CalinMeter".to_owned(),
            hosts: Vec::new(),
            metrics: None,
        };
        let people = People::new(store.clone());
        let doors = web::Doors {
            commands: Some(commands(&store, clock, rules).await),
            people: people.clone(),
            anonymous_reads,
        };
        Self {
            router: web::router_with(state.clone(), doors),
            people,
            state,
            store,
            now,
            _folder: folder,
        }
    }

    /// What its pages are drawn from.
    pub(crate) fn state(&self) -> web::State {
        self.state.clone()
    }

    /// Asks for a path.
    pub(crate) async fn get(&self, path: &str) -> Came {
        self.ask(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// Asks for a path with a header.
    pub(crate) async fn get_with(&self, path: &str, name: &str, value: &str) -> Came {
        let request = Request::get(path).header(name, value);
        self.ask(request.body(Body::empty()).unwrap()).await
    }

    /// Asks anything.
    pub(crate) async fn ask(&self, request: Request<Body>) -> Came {
        came(self.router.clone(), request).await
    }

    /// A page that has to be there.
    pub(crate) async fn page(&self, path: &str) -> String {
        let came = self.get(path).await;
        assert_eq!(came.status, StatusCode::OK, "{path}: {}", came.body);
        came.body
    }

    /// JSON that has to be there.
    pub(crate) async fn json(&self, path: &str) -> serde_json::Value {
        serde_json::from_str(&self.page(path).await).unwrap()
    }
}

impl Came {
    /// A header, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map(|value| value.to_str().unwrap())
            .unwrap_or_default()
    }
}

/// Asks a router.
pub(crate) async fn came(router: Router, request: Request<Body>) -> Came {
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    Came {
        status: parts.status,
        headers: parts.headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    }
}

/// What takes commands over this store.
pub(crate) async fn commands(store: &Store, clock: Clock, rules: CommandRules) -> Arc<Commands> {
    let intake = Intake::open(store.clone(), clock, CaseRules::default(), BTreeMap::new());
    let intake = Arc::new(intake.await.unwrap());
    let vault = Vault::new(&[7; 32]).unwrap();
    Arc::new(Commands::new(intake, rules, vault))
}

/// The values of an attribute, in order.
pub(crate) fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}
