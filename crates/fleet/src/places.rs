//! Where meters are: the site they serve and the gateway they speak through.

use std::fmt;

/// The longest id kept; head-ends' own ids are under 40 characters.
const MAX_CHARS: usize = 64;

macro_rules! place {
    ($(#[$what:meta])* $name:ident) => {
        $(#[$what])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Reads an id: spaces around it are dropped; empty, longer than 64 characters or with
            /// control characters is none.
            pub fn parse(text: &str) -> Option<Self> {
                let text = text.trim();
                let fits = !text.is_empty() && text.chars().count() <= MAX_CHARS;
                (fits && !text.chars().any(char::is_control)).then(|| Self(text.to_owned()))
            }

            /// The id.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

place! {
    /// A site (head-ends say station): one grid, one community.
    SiteId
}
place! {
    /// A LoRaWAN gateway or a data concentrator, by the id its head-end gives it.
    GatewayId
}
