//! The card as Markdown with tables, as `GitHub` and `BookStack` read it.

use crate::Input;
use crate::lines;
use crate::words::Word;
use catalogue::{Advice, AmiRow, Decision, Lang, Supply, Travel};

/// The card as Markdown: headings, lists and pipe tables, no HTML.
pub fn markdown(input: &Input<'_>) -> String {
    let lang = input.lang;
    [
        header(input),
        section(Word::Safety, lang, &safety(lang)),
        section(Word::HowTo, lang, &how_to(lang)),
        section(Word::Legend, lang, &legend(lang)),
        section(Word::Codes, lang, &codes(lang)),
        section(Word::Keypad, lang, &keypad(lang)),
        section(Word::Notes, lang, &notes(lang)),
    ]
    .join("\n")
}

/// Marks that Markdown would read; a text of ours holds none of them on purpose.
const MARKS: [char; 9] = ['\\', '|', '*', '_', '`', '[', ']', '<', '~'];

/// A text that is not Markdown, shown as it is.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|letter| {
            let stop = MARKS.contains(&letter).then_some('\\');
            stop.into_iter().chain([letter])
        })
        .collect()
}

/// The guide's text is Markdown already; a pipe would end its cell.
fn guide(text: &str) -> String {
    text.replace('|', "\\|")
}

fn section(heading: Word, lang: Lang, body: &str) -> String {
    format!("## {}\n\n{body}", heading.get(lang))
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn table(heads: &[Word], lang: Lang, rows: impl Iterator<Item = Vec<String>>) -> String {
    let titles: Vec<_> = heads.iter().map(|head| plain(head.get(lang))).collect();
    let rule = vec!["---".to_owned(); heads.len()];
    let rows: String = rows.map(|cells| row(&cells)).collect();
    [row(&titles), row(&rule), rows].concat()
}

fn header(input: &Input<'_>) -> String {
    let lang = input.lang;
    let site = input.site_line().map(|site| {
        let name = Word::Site.get(lang);
        format!(" · {name}{} {}", Word::Colon.get(lang), plain(&site))
    });
    format!(
        "# CalinMeter{} {}\n\n{}. {}\n\n{} {} · {}{}\n",
        Word::Colon.get(lang),
        Word::Title.get(lang),
        Word::Subtitle.get(lang),
        Word::GuideText.get(lang),
        Word::Version.get(lang),
        plain(&input.version_line()),
        input.date,
        site.unwrap_or_default(),
    )
}

fn safety(lang: Lang) -> String {
    catalogue::safety()
        .iter()
        .map(|line| format!("- {}\n", plain(line.get(lang))))
        .collect()
}

fn how_to(lang: Lang) -> String {
    let steps: String = lines::how_to(lang)
        .iter()
        .zip(1..)
        .map(|(step, number)| format!("{number}. {}\n", plain(step)))
        .collect();
    format!("{steps}\n{}\n", plain(Word::SameReason.get(lang)))
}

fn legend(lang: Lang) -> String {
    let supplies = Supply::ALL.iter().map(|one| {
        let (_, sentence) = lines::supply(*one);
        format!("- {}: {}\n", supply(*one, lang), sentence.get(lang))
    });
    let travels = Travel::ALL.iter().rev().map(|travel| {
        let decisions: Vec<_> = Decision::ALL
            .iter()
            .filter(|one| one.travel() == *travel)
            .map(|one| decision(*one, lang))
            .collect();
        format!(
            "- {}: {}\n",
            decisions.join(", "),
            plain(travel.label(lang))
        )
    });
    supplies.chain(travels).collect()
}

/// A dark home is bold.
fn supply(supply: Supply, lang: Lang) -> String {
    let short = lines::supply(supply).0.get(lang);
    match supply {
        Supply::Off => format!("**{short}**"),
        Supply::On | Supply::Unknown => short.to_owned(),
    }
}

/// A journey is bold and in capitals.
fn decision(decision: Decision, lang: Lang) -> String {
    let label = decision.label(lang);
    match decision {
        Decision::Visit => format!("**{}**", label.to_uppercase()),
        _ => label.to_owned(),
    }
}

fn codes(lang: Lang) -> String {
    const HEADS: [Word; 10] = [
        Word::Ami,
        Word::Sub,
        Word::Supply,
        Word::Decision,
        Word::Owner,
        Word::Severity,
        Word::Meaning,
        Word::FieldAction,
        Word::WeDo,
        Word::Ruling,
    ];
    let listed = catalogue::ami_rows().iter().map(|row| code(row, lang));
    let numbers = plain(&lines::unlisted_numbers());
    let nothing = String::new;
    let unlisted = [
        vec![numbers, nothing()],
        acts(catalogue::unlisted(), lang),
        vec![
            nothing(),
            nothing(),
            we_do(catalogue::unlisted(), lang),
            nothing(),
        ],
    ]
    .concat();
    table(&HEADS, lang, listed.chain([unlisted]))
}

fn code(row: &AmiRow, lang: Lang) -> Vec<String> {
    let rulings: Vec<_> = lines::rulings(row)
        .iter()
        .map(|rule| plain(rule.get(lang)))
        .collect();
    [
        vec![format!("**{}**", row.ami), row.display.to_owned()],
        acts(&row.advice, lang),
        vec![
            guide(row.meaning),
            guide(row.field_action),
            we_do(&row.advice, lang),
            rulings.join(" "),
        ],
    ]
    .concat()
}

/// Supply, decision, owner and severity.
fn acts(advice: &Advice, lang: Lang) -> Vec<String> {
    vec![
        supply(advice.supply, lang),
        decision(advice.decision, lang),
        advice.owner.label(lang).to_owned(),
        advice.severity.label(lang).to_owned(),
    ]
}

fn we_do(advice: &Advice, lang: Lang) -> String {
    let name = plain(advice.name.get(lang));
    format!("**{name}.** {}", plain(advice.action.get(lang)))
}

fn keypad(lang: Lang) -> String {
    const HEADS: [Word; 5] = [
        Word::Code,
        Word::Meaning,
        Word::Action,
        Word::Shows,
        Word::Ruling,
    ];
    let rows = lines::keypad().into_iter().map(|line| {
        let ruling = line.ruling().map(|rule| plain(rule.get(lang)));
        vec![
            format!("**{}**", line.code()),
            guide(line.meaning()),
            guide(line.action()),
            plain(&line.shows(lang)),
            ruling.unwrap_or_default(),
        ]
    });
    table(&HEADS, lang, rows)
}

fn notes(lang: Lang) -> String {
    lines::notes()
        .iter()
        .map(|(heading, notes)| {
            let rows = notes.iter().map(|note| {
                let rulings = note.rulings.iter().map(|one| plain(one.rule.get(lang)));
                vec![guide(note.text), rulings.collect::<Vec<_>>().join(" ")]
            });
            let table = table(&[Word::Line, Word::Ruling], lang, rows);
            format!("### {}\n\n{table}", heading.get(lang))
        })
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::{guide, plain};

    #[test]
    fn no_text_can_end_its_cell_or_become_markup() {
        assert_eq!(plain("a|b *c* <d> [e]"), r"a\|b \*c\* \<d> \[e\]");
        assert_eq!(guide("*(a|b)*"), r"*(a\|b)*");
    }
}
