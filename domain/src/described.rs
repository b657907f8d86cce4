//! How a type that checks what it reads is described as JSON schema. The description stands beside the check,
//! and says what is read: length, pattern, list.

/// Describes a type whose reading is written by hand. The schema is what `serde_json::json!` takes.
macro_rules! described {
    ($name:ident, $($schema:tt)+) => {
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!($($schema)+)
            }
        }
    };
}
