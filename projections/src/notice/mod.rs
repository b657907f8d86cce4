//! `notice`: what officers were told on the pages, whether they took note, and whether it went by mail.

mod query;

use domain::notice::Notices;
use uuid::Uuid;

use crate::model::{About, Core, Model, Shown, Touched};
use crate::recorded::kind_of;
use crate::table::{Index, Kind, Moves, Row, Table};

pub use query::NoticeRow;

/// The read model.
pub(crate) struct Notice;

const ABOUT: About = About {
    name: "notice",
    of: kind_of::<Notices>(),
    version: 1,
    reads_from: 1,
    by_rules: false,
    tables: &[Table {
        name: "notice",
        columns: &[
            ("officer", Kind::Uuid),
            ("event_id", Kind::Uuid),
            ("command_id", Kind::Uuid),
            ("position", Kind::Integer),
            ("kind", Kind::Text),
            ("case_id", Kind::Uuid),
            ("obligation", Kind::Uuid),
            ("step", Kind::Text),
            ("item", Kind::Text),
            ("due_at", Kind::Instant),
            ("sent_at", Kind::Instant),
            ("read_at", Kind::Instant),
            ("mailed_at", Kind::Instant),
        ],
        key: &["event_id"],
        indexes: &[
            Index::new("by_command", "command_id"),
            Index::new("by_officer", "officer, position"),
            Index::only("unread", "officer, position", "read_at IS NULL"),
        ],
        moves: Moves::ByKey,
        counts: None,
    }],
};

impl Shown for Notices {
    type Folded<'a> = Touched<Self>;

    fn show<T>(
        touched: &Touched<Self>,
        _: &Core,
        make: impl FnOnce(&Touched<Self>) -> T,
    ) -> Option<T> {
        Some(make(touched))
    }
}

impl Model for Notice {
    type Subject = Notices;

    fn about(&self) -> &'static About {
        &ABOUT
    }

    fn rows(&self, notices: &Touched<Notices>) -> Vec<Vec<Row>> {
        let all = notices.subject.all.iter();
        let news = all.filter(|(_, notice)| notices.is_news(notice.changed_by));
        vec![
            news.map(|(id, notice)| row(notices.id, *id, notice))
                .collect(),
        ]
    }
}

fn row(officer: Uuid, id: Uuid, notice: &domain::notice::Notice) -> Row {
    let sent = &notice.sent;
    vec![
        officer.into(),
        id.into(),
        notice.command.into(),
        notice.position.into(),
        sent.kind.name().into(),
        sent.case_id.into(),
        sent.obligation.into(),
        (&sent.step).into(),
        sent.item.as_ref().into(),
        sent.due_at.into(),
        notice.sent_at.into(),
        notice.read_at.into(),
        notice.mailed_at.into(),
    ]
}
