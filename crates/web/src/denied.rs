//! What the desk did not let somebody do, as HTTP says it. The sentences are the desk's.

use axum::http::StatusCode;
use desk::{command, people};

/// The status of a refusal about commands, and the field that it is about.
pub(crate) fn of_command(denied: &command::Denied) -> (StatusCode, Option<&str>) {
    use command::Denied as D;
    match denied {
        D::Unfit(unfit) => (StatusCode::UNPROCESSABLE_ENTITY, Some(&unfit.field)),
        D::Never(_) => (StatusCode::UNPROCESSABLE_ENTITY, Some("args")),
        D::NoReason => (StatusCode::UNPROCESSABLE_ENTITY, Some("reason")),
        D::TooMany | D::Twice(_) => (StatusCode::UNPROCESSABLE_ENTITY, Some("meters")),
        D::NoHeadEnd(_) => (StatusCode::UNPROCESSABLE_ENTITY, None),
        D::NotAllowed(_) => (StatusCode::FORBIDDEN, None),
        D::Nobody => (StatusCode::UNAUTHORIZED, None),
        D::NoMeter(_) | D::NoCommand(_) => (StatusCode::NOT_FOUND, None),
        D::Clash(_) | D::TooLate { .. } | D::Stopped { .. } => (StatusCode::CONFLICT, None),
        D::Broken | D::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, None),
    }
}

/// The status of a refusal about people, and the field that it is about.
pub(crate) fn of_people(denied: &people::Denied) -> (StatusCode, Option<&str>) {
    use people::Denied as D;
    match denied {
        D::NotAllowed(_) => (StatusCode::FORBIDDEN, None),
        D::Unknown | D::Nobody | D::BadKey => (StatusCode::UNAUTHORIZED, None),
        D::TooManyTries => (StatusCode::TOO_MANY_REQUESTS, None),
        D::Password(_) => (StatusCode::UNPROCESSABLE_ENTITY, Some("password")),
        D::BadName(_) => (StatusCode::UNPROCESSABLE_ENTITY, Some("name")),
        D::NoReason | D::FirstIsAdmin => (StatusCode::UNPROCESSABLE_ENTITY, None),
        D::NoSuchPerson(_) | D::NoSuchKey(_) | D::NoSuchHold(_) => (StatusCode::NOT_FOUND, None),
        D::NameTaken(_) | D::LastAdmin(_) | D::Stopped(_) | D::NotStopped => {
            (StatusCode::CONFLICT, None)
        }
        D::Broken | D::Outside(_) | D::Store(_) => (StatusCode::SERVICE_UNAVAILABLE, None),
    }
}
