//! Just enough Markdown: which lines are prose, where links lead, what a heading is called.

/// The lines outside fenced code, with their numbers from 1.
pub(crate) fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fence: Option<&str> = None;
    text.lines().enumerate().filter_map(move |(index, line)| {
        let start = line.trim_start();
        let mark = ["```", "~~~"]
            .into_iter()
            .find(|mark| start.starts_with(mark));
        match (fence, mark) {
            (None, None) => Some((index + 1, line)),
            (None, Some(_)) => {
                fence = mark;
                None
            }
            (Some(open), Some(close)) if open == close => {
                fence = None;
                None
            }
            (Some(_), _) => None,
        }
    })
}

/// The targets of links and images on one line of prose: `[text](target)`, `[name]: target` and
/// the attributes `href` and `src`.
pub(crate) fn targets(line: &str) -> Vec<String> {
    let line = without_code(line);
    let mut found = Vec::new();
    for (at, _) in line.match_indices("](") {
        found.extend(inside_brackets(&line[at + 2..]));
    }
    if let Some((name, target)) = line.trim_start().split_once("]: ")
        && name.starts_with('[')
        && !name.starts_with("[^")
    {
        found.extend(target.split_whitespace().next().map(str::to_owned));
    }
    for attribute in ["href=\"", "src=\""] {
        for (at, _) in line.match_indices(attribute) {
            found.extend(
                line[at + attribute.len()..]
                    .split('"')
                    .next()
                    .map(str::to_owned),
            );
        }
    }
    found
        .into_iter()
        .map(|target| target.trim_matches(['<', '>']).to_owned())
        .collect()
}

/// What stands before the closing bracket, without a title; brackets inside come in pairs.
fn inside_brackets(text: &str) -> Option<String> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match (c, depth) {
            (')', 0) => {
                return Some(
                    text[..at]
                        .split(" \"")
                        .next()
                        .unwrap_or("")
                        .trim()
                        .to_owned(),
                );
            }
            (')', _) => depth -= 1,
            ('(', _) => depth += 1,
            _ => {}
        }
    }
    None
}

/// The line with everything between pairs of backticks left out.
fn without_code(line: &str) -> String {
    let mut rest = line;
    let mut kept = String::with_capacity(line.len());
    while let Some(at) = rest.find('`') {
        let width = rest[at..].bytes().take_while(|&byte| byte == b'`').count();
        let (before, code) = (&rest[..at], &rest[at + width..]);
        let Some(end) = code.find(&rest[at..at + width]) else {
            break;
        };
        kept.push_str(before);
        rest = &code[end + width..];
    }
    kept.push_str(rest);
    kept
}

/// The names under which the headings of a file can be linked to, as forges make them: small
/// letters, marks left out, spaces as hyphens, repeats numbered; and every `id="..."`.
pub(crate) fn anchors(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for (_, line) in prose(text) {
        if let Some(heading) = heading(line) {
            let name = anchor(heading);
            let numbered = (1..).map(|number| format!("{name}-{number}"));
            let free = std::iter::once(name.clone()).chain(numbered);
            found.extend(free.into_iter().find(|name| !found.contains(name)));
        }
        for (at, mark) in line.match_indices("id=\"") {
            found.extend(line[at + mark.len()..].split('"').next().map(str::to_owned));
        }
    }
    found
}

fn heading(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    ((1..=6).contains(&level) && rest.starts_with(' ')).then(|| rest.trim().trim_end_matches(" #"))
}

fn anchor(heading: &str) -> String {
    let mut text = heading.to_owned();
    // of a link in a heading only its text counts
    while let Some(start) = text.find("](") {
        let end = text[start..]
            .find(')')
            .map_or(text.len(), |end| start + end + 1);
        text.replace_range(start..end, "");
    }
    let kept = text.to_lowercase();
    let kept = kept
        .chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{anchors, prose, targets};

    #[test]
    fn code_is_no_prose() {
        let text = "one\n```sh\n[a](b)\n```\ntwo\n~~~\n```\n~~~\nthree";
        let lines: Vec<_> = prose(text).collect();
        assert_eq!(lines, [(1, "one"), (5, "two"), (9, "three")]);
        assert_eq!(targets("`[a](b)` and ``[c](`d)``"), Vec::<String>::new());
    }

    #[test]
    fn links_images_definitions_and_html_are_found() {
        assert_eq!(
            targets("[a](b.md) ![c](d.png \"title\") [e](<f.md>)"),
            ["b.md", "d.png", "f.md"]
        );
        assert_eq!(targets("[1]: docs/x.md \"title\""), ["docs/x.md"]);
        assert_eq!(targets("[^1]: a footnote"), Vec::<String>::new());
        assert_eq!(
            targets("<a href=\"y.md\"><img src=\"z.svg\"></a>"),
            ["y.md", "z.svg"]
        );
        assert_eq!(targets("[![badge](b.svg)](c.md)"), ["b.svg", "c.md"]);
        assert_eq!(targets("[a](b_(c).md)"), ["b_(c).md"]);
    }

    #[test]
    fn headings_are_named_as_forges_name_them() {
        let text = "# What `1008` means, in short!\n## Code 1\n## Code\n## Code\n## [Rooms](rooms.md) now\n\
                    #no heading\n<a id=\"own\"></a>\n### Établir le relais";
        assert_eq!(
            anchors(text),
            [
                "what-1008-means-in-short",
                "code-1",
                "code",
                "code-2",
                "rooms-now",
                "own",
                "établir-le-relais"
            ]
        );
    }
}
