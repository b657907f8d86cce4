//! Initial assessment, emergency measure, temporary separation.

use domain::case::events::contradiction::Against;
use domain::identity::Role;
use domain::time::Instant;
use serde_json::{Value, json};

use super::super::hours::{on, plus_days, plus_minutes};
use super::super::outline::{Extra, Late, Milestone, Separated};
use super::super::random::Random;
use super::super::story::{Halt, Story};
use super::super::words::{self, Weight};
use super::agencies;
use super::contradictions;

/// Relations by which a tale suspects parents or carers.
const CARERS: [&str; 3] = ["parent", "step-parent", "carer"];

pub(super) const LEVELS: [&str; 3] = ["high", "medium", "low"];

/// A row of a table: a level by weights for high, medium, low, and a remark that fits it.
pub(super) fn rating(random: &mut Random, weights: [i64; 3], notes: &[[&str; 4]; 3]) -> Value {
    let level = random.weighted(&[(weights[0], 0_usize), (weights[1], 1), (weights[2], 2)]);
    json!({ "level": LEVELS[level], "note": random.pick(&notes[level]) })
}

/// Form 02.
pub(super) fn assess(story: &mut Story<'_>) -> Result<(), Halt> {
    let outline = story.outline;
    // When a case is reopened the danger of its beginning is over.
    let emergency = outline.emergency() && story.round == 1;
    let at = if emergency {
        story.soon(15, 80)
    } else {
        story.soon_in_office(50, 230)
    };
    let at = story.reach(Milestone::Assess, at)?;
    let officer = story.officer();
    let random = &mut story.random;
    let (harm, protection, conclusions): (_, _, &[&str]) = if emergency {
        ([80, 20, 0], [5, 35, 60], &words::INITIAL_EMERGENCY)
    } else {
        ([0, 55, 45], [30, 55, 15], &words::INITIAL_CALM)
    };
    let mut harms = || rating(random, harm, &words::HARM_NOTES);
    let harms = [harms(), harms()];
    let mut protections = || rating(random, protection, &words::PROTECTION_NOTES);
    let protections = [protections(), protections()];
    let place = emergency.then(|| random.pick(&words::SAFE_PLACES));
    let care = (emergency || random.chance(15)).then(|| random.pick(&words::MEDICAL_CARE));
    let bad = |rows: &[Value], level: &str| rows.iter().any(|row| row["level"] == level);
    let grave = emergency
        && (outline.tale.weight == Weight::Grave
            || (bad(&harms, "high") && bad(&protections, "low"))
            || random.chance(30));
    let by_carer = emergency && outline.tale.weight == Weight::Carer;
    let mut command = json!({
        "type": "record-initial-assessment",
        "harm": harms,
        "protection": protections,
        "grave": grave,
        "carer_is_harmer": by_carer,
        "separation_needed": emergency && outline.separated.is_some(),
        "conclusion": random.pick(conclusions),
        "safe_place": place,
        "medical_care": care,
    });
    let told = &story.state()?.reports;
    let mut against = Vec::new();
    if !grave && told.iter().any(|report| report.danger_now) {
        against.push(Against::DangerReported);
    }
    if !by_carer && CARERS.contains(&outline.tale.relation) {
        against.push(Against::SuspectedCarer);
    }
    if outline.has(Extra::Contradicted) {
        story.give(at, officer.clone(), command)?;
    } else {
        command["contradiction_reason"] = contradictions::reason_on_form(story, &against);
        story.give(at, officer.clone(), command)?;
        contradictions::ask(story, &[Against::DangerReported, Against::SuspectedCarer])?;
    }
    if outline.has(Extra::CorrectedTime) && story.round == 1 {
        let assessed = story
            .history()
            .last()
            .map(|event| (event.event_id, event.occurred_at));
        if let Some((event_id, occurred_at)) = assessed {
            let right = plus_minutes(occurred_at, -story.random.between(6, 25));
            let at = story.working_days_after(story.clock.date(), 1, 3);
            let command = json!({
                "type": "correct",
                "event_id": event_id,
                "path": "/occurred_at",
                "value": right,
                "reason": "Ghi nhầm giờ, đối chiếu biên bản làm việc.",
            });
            story.aside(at, officer, command);
        }
    }
    Ok(())
}

/// The child is protected at once, where it is an emergency.
pub(super) fn protect(story: &mut Story<'_>) -> Result<(), Halt> {
    let outline = story.outline;
    if !outline.emergency() {
        return Ok(());
    }
    let at = if outline.late == Some(Late::Protect) {
        plus_minutes(outline.received_at, story.random.between(13 * 60, 21 * 60))
    } else {
        story.soon(20, 110)
    };
    let at = story.reach(Milestone::Protect, at)?;
    let applied_at = plus_minutes(at, -story.random.between(2, 12)).max(story.clock);
    let role = story.random.weighted(&[
        (60, Role::CommuneChair),
        (25, Role::PoliceOfficer),
        (15, Role::CommuneOfficer),
    ]);
    let actor = story.local(role, 0);
    let count = usize::try_from(story.random.between(1, 3)).unwrap_or(1);
    let measures = story.random.several(&words::EMERGENCY_MEASURES, count);
    let agencies = story
        .random
        .several(&["police", "health", "womens-union", "village"], 2);
    let note = story
        .random
        .chance(60)
        .then(|| story.random.pick(&words::EMERGENCY_NOTES));
    let command = json!({
        "type": "apply-emergency-measure",
        "measures": measures,
        "agencies": agencies,
        "applied_at": applied_at,
        "note": note,
    });
    // Recorded a little after it was done.
    story.give(at.max(plus_minutes(applied_at, 1)), actor, command)
}

