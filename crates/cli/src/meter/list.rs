//! `calinmeter meter list`.

use crate::args::desk::MeterList;
use crate::end::{End, print};
use crate::grid::aligned;
use crate::run::{age, clock, open_store, to_the_end};
use crate::setup::Setup;
use crate::{Ended, pages};
use catalogue::Lang;
use fleet::{GatewayId, Moment, SiteId};
use store::{Meter, MeterFilter, Standing};

pub(super) fn run(args: &MeterList, setup: &Setup, lang: Lang) -> Ended {
    to_the_end(async {
        let store = open_store(setup).await?;
        if args.json {
            let query = [
                ("site", args.site.as_deref()),
                ("gateway", args.gateway.as_deref()),
                ("decision", args.decision.as_deref()),
                ("text", args.text.as_deref()),
            ];
            return pages::json(store, "/api/v1/meters", &query, args.limit, lang).await;
        }
        let filter = MeterFilter {
            site: args.site.as_deref().and_then(SiteId::parse),
            gateway: args.gateway.as_deref().and_then(GatewayId::parse),
            decision: args.decision.clone(),
            text: args.text.clone(),
            ..MeterFilter::default()
        };
        let limit = args.limit as usize;
        let meters = store.list_meters(&filter, None, limit + 1).await?;
        print(&text(&meters, limit, clock().now()))?;
        Ok(End::Done)
    })
}

fn text(meters: &[(Meter, Option<Standing>)], limit: usize, now: Moment) -> String {
    if meters.is_empty() {
        return "No meter fits: calinmeter meter import FILE takes meters in.\n".to_owned();
    }
    let shown = meters.iter().take(limit);
    let lines: Vec<Vec<String>> = shown
        .map(|(meter, standing)| line(meter, standing.as_ref(), now))
        .collect();
    let head = [
        "METER", "SITE", "GATEWAY", "STATUS", "SUPPLY", "DECISION", "OWNER", "SAID", "HEARD",
    ];
    let mut out = aligned(&head, &lines);
    if meters.len() > limit {
        out += &format!("There are more: --limit shows more than {limit}.\n");
    }
    out
}

fn line(meter: &Meter, standing: Option<&Standing>, now: Moment) -> Vec<String> {
    let words = standing.map(|one| &one.words);
    let word = |of: fn(&store::Words) -> &String| words.map(of).cloned().unwrap_or_default();
    let ago = |moment: Option<Moment>| moment.map_or_else(|| "-".to_owned(), |at| age(at, now));
    vec![
        meter.number.to_string(),
        meter
            .site
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        meter
            .gateway
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        standing
            .and_then(|one| one.status.clone())
            .unwrap_or_default(),
        word(|words| &words.supply),
        word(|words| &words.decision),
        word(|words| &words.owner),
        ago(standing.and_then(|one| one.observed_at)),
        ago(standing.and_then(|one| one.heard_at)),
    ]
}
