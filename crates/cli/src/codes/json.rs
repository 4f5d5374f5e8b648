//! All codes as one JSON document, whole rows.

use super::wants;
use crate::args::CodesFamily;
use crate::rows::{asked_as, events};
use catalogue::{Advice, AmiRow, Lang, Ruling, ShortRow, WireRow, ami_rows, short_rows, wire_rows};
use serde_json::{Map, Value, json};

pub(super) fn document(family: CodesFamily, lang: Lang) -> anyhow::Result<String> {
    let mut document = Map::new();
    if wants(family, CodesFamily::Ami) {
        document.insert(
            "ami".into(),
            ami_rows().iter().map(|row| ami(row, lang)).collect(),
        );
        document.insert("unlisted".into(), advice(catalogue::unlisted(), lang));
    }
    if wants(family, CodesFamily::Short) {
        document.insert(
            "short".into(),
            short_rows().iter().map(|row| short(row, lang)).collect(),
        );
    }
    if wants(family, CodesFamily::Wire) {
        document.insert(
            "wire".into(),
            wire_rows().iter().map(|row| wire(row, lang)).collect(),
        );
    }
    if family == CodesFamily::All {
        document.insert(
            "rulings".into(),
            catalogue::rulings()
                .iter()
                .map(|r| ruling(r, lang))
                .collect(),
        );
    }
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

fn ami(row: &AmiRow, lang: Lang) -> Value {
    let mut object = json!({
        "ami_code": row.ami.0,
        "sub_code": row.reason.0,
        "display": row.display,
        "slug": row.slug,
        "meaning": row.meaning,
        "field_action": row.field_action,
        "source": row.source.word(),
        "suspect": row.suspect,
        "rulings": row.rulings.iter().map(|r| r.slug).collect::<Vec<_>>(),
        "iec": events(row),
    });
    if let (Value::Object(object), Value::Object(advice)) = (&mut object, advice(&row.advice, lang))
    {
        object.extend(advice);
    }
    object
}

fn advice(advice: &Advice, lang: Lang) -> Value {
    json!({
        "name": advice.name.get(lang),
        "class": advice.class.word(),
        "supply": advice.supply.word(),
        "severity": advice.severity.word(),
        "decision": advice.decision.word(),
        "owner": advice.owner.word(),
        "visit": advice.decision.travel().word(),
        "action": advice.action.get(lang),
        "postpaid": advice.postpaid.iter().map(|t| t.get(lang)).collect::<Vec<_>>(),
        "steps": advice.steps.iter().map(|s| s.text.get(lang)).collect::<Vec<_>>(),
    })
}

fn short(row: &ShortRow, lang: Lang) -> Value {
    json!({
        "short_code": row.code.to_string(),
        "guide_code": row.guide_code,
        "slug": row.slug,
        "meaning": row.meaning,
        "field_action": row.field_action,
        "name": row.name.get(lang),
        "kind": row.kind.word(),
        "unit": row.unit,
        "obis": row.obis.code,
        "obis_attribute": row.obis.attribute,
        "obis_confidence": row.obis.confidence.word(),
        "single_phase": row.single_phase,
        "asked_as": asked_as(row),
    })
}

fn wire(row: &WireRow, lang: Lang) -> Value {
    json!({
        "wire": row.wire.to_string(),
        "slug": row.slug,
        "note": row.note,
        "name": row.name.get(lang),
        "ami_codes": row.ami.iter().map(|code| code.0).collect::<Vec<_>>(),
    })
}

fn ruling(row: &Ruling, lang: Lang) -> Value {
    json!({
        "slug": row.slug,
        "codes": row.codes.iter().map(|code| code.0).collect::<Vec<_>>(),
        "matter": row.matter.get(lang),
        "rule": row.rule.get(lang),
    })
}
