//! The verdict, and the judge who reaches it.

use crate::asks::{self, Ask};
use crate::evidence::{Evidence, Relay};
use crate::rule::{Because, Effect};
use crate::rules::{RULES, derive};
use crate::said::Said;
use catalogue::{
    Advice, AmiRow, Class, Decision, Lang, Owner, Severity, Source, Step, Supply, Travel,
};

/// What follows from a code and the evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// What was said, in its family of numbers.
    pub said: Said,
    /// The guide's row, if the number is listed or the condition derived stands for one.
    pub row: Option<&'static AmiRow>,
    /// The words and steps it started from.
    pub advice: &'static Advice,
    /// Where the meaning comes from; nothing for an unlisted number.
    pub source: Option<Source>,
    /// Whether the home has power. First of all.
    pub supply: Supply,
    /// What kind of matter it is.
    pub class: Class,
    /// How much it matters.
    pub severity: Severity,
    /// Nobody, the desk, or somebody who travels.
    pub decision: Decision,
    /// Who has to act.
    pub owner: Owner,
    /// Tamper is suspected, never stated.
    pub suspect: bool,
    /// The code and the evidence disagree about the supply; the evidence has decided it.
    pub conflict: bool,
    /// What is not known and would change the verdict.
    pub asks: Vec<&'static Ask>,
    sentences: Vec<Because>,
    first: Vec<&'static Step>,
}

/// Judges what was said in the light of the evidence. Total: every number and every evidence gives
/// a verdict.
pub fn judge(said: Said, evidence: &Evidence) -> Verdict {
    let mut verdict = start(said, evidence);
    let code = verdict.row.map(|row| row.ami.0);
    for rule in RULES {
        let concerns = rule.codes.is_empty() || code.is_some_and(|code| rule.codes.contains(&code));
        if concerns && (rule.when)(evidence, &verdict) {
            if !rule.says.en.is_empty() {
                verdict
                    .sentences
                    .push(Because::of(rule.slug, rule.says, evidence));
            }
            verdict.change(&rule.then);
        }
    }
    verdict
}

/// The catalogue's defaults, before any rule.
fn start(said: Said, evidence: &Evidence) -> Verdict {
    let row = said.row();
    let (row, advice, source) = match (said, row) {
        (Said::Wire(_), Some(row)) => (Some(row), &row.advice, Some(Source::Derived)),
        (_, Some(row)) => (Some(row), &row.advice, Some(row.source)),
        (Said::TwoFamilies(_), None) => (None, catalogue::two_families(), None),
        (Said::Nothing, None) => derive(evidence),
        (_, None) => (None, catalogue::unlisted(), None),
    };
    let derived = said == Said::Nothing;
    Verdict {
        said,
        row,
        advice,
        source,
        // a bit says what was seen, not what the relay did
        supply: if derived {
            supply_of(evidence.relay)
        } else {
            advice.supply
        },
        class: advice.class,
        severity: advice.severity,
        decision: advice.decision,
        owner: advice.owner,
        suspect: row.is_some_and(|row| row.suspect),
        conflict: false,
        asks: Vec::new(),
        sentences: vec![opening(said, row, advice)],
        first: Vec::new(),
    }
}

fn supply_of(relay: Option<Relay>) -> Supply {
    match relay {
        Some(Relay::Closed) => Supply::On,
        Some(Relay::Open) => Supply::Off,
        None => Supply::Unknown,
    }
}

