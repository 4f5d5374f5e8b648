//! Minting tokens: `Maintenance_*` answers the token itself. Source: facts 2.8.

use super::V1;
use crate::mint;
use crate::refusal::{Answered, empty, shape};
use crate::transport::Call;
use asking::{Mint, Purpose, Secret};
use serde_json::Value;

impl V1 {
    pub(super) async fn mint_token(&self, wanted: &Mint) -> Answered<Secret> {
        let mut fields = vec![("meter_number", Value::from(wanted.meter.as_str()))];
        let path = match wanted.purpose {
            Purpose::ClearTamper => "/api/Maintenance_ClearTamper",
            Purpose::LoadLimit(watts) => {
                fields.push(("max_power", mint::whole_watts(watts)?.into()));
                "/api/Maintenance_SetMaxPower"
            }
        };
        let call = Call::post(path, self.credentials.maintenance(&fields));
        let said = self.say(call.physical(true)).await?;
        if !said.said_yes() {
            return Err(said.refusal());
        }
        let result: Value = serde_json::from_str(said.result().ok_or_else(empty)?)
            .map_err(|_| shape("there is no token in it"))?;
        match result.as_str() {
            Some(token) if !token.trim().is_empty() => mint::checked(token),
            _ => Err(empty()),
        }
    }
}
