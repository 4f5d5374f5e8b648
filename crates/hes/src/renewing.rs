//! A head-end whose secrets may be changed while it is asked.

use crate::{HesError, connect};
use asking::{
    Account, Ask, DayRow, Deployment, EventRow, Exchange, GatewayRow, HeadEnd, HourRow, Listing,
    MeterRow, Mint, Offers, Pace, Page, Polled, Refusal, RefusalKind, Reply, Secret, Seen, Span,
    TaskId, Watched,
};
use fleet::MeterNumber;
use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

/// Where the secrets are read: the deployment as it is now, or nothing where it cannot be read.
pub type Reads = dyn Fn() -> Option<Deployment> + Send + Sync;

/// One connection, and the secrets that it was made with.
#[derive(Clone)]
struct Made {
    head_end: Arc<dyn HeadEnd>,
    secrets: (Secret, Option<Secret>),
}

impl Made {
    fn of(deployment: Deployment) -> Result<Self, HesError> {
        let secrets = secrets(&deployment);
        Ok(Self {
            head_end: connect(deployment)?.into(),
            secrets,
        })
    }
}

fn secrets(deployment: &Deployment) -> (Secret, Option<Secret>) {
    (
        deployment.password.clone(),
        deployment.authorization.clone(),
    )
}

struct Renewing {
    name: String,
    offers: Offers,
    pace: Pace,
    account: Option<String>,
    now: RwLock<Made>,
    reads: Box<Reads>,
}

/// Makes a head-end of what the settings say. When it refuses our login, the secrets are read again,
/// and where they are others it is tried with these: a mended password needs no restart.
pub fn connect_renewing(
    deployment: Deployment,
    reads: Box<Reads>,
) -> Result<Arc<dyn HeadEnd>, HesError> {
    let made = Made::of(deployment)?;
    let head_end = &made.head_end;
    Ok(Arc::new(Renewing {
        name: head_end.name().to_owned(),
        offers: head_end.offers().clone(),
        pace: head_end.pace().clone(),
        account: head_end.account().map(str::to_owned),
        now: RwLock::new(made),
        reads,
    }))
}

impl Renewing {
    fn now(&self) -> Arc<dyn HeadEnd> {
        let now = self.now.read().unwrap_or_else(PoisonError::into_inner);
        now.head_end.clone()
    }

    /// A connection with the secrets of now, where they have changed.
    fn renew(&self) -> Option<Arc<dyn HeadEnd>> {
        let deployment = (self.reads)()?;
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if now.secrets == secrets(&deployment) {
            return None;
        }
        *now = Made::of(deployment).ok()?;
        Some(now.head_end.clone())
    }
}

impl fmt::Debug for Renewing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.now().fmt(f)
    }
}

/// Each call goes to the connection of now.
macro_rules! passed_on {
    ($($name:ident($($arg:ident: $of:ty),*) -> $gives:ty;)*) => {
        $(fn $name<'a>(&'a self, $($arg: $of),*) -> Reply<'a, $gives> {
            let now = self.now();
            Box::pin(async move { now.$name($($arg),*).await })
        })*
    };
}

#[expect(
    clippy::elidable_lifetime_names,
    reason = "calls with and without borrowed arguments are written alike"
)]
impl HeadEnd for Renewing {
    fn name(&self) -> &str {
        &self.name
    }

    fn offers(&self) -> &Offers {
        &self.offers
    }

    fn pace(&self) -> &Pace {
        &self.pace
    }

    fn account(&self) -> Option<&str> {
        self.account.as_deref()
    }

    fn login(&self) -> Reply<'_, ()> {
        Box::pin(async move {
            let refusal = match self.now().login().await {
                Err(refusal) if refusal.kind == RefusalKind::LoginRefused => refusal,
                ended => return ended,
            };
            match self.renew() {
                Some(renewed) => renewed.login().await,
                None => Err(refusal),
            }
        })
    }

    passed_on! {
        create(ask: &'a Ask) -> TaskId;
        create_many(asks: &'a [Ask]) -> Vec<Result<TaskId, Refusal>>;
        poll(tasks: &'a [Watched]) -> Vec<Polled>;
        recent(ask: &'a Ask) -> Vec<Seen>;
        dispatch(task: &'a Watched) -> ();
        meters(page: Page) -> Listing<MeterRow>;
        gateways(page: Page) -> Listing<GatewayRow>;
        accounts(page: Page) -> Listing<Account>;
        daily(span: &'a Span, page: Page) -> Listing<DayRow>;
        hourly(span: &'a Span, page: Page) -> Listing<HourRow>;
        events(span: &'a Span, page: Page) -> Listing<EventRow>;
        online(meters: &'a [MeterNumber]) -> Vec<(MeterNumber, bool)>;
        mint(mint: &'a Mint) -> Secret;
    }

    fn exchanges(&self) -> Vec<Exchange> {
        self.now().exchanges()
    }
}
