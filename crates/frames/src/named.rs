//! Commands by their names, with the parameters people hand over.

use crate::dlms::{Asks, DlmsObject};
use crate::items::{Item, Phase};
use crate::layouts::Layout;
use crate::secret::{Password, TokenBytes};
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

const fn named(name: &'static str, does: Does) -> Named {
    Named { name, does }
}

/// What may be handed over with a name. What a command does not need is not looked at.
#[derive(Clone, Copy, Debug, Default)]
pub struct Params<'a> {
    /// `A`, `B` or `C`.
    pub phase: Option<&'a str>,
    /// 8 hexadecimal digits; zeros where it is left out.
    pub password: Option<&'a str>,
    /// 2000 to 2099.
    pub year: Option<i64>,
    /// 1 to 12.
    pub month: Option<i64>,
    /// 1 to 31.
    pub day: Option<i64>,
    /// 0 to 23.
    pub hour: Option<i64>,
    /// 0 to 59.
    pub minute: Option<i64>,
    /// 0 to 59.
    pub second: Option<i64>,
    /// 20 decimal digits.
    pub token: Option<&'a str>,
    /// Hexadecimal digits, two a byte.
    pub token_hex: Option<&'a str>,
}

impl Command {
    /// The command of a name.
    ///
    /// # Errors
    ///
    /// `unsupported_command` for a name that nobody knows, otherwise what is wrong with the
    /// parameters it needs.
    pub fn named(name: &str, params: &Params<'_>) -> Result<Self, EncodeError> {
        let known = COMMANDS.iter().find(|known| known.name == name);
        let does = known.ok_or(EncodeError::UnsupportedCommand)?.does;
        Ok(match does {
            Does::Read(di) => Self::Read(Di(di)),
            Does::ReadPhase(layout) => Self::Read(params.item(layout)?.di),
            Does::OpenRelay => Self::OpenRelay(params.password()?),
            Does::CloseRelay => Self::CloseRelay(params.password()?),
            Does::SetDate => Self::SetDate(params.date()?, params.password()?),
            Does::SetTime => Self::SetTime(params.time()?, params.password()?),
            Does::Deliver => Self::Deliver(TokenBytes::parse(given(params.token)?)?),
            Does::DeliverHex => Self::Deliver(TokenBytes::parse_hex(given(params.token_hex)?)?),
            Does::Dlms(asks) => Self::Dlms(asks),
        })
    }
}

fn given(token: Option<&str>) -> Result<&str, EncodeError> {
    token.ok_or(EncodeError::MissingToken)
}

/// A number that fits, or nothing.
fn small<T: TryFrom<i64>>(number: Option<i64>) -> Option<T> {
    number.and_then(|number| T::try_from(number).ok())
}

impl Params<'_> {
    fn item(&self, layout: Layout) -> Result<&'static Item, EncodeError> {
        let phase = self.phase.and_then(Phase::parse);
        phase
            .and_then(|phase| Item::of_phase(layout, phase))
            .ok_or(EncodeError::InvalidPhase)
    }

    fn password(&self) -> Result<Password, EncodeError> {
        self.password
            .map_or(Ok(Password::default()), Password::parse)
    }

    fn date(&self) -> Result<Date, EncodeError> {
        match (small(self.year), small(self.month), small(self.day)) {
            (Some(year), Some(month), Some(day)) => Date::new(year, month, day),
            _ => Err(EncodeError::InvalidDate),
        }
    }

    fn time(&self) -> Result<TimeOfDay, EncodeError> {
        let second = small(self.second.or(Some(0)));
        match (small(self.hour), small(self.minute), second) {
            (Some(hour), Some(minute), Some(second)) => TimeOfDay::new(hour, minute, second),
            _ => Err(EncodeError::InvalidTime),
        }
    }
}
