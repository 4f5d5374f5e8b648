//! Reading a wish from the words of the API.

use crate::unfit::shown;
use crate::{Args, TokenPurpose, Unfit, Wanted};
use asking::{Item, Secret};
use catalogue::Text;
use commands::Kind;
use serde_json::{Map, Value};
use tokens::Token;

type Fields = Map<String, Value>;

/// How each kind's arguments are read, and which fields they may have.
struct Form {
    kind: Kind,
    fields: &'static [&'static str],
    read: fn(&Fields) -> Result<Args, Unfit>,
}

/// Most kinds carry nothing.
const NOTHING: fn(&Fields) -> Result<Args, Unfit> = |_| Ok(Args::Nothing);

const FORMS: &[Form] = &[
    form(Kind::Read, &["item"], item),
    form(Kind::Reconnect, &["order_known"], order),
    form(Kind::Disconnect, &[], NOTHING),
    form(Kind::ClearTamper, &[], NOTHING),
    form(Kind::SetLoadLimit, &["watts"], watts),
    form(Kind::Commission, &[], NOTHING),
    form(Kind::SetClock, &[], NOTHING),
    form(Kind::DeliverToken, &["token", "purpose"], token),
];

const fn form(
    kind: Kind,
    fields: &'static [&'static str],
    read: fn(&Fields) -> Result<Args, Unfit>,
) -> Form {
    Form { kind, fields, read }
}

impl Wanted {
    /// Reads a wish: the kind's word and its arguments as one JSON object; no arguments at all
    /// (`null`) are an empty object.
    ///
    /// # Errors
    /// An unknown kind or field, a missing field, a value that is none: one sentence, the field
    /// named. A limit of 0 and a credit token are wishes all the same: [`crate::refused_outright`].
    pub fn parse(kind: &str, args: &Value) -> Result<Self, Unfit> {
        let form = FORMS.iter().find(|form| form.kind.word() == kind);
        let form = form.ok_or_else(|| no_such_kind(kind))?;
        let none = Fields::new();
        let fields = match args {
            Value::Object(fields) => fields,
            Value::Null => &none,
            _ => return Err(fault("args", NOT_AN_OBJECT)),
        };
        let known = |name: &str| form.fields.contains(&name);
        if let Some(name) = fields.keys().find(|name| !known(name)) {
            return Err(unknown(form, name));
        }
        Ok(Self {
            kind: form.kind,
            args: (form.read)(fields)?,
        })
    }

    /// A wish that was kept: what [`Wanted::args_json`] gave, and the token that was kept apart.
    ///
    /// # Errors
    /// As [`Wanted::parse`]; a token that is gone is a fault of the field `token`.
    pub fn kept(kind: &str, args: &Value, token: Option<&Secret>) -> Result<Self, Unfit> {
        let mut args = args.clone();
        if let (Value::Object(fields), Some(token)) = (&mut args, token) {
            fields.insert("token".to_owned(), Value::from(token.reveal()));
        }
        Self::parse(kind, &args)
    }
}

fn item(fields: &Fields) -> Result<Args, Unfit> {
    let Some(value) = fields.get("item") else {
        return Ok(Args::Item(Item::OperatingStatus));
    };
    let word = value.as_str().ok_or_else(|| fault("item", NOT_A_WORD))?;
    let item = Item::from_word(word);
    item.map(Args::Item)
        .ok_or_else(|| no_such("item", word, Item::all().map(Item::word)))
}

fn order(fields: &Fields) -> Result<Args, Unfit> {
    match fields.get("order_known") {
        None | Some(Value::Bool(false)) => Ok(Args::Nothing),
        Some(Value::Bool(true)) => Ok(Args::Order { known: true }),
        Some(_) => Err(fault("order_known", NOT_A_BOOL)),
    }
}

fn watts(fields: &Fields) -> Result<Args, Unfit> {
    let value = present(fields, "watts")?;
    let watts = value.as_u64().and_then(|watts| u32::try_from(watts).ok());
    watts
        .map(Args::Watts)
        .ok_or_else(|| fault("watts", NOT_WATTS))
}

