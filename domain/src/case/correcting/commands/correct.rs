//! `correct`: values of earlier events were wrong. Nothing is changed in the log: a correcting event
//! says what a value should have been, and why. Both stay visible.
//!
//! One corrects what one could record now, and whose present value one sees; what an office decided,
//! that office corrects. A correction passes every check of the command that recorded the event, and
//! the history behind it stays possible.

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::{Bar, Gate, OnClosed, Rule};
use crate::case::competent::{corrects, is_author, moves_who_answers};
use crate::case::correcting::again::again;
use crate::case::correcting::correction::{effective, payload, resolve};
use crate::case::correcting::lowering::{answers, is_finding, lowered};
use crate::case::correcting::moved::moves;
use crate::case::correcting::possible_history::{Stands, impossible_since};
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::apart::parts;
use crate::case::events::contradiction::Against;
use crate::case::events::correction::{CorrectedFacts, CorrectedPersonal, Part, is_bounded};
use crate::case::{About, CaseState, Context, Event, Recorded, Rejection};
use crate::log::{Correction, Stored, corrected};
use crate::permit::Viewer;
use crate::text::Prose;

/// Most values in one command.
const MOST: usize = 50;

/// Which value of which event, what it should have been, and why. `path` is a JSON pointer into
/// the payload; null takes a value back as not known. Several values at once stand in `changes`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct Correct {
    pub event_id: Option<Uuid>,
    pub path: Option<String>,
    #[serde(default)]
    pub value: Value,
    #[serde(default)]
    pub changes: Vec<Change>,
    pub reason: Prose,
}

/// One value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The event.
    pub event_id: Uuid,
    /// JSON pointer into it.
    pub path: String,
    /// What it should have been; null where it is not known.
    #[serde(default)]
    pub value: Value,
}

impl Gate for Correct {
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Taken
    }

    fn subjects<'a>(case: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        let events = case.history.iter();
        events.map(|event| About::event(event.event_id)).collect()
    }

    /// Each event that a command names is asked for by itself, see [`Change::apply`].
    fn stands(case: Case<'_>, about: &About<'_>, context: &Context<'_>) -> Result<(), Bar> {
        let Some(id) = about.event else {
            return Ok(());
        };
        let known = effective(case.history);
        let event = known.iter().find(|event| event.event_id == id);
        let event = event.ok_or_else(|| Bar::NoPlace(unknown_event()))?;
        let seen = correctable(case, event, context);
        seen.map(drop).map_err(Bar::NoPlace)
    }
}

impl Rule for Correct {
    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let Some(case) = case else { return Ok(vec![]) };
        let before: Vec<Recorded> = effective(case.history)
            .into_iter()
            .map(std::borrow::Cow::into_owned)
            .collect();
        let mut after = before.clone();
        let mut events = Vec::new();
        for (change, field) in self.changes()? {
            let resolved = change.apply(case, &mut after, context);
            events.extend(resolved.map_err(|refusal| field.of(refusal))?);
        }
        if let Some(stands) = impossible_since(&before, &after, context) {
            let (_, field) = self.changes()?.remove(0);
            let event = case
                .history
                .iter()
                .find(|one| one.event_id == stands.event_id);
            let seen = event.is_some_and(|event| {
                let seen = viewer(context).event(case.state, event, case.history);
                seen.is_some()
            });
            let refusal = if seen {
                stands_against(stands)
            } else {
                stands_unseen(&stands)
            };
            return Err(field.of(refusal));
        }
        Ok(events
            .into_iter()
            .map(|(facts, value)| {
                Event::FactCorrected(Split {
                    facts,
                    personal: Some(CorrectedPersonal {
                        value,
                        reason: self.reason.clone(),
                    }),
                })
            })
            .collect())
    }
}

/// Where a change stands in the command.
struct Place(Option<usize>);

impl Place {
    /// The refusal at the field of this change.
    fn of(&self, refusal: Rejection) -> Rejection {
        let Some(row) = self.0 else { return refusal };
        match refusal.field.clone() {
            Some(field) => refusal.at(format!("/changes/{row}{field}")),
            None => refusal,
        }
    }
}

impl Correct {
    fn changes(&self) -> Result<Vec<(Change, Place)>, Rejection> {
        let one = self.event_id.zip(self.path.as_ref());
        let wrong = |field: &str, code: &'static str, vi: &str, en: &str| {
            Err(Rejection::field(field, code, vi, en))
        };
        if !self.changes.is_empty() {
            if self.event_id.is_some() || self.path.is_some() {
                return wrong(
                    "/changes",
                    "two-answers",
                    "Hãy ghi một giá trị, hoặc danh sách các giá trị, không ghi cả hai.",
                    "Give one value or a list of values, not both.",
                );
            }
            if self.changes.len() > MOST {
                return wrong(
                    "/changes",
                    "wrong-length",
                    "Danh sách quá dài: nhiều nhất 50 giá trị một lần.",
                    "The list is too long: 50 values at most.",
                );
            }
            let rows = self.changes.iter().cloned().enumerate();
            return Ok(rows
                .map(|(row, change)| (change, Place(Some(row))))
                .collect());
        }
        match one {
            Some((event_id, path)) => {
                let change = Change {
                    event_id,
                    path: path.clone(),
                    value: self.value.clone(),
                };
                Ok(vec![(change, Place(None))])
            }
            None => wrong(
                if self.event_id.is_none() {
                    "/event_id"
                } else {
                    "/path"
                },
                "missing-field",
                "Hãy ghi nội dung cần đính chính.",
                "Say what is to be corrected.",
            ),
        }
    }
}

