//! Which language a page speaks, and how its links keep to it.

use catalogue::Lang;

/// The languages, in the order in which they are offered, each named in itself.
pub(crate) const LANGS: [(Lang, &str); 2] = [(Lang::En, "English"), (Lang::Fr, "Français")];

/// The language with this ISO 639-1 code, `fr-CA` and the like included.
pub(crate) fn from_code(code: &str) -> Option<Lang> {
    let primary = code.split('-').next().unwrap_or(code).trim();
    LANGS
        .iter()
        .map(|(lang, _)| *lang)
        .find(|lang| lang.code().eq_ignore_ascii_case(primary))
}

/// The language that an `Accept-Language` header wants most; English where it wants none of ours.
pub(crate) fn accepted(header: &str) -> Lang {
    let mut best = (Lang::En, 0);
    for wish in header.split(',').take(20) {
        let mut parts = wish.split(';');
        let lang = parts.next().and_then(from_code);
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .map_or(1000, thousandths);
        match lang {
            Some(lang) if weight > best.1 => best = (lang, weight),
            _ => {}
        }
    }
    best.0
}

/// `0.8` as 800; what is no such number counts as nothing.
fn thousandths(text: &str) -> u32 {
    let text = text.trim();
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    match (whole.parse::<u32>(), part.parse::<u32>()) {
        (Ok(whole), Ok(part)) if whole <= 1 => (whole * 1000 + part).min(1000),
        _ => 0,
    }
}

/// Makes links that keep the language, where it was chosen by hand.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Links {
    /// The language chosen by hand.
    pub(crate) kept: Option<Lang>,
}

impl Links {
    /// A link to this path with these parameters; empty ones are left out.
    pub(crate) fn to(self, path: &str, params: &[(&str, &str)]) -> String {
        let lang = self.kept.map(|lang| ("lang", lang.code()));
        let mut link = path.to_owned();
        let mut joint = '?';
        for (name, value) in params.iter().copied().chain(lang) {
            if value.is_empty() {
                continue;
            }
            link.push(joint);
            link += &format!("{}={}", encoded(name), encoded(value));
            joint = '&';
        }
        link
    }
}

/// A text as one piece of an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Links, accepted, from_code};
    use catalogue::Lang;

    #[test]
    fn the_wish_with_the_highest_weight_is_taken() {
        let wishes = [
            ("fr", Lang::Fr),
            ("fr-CA,en;q=0.8", Lang::Fr),
            ("en;q=0.3, fr;q=0.9", Lang::Fr),
            ("de, en;q=0.5, fr;q=0.4", Lang::En),
            ("sw", Lang::En),
            ("fr;q=0", Lang::En),
            ("", Lang::En),
            ("fr;q=9, en;q=0.1", Lang::En),
            (";;q=,,;", Lang::En),
        ];
        for (header, lang) in wishes {
            assert_eq!(accepted(header), lang, "{header}");
        }
    }

    #[test]
    fn a_link_keeps_the_language_and_leaves_nothing_unescaped() {
        let links = Links {
            kept: from_code("FR"),
        };
        let link = links.to("/", &[("site", "a&b=\"é"), ("owner", "")]);
        assert_eq!(link, "/?site=a%26b%3D%22%C3%A9&lang=fr");
        assert_eq!(Links { kept: None }.to("/meters", &[]), "/meters");
    }
}
