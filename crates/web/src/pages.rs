//! The pages. Each is a template with everything it shows worked out beforehand.

mod acts;
mod case;
mod choice;
mod frame;
mod marks;
mod meter;
mod meter_parts;
mod meters;
mod notes;
mod readings;
mod rows;
mod trouble;
mod verdict;
mod worklist;

pub(crate) use case::case;
pub(crate) use frame::Frame;
pub(crate) use meter::meter;
pub(crate) use meters::meters;
pub(crate) use trouble::TroublePage;
pub(crate) use worklist::worklist;

use crate::asked::Asked;
use crate::fail::{self, Fail};
use crate::{State, guard};
use askama::Template;
use axum::response::{IntoResponse, Response};

/// How meters get here.
const IMPORT: &str =
    "calinmeter meter import fleet.csv\ncalinmeter meter import --from-head-end NAME";

/// A link with its text.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub(crate) href: String,
    pub(crate) text: String,
}

/// The answer to a person: the page, or one that says what went wrong and what to do.
fn answer(desk: &State, asked: &Asked, page: Result<impl Template, Fail>) -> Response {
    let drawn = page.and_then(|page| page.render().map_err(Fail::Drawing));
    match drawn {
        Ok(html) => guard::html(html).into_response(),
        Err(fail) => fail::answer(desk, asked, &fail),
    }
}
