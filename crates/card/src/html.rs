//! The card as one HTML document that needs nothing beside it: for a screen of any width, light or
//! dark, and for a printer. Tables keep their roles where the telephone shows each row as a card.

use crate::Input;
use crate::lines::{self, KeypadLine};
use crate::marks::{Mark, runs};
use crate::words::Word;
use catalogue::{Advice, AmiRow, Decision, Lang, Note, Severity, Supply, Text, Travel};

const STYLE: &str = include_str!("../templates/card.css");

/// The card as HTML5, without any resource outside itself.
pub fn html(input: &Input<'_>) -> String {
    let page = Page { lang: input.lang };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>CalinMeter: {title}</title>\n<meta name=\"description\" content=\"{about}\">\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n{header}<main>\n{intro}{codes}{keypad}{notes}</main>\n{footer}</body>\n</html>\n",
        lang = page.lang.code(),
        title = page.word(Word::Title),
        about = page.word(Word::About),
        header = page.header(input),
        intro = page.intro(),
        codes = page.codes(),
        keypad = page.keypad(),
        notes = page.notes(),
        footer = page.footer(input),
    )
}

/// The only way for a text into the document.
fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            _ => safe.push(letter),
        }
    }
    safe
}

/// The guide's own words, which are English on every card.
fn guide(text: &'static str) -> String {
    runs(text)
        .iter()
        .map(|run| {
            let text = escape(run.text);
            match run.mark {
                Mark::Plain => text,
                Mark::Emphasis => format!("<em>{text}</em>"),
                Mark::Strong => format!("<strong>{text}</strong>"),
            }
        })
        .collect()
}

fn items(texts: impl IntoIterator<Item = &'static str>) -> String {
    texts
        .into_iter()
        .map(|text| format!("<li>{}</li>\n", escape(text)))
        .collect()
}

struct Page {
    lang: Lang,
}

impl Page {
    fn word(&self, word: Word) -> String {
        escape(word.get(self.lang))
    }

    fn own(&self, text: Text) -> String {
        escape(&lines::unbroken(text.get(self.lang)))
    }

    fn header(&self, input: &Input<'_>) -> String {
        let site = input
            .site_line()
            .map(|site| format!("<b>{}</b>", escape(&site)))
            .unwrap_or_default();
        format!(
            "<header>\n<div>\n<h1>CalinMeter <span>{}</span></h1>\n<p>{}</p>\n</div>\n\
             <p class=\"edition\">{site}{} {} · <time>{}</time></p>\n</header>\n",
            self.word(Word::Title),
            self.word(Word::Subtitle),
            self.word(Word::Version),
            escape(&input.version_line()),
            input.date,
        )
    }

    fn footer(&self, input: &Input<'_>) -> String {
        format!(
            "<footer>\n<p>CalinMeter {} · {}. {}</p>\n</footer>\n",
            escape(&input.version_line()),
            input.date,
            self.word(Word::GuideText)
        )
    }

    /// Safety, how the card is used, and its legend.
    fn intro(&self) -> String {
        format!(
            "<div class=\"intro\">\n<section class=\"safety\">\n<h2>{}</h2>\n<ul>\n{}</ul>\n</section>\n\
             <section>\n<h2>{}</h2>\n<ol>\n{}</ol>\n<p>{}</p>\n</section>\n\
             <section>\n<h2>{}</h2>\n<dl>\n{}</dl>\n</section>\n</div>\n",
            self.word(Word::Safety),
            items(catalogue::safety().iter().map(|line| line.get(self.lang))),
            self.word(Word::HowTo),
            items(lines::how_to(self.lang)),
            self.word(Word::SameReason),
            self.word(Word::Legend),
            self.legend(),
        )
    }

    fn legend(&self) -> String {
        let supplies = Supply::ALL.iter().map(|supply| {
            let (_, sentence) = lines::supply(*supply);
            (self.supply(*supply), self.word(sentence))
        });
        let travels = Travel::ALL.iter().rev().map(|travel| {
            let badges: Vec<_> = Decision::ALL
                .iter()
                .filter(|decision| decision.travel() == *travel)
                .map(|decision| self.badge(*decision))
                .collect();
            (badges.join(" "), escape(travel.label(self.lang)))
        });
        let severities: Vec<_> = Severity::ALL
            .iter()
            .map(|severity| self.severity(*severity))
            .collect();
        supplies
            .chain(travels)
            .chain([(self.word(Word::Severity), severities.join(" "))])
            .map(|(term, said)| format!("<dt>{term}</dt><dd>{said}</dd>\n"))
            .collect()
    }

    /// A table with its roles said, since a telephone lays it out as blocks.
    fn table(&self, class: &str, heads: &[Word], rows: &str) -> String {
        let heads: String = heads
            .iter()
            .map(|head| {
                format!(
                    "<th scope=\"col\" role=\"columnheader\">{}</th>",
                    self.word(*head)
                )
            })
            .collect();
        format!(
            "<table class=\"{class}\" role=\"table\">\n<thead role=\"rowgroup\">\n<tr role=\"row\">{heads}</tr>\n</thead>\n\
             <tbody role=\"rowgroup\">\n{rows}</tbody>\n</table>\n"
        )
    }

    fn cell(&self, head: Word, attributes: &str, inner: &str) -> String {
        format!(
            "<td role=\"cell\" data-label=\"{}\"{attributes}>{inner}</td>",
            self.word(head)
        )
    }

    fn guide_cell(&self, head: Word, text: &'static str) -> String {
        let class = match head {
            Word::Meaning => " class=\"meaning\"",
            _ => "",
        };
        self.cell(head, &format!(" lang=\"en\"{class}"), &guide(text))
    }

