//! The commands about what other programs are told.

use clap::Subcommand;

#[derive(Debug, Subcommand)]
pub(crate) enum Webhook {
    /// List messages, newest first: what was told, what waits and why
    List(WebhookList),
    /// Tell messages again
    Replay(WebhookReplay),
    /// Tell an endpoint webhook.test now and say whether it was heard; nothing is kept
    Test(WebhookTest),
}

#[derive(Debug, clap::Args)]
pub(crate) struct WebhookList {
    /// Only for this endpoint
    #[arg(long, value_name = "NAME")]
    pub(crate) endpoint: Option<String>,

    /// Only about this meter
    #[arg(long, value_name = "METER")]
    pub(crate) meter: Option<String>,

    /// Only those that were not heard yet
    #[arg(long)]
    pub(crate) waiting: bool,

    /// At most so many
    #[arg(long, value_name = "N", default_value_t = 50)]
    pub(crate) limit: usize,

    /// Print one JSON document
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  calinmeter webhook replay 17 18\n  calinmeter webhook replay --since 2026-11-23T00:00+03:00 --endpoint billing"
)]
pub(crate) struct WebhookReplay {
    /// The messages' numbers
    #[arg(
        value_name = "ID",
        required_unless_present = "since",
        conflicts_with = "since"
    )]
    pub(crate) ids: Vec<i64>,

    /// Everything that happened from this time on, such as 2026-11-23T14:05+03:00
    #[arg(long, value_name = "TIME")]
    pub(crate) since: Option<String>,

    /// Only for this endpoint
    #[arg(long, value_name = "NAME", requires = "since")]
    pub(crate) endpoint: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct WebhookTest {
    /// The endpoint's name in the configuration
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
}
