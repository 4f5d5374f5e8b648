//! Wishes that nobody grants, whatever is known of the meter.

use crate::{Args, Sentence, TokenPurpose, Wanted};
use catalogue::{Lang, Text};
use commands::Kind;
use tokens::{Check, Content, Postpaid, Token};

/// The greatest limit that a load-limit token can carry, W (facts: IEC 62055-41 float format).
const GREATEST_W: u32 = 18_201_624;

/// Why a wish is refused whatever is known, or nothing.
///
/// Of a token only this can be told without its key: class 0 is credit; class 3 is reserved; class
/// 1 is in clear, and a checksum that does not fit is a mistyped digit. The sub-class of class 2 is
/// encrypted: a key change looks like a clear-tamper token, so it is refused by the purpose that
/// the requester declares, and whatever is not minted here darkens ([`crate::darkens`]).
pub fn refused_outright(wanted: &Wanted) -> Option<Sentence> {
    match (&wanted.args, wanted.kind) {
        (Args::Token { token, purpose }, _) => of_token(token.reveal(), *purpose),
        (Args::Watts(0), _) => Some(Sentence::plain("limit-zero", LIMIT_ZERO)),
        (Args::Watts(watts), _) if *watts > GREATEST_W => {
            let greatest = |_| GREATEST_W.to_string();
            Some(Sentence::around(
                "limit-too-great",
                LIMIT_TOO_GREAT,
                greatest,
            ))
        }
        (Args::Watts(_), _) => None,
        (_, Kind::SetLoadLimit) => Some(Sentence::plain("no-limit", NO_LIMIT)),
        (_, Kind::DeliverToken) => Some(Sentence::plain("no-token", NO_TOKEN)),
        _ => None,
    }
}

/// What can be seen of the token a wish carries; nothing where it carries none, or no token.
pub(crate) fn seen(wanted: &Wanted) -> Option<Check> {
    let Args::Token { token, purpose } = &wanted.args else {
        return None;
    };
    let token = Token::parse(token.reveal()).ok()?;
    Some(tokens::check(&token, purpose.job()))
}

fn of_token(digits: &str, purpose: TokenPurpose) -> Option<Sentence> {
    let token = match Token::parse(digits) {
        Ok(token) => token,
        Err(error) => {
            let why = |lang| error.words(tongue(lang));
            return Some(Sentence::around("not-a-token", NOT_DELIVERED, why));
        }
    };
    let check = tokens::check(&token, purpose.job());
    let (slug, text) = match (check.content, check.postpaid) {
        (Content::CrcDoesNotFit | Content::Reserved, _) => {
            let why = |lang| check.content.words(tongue(lang));
            return Some(Sentence::around("unreadable-token", NOT_DELIVERED, why));
        }
        (_, Postpaid::Refused) if purpose == TokenPurpose::KeyChange => {
            ("key-change-token", KEY_CHANGE)
        }
        // class 0, or called so
        (_, Postpaid::Refused) => ("credit-token", CREDIT),
        _ if check.fit.is_some_and(tokens::Fit::refuses) => {
            let why = |lang| check.fit_words(tongue(lang)).unwrap_or_default();
            return Some(Sentence::around("unfit-token", NOT_DELIVERED, why));
        }
        _ => return None,
    };
    Some(Sentence::plain(slug, text))
}

/// The language as `tokens` names it.
pub(crate) fn tongue(lang: Lang) -> tokens::Lang {
    match lang {
        Lang::En => tokens::Lang::En,
        Lang::Fr => tokens::Lang::Fr,
    }
}

const LIMIT_ZERO: Text = Text {
    en: "A limit of 0 W is refused: it would cut the home off without saying so; ask for a disconnect.",
    fr: "Une limite de 0 W est refusée\u{a0}: elle couperait le logement sans le dire\u{a0}; demandez une coupure.",
};
const LIMIT_TOO_GREAT: Text = Text {
    en: "The limit is refused: no token can carry more than {greatest} W; ask for less.",
    fr: "La limite est refusée\u{a0}: aucun jeton ne porte plus de {greatest} W\u{a0}; demandez moins.",
};
const NO_LIMIT: Text = Text {
    en: "No limit is named: say how many watts.",
    fr: "Aucune limite n'est indiquée\u{a0}: dites combien de watts.",
};
const NO_TOKEN: Text = Text {
    en: "No token is named: give its 20 digits and what it is for.",
    fr: "Aucun jeton n'est indiqué\u{a0}: donnez ses 20 chiffres et son usage.",
};
const CREDIT: Text = Text {
    en: "A credit token is refused: postpaid meters are given no credit; ask for the token of the job.",
    fr: "Un jeton de crédit est refusé\u{a0}: un compteur en post-paiement ne reçoit pas de crédit\u{a0}; demandez le jeton voulu.",
};
const KEY_CHANGE: Text = Text {
    en: "A key-change token is refused: a meter's key is changed by the AMI admin at the head-end, never from here.",
    fr: "Un jeton de changement de clé est refusé\u{a0}: la clé se change par l'administrateur AMI dans le système, jamais d'ici.",
};
const NOT_DELIVERED: Text = Text {
    en: "Not delivered: {why}.",
    fr: "Non transmis\u{a0}: {why}.",
};
