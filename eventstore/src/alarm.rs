//! A timer that is set seldom. Setting one may wake the thread that waits for the sockets, which is
//! felt when it happens for each append.

use std::pin::Pin;
use std::time::{Duration, Instant};

use tokio::time::{Sleep, sleep};

/// Waits for one instant after the other, with one timer. When the next instant is later than what
/// the timer is set to, it is left as it is, goes off too early, and is set again only then.
pub(crate) struct Alarm(Pin<Box<Sleep>>);

impl Alarm {
    pub(crate) fn new() -> Self {
        Self(Box::pin(sleep(Duration::ZERO)))
    }

    /// Returns at `instant`, not before.
    pub(crate) async fn at(&mut self, instant: Instant) {
        let instant = tokio::time::Instant::from_std(instant);
        if self.0.deadline() > instant {
            self.0.as_mut().reset(instant);
        }
        loop {
            self.0.as_mut().await;
            if tokio::time::Instant::now() >= instant {
                return;
            }
            self.0.as_mut().reset(instant);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn it_goes_off_in_time_whatever_it_was_set_to_before() {
        let begin = Instant::now();
        let at = |milliseconds| begin + Duration::from_millis(milliseconds);
        let mut alarm = Alarm::new();
        for (given_up, wanted) in [
            (3_600_000, 20),
            (20, 40),
            (41, 60),
            (3_600_000, 61),
            (70, 90),
        ] {
            tokio::select! {
                biased;
                () = alarm.at(at(given_up)), if begin.elapsed() < Duration::from_millis(given_up) => {}
                () = std::future::ready(()) => {}
            }
            tokio::time::timeout(Duration::from_secs(60), alarm.at(at(wanted)))
                .await
                .unwrap();
            assert!(Instant::now() >= at(wanted));
        }
    }
}
