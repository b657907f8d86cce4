//! `worklist`: every obligation of every case, open or ended. Who owes what by when is derived from
//! the events anew each time one is added; that something is overdue is never stored, but decided
//! when it is asked for.

mod borders;
mod few;
mod in_order;
mod listing;
mod lists;
mod owed;
mod query;
mod row;

use domain::case::Case;
use domain::identity::Role;
use domain::law::{LimitUnit, Obligation};
use domain::time::Instant;
use serde_json::json;
use uuid::Uuid;

use crate::case::Folded;
use crate::case_status::in_emergency;
use crate::model::{About, Model};
use crate::recorded::CASE;
use crate::table::{Index, Kind, Moves, Row, Table};

pub use owed::Owed;
pub use row::{Group, GroupCount, Owing, WorkFilter, WorkPage, WorkRow};

/// The read model.
pub(crate) struct Worklist;

const TABLES: &[Table] = &[WORK, listing::LISTING];

const WORK: Table = Table {
    name: "worklist",
    columns: &[
        ("case_id", Kind::Uuid),
        ("ordinal", Kind::Integer),
        ("step", Kind::Text),
        ("item", Kind::Text),
        ("cycle", Kind::Integer),
        ("role", Kind::Text),
        ("unit", Kind::Text),
        ("officer", Kind::Text),
        ("opened_at", Kind::Instant),
        ("opened_by", Kind::Text),
        ("opened_by_event", Kind::Uuid),
        ("due_at", Kind::Instant),
        ("bound_at", Kind::Instant),
        ("act_by", Kind::Instant),
        ("immediately", Kind::Boolean),
        ("urgent", Kind::Boolean),
        ("limit_amount", Kind::Integer),
        ("limit_unit", Kind::Text),
        ("ended_at", Kind::Instant),
        ("ended_recorded_at", Kind::Instant),
        ("ended_by", Kind::Text),
        ("ended_by_event", Kind::Uuid),
        ("waived", Kind::Boolean),
        ("form", Kind::Text),
        ("legal_basis", Kind::Text),
        ("procedure", Kind::Text),
        ("notes", Kind::Json),
        ("climb_at", Kind::Instant),
        ("climb_role", Kind::Text),
        ("climb_unit", Kind::Text),
        ("outcome", Kind::Text),
        ("late_seconds", Kind::Integer),
        ("counted_due_at", Kind::Instant),
        ("unconfirmed", Kind::Boolean),
        ("also", Kind::Text),
        ("corrected_at", Kind::Instant),
        ("corrected_by_event", Kind::Uuid),
        ("tells_role", Kind::Text),
        ("tells_unit", Kind::Text),
        ("late_role", Kind::Text),
        ("late_unit", Kind::Text),
        ("late_officer", Kind::Text),
    ],
    key: &["case_id", "ordinal"],
    indexes: &[
        Index::only("open", "role, unit", "ended_at IS NULL"),
        Index::only("open_by_step", "step", "ended_at IS NULL"),
        Index::only("open_by_act_by", "act_by", "ended_at IS NULL"),
        Index::only(
            "ended_by_step",
            "step, ended_recorded_at",
            "ended_at IS NOT NULL",
        ),
        Index::only("corrected", "corrected_at", "corrected_at IS NOT NULL"),
    ],
    moves: Moves::Whole,
    counts: None,
};

const ABOUT: About = About {
    name: "worklist",
    of: CASE,
    version: 9,
    reads_from: 9,
    by_rules: true,
    tables: TABLES,
};

impl Model for Worklist {
    type Subject = Case;

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn rows(&self, folded: &Folded<'_>) -> Vec<Vec<Row>> {
        let obligations = folded.obligations.iter().enumerate();
        vec![
            obligations
                .map(|(ordinal, obligation)| row(folded, ordinal, obligation))
                .collect(),
            listing::rows(folded),
        ]
    }
}

