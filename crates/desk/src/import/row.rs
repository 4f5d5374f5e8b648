//! One row of the fleet's table becomes a site, a gateway, a customer and a meter.

use super::cells;
use super::columns::{Columns, Field};
use super::draft::{Defaults, Draft, Remark};
use super::shared::{Facts, Shared};
use super::words::short;
use fleet::MeterNumber;
use sheets::PlainRow;
use std::collections::BTreeMap;
use store::{Customer, Gateway, Imported, Meter, Site};

/// Reads the rows of one table, one after another.
pub(super) struct Reader<'t> {
    columns: &'t Columns,
    width: usize,
    defaults: &'t Defaults,
    sites: Shared,
    gateways: Shared,
    customers: Shared,
    meters: BTreeMap<MeterNumber, (u64, Meter)>,
}

/// The cells of one row, and what is wrong with them.
struct Cells<'r> {
    columns: &'r Columns,
    row: &'r PlainRow,
    errors: Vec<Remark>,
}

impl<'r> Cells<'r> {
    /// A cell's text; nothing where it is empty.
    fn get(&self, field: Field) -> Option<&'r str> {
        let cell = self.row.cells.get(self.columns.place(field)?)?.trim();
        (!cell.is_empty()).then_some(cell)
    }

    /// A cell's value; nothing where it is empty or wrong, and the latter is said.
    fn take<V>(&mut self, field: Field, read: fn(&str) -> Result<V, String>) -> Option<V> {
        let cell = self.get(field)?;
        match read(cell) {
            Ok(value) => Some(value),
            Err(why) => {
                let why = format!("\"{}\" {why}", short(cell));
                self.errors.push(remark(self.row.number, field, cell, why));
                None
            }
        }
    }
}

impl<'t> Reader<'t> {
    pub(super) fn new(columns: &'t Columns, width: usize, defaults: &'t Defaults) -> Self {
        Self {
            columns,
            width,
            defaults,
            sites: Shared::new("site", ["name", "zone", ""]),
            gateways: Shared::new("gateway", ["head-end", "name", "site"]),
            customers: Shared::new("customer", ["name", "phone", "address"]),
            meters: BTreeMap::new(),
        }
    }

    /// Whether customers go by their meter's number, because no column says their ids.
    pub(super) fn meter_names_customer(&self) -> bool {
        let has = |field| self.columns.has(field);
        let facts = [Field::CustomerName, Field::Phone, Field::Address];
        has(Field::Meter) && !has(Field::Customer) && facts.into_iter().any(has)
    }

    /// Reads a row into the draft.
    pub(super) fn read(&mut self, row: &PlainRow, draft: &mut Draft) {
        if let Some(why) = self.damage(row) {
            let value = row.cells.first().map_or("", String::as_str);
            draft.errors.push(whole(row.number, value, why));
            return;
        }
        let mut cells = Cells {
            columns: self.columns,
            row,
            errors: Vec::new(),
        };
        let number = self.number(&mut cells);
        let said = Said::read(&mut cells, number.as_ref(), self.defaults);
        if !cells.errors.is_empty() {
            draft.errors.append(&mut cells.errors);
            return;
        }
        let meter = number.map(|number| said.meter(number));
        if let Some(meter) = &meter {
            if let Some(known) = self.meters.get(&meter.number) {
                return repeated(row.number, meter, known, draft);
            }
            if let Some(why) = meter.number.check().warning() {
                let remark = remark(row.number, Field::Meter, meter.number.as_str(), why.into());
                draft.warnings.push(remark);
            }
            self.meters
                .insert(meter.number.clone(), (row.number, meter.clone()));
        }
        let mut brought = self.shared(row.number, &said, draft);
        brought.extend(meter.map(Imported::Meter));
        draft.rows.push((row.number, brought));
    }

    fn damage(&self, row: &PlainRow) -> Option<String> {
        if row.damage.is_some() {
            return row.damage.clone();
        }
        let cells = row.cells.len();
        (cells > self.width).then(|| {
            format!(
                "the row has {cells} cells and the header {}: look at its delimiters and quotes",
                self.width
            )
        })
    }

    /// The meter's number; a table without that column has none.
    fn number(&self, cells: &mut Cells) -> Option<MeterNumber> {
        if !self.columns.has(Field::Meter) {
            return None;
        }
        let cell = cells.get(Field::Meter).unwrap_or_default();
        match MeterNumber::parse(cell) {
            Ok(number) => Some(number),
            Err(why) => {
                let why = why.to_string();
                cells
                    .errors
                    .push(remark(cells.row.number, Field::Meter, cell, why));
                None
            }
        }
    }

