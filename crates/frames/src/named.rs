//! Commands by their names, with the parameters people hand over.

use crate::dlms::{Asks, DlmsObject};
use crate::items::{CLOSE_RELAY, DATE, ITEMS, Item, OPEN_RELAY, Phase, TIME, TOKEN};
use crate::layouts::Layout;
use crate::secret::{Password, TokenBytes};
use crate::told::{Told, number};
use crate::{Command, Date, Di, EncodeError, TimeOfDay};

/// What a name stands for, and which parameters it needs.
#[derive(Clone, Copy, Debug)]
enum Does {
    Read(u16),
    /// Needs `phase`.
    ReadPhase(Layout),
    OpenRelay,
    CloseRelay,
    /// Needs `year`, `month`, `day`.
    SetDate,
    /// Needs `hour`, `minute`; `second` is 0 where it is left out.
    SetTime,
    /// Needs `token`.
    Deliver,
    /// Needs `token_hex`.
    DeliverHex,
    Dlms(Asks),
}

/// A command's name.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The name, as the public implementation has it where it has one.
    pub name: &'static str,
    does: Does,
}

/// Every name that is known.
///
/// Five of them make the same frame from a token: the meter tells only taken or refused.
pub static COMMANDS: [Named; 25] = [
    named("READ_CREDIT", Does::Read(0xE421)),
    named("READ_VOLTAGE", Does::ReadPhase(Layout::Volts)),
    named("READ_CURRENT", Does::ReadPhase(Layout::Amperes)),
    named("READ_POWER", Does::ReadPhase(Layout::ActivePower)),
    named("READ_DATE", Does::Read(0xC010)),
    named("READ_TIME", Does::Read(0xC011)),
    named("READ_TOTAL_ACTIVE_KWH", Does::Read(0x9010)),
    named("READ_STATUS", Does::Read(0xEFF5)),
    named("READ_FRAUD_STATUS", Does::Read(0xEFF6)),
    named("READ_METER_NUMBER", Does::Read(0xC032)),
    named(
        "READ_POWER_LIMIT",
        Does::Dlms(Asks::Get(DlmsObject::LIMITER, 3)),
    ),
    named("TURN_ON", Does::CloseRelay),
    named("TURN_OFF", Does::OpenRelay),
    named("SET_DATE", Does::SetDate),
    named("SET_TIME", Does::SetTime),
    named("TOP_UP_KWH", Does::Deliver),
    named("SET_POWER_LIMIT", Does::Deliver),
    named("CLEAR_TAMPER", Does::Deliver),
    named("CLEAR_CREDIT", Does::Deliver),
    named("DELIVER_PREEXISTING_TOKEN", Does::Deliver),
    named("DELIVER_TOKEN_RAW", Does::DeliverHex),
    named(
        "DLMS_GET_OUTPUT_STATE",
        Does::Dlms(Asks::Get(DlmsObject::RELAY, 2)),
    ),
    named(
        "DLMS_GET_LIMITER_THRESHOLD_NORMAL",
        Does::Dlms(Asks::Get(DlmsObject::LIMITER, 4)),
    ),
    named(
        "DLMS_REMOTE_DISCONNECT",
        Does::Dlms(Asks::Act(DlmsObject::RELAY, 1)),
    ),
    named(
        "DLMS_REMOTE_RECONNECT",
        Does::Dlms(Asks::Act(DlmsObject::RELAY, 2)),
    ),
];

