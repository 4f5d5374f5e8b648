//! The words of a verdict. The build script reads this same file, so a word in a table that is not
//! here stops the build.

/// Declares a vocabulary: a variant, the word that stands in files for ever, and how a person
/// reads it in English and French.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal, $en:literal, $fr:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// Every value, in the order of its declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The word in tables, files and addresses. It never changes.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// How a person reads it, in English.
            pub const fn en(self) -> &'static str {
                match self { $(Self::$variant => $en,)+ }
            }

            /// How a person reads it, in French.
            pub const fn fr(self) -> &'static str {
                match self { $(Self::$variant => $fr,)+ }
            }

            /// The value whose word this is.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }

            /// The variant's name in Rust, for the build script.
            pub const fn variant(self) -> &'static str {
                match self { $(Self::$variant => stringify!($variant),)+ }
            }
        }
    };
}

vocabulary! {
    /// What kind of matter a code is.
    Class {
        /// Nothing is wrong.
        Normal = "normal", "normal", "normal";
        /// Credit: never a case in postpaid.
        Ignored = "ignored", "ignored (credit)", "ignoré (crédit)";
        /// Somebody tested the relay.
        Test = "test", "test", "test";
        /// A cover, a magnet, a bypass.
        Tamper = "tamper", "tamper", "fraude";
        /// The customer's load.
        Load = "load", "load", "charge";
        /// The voltage that arrives.
        SupplyQuality = "supply-quality", "supply quality", "qualité de l'alimentation";
        /// Wiring, polarity, neutral.
        Wiring = "wiring", "wiring", "câblage";
        /// A local condition holds the relay open.
        Local = "local", "local condition", "condition locale";
        /// The head-end did it, or must mend it.
        Backend = "backend", "backend", "système";
        /// Not yet in service.
        Commissioning = "commissioning", "commissioning", "mise en service";
        /// Nobody listed the number.
        Unlisted = "unlisted", "unlisted", "hors liste";
    }
}

vocabulary! {
    /// Whether the home has power.
    Supply {
        /// The home has power.
        On = "on", "supply ON", "alimenté";
        /// The home is dark.
        Off = "off", "supply OFF", "coupé";
        /// Nobody knows yet.
        Unknown = "unknown", "supply UNKNOWN", "alimentation inconnue";
    }
}

vocabulary! {
    /// How much it matters, from the least.
    Severity {
        /// For the record.
        Info = "info", "info", "info";
        /// With the next planned work.
        Low = "low", "low", "basse";
        /// Within a working day.
        Medium = "medium", "medium", "moyenne";
        /// Within hours.
        High = "high", "high", "haute";
        /// Now: somebody may be in danger.
        Critical = "critical", "critical", "critique";
    }
}

vocabulary! {
    /// Who acts: nobody, the desk, or somebody who travels.
    Decision {
        /// Nothing is to be done.
        Fine = "fine", "fine", "en ordre";
        /// Not a case in postpaid.
        Ignore = "ignore", "ignore", "ignorer";
        /// The desk can act: command, call, report, escalate.
        Office = "office", "office", "bureau";
        /// Somebody travels.
        Visit = "visit", "visit", "visite";
        /// A person has to look at a number that nobody listed.
        Unlisted = "unlisted", "unlisted", "hors liste";
    }
}

vocabulary! {
    /// Whether anybody travels.
    Travel {
        /// Nobody travels.
        No = "no", "no need to travel", "aucun déplacement";
        /// Only if the desk does not succeed.
        AfterRemote = "after-remote", "travel only if the desk cannot solve it", "déplacement seulement si le bureau n'y parvient pas";
        /// Somebody travels.
        Yes = "yes", "somebody must travel", "déplacement nécessaire";
    }
}

vocabulary! {
    /// Whether the relay may be closed while the meter says this.
    May {
        /// Nothing in the code itself speaks against it.
        Yes = "yes", "yes", "oui";
        /// Never from the desk.
        No = "no", "no", "non";
        /// After what was found at the meter is recorded.
        Finding = "finding", "after a recorded finding", "après un constat enregistré";
        /// Where the order behind it is known.
        Order = "order", "where the order is known", "si l'ordre est connu";
        /// After revenue protection has released it.
        Release = "release", "after revenue protection's release", "après accord de la protection des recettes";
        /// Where the voltage that arrives has just been read and is in order.
        Voltage = "voltage", "with a voltage in order", "avec une tension correcte";
    }
}

vocabulary! {
    /// Who has to act.
    Owner {
        /// Nobody.
        Nobody = "nobody", "nobody", "personne";
        /// Those who run the network from the desk.
        Operations = "operations", "operations", "exploitation";
        /// Those who speak with customers.
        CustomerDesk = "customer-desk", "customer desk", "service clients";
        /// Who goes to meters.
        Technician = "technician", "technician", "technicien";
        /// Who may work on wiring.
        Electrician = "electrician", "electrician", "électricien";
        /// Who decides on suspected tampering.
        RevenueProtection = "revenue-protection", "revenue protection", "protection des recettes";
        /// Who configures the head-end.
        AmiAdmin = "ami-admin", "AMI admin", "administrateur AMI";
        /// Who delivers the electricity.
        Utility = "utility", "utility", "distributeur";
        /// Who writes the bills.
        Billing = "billing", "billing", "facturation";
    }
}

vocabulary! {
    /// Where a row's meaning comes from.
    Source {
        /// Seen in a head-end's real answer.
        Screenshot = "screenshot", "guide, with a screenshot of a real answer", "guide, avec capture d'une vraie réponse";
        /// The guide's word alone.
        Guide = "guide", "guide", "guide";
        /// Our inference from relay, bits or wire status.
        Derived = "derived", "derived by us", "déduit par nous";
    }
}

vocabulary! {
    /// How sure we are of a mapping.
    Confidence {
        /// Proven, or in a published list.
        High = "high", "high", "haute";
        /// Its parts are known and a close mapping exists.
        Medium = "medium", "medium", "moyenne";
        /// Our own combination.
        Low = "low", "low", "basse";
    }
}

vocabulary! {
    /// What kind of value a keypad code shows.
    Kind {
        /// Counts up for ever.
        Register = "register", "register", "index";
        /// The value at this moment.
        Instant = "instant", "instant value", "valeur instantanée";
        /// Counts events.
        Counter = "counter", "counter", "compteur";
        /// A moment in the meter's local time.
        Time = "time", "time", "date et heure";
        /// Something that was set.
        Setting = "setting", "setting", "réglage";
        /// One of a list.
        Enum = "enum", "one of a list", "valeur d'une liste";
    }
}

impl Decision {
    /// Whether anybody travels, before any evidence: the desk tries first, and an unlisted number
    /// sends nobody until a person has looked.
    pub const fn travel(self) -> Travel {
        match self {
            Self::Fine | Self::Ignore => Travel::No,
            Self::Office | Self::Unlisted => Travel::AfterRemote,
            Self::Visit => Travel::Yes,
        }
    }
}
