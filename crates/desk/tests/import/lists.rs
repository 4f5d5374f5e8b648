use asking::{
    Account, Ask, DayRow, EventRow, Exchange, GatewayRow, HeadEnd, HourRow, Listing, MeterRow,
    Mint, Offers, Pace, Page, Polled, Reached, Refusal, RefusalKind, Reply, Secret, Seen, Span,
    TaskId, Watched,
};
use desk::import::{Listed, from_head_end};
use fleet::{MeterNumber, Moment};
use std::sync::Mutex;
use store::{Gateway, Imported, Meter};

/// A head-end that has lists and nothing else.
#[derive(Debug, Default)]
struct Lists {
    offers: Offers,
    pace: Pace,
    meters: Vec<MeterRow>,
    gateways: Vec<GatewayRow>,
    accounts: Vec<Account>,
    days: Vec<DayRow>,
    says_total: bool,
    /// Gives the first page whatever is asked for.
    knows_no_pages: bool,
    /// Refuses so many calls first, in this way.
    refuses: Mutex<(u32, Option<RefusalKind>)>,
    calls: Mutex<Vec<Page>>,
}

fn refusal(kind: RefusalKind) -> Refusal {
    Refusal {
        kind,
        reached: Reached::No,
        said: String::new(),
    }
}

fn no<T: Send + 'static>() -> Reply<'static, T> {
    Box::pin(std::future::ready(Err(refusal(RefusalKind::NotOffered))))
}

impl Lists {
    fn page<T: Clone + Send + 'static>(&self, rows: &[T], page: Page) -> Reply<'_, Listing<T>> {
        self.calls.lock().expect("not poisoned").push(page);
        let mut refuses = self.refuses.lock().expect("not poisoned");
        if let (1.., Some(kind)) = *refuses {
            refuses.0 -= 1;
            return Box::pin(std::future::ready(Err(refusal(kind))));
        }
        let number = if self.knows_no_pages { 1 } else { page.number };
        let from = (number - 1) * page.size;
        let rows: Vec<T> = rows
            .iter()
            .skip(from as usize)
            .take(page.size as usize)
            .cloned()
            .collect();
        let total = self.says_total.then_some(self.meters.len() as u64);
        let raw = format!("page {}", page.number);
        Box::pin(std::future::ready(Ok(Listing { rows, total, raw })))
    }
}

impl HeadEnd for Lists {
    fn name(&self) -> &'static str {
        "main"
    }
    fn offers(&self) -> &Offers {
        &self.offers
    }
    fn pace(&self) -> &Pace {
        &self.pace
    }
    fn login(&self) -> Reply<'_, ()> {
        no()
    }
    fn create<'a>(&'a self, _: &'a Ask) -> Reply<'a, TaskId> {
        no()
    }
    fn poll<'a>(&'a self, _: &'a [Watched]) -> Reply<'a, Vec<Polled>> {
        no()
    }
    fn recent<'a>(&'a self, _: &'a Ask) -> Reply<'a, Vec<Seen>> {
        no()
    }
    fn dispatch<'a>(&'a self, _: &'a Watched) -> Reply<'a, ()> {
        no()
    }
    fn meters(&self, page: Page) -> Reply<'_, Listing<MeterRow>> {
        self.page(&self.meters, page)
    }
    fn gateways(&self, page: Page) -> Reply<'_, Listing<GatewayRow>> {
        self.page(&self.gateways, page)
    }
    fn accounts(&self, page: Page) -> Reply<'_, Listing<Account>> {
        self.page(&self.accounts, page)
    }
    fn daily<'a>(&'a self, _: &'a Span, page: Page) -> Reply<'a, Listing<DayRow>> {
        self.page(&self.days, page)
    }
    fn hourly<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<HourRow>> {
        no()
    }
    fn events<'a>(&'a self, _: &'a Span, _: Page) -> Reply<'a, Listing<EventRow>> {
        no()
    }
    fn online<'a>(&'a self, _: &'a [MeterNumber]) -> Reply<'a, Vec<(MeterNumber, bool)>> {
        no()
    }
    fn mint<'a>(&'a self, _: &'a Mint) -> Reply<'a, Secret> {
        no()
    }
    fn exchanges(&self) -> Vec<Exchange> {
        Vec::new()
    }
}

fn meter(number: &str, site: &str) -> MeterRow {
    MeterRow {
        meter: number.to_owned(),
        site: Some(site.to_owned()),
        phases: Some(1),
        ..MeterRow::default()
    }
}

fn many(count: u64) -> Vec<MeterRow> {
    (0..count).map(|n| meter(&format!("{n:09}"), "A")).collect()
}

fn only_meters(meters: Vec<MeterRow>) -> Lists {
    Lists {
        offers: Offers {
            meters: true,
            ..Offers::default()
        },
        meters,
        ..Lists::default()
    }
}

async fn listed(head: &Lists, size: u32) -> (Listed, Vec<String>) {
    let mut pages = Vec::new();
    let mut progress = |page: desk::import::PageRead<'_>| {
        pages.push(format!(
            "{} {} {} {}",
            page.list, page.page, page.rows, page.raw
        ));
    };
    let listed = from_head_end(head, size, Moment(5), &mut progress).await;
    (listed, pages)
}

fn meters<'l>(listed: &'l Listed) -> Vec<&'l Meter> {
    let meter = |one: &'l Imported| match one {
        Imported::Meter(meter) => Some(meter),
        _ => None,
    };
    listed.rows.iter().filter_map(meter).collect()
}

