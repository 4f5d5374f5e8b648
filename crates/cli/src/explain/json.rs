//! One JSON array, one object an item; the names of the keys are a contract.

use super::{Explained, postpaid, readings, several};
use crate::rows::{asked_as, events};
use answers::{Item, Number};
use catalogue::{AmiRow, Lang};
use serde_json::{Map, Value, json};
use triage::{Said, Verdict};

pub(crate) fn document(items: &[Item], lang: Lang) -> anyhow::Result<String> {
    let objects: Vec<Value> = items
        .iter()
        .flat_map(|item| match &item.readings {
            Ok(_) => readings(item).map(|read| object(&read, lang)).collect(),
            Err(why) => vec![json!({ "input": item.input, "error": why.say(lang) })],
        })
        .collect();
    Ok(serde_json::to_string_pretty(&objects)? + "\n")
}

fn object(read: &Explained<'_>, lang: Lang) -> Value {
    let mut object = Map::new();
    object.insert("input".into(), json!(read.item.input));
    match (&read.verdict, read.reading.number) {
        (Some(verdict), _) => status(verdict, read, lang, &mut object),
        (None, Number::Short(code)) => short(code, read, lang, &mut object),
        (None, _) => {}
    }
    let confidence = if read.reading.low_confidence {
        "low"
    } else {
        "high"
    };
    object.insert("confidence".into(), json!(confidence));
    if let Some(meter) = &read.item.meter {
        object.insert("meter".into(), json!(meter));
    }
    Value::Object(object)
}

/// The word of a family of numbers.
fn family(number: Number) -> &'static str {
    match number {
        Number::Ami(_) => "ami",
        Number::Reason(_) => "sub87",
        Number::Short(_) => "short",
        Number::Wire(_) => "wire",
    }
}

fn status(verdict: &Verdict, read: &Explained<'_>, lang: Lang, object: &mut Map<String, Value>) {
    let row = shown_row(verdict);
    let (ami, sub, display) = numbers(verdict.said, row);
    let wire = match verdict.said {
        Said::Wire(status) => catalogue::wire(status),
        _ => None,
    };
    let advice = verdict.advice;
    let text = |text: &catalogue::Text| text.get(lang);
    let fields = json!({
        "family": family(read.reading.number),
        "ambiguous": read.item.ambiguous(),
        "ami_code": ami,
        "sub_code": sub,
        "display": display,
        "slug": wire.map(|w| w.slug).or(row.map(|r| r.slug)),
        "meaning": wire.map(|w| w.note).or(row.map(|r| r.meaning)),
        "field_action": row.map(|r| r.field_action),
        "listed": verdict.row.is_some(),
        "stands_for": wire.map(|w| w.ami.iter().map(|code| code.0).collect::<Vec<_>>()),
        "class": verdict.class.word(),
        "supply": verdict.supply.word(),
        "decision": verdict.decision.word(),
        "owner": verdict.owner.word(),
        "severity": verdict.severity.word(),
        "visit": verdict.travel().word(),
        "steps": verdict.steps().map(|step| text(&step.text)).collect::<Vec<_>>(),
        "because": verdict.because(lang),
        "source": verdict.source.map(catalogue::Source::word),
        "name": wire.map_or(text(&advice.name), |w| text(&w.name)),
        "postpaid": postpaid(verdict).iter().map(text).collect::<Vec<_>>(),
        "action": text(&advice.action),
        "rulings": row.map_or(Vec::new(), |r| r.rulings.iter().map(|ruling| text(&ruling.rule)).collect()),
        "suspect": verdict.suspect,
        "iec": row.map_or(Vec::new(), events),
    });
    extend(object, fields);
}

/// The row whose words may be shown: not for a wire status that stands for several rows.
fn shown_row(verdict: &Verdict) -> Option<&'static AmiRow> {
    verdict.row.filter(|_| several(verdict).is_empty())
}

/// AMI code, sub-code and how the meter displays it. An unlisted number keeps the number that was
/// said and gets no other.
fn numbers(said: Said, row: Option<&AmiRow>) -> (Option<u16>, Option<u8>, Option<String>) {
    match (said, row) {
        // what a wire status stands for is our inference: it has no AMI code of its own
        (Said::Wire(_), _) | (Said::TwoFamilies(_) | Said::Nothing, None) => (None, None, None),
        (_, Some(row)) => (
            Some(row.ami.0),
            Some(row.reason.0),
            Some(row.display.to_owned()),
        ),
        (Said::Ami(code), None) => (Some(code.0), None, None),
        (Said::Reason(reason), None) => (None, Some(reason.0), Some(reason.to_string())),
    }
}

fn short(
    code: fleet::ShortCode,
    read: &Explained<'_>,
    lang: Lang,
    object: &mut Map<String, Value>,
) {
    let row = catalogue::short(code);
    let fields = json!({
        "family": "short",
        "ambiguous": read.item.ambiguous(),
        "short_code": code.to_string(),
        "slug": row.map(|r| r.slug),
        "meaning": row.map(|r| r.meaning),
        "field_action": row.map(|r| r.field_action),
        "listed": row.is_some(),
        "unit": row.map(|r| r.unit).filter(|unit| !unit.is_empty()),
        "kind": row.map(|r| r.kind.word()),
        "obis": row.map(|r| r.obis.code),
        "obis_attribute": row.map(|r| r.obis.attribute),
        "obis_confidence": row.map(|r| r.obis.confidence.word()),
        "name": row.map(|r| r.name.get(lang)),
        "single_phase": row.map(|r| r.single_phase),
        "asked_as": row.map(asked_as),
        "source": row.map(|_| "guide"),
    });
    extend(object, fields);
}

fn extend(object: &mut Map<String, Value>, fields: Value) {
    if let Value::Object(fields) = fields {
        object.extend(fields);
    }
}
