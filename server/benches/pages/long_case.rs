//! A case that goes round again and again, for the pages that show everything that ever happened.

#![expect(
    clippy::disallowed_methods,
    reason = "a measurement runs by the clock of the machine, on ids that nobody keeps"
)]

use chrono::{Days, Utc};
use reqwest::{Client, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Anything;

/// Services in each plan.
const SERVICES: usize = 6;

/// Who does what.
pub struct Officers<'a> {
    pub base: &'a str,
    /// Token of the commune's officer.
    pub officer: &'a str,
    /// Token of its chair.
    pub chair: &'a str,
}

impl Officers<'_> {
    /// Plays a case of at least so many events, and gives its id and how many they are.
    pub async fn play(&self, unit: &str, events: i64) -> Result<(String, i64), Anything> {
        let now = Utc::now().to_rfc3339();
        let begun = self
            .send(self.officer, "/cases", report(&now, unit))
            .await?;
        let case = begun["case_id"].as_str().ok_or("no id")?.to_owned();
        let path = format!("/cases/{case}/commands");
        let verified = json!({
            "type": "record-verification", "outcome": "confirmed", "findings": "Đã gặp gia đình"
        });
        self.send(self.officer, &path, verified).await?;
        let initial = json!({
            "type": "record-initial-assessment", "harm": ratings(2), "protection": ratings(2),
            "grave": false, "carer_is_harmer": false, "conclusion": "Cần can thiệp"
        });
        let mut answer = self.send(self.officer, &path, initial).await?;
        while answer["version"].as_i64().unwrap_or(events) < events {
            for (token, command) in self.round() {
                answer = self.send(token, &path, command).await?;
            }
        }
        Ok((case, answer["version"].as_i64().unwrap_or_default()))
    }

    /// From the detailed assessment to a review that finds more to do.
    fn round(&self) -> Vec<(&str, Value)> {
        let (officer, chair) = (self.officer, self.chair);
        let today = Utc::now().date_naive();
        let item = |number: usize| {
            json!({
                "id": format!("v{number}"), "measure": "counselling", "service": "Tư vấn",
                "responsible": "Trạm Y tế xã", "start": today, "end": today + Days::new(30),
                "cost": 100_000
            })
        };
        let items: Vec<Value> = (1..=SERVICES).map(item).collect();
        let mut round = vec![
            (
                officer,
                json!({
                    "type": "record-detailed-assessment", "harm": ratings(5),
                    "protection": ratings(5),
                    "content": {"a": "x", "b": "x", "c": "x", "d": "x", "e": "x", "f": "x",
                                "g": "x", "h": "x"},
                    "child_views": "Muốn ở với bà", "carer_views": "Đồng ý",
                    "conclusion": "Cần can thiệp tiếp"
                }),
            ),
            (
                chair,
                json!({
                    "type": "hold-case-meeting", "participants": ["Chủ tịch", "Công an"],
                    "measures": ["counselling"], "minutes": "Biên bản"
                }),
            ),
            (
                officer,
                json!({"type": "submit-plan", "goals": "Trẻ an toàn", "items": items}),
            ),
            (
                chair,
                json!({"type": "approve-plan", "decision_number": "12/QĐ-UBND"}),
            ),
        ];
        for number in 1..=SERVICES {
            let acts = [
                "start-service",
                "record-service-progress",
                "complete-service",
            ];
            round.extend(acts.map(|act| {
                let item = format!("v{number}");
                (
                    officer,
                    json!({"type": act, "item_id": item, "note": "Đã làm"}),
                )
            }));
        }
        round.push((
            officer,
            json!({
                "type": "review-plan", "harm": ratings(3), "protection": ratings(3),
                "no_longer_at_risk": false, "stable": false, "conclusion": "Chưa ổn định"
            }),
        ));
        round
    }

    async fn send(&self, token: &str, path: &str, command: Value) -> Result<Value, Anything> {
        let answer = Client::new()
            .post(format!("{}/api/v1{path}", self.base))
            .bearer_auth(token)
            .json(&json!({ "command_id": Uuid::new_v4(), "command": command }))
            .send()
            .await?;
        let (status, answer) = (answer.status(), answer.json::<Value>().await?);
        if !matches!(status, StatusCode::OK | StatusCode::CREATED) {
            return Err(format!("{}: {answer}", command["type"]).into());
        }
        Ok(answer)
    }
}

fn report(now: &str, unit: &str) -> Value {
    json!({
        "type": "receive-report", "received_at": now, "channel": "phone",
        "place_of_receipt": {"kind": "commune", "unit": unit},
        "child": {"name": "Nguyễn Thị Thử", "birth": {"date": Utc::now().date_naive() - Days::new(4_000)},
                  "sex": "female", "residence_unit": unit},
        "incident": {"unit": unit, "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
        "suspected_harm": [{"form": "violence"}], "suspected_harmer": {"relation": "other"},
        "condition": "Có vết bầm ở tay"
    })
}

fn ratings(rows: usize) -> Vec<Value> {
    vec![json!({"level": "medium", "note": ""}); rows]
}
