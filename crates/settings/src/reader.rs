//! Reads tables by their list of keys and gathers everything that is wrong.

use crate::error::Problem;
use crate::given::Given;
use crate::key::Key;
use crate::place::Place;
use crate::secret_at::is_secret;
use std::collections::BTreeSet;
use std::ops::Range;
use toml::de::DeTable;

/// A table with a fixed list of keys.
pub(crate) trait Section: Sized + 'static {
    /// Its keys, in the order in which they are printed.
    const KEYS: &'static [Key<Self>];
    /// Groups of keys of which one has to be there.
    const NEEDED: &'static [&'static [&'static str]] = &[];

    /// What is wrong with the table as a whole: at which key, and the sentence.
    fn wrong(&self) -> Option<(&'static str, String)> {
        None
    }
}

/// What is being read, and what was found wrong with it so far.
pub(crate) struct Reader<'t> {
    text: &'t str,
    problems: Vec<(usize, Problem)>,
    seen: BTreeSet<(&'static str, String)>,
}

impl<'t> Reader<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self {
            text,
            problems: Vec::new(),
            seen: BTreeSet::new(),
        }
    }

    /// Says that something is wrong there.
    pub(crate) fn say(&mut self, at: &Range<usize>, key: impl Into<String>, what: String) {
        let problem = Problem {
            place: self.place(at),
            key: key.into(),
            what,
        };
        self.problems.push((at.start, problem));
    }

    /// The place of a span.
    pub(crate) fn place(&self, at: &Range<usize>) -> Place {
        Place::of(self.text, at)
    }

    /// Everything that was found wrong, in the order of the file.
    pub(crate) fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|(start, _)| *start);
        self.problems
            .into_iter()
            .map(|(_, problem)| problem)
            .collect()
    }

    /// How many things were found wrong so far.
    pub(crate) fn count(&self) -> usize {
        self.problems.len()
    }

    /// Reads the keys of a table; `inner` are tables in it that somebody else reads.
    pub(crate) fn table<T: Section>(
        &mut self,
        path: &str,
        at: &Range<usize>,
        table: &DeTable,
        inner: &[&str],
        into: &mut T,
    ) {
        let before = self.count();
        for (name, value) in table {
            let plain = name.get_ref().as_ref();
            if inner.contains(&plain) {
                continue;
            }
            match T::KEYS.iter().find(|key| key.name == plain) {
                Some(key) => {
                    let put = key.slot.put(into, Given::of(value.get_ref()));
                    if let Err(what) = put {
                        self.say(&value.span(), format!("{path}.{plain}"), what);
                    }
                }
                None => self.unknown::<T>(path, plain, &name.span(), inner),
            }
        }
        for group in T::NEEDED {
            if !group.iter().any(|name| table.contains_key(*name)) {
                self.missing::<T>(path, group, at);
            }
        }
        if self.count() == before
            && let Some((name, what)) = into.wrong()
        {
            let place = table
                .get_key_value(name)
                .map_or(at.clone(), |(key, _)| key.span());
            self.say(&place, format!("{path}.{name}"), what);
        }
    }

    /// Says where a value stands a second time that may stand once.
    pub(crate) fn once(
        &mut self,
        key: &'static str,
        value: &str,
        at: &Range<usize>,
        table: &DeTable,
    ) {
        if value.is_empty() || self.seen.insert((key, value.to_owned())) {
            return;
        }
        let name = key.rsplit('.').next().unwrap_or(key);
        let place = table.get(name).map_or(at.clone(), toml::Spanned::span);
        let what = format!(
            "\"{}\" stands here a second time: change or remove one of them",
            crate::key::short(value)
        );
        self.say(&place, key, what);
    }

    fn missing<T: Section>(&mut self, path: &str, group: &[&str], at: &Range<usize>) {
        let example = |name: &&str| {
            let key = T::KEYS.iter().find(|key| key.name == *name);
            key.map_or_else(String::new, |key| format!("{name} = {}", key.example))
        };
        let examples: Vec<String> = group.iter().map(example).collect();
        let name = group.first().copied().unwrap_or_default();
        let what = format!("this is missing: add {}", examples.join(" or "));
        self.say(at, format!("{path}.{name}"), what);
    }

    fn unknown<T: Section>(&mut self, path: &str, name: &str, at: &Range<usize>, inner: &[&str]) {
        let names = T::KEYS.iter().map(|key| key.name);
        let known: Vec<&str> = names.chain(inner.iter().copied()).collect();
        self.say(
            at,
            format!("{path}.{}", crate::key::short(name)),
            unknown(name, &known),
        );
    }
}

/// The sentence for a key that nobody knows: a secret, a slip of the pen, or another thing.
pub(crate) fn unknown(name: &str, known: &[&str]) -> String {
    if is_secret(name) && !known.contains(&name) {
        let plain = name.replace('-', "_");
        let at = |end: &str| {
            let wanted = format!("{plain}{end}");
            known.contains(&wanted.as_str()).then_some(wanted)
        };
        let instead: Vec<String> = [at("_file"), at("_env")].into_iter().flatten().collect();
        if !instead.is_empty() {
            return format!(
                "a secret does not stand in this file: take it out and name where it is with {}",
                instead.join(" or ")
            );
        }
        if nearest(name, known).is_none() {
            return "a secret does not stand in this file: take it out".to_owned();
        }
    }
    match nearest(name, known) {
        Some(near) => format!("nobody knows this key: did you mean {near}?"),
        None => format!("nobody knows this key here; known are {}", known.join(", ")),
    }
}

/// The known name that this one was probably meant to be.
fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let name = name.to_lowercase().replace('-', "_");
    let far = 1 + name.len() / 5;
    let scored = known
        .iter()
        .map(|known| (distance(&name, &known.to_lowercase()), *known));
    let (score, known) = scored.min()?;
    (score <= far).then_some(known)
}

/// How many letters have to be put in, taken out or changed.
fn distance(one: &str, other: &str) -> usize {
    // no key is longer; a text that is, is no slip of the pen
    if one.len() > 64 {
        return one.len();
    }
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut diagonal = line;
        row[0] = line + 1;
        for (place, &with) in other.iter().enumerate() {
            let changed = diagonal + usize::from(letter != with);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(diagonal + 1).min(row[place] + 1);
        }
    }
    row[other.len()]
}
