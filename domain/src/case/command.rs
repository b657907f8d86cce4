//! Commands of a case: what people ask for. Reading one checks its form completely (no unknown
//! field, no text that is too long, no impossible date) and says where it is wrong by JSON
//! pointer. Whether it may happen is decided elsewhere, see `decide`.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::chapters::chapters;
use super::gate::Gates;
use super::rule::Rule;
use super::schema::Describer;
use crate::language::Sentence;
use crate::text::is_unseen;
use crate::time::Instant;

/// A field that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    /// JSON pointer into the command.
    pub pointer: String,
    /// Stable code: `missing-field`, `unknown-field`, `wrong-type`, `unknown-value`, `empty`,
    /// `too-long`, `control-character`, `not-a-date`, `impossible-date`, `not-an-instant`, …
    pub code: &'static str,
    /// What is wrong and what to do.
    pub message: Sentence,
}

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
                vec![$( $( ($name, describer.of::<commands::$command>($name)), )* )*]
            }

            /// The same for a document: what commands share is a schema of its own, to which they refer under
            /// `place`, a JSON pointer.
            #[must_use]
            pub fn schemas_under(place: &'static str) -> Vec<(String, Value)> {
                let mut describer = Describer::shared(place);
                let commands = vec![$( $(
                    ($name.to_owned(), describer.of::<commands::$command>($name)),
                )* )*];
                commands.into_iter().chain(describer.parts()).collect()
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
        let Value::Object(mut fields) = value else {
            return Err(FieldError::new("", "wrong-type"));
        };
        let name = match fields.remove("type") {
            None => return Err(FieldError::new("/type", "missing-field")),
            Some(Value::String(name)) => name,
            Some(_) => return Err(FieldError::new("/type", "wrong-type")),
        };
        let occurred_at = match fields.remove("occurred_at") {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => {
                Some(Instant::parse(&text).map_err(|code| FieldError::new("/occurred_at", code))?)
            }
            Some(_) => return Err(FieldError::new("/occurred_at", "wrong-type")),
        };
        fields.values_mut().for_each(drop_unseen);
        let body = Self::body(&name, Value::Object(fields))?;
        if occurred_at.is_some() && (body.gates().instant_field)().is_some() {
            return Err(FieldError::new("/occurred_at", "unknown-field"));
        }
        Ok(Self { occurred_at, body })
    }
}

/// Texts in which nothing can be seen are none.
fn drop_unseen(value: &mut Value) {
    match value {
        Value::String(text) if text.chars().all(is_unseen) => text.clear(),
        Value::Array(values) => values.iter_mut().for_each(drop_unseen),
        Value::Object(fields) => fields.values_mut().for_each(drop_unseen),
        _ => {}
    }
}

fn read<T: DeserializeOwned>(fields: Value) -> Result<T, FieldError> {
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let mut pointer = String::new();
        for step in error.path() {
            use serde_path_to_error::Segment::{Enum, Map, Seq, Unknown};
            match step {
                Seq { index } => pointer.push_str(&format!("/{index}")),
                Map { key } => {
                    pointer.push('/');
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                Enum { .. } | Unknown => {}
            }
        }
        FieldError::from_message(pointer, &error.inner().to_string())
    })
}

impl FieldError {
    /// A field error with the sentence that belongs to its code.
    pub fn new(pointer: impl Into<String>, code: &str) -> Self {
        let (code, detail) = code.split_once(':').unwrap_or((code, ""));
        let (code, vi, en) = sentence(code, detail);
        Self {
            pointer: pointer.into(),
            code,
            message: Sentence::new(vi, en),
        }
    }

    /// Translates what the reader of JSON says.
    fn from_message(mut pointer: String, message: &str) -> Self {
        let named = |message: &str| message.split('`').nth(1).map(str::to_owned);
        for (start, code) in [
            ("missing field", "missing-field"),
            ("unknown field", "unknown-field"),
        ] {
            if message.starts_with(start)
                && let Some(name) = named(message)
            {
                if !pointer.ends_with(&format!("/{name}")) {
                    pointer.push('/');
                    pointer.push_str(&name);
                }
                return Self::new(pointer, code);
            }
        }
        if message.starts_with("unknown variant") {
            return Self::new(pointer, "unknown-value");
        }
        if message.starts_with("invalid length") {
            return Self::new(pointer, "wrong-length");
        }
        if message.starts_with("invalid type") || message.starts_with("invalid value") {
            return Self::new(pointer, "wrong-type");
        }
        let code = message.split(" at line").next().unwrap_or(message);
        let known = code
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-:".contains(c));
        Self::new(pointer, if known { code } else { "wrong-type" })
    }
}

