//! Sites, gateways, customers and meters, put there and taken out one kind at a time.

use crate::error::StoreError;
use crate::sql::Kind::{Int, Text};
use crate::sql::{Arg, Cells, Kind, Rows, args};
use crate::store::Store;
use crate::{Customer, Gateway, Meter, Site};
use fleet::{GatewayId, MeterNumber, SiteId};

/// A kind of row of the fleet: where it lives and how it is read and written. What is put there
/// with a part that is nothing leaves that part as it is.
pub(crate) trait Registered: Clone + PartialEq + Send + Sync + 'static {
    /// The table.
    const TABLE: &'static str;
    /// Its columns, the key first.
    const COLUMNS: &'static [(&'static str, Kind)];
    /// The key.
    fn key(&self) -> &str;
    /// The cells in the order of the columns.
    fn cells(&self) -> Vec<Arg>;
    /// Reads the cells in the order of the columns.
    fn read(cells: &mut Cells<'_>) -> Result<Self, sqlx::Error>;
}

impl Registered for Site {
    const TABLE: &'static str = "site";
    const COLUMNS: &'static [(&'static str, Kind)] =
        &[("id", Text), ("name", Text), ("zone", Text)];

    fn key(&self) -> &str {
        self.id.as_str()
    }

    fn cells(&self) -> Vec<Arg> {
        args![self.id.as_str(), &self.name, &self.zone]
    }

    fn read(cells: &mut Cells<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: cells.must(SiteId::parse)?,
            name: cells.maybe_text()?,
            zone: cells.maybe_text()?,
        })
    }
}

impl Registered for Gateway {
    const TABLE: &'static str = "gateway";
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("id", Text),
        ("head_end", Text),
        ("name", Text),
        ("site", Text),
        ("online", Int),
        ("online_at", Int),
    ];

    fn key(&self) -> &str {
        self.id.as_str()
    }

    fn cells(&self) -> Vec<Arg> {
        let Self {
            id,
            head_end,
            name,
            site,
            online,
            online_at,
        } = self;
        args![id.as_str(), head_end, name, site, *online, *online_at]
    }

    fn read(cells: &mut Cells<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: cells.must(GatewayId::parse)?,
            head_end: cells.maybe_text()?,
            name: cells.maybe_text()?,
            site: cells.site()?,
            online: cells.maybe_flag()?,
            online_at: cells.maybe_moment()?,
        })
    }
}

impl Registered for Customer {
    const TABLE: &'static str = "customer";
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("id", Text),
        ("name", Text),
        ("phone", Text),
        ("address", Text),
    ];

    fn key(&self) -> &str {
        &self.id
    }

    fn cells(&self) -> Vec<Arg> {
        args![&self.id, &self.name, &self.phone, &self.address]
    }

    fn read(cells: &mut Cells<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            id: cells.text()?,
            name: cells.maybe_text()?,
            phone: cells.maybe_text()?,
            address: cells.maybe_text()?,
        })
    }
}

impl Registered for Meter {
    const TABLE: &'static str = "meter";
    const COLUMNS: &'static [(&'static str, Kind)] = &[
        ("number", Text),
        ("head_end", Text),
        ("site", Text),
        ("gateway", Text),
        ("customer", Text),
        ("phases", Int),
        ("solar", Int),
        ("occupied", Int),
    ];

    fn key(&self) -> &str {
        self.number.as_str()
    }

    fn cells(&self) -> Vec<Arg> {
        let Self {
            number,
            head_end,
            site,
            gateway,
            customer,
            phases,
            solar,
            occupied,
        } = self;
        args![
            number, head_end, site, gateway, customer, *phases, *solar, *occupied
        ]
    }

    fn read(cells: &mut Cells<'_>) -> Result<Self, sqlx::Error> {
        Ok(Self {
            number: cells.meter()?,
            head_end: cells.maybe_text()?,
            site: cells.site()?,
            gateway: cells.gateway()?,
            customer: cells.maybe_text()?,
            phases: cells.maybe_small()?,
            solar: cells.maybe_flag()?,
            occupied: cells.maybe_flag()?,
        })
    }
}

