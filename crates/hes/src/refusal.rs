//! Short ways to say no. What was said is cleaned of secrets where it leaves this room.

use asking::{Reached, Refusal, RefusalKind};

/// An answer, or a refusal that has a name.
pub(crate) type Answered<T> = Result<T, Refusal>;

/// Refused, and surely not carried out.
pub(crate) fn no(kind: RefusalKind, said: impl Into<String>) -> Refusal {
    Refusal {
        kind,
        reached: Reached::No,
        said: said.into(),
    }
}

/// Refused, or lost: it may have been carried out all the same.
pub(crate) fn perhaps(kind: RefusalKind, said: impl Into<String>) -> Refusal {
    Refusal {
        kind,
        reached: Reached::Perhaps,
        said: said.into(),
    }
}

/// Success in an answer that holds nothing.
pub(crate) fn empty() -> Refusal {
    perhaps(RefusalKind::Empty, "")
}

/// This dialect has nothing for it, or nobody has said what it is called here.
pub(crate) fn not_offered(what: impl Into<String>) -> Refusal {
    no(RefusalKind::NotOffered, what)
}

/// The answer is none of this dialect's.
pub(crate) fn shape(said: impl Into<String>) -> Refusal {
    perhaps(RefusalKind::Shape, said)
}
