//! The desk of the posts of an officer: what a command about them comes to, in their stream and in those of
//! their deputies, and the table that follows. Who may give which is asked before, by who shows the form.

use std::collections::BTreeMap;

use domain::command::{Decided, FieldError, Rejection};
use domain::identity::{
    Agency, AgencyKind, NewPost, NewSubstitution, Post, PostEvent, Posts, Role,
};
use domain::log::{Recorded, Subject};
use domain::time::Instant;
use eventstore::{Appended, Part};
use uuid::Uuid;

use super::command::{PostCommand, not_in_the_past, not_oneself, stands};
use super::{PostBook, PostError, first_event, known};
use crate::access::{AccessError, Account, account, posts};
use crate::application::Sender;
use crate::application::sending::{Decision, Desk, Order, Tools, looked_at};

/// Takes commands about the posts of one officer.
pub(super) struct PostDesk<'a> {
    pub book: &'a PostBook<'a>,
    /// The officer's account.
    pub account: &'a Account,
}

impl Desk<Posts> for PostDesk<'_> {
    type Asked = PostCommand;

    type Command = PostCommand;

    fn tools(&self) -> Tools<'_> {
        Tools {
            store: self.book.store,
            ids: self.book.ids,
            units: self.book.units,
        }
    }

    fn now(&self) -> Instant {
        self.book.now
    }

    fn read(&self, asked: &PostCommand) -> Result<PostCommand, FieldError> {
        Ok(asked.clone())
    }

    /// An account begins with its first post, of which the log hears with the second.
    fn begins(&self, _: &PostCommand) -> bool {
        false
    }

    async fn load(&self, order: &Order<'_, PostCommand>) -> Result<Posts, PostError> {
        let stored = self.tools().load(order.to).await?;
        Ok(stored.unwrap_or_else(|| Posts::none(order.to)))
    }

    fn may_send(&self, _: &Order<'_, PostCommand>, _: &Posts) -> bool {
        true
    }

    fn reads_on(&self, _: &Sender<'_>, _: &Posts) -> bool {
        true
    }

    fn shows(
        &self,
        _: &Sender<'_>,
        _: &Posts,
        event: &Recorded<PostEvent>,
    ) -> Option<Recorded<PostEvent>> {
        Some(event.clone())
    }

    async fn decide(
        &self,
        order: &Order<'_, PostCommand>,
        posts: &Posts,
        command: PostCommand,
        now: Instant,
    ) -> Result<Decision<PostEvent>, PostError> {
        let assumed = match posts.events() {
            0 => vec![first_event(self.account)],
            _ => Vec::new(),
        };
        let held = assumed.iter().fold(posts.clone(), Posts::evolve);
        let (mut before, mut beside) = (Vec::new(), Vec::new());
        let own = match command {
            PostCommand::Move { role, unit, agency } => {
                not_oneself(self.account.id, order.sender)?;
                stands(self.book.units, &unit, now)?;
                let agency = Agency {
                    kind: AgencyKind::usual(role),
                    name: agency,
                };
                let moved = held.move_to(self.next(order.id, role, unit, agency))?;
                before = self.without_deputies(order.sender).await?;
                moved
            }
            PostCommand::Substitute {
                principal,
                from,
                until,
                act,
            } => {
                if principal != self.account.id {
                    not_oneself(self.account.id, order.sender)?;
                }
                let from = from.unwrap_or(now);
                not_in_the_past(from, now)?;
                let principal = account::with_id(self.book.database(), principal).await?;
                let principal = principal.ok_or(AccessError::NoSuchAccount)?;
                let of_principal: Option<Posts> = self.tools().load(principal.id).await?;
                let version = of_principal.as_ref().map_or(0, |posts| posts.version);
                let new = NewSubstitution {
                    id: order.id,
                    name: self.account.display_name.clone(),
                    principal: principal.display_name.clone(),
                    from: posts::whole_second(from.utc()),
                    until,
                    act,
                };
                let of_principal = of_principal.unwrap_or_else(|| known(&principal));
                let given = held.substitute(&of_principal, new)?;
                beside.push(looked_at::<Posts>(principal.id, version));
                vec![given]
            }
            PostCommand::End { post } => {
                let main = held.at(now).main;
                if main.is_some_and(|main| main.id == post) {
                    not_oneself(self.account.id, order.sender)?;
                    before = self.without_deputies(order.sender).await?;
                    everything(&held, now)?
                } else {
                    let at = held.find(post).map_or(now, |post| post.from.max(now));
                    vec![held.end(post, at)?]
                }
            }
            PostCommand::Leave => {
                before = self.without_deputies(order.sender).await?;
                everything(&held, now)?
            }
            PostCommand::Rejoin if held.at(now).main.is_some() => Vec::new(),
            PostCommand::Rejoin => {
                let Post {
                    role, unit, agency, ..
                } = posts::first(self.account);
                vec![held.give(self.next(order.id, role, unit, agency))?]
            }
        };
        let assumed = match own.is_empty() {
            true => Vec::new(),
            false => decided(assumed, now),
        };
        Ok(Decision {
            before,
            assumed,
            own: decided(own, now),
            beside,
        })
    }

    /// Puts the table that sign-in reads on the state of the log, first that of the deputies: should we stop
    /// in between, too little is allowed and not too much.
    async fn settle(&self, written: &[Appended], own: &Posts) -> Result<(), PostError> {
        let (database, now) = (self.book.database(), self.book.now);
        for part in written {
            if part.stream.id == own.officer {
                posts::write(database, own, now).await?;
            } else if let Some(other) = self.tools().load(part.stream.id).await? {
                posts::write(database, &other, now).await?;
            }
        }
        Ok(())
    }
}

