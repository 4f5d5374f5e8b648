//! What a broken call means: where the connection failed tells whether anything was sent.

use crate::refusal::{no, perhaps, shape};
use asking::{Refusal, RefusalKind};
use rustls::CertificateError;
use std::error::Error;
use std::io;
use std::time::Duration;

/// How an exchange was cut off.
pub(super) enum Cut {
    /// By the connection.
    Failed(reqwest::Error),
    /// By us: the answer is longer than this many bytes.
    TooLong(usize),
}

impl From<reqwest::Error> for Cut {
    fn from(error: reqwest::Error) -> Self {
        Self::Failed(error)
    }
}

impl Cut {
    pub(super) fn refusal(self, deadline: Duration) -> Refusal {
        match self {
            Self::TooLong(longest) => shape(format!("more than {} MiB", longest >> 20)),
            Self::Failed(error) => failed(&error, deadline),
        }
    }
}

/// No answer within the deadline: it may have been carried out.
pub(super) fn too_late(deadline: Duration) -> Refusal {
    perhaps(
        RefusalKind::TimedOut,
        format!("nothing within {} ms", deadline.as_millis()),
    )
}

fn failed(error: &reqwest::Error, deadline: Duration) -> Refusal {
    if let Some(tls) = tls_error(error) {
        return untrusted(tls);
    }
    match (error.is_connect(), error.is_timeout()) {
        (true, true) => no(RefusalKind::TimedOut, "no connection was made in time"),
        (true, false) => no(RefusalKind::Unreachable, innermost(error)),
        (false, true) => too_late(deadline),
        _ if not_unpacked(error) => {
            perhaps(RefusalKind::NotJson, "the answer's compression is broken")
        }
        _ if error.is_builder() => no(RefusalKind::BadRequest, innermost(error)),
        _ => perhaps(RefusalKind::Reset, innermost(error)),
    }
}

/// The handshake failed: nothing of the request has left.
fn untrusted(error: &rustls::Error) -> Refusal {
    let rustls::Error::InvalidCertificate(certificate) = error else {
        return no(RefusalKind::Unreachable, format!("TLS failed: {error}"));
    };
    let said = match certificate {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired",
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet: compare this machine's clock"
        }
        CertificateError::UnknownIssuer => "its issuer is not trusted on this machine",
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it belongs to another name"
        }
        CertificateError::Revoked => "it has been revoked",
        other => return no(RefusalKind::Certificate, other.to_string()),
    };
    no(RefusalKind::Certificate, said)
}

/// The TLS error in the chain. An `io::Error` leaves its own content out of the chain, so each is
/// opened.
fn tls_error<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a rustls::Error> {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(tls);
        }
        let inner = error
            .downcast_ref::<io::Error>()
            .and_then(io::Error::get_ref);
        if let Some(tls) = inner.and_then(|inner| tls_error(inner)) {
            return Some(tls);
        }
        link = error.source();
    }
    None
}

/// Whether the body came whole but could not be unpacked: then the decoder's own error is the
/// nearest cause, and not the connection's.
fn not_unpacked(error: &reqwest::Error) -> bool {
    let cause = error
        .source()
        .and_then(|cause| cause.downcast_ref::<io::Error>());
    let of_decoder = [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof];
    error.is_decode() && cause.is_some_and(|cause| of_decoder.contains(&cause.kind()))
}

/// The first cause, which says most: `Connection refused`.
fn innermost(error: &reqwest::Error) -> String {
    let mut said = String::new();
    let mut link: Option<&(dyn Error + 'static)> = error.source();
    while let Some(error) = link {
        said = error.to_string();
        link = error.source();
    }
    said
}
