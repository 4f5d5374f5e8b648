//! How many homes may lose their supply by our hand: the blast radius.

/// Over which time acts are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// The last hour.
    Hour,
    /// The last day.
    Day,
}

/// How many darkening acts a site and the fleet allow. Unknown ones and those in flight count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blast {
    /// Per cent of a site's homes in an hour; at least one home.
    pub hour_percent: u32,
    /// Per cent of a site's homes in a day; at least two homes.
    pub day_percent: u32,
    /// Homes of the whole fleet in a day.
    pub fleet_day: u32,
}

impl Default for Blast {
    /// DESIGN 5.2: max(1, 5 %) of a site an hour, max(2, 10 %) a day, and a cap for the fleet.
    fn default() -> Self {
        Self {
            hour_percent: 5,
            day_percent: 10,
            fleet_day: 100,
        }
    }
}

impl Blast {
    /// How many darkening acts a site of so many homes allows within this span. Part of a home is
    /// no home: 5 % of 39 homes is one.
    pub fn of_site(&self, homes: u32, span: Span) -> u32 {
        let (percent, least) = match span {
            Span::Hour => (self.hour_percent, 1),
            Span::Day => (self.day_percent, 2),
        };
        let share = u64::from(homes) * u64::from(percent) / 100;
        u32::try_from(share).unwrap_or(u32::MAX).max(least)
    }
}

#[cfg(test)]
mod tests {
    use super::{Blast, Span};

    #[test]
    fn a_site_of_ten_homes_and_one_of_ten_thousand_have_their_limits() {
        let blast = Blast::default();
        let of = |homes| {
            (
                blast.of_site(homes, Span::Hour),
                blast.of_site(homes, Span::Day),
            )
        };
        assert_eq!(of(1), (1, 2));
        assert_eq!(of(10), (1, 2));
        assert_eq!(of(39), (1, 3));
        assert_eq!(of(10_000), (500, 1_000));
        assert_eq!(of(u32::MAX).0, 214_748_364, "nothing overflows");
    }
}
