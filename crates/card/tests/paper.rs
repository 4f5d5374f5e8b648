//! The printed card: what a reader of PDF finds in it. Needs the tools of Debian's poppler-utils.

mod said;

use card::{CardError, Date, Input, Paper, pdf};
use catalogue::{Lang, ami_rows};
use said::{LANGS, guide, input, letters, ours};
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

const PAPERS: [(Paper, &str, usize); 2] = [
    (Paper::A4, "595.276 x 841.89", 2),
    (Paper::A6, "297.638 x 419.528", 12),
];

/// What a tool of poppler-utils says of a PDF.
fn tool(name: &str, arguments: &[&str], pdf: &[u8]) -> String {
    let mut child = Command::new(name)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| {
            panic!("{name} did not start ({error}): install the Debian package poppler-utils")
        });
    let mut input = child.stdin.take().expect("the tool reads");
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().expect("the tool ends");
    writer
        .join()
        .expect("the writer ends")
        .expect("the tool reads it all");
    assert!(output.status.success(), "{name} {arguments:?}");
    String::from_utf8(output.stdout).expect("the tool writes UTF-8")
}

/// The four cards, printed once.
static CARDS: LazyLock<Vec<(Lang, Paper, Vec<u8>)>> = LazyLock::new(|| {
    let cards = LANGS.iter().flat_map(|lang| {
        let print = |paper| pdf(&input(*lang, paper)).expect("the card prints");
        PAPERS.map(|(paper, ..)| (*lang, paper, print(paper)))
    });
    cards.collect()
});

fn card(lang: Lang, paper: Paper) -> &'static [u8] {
    let printed = CARDS.iter().find(|card| (card.0, card.1) == (lang, paper));
    &printed.expect("every paper in every language").2
}

/// The value of a line such as `Pages:  2`.
fn field<'a>(info: &'a str, name: &str) -> &'a str {
    info.lines()
        .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
        .unwrap_or_else(|| panic!("{name} in {info}"))
        .trim()
}

#[test]
fn the_card_has_its_paper_its_pages_and_its_tags() {
    for lang in LANGS {
        for (paper, size, most) in PAPERS {
            let info = tool("pdfinfo", &["-"], card(lang, paper));
            let pages: usize = field(&info, "Pages").parse().unwrap();
            assert!(
                (1..=most).contains(&pages),
                "{lang:?} {paper:?}: {pages} pages"
            );
            assert!(field(&info, "Page size").starts_with(size), "{info}");
            assert_eq!(field(&info, "Tagged"), "yes");
            assert_eq!(field(&info, "Author"), "CalinMeter");
            assert_eq!(field(&info, "Creator"), "CalinMeter 0.1.0");
            assert!(field(&info, "Title").starts_with("CalinMeter"));
            assert!(field(&info, "Keywords").contains("AMI"));
        }
    }
}

#[test]
fn every_font_is_embedded_and_its_text_can_be_copied() {
    for lang in LANGS {
        for (paper, ..) in PAPERS {
            let fonts = tool("pdffonts", &["-"], card(lang, paper));
            let rows: Vec<_> = fonts.lines().skip(2).collect();
            assert!(rows.len() >= 4, "{fonts}");
            for row in rows {
                // name, type, encoding, embedded, subset, unicode, object
                let cells: Vec<_> = row.split_whitespace().rev().collect();
                assert_eq!(cells[2..5], ["yes", "yes", "yes"], "{row}");
            }
        }
    }
}

#[test]
fn every_word_of_the_guide_and_of_ours_is_printed() {
    for lang in LANGS {
        for (paper, ..) in PAPERS {
            let text = letters(&tool("pdftotext", &["-raw", "-", "-"], card(lang, paper)));
            for said in guide().into_iter().chain(ours(lang)) {
                assert!(text.contains(&letters(said)), "{lang:?} {paper:?}: {said}");
            }
            for row in ami_rows() {
                assert!(text.contains(&row.ami.to_string()));
            }
            assert!(text.contains("1002,1010,1019,1020,>1025"));
            assert_eq!(text.matches("12345").count(), 2);
            assert!(text.contains("kalangala") && text.contains("2026-03-09"));
        }
    }
}

