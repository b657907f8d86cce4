//! Reading in pages: the next page is fetched while the last one is decoded and used.

use std::sync::Arc;

use futures::stream::{self, BoxStream, StreamExt};
use tokio::task::JoinHandle;

use crate::envelope::RecordedEvent;
use crate::log::{RawPage, ReadError, Reader, Selection, StorageError};

/// The first page is small, so that the first events come soon.
const FIRST_PAGE: i64 = 256;

/// No page holds more events.
const LARGEST_PAGE: i64 = 2_048;

/// Pages grow while they are smaller than this.
const SMALL_PAGE_BYTES: usize = 512 << 10;

/// Pages shrink when they are larger than this.
const LARGE_PAGE_BYTES: usize = 4 << 20;

/// How many events the next page may have, so that large events make small pages.
#[derive(Debug, Clone, Copy)]
struct PageSize(i64);

impl PageSize {
    fn after(self, bytes: usize) -> Self {
        if bytes < SMALL_PAGE_BYTES {
            Self((self.0 * 2).min(LARGEST_PAGE))
        } else if bytes > LARGE_PAGE_BYTES {
            Self((self.0 / 2).max(1))
        } else {
            self
        }
    }
}

type Fetched = Result<Box<dyn RawPage>, StorageError>;

/// What reads a selection page by page.
pub(crate) struct Pages {
    reader: Arc<dyn Reader>,
    /// What is left, beginning behind the page that is being fetched.
    rest: Selection,
    size: PageSize,
    /// The page that is being fetched, and the events that it was asked for.
    next: Option<(JoinHandle<Fetched>, i64)>,
}

impl Pages {
    pub(crate) fn new(reader: Arc<dyn Reader>, selection: Selection) -> Self {
        Self {
            reader,
            rest: selection,
            size: PageSize(FIRST_PAGE),
            next: None,
        }
    }

    /// The next events; none at the end of what was there when it was asked for.
    pub(crate) async fn next(&mut self) -> Option<Result<Vec<RecordedEvent>, ReadError>> {
        let (fetch, asked) = match self.next.take() {
            Some(next) => next,
            None => self.fetch()?,
        };
        let page = match fetch.await {
            Ok(Ok(page)) => page,
            Ok(Err(error)) => return Some(Err(error.into())),
            // The runtime is shutting down.
            Err(_) => return None,
        };
        self.size = self.size.after(page.bytes());
        if page.events() == asked {
            // Positions and versions have no gaps: where the next page begins is known.
            self.next = self.fetch();
        } else {
            self.end();
        }
        match page.decode() {
            Ok(events) if events.is_empty() => None,
            other => Some(other),
        }
    }

    fn fetch(&mut self) -> Option<(JoinHandle<Fetched>, i64)> {
        let (selection, rest, asked) = take(self.rest, self.size.0)?;
        self.rest = rest;
        Some((tokio::spawn(self.reader.page(selection)), asked))
    }

    fn end(&mut self) {
        self.next = None;
        if let Selection::All { limit, .. } | Selection::Stream { limit, .. } = &mut self.rest {
            *limit = 0;
        }
    }

    /// The pages as a stream.
    pub(crate) fn into_stream(self) -> BoxStream<'static, Result<Vec<RecordedEvent>, ReadError>> {
        stream::unfold(self, |mut pages| async move {
            let next = pages.next().await?;
            if next.is_err() {
                pages.end();
            }
            Some((next, pages))
        })
        .boxed()
    }
}

/// Splits a selection into its first `size` events and the rest.
fn take(selection: Selection, size: i64) -> Option<(Selection, Selection, i64)> {
    match selection {
        Selection::All { after, limit } => {
            let size = size.min(limit);
            let first = Selection::All { after, limit: size };
            let rest = Selection::All {
                after: after.saturating_add(size),
                limit: limit - size,
            };
            (size > 0).then_some((first, rest, size))
        }
        Selection::Stream {
            stream,
            from,
            limit,
        } => {
            let size = size.min(limit);
            let first = Selection::Stream {
                stream,
                from,
                limit: size,
            };
            let rest = Selection::Stream {
                stream,
                from: from.saturating_add(size),
                limit: limit - size,
            };
            (size > 0).then_some((first, rest, size))
        }
        Selection::Event(_) => None,
    }
}

/// All pages of a selection, one behind the other.
pub(crate) async fn collect(
    reader: Arc<dyn Reader>,
    selection: Selection,
) -> Result<Vec<RecordedEvent>, ReadError> {
    let mut pages = Pages::new(reader, selection);
    let mut all = match pages.next().await {
        Some(first) => first?,
        None => return Ok(Vec::new()),
    };
    while let Some(page) = pages.next().await {
        all.append(&mut page?);
    }
    Ok(all)
}
