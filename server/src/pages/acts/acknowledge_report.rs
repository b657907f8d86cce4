//! `acknowledge-report`: the commune confirms that the report has arrived. Nothing to fill in.

use serde_json::json;

use super::act::{Act, occurred};
use super::report_about;
use crate::pages::form::Form;

pub(super) const ACT: Act = Act::new(
    "acknowledge-report",
    &["acknowledge-report"],
    |_| Form::new("acknowledge-report", "act-acknowledge-report-send").section(occurred()),
    |_| json!({ "type": "acknowledge-report" }),
)
.about(report_about);
