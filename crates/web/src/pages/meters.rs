//! The list of meters, searched and narrowed down.

use super::choice::{Choice, Pager, Select};
use super::marks::{Badge, SupplyMark};
use super::rows::{meter_path, site_link};
use super::{Frame, IMPORT, Link, answer};
use crate::State;
use crate::asked::Asked;
use crate::fail::Fail;
use crate::paging::{self, MeterPlace};
use crate::reads;
use crate::said::{self, Matter};
use crate::server::Server;
use crate::time::Age;
use crate::words::words;
use askama::Template;
use axum::extract::State as With;
use axum::response::Response;
use catalogue::Decision;
use fleet::{GatewayId, SiteId};
use std::collections::HashMap;
use std::sync::Arc;
use store::{Meter, MeterFilter, Standing};

/// Meters on a page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "meters.html")]
struct Meters {
    f: Frame,
    choice: Choice,
    rows: Vec<MeterRow>,
    none_at_all: bool,
    import: &'static str,
    pager: Pager,
}

struct MeterRow {
    number: Link,
    site: Option<Link>,
    standing: Option<Stands>,
    heard: Option<Age>,
}

/// Where a meter stands, in a row.
struct Stands {
    supply: SupplyMark,
    code: Option<String>,
    name: String,
    badge: Badge,
    owner: Option<String>,
}

/// `GET /meters`.
pub(crate) async fn meters(With(desk): With<Arc<Server>>, asked: Asked) -> Response {
    answer(&desk, &asked, page(&desk, &asked).await)
}

fn chosen(asked: &Asked) -> MeterFilter {
    MeterFilter {
        site: asked.get("site").and_then(SiteId::parse),
        gateway: asked.get("gateway").and_then(GatewayId::parse),
        slug: asked.owned("slug"),
        decision: asked.word("decision", |word| Decision::from_word(word).is_some()),
        text: asked.owned("text"),
    }
}

async fn page(desk: &State, asked: &Asked) -> Result<Meters, Fail> {
    let filter = chosen(asked);
    let after = asked.get("after").and_then(MeterPlace::read);
    let (sites, meters) = tokio::try_join!(
        reads::site_names(desk),
        reads::meters(desk, &filter, after.as_ref(), ROWS + 1),
    )?;
    let (meters, next) = paging::cut(meters, ROWS, MeterPlace::of);
    let w = words(asked.lang);
    let mut f = Frame::of(desk, asked, w.meters);
    f.json = Some("/api/v1/meters".to_owned());
    Ok(Meters {
        f,
        choice: choice(asked, &sites),
        import: IMPORT,
        none_at_all: meters.is_empty() && filter == MeterFilter::default() && after.is_none(),
        rows: meters
            .iter()
            .map(|(meter, standing)| row(asked, meter, standing.as_ref(), &sites))
            .collect(),
        pager: Pager::of(asked, next.as_deref()),
    })
}

fn choice(asked: &Asked, names: &HashMap<String, String>) -> Choice {
    let mut sites: Vec<_> = names
        .iter()
        .map(|(id, name)| (id.clone(), name.clone()))
        .collect();
    sites.sort_by(|one, other| one.1.cmp(&other.1));
    let selects = vec![
        Select::sites(asked, sites),
        Select::decisions(asked, Decision::ALL),
    ];
    Choice::of(asked, "/meters", selects, &["text", "gateway", "slug"])
}

fn row(
    asked: &Asked,
    meter: &Meter,
    standing: Option<&Standing>,
    sites: &HashMap<String, String>,
) -> MeterRow {
    let lang = asked.lang;
    let judged = standing.filter(|standing| !standing.words.decision.is_empty());
    MeterRow {
        number: Link {
            href: asked.links.to(&meter_path(meter.number.as_str()), &[]),
            text: meter.number.to_string(),
        },
        site: meter
            .site
            .as_ref()
            .map(|site| site_link(asked, site.as_str(), sites)),
        standing: judged.map(|standing| {
            let matter = Matter::of_standing(standing, lang);
            Stands {
                supply: SupplyMark::of(said::supply(&standing.words), lang),
                code: matter.code,
                name: matter.name,
                badge: Badge::of(&standing.words, lang),
                owner: (standing.words.owner != "nobody")
                    .then(|| said::owner(&standing.words, lang)),
            }
        }),
        heard: standing
            .and_then(|standing| standing.observed_at)
            .map(|at| Age::ago(at, asked.now, lang)),
    }
}
