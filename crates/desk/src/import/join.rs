//! A head-end's lists of gateways, meters and accounts become one fleet.

use asking::{Account, GatewayRow, MeterRow};
use fleet::{GatewayId, MeterNumber, Moment, SiteId};
use std::collections::{BTreeMap, BTreeSet};
use store::{Customer, Gateway, Imported, Meter, Site};

/// What is joined so far.
pub(super) struct Join<'l> {
    head_end: &'l str,
    now: Moment,
    sites: BTreeSet<SiteId>,
    gateways: BTreeMap<GatewayId, Gateway>,
    customers: BTreeMap<String, Customer>,
    meters: BTreeMap<MeterNumber, Meter>,
    problems: &'l mut Vec<String>,
}

impl<'l> Join<'l> {
    /// A head-end's fleet of which nothing is known; what cannot be joined goes to the problems.
    pub(super) fn new(head_end: &'l str, now: Moment, problems: &'l mut Vec<String>) -> Self {
        Self {
            head_end,
            now,
            sites: BTreeSet::new(),
            gateways: BTreeMap::new(),
            customers: BTreeMap::new(),
            meters: BTreeMap::new(),
            problems,
        }
    }

    /// Gateways, with what the head-end says of their state now.
    pub(super) fn gateways(&mut self, rows: Vec<GatewayRow>) {
        for row in rows {
            let site = self.site(row.site.as_deref());
            let Some(id) = self.gateway(Some(&row.gateway)) else {
                self.problems
                    .push(format!("a gateway has no usable id: \"{}\"", row.gateway));
                continue;
            };
            if let Some(gateway) = self.gateways.get_mut(&id) {
                gateway.name = row.name.filter(|name| !name.trim().is_empty());
                gateway.site = site;
                gateway.online = row.online;
                gateway.online_at = row.online.map(|_| self.now);
            }
        }
    }

    /// Meters as they are registered.
    pub(super) fn meters(&mut self, rows: Vec<MeterRow>) {
        for row in rows {
            let Some(number) = self.number(&row.meter) else {
                continue;
            };
            let meter = Meter {
                number: number.clone(),
                head_end: Some(self.head_end.to_owned()),
                site: self.site(row.site.as_deref()),
                gateway: self.gateway(row.gateway.as_deref()),
                customer: None,
                phases: row.phases.filter(|phases| matches!(phases, 1 | 3)),
                solar: None,
                occupied: None,
            };
            self.meters.insert(number, meter);
        }
    }

    /// Accounts say whose a meter is, and where it is when the list of meters does not.
    pub(super) fn accounts(&mut self, rows: Vec<Account>) {
        for row in rows {
            let Some(number) = self.number(&row.meter) else {
                continue;
            };
            let site = self.site(row.site.as_deref());
            let gateway = self.gateway(row.gateway.as_deref());
            let customer = row.customer.filter(|id| !id.trim().is_empty());
            if let Some(id) = &customer {
                let new = Customer {
                    id: id.clone(),
                    name: row.name.filter(|name| !name.trim().is_empty()),
                    phone: None,
                    address: None,
                };
                self.customers.entry(id.clone()).or_insert(new);
            }
            let head_end = self.head_end.to_owned();
            let meter = self.meters.entry(number.clone()).or_insert_with(|| Meter {
                number: number.clone(),
                head_end: Some(head_end),
                site: None,
                gateway: None,
                customer: None,
                phases: None,
                solar: None,
                occupied: None,
            });
            if let (Some(one), Some(other)) = (&meter.site, &site)
                && one != other
            {
                self.problems.push(format!(
                    "meter {number} is at site {one} by the list of meters and at {other} by its \
                     account: the first counts"
                ));
            }
            meter.customer = customer;
            meter.site = meter.site.take().or(site);
            meter.gateway = meter.gateway.take().or(gateway);
        }
    }

    /// A meter's number; what is none is a problem, and what looks wrong is one too.
    fn number(&mut self, text: &str) -> Option<MeterNumber> {
        match MeterNumber::parse(text) {
            Ok(number) => {
                let new = !self.meters.contains_key(&number);
                if let Some(why) = number.check().warning().filter(|_| new) {
                    self.problems.push(format!("meter {number}: {why}"));
                }
                Some(number)
            }
            Err(why) => {
                self.problems.push(format!("a row is left out: {why}"));
                None
            }
        }
    }

    fn site(&mut self, text: Option<&str>) -> Option<SiteId> {
        let site = SiteId::parse(text?)?;
        self.sites.insert(site.clone());
        Some(site)
    }

    /// A gateway's id; one that no list names is known from now on.
    fn gateway(&mut self, text: Option<&str>) -> Option<GatewayId> {
        let id = GatewayId::parse(text?)?;
        let head_end = self.head_end.to_owned();
        self.gateways.entry(id.clone()).or_insert_with(|| Gateway {
            id: id.clone(),
            head_end: Some(head_end),
            name: None,
            site: None,
            online: None,
            online_at: None,
        });
        Some(id)
    }

    /// Everything, each once: sites, gateways, customers, meters.
    pub(super) fn into_rows(self) -> Vec<Imported> {
        let site = |id| {
            Imported::Site(Site {
                id,
                name: None,
                zone: None,
            })
        };
        let gateways = self.gateways.into_values().map(Imported::Gateway);
        let customers = self.customers.into_values().map(Imported::Customer);
        let meters = self.meters.into_values().map(Imported::Meter);
        let sites = self.sites.into_iter().map(site);
        sites
            .chain(gateways)
            .chain(customers)
            .chain(meters)
            .collect()
    }
}
