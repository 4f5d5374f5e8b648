//! What each column of a table is, by the many names people give it.

use super::error::ImportError;
use super::words::{fold, listed, short};

/// What a column may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Field {
    Meter,
    Site,
    SiteName,
    Zone,
    Gateway,
    GatewayName,
    Customer,
    CustomerName,
    Phone,
    Address,
    Phases,
    Solar,
    Occupied,
    HeadEnd,
}

/// Every field with our word for it, and the names under which it is known, folded. The names of
/// the three dialects are among them.
const FIELDS: &[(Field, &str, &[&str])] = &[
    (Field::Meter, "meter", METER),
    (Field::Site, "site", SITE),
    (
        Field::SiteName,
        "site name",
        &["sitename", "stationname", "communityname"],
    ),
    (
        Field::Zone,
        "zone",
        &["zone", "timezone", "tz", "sitezone", "fuseauhoraire"],
    ),
    (Field::Gateway, "gateway", GATEWAY),
    (
        Field::GatewayName,
        "gateway name",
        &["gatewayname", "concentratorname", "dcuname"],
    ),
    (
        Field::Customer,
        "customer",
        &[
            "customer",
            "customerid",
            "customerno",
            "customernumber",
            "customercode",
            "account",
            "accountid",
            "accountno",
            "accountnumber",
            "client",
            "clientid",
            "numéroclient",
            "numeroclient",
        ],
    ),
    (
        Field::CustomerName,
        "customer name",
        &[
            "customername",
            "name",
            "fullname",
            "clientname",
            "accountname",
            "consumer",
            "consumername",
            "nom",
            "nomclient",
            "nomduclient",
        ],
    ),
    (
        Field::Phone,
        "phone",
        &[
            "phone",
            "phonenumber",
            "phoneno",
            "customerphone",
            "telephone",
            "téléphone",
            "tel",
            "mobile",
            "mobilenumber",
            "msisdn",
        ],
    ),
    (
        Field::Address,
        "address",
        &[
            "address",
            "customeraddress",
            "premise",
            "premises",
            "adresse",
        ],
    ),
    (
        Field::Phases,
        "phases",
        &["phases", "phase", "phasecount", "numberofphases"],
    ),
    (
        Field::Solar,
        "solar",
        &["solar", "hassolar", "pv", "solarpv", "solaire"],
    ),
    (
        Field::Occupied,
        "occupied",
        &["occupied", "isoccupied", "inhabited", "occupé", "occupe"],
    ),
    (Field::HeadEnd, "head_end", &["headend", "hes"]),
];

/// The meter's number.
pub(super) const METER: &[&str] = &[
    "meter",
    "meternumber",
    "meterno",
    "meternum",
    "meterid",
    "metersn",
    "meterserial",
    "meterserialno",
    "meterserialnumber",
    "serial",
    "serialno",
    "serialnumber",
    "compteur",
    "nocompteur",
    "numérocompteur",
    "numerocompteur",
    "numérodecompteur",
    "numerodecompteur",
];
/// The site.
pub(super) const SITE: &[&str] = &[
    "site",
    "siteid",
    "sitecode",
    "station",
    "stationid",
    "community",
    "village",
    "minigrid",
];
/// The gateway or concentrator.
pub(super) const GATEWAY: &[&str] = &[
    "gateway",
    "gatewayid",
    "concentrator",
    "concentratorid",
    "concentratorno",
    "dcu",
    "dcuid",
    "dcuno",
    "passerelle",
    "concentrateur",
];
/// What a row can be about; a table without any of these is not ours.
const SUBJECTS: &[Field] = &[Field::Meter, Field::Site, Field::Gateway, Field::Customer];

impl Field {
    /// Our word for it.
    pub(super) fn word(self) -> &'static str {
        let row = FIELDS.iter().find(|(field, ..)| *field == self);
        row.map_or("", |(_, word, _)| word)
    }

    /// The field that a column of this name is.
    pub(super) fn of(name: &str) -> Option<Self> {
        let folded = fold(name);
        let row = FIELDS
            .iter()
            .find(|(_, _, names)| names.contains(&folded.as_str()));
        row.map(|(field, ..)| *field)
    }
}

/// Where each field stands in a row.
#[derive(Debug)]
pub(super) struct Columns {
    places: Vec<(Field, usize)>,
    /// The columns that nobody knows.
    pub(super) ignored: Vec<String>,
}

impl Columns {
    /// Reads a header.
    pub(super) fn of(header: &[String]) -> Result<Self, ImportError> {
        let mut places: Vec<(Field, usize)> = Vec::new();
        let mut ignored = Vec::new();
        for (place, name) in header.iter().enumerate() {
            let Some(field) = Field::of(name) else {
                ignored.extend((!name.is_empty()).then(|| short(name)));
                continue;
            };
            if let Some((_, other)) = places.iter().find(|(known, _)| *known == field) {
                return Err(ImportError::Twice {
                    field: field.word(),
                    one: format!("\"{}\"", short(&header[*other])),
                    other: format!("\"{}\"", short(name)),
                });
            }
            places.push((field, place));
        }
        let has = |field: Field| places.iter().any(|(known, _)| *known == field);
        // a site that has nothing but a name goes by it
        let named = !has(Field::Site) && has(Field::SiteName);
        if named {
            for (field, _) in &mut places {
                if *field == Field::SiteName {
                    *field = Field::Site;
                }
            }
        }
        let columns = Self { places, ignored };
        if SUBJECTS.iter().any(|field| columns.has(*field)) {
            return Ok(columns);
        }
        Err(ImportError::NoColumn {
            found: listed(header),
        })
    }

    /// Whether the table has this column.
    pub(super) fn has(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    /// Where it stands.
    pub(super) fn place(&self, field: Field) -> Option<usize> {
        let found = self.places.iter().find(|(known, _)| *known == field);
        found.map(|(_, place)| *place)
    }

    /// Our word for each column that is taken, and the header's.
    pub(super) fn taken(&self, header: &[String]) -> Vec<(&'static str, String)> {
        let places = self.places.iter();
        places
            .filter_map(|(field, place)| Some((field.word(), header.get(*place)?.clone())))
            .collect()
    }
}
