//! The forms that a type of event has had. A stored event is never rewritten: what was stored in an
//! older form is brought to the next one when it is read, step by step.

use super::Payload;

/// How a form is read as the next one.
#[derive(Debug, Clone, Copy)]
pub enum Step {
    /// As it stands: fields were only added, or came to take more values.
    Same,
    /// By a pure function on both parts. What it does not know it leaves as it is.
    By(fn(Payload) -> Payload),
}

/// A stored type with all its revisions, from 1.
#[derive(Debug)]
pub struct Form {
    /// The stored name.
    pub event_type: &'static str,
    /// The revision that is written.
    pub current: i16,
    /// How each revision but the last is read as the next.
    steps: &'static [Step],
}

impl Form {
    /// A type with `revisions`, each but the last with its step.
    ///
    /// # Panics
    /// When the revisions do not run from 1, or a step is missing or too much; in a constant that stops
    /// the build.
    #[must_use]
    pub const fn new(event_type: &'static str, revisions: &[i16], steps: &'static [Step]) -> Self {
        assert!(
            revisions.len() == steps.len() + 1,
            "a step for each revision but the last"
        );
        let (mut place, mut current) = (0, 0);
        while place < revisions.len() {
            current += 1;
            assert!(revisions[place] == current, "the revisions run from 1");
            place += 1;
        }
        Self {
            event_type,
            current,
            steps,
        }
    }

    /// Whether a form of this revision was ever written.
    #[must_use]
    pub const fn knows(&self, revision: i16) -> bool {
        1 <= revision && revision <= self.current
    }

    /// Whether this revision reads as the current one without a change.
    #[must_use]
    pub fn reads_as_current(&self, revision: i16) -> bool {
        let later = self.steps_from(revision);
        later.iter().all(|step| matches!(step, Step::Same))
    }

    /// The same event in the form of the next revision.
    #[must_use]
    pub fn next(&self, revision: i16, payload: Payload) -> Payload {
        match self.steps_from(revision).first() {
            Some(Step::By(upcaster)) => upcaster(payload),
            Some(Step::Same) | None => payload,
        }
    }

    /// The same event in the current form.
    #[must_use]
    pub fn newest(&self, revision: i16, payload: Payload) -> Payload {
        (revision..self.current).fold(payload, |payload, at| self.next(at, payload))
    }

    fn steps_from(&self, revision: i16) -> &[Step] {
        let done = usize::try_from(revision - 1).unwrap_or(usize::MAX);
        self.steps.get(done..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn named(mut payload: Payload) -> Payload {
        payload.personal = None;
        payload
    }

    #[test]
    fn forms_run_from_one_step_by_step() {
        const FORM: Form = Form::new("Eaten", &[1, 2, 3], &[Step::By(named), Step::Same]);
        assert_eq!(FORM.current, 3);
        assert!(!FORM.knows(0) && FORM.knows(1) && FORM.knows(3) && !FORM.knows(4));
        let reads = [1, 2, 3].map(|revision| FORM.reads_as_current(revision));
        assert_eq!(reads, [false, true, true]);
        let payload = Payload {
            facts: json!({"a": 1}),
            personal: Some(json!({})),
        };
        assert_eq!(FORM.newest(1, payload.clone()).personal, None);
        assert_eq!(FORM.newest(2, payload.clone()), payload);
    }
}
