//! What a subject tells the law. The law counts, opens, ends and passes on obligations; what an event is
//! about, which seats there are and what a condition means only the subject knows.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::Arc;

use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::definition::Step;
use super::obligation::Obligation;
use super::seat::{Passage, Seat};
use crate::calendar::Calendar;
use crate::identity::Role;
use crate::language::Sentence;
use crate::log::Recorded;
use crate::time::Instant;
use crate::unit::Units;

/// A word of a procedure file that only the subject understands.
pub trait Word: Debug + Copy + PartialEq + DeserializeOwned + Serialize {}

impl<T: Debug + Copy + PartialEq + DeserializeOwned + Serialize> Word for T {}

/// A kind of stream whose obligations follow from a procedure.
pub trait Governed: Debug + Clone + 'static {
    /// What happens.
    type Event: Debug + Clone;
    /// What follows from it.
    type State;
    /// A small question to an event and the state after it (`when`, `unless`).
    type Condition: Word;
    /// From where a limit counts (`from`).
    type Start: Word;
    /// A due date that somebody set (`due`).
    type Fixed: Word;
    /// Whose unit owes a step (`accountable.unit`).
    type Owing: Word;
    /// A role that depends on the subject (`accountable.role`, where it is no [`Role`]).
    type Owed: Word;
    /// What a step repeats over (`each`).
    type Each: Word;
    /// A place from which one acts (`seat`).
    type Seat: Word;

    /// The commands that a procedure may name.
    const COMMANDS: &'static [&'static str];

    /// The start that is the beginning of the round.
    const ROUND: Self::Start;

    /// The start of a step that comes again and again.
    const SERIES: Self::Start;

    /// A start that is a date by itself: nothing counts from it, and a bound may be it.
    const DATE: Self::Start;

    /// The seat of whoever has the role.
    const ANYONE: Self::Seat;

    /// Whether a procedure may name this type of event.
    fn knows_event(event_type: &str) -> bool;

    /// The stored type of an event.
    fn event_type(event: &Self::Event) -> &'static str;

    /// The events as they are known now.
    fn effective(history: &[Recorded<Self::Event>]) -> Vec<Cow<'_, Recorded<Self::Event>>>;

    /// The state after one more event. What units became of each other is read in `units`.
    fn after(
        state: Option<Self::State>,
        recorded: &Recorded<Self::Event>,
        units: &Arc<Units>,
    ) -> Option<Self::State>;

    /// Whether the event changes what earlier ones are known to say.
    fn looks_back(event: &Self::Event) -> bool;

    /// The correction that the event confirms.
    fn confirms(event: &Self::Event) -> Option<Uuid>;

    /// The earlier event of which this one says only now what makes it count.
    fn tells_late(event: &Self::Event, state: &Self::State) -> Option<Uuid>;

    /// Why an obligation is gone that the event, which looks back, took away.
    fn taken_away(event: &Self::Event) -> Sentence;

    /// How much of the event counts.
    fn counts(recorded: &Recorded<Self::Event>, state: &Self::State) -> Counts<Self::Each>;

    /// Whether the subject lies outside what the main procedure is about.
    fn outside(state: &Self::State) -> bool;

    /// The round of the procedure.
    fn round(state: &Self::State) -> u32;

    /// When the round began.
    fn round_began(state: &Self::State) -> Instant;

    /// When the first round began.
    fn began(state: &Self::State) -> Option<Instant>;

    /// Whether the event may move the beginning of the round.
    fn moves_round(event: &Self::Event) -> bool;

    /// Whether a condition holds for the event, after which the subject is in `state`.
    fn holds(condition: Self::Condition, event: &Self::Event, state: &Self::State) -> bool;

    /// What is kept apart that the event begins, or does more for: a step that is kept apart (`apart`) is owed for it by
    /// this key.
    fn apart(recorded: &Recorded<Self::Event>, state: &Self::State) -> Option<String>;

    /// Where what the event begins was kept apart and is not any more: the version of the event until which it was.
    fn apart_until(recorded: &Recorded<Self::Event>, state: &Self::State) -> Option<i64>;

    /// For what the event is done.
    fn done_for(recorded: &Recorded<Self::Event>, state: &Self::State) -> DoneFor;

    /// What the event is about.
    fn key_of(event: &Self::Event) -> Option<String>;

    /// The things over which a step repeats, after the event.
    fn things(each: Self::Each, recorded: &Recorded<Self::Event>, state: &Self::State) -> Things;

    /// Whether the thing with this key still stands, where the subject can tell.
    fn stands(each: Self::Each, key: &str, state: &Self::State) -> Stands;

    /// The role that owes, where it depends on the subject.
    fn role(owed: Self::Owed, key: Option<&str>, state: &Self::State) -> Role;

    /// In which place of the subject the unit answers that owes.
    fn seat(owing: Self::Owing, role: Role, key: Option<&str>, state: &Self::State)
    -> Option<Seat>;

    /// Whether what this place owes passes on with the subject.
    fn goes_along(owing: Self::Owing) -> bool;

    /// Why what this place owes is over, if the place is gone.
    fn over(owing: Self::Owing, state: &Self::State) -> Option<Sentence>;

    /// Who may finish what was begun by another, since the subject was given to them.
    fn finishes(state: &Self::State) -> Option<&str>;

    /// The officer in charge for a role.
    fn officer(role: Role, state: &Self::State) -> Option<String>;

    /// The role for which another officer is in charge since the event.
    fn reassigns(event: &Self::Event) -> Option<Role>;

    /// Competence that passes with the event.
    fn passes(event: &Self::Event) -> Option<Passage<'_>>;

    /// The instant from which a limit counts.
    fn start(
        start: Self::Start,
        key: Option<&str>,
        recorded: &Recorded<Self::Event>,
        state: &Self::State,
    ) -> Instant;

    /// What is used up already of a limit that holds for several times together.
    fn used(start: Self::Start, key: Option<&str>, state: &Self::State) -> Option<Used>;

    /// Where the event makes known that more was used up of the limit of what `opened_by` opened: when it is due since then,
    /// and why.
    fn due_since(
        recorded: &Recorded<Self::Event>,
        opened_by: Uuid,
        state: &Self::State,
    ) -> Option<(Instant, Sentence)>;

    /// Whether the event, which ends a step, ends what `opened_by` opened.
    fn ends(recorded: &Recorded<Self::Event>, opened_by: Uuid, state: &Self::State) -> bool;

    /// The date that [`Self::DATE`] is.
    fn date(key: Option<&str>, state: &Self::State) -> Option<Instant>;

    /// Whether the event moves that date.
    fn moves_date(event: &Self::Event) -> bool;

    /// A due date that somebody set.
    fn fixed(
        fixed: Self::Fixed,
        owed: &Obligation,
        state: &Self::State,
        calendar: &Calendar,
    ) -> Option<Instant>;

    /// What is said where nobody set that date.
    fn unset(fixed: Self::Fixed) -> Option<Sentence>;
}

