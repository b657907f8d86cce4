//! `order-separation`: the chair separates the child from parents or carers for a time (form 07;
//! Decree 56/2017, art. 32). At most 15 days in total.

use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Bar, Example, Gate, OnClosed, Rule};
use crate::case::apart::report_of;
use crate::case::codes::{self, SEPARATION_DAYS};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::separation::{OrderedFacts, OrderedPersonal};
use crate::case::state::separation_days as days;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose, Term};
use crate::time::{Instant, Moment};

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 32 khoản 3";

/// The decision. `from` and `until` are days (or instants); `ground` is one of the three of the law.
/// `placement` is where the child is as a code; where it is left out or `being-sought`, a place is still
/// sought. The `address` is shown to few. `report` names the report of whose child it is, where nobody knows
/// yet whether that is the child of the case; who has a part by such a report alone means that one.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct OrderSeparation {
    #[schemars(with = "codes::SeparationGround")]
    pub ground: Term,
    pub decision_number: Option<Line>,
    pub from: Moment,
    pub until: Moment,
    #[schemars(with = "Option<codes::PlaceOfChild>")]
    pub placement: Option<Term>,
    pub address: Option<Line>,
    pub note: Option<Prose>,
    pub report: Option<Uuid>,
}

impl Example for OrderSeparation {
    fn example() -> Value {
        json!({
            "ground": "harmed-by-carer",
            "decision_number": "21/QĐ-UBND",
            "from": "2024-03-18",
            "until": "2024-03-20",
            "placement": "relatives",
        })
    }
}

impl Gate for OrderSeparation {
    fn for_children() -> bool {
        true
    }

    fn wrong_role() -> Option<Rejection> {
        Some(not_the_chair())
    }

    /// For the child of a report that waits for its answer, whatever became of the case.
    fn on_closed_case(state: &CaseState, context: &Context<'_>) -> OnClosed {
        on_closed(state, context)
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let unit = context.actor.unit.as_deref().unwrap_or_default();
        let report = case.state.to_separate(context.actor.role, unit);
        let report = report.or_else(|| case.state.unknown_then_in(unit));
        free(case.state, report).map_err(Bar::NoPlace)
    }
}

/// A closed case takes what is for the child of a report that waits for its answer.
pub(super) fn on_closed(state: &CaseState, context: &Context<'_>) -> OnClosed {
    if means_another(state, context) {
        return OnClosed::Taken;
    }
    match state.waiting().next() {
        Some(_) => OnClosed::ByValues,
        None => OnClosed::Refused,
    }
}

fn means_another(state: &CaseState, context: &Context<'_>) -> bool {
    let unit = context.actor.unit.as_deref().unwrap_or_default();
    state.means_another(context.actor.role, unit)
}

/// Whether the child can be separated: that of the report, or of the case. Where not even one day is left, no
/// value helps.
fn free(state: &CaseState, report: Option<Uuid>) -> Result<(), Rejection> {
    if state.separation_of(report).is_some() {
        return Err(Rejection::procedure(
            "already-separated",
            "Trẻ đang được tạm thời cách ly. Hãy gia hạn hoặc hủy bỏ quyết định đang có.",
            "The child is separated already. Extend or lift the decision in force.",
            "NĐ 56/2017/NĐ-CP Điều 32",
        ));
    }
    match state.separation_days_used(report) {
        used if used >= SEPARATION_DAYS => Err(used_up(state, report)),
        _ => Ok(()),
    }
}

impl Rule for OrderSeparation {
    fn despite_closing(&self, state: &CaseState) -> bool {
        self.report.is_some_and(|report| state.waits(report))
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let unit = context.actor.unit.as_deref().unwrap_or_default();
        let report = match self.report {
            Some(named) => report_of(named, state)?,
            None => state.to_separate(context.actor.role, unit),
        };
        free(state, report.or(self.report))?;
        codes::ground(&self.ground)?;
        if let Some(placement) = &self.placement {
            codes::place_of_child(placement)?;
        }
        in_order(self.from, self.until)?;
        let counted_from = self.from.date().min(context.occurred_at.date());
        let earlier = state.separation_days_used(report.or(self.report));
        within_total(earlier, counted_from, self.until, false)?;
        let (decision_number, words) = apart(self.decision_number.as_ref());
        let personal = OrderedPersonal {
            ground: self.ground.words(),
            placement: None,
            address: self.address.clone(),
            note: self.note.clone(),
            decision_number: words,
        };
        Ok(vec![Event::SeparationOrdered(Split {
            facts: OrderedFacts {
                ground: self.ground.code(),
                decision_number,
                from: self.from,
                until: self.until,
                placement: self.placement.as_ref().and_then(Term::code),
                report,
            },
            personal: (personal != OrderedPersonal::default()).then_some(personal),
        })])
    }
}

