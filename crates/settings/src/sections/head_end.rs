//! `[[head_end]]`: the vendor's servers that are asked.

use crate::annotated::Page;
use crate::check;
use crate::given::Given;
use crate::key::{Key, Slot};
use crate::reader::{Reader, Section};
use crate::root::names;
use crate::secret_at::SecretAt;
use crate::sections::Family;
use crate::sections::items::{Items, word};
use asking::{Deployment, Dialect, Item, ItemName, Pace, Secret, Third};
use fleet::{DAY, MINUTE};
use std::collections::BTreeMap;
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// One head-end. Its secrets are named, not held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadEnd {
    /// Our name for it.
    pub name: String,
    /// Its dialect.
    pub dialect: Dialect,
    /// Where it is: `http://host:port`.
    pub url: String,
    /// Our account there.
    pub user: String,
    /// Where its password is; there in every head-end that was read.
    pub password: Option<SecretAt>,
    /// The company (concentrator, v1).
    pub company: Option<String>,
    /// Where the second password for tokens is, where there is one.
    pub authorization: Option<SecretAt>,
    /// The protocol version of the meters (station's `version`).
    pub protocol_version: String,
    /// Names that differ from the dialect's own table.
    pub items: BTreeMap<Item, ItemName>,
    /// Which family of numbers the status item answers with.
    pub family: Family,
    /// `status_*` of the concentrator dialect: `true` means normal.
    pub status_true_is_normal: bool,
    /// v1's `RelayStatus`: 0 means closed.
    pub relay_zero_is_closed: bool,
    /// What task status 3 means; without it the dialect's default.
    pub third: Option<Third>,
    /// Whether its relay bit was seen on a meter of this deployment to mean what it is taken for.
    pub relay_polarity_confirmed: bool,
    /// After how many milliseconds a physical act without a task counts as not done; without it the
    /// dialect's default.
    pub physical_horizon: Option<i64>,
    /// How fast it may be asked.
    pub pace: Pace,
}

/// The secrets of one head-end, read by the caller from where [`HeadEnd`] says.
#[derive(Clone, Debug)]
pub struct Secrets {
    /// The password.
    pub password: Secret,
    /// The second password for tokens.
    pub authorization: Option<Secret>,
}

/// What the annotated file says before the items' names.
const ITEMS_WHY: &[&str] = &[
    "How this head-end names an item, where it differs from the dialect's own table: a data item's",
    "name (v1), a protocol id (concentrator), a data identifier in hexadecimal (station), or",
    "{ asks = \"...\", answers = \"...\" } where its answers bear another; \"\" is not offered here.",
];

impl HeadEnd {
    /// A head-end of which nothing is said yet but the defaults.
    fn blank() -> Self {
        Self {
            name: String::new(),
            dialect: Dialect::Station,
            url: String::new(),
            user: String::new(),
            password: None,
            company: None,
            authorization: None,
            protocol_version: Deployment::new("", Dialect::Station, "", "", Secret::new(""))
                .protocol_version,
            items: BTreeMap::new(),
            family: Family::default(),
            status_true_is_normal: true,
            relay_zero_is_closed: true,
            third: None,
            relay_polarity_confirmed: false,
            physical_horizon: None,
            pace: Pace::default(),
        }
    }

    /// After how many milliseconds a physical act without a task counts as not done here.
    pub fn horizon(&self) -> i64 {
        let plain = || Deployment::new("", self.dialect, "", "", Secret::new(""));
        self.physical_horizon
            .unwrap_or_else(|| plain().physical_horizon())
    }

    /// The head-end as the rooms that ask it want it.
    pub fn deployment(&self, secrets: Secrets) -> Deployment {
        let plain = Deployment::new(
            &self.name,
            self.dialect,
            &self.url,
            &self.user,
            secrets.password,
        );
        Deployment {
            company: self.company.clone(),
            authorization: secrets.authorization,
            items: self.items.clone(),
            protocol_version: self.protocol_version.clone(),
            third: self.third.unwrap_or(plain.third),
            pace: self.pace.clone(),
            ..plain
        }
    }

    /// What this head-end calls the operating status, where it was said.
    pub fn operating_status(&self) -> Option<&str> {
        let named = self.items.get(&Item::OperatingStatus)?;
        let name = named.answers.as_deref().unwrap_or(&named.asks);
        Some(name).filter(|name| !name.is_empty())
    }

    pub(crate) fn read(reader: &mut Reader, at: &Range<usize>, table: &DeTable) -> Self {
        let mut read = Self::blank();
        reader.table("head_end", at, table, &["items", "pace"], &mut read);
        reader.once("head_end.name", &read.name, at, table);
        let mut items = Items(read);
        if let Some((inside, at)) = inner(reader, table, "items") {
            items.read(reader, "head_end.items", &at, inside);
        }
        let mut read = items.0;
        if let Some((inside, at)) = inner(reader, table, "pace") {
            reader.table("head_end.pace", &at, inside, &[], &mut read.pace);
        }
        read
    }

