//! What one head-end offers, and which of our needs it leaves open.

use crate::dates::Day;
use crate::transport::now;
use asking::{HeadEnd, Item, Listing, Offers, Page, Refusal, Span};
use serde::Serialize;

/// The report of [`check`]: plain words, for a person or as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CheckReport {
    /// Our name for the head-end.
    pub head_end: String,
    /// What was tried, the login first. After a refused login nothing else is tried.
    pub tried: Vec<Tried>,
    /// The items that can be asked for, by their words in the settings.
    pub items: Vec<&'static str>,
    /// What it cannot serve, and what that costs.
    pub missing: Vec<Missing>,
}

/// One thing that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// `login`, `meters`, `gateways`, `accounts`, `daily`, `hourly`, `events`.
    pub what: &'static str,
    /// `ok`, `not-tried`, or the refusal's word.
    pub outcome: &'static str,
    /// One sentence.
    pub says: String,
    /// How many rows there are, where the head-end says it.
    pub total: Option<u64>,
}

/// A need of ours that this head-end leaves open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Missing {
    /// What is missing.
    pub need: &'static str,
    /// What goes wrong or stays unknown without it.
    pub costs: &'static str,
    /// What can be done about it.
    pub mend: &'static str,
    /// The keypad code by which a person at the meter reads the same, with two digits.
    pub keypad: Option<String>,
}

impl CheckReport {
    /// Whether the head-end answered everything that it offers.
    pub fn answers(&self) -> bool {
        self.tried.iter().all(|tried| tried.outcome == "ok")
    }
}

const NAME_IT: &str = "name it under [head_end.items] if this head-end has it";

/// A need: its word, the items that serve it (one is enough), what is lost without, what to do.
type Need = (&'static str, &'static [Item], &'static str, &'static str);

const NEEDS: &[Need] = &[
    (
        "operating status",
        &[Item::OperatingStatus],
        "no status can be asked for: it must be imported from a file or typed in",
        NAME_IT,
    ),
    (
        "power",
        &[Item::Power],
        "whether a home draws power is not seen, so its supply is often unknown",
        NAME_IT,
    ),
    (
        "load limit",
        &[Item::LoadLimit],
        "an overload is judged without the limit it broke",
        NAME_IT,
    ),
    (
        "power factor",
        &[Item::PowerFactor],
        "a low power factor is judged without its value",
        NAME_IT,
    ),
    (
        "relay",
        &[Item::Relay, Item::Credit],
        "a reconnect or disconnect cannot be verified by the relay itself",
        NAME_IT,
    ),
    (
        "total energy",
        &[Item::TotalEnergy],
        "energy that moves while the relay should be open is seen in the daily data at the earliest",
        NAME_IT,
    ),
    (
        "cover openings",
        &[Item::CoverOpenings],
        "whether a cover was opened again is learned at the meter only",
        NAME_IT,
    ),
    (
        "overload trips",
        &[Item::OverloadTrips],
        "repeated trips are counted from our own observations only",
        NAME_IT,
    ),
    (
        "power-downs",
        &[Item::PowerDowns],
        "an outage is told from a dead meter by its neighbours only",
        NAME_IT,
    ),
    (
        "phase-downs",
        &[Item::PhaseDowns],
        "a lost phase is learned at the meter only",
        NAME_IT,
    ),
];

/// A need that is not an item.
type Ability = (
    &'static str,
    fn(&Offers) -> bool,
    &'static str,
    &'static str,
);

const ABILITIES: &[Ability] = &[
    (
        "gateway state",
        |offers| offers.gateways,
        "a dark gateway looks like many silent meters",
        "group meters by gateway by hand; their silence is then judged together",
    ),
    (
        "token minting",
        |offers| offers.tokens,
        "a tamper latch or a load limit cannot be changed from here",
        "make tokens in the vendor's own pages and deliver them here",
    ),
    (
        "task list",
        |offers| offers.task_list,
        "after a lost answer a command stays unknown until its horizon has passed",
        "read the meter back; nothing physical is sent to it meanwhile",
    ),
    (
        "events",
        |offers| offers.events,
        "the head-end reports nothing by itself: a change is seen at the next reading",
        "read more often where it matters",
    ),
    (
        "daily data",
        |offers| offers.daily,
        "consumption before a trip is not known",
        "read the total energy every day",
    ),
];