/// The stable code with what it says. What has no sentence of its own is a `wrong-type`.
fn sentence(code: &str, detail: &str) -> (&'static str, String, String) {
    let (code, vi, en) = match code {
        "missing-field" => (
            "missing-field",
            "Mục này còn thiếu. Hãy điền vào.",
            "This is missing. Fill it in.",
        ),
        "unknown-field" => (
            "unknown-field",
            "Mục này không có trong loại ghi nhận này. Hãy bỏ đi.",
            "This field does not belong to this command. Leave it out.",
        ),
        "unknown-value" => (
            "unknown-value",
            "Giá trị này không có trong danh mục. Hãy chọn một giá trị của danh mục.",
            "This value is not in the list. Choose one of the list.",
        ),
        "wrong-length" => (
            "wrong-length",
            "Số dòng không đúng với bảng của mẫu. Hãy điền đủ từng dòng.",
            "The number of rows is not that of the form's table. Fill in each row.",
        ),
        "empty" => (
            "empty",
            "Mục này không được để trống.",
            "This must not be empty.",
        ),
        "too-long" => {
            return (
                "too-long",
                format!("Nội dung dài quá {detail} ký tự. Hãy rút ngắn."),
                format!("The text is longer than {detail} characters. Shorten it."),
            );
        }
        "control-character" => (
            "control-character",
            "Nội dung có ký tự không dùng được. Hãy gõ lại đoạn này.",
            "The text holds a character that cannot be used. Type this part again.",
        ),
        "not-a-code" => (
            "not-a-code",
            "Mã chỉ gồm chữ thường không dấu, số, dấu gạch ngang hoặc dấu chấm.",
            "A code has only lower-case letters, digits, hyphens or dots.",
        ),
        "not-a-date" => (
            "not-a-date",
            "Đây không phải ngày. Hãy ghi theo dạng năm-tháng-ngày, ví dụ 2024-02-21.",
            "This is not a date. Write year-month-day, for example 2024-02-21.",
        ),
        "impossible-date" => (
            "impossible-date",
            "Ngày này không có trong lịch. Hãy kiểm tra lại ngày, tháng, năm.",
            "This day does not exist. Check day, month and year.",
        ),
        "not-an-instant" => (
            "not-an-instant",
            "Đây không phải thời điểm. Hãy ghi ngày, giờ và múi giờ, ví dụ 2024-02-21T16:40:00+07:00.",
            "This is not an instant. Write date, time and offset, for example \
             2024-02-21T16:40:00+07:00.",
        ),
        "personal-id" => (
            "personal-id",
            "Số định danh cá nhân gồm đúng 12 chữ số, chữ số thứ tư từ 0 đến 3. Hãy kiểm tra lại; \
             nếu chưa biết, hãy để trống.",
            "A personal number has exactly 12 digits, the fourth from 0 to 3. Check it; if it is \
             not known, leave it empty.",
        ),
        "sha256" => (
            "sha256",
            "Mã băm SHA-256 gồm 64 chữ số thập lục phân viết thường.",
            "A SHA-256 hash has 64 lower-case hexadecimal digits.",
        ),
        _ => (
            "wrong-type",
            "Giá trị này không đúng kiểu.",
            "This value is not of the right type.",
        ),
    };
    (code, vi.to_owned(), en.to_owned())
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
    fn every_name_is_read_as_its_own_command() {
        let mut names = std::collections::BTreeSet::new();
        for sample in one_of_each() {
            let name = sample["type"].as_str().unwrap().to_owned();
            assert_eq!(Command::from_json(sample).unwrap().name(), name);
            names.insert(name);
        }
        let all = Command::NAMES.iter().map(|name| (*name).to_owned());
        assert_eq!(names, all.collect());
    }
}
