//! What stands in the `error` column of one row.

use fleet::{MeterCheck, MeterNumberError};

/// The sentences of one row's `error` cell: errors first, then warnings, so that a cell begins with
/// `warning: ` exactly where there is nothing worse.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    text: String,
    /// How much of the text is errors.
    errors: usize,
}

/// Between two sentences.
const BETWEEN: &str = "; ";

impl Notes {
    /// Says an error.
    pub(crate) fn error(&mut self, sentence: &str) {
        if self.errors > 0 {
            self.text.insert_str(self.errors, BETWEEN);
            self.errors += BETWEEN.len();
        } else if !self.text.is_empty() {
            // the mark before the warnings is theirs
            self.text.insert_str(0, BETWEEN);
        }
        self.text.insert_str(self.errors, sentence);
        self.errors += sentence.len();
    }

    /// Says a warning: the row has its verdict all the same.
    pub(crate) fn warning(&mut self, sentence: &str) {
        self.follow(&format!("warning: {sentence}"));
    }

    /// Says what others have said.
    pub(crate) fn add(&mut self, other: &Self) {
        let (errors, rest) = other.text.split_at(other.errors);
        if !errors.is_empty() {
            self.error(errors);
        }
        let warnings = rest.strip_prefix(BETWEEN).unwrap_or(rest);
        if !warnings.is_empty() {
            self.follow(warnings);
        }
    }

    /// Says what there is to say of a meter number; nothing comes back where nobody knows which
    /// meter it is.
    pub(crate) fn meter(&mut self, text: &str) -> Option<()> {
        match MeterCheck::of(text) {
            Ok(check) => {
                if let Some(warning) = check.warning() {
                    self.warning(warning);
                }
                Some(())
            }
            Err(error) => {
                self.error(&error.to_string());
                let lost = matches!(
                    error,
                    MeterNumberError::Missing | MeterNumberError::Scientific(_)
                );
                (!lost).then_some(())
            }
        }
    }

    fn follow(&mut self, sentences: &str) {
        if !self.text.is_empty() {
            self.text.push_str(BETWEEN);
        }
        self.text.push_str(sentences);
    }

    /// The cell; empty where all is well.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it holds more than warnings.
    pub(crate) fn is_error(&self) -> bool {
        self.errors > 0
    }

    /// Forgets everything, for the next row.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.errors = 0;
    }
}
