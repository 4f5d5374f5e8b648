//! `[server]`: the pages and the API.

use crate::given::Given;
use crate::key::{Key, Slot, quoted, short, text_of};
use crate::reader::Section;
use std::net::{Ipv4Addr, SocketAddr};

/// The pages and the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// Where they are: an address and a port; port 0 takes a free one.
    pub listen: SocketAddr,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 8080)),
        }
    }
}

impl Section for Server {
    const KEYS: &'static [Key<Self>] = &[Key::<Self>::new(
        "listen",
        Slot::Own(put_listen, |server| {
            Some(quoted(&server.listen.to_string()))
        }),
        "Where the pages and the API are; without users only this computer may be listened on.",
    )];
}

fn put_listen(server: &mut Server, given: Given) -> Result<(), String> {
    let text = text_of(given, "an address and a port such as \"127.0.0.1:8080\"")?.trim();
    server.listen = text.parse().map_err(|_| {
        format!(
            "\"{}\" is no address: write one with its port, such as 127.0.0.1:8080",
            short(text)
        )
    })?;
    Ok(())
}
