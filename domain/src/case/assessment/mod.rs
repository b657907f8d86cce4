//! How great the danger is: at first, in detail, at the review, and why something stands although another
//! speaks against it.

pub mod events;
pub(in crate::case) mod law;
pub(in crate::case) mod state;

use crate::case::chapters::chapter;

pub(in crate::case) mod commands {
    //! One file each.

    pub mod answer_contradiction;
    pub mod record_detailed_assessment;
    pub mod record_initial_assessment;
    pub mod review_plan;

    use crate::case::example::Example;
    use crate::case::gate::{Bar, Gate, OnClosed};
    use crate::case::rule::Rule;
}

chapter! {
    /// How great the danger is, and what was asked about that.
    assessment of Assessment "assessment" {
        commands {
            "record-initial-assessment" => record_initial_assessment::RecordInitialAssessment,
            "record-detailed-assessment" => record_detailed_assessment::RecordDetailedAssessment,
            "review-plan" => review_plan::ReviewPlan,
            "answer-contradiction" => answer_contradiction::AnswerContradiction,
        }
        events {
            /// Initial assessment (form 02; art. 26.2).
            InitialAssessmentRecorded(assessment::InitialFacts, assessment::InitialPersonal) { 1 => Same, 2 } {
                title: "đánh giá nguy cơ ban đầu", "initial assessment",
                by: "record-initial-assessment",
                after: [RoundReceipt],
            }
            /// Detailed assessment (form 03; art. 27.1).
            DetailedAssessmentRecorded(assessment::DetailedFacts, assessment::DetailedPersonal) { 1 => Same, 2 } {
                title: "đánh giá nguy cơ cụ thể", "detailed assessment",
                by: "record-detailed-assessment",
                after: [InitialAssessment, TakeOver],
                danger: danger_now,
            }
            /// The plan was reviewed (form 06; art. 30).
            PlanReviewed(review::ReviewFacts, review::ReviewPersonal) { 1 => Same, 2 } {
                title: "rà soát, đánh giá", "review",
                by: "review-plan",
                after: [Approval, LastItem, TakeOver],
            }
            /// Why something stands although something else in the case speaks against it.
            ContradictionAnswered(contradiction::AnsweredFacts, contradiction::AnsweredPersonal) { 1 } {
                title: "giải trình điểm mâu thuẫn", "answer to a contradiction",
                by: "answer-contradiction",
                after: [Contradicted],
            }
        }
        causes {
            /// The initial assessment in force.
            InitialAssessment: "đánh giá nguy cơ ban đầu", "initial assessment" => initial_assessment,
            /// The detailed assessment.
            DetailedAssessment: "đánh giá nguy cơ cụ thể", "detailed assessment" => detailed_assessment,
            /// The last review.
            Review: "lần rà soát", "review" => review,
            /// What is spoken against.
            Contradicted: "khi ghi nội dung đó", "recording of what is spoken against" => contradicted,
        }
    }
}