#[test]
fn tables_and_headings_are_told_to_screen_readers() {
    for (paper, ..) in PAPERS {
        let structure = tool("pdfinfo", &["-struct", "-"], card(Lang::En, paper));
        let count = |tag: &str| {
            structure
                .lines()
                .filter(|line| line.split_whitespace().next() == Some(tag))
                .count()
        };
        assert!(count("TH") >= 22 + 12, "{structure}");
        assert!(count("Table") >= 2, "{structure}");
        assert!(count("H1") >= 4, "{structure}");
        // Every code and every keypad line heads its row, besides the headings of the columns.
        assert!(structure.matches("/Scope /Row").count() >= 22 + 12);
        assert!(structure.contains("/Scope /Column"));
    }
}

#[test]
fn the_card_says_that_it_can_be_archived_and_read_aloud() {
    let bytes = card(Lang::Fr, Paper::A4);
    let text = String::from_utf8_lossy(bytes);
    for mark in [
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ] {
        assert!(text.contains(mark), "{mark}");
    }
    assert!(text.contains("/Lang(fr)") || text.contains("/Lang (fr)"));
}

#[test]
fn the_same_card_has_the_same_bytes() {
    for (paper, ..) in PAPERS {
        let again = pdf(&input(Lang::En, paper)).expect("the card prints");
        assert!(again == card(Lang::En, paper), "{paper:?}");
    }
}

#[test]
fn a_site_is_printed_as_text() {
    let site = "#panic() $x$ *a* `b` <c> @d \\e";
    let named = Input {
        site: Some(site),
        ..input(Lang::En, Paper::A6)
    };
    let text = tool("pdftotext", &["-raw", "-", "-"], &pdf(&named).unwrap());
    assert!(text.contains(site), "{text}");
}

#[test]
fn a_header_that_cannot_be_printed_is_refused_with_what_to_do() {
    let card = input(Lang::En, Paper::A4);
    let long = "k".repeat(41);
    let refused = [
        (
            Input {
                site: Some("\u{4f60}"),
                ..card
            },
            "the card's fonts have no letter for '\u{4f60}': write the site and the version in Latin, Greek or Cyrillic letters",
        ),
        (
            Input {
                site: Some(&long),
                ..card
            },
            "the site has 41 letters: shorten it to 40 for the card's header",
        ),
        (
            Input {
                date: Date {
                    year: 2026,
                    month: 2,
                    day: 30,
                },
                ..card
            },
            "2026-02-30 is not a day of the calendar: give a day between 0001-01-01 and 9999-12-31",
        ),
        (
            Input {
                date: Date {
                    year: 0,
                    month: 1,
                    day: 1,
                },
                ..card
            },
            "0000-01-01 is not a day of the calendar: give a day between 0001-01-01 and 9999-12-31",
        ),
    ];
    for (input, sentence) in refused {
        let error: CardError = pdf(&input).expect_err(sentence);
        assert_eq!(error.to_string(), sentence);
    }
}

#[test]
fn a_card_without_a_site_prints() {
    for (paper, ..) in PAPERS {
        let nobodys = Input {
            site: None,
            ..input(Lang::Fr, paper)
        };
        let text = tool(
            "pdftotext",
            &["-raw", "-", "-"],
            &pdf(&nobodys).expect("the card prints"),
        );
        assert!(
            !text.contains("Kalangala") && !text.contains("none"),
            "{text}"
        );
    }
}

#[test]
fn the_longest_header_still_fits_on_two_sides() {
    let long = "W".repeat(40);
    for lang in LANGS {
        let named = Input {
            site: Some(&long),
            version: &long[..24],
            ..input(lang, Paper::A4)
        };
        let info = tool("pdfinfo", &["-"], &pdf(&named).unwrap());
        assert_eq!(field(&info, "Pages"), "2");
    }
}
