//! Commands about the record of a child, as people send them. Reading one checks its form completely.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::commands::{
    answer_same, claim_number, end_circumstance, end_record, join_records, part_records,
    record_circumstance, record_identity, record_relatives, record_residence, record_schooling,
    register_child, resume_record, verify_number,
};
use super::decide::{Context, Gates, Rule};
use super::events::Event;
use super::state::Record;
use crate::command::{Describer, FieldError, Named, Rejection, read};
use crate::time::Instant;

macro_rules! commands {
    ($( $name:literal => $module:ident::$command:ident, )*) => {
        /// What is asked for, without when it happened.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Body {
            $( #[doc = concat!("`", $name, "`")] $command($module::$command), )*
        }

        impl Command {
            /// Every command, by its name in the API.
            pub const NAMES: &'static [&'static str] = &[$( $name, )*];

            pub(super) const GATES: &'static [(&'static str, Gates)] =
                &[$( ($name, Gates::of::<$module::$command>()), )*];

            /// What [`Command::from_json`] reads as each, as JSON schema, by its name in the API. Each stands for itself.
            #[must_use]
            pub fn schemas() -> Vec<(&'static str, Value)> {
                let mut describer = Describer::apart();
                vec![$( ($name, described::<$module::$command>(&mut describer, $name)), )*]
            }

            /// The same for a document: what several have is a schema of
            /// its own, to which they refer under `place`, a JSON pointer.
            #[must_use]
            pub fn schemas_under(place: &'static str) -> Vec<(String, Value)> {
                let mut describer = Describer::shared(place);
                let commands = vec![$(
                    ($name.to_owned(), described::<$module::$command>(&mut describer, $name)),
                )*];
                commands.into_iter().chain(describer.parts()).collect()
            }

            /// A valid one as people send it; none where no command is called so.
            #[must_use]
            pub fn example(name: &str) -> Option<Value> {
                let mut example = match name {
                    $( $name => $module::example(), )*
                    _ => return None,
                };
                example["type"] = json!(name);
                Some(example)
            }

            fn body(name: &str, fields: Value) -> Result<Body, FieldError> {
                match name {
                    $( $name => read::<$module::$command>(fields).map(Body::$command), )*
                    _ => Err(FieldError::new("/type", "unknown-value")),
                }
            }

            /// The name in the API.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self.body { $( Body::$command(_) => $name, )* }
            }
        }

        impl Body {
            pub(super) fn gates(&self) -> Gates {
                match self { $( Self::$command(_) => Gates::of::<$module::$command>(), )* }
            }

            pub(super) fn rule(
                &self,
                record: Option<&Record>,
                context: &Context<'_>,
            ) -> Result<Vec<Event>, Rejection> {
                match self { $( Self::$command(command) => command.decide(record, context), )* }
            }
        }
    };
}

fn described<C: JsonSchema>(describer: &mut Describer, name: &str) -> Value {
    describer.of::<C>(name, None)
}

commands! {
    "register-child" => register_child::RegisterChild,
    "record-identity" => record_identity::RecordIdentity,
    "claim-number" => claim_number::ClaimNumber,
    "verify-number" => verify_number::VerifyNumber,
    "record-relatives" => record_relatives::RecordRelatives,
    "record-residence" => record_residence::RecordResidence,
    "record-schooling" => record_schooling::RecordSchooling,
    "record-circumstance" => record_circumstance::RecordCircumstance,
    "end-circumstance" => end_circumstance::EndCircumstance,
    "answer-same" => answer_same::AnswerSame,
    "join-records" => join_records::JoinRecords,
    "part-records" => part_records::PartRecords,
    "end-record" => end_record::EndRecord,
    "resume-record" => resume_record::ResumeRecord,
}

/// A command: what is asked for and, where it happened earlier than it is recorded, when.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// When it happened, if not now.
    pub occurred_at: Option<Instant>,
    /// What is asked for.
    pub body: Body,
}

impl Command {
    /// Reads a command from JSON: an object with `type`, its fields and perhaps `occurred_at`.
    ///
    /// # Errors
    /// The field that is wrong, by JSON pointer.
    pub fn from_json(value: Value) -> Result<Self, FieldError> {
        let Named {
            name,
            occurred_at,
            fields,
        } = Named::of(value)?;
        let body = Self::body(&name, fields)?;
        Ok(Self { occurred_at, body })
    }

    /// Whether a command of that name begins a record.
    #[must_use]
    pub fn begins(&self) -> bool {
        self.body.gates().begins
    }

    /// The other record that the command names.
    #[must_use]
    pub const fn other(&self) -> Option<uuid::Uuid> {
        match &self.body {
            Body::AnswerSame(command) => Some(command.other),
            Body::JoinRecords(command) => Some(command.other),
            Body::PartRecords(command) => Some(command.other),
            _ => None,
        }
    }
}

/// Every command that could be given now by who asks, by its name, in the order of [`Command::NAMES`].
#[must_use]
pub fn possible(record: Option<&Record>, context: &Context<'_>) -> Vec<&'static str> {
    let all = Command::GATES.iter();
    let now = all.filter(|(_, gates)| gates.stand(record, context).is_ok());
    now.map(|(name, _)| *name).collect()
}