/// The names of a kind's columns, with the table's name or a short one before each.
pub(crate) fn columns<R: Registered>(before: &str) -> String {
    let names: Vec<String> = R::COLUMNS
        .iter()
        .map(|(name, _)| format!("{before}.{name}"))
        .collect();
    names.join(", ")
}

impl Store {
    /// One site.
    pub async fn site(&self, id: &SiteId) -> Result<Option<Site>, StoreError> {
        self.one(id.as_str()).await
    }

    /// Every site, by id.
    pub async fn sites(&self) -> Result<Vec<Site>, StoreError> {
        self.every().await
    }

    /// One gateway.
    pub async fn gateway(&self, id: &GatewayId) -> Result<Option<Gateway>, StoreError> {
        self.one(id.as_str()).await
    }

    /// Every gateway, by id.
    pub async fn gateways(&self) -> Result<Vec<Gateway>, StoreError> {
        self.every().await
    }

    /// One meter.
    pub async fn meter(&self, number: &MeterNumber) -> Result<Option<Meter>, StoreError> {
        self.one(number.as_str()).await
    }

    /// One customer.
    pub async fn customer(&self, id: &str) -> Result<Option<Customer>, StoreError> {
        self.one(id).await
    }

    /// Registers sites; what is there already keeps the parts that are `None` here.
    pub async fn put_sites(&self, sites: &[Site]) -> Result<(), StoreError> {
        self.put(sites).await
    }

    /// Registers gateways; what is there already keeps the parts that are `None` here.
    pub async fn put_gateways(&self, gateways: &[Gateway]) -> Result<(), StoreError> {
        self.put(gateways).await
    }

    /// Registers customers; what is there already keeps the parts that are `None` here.
    pub async fn put_customers(&self, customers: &[Customer]) -> Result<(), StoreError> {
        self.put(customers).await
    }

    /// Registers meters; what is there already keeps the parts that are `None` here.
    pub async fn put_meters(&self, meters: &[Meter]) -> Result<(), StoreError> {
        self.put(meters).await
    }

    async fn one<R: Registered>(&self, key: &str) -> Result<Option<R>, StoreError> {
        let mut session = self.read("look something up in the fleet").await?;
        let (columns, table, id) = (columns::<R>("t"), R::TABLE, R::COLUMNS[0].0);
        let sql = format!("SELECT {columns} FROM {table} t WHERE t.{id} = $1");
        session.first(sql, args![key], R::read).await
    }

    async fn every<R: Registered>(&self) -> Result<Vec<R>, StoreError> {
        let mut session = self.read("list a part of the fleet").await?;
        let (columns, table, id) = (columns::<R>("t"), R::TABLE, R::COLUMNS[0].0);
        let sql = format!("SELECT {columns} FROM {table} t ORDER BY t.{id}");
        session.rows(sql, args![], R::read).await
    }

    async fn put<R: Registered>(&self, what: &[R]) -> Result<(), StoreError> {
        let mut session = self.write("register a part of the fleet").await?;
        session.alone(vec!["calinmeter fleet".to_owned()]).await?;
        // one of each key at a time: a statement may touch a row only once
        for round in crate::rounds::rounds(what.iter(), Registered::key) {
            write(&mut session, &round).await?;
        }
        session.commit().await
    }
}

/// Writes rows of one kind, each key once; a part that is nothing leaves what is there.
pub(crate) async fn write<R: Registered>(
    session: &mut crate::sql::Session,
    rows: &[&R],
) -> Result<(), StoreError> {
    let names: Vec<&str> = R::COLUMNS.iter().map(|(name, _)| *name).collect();
    let table = R::TABLE;
    let kept: Vec<String> = names[1..]
        .iter()
        .map(|name| format!("{name} = COALESCE(excluded.{name}, {table}.{name})"))
        .collect();
    let (key, names, kept) = (names[0], names.join(", "), kept.join(", "));
    let then = format!(
        "INSERT INTO {table} ({names}) SELECT {names} FROM rows WHERE true \
         ON CONFLICT ({key}) DO UPDATE SET {kept}"
    );
    let mut bulk = Rows::new(R::COLUMNS);
    for row in rows {
        bulk.push(row.cells());
    }
    session.bulk(bulk, &then).await?;
    Ok(())
}