/// The first sentence: who says so.
fn opening(said: Said, row: Option<&AmiRow>, advice: &Advice) -> Because {
    let name = (advice.name.get(Lang::En), advice.name.get(Lang::Fr));
    match (said, row) {
        (Said::Wire(status), Some(_)) => {
            let seen = catalogue::wire(status).map_or(name, |row| (row.name.en, row.name.fr));
            Because::whole(
                "wire",
                format!("Wire status {status}: {} (our inference).", seen.0),
                format!("État radio {status}\u{a0}: {} (déduit par nous).", seen.1),
            )
        }
        (Said::Nothing, _) => {
            Because::whole("derived", format!("{}.", name.0), format!("{}.", name.1))
        }
        (_, Some(row)) => Because::whole(
            "guide",
            format!("The guide's row {}: {}.", row.ami, row.meaning),
            format!("Ligne {} du guide\u{a0}: {}.", row.ami, row.meaning),
        ),
        (Said::TwoFamilies(number), None) => Because::whole(
            "two-families",
            format!("{number} stands in two families of codes; nobody has confirmed which one."),
            format!(
                "{number} figure dans deux familles de codes\u{a0}; personne n'a confirmé laquelle."
            ),
        ),
        (Said::Ami(code), None) => unlisted(&code.to_string()),
        (Said::Reason(reason), None) => unlisted(&format!("87-{reason}")),
        (Said::Wire(status), None) => unlisted(&status.to_string()),
    }
}

fn unlisted(number: &str) -> Because {
    Because::whole(
        "unlisted",
        format!("{number} is not listed: it gets no meaning."),
        format!("{number} n'est pas dans la liste\u{a0}: aucun sens ne lui est donné."),
    )
}

impl Verdict {
    fn change(&mut self, then: &Effect) {
        self.supply = then.supply.unwrap_or(self.supply);
        self.class = then.class.unwrap_or(self.class);
        self.severity = then.severity.unwrap_or(self.severity);
        self.decision = then.decision.unwrap_or(self.decision);
        self.owner = then.owner.unwrap_or(self.owner);
        self.suspect = then.suspect.unwrap_or(self.suspect);
        self.conflict |= then.conflict;
        self.first.extend(then.first.and_then(catalogue::step));
        self.asks.extend(then.asks.and_then(asks::find));
    }

    /// The name for ever of what was said, or nothing where nobody listed it.
    pub fn slug(&self) -> Option<&'static str> {
        match self.said {
            Said::Wire(status) => catalogue::wire(status).map(|row| row.slug),
            _ => self.row.map(|row| row.slug),
        }
    }

    /// The cause that a case would have: the slug, or a name of its own where no row speaks. Two
    /// unlisted numbers are two causes.
    pub fn cause(&self) -> String {
        if let Some(row) = self.row {
            return row.slug.to_owned();
        }
        match self.said {
            Said::Ami(code) => format!("unlisted-{code}"),
            Said::Reason(reason) => format!("unlisted-87-{reason}"),
            Said::Wire(status) => format!("unlisted-{status}"),
            Said::TwoFamilies(number) => format!("two-families-{number}"),
            Said::Nothing if std::ptr::eq(self.advice, catalogue::relay_open()) => {
                "relay-open".to_owned()
            }
            Said::Nothing if std::ptr::eq(self.advice, catalogue::battery_low()) => {
                "battery-low".to_owned()
            }
            Said::Nothing => "says-nothing".to_owned(),
        }
    }

    /// Whether anybody travels.
    pub fn travel(&self) -> Travel {
        self.decision.travel()
    }

    /// The steps in order: what the evidence put first, then the row's own.
    pub fn steps(&self) -> impl Iterator<Item = &'static Step> {
        self.first.iter().chain(self.advice.steps).copied()
    }

    /// Why, sentence by sentence: the row of the guide, what each rule saw, and last what would
    /// change it.
    pub fn because(&self, lang: Lang) -> Vec<String> {
        let mut said: Vec<_> = self
            .sentences
            .iter()
            .map(|s| s.say(lang).to_owned())
            .collect();
        if !self.asks.is_empty() {
            let lead = match lang {
                Lang::En => "Not known, and it would change this: ",
                Lang::Fr => "Inconnu, et cela changerait l'avis\u{a0}: ",
            };
            let asks: Vec<_> = self.asks.iter().map(|ask| ask.text.get(lang)).collect();
            said.push(format!("{lead}{}.", asks.join(", ")));
        }
        said
    }

    /// The rules that left a sentence, in order.
    pub fn rules(&self) -> impl Iterator<Item = &'static str> {
        self.sentences.iter().map(|sentence| sentence.rule)
    }
}
