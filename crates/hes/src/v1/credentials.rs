//! The credentials that every body carries, in the two casings of this dialect.

use asking::Secret;
use serde_json::{Value, json};

/// Company, user and password.
pub(super) struct Credentials {
    company: String,
    user: String,
    password: Secret,
}

impl Credentials {
    pub(super) fn new(company: String, user: String, password: Secret) -> Self {
        Self {
            company,
            user,
            password,
        }
    }

    /// A body for `COMM_*`.
    pub(super) fn comm(&self, fields: &[(&str, Value)]) -> Value {
        let body = json!({
            "CompanyName": self.company,
            "UserName": self.user,
            "Password": self.password.reveal(),
        });
        with(body, fields)
    }

    /// A body for `Maintenance_*`.
    pub(super) fn maintenance(&self, fields: &[(&str, Value)]) -> Value {
        let body = json!({
            "company_name": self.company,
            "user_name": self.user,
            "password": self.password.reveal(),
        });
        with(body, fields)
    }
}

fn with(mut body: Value, fields: &[(&str, Value)]) -> Value {
    for (key, value) in fields {
        body[*key] = value.clone();
    }
    body
}