/// Logs in, tries each list with one row, and says what is missing. It creates no task and mints
/// no token.
pub async fn check(head_end: &dyn HeadEnd) -> CheckReport {
    let offers = head_end.offers();
    let login = head_end.login().await;
    let in_order = login.is_ok();
    let mut tried = vec![Tried::of("login", login.map(|()| None))];
    if in_order {
        tried.extend(lists(head_end, offers).await);
    }
    CheckReport {
        head_end: head_end.name().to_owned(),
        tried,
        items: offers.items.iter().map(|item| item.word()).collect(),
        missing: missing(offers),
    }
}

async fn lists(head_end: &dyn HeadEnd, offers: &Offers) -> Vec<Tried> {
    let one = Page { number: 1, size: 1 };
    let mut tried = Vec::new();
    let mut meters = Vec::new();
    if offers.meters {
        let listing = head_end.meters(one).await;
        let first = listing.as_ref().ok().and_then(|list| list.rows.first());
        meters.extend(first.map(|row| row.meter.clone()));
        tried.push(Tried::list("meters", listing));
    }
    if offers.gateways {
        tried.push(Tried::list("gateways", head_end.gateways(one).await));
    }
    if offers.accounts {
        tried.push(Tried::list("accounts", head_end.accounts(one).await));
    }
    let today = Day::of(now());
    let span = Span {
        from: today.plus(-2).to_string(),
        to: today.to_string(),
        meters,
    };
    // of no meter there is no data to ask for
    if span.meters.is_empty() {
        let data = [
            ("daily", offers.daily),
            ("hourly", offers.hourly),
            ("events", offers.events),
        ];
        let offered = data.into_iter().filter(|(_, offered)| *offered);
        tried.extend(offered.map(|(what, _)| Tried::not(what)));
        return tried;
    }
    if offers.daily {
        tried.push(Tried::list("daily", head_end.daily(&span, one).await));
    }
    if offers.hourly {
        tried.push(Tried::list("hourly", head_end.hourly(&span, one).await));
    }
    if offers.events {
        tried.push(Tried::list("events", head_end.events(&span, one).await));
    }
    tried
}

fn missing(offers: &Offers) -> Vec<Missing> {
    let items = NEEDS.iter().filter(|(_, serve, ..)| {
        let served = serve.iter().any(|item| offers.items.contains(item));
        !served
    });
    let items = items.map(|(need, serve, costs, mend)| Missing {
        need,
        costs,
        mend,
        keypad: serve[0].keypad().map(|code| code.to_string()),
    });
    let abilities = ABILITIES.iter().filter(|(_, offered, ..)| !offered(offers));
    let abilities = abilities.map(|(need, _, costs, mend)| Missing {
        need,
        costs,
        mend,
        keypad: None,
    });
    items.chain(abilities).collect()
}

impl Tried {
    fn of(what: &'static str, outcome: Result<Option<u64>, Refusal>) -> Self {
        match outcome {
            Ok(total) => Self {
                what,
                outcome: "ok",
                says: "it answers".to_owned(),
                total,
            },
            Err(refusal) => Self {
                what,
                outcome: refusal.kind.word(),
                says: refusal.to_string(),
                total: None,
            },
        }
    }

    fn list<T>(what: &'static str, outcome: Result<Listing<T>, Refusal>) -> Self {
        Self::of(what, outcome.map(|listing| listing.total))
    }

    fn not(what: &'static str) -> Self {
        Self {
            what,
            outcome: "not-tried",
            says: "no meter is known to ask it of".to_owned(),
            total: None,
        }
    }
}
