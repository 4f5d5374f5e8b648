//! The page for what went wrong: one sentence, and what to do next.

use super::Frame;
use crate::State;
use crate::asked::Asked;
use askama::Template;

/// What went wrong and what to do.
#[derive(Template)]
#[template(path = "trouble.html")]
pub(crate) struct TroublePage {
    f: Frame,
    what: String,
    todo: &'static str,
    command: Option<&'static str>,
    home: String,
}

impl TroublePage {
    /// The page that says this.
    pub(crate) fn of(
        desk: &State,
        asked: &Asked,
        what: String,
        todo: &'static str,
        command: Option<&'static str>,
    ) -> Self {
        Self {
            f: Frame::of(desk, asked, what.clone()),
            what,
            todo,
            command,
            home: asked.links.to("/", &[]),
        }
    }

    /// Nothing on it tells how things stand here: it is read by nobody who is known.
    pub(crate) fn tell_nothing(&mut self) {
        self.f.banners.clear();
    }
}