    /// Every key of the table and of those inside it.
    pub(crate) fn keys() -> Vec<String> {
        let items = names::<Items>().into_iter();
        let items = items.chain(Item::all().map(|item| item.word().to_owned()));
        let inner = items
            .map(|key| format!("items.{key}"))
            .chain(names::<Pace>().into_iter().map(|key| format!("pace.{key}")));
        names::<Self>().into_iter().chain(inner).collect()
    }

    pub(crate) fn print(page: &mut Page) {
        page.example("[[head_end]]", &mut Self::blank());
        page.example("[head_end.items]", &mut Items(Self::blank()));
        for line in ITEMS_WHY {
            page.why(line);
        }
        for item in Item::all() {
            let example = match item {
                Item::OperatingStatus => "\"Meter operating status\"",
                _ => "\"\"",
            };
            page.setting(item.word(), example);
        }
        page.example("[head_end.pace]", &mut Pace::default());
    }
}

/// A table inside a head-end's.
fn inner<'t>(
    reader: &mut Reader,
    table: &'t DeTable<'t>,
    name: &str,
) -> Option<(&'t DeTable<'t>, Range<usize>)> {
    let (key, value) = table.get_key_value(name)?;
    if let DeValue::Table(inside) = value.get_ref() {
        return Some((inside, key.span()));
    }
    let what = format!("this is a table: write [head_end.{name}] on a line of its own");
    reader.say(&key.span(), format!("head_end.{name}"), what);
    None
}

/// A duration that may be missing: what it is then depends on the dialect.
fn put_horizon(head: &mut HeadEnd, given: Given) -> Result<(), String> {
    let mut horizon = head.horizon();
    let slot: Slot<i64> = Slot::Duration(5 * MINUTE, 14 * DAY, |horizon| horizon);
    slot.put(&mut horizon, given)?;
    head.physical_horizon = Some(horizon);
    Ok(())
}

impl Section for HeadEnd {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "name",
            Slot::Text(check::head_end, |head| &mut head.name),
            "Your name for it.",
        )
        .like("\"main\""),
        Key::<Self>::new(
            "dialect",
            Slot::Own(
                |head, given| {
                    head.dialect = word(given, Dialect::WORDS)?;
                    Ok(())
                },
                |_| None,
            ),
            "How it speaks: station (AMR API v1), concentrator (company, protocolId) or v1 (COMM_).",
        )
        .like("\"station\""),
        Key::<Self>::new(
            "url",
            Slot::Text(check::web, |head| &mut head.url),
            "Where it is, without a path.",
        )
        .like("\"http://127.0.0.1:9310\""),
        Key::<Self>::new(
            "user",
            Slot::Text(check::some, |head| &mut head.user),
            "An account of its own there: its tasks are told from other people's by it.",
        )
        .like("\"ops\""),
        Key::<Self>::new(
            "password_file",
            Slot::SecretFile(|head| &mut head.password),
            "The file that holds its password.",
        )
        .like("\"secrets/main\""),
        Key::<Self>::new(
            "password_env",
            Slot::SecretVariable(|head| &mut head.password),
            "",
        )
        .like("\"MAIN_PASSWORD\"")
        .or(),
        Key::<Self>::new(
            "company",
            Slot::Maybe(check::some, |head| &mut head.company),
            "The company; concentrator and v1 want it in each request.",
        )
        .like("\"our company\""),
        Key::<Self>::new(
            "authorization_file",
            Slot::SecretFile(|head| &mut head.authorization),
            "The file that holds the second password for tokens, where the head-end has one.",
        )
        .like("\"secrets/main-authorization\""),
        Key::<Self>::new(
            "authorization_env",
            Slot::SecretVariable(|head| &mut head.authorization),
            "",
        )
        .like("\"MAIN_AUTHORIZATION\"")
        .or(),
        Key::<Self>::new(
            "protocol_version",
            Slot::Text(check::id, |head| &mut head.protocol_version),
            "The meters' protocol version, which station wants in each task.",
        ),
        Key::<Self>::new(
            "relay_polarity_confirmed",
            Slot::Flag(|head| &mut head.relay_polarity_confirmed),
            "true once a meter of yours was seen: then its relay bit alone proves a reconnect or disconnect.",
        ),
        Key::<Self>::new(
            "physical_horizon",
            Slot::Own(put_horizon, |_| None),
            "An act without a task for so long was not done; 15m for station, 2d for the others (inferred).",
        )
        .like("\"15m\""),
    ];
    const NEEDED: &'static [&'static [&'static str]] = &[
        &["name"],
        &["dialect"],
        &["url"],
        &["user"],
        &["password_file", "password_env"],
    ];

    fn wrong(&self) -> Option<(&'static str, String)> {
        let wants = matches!(self.dialect, Dialect::Concentrator | Dialect::V1);
        (wants && self.company.is_none()).then(|| {
            let what = format!(
                "the {} dialect wants it in each request: add company = \"...\"",
                self.dialect.word()
            );
            ("company", what)
        })
    }
}