#[tokio::test]
async fn the_three_lists_are_joined() {
    let mut head = only_meters(vec![
        meter("47001582544", "A"),
        meter("4700158254X", "A"),
        meter("47003104322", "A"),
    ]);
    head.offers.gateways = true;
    head.offers.accounts = true;
    head.gateways = vec![GatewayRow {
        gateway: "G1".to_owned(),
        name: Some("Tower".to_owned()),
        site: Some("A".to_owned()),
        online: Some(false),
        since: None,
    }];
    let account = |meter: &str, customer: &str, site: &str| Account {
        meter: meter.to_owned(),
        customer: Some(customer.to_owned()),
        name: Some("Zoe".to_owned()),
        site: Some(site.to_owned()),
        gateway: Some("G2".to_owned()),
    };
    head.accounts = vec![
        account("47001582544", "C1", "B"),
        account("47003104321", "C2", "B"),
    ];
    let (listed, pages) = listed(&head, 500).await;
    assert_eq!(pages[0], "meters 1 3 page 1");
    let found: Vec<_> = meters(&listed)
        .into_iter()
        .map(|meter| {
            let text = |text: Option<String>| text.unwrap_or_default();
            format!(
                "{} {} {} {} {}",
                meter.number,
                text(meter.site.as_ref().map(ToString::to_string)),
                text(meter.gateway.as_ref().map(ToString::to_string)),
                text(meter.customer.clone()),
                text(meter.head_end.clone())
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            "47001582544 A G2 C1 main",
            "47003104321 B G2 C2 main",
            "47003104322 A   main"
        ]
    );
    assert!(listed.rows.contains(&Imported::Gateway(Gateway {
        id: fleet::GatewayId::parse("G1").unwrap(),
        head_end: Some("main".to_owned()),
        name: Some("Tower".to_owned()),
        site: fleet::SiteId::parse("A"),
        online: Some(false),
        online_at: Some(Moment(5)),
    })));
    assert_eq!(
        listed.problems,
        [
            "a row is left out: the meter number has digits only, not \"4700158254X\"",
            "meter 47003104322: the check digit does not fit: compare it with the meter",
            "meter 47001582544 is at site A by the list of meters and at B by its account: the first counts",
        ]
    );
}

#[tokio::test]
async fn lists_are_read_to_their_end_whether_their_length_is_said_or_not() {
    for says_total in [false, true] {
        let head = Lists {
            says_total,
            ..only_meters(many(25))
        };
        let (listed, _) = listed(&head, 10).await;
        assert_eq!(meters(&listed).len(), 25);
        let calls = head.calls.lock().unwrap().len();
        assert_eq!(calls, if says_total { 3 } else { 4 });
        assert_eq!(listed.not_offered, ["gateways", "accounts"]);
    }
}

#[tokio::test]
async fn a_head_end_that_knows_no_pages_is_not_asked_for_ever() {
    let mut head = only_meters(many(25));
    head.knows_no_pages = true;
    let (first, _) = listed(&head, 10).await;
    assert_eq!(meters(&first).len(), 10);
    assert_eq!(head.calls.lock().unwrap().len(), 2);
    head.says_total = true;
    let (second, _) = listed(&head, 10).await;
    assert_eq!(
        second.problems[0],
        "meters, page 2: the head-end says 25 rows and gives 10"
    );
}

#[tokio::test]
async fn a_page_is_asked_for_again_where_that_may_help_and_never_without_end() {
    let refusing = |count, kind| Lists {
        refuses: Mutex::new((count, Some(kind))),
        ..only_meters(many(5))
    };
    let head = refusing(2, RefusalKind::TimedOut);
    assert_eq!(meters(&listed(&head, 10).await.0).len(), 5);
    let head = refusing(u32::MAX, RefusalKind::HtmlPage);
    let (nothing, _) = listed(&head, 10).await;
    assert_eq!(head.calls.lock().unwrap().len(), 3);
    assert!(
        nothing.problems[0].starts_with("meters, page 1: a web page came instead of an answer")
    );
    let head = refusing(1, RefusalKind::Forbidden);
    let (nothing, _) = listed(&head, 10).await;
    assert_eq!(head.calls.lock().unwrap().len(), 1);
    assert!(nothing.rows.is_empty());
}

#[tokio::test]
async fn a_page_has_no_more_rows_than_head_ends_give() {
    let head = only_meters(many(3));
    listed(&head, 1_000_000).await;
    assert_eq!(head.calls.lock().unwrap()[0].size, 500);
    let head = only_meters(many(3));
    assert_eq!(meters(&listed(&head, 0).await.0).len(), 3);
}

#[tokio::test]
async fn a_gateway_that_the_list_of_meters_does_not_name_is_the_one_of_the_newest_day() {
    let day = |day: &str, gateway: Option<&str>| DayRow {
        meter: "47001582544".to_owned(),
        day: day.to_owned(),
        gateway: gateway.map(str::to_owned),
        ..DayRow::default()
    };
    let lists = Lists {
        offers: Offers {
            meters: true,
            daily: true,
            ..Offers::default()
        },
        meters: vec![MeterRow {
            meter: "47001582544".to_owned(),
            ..MeterRow::default()
        }],
        days: vec![
            day("2026-11-22", Some("GW-NEW")),
            day("2026-11-20", Some("GW-OLD")),
            day("2026-11-23", None),
        ],
        ..Lists::default()
    };
    let listed = from_head_end(&lists, 500, Moment(1_795_435_200_000), &mut |_| ()).await;
    let gateway = listed.rows.iter().find_map(|row| match row {
        Imported::Meter(meter) => meter.gateway.as_ref(),
        _ => None,
    });
    assert_eq!(gateway.map(fleet::GatewayId::as_str), Some("GW-NEW"));
}
