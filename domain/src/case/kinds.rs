//! What the list of its chapter says of each kind of event: how it is called, where people find it, by which
//! command it is recorded, what it is about.

use super::chapters::chapters;
use super::event::Event;
use super::order::Before;
use crate::language::Sentence;
use crate::text::Code;
use crate::time::Instant;

macro_rules! names {
    ($( $( #[$about:meta] )* $folder:ident $chapter:ident $name:literal; )*) => {
        /// A chapter of a case, by which people look for what happened.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Chapter {
            $( $( #[$about] )* $chapter, )*
        }

        impl Chapter {
            /// All, in the order of a case.
            pub const ALL: [Self; [$( $name ),*].len()] = [$( Self::$chapter, )*];

            /// The stable name, as in addresses.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$chapter => $name, )* }
            }
        }
    };
}

chapters!(chapters => names);

/// The second where there is one, else the first.
macro_rules! or {
    ($default:expr,) => {
        $default
    };
    ($default:expr, $said:expr) => {
        $said
    };
}

macro_rules! kinds {
    ($(
        { $( #[$about:meta] )* $folder:ident $chapter:ident $name:literal } { $(
            $( #[$doc:meta] )*
            $event:ident($facts:ty, $personal:ty) { $( $revision:literal $( => $step:expr )? ),+ } {
                title: $vi:literal, $en:literal,
                $( by: $command:literal, )?
                $( of: $other:ident, )?
                after: [$( $before:ident ),*],
                $( at: $at:ident, )?
                $( about: $key:ident, )?
                $( danger: $danger:ident, )?
            }
        )* }
    )*) => {
        impl Event {
            /// What this kind of event is called, where a sentence names one.
            #[must_use]
            pub fn title(&self) -> Sentence {
                match self { $( $( Self::$event(_) => Sentence::new($vi, $en), )* )* }
            }

            /// The chapter in which people find it.
            #[must_use]
            pub const fn chapter(&self) -> Chapter {
                match self {
                    $( $( Self::$event(_) => or!(Chapter::$chapter, $( Chapter::$other )?), )* )*
                }
            }

            /// The command that records events of this kind; none for what is recorded by the system
            /// itself, and for corrections, which nothing records again.
            #[must_use]
            pub const fn command(&self) -> Option<&'static str> {
                match self { $( $( Self::$event(_) => or!(None, $( Some($command) )?), )* )* }
            }

            /// What must lie before it, in the order in which it is asked.
            pub(super) const fn after(&self) -> &'static [Before] {
                match self { $( $( Self::$event(_) => &[$( Before::$before ),*], )* )* }
            }

            /// When it happened, where the event itself says so; else the envelope does.
            #[must_use]
            pub fn own_instant(&self) -> Option<Instant> {
                match self {
                    $( $( $( Self::$event(e) => Some(e.facts.$at), )? )* )*
                    _ => None,
                }
            }

            /// The item, referral, examination or placement that the event is about.
            #[must_use]
            pub fn key(&self) -> Option<&Code> {
                match self {
                    $( $( $( Self::$event(e) => Option::from(&e.facts.$key), )? )* )*
                    _ => None,
                }
            }

            /// Whether somebody saw the child in danger after the first look.
            #[must_use]
            pub fn danger_seen(&self) -> bool {
                let seen = match self {
                    $( $( $( Self::$event(e) => e.facts.$danger, )? )* )*
                    _ => None,
                };
                seen == Some(true)
            }
        }
    };
}

chapters!(events => kinds);
