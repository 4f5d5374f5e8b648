//! The whole file: its tables, in order.

use crate::annotated::Page;
use crate::error::{Problem, SettingsError};
use crate::place::Place;
use crate::reader::{Reader, Section, unknown};
use crate::sections::{
    Audit, Cases, Commands, HeadEnd, Override, Polling, Server, Site, SiteDefaults, Store,
    Vocabulary, Webhook,
};
use std::ops::Range;
use toml::de::{DeTable, DeValue};

/// A longer text is no configuration.
const MOST_BYTES: usize = 1 << 20;

/// Everything a deployment has settled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The pages and the API.
    pub server: Server,
    /// The database.
    pub store: Store,
    /// The head-ends, in the order of the file; their names are unique.
    pub head_ends: Vec<HeadEnd>,
    /// How often the fleet is asked.
    pub polling: Polling,
    /// When cases open, close and are put together.
    pub cases: Cases,
    /// Who agrees to commands, and how many homes may go dark.
    pub commands: Commands,
    /// What binds the audit.
    pub audit: Audit,
    /// Who is told what happened, in the order of the file; their names are unique.
    pub webhooks: Vec<Webhook>,
    /// What holds for every site that does not say otherwise.
    pub site_defaults: SiteDefaults,
    /// The sites that differ from the defaults; their ids are unique.
    pub sites: Vec<Site>,
    /// Rows of the guide that this deployment judges otherwise.
    pub overrides: Vec<Override>,
}

/// One table of the file.
pub(crate) struct Table {
    pub(crate) name: &'static str,
    /// Whether there may be several, each under `[[name]]`.
    pub(crate) many: bool,
    read: fn(&mut Reader, &mut Settings, &Range<usize>, &DeTable),
    pub(crate) print: fn(&mut Page),
    keys: fn() -> Vec<String>,
}

/// The names of a table's own keys.
pub(crate) fn names<T: Section>() -> Vec<String> {
    T::KEYS.iter().map(|key| key.name.to_owned()).collect()
}

/// Every table, in the order in which it is printed.
pub(crate) const TABLES: &[Table] = &[
    Table {
        name: "server",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("server", at, table, &[], &mut settings.server);
        },
        print: |page| page.table("[server]", &mut Server::default()),
        keys: names::<Server>,
    },
    Table {
        name: "store",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("store", at, table, &[], &mut settings.store);
            settings.store.refuse_password(reader, at, table);
        },
        print: |page| page.table("[store]", &mut Store::default()),
        keys: names::<Store>,
    },
    Table {
        name: "head_end",
        many: true,
        read: |reader, settings, at, table| {
            settings.head_ends.push(HeadEnd::read(reader, at, table));
        },
        print: HeadEnd::print,
        keys: HeadEnd::keys,
    },
    Table {
        name: "polling",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("polling", at, table, &[], &mut settings.polling);
        },
        print: |page| page.table("[polling]", &mut Polling::default()),
        keys: names::<Polling>,
    },
    Table {
        name: "cases",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("cases", at, table, &[], &mut settings.cases);
        },
        print: |page| page.table("[cases]", &mut Cases::default()),
        keys: names::<Cases>,
    },
    Table {
        name: "commands",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("commands", at, table, &[], &mut settings.commands);
        },
        print: |page| page.table("[commands]", &mut Commands::default()),
        keys: names::<Commands>,
    },
    Table {
        name: "audit",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("audit", at, table, &[], &mut settings.audit);
            settings.audit.refuse_half(reader, at);
        },
        print: |page| page.table("[audit]", &mut Audit::default()),
        keys: names::<Audit>,
    },
    Table {
        name: "webhook",
        many: true,
        read: |reader, settings, at, table| {
            settings.webhooks.push(Webhook::read(reader, at, table));
        },
        print: |page| page.example("[[webhook]]", &mut Webhook::default()),
        keys: names::<Webhook>,
    },
    Table {
        name: "site_defaults",
        many: false,
        read: |reader, settings, at, table| {
            reader.table("site_defaults", at, table, &[], &mut settings.site_defaults);
        },
        print: |page| page.table("[site_defaults]", &mut SiteDefaults::default()),
        keys: names::<SiteDefaults>,
    },
    Table {
        name: "site",
        many: true,
        read: |reader, settings, at, table| {
            let mut site = Site::default();
            reader.table("site", at, table, &[], &mut site);
            reader.once("site.id", &site.id, at, table);
            settings.sites.push(site);
        },
        print: |page| page.example("[[site]]", &mut Site::default()),
        keys: names::<Site>,
    },
    Table {
        name: "override",
        many: true,
        read: |reader, settings, at, table| {
            settings.overrides.push(Override::read(reader, at, table));
        },
        print: |page| page.example("[[override]]", &mut Override::default()),
        keys: names::<Override>,
    },
];

