//! Minting tokens. Source: facts 3.4.

use super::Concentrator;
use crate::mint;
use crate::refusal::Answered;
use crate::transport::Call;
use asking::{Mint, Purpose, Secret};
use serde_json::json;

impl Concentrator {
    pub(super) async fn mint_token(&self, wanted: &Mint) -> Answered<Secret> {
        let mut body = json!({ "meterId": wanted.meter.as_str(), "company": self.company });
        let path = match wanted.purpose {
            Purpose::ClearTamper => "/API/Token/ClearTamperToken/Generate",
            Purpose::LoadLimit(watts) => {
                body["maximumPower"] = mint::whole_watts(watts)?.into();
                "/API/Token/SetMaximumPowerLimitToken/Generate"
            }
        };
        let envelope = self
            .signed
            .ask(Call::post(path, body).physical(true))
            .await?;
        mint::token_of(&envelope)
    }
}
