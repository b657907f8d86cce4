//! `order-separation`: the chair separates the child from parents or carers for a time (form 07;
//! Decree 56/2017, art. 32). At most 15 days in total.

use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::{Bar, Gate, OnClosed, Rule};
use crate::case::codes;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::apart;
use crate::case::events::separation::{OrderedFacts, OrderedPersonal};
use crate::case::state::separation_days as days;
use crate::case::{About, CaseState, Context, Event, Rejection};
use crate::text::{Line, Prose, Term};
use crate::time::{Date, Moment};

/// Most days of a separation in total, unless a competent authority requires more (art. 32.3).
pub(super) const MOST_DAYS: u64 = 15;

const BASIS: &str = "NĐ 56/2017/NĐ-CP Điều 32 khoản 3";

/// The decision. `from` and `until` are days (or instants); `ground` is one of the three of the law.
/// `placement` is where the child is as a code; where it is left out or `being-sought`, a place is still
/// sought. The `address` is shown to few.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct OrderSeparation {
    pub ground: Term,
    pub decision_number: Option<Line>,
    pub from: Moment,
    pub until: Moment,
    pub placement: Option<Term>,
    pub address: Option<Line>,
    pub note: Option<Prose>,
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
        match means_another(state, context) {
            true => OnClosed::Taken,
            false => OnClosed::Refused,
        }
    }

    fn stands(case: Case<'_>, _: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        // Whether the child of a report that was added unseen is separated already, the case cannot tell.
        if means_another(case.state, context) {
            return Ok(());
        }
        if case.state.separation().is_some() {
            return Err(Bar::NoPlace(Rejection::procedure(
                "already-separated",
                "Trẻ đang được tạm thời cách ly. Hãy gia hạn hoặc hủy bỏ quyết định đang có.",
                "The child is separated already. Extend or lift the decision in force.",
                "NĐ 56/2017/NĐ-CP Điều 32",
            )));
        }
        // Where not even one day is left, no value helps.
        let day = context.occurred_at.date();
        let used = case.state.separation_days_used();
        let one = within_total(used, day, Moment::On(Date(day)), false);
        one.map_err(Bar::NoPlace)
    }
}

fn means_another(state: &CaseState, context: &Context<'_>) -> bool {
    let unit = context.actor.unit.as_deref().unwrap_or_default();
    state.means_another(context.actor.role, unit)
}

impl Rule for OrderSeparation {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(state) = case.map(|case| case.state) else {
            return Ok(vec![]);
        };
        let another = means_another(state, context);
        codes::ground(&self.ground)?;
        if let Some(Term::Words(_)) = &self.placement {
            return Err(codes::unknown("/placement", codes::PLACES_OF_CHILD));
        }
        in_order(self.from, self.until)?;
        let counted_from = self.from.date().min(context.occurred_at.date());
        let earlier = if another {
            0
        } else {
            state.separation_days_used()
        };
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

/// Refuses a separation that would last more than 15 calendar days in total since the case was
/// opened (or opened again), unless a competent authority requires just this end. `earlier` are the days
/// of earlier separations: they count.
pub(super) fn within_total(
    earlier: u64,
    counted_from: NaiveDate,
    until: Moment,
    required: bool,
) -> Result<(), Rejection> {
    if required || earlier + days(counted_from, until) <= MOST_DAYS {
        return Ok(());
    }
    let left = MOST_DAYS.saturating_sub(earlier);
    let last = counted_from
        .checked_add_days(Days::new(left))
        .unwrap_or(counted_from);
    let last = last.format("%d/%m/%Y");
    Err(Rejection::procedure(
        "separation-too-long",
        format!(
            "Tổng thời gian tạm thời cách ly không quá 15 ngày, tức chậm nhất đến hết ngày {last}, \
             trừ khi cơ quan có thẩm quyền yêu cầu tiếp tục. Hãy đánh giá lại trước ngày đó: đưa \
             trẻ về gia đình nếu an toàn, hoặc đề nghị Tòa án."
        ),
        format!(
            "A separation lasts at most 15 days in total, that is until the end of {last}, unless a \
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
        ordered(json!({"placement": "Nhà bà ngoại"}))
            .then_refused_at("unknown-value", "/placement");
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