impl PostDesk<'_> {
    fn next(&self, id: Uuid, role: Role, unit: String, agency: Agency) -> NewPost {
        NewPost {
            id,
            name: self.account.display_name.clone(),
            role,
            unit,
            agency,
            from: self.book.now,
        }
    }

    /// Ends every substitution for the officer, also those that have not begun.
    async fn without_deputies(&self, sender: &Sender<'_>) -> Result<Vec<Part>, PostError> {
        let (now, actor) = (self.book.now, sender.actor());
        let mut ending: BTreeMap<Uuid, Vec<Post>> = BTreeMap::new();
        for held in posts::deputies_of(self.book.database(), self.account.id).await? {
            if lasts(&held, now) {
                ending.entry(held.officer).or_default().push(held);
            }
        }
        let mut parts = Vec::with_capacity(ending.len());
        for (deputy, ending) in ending {
            let Some(posts) = self.tools().load::<Posts>(deputy).await? else {
                continue;
            };
            let ends = ending.iter().map(|held| (held.id, held.from.max(now)));
            // Somebody may have ended one meanwhile.
            let ended: Vec<_> = ends.filter_map(|(id, at)| posts.end(id, at).ok()).collect();
            if !ended.is_empty() {
                let ended = decided(ended, now);
                let by = (&actor, now);
                parts.push(
                    self.tools()
                        .part::<Posts>(deputy, posts.version, &ended, by)?,
                );
            }
        }
        Ok(parts)
    }
}

fn lasts(post: &Post, now: Instant) -> bool {
    post.until.is_none_or(|until| now < until)
}

/// The end of whatever is held or will be.
fn everything(held: &Posts, now: Instant) -> Result<Vec<PostEvent>, Rejection> {
    let lasting = held.all.iter().filter(|post| lasts(post, now));
    let ends = lasting.map(|post| held.end(post.id, post.from.max(now)));
    ends.collect()
}

/// What lies in the future is decided now.
fn decided(events: Vec<PostEvent>, now: Instant) -> Vec<Decided<PostEvent>> {
    let since = |event: &PostEvent| match event {
        PostEvent::Given(facts, _) => facts.from,
        PostEvent::Ended(facts) => facts.until,
    };
    let events = events.into_iter();
    let decided = events.map(|event| Decided {
        occurred_at: since(&event).min(now),
        event,
    });
    decided.collect()
}