fn token(fields: &Fields) -> Result<Args, Unfit> {
    let digits = present(fields, "token")?.as_str();
    let digits = digits.ok_or_else(|| fault("token", NOT_TOKEN_TEXT))?;
    let token = Token::parse(digits).map_err(|error| {
        Unfit::of("not-a-token", "token", NOT_A_TOKEN, |_, lang| {
            Some(error.words(crate::refused::tongue(lang)))
        })
    })?;
    let word = present(fields, "purpose")?.as_str();
    let word = word.ok_or_else(|| fault("purpose", NOT_A_WORD))?;
    let purpose = TokenPurpose::from_word(word)
        .ok_or_else(|| no_such("purpose", word, TokenPurpose::all().map(TokenPurpose::word)))?;
    Ok(Args::Token {
        token: Secret::new(token.reveal()),
        purpose,
    })
}

fn present<'a>(fields: &'a Fields, name: &str) -> Result<&'a Value, Unfit> {
    fields.get(name).ok_or_else(|| fault(name, MISSING))
}

const MISSING: Text = Text {
    en: "The field {field} is missing: give it.",
    fr: "Le champ {field} manque\u{a0}: indiquez-le.",
};
const NOT_AN_OBJECT: Text = Text {
    en: "The field {field} has to be a JSON object, such as {}.",
    fr: "Le champ {field} doit être un objet JSON, par exemple {}.",
};
const NOT_A_WORD: Text = Text {
    en: "The field {field} has to be one word, as text.",
    fr: "Le champ {field} doit être un mot, sous forme de texte.",
};
const NOT_A_BOOL: Text = Text {
    en: "The field {field} has to be true or false.",
    fr: "Le champ {field} doit être true ou false.",
};
const NOT_WATTS: Text = Text {
    en: "The field {field} has to be a whole number of watts, as a number and without a sign.",
    fr: "Le champ {field} doit être un nombre entier de watts, sans guillemets ni signe.",
};
const NOT_TOKEN_TEXT: Text = Text {
    en: "The field {field} has to be text: put the 20 digits into quotes, a number loses the last ones.",
    fr: "Le champ {field} doit être du texte\u{a0}: mettez les 20 chiffres entre guillemets, un nombre perd les derniers.",
};
const NOT_A_TOKEN: Text = Text {
    en: "The field {field} holds no token: {error}.",
    fr: "Le champ {field} ne contient pas de jeton\u{a0}: {error}.",
};
const UNKNOWN: Text = Text {
    en: "There is no field {field} in {kind}; it knows: {known}.",
    fr: "Il n'y a pas de champ {field} dans {kind}\u{a0}; il connaît\u{a0}: {known}.",
};
const TAKES_NOTHING: Text = Text {
    en: "There is no field {field} in {kind}: it takes none.",
    fr: "Il n'y a pas de champ {field} dans {kind}\u{a0}: il n'en prend aucun.",
};
const NO_SUCH: Text = Text {
    en: "The field {field} knows no {word}; choose one of: {known}.",
    fr: "Le champ {field} ne connaît pas {word}\u{a0}; choisissez parmi\u{a0}: {known}.",
};

fn fault(field: &str, text: Text) -> Unfit {
    // the only place left is the empty object of an example
    Unfit::of("unfit", field, text, |_, _| Some("{}".to_owned()))
}

fn unknown(form: &Form, name: &str) -> Unfit {
    let text = if form.fields.is_empty() {
        TAKES_NOTHING
    } else {
        UNKNOWN
    };
    Unfit::of("unknown-field", name, text, |place, _| match place {
        "kind" => Some(form.kind.word().to_owned()),
        _ => Some(form.fields.join(", ")),
    })
}

fn no_such_kind(word: &str) -> Unfit {
    no_such("kind", word, Kind::all().map(Kind::word))
}

fn no_such(field: &str, word: &str, known: impl Iterator<Item = &'static str>) -> Unfit {
    let known = known.collect::<Vec<_>>().join(", ");
    Unfit::of("no-such-word", field, NO_SUCH, |place, _| match place {
        "word" => Some(shown(word)),
        _ => Some(known.clone()),
    })
}
