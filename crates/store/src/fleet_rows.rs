//! Sites, gateways, customers, meters, and the imports that brought them.

use fleet::{GatewayId, MeterNumber, Moment, SiteId};

/// A site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its id.
    pub id: SiteId,
    /// Its name.
    pub name: Option<String>,
    /// Its time zone, an IANA name such as `Africa/Kampala`.
    pub zone: Option<String>,
}

/// A gateway or concentrator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gateway {
    /// Its id.
    pub id: GatewayId,
    /// The head-end that reaches it.
    pub head_end: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Its site.
    pub site: Option<SiteId>,
    /// What the head-end last said of it.
    pub online: Option<bool>,
    /// When the head-end last said it.
    pub online_at: Option<Moment>,
}

/// A customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The id at the head-end or in the billing engine.
    pub id: String,
    /// The name.
    pub name: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// The address.
    pub address: Option<String>,
}

/// A meter as it is registered here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Its number.
    pub number: MeterNumber,
    /// The head-end that reaches it.
    pub head_end: Option<String>,
    /// Its site.
    pub site: Option<SiteId>,
    /// Its gateway or concentrator.
    pub gateway: Option<GatewayId>,
    /// Its customer.
    pub customer: Option<String>,
    /// 1 or 3.
    pub phases: Option<u8>,
    /// Whether the home has solar of its own.
    pub solar: Option<bool>,
    /// Whether somebody lives there.
    pub occupied: Option<bool>,
}

/// What an import wants to put there; a part that is `None` leaves what is there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Imported {
    /// A site.
    Site(Site),
    /// A gateway.
    Gateway(Gateway),
    /// A customer.
    Customer(Customer),
    /// A meter.
    Meter(Meter),
}

/// Who imports what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewImport {
    /// The file's name, or the head-end's.
    pub source: String,
    /// Who did it.
    pub who: String,
    /// When.
    pub at: Moment,
}

/// An import's id, for undoing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportId(pub i64);

/// What an import did, or what undoing it did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Rows that were new (undo: removed).
    pub new: u64,
    /// Rows that were changed (undo: changed back).
    pub changed: u64,
    /// Rows that were there already (undo: changed since, and left alone).
    pub same: u64,
}
