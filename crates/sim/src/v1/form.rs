//! Form bodies, flat or with `QueryList[0][MeterNo]`.

use crate::call::pairs;
use serde_json::{Map, Value};

/// No list of a form is longer: the vendor takes 30 meters at most.
const MOST_ROWS: usize = 1000;

/// A form as the object it stands for.
pub(super) fn read(body: &str) -> Value {
    let mut whole = Map::new();
    for (name, value) in pairs(body) {
        match nested(&name) {
            Some((list, row, key)) => {
                let list = whole
                    .entry(list)
                    .or_insert_with(|| Value::Array(Vec::new()));
                let Some(rows) = list.as_array_mut() else {
                    continue;
                };
                while rows.len() <= row {
                    rows.push(Value::Object(Map::new()));
                }
                rows[row][key] = value.into();
            }
            None => {
                whole.insert(name, value.into());
            }
        }
    }
    Value::Object(whole)
}

/// `QueryList[0][MeterNo]` in its three parts.
fn nested(name: &str) -> Option<(&str, usize, &str)> {
    let (list, rest) = name.split_once('[')?;
    let (row, rest) = rest.split_once("][")?;
    let row: usize = row.parse().ok().filter(|row| *row < MOST_ROWS)?;
    Some((list, row, rest.strip_suffix(']')?))
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::json;

    #[test]
    fn lists_are_nested_and_values_decoded() {
        let body = "UserName=a+b&Password=%26%2Fx&QueryList%5B0%5D%5BMeterNo%5D=47001582544&QueryList[0][Year]=2023&QueryList[1][MeterNo]=47003104321";
        let read = read(body);
        assert_eq!(
            read,
            json!({
                "UserName": "a b",
                "Password": "&/x",
                "QueryList": [
                    {"MeterNo": "47001582544", "Year": "2023"},
                    {"MeterNo": "47003104321"},
                ],
            })
        );
    }

    #[test]
    fn a_broken_form_is_read_as_far_as_it_goes() {
        let read = read("=&a&b=%zz&QueryList[x][y]=1&QueryList[99999999][y]=1&c[0]=2");
        assert_eq!(read["b"], "%zz");
        assert_eq!(read["a"], "");
    }
}
