//! What tells a command that is sent again from another one that came with the same id.

use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Sender;

/// SHA-256 over who asks for what on which case. Members of JSON objects are in a fixed order, so
/// that the same command written in another order is the same.
pub(super) fn fingerprint(sender: &Sender<'_>, case: Option<Uuid>, command: &Value) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(sender.id().as_bytes());
    hash.update(case.unwrap_or_default().as_bytes());
    hash.update(command.to_string().as_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn hexadecimal(bytes: [u8; 32]) -> String {
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Commands that were sent before are known by it, also by later versions: it never changes.
    #[test]
    fn a_fingerprint_is_of_sender_case_and_command() {
        let note = json!({ "type": "add-note", "text": "Cháu đã đi học trở lại" });
        let [one, other] = [1, 2].map(Uuid::from_u128);
        let system = |case, command| hexadecimal(fingerprint(&Sender::System, case, command));
        let kept = [
            (
                None,
                "84ffde165d67333b9cedde797905751da5abf9ea5a21c61aaf86d2b0014287bd",
            ),
            (
                Some(one),
                "cd23ddafc3f8bdceb6dca607b1557d3e38c90fdd5cfe42640a26ae7853db7a81",
            ),
            (
                Some(other),
                "89c349439c91f4033da8fe9f67dd62ed8ce4881b26cc590641cca907b5f4d412",
            ),
        ];
        for (case, kept) in kept {
            assert_eq!(system(case, &note), kept, "{case:?}");
        }
        // Members in another order are the same command; another word is another one.
        let turned = r#"{"text":"Cháu đã đi học trở lại","type":"add-note"}"#;
        let turned = serde_json::from_str(turned).unwrap();
        assert_eq!(system(Some(one), &turned), system(Some(one), &note));
        let words = json!({ "type": "add-note", "text": "Cháu đã đi học" });
        assert_ne!(system(Some(one), &words), system(Some(one), &note));
    }
}
