//! A field of a command that cannot be read, and what to say of it.

use serde::Serialize;

use crate::language::Sentence;

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
    pub(super) fn from_message(mut pointer: String, message: &str) -> Self {
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
