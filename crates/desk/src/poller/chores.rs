//! What comes round again: the lease, the fleet, requests, gateways, figures.

use super::round::Round;
use asking::{GatewayRow, Reached, Refusal, RefusalKind};
use fleet::{GatewayId, Moment, SECOND, SiteId};
use std::collections::BTreeMap;
use store::{Due, Gateway};

/// How often each chore comes round, of the computer's time.
const LEASE: i64 = 15 * SECOND;
const REQUESTS: i64 = SECOND / 2;
const FIGURES: i64 = SECOND;
/// The fleet is read again after so long, and for each meter a little more.
const FLEET: i64 = 30 * SECOND;
const FLEET_METER: i64 = 3;

/// When each chore was last done, and what the head-end last said of its gateways.
#[derive(Debug)]
pub(super) struct Chores {
    lease: Moment,
    fleet: Moment,
    requests: Moment,
    gateways: Moment,
    figures: Moment,
    online: BTreeMap<GatewayId, bool>,
    rows: Option<Vec<GatewayRow>>,
    told_set_up: bool,
}

impl Default for Chores {
    fn default() -> Self {
        let never = Moment(i64::MIN);
        Self {
            lease: never,
            fleet: never,
            requests: never,
            gateways: never,
            figures: never,
            online: BTreeMap::new(),
            rows: None,
            told_set_up: false,
        }
    }
}

impl Chores {
    /// Does what is due.
    pub(super) async fn due(&mut self, round: &mut Round, now: Moment) {
        let scale = i64::from(round.poller.intake.clock().scale());
        let is_due = |last: &mut Moment, every: i64| {
            let due = now.since(*last) >= every;
            if due {
                *last = now;
            }
            due
        };
        if is_due(&mut self.lease, LEASE * scale) {
            round.lead(now).await;
        }
        if !round.status.leads {
            return;
        }
        self.set_up(round, now).await;
        let meters = i64::try_from(round.status.meters).unwrap_or(0);
        if is_due(&mut self.fleet, (FLEET + FLEET_METER * meters) * scale) {
            fleet(round, now).await;
        }
        if is_due(&mut self.requests, REQUESTS * scale) {
            match round.poller.intake.store().open_requests().await {
                Ok(open) => round.planner.requests(&open, now),
                Err(error) => round.trouble(&error.into()),
            }
        }
        let offered = round.poller.head_end.offers().gateways;
        let idle = offered && !round.listing && round.planner.speaks();
        if idle && is_due(&mut self.gateways, round.poller.online_every) {
            round.list_gateways();
        }
        if let Some(rows) = self.rows.take() {
            self.gateways(round, &rows, now).await;
        }
        if is_due(&mut self.figures, FIGURES * scale) {
            figures(round, now);
        }
    }

    /// The list of gateways has come.
    pub(super) fn listed(&mut self, rows: Vec<GatewayRow>) {
        self.rows = Some(rows);
    }

    /// Says once whether the one thing that matters is set up here.
    async fn set_up(&mut self, round: &mut Round, now: Moment) {
        if self.told_set_up {
            return;
        }
        let name = round.poller.head_end.name().to_owned();
        let told = if round.lacks_status() {
            let refusal = Refusal {
                kind: RefusalKind::NotOffered,
                reached: Reached::No,
                said: "operating_status".to_owned(),
            };
            round
                .poller
                .intake
                .head_end(&name, Err(&refusal), now)
                .await
        } else {
            round.poller.intake.set_up_well(&name, now).await
        };
        match told {
            Ok(()) => self.told_set_up = true,
            Err(error) => round.trouble(&error),
        }
    }

    async fn gateways(&mut self, round: &mut Round, rows: &[GatewayRow], now: Moment) {
        for row in rows {
            let (Some(id), Some(online)) = (GatewayId::parse(&row.gateway), row.online) else {
                continue;
            };
            round.planner.gateway(id.as_str(), online, now);
            if self.online.get(&id) == Some(&online) {
                continue;
            }
            let gateway = Gateway {
                id: id.clone(),
                head_end: Some(round.poller.head_end.name().to_owned()),
                name: row.name.clone(),
                site: row.site.as_deref().and_then(SiteId::parse),
                online: Some(online),
                online_at: Some(now),
            };
            match round.poller.intake.gateway(&gateway, online, now).await {
                Ok(()) => {
                    self.online.insert(id, online);
                }
                Err(error) => return round.trouble(&error),
            }
        }
    }
}

/// The meters of this head-end, as they are registered now.
async fn fleet(round: &mut Round, now: Moment) {
    let name = round.poller.head_end.name().to_owned();
    let adopts = round.poller.adopts;
    let mine = |due: &&Due| match &due.head_end {
        Some(head_end) => *head_end == name,
        None => adopts,
    };
    match round.poller.intake.store().due().await {
        Ok(all) => round.planner.fleet(all.iter().filter(mine), now),
        Err(error) => round.trouble(&error.into()),
    }
    round.status.meters = round.planner.counts(now).meters;
}

fn figures(round: &mut Round, now: Moment) {
    let counts = round.planner.counts(now);
    let status = &mut round.status;
    status.meters = counts.meters;
    status.in_flight = counts.in_flight;
    status.waiting = counts.waiting;
    status.overdue = counts.overdue;
    let down = round.planner.down();
    status.down = down.map(|(since, refusal)| {
        let why = refusal.map(ToString::to_string).unwrap_or_default();
        (Some(since), why)
    });
    let gauge = |name: &'static str, value: usize| {
        let value = u32::try_from(value).unwrap_or(u32::MAX);
        metrics::gauge!(name, "head_end" => status.head_end.clone()).set(f64::from(value));
    };
    gauge("calinmeter_slots", counts.in_flight);
    gauge("calinmeter_waiting", counts.waiting);
    gauge("calinmeter_head_end_up", usize::from(status.down.is_none()));
    let seconds = usize::try_from(counts.overdue / SECOND).unwrap_or(0);
    gauge("calinmeter_oldest_overdue_seconds", seconds);
}