/// The chair separates the child from the carers for a time; what becomes of it happens beside.
pub(super) fn separate(story: &mut Story<'_>) -> Result<(), Halt> {
    let Some(separated) = story.outline.separated else {
        return Ok(());
    };
    let at = story.soon(20, 60);
    let at = story.reach(Milestone::Separate, at)?;
    let first = at.date();
    let days = match separated {
        Separated::Extended | Separated::Required => 7,
        Separated::Lifted => story.random.between(10, 15),
        Separated::Court | Separated::CourtRefused | Separated::ToTheEnd => 15,
    };
    let number = decision(story);
    let carer = story.outline.tale.weight == Weight::Carer;
    let found = story.outline.has(Extra::Found);
    let sought = found || story.outline.has(Extra::Sought);
    let placement = if sought {
        "being-sought"
    } else {
        story
            .random
            .pick(&["relative", "foster-family", "social-facility"])
    };
    let command = json!({
        "type": "order-separation",
        "ground": if carer { "harmed-by-carer" } else { "risk-of-further-harm" },
        "decision_number": number,
        "from": first,
        "until": plus_days(first, days),
        "placement": placement,
    });
    let chair = story.chair();
    story.give(at, chair, command)?;
    let ends = go_on(story, separated, days);
    let reason = story.random.pick(&words::LIFTED);
    let number = decision(story);
    let placement = story.random.pick(&["parents", "parents", "relatives"]);
    let command = json!({
        "type": "lift-separation", "decision_number": number, "placement": placement,
        "reason": reason,
    });
    let chair = story.chair();
    if found {
        agencies::shelter(story, ends);
    }
    story.aside(ends, chair, command);
    story.apart_until = Some(ends);
    Ok(())
}

/// What happens during the separation, and when it is lifted.
fn go_on(story: &mut Story<'_>, separated: Separated, days: i64) -> Instant {
    let first = story.clock.date();
    let chair = story.chair();
    let day = |story: &mut Story<'_>, number: i64| {
        let minute = story.random.between(8 * 60, 16 * 60);
        on(
            plus_days(first, number),
            0,
            minute,
            story.random.between(0, 59),
        )
    };
    let extend = |story: &mut Story<'_>, until: i64, required_by: Value| {
        let number = decision(story);
        json!({
            "type": "extend-separation",
            "decision_number": number,
            "until": plus_days(first, until),
            "reason": story.random.pick(&words::EXTENDED),
            "required_by": required_by,
        })
    };
    match separated {
        Separated::Lifted => {
            let last = story.random.between(5, days - 1);
            day(story, last)
        }
        Separated::ToTheEnd => on(plus_days(first, 15), 23, 30, 0),
        Separated::Extended => {
            let at = day(story, 6);
            let command = extend(story, 14, Value::Null);
            story.aside(at, chair, command);
            day(story, 13)
        }
        Separated::Required => {
            let at = day(story, 6);
            let required_by =
                json!({ "authority": "Cơ quan Cảnh sát điều tra", "document": "Công văn 45/CQĐT" });
            let command = extend(story, 30, required_by);
            story.aside(at, chair, command);
            let last = story.random.between(20, 29);
            day(story, last)
        }
        Separated::Court | Separated::CourtRefused => {
            let note = story.random.pick(&words::COURT_NOTES);
            let request = json!({ "type": "request-court-order", "request": "continue-separation", "note": note });
            let at = day(story, 11);
            story.aside(at, chair, request);
            let refused = separated == Separated::CourtRefused;
            let number = format!("{}/QĐ-TA", story.random.between(1, 60));
            let command = json!({
                "type": "record-court-decision",
                "decision": if refused { "refused" } else { "continue-separation" },
                "until": (!refused).then(|| plus_days(first, 60)),
                "decision_number": number,
            });
            let at = day(story, 14);
            let clerk =
                story
                    .world
                    .officers
                    .actor(Role::CourtClerk, super::super::places::PROVINCE, 0, at);
            story.aside(at, clerk, command);
            let last = if refused {
                15
            } else {
                story.random.between(35, 55)
            };
            day(story, last)
        }
    }
}

/// The number of a decision.
pub(super) fn decision(story: &mut Story<'_>) -> String {
    format!("{}/QĐ-UBND", story.random.between(3, 980))
}
