//! The anchor: where all chains stood, bound and signed.

use crate::encode::Encoder;
use crate::{Digest, PublicKey, SigningKey};
use fleet::Moment;

/// Where a chain ends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Head {
    /// The chain's site; empty for what belongs to none.
    pub site: String,
    /// How many rows it has.
    pub n: i64,
    /// The hash of the last one.
    pub hash: Digest,
}

/// Where the chains stood at a moment. It names those that grew since the anchor before it; the
/// others stand where the last anchor that names them says, and each anchor is bound to the one
/// before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// Its place among the anchors, from 1, without gaps.
    pub n: i64,
    /// When it was made.
    pub at: Moment,
    /// Where the chains that grew stood, by site.
    pub heads: Vec<Head>,
    /// The digest of the anchor before it.
    pub previous: Digest,
    /// The key it is signed with.
    pub key: PublicKey,
    /// The signature of its digest.
    pub signature: [u8; 64],
}

/// Why a line is no anchor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this line is no anchor: look at the file, or take a copy that is whole")]
pub struct BadAnchor;

/// Binds the heads of the chains that grew since the anchor `last`, and signs them.
pub fn bind(last: Option<&Anchor>, at: Moment, mut heads: Vec<Head>, key: &SigningKey) -> Anchor {
    heads.sort_unstable();
    let mut anchor = Anchor {
        n: last.map_or(0, |last| last.n).saturating_add(1),
        at,
        heads,
        previous: last.map_or(Digest::START, Anchor::digest),
        key: key.public(),
        signature: [0; 64],
    };
    anchor.signature = key.sign(&anchor.digest().0);
    anchor
}

impl Anchor {
    /// What the next anchor is bound to, and what is signed: everything but the signature.
    pub fn digest(&self) -> Digest {
        let mut hash = Encoder::of("calinmeter anchor 1");
        hash.number(self.n);
        hash.number(self.at.0);
        hash.fixed(&self.previous.0);
        hash.fixed(self.key.as_bytes());
        hash.number(i64::try_from(self.heads.len()).unwrap_or(i64::MAX));
        for head in &self.heads {
            hash.text(&head.site);
            hash.number(head.n);
            hash.fixed(&head.hash.0);
        }
        hash.finish()
    }

    /// Whether its signature is by the key it names.
    pub fn is_signed(&self) -> bool {
        self.key.has_signed(&self.digest().0, &self.signature)
    }
}

#[cfg(test)]
mod tests {
    use super::{Head, bind};
    use crate::{Digest, SigningKey};
    use fleet::Moment;

    #[test]
    fn an_anchor_is_bound_to_the_one_before_and_signed() {
        let key = SigningKey::of([5; 32]).unwrap();
        let head = |site: &str, n| Head {
            site: site.into(),
            n,
            hash: Digest([9; 32]),
        };
        let first = bind(None, Moment(1), vec![head("b", 2), head("a", 1)], &key);
        assert_eq!((first.n, first.heads[0].site.as_str()), (1, "a"));
        let second = bind(Some(&first), Moment(2), vec![], &key);
        assert_eq!((second.n, second.previous), (2, first.digest()));
        assert!(first.is_signed() && second.is_signed());
        let mut other = first.clone();
        other.heads[1].n = 3;
        assert!(!other.is_signed());
        assert_ne!(other.digest(), first.digest());
    }
}
