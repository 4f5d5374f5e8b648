//! What the table of payloads is made into: for each row a struct that is read, written and shown.

use crate::value::Also;

/// One field of a payload, for the documentation.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its raw value's name.
    pub name: &'static str,
    /// Where it begins, counted from the first byte behind the data identifier.
    pub at: usize,
    /// Its bytes.
    pub size: usize,
    /// How it stands there.
    pub how: &'static str,
    /// What else is shown of it.
    pub also: Also,
    /// What it is, in one line.
    pub what: &'static str,
}

macro_rules! also {
    () => {
        Also::Nothing
    };
    ($also:expr) => {
        $also
    };
}

macro_rules! layouts {
    ($(
        $(#[doc = $what:literal])* $layout:ident $(, refused as $error:ident unless $real:expr,)? {
            $($(#[doc = $meaning:literal])* $field:ident: $value:ty = $form:ty $(, $also:expr)?;)*
        }
    )*) => {
        /// Which fields a payload has.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Layout { $($(#[doc = $what])* $layout,)* }

        /// A payload that was read.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Payload { $($(#[doc = $what])* $layout($layout),)* }

        $(
            $(#[doc = $what])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub struct $layout { $($(#[doc = $meaning])* pub $field: $value,)* }

            impl $layout {
                const SIZE: usize = 0 $(+ <$form as Form>::SIZE)*;

                #[inline]
                fn read(data: Masked<'_>) -> Result<(Self, Masked<'_>), DecodeError> {
                    if data.len() < Self::SIZE {
                        return Err(DecodeError::PayloadLength);
                    }
                    $(let ($field, data) = <$form>::read(data)?;)*
                    let payload = Self { $($field,)* };
                    $(
                        let real: fn(&Self) -> bool = $real;
                        if !real(&payload) {
                            return Err(DecodeError::$error);
                        }
                    )?
                    Ok((payload, data))
                }

                /// A function of its own for each layout: put together in one, each value would
                /// be moved about in memory before it reaches its place.
                #[inline(never)]
                fn uplink<'a>(
                    address: Address,
                    item: &'static Item,
                    data: Masked<'a>,
                ) -> Result<Uplink<'a>, DecodeError> {
                    let (payload, extra) = Self::read(data)?;
                    let payload = Payload::$layout(payload);
                    Ok(Uplink::Reading(Reading { address, item, payload, extra }))
                }
            }
        )*

        impl Layout {
            /// Bytes of the payload; more may follow and are kept.
            pub fn size(self) -> usize {
                match self { $(Self::$layout => $layout::SIZE,)* }
            }

            /// The fields in the order of the wire.
            pub fn fields(self) -> Vec<Field> {
                let mut fields = Vec::new();
                match self {
                    $(Self::$layout => {
                        $(fields.push(Field {
                            name: stringify!($field),
                            at: fields.last().map_or(0, |last: &Field| last.at + last.size),
                            size: <$form as Form>::SIZE,
                            how: <$form as Form>::HOW,
                            also: also!($($also)?),
                            what: concat!($($meaning),*).trim_ascii(),
                        });)*
                    })*
                }
                fields
            }

            /// The payload whose raw values were told.
            pub(crate) fn told(self, told: &dyn Told) -> Option<Payload> {
                Some(match self {
                    $(Self::$layout => Payload::$layout($layout {
                        $($field: <$form as Form>::told(stringify!($field), told)?,)*
                    }),)*
                })
            }

            /// Reads a payload of this layout, and keeps what follows it.
            pub(crate) fn read<'a>(
                self,
                address: Address,
                item: &'static Item,
                data: Masked<'a>,
            ) -> Result<Uplink<'a>, DecodeError> {
                match self {
                    $(Self::$layout => $layout::uplink(address, item, data),)*
                }
            }
        }

        impl Payload {
            /// Which fields it has.
            pub fn layout(&self) -> Layout {
                match self { $(Self::$layout(_) => Layout::$layout,)* }
            }

            /// Tells each field with its name.
            pub fn each(&self, visit: &mut Visit<'_>) {
                match self {
                    $(Self::$layout($layout { $($field),* }) => {
                        $(<$form>::show(*$field, stringify!($field), also!($($also)?), visit);)*
                    })*
                }
            }

            /// Whether these bytes are read as this payload.
            fn is_read_from(&self, data: Masked<'_>) -> bool {
                match self {
                    $(Self::$layout(payload) => {
                        $layout::read(data).is_ok_and(|(read, _)| read == *payload)
                    })*
                }
            }

            /// Appends the bytes without the mask.
            fn append(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$layout($layout { $($field),* }) => {
                        $(<$form>::write(*$field, out);)*
                    })*
                }
            }
        }
    };
}

pub(crate) use {also, layouts};
