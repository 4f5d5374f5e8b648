//! Minting tokens. The answer is synchronous; no meter is touched.

use super::Station;
use crate::mint;
use crate::refusal::Answered;
use crate::transport::Call;
use asking::{Mint, Purpose, Secret};
use serde_json::json;

impl Station {
    pub(super) async fn mint_token(&self, wanted: &Mint) -> Answered<Secret> {
        let meter = wanted.meter.as_str();
        let (path, body) = match wanted.purpose {
            Purpose::ClearTamper => (
                "/api/token/clearTamperToken/generate",
                json!({ "meterId": meter }),
            ),
            Purpose::LoadLimit(watts) => (
                "/api/token/setMaximumPowerLimitToken/generate",
                json!({ "meterId": meter, "maximumPower": mint::whole_watts(watts)? }),
            ),
        };
        let envelope = self
            .signed
            .ask(Call::post(path, body).physical(true))
            .await?;
        mint::token_of(&envelope)
    }
}