/// Only the chair decides on a separation (art. 32.2).
pub(super) fn not_the_chair() -> Rejection {
    Rejection::forbidden(
        "not-the-chair",
        "Chỉ Chủ tịch Ủy ban nhân dân cấp xã quyết định tạm thời cách ly. Hãy trình Chủ tịch.",
        "Only the chair of the commune People's Committee decides on a separation. Submit it to \
         the chair.",
        "NĐ 56/2017/NĐ-CP Điều 32 khoản 2",
    )
}

/// Refuses a separation that ends before it begins.
pub(super) fn in_order(from: Moment, until: Moment) -> Result<(), Rejection> {
    if from.earliest() < until.latest() {
        return Ok(());
    }
    Err(Rejection::field(
        "/until",
        "end-before-start",
        "Ngày kết thúc trước ngày bắt đầu. Hãy kiểm tra lại.",
        "The end lies before the start. Check both.",
    ))
}

/// No day is left of the 15, for the child of the case or of the report; what is left to do.
fn used_up(state: &CaseState, report: Option<Uuid>) -> Rejection {
    let (vi, en) = match report {
        Some(_) => (
            "Chưa ai trả lời có phải cùng một trẻ nên chưa có Mẫu số 02 để tính lại từ đầu: hãy đề nghị xã \
             chịu trách nhiệm hoặc cấp tỉnh trả lời, và áp dụng biện pháp khẩn cấp khác."
                .to_owned(),
            "Nobody has answered whether it is the same child, so there is no form 02 by which to count \
             anew: ask the holder or the province to answer, and apply another emergency measure."
                .to_owned(),
        ),
        None => {
            let lifted = state.separations.iter().filter_map(|one| one.lifted_at);
            let last = lifted.max().map_or_else(String::new, day);
            (
                format!(
                    "Chỉ tính lại từ đầu khi có việc mới xảy ra sau khi hủy bỏ ({last}), đã ghi thời điểm \
                     xảy ra và được ghi nhận “có” ở Mẫu số 02. Nếu có việc mới, hãy ghi việc đó xảy ra khi \
                     nào và đánh giá. Nếu không, còn lại: áp dụng biện pháp khẩn cấp khác và đề nghị Tòa án."
                ),
                format!(
                    "They are counted anew only where something new happened after the lifting ({last}), \
                     with the time of it recorded, and was found on form 02 with a yes. If so, record when \
                     it happened, and assess. If not, what is left: another emergency measure, and to ask \
                     the court."
                ),
            )
        }
    };
    Rejection::procedure(
        "separation-too-long",
        format!("Các lần cách ly trước đã dùng hết 15 ngày. {vi}"),
        format!("Earlier separations have used all 15 days. {en}"),
        BASIS,
    )
    .at("/until")
}

fn day(at: Instant) -> String {
    at.local().format("%d/%m/%Y").to_string()
}

