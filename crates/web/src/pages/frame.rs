//! What stands around every page: name, language, search, and what is wrong with the system.

use super::Link;
use crate::asked::Asked;
use crate::assets;
use crate::lang::LANGS;
use crate::time::{self, Age};
use crate::words::{Words, fill, words};
use crate::{HeadEndHealth, State};
use catalogue::Lang;

/// Around every page.
pub(crate) struct Frame {
    pub(crate) lang: Lang,
    pub(crate) w: &'static Words,
    /// The page's title.
    pub(crate) title: String,
    /// The installation's name.
    pub(crate) house: String,
    pub(crate) style: &'static str,
    pub(crate) icon: &'static str,
    /// The pages, and whether this is the one.
    pub(crate) pages: Vec<(Link, bool)>,
    /// The languages: code, link, and whether it is this one.
    pub(crate) langs: Vec<(&'static str, Link, bool)>,
    pub(crate) find: String,
    /// Hidden fields that keep the language in a form.
    pub(crate) kept: Option<&'static str>,
    pub(crate) demo: Option<String>,
    pub(crate) banners: Vec<Banner>,
    pub(crate) as_of: String,
    pub(crate) refresh: String,
    /// The same as JSON.
    pub(crate) json: Option<String>,
}

/// Something is wrong with the system itself.
pub(crate) struct Banner {
    pub(crate) what: String,
    pub(crate) since: Option<Age>,
    pub(crate) sentence: Option<String>,
    pub(crate) todo: &'static str,
    pub(crate) case: Option<String>,
}

impl Frame {
    /// The frame of a page with this title.
    pub(crate) fn of(desk: &State, asked: &Asked, title: impl Into<String>) -> Self {
        let (lang, links) = (asked.lang, asked.links);
        let w = words(lang);
        let page = |path: &str, text: &str| {
            let link = Link {
                href: links.to(path, &[]),
                text: text.to_owned(),
            };
            (link, asked.path == path)
        };
        let scale = desk.clock.scale();
        Self {
            lang,
            w,
            title: title.into(),
            house: desk.title.clone(),
            style: assets::STYLE_HREF.as_str(),
            icon: assets::ICON_HREF,
            pages: vec![page("/", w.worklist), page("/meters", w.meters)],
            langs: LANGS
                .iter()
                .map(|(other, name)| {
                    let link = Link {
                        href: asked.in_language(*other),
                        text: (*name).to_owned(),
                    };
                    (other.code(), link, *other == lang)
                })
                .collect(),
            find: asked
                .get("text")
                .filter(|_| asked.path == "/meters")
                .unwrap_or_default()
                .to_owned(),
            kept: links.kept.map(Lang::code),
            demo: (scale > 1).then(|| fill(w.demo, "n", scale)),
            banners: banners(desk, asked, w),
            as_of: fill(w.as_of, "time", time::exact(asked.now)),
            refresh: asked.without(&[]),
            json: None,
        }
    }
}

fn banners(desk: &State, asked: &Asked, w: &'static Words) -> Vec<Banner> {
    let since = |since: Option<fleet::Moment>| {
        since.map(|since| Age::lasting(since, asked.now, asked.lang))
    };
    let store = desk.health.store_trouble().map(|trouble| Banner {
        what: w.store_down.to_owned(),
        since: since(trouble.since),
        sentence: Some(trouble.sentence),
        todo: w.store_do,
        case: None,
    });
    let down = |head_end: HeadEndHealth| Banner {
        what: fill(w.head_end_down, "name", &head_end.name),
        since: since(head_end.since),
        sentence: head_end.sentence,
        todo: w.head_end_do,
        case: Some(asked.links.to("/", &[("subject", &head_end.name)])),
    };
    let head_ends = desk.health.head_ends();
    let down = head_ends.into_iter().filter(|it| !it.up).map(down);
    let stopped = asked.stop.as_ref().map(|stop| Banner {
        what: w.stopped.to_owned(),
        since: since(Some(stop.at)),
        sentence: Some(format!("{}: {}", stop.who, stop.why)),
        todo: w.stopped_do,
        case: None,
    });
    let alone = asked.alone.then(|| Banner {
        what: w.alone.to_owned(),
        since: None,
        sentence: None,
        todo: w.alone_do,
        case: None,
    });
    let acts = stopped.into_iter().chain(alone);
    store.into_iter().chain(down).chain(acts).collect()
}
