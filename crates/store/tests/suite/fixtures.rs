//! Small things the tests are made of. The meters' numbers are those of the facts' captures.

use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use store::{
    Case, CaseChange, CaseFilter, Latest, Meter, NewAnswer, NewCase, NewSlot, Settlement, Standing,
    Store, Subject, Words,
};

/// A meter of the captures.
pub(crate) const METER: &str = "47001582544";
/// Another one.
pub(crate) const OTHER: &str = "47003104321";

pub(crate) fn number(digits: &str) -> MeterNumber {
    MeterNumber::parse(digits).unwrap()
}

/// The meter with this place in a made-up fleet.
pub(crate) fn nth(place: u32) -> MeterNumber {
    number(&format!("{place:011}"))
}

pub(crate) fn site(id: &str) -> SiteId {
    SiteId::parse(id).unwrap()
}

pub(crate) fn gateway(id: &str) -> GatewayId {
    GatewayId::parse(id).unwrap()
}

/// A meter of which only the number is known.
pub(crate) fn bare(number: MeterNumber) -> Meter {
    Meter {
        number,
        head_end: None,
        site: None,
        gateway: None,
        customer: None,
        phases: None,
        solar: None,
        occupied: None,
    }
}

pub(crate) fn at_site(number: MeterNumber, id: &str) -> Meter {
    Meter {
        site: Some(site(id)),
        ..bare(number)
    }
}

pub(crate) fn answer(meter: &str, at: i64) -> NewAnswer {
    NewAnswer {
        at: Moment(at),
        source: "main".into(),
        meter: Some(number(meter)),
        asked: "operating_status".into(),
        body: r#"{"data":"1000"}"#.into(),
        slot: None,
    }
}

pub(crate) fn words(slug: &str, decision: &str, severity: u8) -> Words {
    Words {
        slug: slug.into(),
        class: "load".into(),
        supply: "off".into(),
        decision: decision.into(),
        owner: "operations".into(),
        severity,
        because: r#"{"en":["It says so."]}"#.into(),
    }
}

pub(crate) fn judged(meter: &MeterNumber, words: Words, at: i64) -> Standing {
    Standing {
        meter: meter.clone(),
        status: Some("1003".into()),
        ami_code: Some(1003),
        words,
        observed_at: Some(Moment(at)),
        since: Some(Moment(at)),
        asked_at: None,
        heard_at: Some(Moment(at)),
        silent: 0,
    }
}

pub(crate) fn value(meter: &str, item: &str, value: &str, at: i64) -> Latest {
    Latest {
        meter: number(meter),
        item: item.into(),
        value: value.into(),
        at: Moment(at),
        since: Moment(at),
        answer: None,
    }
}

pub(crate) fn values(latest: Vec<Latest>) -> Settlement {
    Settlement {
        latest,
        ..Settlement::default()
    }
}

pub(crate) fn slot(group: &str, meter: &MeterNumber, asked: &str) -> NewSlot {
    NewSlot {
        head_end: "main".into(),
        group: group.into(),
        meter: meter.clone(),
        asked: asked.into(),
        request: None,
        at: Moment(1),
        horizon: Moment(900_000),
        command: None,
        mark: None,
    }
}

pub(crate) fn about(kind: &'static str, id: &str) -> Subject {
    Subject {
        kind,
        id: id.into(),
    }
}

pub(crate) fn new_case(subject: Subject, cause: &str, severity: u8, at: i64) -> NewCase {
    NewCase {
        subject,
        cause: cause.into(),
        words: words(cause, "office", severity),
        site: None,
        gateway: None,
        at: Moment(at),
        parent: None,
    }
}

pub(crate) fn seen(new: NewCase) -> CaseChange {
    CaseChange::Seen(Box::new(new))
}

/// Opens a case about a meter and gives it back.
pub(crate) async fn opened(store: &Store, meter: &str, cause: &str, severity: u8, at: i64) -> Case {
    let new = new_case(about("meter", meter), cause, severity, at);
    store.change_cases(&[seen(new)]).await.unwrap();
    let filter = CaseFilter {
        subject: Some(meter.into()),
        cause: Some(cause.into()),
        explained: true,
        ..CaseFilter::default()
    };
    store.cases(&filter, None, 1).await.unwrap().remove(0)
}
