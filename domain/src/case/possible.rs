//! What is possible in a case: of every command, whether [`decide`](super::decide()) would take it now
//! from this actor, and if not, what it would say. Nothing is asked here that is not asked there.

use uuid::Uuid;

use super::competent::competent;
use super::decide::Case;
use super::gate::{Bar, Gates, OnClosed, closed};
use super::{About, Command, Context, Rejection};
use crate::text::Code;

/// How a command stands in a case for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can be given now: there are values with which it is taken.
    Now,
    /// Only with values that the rule excepts, such as danger to the child on a closed case; else it is
    /// refused so.
    Only(Rejection),
    /// Something has to come first: whatever its values, it is refused so.
    NotYet(Rejection),
    /// It is not for this role or seat, was done already, or the case has nothing that it could be about:
    /// whatever its values, it is refused so.
    NoPlace(Rejection),
}

impl Standing {
    /// Whether it can be given now.
    #[must_use]
    pub fn is_now(&self) -> bool {
        matches!(self, Self::Now)
    }

    /// What is said to who gives it nevertheless.
    #[must_use]
    pub const fn refusal(&self) -> Option<&Rejection> {
        match self {
            Self::Now => None,
            Self::Only(refusal) | Self::NotYet(refusal) | Self::NoPlace(refusal) => Some(refusal),
        }
    }

    /// The nearer to being possible, the higher.
    const fn rank(&self) -> u8 {
        match self {
            Self::NoPlace(_) => 0,
            Self::NotYet(_) => 1,
            Self::Only(_) => 2,
            Self::Now => 3,
        }
    }
}

/// A command and how it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Possibility {
    /// The command, by its name.
    pub command: &'static str,
    /// How it stands.
    pub standing: Standing,
}

/// How every command stands in `case` for the actor of `context`, given now, in the order of
/// [`Command::NAMES`]. What can be about several things stands as it does for the one that is nearest.
#[must_use]
pub fn possible(case: Case<'_>, context: &Context<'_>) -> Vec<Possibility> {
    let all = Command::GATES.iter();
    all.map(|(command, gates)| Possibility {
        command,
        standing: nearest(command, gates, case, context),
    })
    .collect()
}

/// How one command stands about the thing of the case that `key` names: an item of the plan, a referral,
/// an examination, a placement or an officer by its id, an event by its id, a unit by its code. None
/// where there is no such command.
#[must_use]
pub fn possible_about(
    command: &str,
    key: &str,
    case: Case<'_>,
    context: &Context<'_>,
) -> Option<Standing> {
    let (command, gates) = Command::GATES.iter().find(|(name, _)| *name == command)?;
    let subjects = (gates.subjects)(case, context);
    let meant = subjects.iter().find(|about| about.is_called(key));
    // A command about the case as a whole stands the same, whatever else an address names.
    let whole = subjects.iter().find(|about| about.is_whole());
    let id = Code::parse(key).ok();
    let unknown = || About {
        key: id.as_ref(),
        event: Uuid::parse_str(key).ok(),
        of_unit: Some(key),
        ..About::default()
    };
    let about = meant.or(whole).copied().unwrap_or_else(unknown);
    Some(standing(command, gates, case, &about, context))
}

fn nearest(command: &str, gates: &Gates, case: Case<'_>, context: &Context<'_>) -> Standing {
    let mut best: Option<Standing> = None;
    for about in (gates.subjects)(case, context) {
        let one = standing(command, gates, case, &about, context);
        if one.is_now() {
            return one;
        }
        if best.as_ref().is_none_or(|best| best.rank() < one.rank()) {
            best = Some(one);
        }
    }
    best.unwrap_or_else(|| standing(command, gates, case, &About::default(), context))
}

/// The questions of [`decide`](super::decide()) in its order, without those about values.
fn standing(
    command: &str,
    gates: &Gates,
    case: Case<'_>,
    about: &About<'_>,
    context: &Context<'_>,
) -> Standing {
    if let Err(refusal) = competent(command, gates, about, Some(case), context) {
        return Standing::NoPlace(refusal);
    }
    let on = gates.on(case.state, context);
    if on == OnClosed::Refused {
        return Standing::NoPlace(closed());
    }
    let barred = gates
        .within_decree(case.state)
        .map_err(Bar::NoPlace)
        .and_then(|()| (gates.stands)(case, about, context));
    match (on, barred) {
        (OnClosed::ByValues, Err(_)) => Standing::NoPlace(closed()),
        (OnClosed::ByValues, Ok(())) => Standing::Only(closed()),
        (_, Ok(())) => Standing::Now,
        (_, Err(Bar::NotYet(refusal))) => Standing::NotYet(refusal),
        (_, Err(Bar::NoPlace(refusal))) => Standing::NoPlace(refusal),
    }
}
