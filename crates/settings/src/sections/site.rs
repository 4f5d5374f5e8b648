//! `[site_defaults]` and `[[site]]`: the communities that the grids serve.

use crate::check;
use crate::key::{Key, Slot};
use crate::reader::Section;

/// What holds for every site that does not say otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteDefaults {
    /// The IANA name of the time zone in which head-ends give their local times.
    pub zone: String,
    /// The file that holds the commissioning code; without one the guide's is shown to staff.
    pub commissioning_code_file: Option<String>,
}

/// A site that differs from the defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Site {
    /// Its id, as the head-end has it.
    pub id: String,
    /// Its name for people.
    pub name: Option<String>,
    /// Its time zone, where it is not the defaults'.
    pub zone: Option<String>,
    /// The file that holds its own commissioning code.
    pub commissioning_code_file: Option<String>,
}

impl Default for SiteDefaults {
    fn default() -> Self {
        Self {
            zone: "UTC".to_owned(),
            commissioning_code_file: None,
        }
    }
}

impl Section for SiteDefaults {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "zone",
            Slot::Text(check::zone, |site| &mut site.zone),
            "The time zone of the sites, an IANA name such as Africa/Kampala: head-ends say local times.",
        ),
        Key::<Self>::new(
            "commissioning_code_file",
            Slot::Maybe(check::file, |site| &mut site.commissioning_code_file),
            "The file that holds your own commissioning code; only signed-in staff see it.",
        )
        .like("\"secrets/commissioning\""),
    ];
}

impl Section for Site {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "id",
            Slot::Text(check::id, |site| &mut site.id),
            "The site's id as the head-end has it (there it is called station).",
        )
        .like("\"SITE_A\""),
        Key::<Self>::new(
            "name",
            Slot::Maybe(check::id, |site| &mut site.name),
            "Its name for people.",
        )
        .like("\"Lakeside\""),
        Key::<Self>::new(
            "zone",
            Slot::Maybe(check::zone, |site| &mut site.zone),
            "Its time zone, where it is not the defaults'.",
        )
        .like("\"Africa/Kampala\""),
        Key::<Self>::new(
            "commissioning_code_file",
            Slot::Maybe(check::file, |site| &mut site.commissioning_code_file),
            "The file that holds this site's own commissioning code.",
        )
        .like("\"secrets/commissioning-site-a\""),
    ];
    const NEEDED: &'static [&'static [&'static str]] = &[&["id"]];
}
