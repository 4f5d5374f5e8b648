//! `token check`: what can be seen of a token without any key. What is printed is masked.

use crate::Ended;
use crate::args::{self, TokenCheck};
use crate::end::{End, print};
use anyhow::Context;
use catalogue::Lang;
use serde_json::{Value, json};
use std::io::BufRead;
use tokens::{Check, Content, Purpose, Token, TokenError, check, mask};

type Checked = (String, Result<Check, TokenError>);

pub(crate) fn run(args: &args::Token, lang: Lang) -> Ended {
    let args::Token::Check(args) = args;
    let purpose = args
        .purpose
        .as_deref()
        .and_then(|word| word.parse::<Purpose>().ok());
    let lang = match lang {
        Lang::En => tokens::Lang::En,
        Lang::Fr => tokens::Lang::Fr,
    };
    let checked: Vec<Checked> = texts(args)?
        .iter()
        .map(|text| {
            (
                mask(text),
                Token::parse(text).map(|token| check(&token, purpose)),
            )
        })
        .collect();
    if args.json {
        let objects: Vec<Value> = checked.iter().map(|one| object(one, lang)).collect();
        print(&(serde_json::to_string_pretty(&objects)? + "\n"))?;
    } else {
        for one in &checked {
            person(one, lang)?;
        }
    }
    let all_good = checked
        .iter()
        .all(|(_, result)| result.as_ref().is_ok_and(good));
    Ok(if all_good { End::Done } else { End::Partly })
}

/// Nothing speaks against entering it.
fn good(check: &Check) -> bool {
    check.content.crc_fits() != Some(false) && !check.fit.is_some_and(tokens::Fit::refuses)
}

fn texts(args: &TokenCheck) -> anyhow::Result<Vec<String>> {
    let mut texts = Vec::new();
    for text in &args.tokens {
        if text == "-" {
            let lines: Result<Vec<String>, _> = std::io::stdin().lock().lines().collect();
            let lines = lines.context("standard input could not be read as text")?;
            texts.extend(lines.into_iter().filter(|line| !line.trim().is_empty()));
        } else {
            texts.push(text.clone());
        }
    }
    if texts.is_empty() {
        anyhow::bail!("no token was given: write one a line");
    }
    Ok(texts)
}

fn person((masked, result): &Checked, lang: tokens::Lang) -> anyhow::Result<()> {
    match result {
        Ok(check) => print(&(check.lines(lang).join("\n   ") + "\n")),
        Err(error) => {
            eprintln!("calinmeter: {masked}: {}", error.words(lang));
            Ok(())
        }
    }
}

fn object((masked, result): &Checked, lang: tokens::Lang) -> Value {
    let check = match result {
        Ok(check) => check,
        Err(error) => {
            return json!({ "input": masked, "error": error.words(lang), "reason": error.slug() });
        }
    };
    let plain = match &check.content {
        Content::Plain(plain) => Some(json!({
            "subclass": plain.subclass(),
            "control": plain.control(),
            "maker": plain.maker().map(tokens::Maker::code),
            "tests": plain.tests().map(|test| test.slug).collect::<Vec<_>>(),
            "opens_relay": plain.opens_relay(),
        })),
        Content::Encrypted | Content::CrcDoesNotFit | Content::Reserved => None,
    };
    json!({
        "input": masked,
        "class": check.class.number(),
        "class_name": check.class.slug(),
        "content": check.content.slug(),
        "crc_ok": check.content.crc_fits(),
        "plain": plain,
        "purpose": check.purpose.map(Purpose::slug),
        "fit": check.fit.map(tokens::Fit::slug),
        "postpaid": check.postpaid.slug(),
        "notes": check.notes.iter().map(|note| note.slug()).collect::<Vec<_>>(),
        "says": check.lines(lang),
    })
}
