//! HTML and Markdown: everything is on the card, in both languages, and nothing more than text.

mod said;

use card::{Input, Paper, html, markdown};
use catalogue::{Lang, ami_rows};
use said::{LANGS, guide, input, letters, ours};
use std::path::Path;

type Form = (&'static str, fn(&Input<'_>) -> String);
const FORMS: [Form; 2] = [("html", html), ("md", markdown)];

/// What a reader sees of a form.
fn seen(form: &str, text: &str) -> String {
    match form {
        "html" => without_tags(text),
        _ => text.replace("\\|", "|"),
    }
}

fn without_tags(html: &str) -> String {
    let body = html.split_once("</head>").expect("a head").1;
    let mut text = String::new();
    for piece in body.split('<') {
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        text.push(' ');
    }
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text, |text, (entity, letter)| text.replace(entity, letter))
}

/// `CARD_BLESS=1` writes the files anew; a person reads the difference before committing it.
#[test]
fn the_card_reads_as_it_was_last_approved() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for lang in LANGS {
        for (form, write) in FORMS {
            let path = folder.join(format!("card.{}.{form}", lang.code()));
            let card = write(&input(lang, Paper::A4));
            if std::env::var_os("CARD_BLESS").is_some() {
                std::fs::write(&path, &card).expect("the golden file can be written");
            }
            let golden = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(
                card == golden,
                "{} differs: look at it and run the test again with CARD_BLESS=1",
                path.display()
            );
        }
    }
}

#[test]
fn every_word_of_the_guide_and_of_ours_is_shown() {
    for lang in LANGS {
        for (form, write) in FORMS {
            let card = letters(&seen(form, &write(&input(lang, Paper::A4))));
            for text in guide().into_iter().chain(ours(lang)) {
                assert!(card.contains(&letters(text)), "{form} {lang:?}: {text}");
            }
        }
    }
}

#[test]
fn every_code_has_one_row() {
    for lang in LANGS {
        let (page, wiki) = (
            html(&input(lang, Paper::A4)),
            markdown(&input(lang, Paper::A4)),
        );
        for row in ami_rows() {
            let heading = format!(">{}</th><td", row.ami);
            assert_eq!(page.matches(&heading).count(), 1, "{}", row.ami);
            let line = format!("\n| **{}** | {} | ", row.ami, row.display);
            assert_eq!(wiki.matches(&line).count(), 1, "{}", row.ami);
        }
        assert_eq!(page.matches("class=\"code\"").count(), 22 + 12);
    }
}

/// The row of a table that begins with this cell.
fn row<'a>(wiki: &'a str, cell: &str) -> &'a str {
    let start = format!("| {cell} | ");
    wiki.lines()
        .find(|line| line.starts_with(&start))
        .unwrap_or_else(|| panic!("no row begins with {cell}"))
}

#[test]
fn a_line_of_the_page_has_its_rulings_on_the_same_row() {
    for lang in LANGS {
        let wiki = markdown(&input(lang, Paper::A4));
        for note in catalogue::notes() {
            let row = row(&wiki, note.text);
            for ruling in note.rulings {
                assert!(row.contains(ruling.rule.get(lang)), "{}", ruling.slug);
            }
        }
    }
}

#[test]
fn a_ruled_code_has_its_ruling_on_the_same_row() {
    let wiki = markdown(&input(Lang::En, Paper::A4));
    for ruling in catalogue::rulings() {
        for code in ruling.codes {
            let row = row(&wiki, &format!("**{code}**"));
            assert!(row.contains(ruling.rule.en), "{code}: {}", ruling.slug);
        }
    }
}

#[test]
fn the_default_code_stands_only_in_the_guides_own_words() {
    let said = guide().iter().filter(|text| text.contains("12345")).count();
    assert_eq!(said, 2);
    for lang in LANGS {
        for (form, write) in FORMS {
            let card = write(&input(lang, Paper::A4));
            assert_eq!(card.matches("12345").count(), said, "{form} {lang:?}");
        }
    }
}

#[test]
fn numbers_that_nobody_listed_have_a_line_of_their_own() {
    for lang in LANGS {
        for (form, write) in FORMS {
            let card = letters(&seen(form, &write(&input(lang, Paper::A4))));
            assert!(
                card.contains("1002,1010,1019,1020,>1025"),
                "{form} {lang:?}"
            );
        }
    }
}

#[test]
fn a_site_is_text_and_never_markup() {
    let site = "<script>|*a* [b](c)\nd";
    let named = Input {
        site: Some(site),
        ..input(Lang::En, Paper::A4)
    };
    let page = html(&named);
    assert!(page.contains("&lt;script&gt;|*a* [b](c) d"));
    assert!(!page.contains("<script"));
    assert!(markdown(&named).contains(r"\<script>\|\*a\* \[b\](c) d"));
}

#[test]
fn a_blank_site_is_no_site() {
    let blank = Input {
        site: Some(" \n"),
        ..input(Lang::En, Paper::A4)
    };
    let none = Input {
        site: None,
        ..blank
    };
    assert_eq!(markdown(&blank), markdown(&none));
    assert_eq!(html(&blank), html(&none));
}

#[test]
fn the_page_needs_nothing_from_outside() {
    for lang in LANGS {
        let page = html(&input(lang, Paper::A4));
        assert!(page.starts_with("<!DOCTYPE html>"));
        assert!(page.contains(&format!("<html lang=\"{}\">", lang.code())));
        for outside in [
            "http:", "https:", "<script", "<link", "<img", "@import", "url(\"/",
        ] {
            assert!(!page.contains(outside), "{outside}");
        }
    }
}

#[test]
fn every_row_of_a_markdown_table_has_as_many_cells_as_its_heading() {
    for lang in LANGS {
        let wiki = markdown(&input(lang, Paper::A4));
        let cells = |line: &str| line.replace("\\|", "").matches('|').count();
        let mut width = None;
        for line in wiki.lines() {
            width = line
                .starts_with('|')
                .then(|| width.unwrap_or_else(|| cells(line)));
            assert_eq!(width.unwrap_or_default(), cells(line), "{line}");
        }
    }
}
