//! `pass-competence`: by law, what a unit answered for passes to its successor, with all that is
//! open. For a unit that was divided a person says to which part; nothing is guessed.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bar, Example, Gate, Rule};
use crate::case::decide::Case;
use crate::case::succession::passed;
use crate::case::{About, CaseState, Context, Event, Rejection, Seat};
use crate::text::Line;
use crate::time::Date;
use crate::unit::{Fate, Unit, UnitReference};

/// Competence passes from the unit `from_unit`, which has ended, to its successor `to_unit`.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PassCompetence {
    /// The unit that has ended: its code as it was in this case, or its id.
    #[schemars(with = "UnitReference")]
    pub from_unit: String,
    /// Its successor: code or id.
    #[schemars(with = "UnitReference")]
    pub to_unit: String,
    /// The act of law by which it passes.
    pub legal_act: Line,
    /// The first day on which the successor is competent.
    pub effective: Date,
}

impl Example for PassCompetence {
    fn example() -> Value {
        json!({
            "from_unit": "19195",
            "to_unit": "19198",
            "legal_act": "1242/NQ-UBTVQH15",
            "effective": "2024-12-01",
        })
    }
}

impl Gate for PassCompetence {
    /// The units that have ended and still answer in the case, and who holds it.
    fn subjects<'a>(case: Case<'a>, context: &Context<'a>) -> Vec<About<'a>> {
        let due = case
            .state
            .passings_possible(context.units, context.now.date());
        due.into_iter()
            .map(|due| due.from.id.as_str())
            .chain([case.state.holder().unit()])
            .map(|unit| About {
                of_unit: Some(unit),
                ..About::default()
            })
            .collect()
    }

    fn stands(case: Case<'_>, about: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let from = about.of_unit.unwrap_or_default();
        let known = context.unit(from, false, "/from_unit");
        known.map_err(Bar::NoPlace)?;
        let mut possible = case
            .state
            .passings_possible(context.units, context.now.date())
            .into_iter();
        if possible.any(|due| named(due.from, from)) {
            return Ok(());
        }
        if let Some(unit) = ended(case.state, from, context) {
            return Err(Bar::NoPlace(not_a_successor(unit, &[], context)));
        }
        let passed = case.state.passings.iter().map(|passing| &passing.from);
        if passed
            .into_iter()
            .any(|unit| from == unit.id || from == unit.reference())
        {
            return Err(Bar::NoPlace(
                Rejection::procedure(
                    "already-passed",
                    "Thẩm quyền của đơn vị này trong vụ việc đã được chuyển.",
                    "The competence of this unit in this case has passed already.",
                    "",
                )
                .at("/from_unit"),
            ));
        }
        let stands = seats(case.state).any(|seat| {
            let version = seat.version(context.units);
            version.is_some_and(|unit| named(unit, from))
        });
        if stands {
            return Err(Bar::NoPlace(
                Rejection::procedure(
                    "unit-stands",
                    "Đơn vị này vẫn tồn tại nên thẩm quyền không chuyển theo sáp nhập. Nếu cần, hãy \
                     chuyển vụ việc.",
                    "This unit still exists, so nothing passes by succession. If need be, transfer the \
                     case.",
                    "",
                )
                .at("/from_unit"),
            ));
        }
        Err(Bar::NoPlace(
            Rejection::procedure(
                "not-of-this-case",
                "Đơn vị này không giữ và không có trách nhiệm trong vụ việc này.",
                "This unit neither holds this case nor answers for anything in it.",
                "",
            )
            .at("/from_unit"),
        ))
    }
}

impl Rule for PassCompetence {
    fn about<'a>(&'a self, _: &'a CaseState) -> About<'a> {
        About {
            of_unit: Some(&self.from_unit),
            ..About::default()
        }
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        context.unit(&self.to_unit, false, "/to_unit")?;
        let today = context.now.date();
        let effective = self.effective.0;
        if effective > today {
            return Err(Rejection::field(
                "/effective",
                "in-the-future",
                "Ngày này ở tương lai. Chỉ chuyển thẩm quyền từ ngày văn bản có hiệu lực trở đi.",
                "This day lies in the future. Competence passes only once the act is in force.",
            ));
        }
        let Some(from) = ended(state, &self.from_unit, context) else {
            return Ok(vec![]);
        };
        if from.to.is_some_and(|last| effective <= last) {
            return Err(Rejection::field(
                "/effective",
                "before-the-succession",
                format!(
                    "{} còn tồn tại vào ngày này. Hãy kiểm tra lại ngày.",
                    from.name
                ),
                format!("{} still existed on this day. Check the date.", from.name),
            ));
        }
        let to = self.to(from, context)?;
        Ok(vec![passed(from, to, &self.legal_act, self.effective)])
    }
}

/// Whether the unit is meant by `name`: its code as it was in this case, or its id.
fn named(unit: &Unit, name: &str) -> bool {
    name == unit.id || name == unit.reference()
}

fn seats(state: &CaseState) -> impl Iterator<Item = &Seat> {
    state.seats().chain(state.agency_seats())
}

/// The unit of this case that has ended and that is meant by `name`.
fn ended<'a>(state: &CaseState, name: &str, context: &Context<'a>) -> Option<&'a Unit> {
    let today = context.now.date();
    let mut ended = seats(state).filter_map(|seat| seat.ended(context.units, today));
    ended.find(|unit| named(unit, name))
}

impl PassCompetence {
    /// The unit to which it passes: one that came out of the old one, by the register.
    fn to<'a>(&self, from: &Unit, context: &Context<'a>) -> Result<&'a Unit, Rejection> {
        let effective = self.effective.0;
        let fate = context.units.current(&from.id, effective, effective);
        let fate = fate.unwrap_or(Fate::Divided(Vec::new()));
        let units = fate.units();
        let meant = |unit: &&&Unit| self.to_unit == unit.id || self.to_unit == unit.reference();
        if let Some(unit) = units.iter().find(meant) {
            return Ok(unit);
        }
        Err(not_a_successor(from, units, context))
    }
}

fn not_a_successor(from: &Unit, units: &[&Unit], context: &Context<'_>) -> Rejection {
    let names: Vec<_> = units
        .iter()
        .map(|unit| format!("{} ({})", context.units.full_name(unit), unit.reference()))
        .collect();
    let names = names.join("; ");
    Rejection::procedure(
        "not-a-successor",
        format!(
            "Đây không phải đơn vị kế tục của {}. Đơn vị kế tục: {names}.",
            from.name
        ),
        format!(
            "This is no successor of {}. Its successors: {names}.",
            from.name
        ),
        "",
    )
    .at("/to_unit")
}

#[cfg(test)]
mod tests;