    fn codes(&self) -> String {
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
        let rows: String = catalogue::ami_rows()
            .iter()
            .map(|row| self.code(row))
            .collect();
        format!(
            "<section>\n<h2>{}</h2>\n{}</section>\n",
            self.word(Word::Codes),
            self.table("codes", &HEADS, &(rows + &self.unlisted()))
        )
    }

    fn code(&self, row: &AmiRow) -> String {
        let rulings = self.paragraphs(lines::rulings(row));
        format!(
            "<tr role=\"row\" id=\"code-{ami}\"><th scope=\"row\" role=\"rowheader\" class=\"code\">{ami}</th>{}{}{}{}{}{}</tr>\n",
            self.cell(Word::Sub, " class=\"sub\"", &escape(row.display)),
            self.acts(&row.advice),
            self.guide_cell(Word::Meaning, row.meaning),
            self.guide_cell(Word::FieldAction, row.field_action),
            self.we_do(&row.advice),
            self.cell(Word::Ruling, "", &rulings),
            ami = row.ami,
        )
    }

    fn unlisted(&self) -> String {
        let advice = catalogue::unlisted();
        format!(
            "<tr role=\"row\" id=\"unlisted\"><th scope=\"row\" role=\"rowheader\" class=\"code list\" colspan=\"2\">{}</th>{}<td role=\"cell\"></td><td role=\"cell\"></td>{}<td role=\"cell\"></td></tr>\n",
            escape(&lines::unlisted_numbers()),
            self.acts(advice),
            self.we_do(advice),
        )
    }

    /// Supply, decision, owner and severity.
    fn acts(&self, advice: &Advice) -> String {
        [
            (Word::Supply, self.supply(advice.supply)),
            (Word::Decision, self.badge(advice.decision)),
            (Word::Owner, escape(advice.owner.label(self.lang))),
            (Word::Severity, self.severity(advice.severity)),
        ]
        .map(|(head, inner)| self.cell(head, " class=\"short\"", &inner))
        .concat()
    }

    fn we_do(&self, advice: &Advice) -> String {
        let inner = format!(
            "<strong>{}.</strong> {}",
            self.own(advice.name),
            self.own(advice.action)
        );
        self.cell(Word::WeDo, "", &inner)
    }

    /// A lamp and a word; aloud, the catalogue's whole label.
    fn supply(&self, supply: Supply) -> String {
        let (short, _) = lines::supply(supply);
        format!(
            "<span class=\"supply\"><span aria-hidden=\"true\"><i class=\"{}\"></i>{}</span><span class=\"said\">{}</span></span>",
            supply.word(),
            self.word(short),
            escape(supply.label(self.lang))
        )
    }

    fn badge(&self, decision: Decision) -> String {
        format!(
            "<span class=\"badge {}\">{}</span>",
            decision.word(),
            escape(decision.label(self.lang))
        )
    }

    fn severity(&self, severity: Severity) -> String {
        let bars: String = Severity::ALL
            .iter()
            .skip(1)
            .map(|step| {
                if *step <= severity {
                    "<i class=\"on\"></i>"
                } else {
                    "<i></i>"
                }
            })
            .collect();
        format!(
            "<span class=\"severity {}\"><span class=\"bars\" aria-hidden=\"true\">{bars}</span>{}</span>",
            severity.word(),
            escape(severity.label(self.lang))
        )
    }

    fn paragraphs(&self, texts: impl IntoIterator<Item = Text>) -> String {
        texts
            .into_iter()
            .map(|text| format!("<p>{}</p>", self.own(text)))
            .collect()
    }

    fn keypad(&self) -> String {
        const HEADS: [Word; 5] = [
            Word::Code,
            Word::Meaning,
            Word::Action,
            Word::Shows,
            Word::Ruling,
        ];
        let row = |line: KeypadLine| {
            format!(
                "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"code\">{}</th>{}{}{}{}</tr>\n",
                escape(line.code()),
                self.guide_cell(Word::Meaning, line.meaning()),
                self.guide_cell(Word::Action, line.action()),
                self.cell(Word::Shows, "", &escape(&line.shows(self.lang))),
                self.cell(Word::Ruling, "", &self.paragraphs(line.ruling())),
            )
        };
        let rows: String = lines::keypad().into_iter().map(row).collect();
        format!(
            "<section>\n<h2>{}</h2>\n{}</section>\n",
            self.word(Word::Keypad),
            self.table("keypad", &HEADS, &rows)
        )
    }

    fn notes(&self) -> String {
        let row = |note: &&'static Note| {
            let rulings = self.paragraphs(note.rulings.iter().map(|ruling| ruling.rule));
            format!(
                "<tr role=\"row\">{}{}</tr>\n",
                self.guide_cell(Word::Line, note.text),
                self.cell(Word::Ruling, "", &rulings)
            )
        };
        let parts: String = lines::notes()
            .iter()
            .map(|(heading, notes)| {
                let rows: String = notes.iter().map(row).collect();
                format!(
                    "<h3>{}</h3>\n{}",
                    self.word(*heading),
                    self.table("notes", &[Word::Line, Word::Ruling], &rows)
                )
            })
            .collect();
        format!(
            "<section>\n<h2>{}</h2>\n{parts}</section>\n",
            self.word(Word::Notes)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn no_text_can_become_markup() {
        assert_eq!(
            escape(r#"</style><script src='x'>"&"#),
            "&lt;/style&gt;&lt;script src=&#39;x&#39;&gt;&quot;&amp;"
        );
    }
}