impl Named {
    /// What has to be handed over with it; in brackets what may be left out.
    pub fn needs(&self) -> &'static str {
        match self.does {
            Does::Read(_) | Does::Dlms(_) => "",
            Does::ReadPhase(_) => "phase",
            Does::OpenRelay | Does::CloseRelay => "[password]",
            Does::SetDate => "year, month, day, [password]",
            Does::SetTime => "hour, minute, [second], [password]",
            Does::Deliver => "token",
            Does::DeliverHex => "token_hex",
        }
    }

    /// What the frame carries.
    pub fn carries(&self) -> String {
        match self.does {
            Does::Read(di) => format!("read {}", Di(di)),
            Does::ReadPhase(layout) => {
                let items = ITEMS.iter().filter(|item| item.layout == layout);
                let items: Vec<String> = items.map(|item| item.di.to_string()).collect();
                format!("read {}", items.join(", "))
            }
            Does::OpenRelay => format!("write {OPEN_RELAY}"),
            Does::CloseRelay => format!("write {CLOSE_RELAY}"),
            Does::SetDate => format!("write {DATE}"),
            Does::SetTime => format!("write {TIME}"),
            Does::Deliver | Does::DeliverHex => format!("token {TOKEN}"),
            Does::Dlms(Asks::Get(object, number)) => {
                format!("DLMS get {object}, attribute {number}")
            }
            Does::Dlms(Asks::Act(object, number)) => {
                format!("DLMS action {object}, method {number}")
            }
        }
    }
}

const fn named(name: &'static str, does: Does) -> Named {
    Named { name, does }
}

/// What may be handed over with a command's name. What a command does not need is not looked at.
pub const PARAMS: [&str; 10] = [
    "phase",
    "password",
    "year",
    "month",
    "day",
    "hour",
    "minute",
    "second",
    "token",
    "token_hex",
];

impl Command {
    /// The command of a name, from what was handed over with it: `phase` is A, B or C; `password`
    /// 8 hexadecimal digits, zeros where it is left out; `year` to `second` whole numbers, `second`
    /// 0 where it is left out; `token` 20 decimal digits, `token_hex` hexadecimal ones.
    ///
    /// # Errors
    ///
    /// `unsupported_command` for a name that nobody knows, otherwise what is wrong with what it
    /// needs.
    pub fn named(name: &str, given: &dyn Told) -> Result<Self, EncodeError> {
        let known = COMMANDS.iter().find(|known| known.name == name);
        let does = known.ok_or(EncodeError::UnsupportedCommand)?.does;
        Ok(match does {
            Does::Read(di) => Self::Read(Di(di)),
            Does::ReadPhase(layout) => Self::Read(item(layout, given)?.di),
            Does::OpenRelay => Self::OpenRelay(password(given)?),
            Does::CloseRelay => Self::CloseRelay(password(given)?),
            Does::SetDate => Self::SetDate(date(given)?, password(given)?),
            Does::SetTime => Self::SetTime(time(given)?, password(given)?),
            Does::Deliver => Self::Deliver(TokenBytes::parse(token("token", given)?)?),
            Does::DeliverHex => Self::Deliver(TokenBytes::parse_hex(token("token_hex", given)?)?),
            Does::Dlms(asks) => Self::Dlms(asks),
        })
    }
}

fn item(layout: Layout, given: &dyn Told) -> Result<&'static Item, EncodeError> {
    let phase = given.text("phase").and_then(Phase::parse);
    phase
        .and_then(|phase| Item::of_phase(layout, phase))
        .ok_or(EncodeError::InvalidPhase)
}

fn password(given: &dyn Told) -> Result<Password, EncodeError> {
    if given.has("password") {
        Password::parse(given.text("password").unwrap_or_default())
    } else {
        Ok(Password::default())
    }
}

fn date(given: &dyn Told) -> Result<Date, EncodeError> {
    match (
        number("year", given),
        number("month", given),
        number("day", given),
    ) {
        (Some(year), Some(month), Some(day)) => Date::new(year, month, day),
        _ => Err(EncodeError::InvalidDate),
    }
}

fn time(given: &dyn Told) -> Result<TimeOfDay, EncodeError> {
    let second = if given.has("second") {
        number("second", given)
    } else {
        Some(0)
    };
    match (number("hour", given), number("minute", given), second) {
        (Some(hour), Some(minute), Some(second)) => TimeOfDay::new(hour, minute, second),
        _ => Err(EncodeError::InvalidTime),
    }
}

fn token<'g>(name: &str, given: &'g dyn Told) -> Result<&'g str, EncodeError> {
    let missing = if given.has(name) {
        EncodeError::InvalidToken
    } else {
        EncodeError::MissingToken
    };
    given.text(name).ok_or(missing)
}
