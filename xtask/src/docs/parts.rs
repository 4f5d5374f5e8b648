//! Finding the generated parts of a document and putting fresh ones in their place.

use anyhow::{Result, bail};

use crate::markdown;

/// A document with its parts renewed.
#[derive(Debug)]
pub(super) struct Renewed {
    pub(super) text: String,
    /// The names of the parts that were not as they should be.
    pub(super) changed: Vec<String>,
}

/// Replaces what stands between the markers by what `write` says for the name.
///
/// Markers in fenced code are left alone; one that is never closed, or closes nothing, is refused.
pub(super) fn renew(text: &str, write: &dyn Fn(&str) -> Result<String>) -> Result<Renewed> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut renewed = Renewed {
        text: String::with_capacity(text.len()),
        changed: Vec::new(),
    };
    let mut copied = 0_usize;
    let mut open: Option<(&str, usize)> = None;
    for (number, line) in markdown::prose(text) {
        match (open, begins(line), line.trim() == "<!-- end -->") {
            (None, Some(name), _) => open = Some((name, number)),
            (Some((name, start)), None, true) => {
                let fresh = format!("\n{}\n\n", write(name)?.trim_end());
                if lines[start..number - 1].concat() != fresh {
                    renewed.changed.push(name.to_owned());
                }
                renewed.text.push_str(&lines[copied..start].concat());
                renewed.text.push_str(&fresh);
                copied = number - 1;
                open = None;
            }
            (Some((name, start)), Some(_), _) => bail!("line {start}: the part {name} has no end"),
            (None, None, true) => bail!("line {number}: an end without a beginning"),
            _ => {}
        }
    }
    if let Some((name, start)) = open {
        bail!("line {start}: the part {name} has no end");
    }
    renewed.text.push_str(&lines[copied..].concat());
    Ok(renewed)
}

fn begins(line: &str) -> Option<&str> {
    line.trim()
        .strip_prefix("<!-- generated: ")?
        .strip_suffix(" -->")
}

#[cfg(test)]
mod tests {
    use anyhow::{Result, bail};

    use super::renew;

    fn write(name: &str) -> Result<String> {
        match name {
            "rooms" => Ok("| a |\n|---|\n".to_owned()),
            other => bail!("nothing writes {other}"),
        }
    }

    const FRESH: &str = "# A\n<!-- generated: rooms -->\n\n| a |\n|---|\n\n<!-- end -->\nB\n";

    #[test]
    fn a_fresh_part_stays_as_it_is() {
        let renewed = renew(FRESH, &write).unwrap();
        assert_eq!(renewed.text, FRESH);
        assert_eq!(renewed.changed, Vec::<String>::new());
    }

    #[test]
    fn a_stale_part_is_replaced_and_the_rest_is_kept() {
        for old in ["", "old\n", "\n| b |\n|---|\n\n"] {
            let text = format!("# A\n<!-- generated: rooms -->\n{old}<!-- end -->\nB\n");
            let renewed = renew(&text, &write).unwrap();
            assert_eq!(renewed.text, FRESH, "{old:?}");
            assert_eq!(renewed.changed, ["rooms"]);
        }
    }

    #[test]
    fn markers_in_code_are_an_example() {
        let text = "```\n<!-- generated: other -->\n```\n";
        assert_eq!(renew(text, &write).unwrap().text, text);
    }

    #[test]
    fn broken_markers_and_unknown_names_are_refused() {
        for (text, why) in [
            (
                "<!-- generated: rooms -->\n",
                "line 1: the part rooms has no end",
            ),
            ("\n<!-- end -->\n", "line 2: an end without a beginning"),
            (
                "<!-- generated: rooms -->\n<!-- generated: rooms -->\n",
                "has no end",
            ),
            (
                "<!-- generated: other -->\n<!-- end -->\n",
                "nothing writes other",
            ),
        ] {
            let error = renew(text, &write).unwrap_err().to_string();
            assert!(error.contains(why), "{error}");
        }
    }
}