    /// The sites, gateways and customers that this row is the first to speak of.
    fn shared(&mut self, row: u64, said: &Said, draft: &mut Draft) -> Vec<Imported> {
        let mut brought = Vec::new();
        let mut bring = |field, shared: &mut Shared, id: &str, facts: Facts| {
            let result = shared.bring(row, id, facts);
            let remarks = result.differs.into_iter();
            draft
                .warnings
                .extend(remarks.map(|why| remark(row, field, id, why)));
            result.new
        };
        if let Some(site) = &said.site {
            let facts = [said.site_name.clone(), said.zone.clone(), None];
            let new = bring(Field::Site, &mut self.sites, site.as_str(), facts);
            brought.extend(new.map(|[name, zone, _]| {
                Imported::Site(Site {
                    id: site.clone(),
                    name,
                    zone,
                })
            }));
        }
        if let Some(gateway) = &said.gateway {
            let site = said.site.as_ref().map(|site| site.as_str().to_owned());
            let facts = [said.head_end.clone(), said.gateway_name.clone(), site];
            let new = bring(Field::Gateway, &mut self.gateways, gateway.as_str(), facts);
            brought.extend(new.map(|[head_end, name, site]| {
                Imported::Gateway(Gateway {
                    id: gateway.clone(),
                    head_end,
                    name,
                    site: site.and_then(|site| fleet::SiteId::parse(&site)),
                    online: None,
                    online_at: None,
                })
            }));
        }
        if let Some(customer) = &said.customer {
            let facts = said.customer_facts.clone();
            let new = bring(Field::Customer, &mut self.customers, customer, facts);
            brought.extend(new.map(|[name, phone, address]| {
                Imported::Customer(Customer {
                    id: customer.clone(),
                    name,
                    phone,
                    address,
                })
            }));
        }
        brought
    }
}

/// What a row says.
struct Said {
    site: Option<fleet::SiteId>,
    site_name: Option<String>,
    zone: Option<String>,
    gateway: Option<fleet::GatewayId>,
    gateway_name: Option<String>,
    head_end: Option<String>,
    customer: Option<String>,
    customer_facts: Facts,
    phases: Option<u8>,
    solar: Option<bool>,
    occupied: Option<bool>,
}

impl Said {
    fn read(cells: &mut Cells, meter: Option<&MeterNumber>, defaults: &Defaults) -> Self {
        let facts = [
            cells.take(Field::CustomerName, cells::text),
            cells.take(Field::Phone, cells::phone),
            cells.take(Field::Address, cells::text),
        ];
        let named = facts.iter().any(Option::is_some);
        let by_meter = || meter.filter(|_| named).map(ToString::to_string);
        Self {
            site: cells.take(Field::Site, cells::site),
            site_name: cells.take(Field::SiteName, cells::text),
            zone: cells.take(Field::Zone, cells::zone),
            gateway: cells.take(Field::Gateway, cells::gateway),
            gateway_name: cells.take(Field::GatewayName, cells::text),
            head_end: cells
                .take(Field::HeadEnd, cells::id)
                .or_else(|| defaults.head_end.clone()),
            customer: cells.take(Field::Customer, cells::id).or_else(by_meter),
            customer_facts: facts,
            phases: cells.take(Field::Phases, cells::phases),
            solar: cells.take(Field::Solar, cells::flag),
            occupied: cells.take(Field::Occupied, cells::flag),
        }
    }

    fn meter(&self, number: MeterNumber) -> Meter {
        Meter {
            number,
            head_end: self.head_end.clone(),
            site: self.site.clone(),
            gateway: self.gateway.clone(),
            customer: self.customer.clone(),
            phases: self.phases,
            solar: self.solar,
            occupied: self.occupied,
        }
    }
}

/// A meter that stands in the table already. Two rows that differ are nobody's to choose between.
fn repeated(row: u64, meter: &Meter, (first, known): &(u64, Meter), draft: &mut Draft) {
    let number = meter.number.as_str();
    if meter == known {
        let why = format!("the meter stands in row {first} already, and says the same");
        draft.warnings.push(remark(row, Field::Meter, number, why));
        draft.repeated.push(row);
    } else {
        let why = format!(
            "the meter stands in row {first} with other values: remove one of the two rows"
        );
        draft.errors.push(remark(row, Field::Meter, number, why));
    }
}

fn remark(row: u64, field: Field, value: &str, why: String) -> Remark {
    Remark {
        row,
        column: field.word(),
        value: short(value),
        why,
    }
}

fn whole(row: u64, value: &str, why: String) -> Remark {
    Remark {
        row,
        column: "",
        value: short(value),
        why,
    }
}
