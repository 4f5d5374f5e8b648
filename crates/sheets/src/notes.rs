//! What stands in the `error` column of one row.

/// The sentences of one row's `error` cell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    text: String,
    error: bool,
}

impl Notes {
    /// Says an error.
    pub(crate) fn error(&mut self, sentence: &str) {
        self.error = true;
        self.say("", sentence);
    }

    /// Says a warning: the row has its verdict all the same.
    pub(crate) fn warning(&mut self, sentence: &str) {
        self.say("warning: ", sentence);
    }

    /// Says what others have said.
    pub(crate) fn add(&mut self, other: &Self) {
        self.error |= other.error;
        if !other.text.is_empty() {
            self.say("", &other.text);
        }
    }

    fn say(&mut self, lead: &str, sentence: &str) {
        if !self.text.is_empty() {
            self.text.push_str("; ");
        }
        self.text.push_str(lead);
        self.text.push_str(sentence);
    }

    /// The cell; empty where all is well.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it holds more than warnings.
    pub(crate) fn is_error(&self) -> bool {
        self.error
    }

    /// Forgets everything, for the next row.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.error = false;
    }
}
