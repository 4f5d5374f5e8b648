//! A row of a chain.

use crate::Digest;
use crate::encode::Encoder;
use fleet::Moment;

/// What somebody did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'e> {
    /// The site it belongs to; empty where it belongs to none. Each has a chain of its own.
    pub site: &'e str,
    /// Its place in the chain, from 1, without gaps.
    pub n: i64,
    /// When.
    pub at: Moment,
    /// Who.
    pub who: &'e str,
    /// How it was known who it was: a password, a key, the program itself.
    pub via: &'e str,
    /// What was done.
    pub what: &'e str,
    /// To what.
    pub subject: &'e str,
    /// More about it, as the text that is kept.
    pub detail: &'e str,
}

/// A row as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row<'e> {
    /// What somebody did.
    pub entry: Entry<'e>,
    /// What was kept as its hash; nothing where that is no hash at all.
    pub hash: Option<Digest>,
}

/// The hash of an entry that follows the row with the hash `previous`; [`Digest::START`] is what
/// the first one follows.
pub fn link(previous: Digest, entry: &Entry<'_>) -> Digest {
    let Entry {
        site,
        n,
        at,
        who,
        via,
        what,
        subject,
        detail,
    } = entry;
    let mut hash = Encoder::of("calinmeter audit 1");
    hash.fixed(&previous.0);
    hash.text(site);
    hash.number(*n);
    hash.number(at.0);
    for text in [who, via, what, subject, detail] {
        hash.text(text);
    }
    hash.finish()
}

#[cfg(test)]
mod tests {
    use super::{Entry, link};
    use crate::Digest;
    use fleet::Moment;

    const ENTRY: Entry<'static> = Entry {
        site: "S1",
        n: 1,
        at: Moment(1_767_225_600_000),
        who: "night.desk",
        via: "key 1",
        what: "hold",
        subject: "47001582544",
        detail: "{}",
    };

    #[test]
    fn what_stands_where_decides_the_hash_not_only_the_letters() {
        let moved = Entry {
            what: "hol",
            subject: "d47001582544",
            ..ENTRY
        };
        assert_ne!(link(Digest::START, &ENTRY), link(Digest::START, &moved));
        let after = link(Digest::START, &ENTRY);
        assert_ne!(link(after, &ENTRY), after);
    }

    /// Others verify our chains with programs of their own: this never changes. Calculated with
    /// Python's hashlib from the description in docs/adr/0014.
    #[test]
    fn the_encoding_is_the_one_written_down() {
        let expected = "ff7d7c3ada4c6ea74643105a262bdfdbc04ad8ebff33dc0a9a688d7b2c46c21f";
        assert_eq!(link(Digest::START, &ENTRY).to_string(), expected);
    }
}
