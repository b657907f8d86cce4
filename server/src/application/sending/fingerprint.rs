//! What tells a command that is sent again from another one that came with the same id.

use domain::log::Subject;
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Sender;

/// The kind of stream whose commands were told apart before there were others: it does not stand in their
/// fingerprints, so that those which were sent then are known when they are sent again.
const BEFORE_KINDS: &str = "case";

/// SHA-256 over who asks for what on which stream of the subject; no stream: on one that it begins. Members
/// of JSON objects are in a fixed order, so that the same command written in another order is the same.
///
/// # Errors
/// What cannot be written as JSON.
pub(super) fn fingerprint<S: Subject>(
    sender: &Sender<'_>,
    stream: Option<Uuid>,
    asked: &impl Serialize,
) -> Result<[u8; 32], serde_json::Error> {
    let mut hash = Sha256::new();
    hash.update(sender.id().as_bytes());
    hash.update(stream.unwrap_or_default().as_bytes());
    if S::KIND != BEFORE_KINDS {
        // In no JSON stands such a byte, so that it cannot be taken for a command.
        hash.update(S::KIND);
        hash.update([0]);
    }
    hash.update(serde_json::to_vec(asked)?);
    Ok(hash.finalize().into())
}

#[cfg(test)]
mod tests {
    use domain::case::Case;
    use domain::identity::Posts;
    use domain::reading::Readings;
    use serde_json::{Value, json};

    use super::*;

    fn hexadecimal<S: Subject>(stream: Option<Uuid>, asked: &Value) -> String {
        let bytes = fingerprint::<S>(&Sender::System, stream, asked).unwrap();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Commands that were sent before are known by it, also by later versions: it never changes.
    #[test]
    fn a_fingerprint_is_of_sender_case_and_command() {
        let note = json!({ "type": "add-note", "text": "Cháu đã đi học trở lại" });
        let [one, other] = [1, 2].map(Uuid::from_u128);
        let system = hexadecimal::<Case>;
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

    #[test]
    fn the_same_words_to_another_kind_of_stream_are_another_command() {
        let asked = json!({ "type": "leave" });
        let one = Some(Uuid::from_u128(1));
        let all = [
            hexadecimal::<Case>(one, &asked),
            hexadecimal::<Posts>(one, &asked),
            hexadecimal::<Readings>(one, &asked),
        ];
        assert_eq!(
            all[1], "51d0f72aa2e235e89eed3626ecece95d1b2951eaa0d204854d625bc854261116",
            "that of other kinds never changes either"
        );
        let apart: std::collections::BTreeSet<_> = all.iter().collect();
        assert_eq!(apart.len(), all.len());
    }
}