/// Refuses a separation that would last more than 15 calendar days in total since the case was
/// opened (or opened again), unless a competent authority requires just this end. `earlier` are the days
/// of earlier separations: they count.
pub(super) fn within_total(
    earlier: u64,
    counted_from: NaiveDate,
    until: Moment,
    required: bool,
) -> Result<(), Rejection> {
    if required || earlier + days(counted_from, until) <= SEPARATION_DAYS {
        return Ok(());
    }
    let left = SEPARATION_DAYS.saturating_sub(earlier);
    let last = counted_from
        .checked_add_days(Days::new(left))
        .unwrap_or(counted_from);
    let last = last.format("%d/%m/%Y");
    let (used_vi, used_en) = match earlier {
        0 => (String::new(), String::new()),
        _ => (
            format!(" (đã dùng {earlier} ngày ở lần cách ly trước, còn {left} ngày)"),
            format!(" ({earlier} days were used by earlier separations, {left} are left)"),
        ),
    };
    Err(Rejection::procedure(
        "separation-too-long",
        format!(
            "Tổng thời gian tạm thời cách ly không quá 15 ngày{used_vi}, tức chậm nhất đến hết ngày {last}, \
             trừ khi cơ quan có thẩm quyền yêu cầu tiếp tục. Hãy đánh giá lại trước ngày đó: đưa \
             trẻ về gia đình nếu an toàn, hoặc đề nghị Tòa án."
        ),
        format!(
            "A separation lasts at most 15 days in total{used_en}, that is until the end of {last}, unless a \
             competent authority requires it to go on. Assess before that day: return the child if \
             it is safe, or ask the court."
        ),
        BASIS,
    )
    .at("/until"))
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    #[test]
    fn fifteen_days_are_allowed_and_sixteen_are_not() {
        let fifteen = emergency()
            .when("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-27"))
            .then(&["SeparationOrdered"]);
        assert_eq!(
            fifteen.obligation("separation-end", "03-13 00:00"),
            "open 03-28 00:00"
        );
        emergency()
            .when("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-28"))
            .then_refused_at("separation-too-long", "/until");
        // 00:00 of a day ends the day before.
        emergency()
            .when(
                "03-12 08:00",
                CHAIR,
                separate(&t("03-12 08:00"), &t("03-28 00:00")),
            )
            .then(&["SeparationOrdered"]);
    }

    #[test]
    fn the_days_run_from_the_decision_or_an_earlier_start() {
        emergency()
            .when("03-12 08:00", CHAIR, separate("2024-03-11", "2024-03-27"))
            .then_refused("separation-too-long");
        emergency()
            .when("03-12 08:00", CHAIR, separate("2024-03-14", "2024-03-28"))
            .then_refused("separation-too-long");
    }

    #[test]
    fn what_was_used_up_before_counts() {
        let lifted = separated().and("03-20 09:00", CHAIR, lift());
        let again = lifted
            .when("03-21 08:00", CHAIR, separate("2024-03-21", "2024-03-28"))
            .then(&["SeparationOrdered"]);
        assert_eq!(
            again.obligation("separation-end", "03-22 00:00"),
            "open 03-29 00:00"
        );
        lifted
            .when("03-21 08:00", CHAIR, separate("2024-03-21", "2024-03-29"))
            .then_refused("separation-too-long");
    }

    #[test]
    fn only_something_new_whose_time_is_known_and_that_form_02_found_starts_a_new_count() {
        let long = || separate("2024-03-27", "2024-04-05");
        let used = emergency()
            .and("03-11 12:00", CHAIR, separate("2024-03-11", "2024-03-26"))
            .and("03-26 12:00", CHAIR, lift());
        let told = |happened: serde_json::Value| {
            let told = with(
                report("03-27 09:00"),
                json!({"incident": {"happened_at": happened}}),
            );
            used.and("03-27 09:00", OFFICER, told)
        };
        let (yes, no) = (assess(true, true), assess(false, false));
        let ground = with(no.clone(), json!({"separation_needed": true}));
        for (happened, form, new) in [
            (json!("2024-03-27"), &yes, true),
            (json!("2024-03-27"), &ground, true),
            (json!("2024-03-27"), &no, false),
            // Nobody says when; before the lifting; on its day, perhaps before it.
            (json!(null), &yes, false),
            (json!("2024-03-01"), &yes, false),
            (json!("2024-03-26"), &yes, false),
        ] {
            let case = told(happened.clone()).and("03-27 10:00", OFFICER, form.clone());
            let ordered = case.when("03-27 11:00", CHAIR, long());
            if new {
                ordered.then(&["SeparationOrdered"]);
                continue;
            }
            let refused = ordered.refusal();
            assert_eq!(refused.code, "separation-too-long", "{happened} {form}");
            // It says what is left, in one line.
            assert!(!refused.message.vi.contains("  ") && !refused.message.en.contains("  "));
            for what in ["khi nào", "Mẫu số 02", "đề nghị Tòa án", "26/03/2024"] {
                assert!(refused.message.vi.contains(what), "{}", refused.message.vi);
            }
        }
        // Nor does taking back what was said of it.
        let case = told(json!("2024-03-01"));
        let id = case.event("ReportReceived");
        let correct = correct(id, "/incident/happened_at", json!(null));
        case.and("03-27 10:00", OFFICER, yes.clone())
            .and("03-27 10:30", OFFICER, correct.clone())
            .when("03-27 11:00", CHAIR, long())
            .then_refused("separation-too-long");
        let new = told(json!("2024-03-27"));
        new.and("03-27 10:00", OFFICER, yes)
            .and("03-27 11:00", CHAIR, long())
            .when("03-27 12:00", OFFICER, correct)
            .then_refused("separation-too-long");
    }

    #[test]
    fn a_separation_of_less_than_a_day_uses_a_day() {
        let mut case = emergency();
        for day in 12..27 {
            let date = format!("2024-03-{day}");
            case = case
                .and(&format!("03-{day} 08:00"), CHAIR, separate(&date, &date))
                .and(&format!("03-{day} 09:00"), CHAIR, lift());
        }
        case.when("03-27 08:00", CHAIR, separate("2024-03-27", "2024-03-27"))
            .then_refused("separation-too-long");
    }

    #[test]
    fn it_is_an_emergency_measure() {
        assert_eq!(
            separated().obligation("emergency-measure", "03-12 09:00"),
            "met-late 03-11 21:00"
        );
    }

    #[test]
    fn the_ground_is_one_of_the_law_and_the_place_a_code() {
        let ordered = |patch: serde_json::Value| {
            let command = with(separate("2024-03-12", "2024-03-20"), patch);
            emergency().when("03-12 08:00", CHAIR, command)
        };
        for ground in crate::case::codes::SEPARATION_GROUNDS {
            ordered(json!({ "ground": ground })).then(&["SeparationOrdered"]);
        }
        for ground in ["for-its-own-good", "Gia đình nghèo"] {
            ordered(json!({ "ground": ground })).then_refused_at("unknown-value", "/ground");
        }
        for unknown in ["Nhà bà ngoại", "grandmother"] {
            ordered(json!({ "placement": unknown })).then_refused_at("unknown-value", "/placement");
        }
        // With police or health, or not said: a place is sought.
        for (place, sought) in [
            (json!("relatives"), false),
            (json!("social-facility"), false),
            (json!("being-sought"), true),
            (json!("police"), true),
            (json!("health"), true),
            (json!(null), true),
        ] {
            let case = ordered(json!({ "placement": place })).then(&["SeparationOrdered"]);
            let owed = case.open().contains(&"find-placement".to_owned());
            assert_eq!(owed, sought, "{place}");
        }
    }

    #[test]
    fn where_the_child_is_is_hidden_from_agencies() {
        use crate::identity::Role;
        use crate::permit::Viewer;
        let place = json!({"address": "Nhà số 3, thôn Hạ"});
        let case = emergency()
            .and("03-11 12:00", OFFICER, refer("r1"))
            .and("03-11 13:00", HEALTH, answer("accept-referral", "r1"))
            .and(
                "03-12 08:00",
                CHAIR,
                with(separate("2024-03-12", "2024-03-20"), place),
            );
        let id = case.event("SeparationOrdered");
        let ordered = case.history().iter().find(|e| e.event_id == id).unwrap();
        for (role, unit, sees) in [
            (Role::HealthWorker, COMMUNE, false),
            (Role::PoliceOfficer, COMMUNE, false),
            (Role::ProviderWorker, PROVINCE, false),
            (Role::CommuneOfficer, COMMUNE, true),
        ] {
            let viewer = Viewer {
                role,
                unit,
                units: crate::unit::Units::shipped(),
            };
            let seen = viewer.event(case.state(), ordered, case.history());
            assert_eq!(seen.is_some(), sees, "{role:?}");
        }
    }

    #[test]
    fn refusals() {
        separated()
            .when("03-13 08:00", CHAIR, separate("2024-03-13", "2024-03-14"))
            .then_refused("already-separated");
        emergency()
            .when("03-12 08:00", CHAIR, separate("2024-03-12", "2024-03-11"))
            .then_refused_at("end-before-start", "/until");
        emergency()
            .when("03-12 08:00", OFFICER, separate("2024-03-12", "2024-03-14"))
            .then_refused("not-the-chair");
        emergency()
            .when("03-12 08:00", CHAIR, separate("2024-02-30", "2024-03-14"))
            .then_refused_at("impossible-date", "/from");
    }
}
