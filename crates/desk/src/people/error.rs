//! Why somebody was not let.

use people::{BadPassword, NotAllowed};
use store::StoreError;
use thiserror::Error;

/// Why something was not done. All but [`Denied::Store`] and [`Denied::Broken`] are said to the
/// person as they are, and are no failures of ours.
#[derive(Debug, Error)]
pub enum Denied {
    /// This person may not.
    #[error(transparent)]
    NotAllowed(#[from] NotAllowed),
    /// The password cannot be one.
    #[error(transparent)]
    Password(#[from] BadPassword),
    /// Name and password do not belong together, or nobody has the name.
    #[error("the name or the password is wrong: try again, or ask an admin for a new password")]
    Unknown,
    /// Too many wrong passwords in a row.
    #[error("there were too many wrong passwords for this name: wait half a minute")]
    TooManyTries,
    /// Nobody is signed in and no key was shown.
    #[error("it is not known who you are: sign in, or name your key with --key-file")]
    Nobody,
    /// The key or token is not good, or not any more.
    #[error("this key is not good, or not any more: ask for another one")]
    BadKey,
    /// A name that cannot be one.
    #[error(
        "\"{0}\" cannot be a name: it begins with a letter and has at most 40 of a-z, 0-9 and .-_@"
    )]
    BadName(String),
    /// The name is somebody's, or was.
    #[error("the name {0} is taken: choose another one")]
    NameTaken(String),
    /// Nobody has this name.
    #[error("there is nobody named {0}: calinmeter user list shows everybody")]
    NoSuchPerson(String),
    /// The first person has to be able to add the others.
    #[error("the first person has to be an admin: calinmeter user add NAME --role admin")]
    FirstIsAdmin,
    /// Without an admin nobody could be added any more.
    #[error("{0} is the last admin: make somebody else an admin first")]
    LastAdmin(String),
    /// There is no such key, or it was revoked before.
    #[error("there is no key {0} that could be revoked: calinmeter key list shows them")]
    NoSuchKey(i64),
    /// The meter is not held under this number.
    #[error("there is no hold {0} on this meter: calinmeter meter hold METER shows what holds it")]
    NoSuchHold(i64),
    /// A person has to say why.
    #[error("a reason is needed: say in a few words why")]
    NoReason,
    /// Acts are stopped already.
    #[error("all acts are stopped already, by {0}")]
    Stopped(String),
    /// Acts are not stopped.
    #[error("acts are not stopped: there is nothing to lift")]
    NotStopped,
    /// Part of the program ended before its time.
    #[error("part of the program ended before its time: this is a fault, please report it")]
    Broken,
    /// The anchors outside could not be read or written.
    #[error("the anchors outside cannot be read or written: look at the setting audit.anchor_file")]
    Outside(#[source] std::io::Error),
    /// The store could not do its part.
    #[error("the store could not do its part")]
    Store(#[from] StoreError),
}
