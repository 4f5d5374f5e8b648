//! The fleet as a head-end has it registered: its lists of meters, gateways and accounts, joined.

use super::join::Join;
use asking::{DayRow, HeadEnd, Listing, MeterRow, Page, Refusal, RefusalKind, Reply, Span};
use fleet::{DAY, Moment};
use std::collections::{BTreeMap, BTreeSet};
use store::Imported;

/// Rows a page: 500 was seen to work.
const MOST_ROWS: u32 = 500;
/// A list is given up after so many pages: five million meters.
const MOST_PAGES: u32 = 10_000;
/// A page is asked for so often when the line or the server fails.
const ATTEMPTS: u32 = 3;
/// Refusals that may be gone a moment later.
const PASSING: &[RefusalKind] = &[
    RefusalKind::Reset,
    RefusalKind::TimedOut,
    RefusalKind::ServerFailed,
    RefusalKind::HtmlPage,
    RefusalKind::NotJson,
];

/// A page that came, for whoever watches and for whoever keeps what was received.
#[derive(Clone, Copy, Debug)]
pub struct PageRead<'p> {
    /// `meters`, `gateways`, `accounts` or `daily`.
    pub list: &'static str,
    /// The page, from 1.
    pub page: u32,
    /// Its rows.
    pub rows: usize,
    /// How many rows there are over all pages, where the head-end says it.
    pub total: Option<u64>,
    /// The answer as it came.
    pub raw: &'p str,
}

/// The fleet as a head-end has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Sites, gateways, customers and meters, each once, in this order.
    pub rows: Vec<Imported>,
    /// What could not be read or joined, one sentence each.
    pub problems: Vec<String>,
    /// Lists that this head-end does not offer.
    pub not_offered: Vec<&'static str>,
}

/// Reads the head-end's lists page by page and joins them. What cannot be read is a problem among
/// the others, never the end of it.
pub async fn from_head_end(
    head_end: &dyn HeadEnd,
    page_size: u32,
    now: Moment,
    progress: &mut (dyn FnMut(PageRead<'_>) + Send),
) -> Listed {
    let mut listed = Listed::default();
    let offers = head_end.offers();
    let mut reader = Pages {
        size: page_size.clamp(1, MOST_ROWS),
        progress,
        listed: &mut listed,
    };
    let mut meters = reader
        .all(
            "meters",
            offers.meters,
            |page| head_end.meters(page),
            |row| &row.meter,
        )
        .await;
    let gateways = reader
        .all(
            "gateways",
            offers.gateways,
            |page| head_end.gateways(page),
            |row| &row.gateway,
        )
        .await;
    let accounts = reader
        .all(
            "accounts",
            offers.accounts,
            |page| head_end.accounts(page),
            |row| &row.meter,
        )
        .await;
    if offers.daily && meters.iter().any(|row| row.gateway.is_none()) {
        let days = reader.days(head_end, now).await;
        gateways_by_day(&mut meters, days);
    }
    let mut join = Join::new(head_end.name(), now, &mut listed.problems);
    join.gateways(gateways);
    join.meters(meters);
    join.accounts(accounts);
    listed.rows = join.into_rows();
    listed
}

/// Daily data goes so many days back when it is asked which gateway brought it: a meter may have
/// been silent for a day.
const DAYS: i64 = 3;

/// Where the list of meters names no gateway, the one that brought a meter's newest day is its own.
fn gateways_by_day(meters: &mut [MeterRow], days: Vec<DayRow>) {
    let mut newest: BTreeMap<String, (String, String)> = BTreeMap::new();
    for row in days {
        if let Some(gateway) = row.gateway {
            let day = (row.day, gateway);
            let known = newest.entry(row.meter).or_insert_with(|| day.clone());
            if day.0 > known.0 {
                *known = day;
            }
        }
    }
    for row in meters.iter_mut().filter(|row| row.gateway.is_none()) {
        row.gateway = newest.get(&row.meter).map(|(_, gateway)| gateway.clone());
    }
}

/// The days from `DAYS` before now to now, `yyyy-MM-dd`.
fn span(now: Moment) -> Option<Span> {
    let day = |moment: Moment| {
        let stamp = jiff::Timestamp::from_millisecond(moment.0).ok()?;
        Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
    };
    Some(Span {
        from: day(now.plus(-DAYS * DAY))?,
        to: day(now)?,
        meters: Vec::new(),
    })
}

/// Reads lists page by page.
struct Pages<'p> {
    size: u32,
    progress: &'p mut (dyn FnMut(PageRead<'_>) + Send),
    listed: &'p mut Listed,
}

impl Pages<'_> {
    /// Every row of a list, each id once.
    async fn all<'h, T>(
        &mut self,
        list: &'static str,
        offered: bool,
        call: impl Fn(Page) -> Reply<'h, Listing<T>>,
        id: fn(&T) -> &str,
    ) -> Vec<T> {
        let mut rows: Vec<T> = Vec::new();
        let mut seen = BTreeSet::new();
        if !offered {
            self.listed.not_offered.push(list);
            return rows;
        }
        for number in 1..=MOST_PAGES {
            let page = Page {
                number,
                size: self.size,
            };
            let listing = match patiently(&call, page).await {
                Ok(listing) => listing,
                Err(refusal) => {
                    self.problem(list, number, &refusal.to_string());
                    return rows;
                }
            };
            (self.progress)(PageRead {
                list,
                page: number,
                rows: listing.rows.len(),
                total: listing.total,
                raw: &listing.raw,
            });
            let before = rows.len();
            for row in listing.rows {
                if seen.insert(id(&row).to_owned()) {
                    rows.push(row);
                }
            }
            let asked = u64::from(number) * u64::from(self.size);
            match listing.total {
                Some(total) if asked >= total => return rows,
                // a head-end that knows no pages gives the same one for ever
                _ if rows.len() > before => {}
                Some(total) => {
                    let why = format!("the head-end says {total} rows and gives {before}");
                    self.problem(list, number, &why);
                    return rows;
                }
                None => return rows,
            }
        }
        self.problem(list, MOST_PAGES, "there are more pages than are read");
        rows
    }

    /// The newest days of all meters; what cannot be read teaches nothing and is no problem.
    async fn days(&mut self, head_end: &dyn HeadEnd, now: Moment) -> Vec<DayRow> {
        let mut rows = Vec::new();
        let Some(span) = span(now) else { return rows };
        for number in 1..=MOST_PAGES {
            let page = Page {
                number,
                size: self.size,
            };
            let Ok(listing) = patiently(&|page| head_end.daily(&span, page), page).await else {
                return rows;
            };
            (self.progress)(PageRead {
                list: "daily",
                page: number,
                rows: listing.rows.len(),
                total: listing.total,
                raw: &listing.raw,
            });
            let last = listing.rows.is_empty();
            rows.extend(listing.rows);
            let asked = u64::from(number) * u64::from(self.size);
            if last || listing.total.is_none_or(|total| asked >= total) {
                return rows;
            }
        }
        rows
    }

    fn problem(&mut self, list: &str, page: u32, why: &str) {
        let problem = format!("{list}, page {page}: {why}");
        self.listed.problems.push(problem);
    }
}

/// Asks for a page again where the line or the server fails. Lists may be read as often as one
/// likes.
async fn patiently<'h, T>(
    call: &impl Fn(Page) -> Reply<'h, Listing<T>>,
    page: Page,
) -> Result<Listing<T>, Refusal> {
    let mut attempt = 1;
    loop {
        match call(page).await {
            Err(refusal) if PASSING.contains(&refusal.kind) && attempt < ATTEMPTS => attempt += 1,
            other => return other,
        }
    }
}
