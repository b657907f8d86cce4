//! Phrases that sentences about events are made of.

use domain::case::events::Answer;
use domain::case::events::closing::ClosingReason;
use domain::case::events::competence::UnitFacts;
use domain::language::Sentence;
use domain::text::{Code, DocumentNumber};
use domain::time::{Instant, Moment};
use domain::unit::Units;

pub(super) fn both(vi: &str, en: &str) -> Sentence {
    Sentence::new(vi, en)
}

pub(super) fn pair(vi: String, en: String) -> Sentence {
    Sentence::new(vi, en)
}

/// What form 02 answered to its two questions; what is not known yet is said.
pub(super) fn initial(grave: Answer, carer_is_harmer: Answer) -> Sentence {
    let grave = match grave {
        Answer::Yes => Sentence::new(
            "có hoặc có nguy cơ tổn hại nghiêm trọng",
            "serious harm is present or threatens",
        ),
        Answer::No => Sentence::new("không thấy tổn hại nghiêm trọng", "no serious harm is seen"),
        Answer::Unknown => Sentence::new(
            "chưa biết có tổn hại nghiêm trọng hay không",
            "it is not known yet whether there is serious harm",
        ),
    };
    let carer = match carer_is_harmer {
        Answer::Yes => Sentence::new(
            "người chăm sóc là người gây tổn hại",
            "the carer is the one who harms",
        ),
        Answer::No => Sentence::new(
            "người chăm sóc không phải là người gây tổn hại",
            "the carer is not the one who harms",
        ),
        Answer::Unknown => Sentence::new(
            "chưa biết người chăm sóc có phải là người gây tổn hại hay không",
            "it is not known yet whether the carer is the one who harms",
        ),
    };
    pair(
        format!("Đã đánh giá nguy cơ ban đầu: {}, {}", grave.vi, carer.vi),
        format!(
            "Recorded the initial assessment: {}, and {}",
            grave.en, carer.en
        ),
    )
}

pub(super) fn reviewed(safe: bool, stable: bool) -> Sentence {
    let (vi, en) = match (safe, stable) {
        (true, true) => (
            "trẻ không còn nguy cơ bị xâm hại và đã ổn định",
            "the child is no longer at risk and is stable",
        ),
        (true, false) => (
            "trẻ không còn nguy cơ bị xâm hại nhưng chưa ổn định",
            "the child is no longer at risk but not yet stable",
        ),
        (false, true) => (
            "trẻ đã ổn định nhưng vẫn còn nguy cơ bị xâm hại",
            "the child is stable but still at risk",
        ),
        (false, false) => (
            "trẻ vẫn còn nguy cơ bị xâm hại và chưa ổn định",
            "the child is still at risk and not yet stable",
        ),
    };
    pair(
        format!("Đã rà soát, đánh giá việc thực hiện kế hoạch: {vi}"),
        format!("Reviewed the plan: {en}"),
    )
}

pub(super) fn closed(reason: ClosingReason) -> Sentence {
    let (vi, en) = match reason {
        ClosingReason::SafeAndStable => {
            ("trẻ đã an toàn và ổn định", "the child is safe and stable")
        }
        ClosingReason::Unfounded => ("thông tin không có căn cứ", "the report was unfounded"),
        ClosingReason::Died => ("trẻ đã tử vong", "the child has died"),
        ClosingReason::Reached16 => ("trẻ đã đủ 16 tuổi", "the child has reached 16"),
        ClosingReason::Transferred => ("hồ sơ đã chuyển đi", "the case was transferred"),
        ClosingReason::RecordedTwice => ("vụ việc đã được ghi hai lần", "it was recorded twice"),
        ClosingReason::Other => ("lý do khác", "for another reason"),
    };
    let en = match reason {
        ClosingReason::Other => format!("Closed the case {en}"),
        _ => format!("Closed the case: {en}"),
    };
    pair(format!("Đã kết thúc vụ việc: {vi}"), en)
}

pub(super) fn item(id: &Code, vi: &str, en: &str) -> Sentence {
    pair(
        format!("{vi} việc {id} của kế hoạch"),
        format!("{en} item {id} of the plan"),
    )
}

pub(super) fn referral(id: &Code, vi: &str, en: &str) -> Sentence {
    pair(format!("{vi} ({id})"), format!("{en} ({id})"))
}

/// With the number of the decision, where it has one.
pub(super) fn by_decision(vi: String, en: String, number: Option<&DocumentNumber>) -> Sentence {
    match number {
        Some(number) => pair(
            format!("{vi}, quyết định số {number}"),
            format!("{en}, decision {number}"),
        ),
        None => pair(vi, en),
    }
}

/// The units, and the time at which something happened to them.
#[derive(Clone, Copy)]
pub(super) struct On<'a> {
    pub units: &'a Units,
    pub at: Instant,
}

/// By which decision, where it has a number.
pub(super) fn decision(number: Option<&DocumentNumber>) -> (String, String) {
    match number {
        Some(number) => (
            format!(" bằng quyết định số {number}"),
            format!(" by decision {number}"),
        ),
        None => (String::new(), String::new()),
    }
}

/// The name of a unit as it was called then.
pub(super) fn unit<'a>(code: &'a str, on: On<'a>) -> &'a str {
    on.units.name(code, on.at.date())
}

/// The name of exactly this unit.
pub(super) fn unit_of_id<'a>(units: &'a Units, unit: &'a UnitFacts) -> &'a str {
    let known = units.by_id(&unit.id);
    known.map_or(unit.reference(), |unit| unit.name.as_str())
}

pub(super) fn day(moment: Moment) -> String {
    moment.date().format("%d/%m/%Y").to_string()
}

/// A day or a minute, as the last one in time.
pub(super) fn moment(moment: Moment) -> Sentence {
    let date = day(moment);
    match moment {
        Moment::At(at) => {
            let time = at.local().format("%H:%M");
            pair(format!("{time} ngày {date}"), format!("{time} on {date}"))
        }
        Moment::On(_) => pair(format!("ngày {date}"), date),
    }
}

pub(super) fn many(count: usize, one: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {one}s")
    }
}

/// A size in words; Vietnamese writes a comma before tenths.
pub(super) fn size(bytes: u64) -> Sentence {
    let (amount, unit) = match bytes {
        0..1_000 => return pair(format!("{bytes} B"), format!("{bytes} B")),
        1_000..1_000_000 => (bytes as f64 / 1e3, "kB"),
        _ => (bytes as f64 / 1e6, "MB"),
    };
    let en = format!("{amount:.1} {unit}");
    pair(en.replace('.', ","), en)
}
