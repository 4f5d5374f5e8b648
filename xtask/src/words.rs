//! The few words after a command.

use std::collections::BTreeMap;
use std::fmt;

use anyhow::Result;

/// A word nobody knows; the program ends with 2.
#[derive(Debug)]
pub(crate) struct Usage(pub(crate) String);

impl fmt::Display for Usage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Usage {}

/// The words given, sorted by kind.
#[derive(Debug, Default)]
pub(crate) struct Words {
    flags: Vec<String>,
    values: BTreeMap<String, String>,
    /// Words without dashes.
    pub(crate) names: Vec<String>,
}

impl Words {
    /// Whether `--flag` was given.
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|given| given == flag)
    }

    /// What followed `--name`.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str)
    }
}

/// Sorts the words after a command that takes these flags and these `--name VALUE` pairs.
pub(crate) fn read(args: &[String], flags: &[&str], values: &[&str]) -> Result<Words> {
    let words = read_all(args, flags, values)?;
    match words.names.first() {
        None => Ok(words),
        Some(name) => Err(unknown(name, flags, values)),
    }
}

/// As `read`, for a command that also takes names.
pub(crate) fn read_all(args: &[String], flags: &[&str], values: &[&str]) -> Result<Words> {
    let mut words = Words::default();
    let mut rest = args.iter();
    while let Some(word) = rest.next() {
        if flags.contains(&word.as_str()) {
            words.flags.push(word.clone());
        } else if values.contains(&word.as_str()) {
            let value = rest
                .next()
                .ok_or_else(|| Usage(format!("{word} needs a value after it")))?;
            words.values.insert(word.clone(), value.clone());
        } else if word.starts_with('-') {
            return Err(unknown(word, flags, values));
        } else {
            words.names.push(word.clone());
        }
    }
    Ok(words)
}

fn unknown(word: &str, flags: &[&str], values: &[&str]) -> anyhow::Error {
    let known = [flags, values].concat().join(", ");
    let known = if known.is_empty() {
        "nothing".to_owned()
    } else {
        known
    };
    Usage(format!(
        "\"{word}\" is not understood here: this command takes {known}"
    ))
    .into()
}

#[cfg(test)]
mod tests {
    use super::{Usage, read, read_all};

    fn given(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn flags_values_and_names_are_told_apart() {
        let words = read_all(
            &given(&["--fast", "--date", "2026-01-02", "clock"]),
            &["--fast"],
            &["--date"],
        );
        let words = words.unwrap();
        assert!(words.has("--fast"));
        assert_eq!(words.value("--date"), Some("2026-01-02"));
        assert_eq!(words.names, ["clock"]);
    }

    #[test]
    fn an_unknown_word_and_a_missing_value_are_mistakes_of_use() {
        for wrong in [&["--quick"][..], &["fast"], &["--date"]] {
            let error = read(&given(wrong), &["--fast"], &["--date"]).unwrap_err();
            assert!(error.is::<Usage>(), "{wrong:?}");
        }
    }
}
