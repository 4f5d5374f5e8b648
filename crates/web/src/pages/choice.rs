//! The form that narrows a list down, and the links to its pages.

use super::Link;
use crate::asked::Asked;
use crate::words::{Words, words};
use askama::Template;
use askama::filters::HtmlSafe;
use catalogue::{Decision, Owner};

/// Selects and a button; no script is needed.
#[derive(Template)]
#[template(path = "parts/choice.html")]
pub(crate) struct Choice {
    w: &'static Words,
    action: &'static str,
    lang: Option<&'static str>,
    text: Option<String>,
    selects: Vec<Select>,
    /// Choices that no select shows; a link takes each away.
    only: Vec<Link>,
    all: Option<String>,
}

impl HtmlSafe for Choice {}

/// One of the selects.
pub(crate) struct Select {
    name: &'static str,
    label: &'static str,
    any: &'static str,
    /// Value, text, and whether it is chosen.
    options: Vec<(String, String, bool)>,
}

/// The links below a list.
#[derive(Default)]
pub(crate) struct Pager {
    pub(crate) first: Option<String>,
    pub(crate) next: Option<String>,
}

impl Pager {
    /// To the first page, unless this is it, and to the next, if there is one.
    pub(crate) fn of(asked: &Asked, next: Option<&str>) -> Self {
        Self {
            first: asked.get("after").map(|_| asked.without(&["after"])),
            next: next.map(|cursor| asked.after(cursor)),
        }
    }
}

impl Choice {
    /// The form of this page; `hidden` are the parameters that no select shows.
    pub(crate) fn of(
        asked: &Asked,
        action: &'static str,
        selects: Vec<Select>,
        hidden: &[&'static str],
    ) -> Self {
        let only: Vec<_> = hidden
            .iter()
            .filter_map(|name| {
                Some(Link {
                    href: asked.without(&[name, "after"]),
                    text: asked.get(name)?.to_owned(),
                })
            })
            .collect();
        let chosen = !only.is_empty()
            || selects
                .iter()
                .any(|select| select.options.iter().any(|(.., chosen)| *chosen));
        Self {
            w: words(asked.lang),
            action,
            lang: asked.links.kept.map(catalogue::Lang::code),
            text: asked.owned("text").filter(|_| action == "/meters"),
            selects,
            only,
            all: chosen.then(|| asked.links.to(action, &[])),
        }
    }
}

impl Select {
    /// A select of sites: id and text. One that is chosen but not among them is added.
    pub(crate) fn sites(asked: &Asked, sites: Vec<(String, String)>) -> Self {
        let w = words(asked.lang);
        let chosen = asked.get("site");
        let mut options: Vec<_> = sites
            .into_iter()
            .map(|(id, text)| {
                let here = chosen == Some(id.as_str());
                (id, text, here)
            })
            .collect();
        if let Some(site) = chosen
            && !options.iter().any(|(.., here)| *here)
        {
            options.insert(0, (site.to_owned(), site.to_owned(), true));
        }
        Self {
            name: "site",
            label: w.site,
            any: w.all_sites,
            options,
        }
    }

    /// A select of these decisions.
    pub(crate) fn decisions(asked: &Asked, decisions: &[Decision]) -> Self {
        let w = words(asked.lang);
        let options = decisions.iter().map(|it| (it.word(), it.label(asked.lang)));
        Self::fixed(asked, "decision", w.decision, w.any, options)
    }

    /// A select of every owner but nobody.
    pub(crate) fn owners(asked: &Asked) -> Self {
        let w = words(asked.lang);
        let options = Owner::ALL
            .iter()
            .filter(|it| **it != Owner::Nobody)
            .map(|it| (it.word(), it.label(asked.lang)));
        Self::fixed(asked, "owner", w.owner, w.any, options)
    }

    fn fixed<'a>(
        asked: &Asked,
        name: &'static str,
        label: &'static str,
        any: &'static str,
        options: impl Iterator<Item = (&'a str, &'a str)>,
    ) -> Self {
        let chosen = asked.get(name);
        Self {
            name,
            label,
            any,
            options: options
                .map(|(word, text)| (word.to_owned(), text.to_owned(), chosen == Some(word)))
                .collect(),
        }
    }
}
