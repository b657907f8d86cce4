//! What the next page says once.
//!
//! Of an act on a case the cookie carries only which one it was, on which case, and which version came of
//! it. The words, and what comes next, are the page's own: so both name the same next act.

use uuid::Uuid;

use super::acts;
use super::case::Duty;
use crate::language::Language;
use crate::words::lower_first;

/// What begins or comes with a report and has no form among the acts.
const REPORTS: [&str; 2] = ["receive-report", "receive-report-passed-on"];

/// An act that was just recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    act: String,
    case: Uuid,
    version: i64,
}

impl Done {
    /// The act `act` on `case`, which is at least at `version` since.
    pub fn new(act: &str, case: Uuid, version: i64) -> Self {
        Self {
            act: act.to_owned(),
            case,
            version,
        }
    }

    /// As a cookie carries it. No other text has a stroke there.
    pub fn to_cookie(&self) -> String {
        format!("{}/{}/{}", self.act, self.case, self.version)
    }

    /// What a cookie carries, if it is an act that there is.
    pub fn of_cookie(value: &str) -> Option<Self> {
        let mut parts = value.split('/');
        let (act, case, version) = (parts.next()?, parts.next()?, parts.next()?);
        let known = REPORTS.contains(&act) || acts::find(act).is_some();
        let whole = known && parts.next().is_none();
        whole.then_some(Self {
            act: act.to_owned(),
            case: case.parse().ok()?,
            version: version.parse().ok()?,
        })
    }

    /// That it was recorded.
    pub fn words(&self, language: Language) -> String {
        language.text(&format!("act-{}-done", self.act))
    }

    /// The same, and what comes next in `case` as it stands at `version` with these duties: the reader's
    /// own next act as the page puts it first; else that they have none, and whom the case waits for.
    /// Of another case, or of this one as it was before, nothing is said to be next.
    pub fn with_next(
        &self,
        language: Language,
        (case, version): (Uuid, i64),
        duties: &[Duty],
    ) -> String {
        let done = self.words(language);
        if (self.case, self.version <= version) != (case, true) {
            return done;
        }
        let mine = duties.iter().find(|duty| duty.primary);
        let mine = mine.or_else(|| duties.iter().find(|duty| duty.own));
        let next = match (mine, duties.first()) {
            (Some(mine), _) => language.text_with(
                "act-next-mine",
                &[
                    ("step", step(mine).into()),
                    ("due", lower_first(&mine.due.words).into()),
                ],
            ),
            (None, Some(other)) => language.text_with(
                "act-next-other",
                &[
                    ("step", step(other).into()),
                    ("who", other.who.as_str().into()),
                ],
            ),
            (None, None) => language.text("act-next-none"),
        };
        format!("{done} {next}")
    }
}

/// The step with the thing that it is about.
fn step(duty: &Duty) -> String {
    match duty.about.as_str() {
        "" => duty.step.clone(),
        about => format!("{}: {about}", duty.step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_carries_an_act_and_nothing_that_is_none() {
        let case = Uuid::from_u128(7);
        for act in ["record-visit", "receive-report"] {
            let done = Done::new(act, case, 5);
            assert_eq!(Done::of_cookie(&done.to_cookie()), Some(done));
        }
        for other in [
            format!("no-such-act/{case}/5"),
            format!("record-visit/{case}/5/6"),
            format!("record-visit/{case}"),
            "record-visit/7/5".to_owned(),
            "%C4%90%C3%A3+ghi+%2F+xong".to_owned(),
        ] {
            assert_eq!(Done::of_cookie(&other), None, "{other}");
        }
    }
}