impl Change {
    /// Changes the event in `events` and gives what to record. The reason belongs to the command.
    fn apply(
        &self,
        case: Case<'_>,
        events: &mut [Recorded],
        context: &Context<'_>,
    ) -> Result<Vec<(CorrectedFacts, Value)>, Rejection> {
        let place = events
            .iter()
            .position(|event| event.event_id == self.event_id);
        let place = place.ok_or_else(unknown_event)?;
        let event = &events[place];
        let seen = correctable(case, event, context)?;
        let own = corrects(case, event, context);
        let moving = moves_who_answers(case, event, context);
        let too_long = self.path.len() > 200 || self.value.to_string().len() > 60_000;
        // What one does not see is not there: nobody learns a value by trying.
        let resolved = resolve(&seen, &self.path).filter(|_| !too_long);
        let shown = resolved.filter(|seen| resolve(event, &self.path).as_ref() == Some(seen));
        let shown = shown.filter(|(part, ..)| {
            *part != Part::Personal || may_have_been_left_out(&seen, event, case.history)
        });
        let Some((part, path, old)) = shown else {
            return Err(unknown_path());
        };
        if matches!(
            event.event,
            Event::ContradictionAnswered(_) | Event::CorrectionConfirmed(_)
        ) && part == Part::Facts
        {
            return Err(Rejection::field(
                "/path",
                "answer-stands",
                "Câu trả lời thuộc về đúng câu hỏi đã được hỏi, nên chỉ đính chính được lý do. Hãy trả lời \
                 câu hỏi kia riêng.",
                "An answer belongs to the question that was asked, so only its reason is corrected. Answer \
                 the other question by itself.",
            ));
        }
        if matches!(event.event, Event::SameChildAnswered(_)) && part == Part::Facts {
            return Err(Rejection::field(
                "/path",
                "answered-again",
                "Câu trả lời có phải cùng một trẻ không đính chính được: nếu trả lời nhầm, hãy trả lời lại.",
                "Whether it is the same child is not corrected: where the answer was wrong, answer again.",
            ));
        }
        let changes = self.parts(event, part, &path, &old);
        let mut personal = changes.iter().filter(|(part, _)| *part == Part::Personal);
        if personal.any(|(_, value)| !value.is_null())
            && !may_have_been_left_out(&seen, event, case.history)
        {
            return Err(unknown_path());
        }
        if changes.is_empty() {
            return Err(Rejection::field(
                "/value",
                "nothing-changes",
                "Giá trị mới giống giá trị đang có.",
                "The new value equals the one that stands.",
            ));
        }
        let revision = Event::form(event.event.event_type()).map(|form| form.current);
        let mut changed = event.clone();
        for (part, value) in &changes {
            let change = Correction {
                part: *part,
                path: &path,
                value,
                revision,
            };
            changed = corrected(&changed, change).ok_or_else(does_not_fit)?;
        }
        // What follows from other values is corrected where it comes from.
        if let Some(command) = again(event)
            && again(&changed) == Some(command)
        {
            return Err(unknown_path());
        }
        self.lowers(case, event, &changed, context)?;
        if moves(&event.event, &changed.event) {
            moves_from_outside(case, moving)?;
        } else {
            own?;
        }
        events[place] = changed;
        let recorded = |(part, value): (Part, Value)| {
            let apart = part != Part::Personal && !is_bounded(&value);
            let (open, personal) = if apart || part == Part::Personal {
                (Value::Null, value)
            } else {
                (value, Value::Null)
            };
            let facts = CorrectedFacts {
                event_id: self.event_id,
                part,
                revision,
                path: path.clone(),
                value: open,
                apart,
                lowers: None,
            };
            (facts, personal)
        };
        Ok(changes.into_iter().map(recorded).collect())
    }

    /// What becomes of which part; nothing where the value stands already. A number of a document, or the
    /// words in its place, may have to go from one part to the other.
    fn parts(&self, event: &Recorded, part: Part, path: &str, old: &Value) -> Vec<(Part, Value)> {
        let apart = match part {
            Part::Envelope => None,
            Part::Facts | Part::Personal => parts(path, &self.value),
        };
        let Some((open, own)) = apart else {
            let new = (old != &self.value).then(|| (part, self.value.clone()));
            return new.into_iter().collect();
        };
        let (facts, personal) = payload(&event.event);
        let stands = |part: Option<&Value>| {
            let value = part.and_then(|part| part.pointer(path));
            value.cloned().unwrap_or(Value::Null)
        };
        [
            (Part::Facts, open, stands(Some(&facts))),
            (Part::Personal, own, stands(personal.as_ref())),
        ]
        .into_iter()
        .filter(|(_, new, old)| new != old)
        .map(|(part, new, _)| (part, new))
        .collect()
    }
}

