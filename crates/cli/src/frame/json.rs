//! One JSON object a line, written as it is told: nothing is built up for a stream of millions.

use super::Why;
use frames::{Value, Visit};
use std::fmt::{self, Write as _};

/// `{"error": "name"}` and the end of the line.
pub(super) fn error(out: &mut String, why: Why) {
    out.push_str("{\"error\": \"");
    out.push_str(why.name);
    out.push_str("\"}\n");
}

/// `{"ok": {...}}` with each value that is told, and the end of the line.
pub(super) fn ok(out: &mut String, tell: impl FnOnce(&mut Visit<'_>)) {
    out.push_str("{\"ok\": {");
    let mut comma = "";
    tell(&mut |name, told| {
        push(out, format_args!("{comma}\"{name}\": "));
        value(out, told);
        comma = ", ";
    });
    out.push_str("}}\n");
}

fn value(out: &mut String, told: Value<'_>) {
    match told {
        Value::Null => out.push_str("null"),
        Value::Bool(yes) => push(out, format_args!("{yes}")),
        Value::Number(number) => push(out, format_args!("{number}")),
        Value::Unsigned(number) => push(out, format_args!("{number}")),
        // with a point or an exponent always, and no digit more than the number needs
        Value::Real(number) => push(out, format_args!("{number:?}")),
        Value::Text(text) => push(out, format_args!("\"{text}\"")),
        Value::Bits(byte, bits) => {
            let mut before = "{";
            for bit in bits {
                push(
                    out,
                    format_args!("{before}\"{}\": {}", bit.name, bit.is_set(byte)),
                );
                before = ", ";
            }
            out.push('}');
        }
        Value::Names(byte, bits) => {
            out.push('[');
            let mut before = "";
            for bit in bits.iter().filter(|bit| bit.is_set(byte)) {
                push(out, format_args!("{before}\"{}\"", bit.name));
                before = ", ";
            }
            out.push(']');
        }
    }
}

fn push(out: &mut String, text: fmt::Arguments<'_>) {
    // OK because text has no end in memory that is reached by a line
    out.write_fmt(text).unwrap_or_default();
}
