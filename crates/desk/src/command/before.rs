//! Asking again while all acts are stopped: the same name is the same command even then.

use super::alike::digest;
use super::{Asked, Commands, Denied, Request};
use fleet::MeterNumber;
use people::Verb;
use remedies::Wanted;
use std::collections::BTreeMap;
use store::CommandId;

/// What is known under a name: the command, and what it was in short.
pub(super) type Before = BTreeMap<(MeterNumber, String), (CommandId, String)>;

/// The name of a request.
fn name(request: &Request) -> Option<(MeterNumber, String)> {
    Some((request.meter.clone(), request.intent.clone()?))
}

/// What was asked for under the name of this request.
pub(super) fn known_as<'a>(
    before: &'a Before,
    request: &Request,
) -> Option<&'a (CommandId, String)> {
    before.get(&name(request)?)
}

impl Commands {
    /// What these asked for before, under the same names.
    pub(super) async fn asked_before(&self, requests: &[Request]) -> Result<Before, Denied> {
        let names: Vec<_> = requests.iter().filter_map(name).collect();
        Ok(self.store().asked_before(&names).await?)
    }

    /// Who asks again while all acts are stopped hears what became of it, and asks for nothing new.
    pub(super) async fn again(&self, before: &Before, request: &Request) -> Result<Asked, Denied> {
        let wanted = Wanted::parse(&request.kind, &request.args)?;
        request.who.may(Verb::Command)?;
        let who = request.who.person.name.as_str();
        let digest = digest(&wanted, request.reason.trim(), who);
        match known_as(before, request) {
            Some((id, same)) if *same == digest => self.stands(id.clone()).await,
            Some((id, _)) => Err(Denied::Clash(id.clone())),
            None => Err(Denied::NoCommand(String::new())),
        }
    }
}