fn does_not_fit() -> Rejection {
    Rejection::field(
        "/value",
        "does-not-fit",
        "Giá trị mới không đúng kiểu của mục này. Hãy kiểm tra lại.",
        "The new value is not of the kind that stands there. Check it.",
    )
}

impl Change {
    /// Refuses to lower what another office found, and to take back a second time what waits for its
    /// confirmation.
    fn lowers(
        &self,
        case: Case<'_>,
        event: &Recorded,
        changed: &Recorded,
        context: &Context<'_>,
    ) -> Result<(), Rejection> {
        let Some(lowers) = lowered(event, changed, &answers(case.history)) else {
            return Ok(());
        };
        if is_finding(&event.event) && !is_author(case, event, context) {
            return Err(Rejection::forbidden(
                "lowers-anothers-finding",
                "Nơi khác đã ghi nội dung này nên anh/chị chỉ đính chính để nâng mức bảo vệ. Nếu trẻ không ở \
                 trong tình trạng đó, hãy ghi đánh giá (Mẫu số 02) hoặc kết quả kiểm tra của mình, hoặc hủy \
                 bỏ quyết định cách ly; nội dung của nơi kia vẫn giữ nguyên.",
                "Another office recorded this, so you correct it only to raise protection. If it is not so, \
                 record your own form 02 or verification, or lift the separation; what they recorded stands \
                 as their word.",
                "",
            ));
        }
        let waits = |one: &crate::case::Contradiction| {
            let mut history = case.history.iter();
            history.any(|recorded| match &recorded.event {
                Event::FactCorrected(known) => {
                    recorded.event_id == one.event_id
                        && known.facts.event_id == self.event_id
                        && known.facts.path == self.inner_path()
                }
                _ => false,
            })
        };
        let mut open = case.state.open_contradictions();
        if lowers == Against::DangerTakenBack
            && open.any(|one| one.against == Against::DangerTakenBack && waits(one))
        {
            return Err(Rejection::field(
                "/value",
                "waits-for-confirmation",
                "Đính chính này đã được ghi và đang chờ xác nhận.",
                "This was corrected already and waits for its confirmation.",
            ));
        }
        Ok(())
    }

    /// The pointer inside the part.
    fn inner_path(&self) -> &str {
        let inner = |part| {
            self.path
                .strip_prefix(part)
                .filter(|rest| rest.starts_with('/'))
        };
        inner("/facts").or(inner("/personal")).unwrap_or(&self.path)
    }
}

/// Refuses to correct a report here that was about another child: what it says stands in a case of its own.
fn became_another_case(case: Case<'_>, event: &Recorded) -> Result<(), Rejection> {
    let mut split = case.state.split.iter();
    if !split.any(|report| report.event_id == event.event_id) {
        return Ok(());
    }
    let mut history = case.history.iter().rev();
    let new_case = history.find_map(|recorded| match &recorded.event {
        Event::SameChildAnswered(answer) if answer.facts.event_id == event.event_id => {
            answer.facts.new_case
        }
        _ => None,
    });
    let named = new_case.map_or_else(String::new, |id| format!(" ({id})"));
    Err(Rejection::field(
        "/event_id",
        "became-another-case",
        format!(
            "Thông tin này là về trẻ khác và đã thành vụ việc riêng{named}. Hãy đính chính ở vụ việc đó."
        ),
        format!(
            "This report was about another child and became a case of its own{named}. Correct it there."
        ),
    ))
}

/// The event as the actor sees it, if they see it and may correct it.
fn correctable(
    case: Case<'_>,
    event: &Recorded,
    context: &Context<'_>,
) -> Result<Recorded, Rejection> {
    let seen = viewer(context).event(case.state, event, case.history);
    let seen = seen.ok_or_else(unknown_event)?;
    if matches!(event.event, Event::FactCorrected(_)) {
        return Err(Rejection::field(
            "/event_id",
            "a-correction",
            "Không đính chính một lần đính chính. Hãy đính chính lại ghi nhận gốc.",
            "A correction is not corrected. Correct the original again.",
        ));
    }
    became_another_case(case, event)?;
    // Who may move who answers for the case may correct that, and nothing else of it.
    if moves_who_answers(case, event, context) != Some(true) {
        corrects(case, event, context)?;
    }
    Ok(seen)
}

fn unknown_event() -> Rejection {
    Rejection::field(
        "/event_id",
        "unknown-event",
        "Vụ việc không có ghi nhận này.",
        "The case has no such event.",
    )
}

/// Where a child lives and where it happened moves who answers for the case. Once somebody has acted on it,
/// only who answers for it says so, or the province: nobody corrects a case into their own hands.
fn moves_from_outside(case: Case<'_>, moving: Option<bool>) -> Result<(), Rejection> {
    if moving != Some(false) || !case.state.acted_on() {
        return Ok(());
    }
    Err(Rejection::forbidden(
        "holder-corrects-the-place",
        "Đã có nơi làm việc với trẻ, nên chỉ xã chịu trách nhiệm về vụ việc hoặc cấp tỉnh đính chính nơi \
         xảy ra, nơi cư trú, nơi tiếp nhận và nơi được chuyển thông tin. Hãy báo cho nơi đó.",
        "Somebody has acted on the case, so only the commune that answers for it or the province corrects \
         where it happened, where the child lives, who received the report and to whom it was passed on. \
         Tell them.",
        "",
    ))
}

