//! Given, when, then: a history told as accepted commands, one more command, and what comes of it.
//! For the tests beside each command.

use serde_json::Value;
use uuid::Uuid;

use super::{Case, CaseState, CaseView, Command, Context, FieldError, Recorded, Rejection, decide};
use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::identity::{Actor, Role};
use crate::law::{Obligation, derive_obligations};
use crate::time::Instant;
use crate::unit::Units;

#[path = "../../tests/properties/samples.rs"]
mod samples;
pub(crate) use samples::*;

/// A history. Nothing has happened yet.
pub(crate) fn given() -> Given {
    Given(Case::new(Units::shipped()))
}

/// What has happened so far.
#[derive(Debug, Clone)]
pub(crate) struct Given(Case);

/// What came of a command: the new history, or the refusal.
#[derive(Debug)]
pub(crate) struct Outcome {
    before: usize,
    result: Result<Given, Refusal>,
}

/// Refused by the reader or by the decision.
#[derive(Debug)]
pub(crate) enum Refusal {
    Field(FieldError),
    Rejected(Box<Rejection>),
}

impl Refusal {
    fn code(&self) -> &str {
        match self {
            Self::Field(field) => field.code,
            Self::Rejected(rejection) => rejection.code,
        }
    }

    fn pointer(&self) -> Option<&str> {
        match self {
            Self::Field(field) => Some(&field.pointer),
            Self::Rejected(rejection) => rejection.field.as_deref(),
        }
    }
}

impl Given {
    /// The command is given at a minute of 2024 (`MM-DD HH:MM`).
    pub(crate) fn when(&self, clock: &str, who: As, command: Value) -> Outcome {
        Outcome {
            before: self.0.history().len(),
            result: self.play(clock, who, command),
        }
    }

    /// The command was given and accepted.
    #[track_caller]
    pub(crate) fn and(&self, clock: &str, who: As, command: Value) -> Given {
        let text = command.to_string();
        match self.play(clock, who, command) {
            Ok(given) => given,
            Err(refusal) => panic!("{text}\nwas refused: {refusal:#?}"),
        }
    }

    /// The same, after somebody looked at the other case that it names: nothing there is like this one.
    pub(crate) fn when_unlike(&self, clock: &str, who: As, command: Value) -> Outcome {
        Outcome {
            before: self.0.history().len(),
            result: self.play_beside(clock, who, command, Some(false)),
        }
    }

    fn play(&self, clock: &str, who: As, command: Value) -> Result<Given, Refusal> {
        self.play_beside(clock, who, command, None)
    }

    fn play_beside(
        &self,
        clock: &str,
        who: As,
        command: Value,
        other_case_alike: Option<bool>,
    ) -> Result<Given, Refusal> {
        let command = Command::from_json(command).map_err(Refusal::Field)?;
        let now = Instant::parse(&t(clock)).unwrap();
        let actor = Actor::new(Role::parse(who.0).unwrap(), who.1);
        let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
        let context = Context {
            other_case_alike,
            ..Context::new(now, &actor, &procedure, &calendar)
        };
        let events = decide(CaseView::of(&self.0), &command, &context)
            .map_err(|rejection| Refusal::Rejected(Box::new(rejection)))?;
        let mut case = self.0.clone();
        for decided in events {
            let version = i64::try_from(case.history().len()).unwrap() + 1;
            case = case.evolve(Recorded {
                event_id: Uuid::from_u128(version.unsigned_abs().into()),
                version,
                position: version,
                occurred_at: decided.occurred_at,
                recorded_at: now,
                actor: actor.clone(),
                event: decided.event,
                older: None,
                cause: crate::log::Cause::default(),
            });
        }
        assert_eq!(Case::fold(case.history().to_vec(), Units::shipped()), case);
        Ok(Given(case))
    }

    /// A history that no command of today gives.
    pub(crate) fn told(history: impl IntoIterator<Item = Recorded>) -> Self {
        Self(Case::fold(history, Units::shipped()))
    }

    /// Everything that was recorded.
    pub(crate) fn history(&self) -> &[Recorded] {
        self.0.history()
    }

    /// The state.
    pub(crate) fn state(&self) -> &CaseState {
        self.0.state().unwrap()
    }

    /// The id of the last event of a type.
    pub(crate) fn event(&self, event_type: &str) -> Uuid {
        let mut events = self.0.history().iter().rev();
        let found = events.find(|e| e.event.event_type() == event_type);
        found.unwrap_or_else(|| panic!("no {event_type}")).event_id
    }

    /// Every obligation as of a minute of 2024.
    pub(crate) fn obligations(&self, clock: &str) -> Vec<Obligation> {
        let now = Instant::parse(&t(clock)).unwrap();
        let history = self.0.history();
        derive_obligations(history, &Procedure::shipped(), &Calendar::shipped(), now)
    }

    /// The last obligation of a step, as `state due` (`-` where nothing is due).
    pub(crate) fn obligation(&self, step: &str, clock: &str) -> String {
        let all = self.obligations(clock);
        let Some(found) = all.iter().rev().find(|o| o.step == step) else {
            return "none".into();
        };
        let state = serde_json::to_value(found.state).unwrap();
        let due = found.due_at.map_or("-".into(), short);
        format!("{} {due}", state.as_str().unwrap())
    }

    /// The unit that owes the last obligation of a step.
    pub(crate) fn owed_by(&self, step: &str) -> Option<String> {
        let all = self.obligations("12-31 00:00");
        let found = all.into_iter().rev().find(|o| o.step == step);
        found.and_then(|o| o.accountable.unit)
    }

