//! What variables of the environment change. They are handed in; this room reads none.

use crate::error::SettingsError;
use crate::given::Given;
use crate::key::Key;
use crate::reader::{Section, unknown};
use crate::root::{Settings, variable_problem};

/// How the name of a variable begins: `CALINMETER_STORE_URL` is `url` of `[store]`.
const PREFIX: &str = "CALINMETER_";

/// Puts a variable's text where it belongs, or says why not.
type Put = dyn Fn(&mut Settings, &str) -> Result<(), String>;

/// A key that a variable may change, whatever its table.
struct Variable {
    name: String,
    key: String,
    put: Box<Put>,
}

impl Settings {
    /// The variables that [`Settings::with`] takes: every key of the tables that stand once.
    pub fn variables() -> Vec<String> {
        variables().into_iter().map(|one| one.name).collect()
    }

    /// These settings as variables of the environment change them: (name, value). A name that
    /// nobody knows is refused, so hand in only those that are meant for the settings.
    pub fn with(mut self, changes: &[(&str, &str)]) -> Result<Self, SettingsError> {
        let known = variables();
        let names: Vec<&str> = known.iter().map(|one| one.name.as_str()).collect();
        let mut problems = Vec::new();
        let mut last = None;
        for (name, value) in changes {
            let Some(variable) = known.iter().find(|one| one.name == *name) else {
                problems.push(variable_problem(name, "", unknown(name, &names)));
                continue;
            };
            match (variable.put)(&mut self, value) {
                Ok(()) => last = Some((*name, variable.key.as_str())),
                Err(what) => problems.push(variable_problem(name, &variable.key, what)),
            }
        }
        if let (Some((name, key)), Some((wrong, what))) = (last, self.wrong())
            && problems.is_empty()
        {
            problems.push(variable_problem(name, key, format!("{wrong}: {what}")));
        }
        if problems.is_empty() {
            return Ok(self);
        }
        Err(SettingsError::of(problems))
    }
}

fn variables() -> Vec<Variable> {
    let mut all = Vec::new();
    add(&mut all, "server", |settings| &mut settings.server);
    add(&mut all, "store", |settings| &mut settings.store);
    add(&mut all, "polling", |settings| &mut settings.polling);
    add(&mut all, "cases", |settings| &mut settings.cases);
    add(&mut all, "commands", |settings| &mut settings.commands);
    add(&mut all, "site_defaults", |settings| {
        &mut settings.site_defaults
    });
    all
}

fn add<T: Section>(all: &mut Vec<Variable>, table: &str, of: fn(&mut Settings) -> &mut T) {
    let variable = |key: &'static Key<T>| Variable {
        name: format!("{PREFIX}{table}_{}", key.name).to_uppercase(),
        key: format!("{table}.{}", key.name),
        put: Box::new(move |settings, text| {
            let given = Given::of_variable(text, key.slot.wants());
            key.slot.put(of(settings), given)
        }),
    };
    all.extend(T::KEYS.iter().map(variable));
}