/// Whether a personal value that is not there was left out when the event was recorded: it may be added.
/// What is hidden from the viewer, or was erased, may not.
fn may_have_been_left_out(seen: &Recorded, event: &Recorded, history: &[Recorded]) -> bool {
    let has_one = |event: &Recorded| payload(&event.event).1.is_some();
    if has_one(event) {
        return has_one(seen);
    }
    // A report always has a personal part: without it the case was erased.
    history.iter().all(|recorded| match &recorded.event {
        Event::ReportReceived(report) => report.personal.is_some(),
        _ => true,
    })
}

fn unknown_path() -> Rejection {
    Rejection::field(
        "/path",
        "unknown-path",
        "Ghi nhận đó không có mục này, hoặc mục này được suy ra từ mục khác. Hãy đính chính mục gốc.",
        "That event has no such value, or it follows from another one. Correct that one.",
    )
}

fn viewer<'a>(context: &Context<'a>) -> Viewer<'a> {
    Viewer {
        role: context.actor.role,
        unit: context.actor.unit.as_deref().unwrap_or_default(),
        units: context.units,
    }
}

/// The same to somebody who does not see the event: nobody learns by a refusal what they do not see.
fn stands_unseen(stands: &Stands) -> Rejection {
    Rejection::field(
        "/value",
        stands.refusal.code,
        "Nếu đính chính như vậy thì một nội dung khác mà anh/chị không xem được không thể xảy ra. Hãy báo \
         cho xã chịu trách nhiệm về vụ việc.",
        "With this correction something that you do not see could not have happened. Tell the commune that \
         answers for the case.",
    )
}

