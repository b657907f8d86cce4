//! The chapters of a case. Each lists once, in its `mod.rs`, which commands it has, which events they record,
//! and what an act of another chapter may have to wait for. Here the lists are put together: what is made of
//! them stands in `command`, `event`, `kinds`, `order` and `state`.
//!
//! ```text
//! chapter! {
//!     /// What people find in it.
//!     folder of Chapter "name-in-addresses" {
//!         commands {
//!             "record-visit" => record_visit::RecordVisit,
//!         }
//!         events {
//!             /// Somebody visited.
//!             VisitRecorded(visit::VisitFacts, visit::VisitPersonal) { 1 => Same, 2 } {
//!                 title: "thăm trẻ", "visit",
//!                 by: "record-visit",      // the command; none for what the system records
//!                 of: File,                // only where people find it in another chapter
//!                 after: [FirstReceipt],   // the causes before which it cannot lie
//!                 at: visited_at,          // only where its facts say when it happened
//!                 about: item_id,          // only where its facts say which thing it is about
//!                 danger: danger_now,      // only where its facts say that the child is in danger
//!             }
//!         }
//!         causes {
//!             /// The first receipt of the case.
//!             FirstReceipt: "khi tiếp nhận thông tin", "receipt of the report" => first_receipt,
//!         }
//!     }
//! }
//! ```
//!
//! Forms are named as in `events`, a cause by the function in the `law` of its chapter that says when it was.

/// Lists a chapter.
macro_rules! chapter {
    (@list ($d:tt) $($list:tt)*) => {
        /// Hands this list on to who asks for all of them.
        macro_rules! list {
            ($d ($d asked:tt)*) => {
                $crate::case::chapters::chapters! { $d ($d asked)* $($list)* }
            };
        }
        pub(in crate::case) use list;
    };
    ($($list:tt)*) => {
        $crate::case::chapters::chapter! { @list ($) $($list)* }
    };
}
pub(in crate::case) use chapter;

/// Hands one part of all lists to a macro: `chapters`, `commands`, `events` or `causes`, each under the
/// folder of its chapter, in the order of a case.
macro_rules! chapters {
    ($part:ident => $then:ident) => {
        $crate::case::chapters::chapters! { @ask $part $then [
            reporting assessment safety planning services criminal care holding record correcting
            closing
        ] }
    };
    (@ask $part:ident $then:ident [$next:ident $($rest:ident)*] $($lists:tt)*) => {
        $crate::case::$next::list! { @ask $part $then [$($rest)*] $($lists)* }
    };
    (@ask $part:ident $then:ident [] $(
        $( #[$doc:meta] )*
        $folder:ident of $chapter:ident $name:literal {
            commands { $($commands:tt)* }
            events { $($events:tt)* }
            causes { $($causes:tt)* }
        }
    )*) => {
        $crate::case::chapters::chapters! { @$part $then $(
            { $( #[$doc] )* $folder $chapter $name }
            { $($commands)* } { $($events)* } { $($causes)* }
        )* }
    };
    (@chapters $then:ident $( { $($head:tt)* } $commands:tt $events:tt $causes:tt )*) => {
        $then! { $( $($head)*; )* }
    };
    (@commands $then:ident $( $head:tt { $($commands:tt)* } $events:tt $causes:tt )*) => {
        $then! { $( $head { $($commands)* } )* }
    };
    (@events $then:ident $( $head:tt $commands:tt { $($events:tt)* } $causes:tt )*) => {
        $then! { $( $head { $($events)* } )* }
    };
    (@causes $then:ident $( $head:tt $commands:tt $events:tt { $($causes:tt)* } )*) => {
        $then! { $( $head { $($causes)* } )* }
    };
}
pub(in crate::case) use chapters;
