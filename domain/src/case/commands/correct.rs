//! `correct`: a value of an earlier event was wrong. Nothing is changed in the log: a correcting
//! event says what it should have been, and why. Both stay visible.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::order_separation::{in_order, within_total};
use super::{Rule, WORKERS};
use crate::case::correction::{Correction, corrected, effective, resolve};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::correction::{CorrectedFacts, CorrectedPersonal, Part};
use crate::case::{CaseState, Context, Event, Recorded, Rejection};
use crate::identity::{Birth, Role};
use crate::text::Prose;

/// Which value of which event, what it should have been, and why. `path` is a JSON pointer into
/// the payload; null takes a value back as not known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Correct {
    pub event_id: Uuid,
    pub path: String,
    pub value: Value,
    pub reason: Prose,
}

impl Rule for Correct {
    fn roles() -> &'static [Role] {
        WORKERS
    }

    fn on_closed_case(&self) -> bool {
        true
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else { return Ok(vec![]) };
        let now = effective(case.history);
        let Some(event) = now.iter().find(|event| event.event_id == self.event_id) else {
            return Err(Rejection::field(
                "/event_id",
                "unknown-event",
                "Vụ việc không có ghi nhận này.",
                "The case has no such event.",
            ));
        };
        if matches!(event.event, Event::FactCorrected(_)) {
            return Err(Rejection::field(
                "/event_id",
                "a-correction",
                "Không đính chính một lần đính chính. Hãy đính chính lại ghi nhận gốc.",
                "A correction is not corrected. Correct the original again.",
            ));
        }
        let too_long = self.path.len() > 200 || self.value.to_string().len() > 60_000;
        let Some((part, path, old)) = resolve(event, &self.path).filter(|_| !too_long) else {
            return Err(Rejection::field(
                "/path",
                "unknown-path",
                "Ghi nhận đó không có mục này.",
                "That event has no such value.",
            ));
        };
        if old == self.value {
            return Err(Rejection::field(
                "/value",
                "nothing-changes",
                "Giá trị mới giống giá trị đang có.",
                "The new value equals the one that stands.",
            ));
        }
        let change = Correction {
            part,
            path: &path,
            value: &self.value,
        };
        let Some(changed) = corrected(event, &change) else {
            return Err(Rejection::field(
                "/value",
                "does-not-fit",
                "Giá trị mới không đúng kiểu của mục này. Hãy kiểm tra lại.",
                "The new value is not of the kind that stands there. Check it.",
            ));
        };
        possible(&changed, context)?;
        let first = case.state.reports.iter().map(|r| r.received_at).min();
        if part == Part::Envelope && first.is_some_and(|first| changed.occurred_at < first) {
            return Err(Rejection::field(
                "/value",
                "before-the-report",
                "Thời điểm này trước khi tiếp nhận thông tin. Hãy kiểm tra lại ngày giờ.",
                "This lies before the report was received. Check date and time.",
            ));
        }
        if matches!(
            changed.event,
            Event::SeparationOrdered(_) | Event::SeparationExtended(_)
        ) {
            separations_within_total(&now, &changed)?;
        }
        let facts = CorrectedFacts {
            event_id: self.event_id,
            part,
            path,
            value: if part == Part::Personal {
                Value::Null
            } else {
                self.value.clone()
            },
        };
        let personal = CorrectedPersonal {
            value: if part == Part::Personal {
                self.value.clone()
            } else {
                Value::Null
            },
            reason: self.reason.clone(),
        };
        Ok(vec![Event::FactCorrected(Split {
            facts,
            personal: Some(personal),
        })])
    }
}

/// What a command would refuse, a correction must not bring in: the future, units that nobody
/// knows, a birth after the report.
fn possible(changed: &Recorded, context: &Context<'_>) -> Result<(), Rejection> {
    context.not_in_future(changed.occurred_at, "/value")?;
    match &changed.event {
        Event::ReportReceived(report) => {
            let facts = &report.facts;
            context.unit(&facts.incident.unit, true, "/value")?;
            context.unit(&facts.place_of_receipt.unit, false, "/value")?;
            if let Some(unit) = &facts.child.residence_unit {
                context.unit(unit, false, "/value")?;
            }
            let birth = report.personal.as_ref().and_then(|p| p.child.birth);
            if let Some(Birth::Date(born)) = birth
                && born.0 > facts.received_at.date()
            {
                return Err(Rejection::field(
                    "/value",
                    "in-the-future",
                    "Ngày sinh sau ngày tiếp nhận. Hãy kiểm tra lại.",
                    "The date of birth lies after the receipt. Check it.",
                ));
            }
            Ok(())
        }
        Event::ReportForwarded(forwarded) => context.unit(&forwarded.facts.to_unit, true, "/value"),
        _ => Ok(()),
    }
}