/// What would not be possible any more, and which event stands against it.
fn stands_against(stands: Stands) -> Rejection {
    let Stands {
        event_id,
        title,
        at,
        refusal,
        of_itself,
    } = stands;
    if of_itself {
        return Rejection {
            against: Some(event_id),
            ..refusal.at("/value")
        };
    }
    let day = at.local().format("%d/%m/%Y %H:%M");
    let mut refused = Rejection::field(
        "/value",
        refusal.code,
        format!(
            "Nếu đính chính như vậy thì “{}” lúc {day} không thể xảy ra: {}",
            title.vi, refusal.message.vi
        ),
        format!(
            "With this correction the {} of {day} could not have happened: {}",
            title.en, refusal.message.en
        ),
    );
    refused.kind = refusal.kind;
    refused.legal_basis = refusal.legal_basis;
    refused.against = Some(event_id);
    refused
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use crate::case::{Event, effective, payload};
    use serde_json::{Value, json};

    /// Corrects the last event of a type on 30 March.
    fn corrected(case: &Given, event: &str, path: &str, value: Value) -> Outcome {
        let id = case.event(event);
        let decided = matches!(event, "SeparationOrdered" | "SeparationExtended");
        let who = if decided { CHAIR } else { OFFICER };
        case.when("03-30 09:00", who, correct(id, path, value))
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
    fn who_took_the_call_does_not_correct_a_case_into_their_own_hands() {
        // The first commune took the call and passed it on; the other assessed.
        let told = with(
            report("03-11 09:00"),
            json!({"incident": {"unit": OTHER}, "child": {"residence_unit": OTHER}}),
        );
        let case = reported_with(told)
            .and("03-11 09:30", OFFICER, forward(OTHER))
            .and("03-11 11:00", OTHER_OFFICER, assess(true, true));
        let call = case.event("ReportReceived");
        for path in ["/incident/unit", "/child/residence_unit"] {
            case.when("03-11 12:00", OFFICER, correct(call, path, json!(COMMUNE)))
                .then_refused("holder-corrects-the-place");
        }
        case.when(
            "03-11 12:00",
            OTHER_OFFICER,
            correct(call, "/child/residence_unit", json!(COMMUNE)),
        )
        .then(&["FactCorrected"]);
    }

    /// The first commune took the call and passed it on to the other, where it happened.
    fn passed_on() -> Given {
        let told = with(
            report("03-11 09:00"),
            json!({"incident": {"unit": OTHER}, "child": {"residence_unit": OTHER}}),
        );
        reported_with(told).and("03-11 09:30", OFFICER, forward(OTHER))
    }

    #[test]
    fn nobody_takes_a_case_over_by_correcting_the_whole_of_a_thing() {
        let case = passed_on().and("03-11 11:00", OTHER_OFFICER, assess(true, true));
        let call = case.event("ReportReceived");
        let child = json!({"sex": "female", "residence_unit": COMMUNE});
        for (event, path, value) in [
            (call, "/incident", json!({"unit": COMMUNE})),
            (call, "/facts/incident", json!({"unit": COMMUNE})),
            (call, "/facts/child", child),
            (
                call,
                "/place_of_receipt",
                json!({"kind": "commune", "unit": OTHER}),
            ),
            (case.event("ReportForwarded"), "/to_unit", json!(COMMUNE)),
        ] {
            case.when("03-11 12:00", OFFICER, correct(event, path, value.clone()))
                .then_refused("holder-corrects-the-place");
        }
        let moved = correct(call, "/incident", json!({"unit": COMMUNE}));
        let case = case
            .when("03-11 12:00", OTHER_OFFICER, moved)
            .then(&["FactCorrected"]);
        // And it counts from then on.
        let board = crate::responsibility::Board::of(
            case.history(),
            &crate::case::Procedure::shipped(),
            &crate::calendar::Calendar::shipped(),
            crate::time::Instant::parse(&t("03-12 09:00")).unwrap(),
        )
        .unwrap();
        let held = |clock: &str| {
            let at = crate::time::Instant::parse(&t(clock)).unwrap();
            board.holder_at(at).map(|held| held.answers.clone())
        };
        assert_eq!(held("03-11 11:30").as_deref(), Some(OTHER));
        assert_eq!(held("03-11 12:30").as_deref(), Some(COMMUNE));
    }

    #[test]
    fn whoever_acted_keeps_the_case_and_the_province_can_help() {
        let acts = [
            (OTHER_CHAIR, measure("03-11 10:00")),
            (OTHER_OFFICER, verify("confirmed")),
        ];
        for (who, act) in acts {
            let case = passed_on().and("03-11 11:00", who, act);
            let call = case.event("ReportReceived");
            for path in ["/incident/unit", "/child/residence_unit"] {
                let mine = || correct(call, path, json!(COMMUNE));
                case.when("03-11 12:00", OFFICER, mine())
                    .then_refused("holder-corrects-the-place");
                case.when("03-11 12:00", PROVINCIAL, mine())
                    .then(&["FactCorrected"]);
            }
            // The province did not take the report: of the rest of it, nothing.
            case.when(
                "03-11 12:00",
                PROVINCIAL,
                correct(call, "/child/name", json!("A")),
            )
            .then_refused("not-yours-to-correct");
        }
        // In a later round, too.
        let again = passed_on()
            .and("03-11 11:00", OTHER_OFFICER, verify("unfounded"))
            .and("03-11 12:00", OTHER_CHAIR, close("unfounded"))
            .and("03-20 08:00", OTHER_OFFICER, reopen());
        let call = again.event("ReportReceived");
        again
            .when(
                "03-20 09:00",
                OFFICER,
                correct(call, "/incident/unit", json!(COMMUNE)),
            )
            .then_refused("holder-corrects-the-place");
        // Nobody has acted yet: the place of receipt mends its own mistake.
        let call = passed_on().event("ReportReceived");
        passed_on()
            .when(
                "03-11 10:00",
                OFFICER,
                correct(call, "/incident/unit", json!(COMMUNE)),
            )
            .then(&["FactCorrected"]);
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
        // That an emergency lifts the limit of a plan which is overdue counts once the chair confirms.
        assert_eq!(case.obligation("submit-plan", "03-30 10:00"), "overdue -");
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
    fn what_was_left_out_is_added_as_the_command_would_have_taken_it() {
        // Ordered without a word of where the child is.
        let order = with(
            separate("2024-03-12", "2024-03-20"),
            json!({"address": null, "note": null}),
        );
        let case = emergency().and("03-12 08:00", CHAIR, order);
        for path in ["/address", "/personal/address"] {
            let case = corrected(
                &case,
                "SeparationOrdered",
                path,
                json!("Nhà bà ngoại, thôn 3"),
            )
            .then(&["FactCorrected"]);
            let known = effective(case.history());
            let address = known.iter().find_map(|event| match &event.event {
                Event::SeparationOrdered(e) => e.personal.as_ref()?.address.clone(),
                _ => None,
            });
            assert_eq!(
                address.map(|line| line.to_string()).as_deref(),
                Some("Nhà bà ngoại, thôn 3")
            );
            corrected(&case, "SeparationOrdered", path, json!("Nhà dì")).then(&["FactCorrected"]);
            corrected(&case, "SeparationOrdered", path, Value::Null).then(&["FactCorrected"]);
        }
        for (path, code) in [
            ("/mood", "unknown-path"),
            ("/personal/mood", "unknown-path"),
            ("/address/street", "unknown-path"),
        ] {
            corrected(&case, "SeparationOrdered", path, json!("x")).then_refused(code);
        }
        corrected(&case, "SeparationOrdered", "/address", Value::Null)
            .then_refused_at("nothing-changes", "/value");
        // Who is suspected had no name, and of the family nothing was told.
        for (path, value) in [
            ("/suspected_harmer/name", json!("Lê Văn Mẫu")),
            ("/personal/suspected_harmer/name", json!("Lê Văn Mẫu")),
            ("/suspected_harmer/note", json!("Ở cùng thôn")),
            ("/informant/phone", json!("0912000000")),
            ("/family/father", json!("Trần Văn Mẫu")),
        ] {
            corrected(&reported(), "ReportReceived", path, value).then(&["FactCorrected"]);
        }
        corrected(
            &reported(),
            "ReportReceived",
            "/suspected_harmer/mood",
            json!("x"),
        )
        .then_refused("unknown-path");
    }

    #[test]
    fn what_was_erased_is_not_added_again() {
        let order = with(
            separate("2024-03-12", "2024-03-20"),
            json!({"address": null, "note": null}),
        );
        let case = emergency().and("03-12 08:00", CHAIR, order);
        let erased = case.history().iter().cloned().map(|mut event| {
            if let Event::ReportReceived(report) = &mut event.event {
                report.personal = None;
            }
            event
        });
        let erased = Given::told(erased);
        for path in ["/address", "/personal/address"] {
            corrected(&erased, "SeparationOrdered", path, json!("Nhà dì"))
                .then_refused("unknown-path");
        }
        // Nor do words come in by the door of a number.
        let number = |case: &Given, value: &str| {
            corrected(case, "SeparationOrdered", "/decision_number", json!(value))
        };
        number(&erased, "Quyết định số 12").then_refused("unknown-path");
        number(&erased, "12/QĐ-UBND").then(&["FactCorrected"]);
        number(&case, "Quyết định số 12").then(&["FactCorrected", "FactCorrected"]);
    }

    #[test]
    fn a_number_may_become_words_and_words_a_number() {
        let parts = |case: &Given| {
            let known = effective(case.history());
            let last = known.iter().rev();
            let mut approved = last.filter_map(|event| match &event.event {
                Event::PlanApproved(e) => Some(e.clone()),
                _ => None,
            });
            let approved = approved.next().unwrap();
            let words = approved.personal.and_then(|own| own.decision_number);
            let number = approved.facts.decision_number;
            (number.map(|n| n.to_string()), words.map(|w| w.to_string()))
        };
        let by_chair = |case: &Given, value: Value| {
            let id = case.event("PlanApproved");
            case.when("03-30 09:00", CHAIR, correct(id, "/decision_number", value))
        };
        let text = |text: &str| Some(text.to_owned());
        let case = approved();
        assert!(parts(&case).0.is_some());
        let words = "Quyết định số 15 ngày 14/3";
        let case = by_chair(&case, json!(words)).then(&["FactCorrected", "FactCorrected"]);
        assert_eq!(parts(&case), (None, text(words)));
        let plan = |case: &Given| case.state().plan.as_ref().unwrap().decision_number.clone();
        assert_eq!(plan(&case), text(words));
        by_chair(&case, json!(words)).then_refused_at("nothing-changes", "/value");
        let other = "Quyết định số 16";
        let case = by_chair(&case, json!(other)).then(&["FactCorrected"]);
        assert_eq!(parts(&case), (None, text(other)));
        let case = by_chair(&case, json!("16/QĐ-UBND")).then(&["FactCorrected", "FactCorrected"]);
        assert_eq!(parts(&case), (text("16/QĐ-UBND"), None));
        by_chair(&case, json!("")).then_refused_at("does-not-fit", "/value");
        by_chair(&case, Value::Null).then_refused_at("missing-field", "/value");
        assert_eq!(crate::case::misfits(case.history()), []);
        // No words stand among the facts of the corrections either.
        for event in case.history() {
            let (facts, _) = payload(&event.event);
            assert!(!facts.to_string().contains("Quyết định"), "{facts}");
        }
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
    fn what_an_office_decided_that_office_corrects() {
        let case = separated()
            .and("03-12 09:00", OFFICER, detail())
            .and("03-12 10:00", CHAIR, meet())
            .and("03-12 11:00", OFFICER, submit());
        let plan = case.event("PlanSubmitted");
        let goals = || correct(plan, "/goals", json!("Đến trường"));
        case.when("03-12 12:00", OFFICER, goals())
            .then(&["FactCorrected"]);
        let case = case
            .and("03-12 12:00", CHAIR, approve())
            .and("03-19 09:00", CHAIR, lift())
            .and(
                "03-20 09:00",
                CHAIR,
                with(close("died"), json!({"note": "Đuối nước"})),
            );
        for (event, path, value) in [
            ("PlanSubmitted", "/goals", json!("Đến trường")),
            ("PlanApproved", "/decision_number", json!("13/QĐ-UBND")),
            ("SeparationOrdered", "/decision_number", json!("20/QĐ-UBND")),
            ("SeparationLifted", "/decision_number", json!("24/QĐ-UBND")),
            ("CaseClosed", "/note", json!("Tai nạn")),
        ] {
            let command = || correct(case.event(event), path, value.clone());
            for who in [OFFICER, PROVINCIAL, HEALTH] {
                let code = case.when("03-30 09:00", who, command()).refusal().code;
                let expected = match who {
                    HEALTH => "not-your-unit",
                    _ => "not-yours-to-correct",
                };
                assert_eq!(code, expected, "{event} {who:?}");
            }
            case.when("03-30 09:00", CHAIR, command())
                .then(&["FactCorrected"]);
        }
        // Nor does a plan that was sent back and submitted anew belong to the chair.
        let returned = submitted().and("03-15 09:00", CHAIR, send_back()).and(
            "03-16 09:00",
            OFFICER,
            submit(),
        );
        corrected(&returned, "PlanSubmitted", "/goals", json!("Đến trường"))
            .then(&["FactCorrected"]);
    }

    #[test]
    fn what_the_new_holder_found_and_decided_the_former_one_does_not_correct() {
        let unknown = json!({"grave": "unknown", "carer_is_harmer": "unknown"});
        let case = reported()
            .and("03-11 11:00", OFFICER, with(assess(false, false), unknown))
            .and("03-11 13:00", OFFICER, transfer(OTHER))
            .and("03-11 14:00", OTHER_OFFICER, accept_transfer())
            .and("03-11 15:00", OTHER_OFFICER, verify("confirmed"))
            .and("03-11 16:00", OTHER_OFFICER, assess(true, true))
            .and(
                "03-11 17:00",
                OTHER_CHAIR,
                separate("2024-03-11", "2024-03-20"),
            );
        for (event, path, value) in [
            ("ReportVerified", "/outcome", json!("unclear")),
            (
                "InitialAssessmentRecorded",
                "/carer_is_harmer",
                json!("unknown"),
            ),
            ("SeparationOrdered", "/decision_number", json!("20/QĐ-UBND")),
        ] {
            let command = || correct(case.event(event), path, value.clone());
            // The commune of the incident could record each of them, and still corrects its own.
            for who in [OFFICER, CHAIR] {
                case.when("03-12 09:00", who, command())
                    .then_refused("not-yours-to-correct");
            }
            case.when("03-12 09:00", OTHER_CHAIR, command())
                .then(&["FactCorrected"]);
        }
    }

    /// The officer wrote down what the police of the commune were told.
    fn told_to_the_police() -> Given {
        let told = json!({"place_of_receipt": {"kind": "police"},
            "support_given": "Đã đưa đến trạm y tế", "family": {"situation": "Bà nuôi"}});
        given()
            .and("03-11 09:00", OFFICER, with(report("03-11 09:00"), told))
            .and("03-11 11:00", OFFICER, assess(false, false))
    }

    #[test]
    fn nobody_learns_or_changes_a_value_that_they_do_not_see() {
        let case = told_to_the_police();
        let id = case.event("ReportReceived");
        // They received it and correct it, but what was done for the child is not shown to them.
        case.when(
            "03-12 09:00",
            POLICE,
            correct(id, "/child/name", json!("Nguyễn Thị Mẫu")),
        )
        .then(&["FactCorrected"]);
        for guess in [
            json!("Đã đưa đến trạm y tế"),
            json!("Đã gọi điện"),
            Value::Null,
        ] {
            for path in ["/support_given", "/personal/support_given"] {
                case.when("03-12 09:00", POLICE, correct(id, path, guess.clone()))
                    .then_refused_at("unknown-path", "/path");
            }
        }
        for guess in [json!({"situation": "Bà nuôi"}), Value::Null] {
            case.when("03-12 09:00", POLICE, correct(id, "/family", guess))
                .then_refused_at("unknown-path", "/path");
        }
        // Who sees the value is told that nothing changes.
        case.when(
            "03-12 09:00",
            OFFICER,
            correct(id, "/support_given", json!("Đã đưa đến trạm y tế")),
        )
        .then_refused_at("nothing-changes", "/value");
        // What is not shown at all is not there, whatever is guessed of it.
        let form = case.event("InitialAssessmentRecorded");
        for guess in [false, true] {
            case.when("03-12 09:00", POLICE, correct(form, "/grave", json!(guess)))
                .then_refused_at("unknown-event", "/event_id");
        }
    }

    #[test]
    fn a_refusal_names_only_what_one_sees() {
        let case = told_to_the_police();
        let id = case.event("ReportReceived");
        let later = || correct(id, "/received_at", json!(t("03-11 12:00")));
        let hidden = case.when("03-12 09:00", POLICE, later()).refusal();
        assert_eq!((hidden.code, hidden.against), ("before-its-cause", None));
        let told = format!("{} {}", hidden.message.vi, hidden.message.en);
        assert!(
            !told.contains("11/03") && !told.contains("assessment"),
            "{told}"
        );
        let seen = case.when("03-12 09:00", OFFICER, later()).refusal();
        assert_eq!(seen.against, Some(case.event("InitialAssessmentRecorded")));
    }

    /// A correction of several values.
    fn several(changes: Value) -> Value {
        json!({"type": "correct", "changes": changes, "reason": "Ghi nhầm"})
    }

    #[test]
    fn several_values_are_corrected_at_once_or_none() {
        let case = assessed();
        let (told, form) = (
            case.event("ReportReceived"),
            case.event("InitialAssessmentRecorded"),
        );
        let change = |event: uuid::Uuid, path: &str, value: Value| json!({"event_id": event, "path": path, "value": value});
        let received = || change(told, "/received_at", json!(t("03-11 12:00")));
        let assessed = || change(form, "/occurred_at", json!(t("03-11 13:00")));
        // Received at noon and assessed at one: each alone stands against the other.
        case.when("03-12 09:00", OFFICER, several(json!([received()])))
            .then_refused_at("before-its-cause", "/changes/0/value");
        let both = case
            .when(
                "03-12 09:00",
                OFFICER,
                several(json!([received(), assessed()])),
            )
            .then(&["FactCorrected", "FactCorrected"]);
        assert_eq!(both.state().received_at.to_string(), t("03-11 12:00"));
        let wrong = change(told, "/child/sex", json!("both"));
        case.when("03-12 09:00", OFFICER, several(json!([assessed(), wrong])))
            .then_refused_at("does-not-fit", "/changes/1/value");
        case.when(
            "03-12 09:00",
            OFFICER,
            with(several(json!([assessed()])), json!({"event_id": told})),
        )
        .then_refused_at("two-answers", "/changes");
        let many: Vec<_> = (0..51).map(|_| assessed()).collect();
        case.when("03-12 09:00", OFFICER, several(json!(many)))
            .then_refused_at("wrong-length", "/changes");
    }

    /// Refused, naming the event that stands against it.
    #[track_caller]
    fn stands_against(outcome: Outcome, code: &str, case: &Given, event: &str) {
        let refused = outcome.refusal();
        assert_eq!(
            (refused.code, refused.against),
            (code, Some(case.event(event))),
            "{refused:#?}"
        );
    }

    #[test]
    fn what_breaks_order_existence_or_a_maximum_is_refused_and_names_the_event() {
        let case = approved().and("03-16 09:00", OFFICER, service("start-service", "p1"));
        let received = corrected(
            &case,
            "ReportReceived",
            "/received_at",
            json!(t("03-11 12:00")),
        );
        stands_against(
            received,
            "before-its-cause",
            &case,
            "InitialAssessmentRecorded",
        );
        // The item that was begun would not have existed.
        let plan = case.event("PlanSubmitted");
        let gone = case.when(
            "03-30 09:00",
            CHAIR,
            correct(plan, "/items/0/id", json!("p2")),
        );
        stands_against(gone, "unknown-item", &case, "ServiceStarted");
        // The days of the separation would be more than fifteen.
        let chain = separated().and("03-19 08:00", CHAIR, extend("2024-03-27"));
        let sooner = corrected(&chain, "SeparationOrdered", "/from", json!("2024-03-11"));
        stands_against(sooner, "separation-too-long", &chain, "SeparationExtended");
        // Three interviews on one day.
        let interviews = ["03-14", "03-15"].iter().fold(passed(), |case, day| {
            let on = |from: &str, until: &str| {
                interview(&format!("{day} {from}"), &format!("{day} {until}"))
            };
            case.and("03-16 09:00", INVESTIGATOR, on("08:00", "09:00"))
                .and("03-16 09:00", INVESTIGATOR, on("14:00", "15:00"))
        });
        let first = interviews.history()[3].event_id;
        let changes = json!([
            {"event_id": first, "path": "/from", "value": t("03-15 10:00")},
            {"event_id": first, "path": "/until", "value": t("03-15 11:00")},
        ]);
        let refused = interviews
            .when("03-17 09:00", INVESTIGATOR, several(changes))
            .refusal();
        assert_eq!(refused.code, "interview-limit");
        assert!(refused.against.is_some());
        // The referral that was answered would not have been made yet.
        let referred = assessed().and("03-12 09:00", OFFICER, refer("r1")).and(
            "03-13 09:00",
            HEALTH,
            answer("accept-referral", "r1"),
        );
        let later = corrected(
            &referred,
            "ReferralMade",
            "/occurred_at",
            json!(t("03-14 09:00")),
        );
        stands_against(later, "before-its-cause", &referred, "ReferralAccepted");
        // The case would have been reopened before it was closed.
        let reopened = closed().and("04-02 09:00", CHAIR, reopen());
        let id = reopened.event("CaseReopened");
        let sooner = correct(id, "/occurred_at", json!(t("03-31 09:00")));
        reopened
            .when("04-03 09:00", CHAIR, sooner)
            .then_refused_at("before-its-cause", "/value");
    }

    #[test]
    fn competence_and_age_never_stand_against_the_truth() {
        let case = approved().and("03-16 09:00", OFFICER, service("start-service", "p1"));
        // It happened in the other commune: what this one did stands, and from now on the other owes.
        let moved = corrected(&case, "ReportReceived", "/incident/unit", json!(OTHER))
            .then(&["FactCorrected"]);
        assert_eq!(moved.state().incident_unit, OTHER);
        assert!(moved.state().plan_in_force().is_some());
        // The person was 17: the Decree did not apply, and what was done stands.
        let aged = corrected(
            &case,
            "ReportReceived",
            "/child/birth",
            json!({"date": "2007-02-01"}),
        )
        .then(&["FactCorrected"]);
        assert!(aged.state().outside_decree());
        assert!(aged.state().plan_in_force().is_some());
        let done = aged.obligations("04-01 09:00");
        let plan = done.iter().find(|owed| owed.step == "submit-plan").unwrap();
        assert!(plan.ended_by_event.is_some());
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
