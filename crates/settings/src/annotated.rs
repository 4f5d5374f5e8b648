//! The whole file with every key, its default and one line of why.

use crate::reader::Section;
use crate::root::{Settings, TABLES};

const HEAD: &str = "\
# The configuration of CalinMeter: every key, its default, and why.
# Lines that begin with # and a letter are examples: take the # away to use one.
# Durations are written as \"90s\", \"15m\", \"6h\" or \"2d\"; a key that ends in _s takes seconds, in _min
# minutes, in _h hours.
# Secrets never stand here: a key that ends in _file names the file that holds one, a key that
# ends in _env the variable of the environment. Relative paths begin where this file is.
";

/// What is written so far.
pub(crate) struct Page {
    text: String,
    /// Before each setting of a table that is only an example.
    mark: &'static str,
}

impl Page {
    /// A table that always holds.
    pub(crate) fn table<T: Section>(&mut self, head: &str, defaults: &mut T) {
        self.mark = "";
        self.begin(head);
        self.keys(defaults);
    }

    /// A table that is there or not: every line of it is an example.
    pub(crate) fn example<T: Section>(&mut self, head: &str, blank: &mut T) {
        self.mark = "#";
        self.begin(head);
        self.keys(blank);
    }

    fn begin(&mut self, head: &str) {
        self.text += &format!("\n{}{head}\n", self.mark);
    }

    fn keys<T: Section>(&mut self, from: &mut T) {
        for key in T::KEYS {
            self.why(key.why);
            let default = key.slot.show(from);
            let mark = match (&default, key.instead) {
                // of two keys that exclude each other one is an example, the other a remark
                (_, true) => "# or ",
                (Some(_), false) => self.mark,
                (None, false) => "#",
            };
            let value = default.as_deref().unwrap_or(key.example);
            self.text += &format!("{mark}{} = {value}\n", key.name);
        }
    }

    /// A line for people.
    pub(crate) fn why(&mut self, why: &str) {
        if !why.is_empty() {
            self.text += &format!("# {why}\n");
        }
    }

    /// A setting that is only an example.
    pub(crate) fn setting(&mut self, name: &str, value: &str) {
        self.text += &format!("#{name} = {value}\n");
    }
}

impl Settings {
    /// The whole file with every key, its default and one line of why, as `calinmeter config`
    /// prints it. Read back it gives the defaults.
    pub fn annotated() -> String {
        let mut page = Page {
            text: HEAD.to_owned(),
            mark: "",
        };
        for table in TABLES {
            (table.print)(&mut page);
        }
        page.text
    }
}
