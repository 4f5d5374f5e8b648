//! The guide's own marks: its cells are Markdown with `*emphasis*` and `**strong**`, nothing else.

/// How a piece of the guide's text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Plain,
    Emphasis,
    Strong,
}

/// A piece of the guide's text, without its stars.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) mark: Mark,
    pub(crate) text: &'static str,
}

/// The marks, the longer one first.
const MARKS: [(&str, Mark); 2] = [("**", Mark::Strong), ("*", Mark::Emphasis)];

/// The pieces of a guide text, in order. A star that nothing closes is an ordinary star.
pub(crate) fn runs(text: &'static str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut plain_from = 0;
    let mut at = 0;
    while let Some(star) = text[at..].find('*').map(|found| at + found) {
        let Some((run, after)) = marked(text, star) else {
            at = star + text[star..].bytes().take_while(|b| *b == b'*').count();
            continue;
        };
        push(&mut runs, Mark::Plain, &text[plain_from..star]);
        runs.push(run);
        (plain_from, at) = (after, after);
    }
    push(&mut runs, Mark::Plain, &text[plain_from..]);
    runs
}

/// The marked piece that begins at this star, and where the text goes on.
fn marked(text: &'static str, star: usize) -> Option<(Run, usize)> {
    MARKS.iter().find_map(|&(stars, mark)| {
        let inside = text[star..].strip_prefix(stars)?;
        let (text, _) = inside.split_once(stars)?;
        let after = star + 2 * stars.len() + text.len();
        (!text.is_empty()).then_some((Run { mark, text }, after))
    })
}

fn push(runs: &mut Vec<Run>, mark: Mark, text: &'static str) {
    if !text.is_empty() {
        runs.push(Run { mark, text });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &'static str) -> Vec<(Mark, &'static str)> {
        runs(text).iter().map(|run| (run.mark, run.text)).collect()
    }

    #[test]
    fn stars_become_marks_and_vanish() {
        assert_eq!(
            shown("*(Ignore in postpaid)* — not applicable."),
            [
                (Mark::Emphasis, "(Ignore in postpaid)"),
                (Mark::Plain, " — not applicable.")
            ]
        );
        assert_eq!(
            shown("a **b** c"),
            [
                (Mark::Plain, "a "),
                (Mark::Strong, "b"),
                (Mark::Plain, " c")
            ]
        );
    }

    #[test]
    fn a_star_that_nothing_closes_stays() {
        for text in ["5 * 3", "**", "***", "", "a**"] {
            let plain: String = runs(text).iter().map(|run| run.text).collect();
            assert_eq!(plain, text);
        }
    }
}
