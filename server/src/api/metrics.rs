//! `GET /metrics`: counters in the text format of Prometheus.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;

use domain::notice::Channel;
use projections::Lag;

use crate::AppState;
use crate::http::FromThisMachine;

/// Counters of this process since its start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// By the first digit of the status: 1xx to 5xx.
    requests: [AtomicU64; 5],
    microseconds: AtomicU64,
    /// By channel: pages, mail.
    notices: [AtomicU64; 2],
    notice_failures: AtomicU64,
}

impl Metrics {
    /// Counts one answered request.
    pub fn count_request(&self, status: StatusCode, took: Duration) {
        let class = usize::from(status.as_u16() / 100).clamp(1, 5) - 1;
        self.requests[class].fetch_add(1, Ordering::Relaxed);
        let microseconds = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// Counts notices that were sent.
    pub fn count_notices(&self, channel: Channel, count: usize) {
        let counter = match channel {
            Channel::Application => &self.notices[0],
            Channel::Mail => &self.notices[1],
        };
        counter.fetch_add(count as u64, Ordering::Relaxed);
    }

    /// Counts a run or a mail that failed and is tried again.
    pub fn count_notice_failure(&self) {
        self.notice_failures.fetch_add(1, Ordering::Relaxed);
    }

    /// All counters in the text format of Prometheus.
    #[must_use]
    pub fn render(&self) -> String {
        let mut text = String::from(
            "# HELP noi_http_requests_total Requests answered, by class of status.\n\
             # TYPE noi_http_requests_total counter\n",
        );
        let mut total = 0;
        for (class, count) in (1..).zip(&self.requests) {
            let count = count.load(Ordering::Relaxed);
            total += count;
            let _ = writeln!(
                text,
                "noi_http_requests_total{{status=\"{class}xx\"}} {count}"
            );
        }
        #[expect(clippy::cast_precision_loss, reason = "a sum of seconds for a graph")]
        let seconds = self.microseconds.load(Ordering::Relaxed) as f64 / 1e6;
        let _ = write!(
            text,
            "# HELP noi_http_request_seconds Time until the answer began.\n\
             # TYPE noi_http_request_seconds summary\n\
             noi_http_request_seconds_sum {seconds}\n\
             noi_http_request_seconds_count {total}\n\
             # HELP noi_notices_sent_total Notices sent, by channel.\n\
             # TYPE noi_notices_sent_total counter\n\
             noi_notices_sent_total{{channel=\"application\"}} {}\n\
             noi_notices_sent_total{{channel=\"mail\"}} {}\n\
             # HELP noi_notice_failures_total Runs or mails that failed and are tried again.\n\
             # TYPE noi_notice_failures_total counter\n\
             noi_notice_failures_total {}\n",
            self.notices[0].load(Ordering::Relaxed),
            self.notices[1].load(Ordering::Relaxed),
            self.notice_failures.load(Ordering::Relaxed),
        );
        text
    }
}

pub(super) fn routes() -> Router<AppState> {
    Router::new().route("/metrics", get(show))
}

async fn show(_: FromThisMachine, State(state): State<AppState>) -> impl IntoResponse {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    let mut text = state.metrics.render();
    let lost = state.application.readings.lost();
    let _ = write!(
        text,
        "# HELP noi_readings_lost_total Readings of cases that could not be recorded.\n\
         # TYPE noi_readings_lost_total counter\n\
         noi_readings_lost_total {lost}\n"
    );
    // Without the database there is less to say, but still something.
    if let Ok(lag) = state.application.projections.lag().await {
        text.push_str(&log(&lag));
    }
    ([(header::CONTENT_TYPE, kind)], text)
}

/// Where the log ends and how far each read model is behind it.
fn log(lag: &[Lag]) -> String {
    let head = lag.iter().map(|model| model.head).max().unwrap_or(0);
    let mut text = format!(
        "# HELP noi_log_head Position of the last event.\n\
         # TYPE noi_log_head gauge\n\
         noi_log_head {head}\n\
         # HELP noi_projection_lag_events Events that a read model does not show yet.\n\
         # TYPE noi_projection_lag_events gauge\n"
    );
    for model in lag {
        let _ = writeln!(
            text,
            "noi_projection_lag_events{{projection=\"{}\"}} {}",
            model.name,
            model.events()
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_counted_by_class() {
        let metrics = Metrics::default();
        metrics.count_request(StatusCode::OK, Duration::from_millis(2));
        metrics.count_request(StatusCode::NOT_FOUND, Duration::from_millis(2));
        let text = metrics.render();
        assert!(text.contains("noi_http_requests_total{status=\"4xx\"} 1\n"));
        assert!(text.contains("noi_http_request_seconds_sum 0.004\n"));
    }
}