/// For what an event is done: what of it ends an obligation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneFor {
    /// The subject as a whole.
    pub whole: bool,
    /// The things with these keys.
    pub keys: Vec<String>,
}

impl DoneFor {
    /// Whether it may end what is owed for the thing with this key; none: for the subject.
    #[must_use]
    pub fn covers(&self, key: Option<&str>) -> bool {
        match key {
            None => self.whole,
            Some(key) => self.keys.iter().any(|own| own == key),
        }
    }
}

/// How much of an event counts for obligations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts<Each> {
    /// All of it.
    Whole,
    /// It ends nothing, and opens only what repeats over this.
    Opens(Each),
    /// It is only for what is kept apart.
    Apart,
    /// Nothing.
    Nothing,
}

/// The things over which a step repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Things {
    /// It opens for each of these.
    Of(Vec<Option<String>>),
    /// It opens for each of these; what is open for anything but `kept`, with its due date, falls away.
    Instead {
        /// For which it opens.
        of: Vec<String>,
        /// All that there are, with their due dates.
        kept: Vec<(String, Instant)>,
        /// Why the others fall away.
        why: Sentence,
    },
}

/// What is used up of a limit.
#[derive(Debug, Clone, Copy)]
pub struct Used {
    /// How much, in the unit of the limit; more than nothing.
    pub amount: u32,
    /// What is said of it: by how much is used, and how much is left.
    pub note: fn(u32, u32) -> Sentence,
}

/// Whether a thing still stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stands {
    /// It does, or the subject cannot tell.
    Still,
    /// It was answered.
    Answered,
    /// It is gone, and why.
    Gone(Sentence),
}

/// The role and place of who owes a step, in the words of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum OwedBy<Owed> {
    /// A role.
    Role(Role),
    /// A role that depends on the subject.
    Subject(Owed),
}

impl<S: Governed> Step<S> {
    /// The role that owes the step; `key` is the thing that it is about.
    pub(super) fn role(&self, key: Option<&str>, state: &S::State) -> Role {
        match &self.owed {
            OwedBy::Role(role) => *role,
            OwedBy::Subject(owed) => S::role(*owed, key, state),
        }
    }

    /// In which place of the subject the unit answers that owes the step.
    pub(super) fn seat(&self, key: Option<&str>, state: &S::State) -> Option<Seat> {
        S::seat(self.unit, self.role(key, state), key, state)
    }
}