/// A correction must not make a separation longer than the procedure allows (art. 32.3).
fn separations_within_total(
    now: &[Cow<'_, Recorded>],
    changed: &Recorded,
) -> Result<(), Rejection> {
    let with = now.iter().map(|event| {
        if event.event_id == changed.event_id {
            changed
        } else {
            event.as_ref()
        }
    });
    let mut state: Option<CaseState> = None;
    for event in with {
        match &mut state {
            None => state = CaseState::begin(event),
            Some(state) => state.apply(event),
        }
        let Some(state) = &state else { continue };
        let required = match &event.event {
            Event::SeparationOrdered(_) => false,
            Event::SeparationExtended(extended) => extended.facts.required_by.is_some(),
            _ => continue,
        };
        if let Some(separation) = state.separation() {
            in_order(separation.from, separation.until)
                .and_then(|()| {
                    within_total(state, separation.counted_from, separation.until, required)
                })
                .map_err(|refusal| refusal.at("/value"))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::{Value, json};

    /// Corrects the last event of a type on 30 March.
    fn corrected(case: &Given, event: &str, path: &str, value: Value) -> Outcome {
        let id = case.event(event);
        case.when("03-30 09:00", OFFICER, correct(id, path, value))
    }

    #[test]
    fn a_corrected_receipt_moves_the_twelve_hours() {
        let case = corrected(
            &emergency(),
            "ReportReceived",
            "/received_at",
            json!(t("03-11 07:00")),
        )
        .then(&["FactCorrected"]);
        assert_eq!(
            case.obligation("emergency-measure", "03-11 12:00"),
            "open 03-11 19:00"
        );
    }

    #[test]
    fn a_corrected_time_of_an_act_moves_what_counts_from_it() {
        let case = corrected(
            &assessed(),
            "InitialAssessmentRecorded",
            "/occurred_at",
            json!(t("03-12 08:00")),
        )
        .then(&["FactCorrected"]);
        assert_eq!(
            case.obligation("submit-plan", "03-12 12:00"),
            "open 03-20 00:00"
        );
        let measured = emergency().and("03-11 22:30", CHAIR, measure("03-11 22:00"));
        let case = corrected(
            &measured,
            "EmergencyMeasureApplied",
            "/applied_at",
            json!(t("03-11 20:00")),
        )
        .then(&["FactCorrected"]);
        assert_eq!(
            case.obligation("emergency-measure", "03-12 00:00"),
            "met 03-11 21:00"
        );
    }

    #[test]
    fn a_corrected_finding_opens_or_lifts_what_follows_from_it() {
        let case = corrected(
            &assessed(),
            "InitialAssessmentRecorded",
            "/grave",
            json!(true),
        )
        .then(&["FactCorrected"]);
        assert_eq!(
            case.obligation("emergency-measure", "03-11 12:00"),
            "open 03-11 21:00"
        );
        assert_eq!(case.obligation("submit-plan", "03-30 10:00"), "open -");
    }

    #[test]
    fn personal_values_and_values_that_were_left_out() {
        let case = corrected(
            &assessed(),
            "ReportReceived",
            "/child/name",
            json!("Nguyễn Thị Mẫu"),
        )
        .then(&["FactCorrected"]);
        assert_eq!(case.state().child.name.as_deref(), Some("Nguyễn Thị Mẫu"));
        let case = corrected(
            &case,
            "ReportReceived",
            "/personal/child/address",
            json!("Thôn 3"),
        )
        .then(&["FactCorrected"]);
        assert_eq!(case.state().child.address.as_deref(), Some("Thôn 3"));
        assert_eq!(case.state().child.name.as_deref(), Some("Nguyễn Thị Mẫu"));
        let case =
            corrected(&case, "ReportReceived", "/child/name", Value::Null).then(&["FactCorrected"]);
        assert_eq!(case.state().child.name, None);
        let case = corrected(
            &case,
            "ReportReceived",
            "/child/birth",
            json!({"date": "2012-01-02"}),
        )
        .then(&["FactCorrected"]);
        assert_eq!(case.state().child.birth_year, Some(2012));
        let case = corrected(
            &case,
            "ReportReceived",
            "/facts/incident/happened_at",
            json!("2024-03-10"),
        )
        .then(&["FactCorrected"]);
        assert!(case.state().reports[0].happened_at.is_some());
    }

    #[test]
    fn the_last_correction_of_a_value_stands() {
        let once = corrected(&assessed(), "ReportReceived", "/child/name", json!("A"))
            .then(&["FactCorrected"]);
        let twice =
            corrected(&once, "ReportReceived", "/child/name", json!("B")).then(&["FactCorrected"]);
        assert_eq!(twice.state().child.name.as_deref(), Some("B"));
        corrected(&twice, "ReportReceived", "/child/name", json!("B"))
            .then_refused_at("nothing-changes", "/value");
    }

    #[test]
    fn a_correction_brings_in_nothing_that_a_command_could_not() {
        let case = separated().and("03-13 09:00", OFFICER, note());
        for (event, path, value, code) in [
            (
                "ReportReceived",
                "/received_at",
                json!(t("03-30 09:01")),
                "in-the-future",
            ),
            (
                "ReportReceived",
                "/incident/unit",
                json!("99999"),
                "unknown-unit",
            ),
            (
                "ReportReceived",
                "/incident/unit",
                json!("44"),
                "not-a-commune",
            ),
            (
                "ReportReceived",
                "/place_of_receipt/unit",
                json!("x"),
                "unknown-unit",
            ),
            (
                "ReportReceived",
                "/child/residence_unit",
                json!("x"),
                "unknown-unit",
            ),
            (
                "ReportReceived",
                "/child/birth",
                json!({"date": "2024-03-12"}),
                "in-the-future",
            ),
            (
                "ReportReceived",
                "/child/sex",
                json!("both"),
                "does-not-fit",
            ),
            (
                "ReportReceived",
                "/received_at",
                Value::Null,
                "does-not-fit",
            ),
            (
                "NoteAdded",
                "/occurred_at",
                json!(t("03-11 08:00")),
                "before-the-report",
            ),
            (
                "NoteAdded",
                "/occurred_at",
                json!(t("03-30 10:00")),
                "in-the-future",
            ),
            (
                "SeparationOrdered",
                "/until",
                json!("2024-03-28"),
                "separation-too-long",
            ),
            (
                "SeparationOrdered",
                "/until",
                json!("2024-03-11"),
                "end-before-start",
            ),
        ] {
            corrected(&case, event, path, value).then_refused_at(code, "/value");
        }
        corrected(&case, "SeparationOrdered", "/until", json!("2024-03-27"))
            .then(&["FactCorrected"]);
    }

    #[test]
    fn refusals() {
        let case = assessed();
        for path in [
            "/mood",
            "child",
            "",
            "/child/0",
            "/facts/nothing",
            "/occurred_at",
        ] {
            let code = if matches!(path, "" | "/facts/nothing") {
                "does-not-fit"
            } else {
                "unknown-path"
            };
            let id = case.event("ReportReceived");
            case.when("03-30 09:00", OFFICER, correct(id, path, json!("x")))
                .then_refused(code);
        }
        case.when(
            "03-30 09:00",
            OFFICER,
            correct(uuid::Uuid::nil(), "/child/name", json!("x")),
        )
        .then_refused_at("unknown-event", "/event_id");
        let once =
            corrected(&case, "ReportReceived", "/child/name", json!("A")).then(&["FactCorrected"]);
        corrected(&once, "FactCorrected", "/value", json!("B"))
            .then_refused_at("a-correction", "/event_id");
        let id = case.event("ReportReceived");
        case.when(
            "03-30 09:00",
            INSPECTOR,
            correct(id, "/child/name", json!("x")),
        )
        .then_refused("role-may-not");
    }
}
