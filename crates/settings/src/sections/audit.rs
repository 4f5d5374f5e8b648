//! `[audit]`: what binds the audit, so that tampering shows.

use crate::check;
use crate::key::{Key, Slot};
use crate::reader::{Reader, Section};
use crate::secret_at::SecretAt;
use std::ops::Range;

/// What binds the audit, so that tampering shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// The file outside to which the anchors are appended.
    pub anchor_file: Option<String>,
    /// Where the key is that signs them.
    pub signing_key: Option<SecretAt>,
}

impl Section for Audit {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "anchor_file",
            Slot::Maybe(check::file, |audit| &mut audit.anchor_file),
            "Where the audit is bound every hour: a file on another disk, best append-only.",
        )
        .like("\"anchors/audit\""),
        Key::<Self>::new(
            "signing_key_file",
            Slot::SecretFile(|audit| &mut audit.signing_key),
            "The file with the key that signs it: calinmeter audit key FILE makes one.",
        )
        .like("\"secrets/audit\""),
        Key::<Self>::new(
            "signing_key_env",
            Slot::SecretVariable(|audit| &mut audit.signing_key),
            "",
        )
        .like("\"AUDIT_KEY\"")
        .or(),
    ];
}

impl Audit {
    /// A file of anchors without a key would stay empty, and look safe.
    pub(crate) fn refuse_half(&self, reader: &mut Reader, at: &Range<usize>) {
        if self.anchor_file.is_some() && self.signing_key.is_none() {
            let what = "nothing signs the anchors: name a key with signing_key_file, \
                        calinmeter audit key FILE makes one";
            reader.say(at, "audit.anchor_file", what.to_owned());
        }
    }
}