    /// The steps that are open, in the order in which they arose.
    pub(crate) fn open(&self) -> Vec<String> {
        let all = self.obligations("12-31 00:00");
        let open = all.into_iter().filter(Obligation::is_open);
        open.map(|o| o.step).collect()
    }
}

fn short(at: Instant) -> String {
    at.local().format("%m-%d %H:%M").to_string()
}

impl Outcome {
    /// These events, in this order.
    #[track_caller]
    pub(crate) fn then(self, events: &[&str]) -> Given {
        match self.result {
            Ok(given) => {
                let new = &given.0.history()[self.before..];
                let new: Vec<_> = new.iter().map(|e| e.event.event_type()).collect();
                assert_eq!(new, events);
                given
            }
            Err(refusal) => panic!("refused: {refusal:#?}"),
        }
    }

    /// The new history, where it was accepted.
    pub(crate) fn accepted(self) -> Option<Given> {
        self.result.ok()
    }

    /// The refusal.
    #[track_caller]
    pub(crate) fn refusal(self) -> Rejection {
        match self.result {
            Err(Refusal::Rejected(rejection)) => *rejection,
            Err(Refusal::Field(field)) => panic!("refused by its form: {field:?}"),
            Ok(given) => panic!("accepted: {:#?}", given.0.history().last()),
        }
    }

    /// Refused with this code.
    #[track_caller]
    pub(crate) fn then_refused(self, code: &str) {
        match self.result {
            Err(refusal) => assert_eq!(refusal.code(), code, "{refusal:#?}"),
            Ok(given) => panic!("accepted: {:#?}", given.0.history().last()),
        }
    }

    /// Refused with this code because of this field.
    #[track_caller]
    pub(crate) fn then_refused_at(self, code: &str, pointer: &str) {
        match self.result {
            Err(refusal) => {
                assert_eq!((refusal.code(), refusal.pointer()), (code, Some(pointer)));
            }
            Ok(given) => panic!("accepted: {:#?}", given.0.history().last()),
        }
    }
}

/// The commune received a report on Monday 11 March 2024 at 9:00.
pub(crate) fn reported() -> Given {
    given().and("03-11 09:00", OFFICER, report("03-11 09:00"))
}

/// And assessed it at 11:00: no emergency.
pub(crate) fn assessed() -> Given {
    reported().and("03-11 11:00", OFFICER, assess(false, false))
}

/// The assessed case went to the other commune, which took it on Thursday.
pub(crate) fn accepted() -> Given {
    assessed().and("03-13 09:00", OFFICER, transfer(OTHER)).and(
        "03-14 10:00",
        OTHER_OFFICER,
        accept_transfer(),
    )
}

/// The commune was told this and nothing else happened.
pub(crate) fn reported_with(told: Value) -> Given {
    given().and("03-11 09:00", OFFICER, told)
}

/// A report of crime was passed to the investigating body of the province on Tuesday.
pub(crate) fn passed() -> Given {
    assessed().and("03-12 09:00", OFFICER, pass_crime())
}

/// A family in the other commune was verified on Thursday.
pub(crate) fn carer_verified() -> Given {
    assessed()
        .and("03-13 09:00", OFFICER, propose_placement(OTHER))
        .and("03-14 09:00", OTHER_OFFICER, verify_carer(true))
}

/// And their commune decided on Friday.
pub(crate) fn placement_decided() -> Given {
    carer_verified().and("03-15 09:00", OTHER_CHAIR, decide_placement(OTHER))
}

/// And the child was handed over on Friday, 29 March.
pub(crate) fn placed() -> Given {
    placement_decided().and("03-29 09:00", OTHER_OFFICER, hand_over())
}

/// And found an emergency instead.
pub(crate) fn emergency() -> Given {
    reported().and("03-11 11:00", OFFICER, assess(true, true))
}

/// And in detail on Tuesday; the meeting was on Wednesday.
pub(crate) fn met() -> Given {
    assessed()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
}

/// A plan with the one item `p1` was submitted on Thursday.
pub(crate) fn submitted() -> Given {
    met().and("03-14 09:00", OFFICER, submit())
}

/// And approved on Friday.
pub(crate) fn approved() -> Given {
    submitted().and("03-15 09:00", CHAIR, approve())
}

/// Its item was completed on 28 March.
pub(crate) fn carried_out() -> Given {
    approved().and("03-28 09:00", OFFICER, complete("p1"))
}

/// And reviewed on 29 March: safe and stable.
pub(crate) fn reviewed() -> Given {
    carried_out().and("03-29 09:00", OFFICER, review(true, true))
}

/// Grave on 11 March and nobody protected; the review of 29 March found the child safe and stable.
pub(crate) fn found_safe_without_a_measure() -> Given {
    emergency()
        .and("03-12 09:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
        .and("03-14 09:00", OFFICER, submit())
        .and("03-15 09:00", CHAIR, approve())
        .and("03-28 09:00", OFFICER, complete("p1"))
        .and("03-29 09:00", OFFICER, review(true, true))
}

/// The reviewed case was closed on 1 April.
pub(crate) fn closed() -> Given {
    reviewed().and("04-01 09:00", CHAIR, close("safe-and-stable"))
}

/// The child was separated on 12 March until 20 March.
pub(crate) fn separated() -> Given {
    emergency().and("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-20"))
}