impl Settings {
    /// Reads a configuration. Everything that is wrong with it comes back at once, each with its
    /// line and column, its key, and what to do next.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut reader = Reader::new(text);
        if text.len() > MOST_BYTES {
            reader.say(
                &(0..0),
                "",
                "this file is longer than 1 MiB: is it the configuration?".to_owned(),
            );
            return Err(SettingsError::of(reader.into_problems()));
        }
        let (document, errors) = DeTable::parse_recoverable(text);
        for error in &errors {
            let at = error.span().unwrap_or_default();
            let (key, what) = no_toml(text, error.message(), &at);
            reader.say(&at, key, what);
        }
        let mut settings = Self::default();
        if errors.is_empty() {
            settings.tables(&mut reader, document.get_ref());
        }
        match reader.into_problems() {
            problems if problems.is_empty() => Ok(settings),
            problems => Err(SettingsError::of(problems)),
        }
    }

    fn tables(&mut self, reader: &mut Reader, document: &DeTable) {
        for (name, value) in document {
            let plain = name.get_ref().as_ref();
            let Some(table) = TABLES.iter().find(|table| table.name == plain) else {
                let known: Vec<&str> = TABLES.iter().map(|table| table.name).collect();
                let key = crate::key::short(plain);
                reader.say(&name.span(), key, unknown(plain, &known));
                continue;
            };
            match (table.many, value.get_ref()) {
                (false, DeValue::Table(inside)) => {
                    (table.read)(reader, self, &name.span(), inside);
                }
                (true, DeValue::Array(list)) => {
                    for (element, at) in list.iter().map(|one| (one.get_ref(), one.span())) {
                        match element {
                            DeValue::Table(inside) => (table.read)(reader, self, &at, inside),
                            _ => reader.say(&at, plain, brackets(table)),
                        }
                    }
                }
                _ => reader.say(&name.span(), plain, brackets(table)),
            }
        }
    }

    /// Every key that is known, with its table: `polling.routine_every`, `head_end.pace.call_s`.
    pub fn keys() -> Vec<String> {
        let keys = TABLES
            .iter()
            .flat_map(|table| (table.keys)().into_iter().map(move |key| (table.name, key)));
        keys.map(|(table, key)| format!("{table}.{key}")).collect()
    }

    /// Looks the overrides up in the words that the caller knows: its codes and slugs, severities,
    /// decisions and owners.
    pub fn check_overrides(&self, words: &Vocabulary<'_>) -> Result<(), SettingsError> {
        let problems: Vec<Problem> = self
            .overrides
            .iter()
            .flat_map(|one| one.unlisted(words))
            .collect();
        if problems.is_empty() {
            return Ok(());
        }
        Err(SettingsError::of(problems))
    }

    /// The IANA name of a site's time zone.
    pub fn zone_of(&self, site: &str) -> &str {
        self.site(site)
            .and_then(|site| site.zone.as_deref())
            .unwrap_or(&self.site_defaults.zone)
    }

    /// The file that holds the commissioning code of a site, if it has one of its own.
    pub fn commissioning_code_file_of(&self, site: &str) -> Option<&str> {
        self.site(site)
            .and_then(|site| site.commissioning_code_file.as_deref())
            .or(self.site_defaults.commissioning_code_file.as_deref())
    }

    fn site(&self, id: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }

    /// What is wrong with a single table after a variable has changed it.
    pub(crate) fn wrong(&self) -> Option<(&'static str, String)> {
        let (polling, cases) = (self.polling.wrong(), self.cases.wrong());
        polling.or(cases).or(self.commands.wrong())
    }
}

fn brackets(table: &Table) -> String {
    let name = table.name;
    if table.many {
        format!("there may be several of these: begin each with [[{name}]] on its own line")
    } else {
        format!("this is a table: write [{name}] on a line of its own, once")
    }
}

/// What the TOML reader said, with what to do next. The text itself is not repeated, for it may be
/// a secret; only the name of a key that stands twice is.
fn no_toml(text: &str, said: &str, at: &Range<usize>) -> (String, String) {
    if said.contains("duplicate key") {
        let key = crate::key::short(text.get(at.clone()).unwrap_or_default());
        return (
            key,
            "this key stands twice in its table: remove one of them".to_owned(),
        );
    }
    let what = format!("{said}: write it as TOML does, such as listen = \"127.0.0.1:8080\"");
    (String::new(), what)
}

/// A problem with a variable of the environment.
pub(crate) fn variable_problem(name: &str, key: &str, what: String) -> Problem {
    Problem {
        place: Place::Variable(name.to_owned()),
        key: key.to_owned(),
        what,
    }
}
