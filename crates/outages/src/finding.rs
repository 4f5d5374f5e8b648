//! What was found among the signs of homes, as people read it.

use crate::cause::Cause;
use crate::phases::Phase;
use crate::tree::Tree;
use catalogue::Lang;
use fleet::{AmiCode, MINUTE, Moment};

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// An outage or a single meter.
    pub what: What,
    /// The place of the node.
    pub node: usize,
    /// The places of the dark homes, by the moment they went dark.
    pub homes: Vec<usize>,
    /// How many homes there have said anything.
    pub known: usize,
    /// When the first of them went dark, or was last heard.
    pub from: Moment,
    /// Why, as far as is known.
    pub cause: Cause,
    /// How exact the moment is, milliseconds.
    pub resolution: i64,
}

/// An outage or a single meter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The node has no supply.
    Outage,
    /// Nothing but silence, and a gateway may be the reason.
    GatewayOrSite,
    /// The homes of one phase have no supply, those of the others have.
    PhaseLoss(Phase),
    /// One home alone.
    OneMeter(Alone),
}

/// Why one home alone may be dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alone {
    /// Its operating status says so.
    ByCode(AmiCode),
    /// Its operating status says that it has supply.
    HasSupply,
    /// Its own log says so, and nothing else: its service drop, its breaker.
    ServiceDrop,
    /// It is silent, and nothing else is known.
    Silent,
}

impl Finding {
    /// Its name for ever.
    pub const fn slug(&self) -> &'static str {
        match self.what {
            What::Outage => "outage",
            What::GatewayOrSite => "gateway-or-site",
            What::PhaseLoss(_) => "phase-loss",
            What::OneMeter(Alone::ByCode(_)) => "one-meter-by-code",
            What::OneMeter(Alone::HasSupply) => "one-meter-has-supply",
            What::OneMeter(Alone::ServiceDrop) => "one-meter-service-drop",
            What::OneMeter(Alone::Silent) => "one-meter-silent",
        }
    }

    /// The sentence for a person.
    pub fn say(&self, tree: &Tree, lang: Lang) -> String {
        let at = tree.nodes().get(self.node);
        let name = at.map_or("?", |node| node.name.as_str());
        let (dark, known, exact) = (self.homes.len(), self.known, self.resolution / MINUTE);
        match (self.what, lang) {
            (What::Outage, Lang::En) => format!(
                "{name} has no supply: {dark} of {known} homes went dark together, to {exact} min. One job, not {dark}."
            ),
            (What::Outage, Lang::Fr) => format!(
                "{name} n'a plus d'alimentation\u{a0}: {dark} logements sur {known} se sont éteints ensemble, à {exact} min près. Une intervention, pas {dark}."
            ),
            (What::GatewayOrSite, Lang::En) => format!(
                "{dark} of {known} homes of {name} are silent, and so is their gateway: look at its backhaul and at the grid's meter before an outage is declared."
            ),
            (What::GatewayOrSite, Lang::Fr) => format!(
                "{dark} logements sur {known} de {name} sont muets, leur passerelle aussi\u{a0}: vérifiez sa liaison et le compteur du réseau avant de déclarer une coupure."
            ),
            (What::PhaseLoss(phase), Lang::En) => format!(
                "Phase {phase:?} of {name} is gone: {dark} of its {known} homes are dark, those of the other phases are not. The supply's side, not the homes'."
            ),
            (What::PhaseLoss(phase), Lang::Fr) => format!(
                "La phase {phase:?} de {name} a disparu\u{a0}: {dark} de ses {known} logements sont éteints, ceux des autres phases non. Côté réseau, pas côté logements."
            ),
            (What::OneMeter(alone), lang) => alone.say(name, lang),
        }
    }
}

impl Alone {
    fn say(self, name: &str, lang: Lang) -> String {
        match (self, lang) {
            (Self::ByCode(code), Lang::En) => {
                format!(
                    "One home of {name} alone, and its meter says {code}: do what the guide has for it."
                )
            }
            (Self::ByCode(code), Lang::Fr) => {
                format!(
                    "Un seul logement de {name}, et son compteur dit {code}\u{a0}: suivez le guide."
                )
            }
            (Self::HasSupply, Lang::En) => {
                format!(
                    "One home of {name} alone, and its meter says that it has supply: look at the reading again before anybody travels."
                )
            }
            (Self::HasSupply, Lang::Fr) => {
                format!(
                    "Un seul logement de {name}, et son compteur dit qu'il est alimenté\u{a0}: revoyez le relevé avant tout déplacement."
                )
            }
            (Self::ServiceDrop, Lang::En) => {
                format!(
                    "One home of {name} alone, its neighbours have supply: read 87; then its breaker and its service drop."
                )
            }
            (Self::ServiceDrop, Lang::Fr) => {
                format!(
                    "Un seul logement de {name}, ses voisins sont alimentés\u{a0}: lisez 87, puis voyez son disjoncteur et son branchement."
                )
            }
            (Self::Silent, Lang::En) => {
                format!(
                    "One meter of {name} is silent, its neighbours are heard: ask it again, telephone, then travel."
                )
            }
            (Self::Silent, Lang::Fr) => {
                format!(
                    "Un compteur de {name} est muet, ses voisins répondent\u{a0}: redemandez, téléphonez, puis déplacez-vous."
                )
            }
        }
    }
}
