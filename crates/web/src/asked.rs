//! What a request asks for: its parameters, its language, and the moment it is answered at.

use crate::lang::{self, Links};
use crate::server::Server;
use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri, header};
use catalogue::Lang;
use fleet::Moment;
use std::convert::Infallible;
use std::sync::Arc;
use store::Stop;

/// No page has more parameters.
const MAX_PARAMS: usize = 20;
/// No site, customer or number is longer.
const MAX_CHARS: usize = 100;

/// A request, read so that nothing in it can be wrong: what makes no sense is not there.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The path as it was asked for.
    pub(crate) path: String,
    /// The parameters, in order.
    params: Vec<(String, String)>,
    /// The language of the answer.
    pub(crate) lang: Lang,
    /// How links keep the language.
    pub(crate) links: Links,
    /// Now.
    pub(crate) now: Moment,
    /// Whether all acts are stopped, for a page.
    pub(crate) stop: Option<Stop>,
    /// Whether one person alone may cut the power, for a page.
    pub(crate) alone: bool,
}

impl Asked {
    /// Reads the address and the wish for a language.
    pub(crate) fn read(uri: &Uri, accept_language: Option<&str>, now: Moment) -> Self {
        let params = Query::<Vec<(String, String)>>::try_from_uri(uri)
            .map(|Query(params)| params)
            .unwrap_or_default()
            .into_iter()
            .take(MAX_PARAMS)
            .map(|(name, value)| (name, clean(&value)))
            .collect::<Vec<_>>();
        let kept = params
            .iter()
            .find(|(name, _)| name == "lang")
            .and_then(|(_, code)| lang::from_code(code));
        Self {
            // two slashes at the beginning would lead a link to another server
            path: format!("/{}", uri.path().trim_start_matches(['/', '\\'])),
            params,
            lang: kept.unwrap_or_else(|| lang::accepted(accept_language.unwrap_or_default())),
            links: Links { kept },
            now,
            stop: None,
            alone: false,
        }
    }

    /// What this request asks for.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap, now: Moment) -> Self {
        Self::read(uri, wish(headers), now)
    }

    /// A parameter, unless it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.params
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
            .filter(|value| !value.is_empty())
    }

    /// A parameter as a store's filter wants it.
    pub(crate) fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// A parameter as a store's filter wants it, if it is one of the words that there are.
    pub(crate) fn word(&self, name: &str, known: impl Fn(&str) -> bool) -> Option<String> {
        self.get(name).filter(|word| known(word)).map(str::to_owned)
    }

    /// A link to this same page in another language.
    pub(crate) fn in_language(&self, lang: Lang) -> String {
        self.here(Links { kept: Some(lang) }, &[])
    }

    /// A link to this same page without these parameters.
    pub(crate) fn without(&self, names: &[&str]) -> String {
        self.here(self.links, names)
    }

    fn here(&self, links: Links, without: &[&str]) -> String {
        let params: Vec<_> = self
            .params
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .filter(|(name, _)| *name != "lang" && !without.contains(name))
            .collect();
        links.to(&self.path, &params)
    }

    /// A link to the page of the same choice that begins after this place.
    pub(crate) fn after(&self, cursor: &str) -> String {
        let mut link = self.without(&["after"]);
        link.push(if link.contains('?') { '&' } else { '?' });
        link + "after=" + &lang::encoded(cursor)
    }

    /// Whether a program asks, which wants JSON whatever happens.
    pub(crate) fn by_program(&self) -> bool {
        self.path.starts_with("/api/")
    }
}

fn clean(value: &str) -> String {
    value
        .trim()
        .chars()
        .filter(|letter| !letter.is_control())
        .take(MAX_CHARS)
        .collect()
}

impl FromRequestParts<Arc<Server>> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        desk: &Arc<Server>,
    ) -> Result<Self, Self::Rejection> {
        let mut asked = Self::of(&parts.uri, &parts.headers, desk.clock.now());
        if !asked.by_program() {
            // a store that is away is said by the page itself
            asked.alone = desk.is_alone();
            asked.stop = desk.store.stop().await.ok().flatten();
        }
        Ok(asked)
    }
}

/// The languages that are wished for.
fn wish(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()
}
