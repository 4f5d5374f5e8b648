//! The head-end as the desk speaks with it.

use super::vendor::{Head, LAG, no};
use asking::{
    Account, Act, Ask, DayRow, EventRow, Exchange, GatewayRow, HeadEnd, HourRow, Listing, MeterRow,
    Mint, Offers, Pace, Page, Polled, Reached, Refusal, RefusalKind, Reply, Secret, Seen, Span,
    TaskId, Watched,
};
use fleet::MeterNumber;
use std::future::ready;

fn lacks<'a, T: Send + 'a>() -> Reply<'a, T> {
    Box::pin(ready(Err(no(RefusalKind::NotOffered, Reached::No))))
}

impl HeadEnd for Head {
    fn name(&self) -> &'static str {
        "main"
    }
    fn offers(&self) -> &Offers {
        &self.offers
    }
    fn pace(&self) -> &Pace {
        &self.pace
    }
    fn account(&self) -> Option<&str> {
        Some("ops")
    }
    fn login(&self) -> Reply<'_, ()> {
        let down = self.vendor().down;
        let said = if down {
            Err(no(RefusalKind::Unreachable, Reached::No))
        } else {
            Ok(())
        };
        Box::pin(ready(said))
    }
    fn create<'a>(&'a self, ask: &'a Ask) -> Reply<'a, TaskId> {
        Box::pin(self.create_one(ask))
    }
    fn create_many<'a>(&'a self, asks: &'a [Ask]) -> Reply<'a, Vec<Result<TaskId, Refusal>>> {
        Box::pin(async move {
            let mut out = Vec::new();
            for ask in asks {
                out.push(self.create_one(ask).await);
            }
            let mut vendor = self.vendor();
            let trouble = vendor.trouble;
            if vendor.goes_wrong(trouble / 2) {
                vendor.log("the answer to the whole call is lost", self.clock.now());
                return Err(no(RefusalKind::Reset, Reached::Perhaps));
            }
            Ok(out)
        })
    }
    fn poll<'a>(&'a self, tasks: &'a [Watched]) -> Reply<'a, Vec<Polled>> {
        let now = self.clock.now();
        let mut vendor = self.vendor();
        let trouble = vendor.trouble;
        if vendor.down || vendor.goes_wrong(trouble) {
            return Box::pin(ready(Err(no(RefusalKind::TimedOut, Reached::Perhaps))));
        }
        let polled = tasks.iter().map(|task| vendor.polled(task, now)).collect();
        Box::pin(ready(Ok(polled)))
    }
    fn recent<'a>(&'a self, ask: &'a Ask) -> Reply<'a, Vec<Seen>> {
        let now = self.clock.now();
        let mut vendor = self.vendor();
        let trouble = vendor.trouble;
        if vendor.down || vendor.goes_wrong(trouble) {
            return Box::pin(ready(Err(no(RefusalKind::TimedOut, Reached::Perhaps))));
        }
        let lag = if trouble > 0 { LAG } else { 0 };
        // a row that says what it is of is left out where it is of something else
        let named = vendor.names;
        let listed = vendor.tasks.iter().rev().filter(|task| {
            let sorted = task.act.sort() == ask.act.sort();
            let asked = !named || same(&task.act, &ask.act);
            task.meter == ask.meter && sorted && asked && task.at.plus(lag) <= now
        });
        let seen = listed.map(|task| Seen {
            polled: vendor.shown(task, now),
            meter: task.meter.to_string(),
            creator: Some("ops".to_owned()),
            name: None,
            named,
        });
        let seen: Vec<Seen> = seen.take(10).collect();
        Box::pin(ready(Ok(seen)))
    }
    fn dispatch<'a>(&'a self, _: &'a Watched) -> Reply<'a, ()> {
        lacks()
    }
    fn meters(&self, _: Page) -> Reply<'_, Listing<MeterRow>> {
        lacks()
    }
    fn gateways(&self, _: Page) -> Reply<'_, Listing<GatewayRow>> {
        lacks()
    }
    fn accounts(&self, _: Page) -> Reply<'_, Listing<Account>> {
        lacks()
    }
    fn daily<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<DayRow>> {
        lacks()
    }
    fn hourly<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<HourRow>> {
        lacks()
    }
    fn events<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<EventRow>> {
        lacks()
    }
    fn online<'a>(&'a self, _: &'a [MeterNumber]) -> Reply<'a, Vec<(MeterNumber, bool)>> {
        lacks()
    }
    fn mint<'a>(&'a self, _: &'a Mint) -> Reply<'a, Secret> {
        let mut vendor = self.vendor();
        let trouble = vendor.trouble;
        if vendor.down || vendor.goes_wrong(trouble) {
            return Box::pin(ready(Err(no(RefusalKind::TimedOut, Reached::Perhaps))));
        }
        vendor.minted += 1;
        let token = format!(
            "{:020}",
            37_037_300_014_464_855_694 + u128::from(vendor.minted)
        );
        Box::pin(ready(Ok(Secret::new(token))))
    }
    fn exchanges(&self) -> Vec<Exchange> {
        Vec::new()
    }
}

/// Whether two acts ask for the same: a list shows neither digits nor times.
fn same(one: &Act, other: &Act) -> bool {
    match (one, other) {
        (Act::Read(one), Act::Read(other)) => one == other,
        _ => std::mem::discriminant(one) == std::mem::discriminant(other),
    }
}
