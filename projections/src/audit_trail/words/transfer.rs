//! Sentences about handing a case over to another commune.

use domain::case::events::transfer::{AnsweredFacts, TransferredFacts};
use domain::language::Sentence;

use crate::audit_trail::phrases::{On, moment, pair, unit};

pub(super) fn offered(facts: &TransferredFacts, on: On<'_>) -> Sentence {
    let (from, to) = (unit(&facts.from_unit, on), unit(&facts.to_unit, on));
    let vi = format!("{from} đã đề nghị chuyển hồ sơ cho {to}");
    let en = format!("{from} offered the case to {to}");
    match facts.respond_by {
        Some(by) => {
            let by = moment(by);
            pair(
                format!("{vi}, đề nghị trả lời chậm nhất {}", by.vi),
                format!("{en}, asking for an answer by {}", by.en),
            )
        }
        None => pair(vi, en),
    }
}

pub(super) fn accepted(facts: &AnsweredFacts, on: On<'_>) -> Sentence {
    let (from, to) = (unit(&facts.from_unit, on), unit(&facts.to_unit, on));
    pair(
        format!("{to} đã nhận hồ sơ từ {from} và chịu trách nhiệm từ đây"),
        format!("{to} took the case over from {from} and is responsible from now on"),
    )
}

pub(super) fn declined(facts: &AnsweredFacts, on: On<'_>) -> Sentence {
    let (from, to) = (unit(&facts.from_unit, on), unit(&facts.to_unit, on));
    pair(
        format!("{to} không nhận hồ sơ; {from} vẫn chịu trách nhiệm"),
        format!("{to} did not take the case; {from} stays responsible"),
    )
}

pub(super) fn withdrawn(facts: &AnsweredFacts, on: On<'_>) -> Sentence {
    let (from, to) = (unit(&facts.from_unit, on), unit(&facts.to_unit, on));
    pair(
        format!("{from} đã rút lại đề nghị chuyển hồ sơ cho {to}"),
        format!("{from} took back the offer of the case to {to}"),
    )
}
