//! The faults: xtask/faults.toml, and how each is planted in a text.

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::house::House;

/// Where the faults are listed; its head says the form.
const LIST: &str = "xtask/faults.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    fault: Vec<Fault>,
}

/// One known fault, who must find it and with which words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fault {
    pub(super) name: String,
    pub(super) file: String,
    pub(super) command: String,
    pub(super) expect: String,
    find: Option<String>,
    replace: Option<String>,
    remove_row: Option<String>,
    append: Option<String>,
    times: Option<usize>,
}

/// All faults in the order of the file.
pub(super) fn read(house: &House) -> Result<Vec<Fault>> {
    let list: List = toml::from_str(&house.read(LIST)?)
        .with_context(|| format!("{LIST} is not in the form its head says"))?;
    Ok(list.fault)
}

impl Fault {
    /// The text with the fault in it.
    pub(super) fn planted(&self, text: &str) -> Result<String> {
        let (find, replace) = (self.find.as_deref(), self.replace.as_deref());
        match (
            find,
            replace,
            self.remove_row.as_deref(),
            self.append.as_deref(),
        ) {
            (Some(find), Some(replace), None, None) => self.swapped(text, find, replace),
            (None, None, Some(line), None) => self.without_row(text, line),
            (None, None, None, Some(lines)) => {
                Ok(format!("{text}{}", lines.repeat(self.times.unwrap_or(1))))
            }
            _ => bail!(
                "{}: give `find` and `replace`, or `remove_row`, or `append`",
                self.name
            ),
        }
    }

    fn swapped(&self, text: &str, find: &str, replace: &str) -> Result<String> {
        self.once(text.matches(find).count(), find)?;
        Ok(text.replacen(find, replace, 1))
    }

    /// Leaves out the `[[...]]` row that has this line.
    fn without_row(&self, text: &str, line: &str) -> Result<String> {
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        self.once(
            lines.iter().filter(|found| found.trim() == line).count(),
            line,
        )?;
        let at = lines
            .iter()
            .position(|found| found.trim() == line)
            .unwrap_or_default();
        let is_head = |line: &&str| line.starts_with("[[");
        let start = lines[..at].iter().rposition(is_head);
        let start = start.with_context(|| format!("{}: `{line}` is in no row", self.name))?;
        let end = lines[at..]
            .iter()
            .position(is_head)
            .map_or(lines.len(), |rows| at + rows);
        Ok([&lines[..start], &lines[end..]].concat().concat())
    }

    fn once(&self, found: usize, what: &str) -> Result<()> {
        match found {
            1 => Ok(()),
            0 => bail!("{} no longer has `{what}`", self.file),
            several => bail!(
                "{} has `{what}` {several} times: one place is meant",
                self.file
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, LIST, read};
    use crate::house::House;

    fn fault(plant: &str) -> Fault {
        let head = "name = \"n\"\nfile = \"f\"\ncommand = \"c\"\nexpect = \"e\"\n";
        toml::from_str(&format!("{head}{plant}")).unwrap()
    }

    const TABLE: &str =
        "# head\n\n[[code]]\nami = 1\n\n[[code]]\nami = 2\nx = 1\n\n[[code]]\nami = 3\n";

    #[test]
    fn a_row_is_removed_whole() {
        let planted = fault("remove_row = \"ami = 2\"").planted(TABLE).unwrap();
        assert_eq!(
            planted,
            "# head\n\n[[code]]\nami = 1\n\n[[code]]\nami = 3\n"
        );
        let last = fault("remove_row = \"ami = 3\"").planted(TABLE).unwrap();
        assert_eq!(
            last,
            "# head\n\n[[code]]\nami = 1\n\n[[code]]\nami = 2\nx = 1\n\n"
        );
    }

    #[test]
    fn text_is_replaced_or_added() {
        let swapped = fault("find = \"ami = 3\"\nreplace = \"ami = 4\"")
            .planted(TABLE)
            .unwrap();
        assert!(swapped.ends_with("ami = 4\n"));
        assert_eq!(
            fault("append = \"y\\n\"\ntimes = 2")
                .planted("x\n")
                .unwrap(),
            "x\ny\ny\n"
        );
    }

    #[test]
    fn what_is_gone_or_ambiguous_is_refused() {
        for (plant, why) in [
            ("find = \"ami = 9\"\nreplace = \"\"", "no longer has"),
            ("find = \"[[code]]\"\nreplace = \"\"", "3 times"),
            ("remove_row = \"ami = 9\"", "no longer has"),
            ("find = \"x\"", "give `find` and `replace`"),
            ("", "give `find` and `replace`"),
        ] {
            let error = fault(plant).planted(TABLE).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }

    #[test]
    fn every_listed_fault_can_be_planted_in_todays_tree() {
        let house = House::find().unwrap();
        for fault in read(&house).unwrap() {
            let Ok(text) = house.read(&fault.file) else {
                continue;
            };
            let planted = fault
                .planted(&text)
                .unwrap_or_else(|error| panic!("{LIST}: {error:#}"));
            assert_ne!(planted, text, "{}", fault.name);
        }
    }
}
