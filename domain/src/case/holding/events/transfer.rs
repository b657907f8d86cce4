//! Handing a case over to another commune: offered, accepted, declined or taken back.

use serde::{Deserialize, Serialize};

use crate::case::sentence::{On, moment};
use crate::language::Sentence;
use crate::time::Moment;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TransferredFacts {
    pub from_unit: String,
    pub to_unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respond_by: Option<Moment>,
}

impl TransferredFacts {
    pub(in crate::case) fn says(&self, on: On<'_>) -> Sentence {
        let (from, to) = (on.unit(&self.from_unit), on.unit(&self.to_unit));
        let (vi, en) = self.respond_by.map_or_else(Default::default, |by| {
            let by = moment(by);
            (
                format!(", đề nghị trả lời chậm nhất {}", by.vi),
                format!(", asking for an answer by {}", by.en),
            )
        });
        Sentence::new(
            format!("{from} đã đề nghị chuyển hồ sơ cho {to}{vi}"),
            format!("{from} offered the case to {to}{en}"),
        )
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnsweredFacts {
    pub from_unit: String,
    pub to_unit: String,
}

impl AnsweredFacts {
    fn units<'a>(&'a self, on: On<'a>) -> (&'a str, &'a str) {
        (on.unit(&self.from_unit), on.unit(&self.to_unit))
    }

    pub(in crate::case) fn says_accepted(&self, on: On<'_>) -> Sentence {
        let (from, to) = self.units(on);
        Sentence::new(
            format!("{to} đã nhận hồ sơ từ {from} và chịu trách nhiệm từ đây"),
            format!("{to} took the case over from {from} and is responsible from now on"),
        )
    }

    pub(in crate::case) fn says_declined(&self, on: On<'_>) -> Sentence {
        let (from, to) = self.units(on);
        Sentence::new(
            format!("{to} không nhận hồ sơ; {from} vẫn chịu trách nhiệm"),
            format!("{to} did not take the case; {from} stays responsible"),
        )
    }

    pub(in crate::case) fn says_withdrawn(&self, on: On<'_>) -> Sentence {
        let (from, to) = self.units(on);
        Sentence::new(
            format!("{from} đã rút lại đề nghị chuyển hồ sơ cho {to}"),
            format!("{from} took back the offer of the case to {to}"),
        )
    }
}

#[cfg(test)]
crate::case::sentence::samples! {
    CaseTransferred {"from_unit": "19111", "to_unit": "19114"}, {"reason": "SECRET"} =>
        "Thị trấn Hoàn Lão đã đề nghị chuyển hồ sơ cho Thị trấn Nông trường Việt Trung",
        "Thị trấn Hoàn Lão offered the case to Thị trấn Nông trường Việt Trung";
    CaseTransferred {"from_unit": "19111", "to_unit": "19114", "respond_by": "2024-03-20"} =>
        "Thị trấn Hoàn Lão đã đề nghị chuyển hồ sơ cho Thị trấn Nông trường Việt Trung, đề nghị trả lời chậm \
         nhất ngày 20/03/2024",
        "Thị trấn Hoàn Lão offered the case to Thị trấn Nông trường Việt Trung, asking for an answer by \
         20/03/2024";
    TransferAccepted {"from_unit": "19111", "to_unit": "19114"} =>
        "Thị trấn Nông trường Việt Trung đã nhận hồ sơ từ Thị trấn Hoàn Lão và chịu trách nhiệm từ đây",
        "Thị trấn Nông trường Việt Trung took the case over from Thị trấn Hoàn Lão and is responsible from now \
         on";
    TransferDeclined {"from_unit": "19111", "to_unit": "19114"}, {"reason": "SECRET"} =>
        "Thị trấn Nông trường Việt Trung không nhận hồ sơ; Thị trấn Hoàn Lão vẫn chịu trách nhiệm",
        "Thị trấn Nông trường Việt Trung did not take the case; Thị trấn Hoàn Lão stays responsible";
    TransferWithdrawn {"from_unit": "19111", "to_unit": "19114"}, {"reason": "SECRET"} =>
        "Thị trấn Hoàn Lão đã rút lại đề nghị chuyển hồ sơ cho Thị trấn Nông trường Việt Trung",
        "Thị trấn Hoàn Lão took back the offer of the case to Thị trấn Nông trường Việt Trung";
}
