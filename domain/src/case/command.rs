//! Commands of a case: what people ask for. Reading one checks its form completely (no unknown
//! field, no text that is too long, no impossible date) and says where it is wrong by JSON
//! pointer. Whether it may happen is decided elsewhere, see `decide`.

use schemars::JsonSchema;
use serde_json::{Value, json};

use super::chapters::chapters;
use super::example::Example;
use super::gate::{Gate, Gates};
use super::rule::Rule;
use crate::command::{Describer, FieldError, Named, read};
use crate::time::Instant;

macro_rules! listed {
    ($(
        { $( #[$about:meta] )* $folder:ident $chapter:ident $title:literal }
        { $( $name:literal => $module:ident::$command:ident, )* }
    )*) => {
        /// The commands of all chapters.
        pub mod commands {
            $( $( pub use crate::case::$folder::commands::$module::$command; )* )*
        }

        /// What is asked for, without when it happened.
        #[derive(Debug, Clone, PartialEq)]
        pub enum Body {
            $( $( $command(commands::$command), )* )*
        }

        impl Command {
            /// Every command, by its name in the API, in the order of the chapters.
            pub const NAMES: &'static [&'static str] = &[$( $( $name, )* )*];

            /// What each asks of the case before its values are looked at.
            pub(super) const GATES: &'static [(&'static str, Gates)] =
                &[$( $( ($name, Gates::of::<commands::$command>()), )* )*];

            /// What [`Command::from_json`] reads as each, as JSON schema, by its name in the API. Each stands for
            /// itself.
            #[must_use]
            pub fn schemas() -> Vec<(&'static str, Value)> {
                let mut describer = Describer::apart();
                vec![$( $( ($name, described::<commands::$command>(&mut describer, $name)), )* )*]
            }

            /// The same for a document: what commands share is a schema of its own, to which they refer under
            /// `place`, a JSON pointer.
            #[must_use]
            pub fn schemas_under(place: &'static str) -> Vec<(String, Value)> {
                let mut describer = Describer::shared(place);
                let commands = vec![$( $(
                    ($name.to_owned(), described::<commands::$command>(&mut describer, $name)),
                )* )*];
                commands.into_iter().chain(describer.parts()).collect()
            }

            /// A valid one as people send it, by its name in the API; none where no command is called so.
            #[must_use]
            pub fn example(name: &str) -> Option<Value> {
                let mut example = match name {
                    $( $( $name => commands::$command::example(), )* )*
                    _ => return None,
                };
                example["type"] = json!(name);
                Some(example)
            }

            fn body(name: &str, fields: Value) -> Result<Body, FieldError> {
                match name {
                    $( $( $name => read::<commands::$command>(fields).map(Body::$command), )* )*
                    _ => Err(FieldError::new("/type", "unknown-value")),
                }
            }

            /// The name in the API.
            #[must_use]
            pub const fn name(&self) -> &'static str {
                match self.body { $( $( Body::$command(_) => $name, )* )* }
            }
        }

        impl Body {
            pub(super) fn rule(&self) -> &dyn Rule {
                match self { $( $( Body::$command(command) => command, )* )* }
            }

            pub(super) fn gates(&self) -> &'static Gates {
                match self { $( $(
                    Body::$command(_) => const { &Gates::of::<commands::$command>() },
                )* )* }
            }
        }
    };
}

chapters!(commands => listed);

fn described<C: JsonSchema + Gate>(describer: &mut Describer, name: &str) -> Value {
    describer.of::<C>(name, C::instant_field())
}

/// A command: what is asked for and, where it happened earlier than it is recorded, when.
#[derive(Debug, Clone, PartialEq)]
pub struct Command {
    /// When it happened, if not now. Events that carry their own instant (`received_at`,
    /// `applied_at`, `visited_at`) do not take it.
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
        if occurred_at.is_some() && (body.gates().instant_field)().is_some() {
            return Err(FieldError::new("/occurred_at", "unknown-field"));
        }
        Ok(Self { occurred_at, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::testing::one_of_each;
    use serde_json::json;

    fn error(value: Value) -> (String, String) {
        let error = Command::from_json(value).unwrap_err();
        (error.pointer, error.code.to_owned())
    }

    #[test]
    fn a_wrong_field_is_named_by_its_pointer() {
        let visit = |patch: Value| {
            let mut visit = json!({
                "type": "record-visit", "visited_at": "2024-04-15T08:00:00+07:00",
                "place": "Nhà trẻ", "child_seen": true, "note": "Trẻ vui vẻ"
            });
            for (key, value) in patch.as_object().unwrap() {
                visit[key] = value.clone();
            }
            visit
        };
        assert!(Command::from_json(visit(json!({}))).is_ok());
        for (patch, pointer, code) in [
            (json!({"mood": 1}), "/mood", "unknown-field"),
            (json!({"place": "a\u{0}b"}), "/place", "control-character"),
            (json!({"place": "ă".repeat(201)}), "/place", "too-long"),
            (json!({"place": ""}), "/place", "empty"),
            (json!({"child_seen": "yes"}), "/child_seen", "wrong-type"),
            (
                json!({"visited_at": "2024-04-31T08:00:00+07:00"}),
                "/visited_at",
                "not-an-instant",
            ),
            (json!({"type": "dance"}), "/type", "unknown-value"),
            (
                json!({"occurred_at": "2024-04-15T08:00:00+07:00"}),
                "/occurred_at",
                "unknown-field",
            ),
        ] {
            assert_eq!(error(visit(patch)), (pointer.to_owned(), code.to_owned()));
        }
        assert_eq!(error(json!({})), ("/type".into(), "missing-field".into()));
        assert_eq!(error(json!([])), (String::new(), "wrong-type".into()));
        assert_eq!(
            error(json!({"type": "add-note"})),
            ("/text".to_owned(), "missing-field".to_owned())
        );
    }

    #[test]
    fn a_wrong_row_of_a_table_is_named_by_its_pointer() {
        let assessment = json!({
            "type": "record-initial-assessment",
            "harm": [{"level": "high", "note": ""}, {"level": "terrible", "note": ""}],
            "protection": [{"level": "low"}, {"level": "low"}],
            "grave": true, "carer_is_harmer": false, "conclusion": "Kết luận"
        });
        assert_eq!(
            error(assessment),
            ("/harm/1/level".into(), "unknown-value".into())
        );
    }

    #[test]
    fn every_example_is_read_as_its_own_command() {
        for (name, example) in Command::NAMES.iter().zip(one_of_each()) {
            let command = Command::from_json(example);
            assert_eq!(command.map(|command| command.name()), Ok(*name));
        }
        assert_eq!(Command::example("dance"), None);
    }
}
