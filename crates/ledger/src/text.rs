//! An anchor as one line of JSON, for the file outside.

use crate::digest::bytes;
use crate::{Anchor, BadAnchor, Digest, Head, PublicKey};
use fleet::Moment;
use serde_json::{Value, json};
use std::fmt;
use std::str::FromStr;

impl fmt::Display for Anchor {
    /// One line of JSON, without the line's end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let head = |head: &Head| json!([head.site, head.n, head.hash.to_string()]);
        let heads: Vec<Value> = self.heads.iter().map(head).collect();
        let signature = self.signature.iter().map(|byte| format!("{byte:02x}"));
        let line = json!({
            "n": self.n,
            "at": self.at.0,
            "heads": heads,
            "previous": self.previous.to_string(),
            "key": self.key.to_string(),
            "signature": signature.collect::<String>(),
        });
        line.fmt(f)
    }
}

impl FromStr for Anchor {
    type Err = BadAnchor;

    /// Reads the line back. What else stands in the object is refused: nothing would bind it.
    fn from_str(line: &str) -> Result<Self, BadAnchor> {
        read(line).ok_or(BadAnchor)
    }
}

fn read(line: &str) -> Option<Anchor> {
    let value: Value = serde_json::from_str(line).ok()?;
    let whole = value.as_object().filter(|object| object.len() == 6)?;
    let text = |name: &str| whole.get(name)?.as_str();
    let number = |name: &str| whole.get(name)?.as_i64();
    let heads = whole.get("heads")?.as_array()?;
    Some(Anchor {
        n: number("n")?,
        at: Moment(number("at")?),
        heads: heads.iter().map(head).collect::<Option<_>>()?,
        previous: Digest::parse(text("previous")?)?,
        key: PublicKey::parse(text("key")?)?,
        signature: bytes(text("signature")?)?,
    })
}

fn head(value: &Value) -> Option<Head> {
    let [site, n, hash] = value.as_array()?.as_slice() else {
        return None;
    };
    Some(Head {
        site: site.as_str()?.to_owned(),
        n: n.as_i64()?,
        hash: Digest::parse(hash.as_str()?)?,
    })
}

#[cfg(test)]
mod tests {
    use crate::{Anchor, BadAnchor, Digest, Head, SigningKey, bind};
    use fleet::Moment;

    #[test]
    fn a_line_is_read_back_as_it_was() {
        let key = SigningKey::of([5; 32]).unwrap();
        let head = Head {
            site: "S\"1\n".into(),
            n: 7,
            hash: Digest([9; 32]),
        };
        let anchor = bind(None, Moment(1_767_225_600_000), vec![head], &key);
        let line = anchor.to_string();
        assert!(!line.contains('\n'), "{line}");
        assert_eq!(line.parse::<Anchor>(), Ok(anchor));
        for none in [
            String::new(),
            "{}".into(),
            line.replace("\"n\":1,", ""),
            line.replace("\"n\":1,", "\"n\":1,\"more\":2,"),
            line[..line.len() - 9].to_owned(),
        ] {
            assert_eq!(none.parse::<Anchor>(), Err(BadAnchor), "{none}");
        }
    }
}