fn row(folded: &Folded<'_>, ordinal: usize, obligation: &Obligation) -> Row {
    let act_by = obligation.act_by();
    let owing = obligation.accountable.unit.as_deref();
    let emergency = in_emergency(folded.state);
    let urgent = act_by.is_none() && (emergency || obligation.immediately);
    let climbs = obligation.climbs.as_ref();
    let counted = &folded.counted[ordinal];
    let told = told(folded, obligation);
    let late_under = obligation.late_under.as_ref();
    let register = &folded.state.units;
    let notes = json!({
        "due": obligation.due_note,
        "bound": obligation.bound.as_ref().map(|bound| &bound.why),
        "waived": obligation.waived_because,
    });
    let unit_of_limit = obligation.limit.map(|limit| match limit.unit {
        LimitUnit::Hour => "hour",
        LimitUnit::WorkingDay => "working-day",
        LimitUnit::CalendarDay => "calendar-day",
        LimitUnit::Month => "month",
    });
    vec![
        folded.id.into(),
        ordinal.into(),
        (&obligation.step).into(),
        obligation.item.as_ref().into(),
        obligation.cycle.into(),
        obligation.accountable.role.name().into(),
        owing.map(|unit| register.kept(unit)).into(),
        obligation.accountable.officer.as_ref().into(),
        obligation.opened_at.into(),
        obligation.opened_by.into(),
        obligation.opened_by_event.into(),
        obligation.due_at.into(),
        obligation.bound.as_ref().map(|bound| bound.at).into(),
        act_by.into(),
        obligation.immediately.into(),
        urgent.into(),
        obligation.limit.map(|limit| limit.amount).into(),
        unit_of_limit.into(),
        obligation.ended_at.into(),
        obligation.ended_recorded_at.into(),
        obligation.ended_by.into(),
        obligation.ended_by_event.into(),
        obligation.waived_because.is_some().into(),
        obligation.form.as_ref().into(),
        (&obligation.legal_basis).into(),
        (&obligation.procedure).into(),
        notes.into(),
        climbs.map(|climb| climb.at).into(),
        climbs.map(|climb| climb.role.name()).into(),
        climbs.map(|climb| register.kept(&climb.unit)).into(),
        counted.outcome.map(|outcome| outcome.name()).into(),
        counted.late_seconds.into(),
        counted.due_at.into(),
        counted.unconfirmed.into(),
        row::also(register, obligation).into(),
        told.as_ref().map(|told| told.at).into(),
        told.as_ref().map(|told| told.correction).into(),
        told.as_ref().map(|told| told.role.name()).into(),
        told.as_ref().map(|told| told.unit.as_str()).into(),
        late_under.map(|under| under.role.name()).into(),
        late_under
            .and_then(|under| under.unit.as_deref())
            .map(|unit| register.kept(unit))
            .into(),
        late_under.and_then(|under| under.officer.as_ref()).into(),
    ]
}

/// Who is told that a correction made late of punctual, or punctual of late.
struct Told {
    at: Instant,
    correction: Uuid,
    role: Role,
    unit: String,
}

/// The chair who answers for the case; the province where the duty was a chair's, or a chair or deputy
/// made the correction.
fn told(folded: &Folded<'_>, obligation: &Obligation) -> Option<Told> {
    let correction = obligation.corrected_by?;
    let mut history = folded.case.history().iter();
    let made = history.find(|event| event.event_id == correction)?;
    let chairs = [obligation.accountable.role, made.actor.role].contains(&Role::CommuneChair);
    let (register, day) = (&folded.state.units, made.recorded_at.date());
    let holder = folded.state.responsible_commune();
    let province = register.province_of(holder, day);
    let (role, unit) = match province.filter(|_| chairs) {
        Some(province) => (Role::ProvincialOfficer, province.reference()),
        None => (Role::CommuneChair, register.kept(holder)),
    };
    Some(Told {
        at: made.recorded_at,
        correction,
        role,
        unit: unit.to_owned(),
    })
}
