//! "AMR API v1": JWT, integer tasks, DL/T 645 data identifiers, LoRaWAN gateways.

mod data;
mod depth;
mod items;
mod lists;
mod polling;
mod tasks;
mod tokens;

pub(crate) use items::ITEMS;

use crate::HesError;
use crate::batch;
use crate::items::Items;
use crate::refusal::Answered;
use crate::signed::Signed;
use crate::speaks::{Connected, Speaks};
use crate::transport::Line;
use asking::{
    Account, Ask, DayRow, Deployment, EventRow, GatewayRow, HeadEnd, HourRow, Listing, MeterRow,
    Mint, Offers, Page, Polled, Secret, Seen, Span, TaskId, Third, Watched,
};
use fleet::MeterNumber;
use serde_json::json;

/// A head-end of this dialect.
struct Station {
    signed: Signed,
    items: Items,
    version: String,
    third: Third,
    /// How many tasks one creation may hold.
    creates: usize,
    newest: depth::Newest,
}

pub(crate) fn connect(deployment: Deployment) -> Result<Box<dyn HeadEnd>, HesError> {
    let line = Line::new(&deployment)?;
    let login = json!({
        "userId": deployment.user,
        "password": deployment.password.reveal(),
    });
    let items = Items::new(ITEMS, &deployment);
    let creates = batch::most(&deployment.pace);
    Ok(Box::new(Connected {
        name: deployment.name,
        dialect: deployment.dialect.word(),
        account: Some(deployment.user),
        offers: Offers {
            items: items.all(),
            creates,
            looks: polling::LOOKS,
            task_list: true,
            meters: true,
            gateways: true,
            accounts: true,
            daily: true,
            hourly: true,
            events: true,
            tokens: true,
        },
        pace: deployment.pace,
        speaks: Station {
            signed: Signed::new(line, "/api/user/login", login),
            items,
            version: deployment.protocol_version,
            third: deployment.third,
            creates,
            newest: depth::Newest::default(),
        },
    }))
}

impl Speaks for Station {
    fn line(&self) -> &Line {
        &self.signed.line
    }
    async fn login(&self) -> Answered<()> {
        self.signed.log_in().await
    }
    async fn create(&self, ask: &Ask) -> Answered<TaskId> {
        self.create_task(ask).await
    }
    async fn create_many(&self, asks: &[Ask]) -> Answered<Vec<Answered<TaskId>>> {
        self.create_tasks(asks).await
    }
    async fn poll(&self, tasks: &[Watched]) -> Answered<Vec<Polled>> {
        self.look(tasks).await
    }
    async fn recent(&self, ask: &Ask) -> Answered<Vec<Seen>> {
        self.newest(ask).await
    }
    async fn dispatch(&self, task: &Watched) -> Answered<()> {
        self.dispatch_task(task).await
    }
    async fn meters(&self, page: Page) -> Answered<Listing<MeterRow>> {
        self.list_meters(page).await
    }
    async fn gateways(&self, page: Page) -> Answered<Listing<GatewayRow>> {
        self.list_gateways(page).await
    }
    async fn accounts(&self, page: Page) -> Answered<Listing<Account>> {
        self.list_accounts(page).await
    }
    async fn daily(&self, span: &Span, page: Page) -> Answered<Listing<DayRow>> {
        self.list_days(span, page).await
    }
    async fn hourly(&self, span: &Span, page: Page) -> Answered<Listing<HourRow>> {
        self.list_hours(span, page).await
    }
    async fn events(&self, span: &Span, page: Page) -> Answered<Listing<EventRow>> {
        self.list_events(span, page).await
    }
    async fn online(&self, meters: &[MeterNumber]) -> Answered<Vec<(MeterNumber, bool)>> {
        self.online_of(meters).await
    }
    async fn mint(&self, mint: &Mint) -> Answered<Secret> {
        self.mint_token(mint).await
    }
}
