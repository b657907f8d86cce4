//! Posts: who held which role for which agency of which unit, from when until when, and on whose
//! behalf. Folded from the events of one officer; the rules for giving and ending a post are pure
//! functions that answer with the event to store.

use std::sync::Arc;

use serde::Serialize;
use uuid::Uuid;

use super::{AgencyKind, EndedFacts, GivenFacts, GivenPersonal, PostEvent, PrincipalFacts, Role};
use crate::command::Rejection;
use crate::log::{Recorded, Subject};
use crate::time::Instant;
use crate::unit::Units;

/// The office that a person acts for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agency {
    /// What sort of office it is.
    pub kind: AgencyKind,
    /// Its name, where role and unit do not say it.
    pub name: Option<String>,
}

/// On whose behalf a substitution is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Substitution {
    /// The principal's account.
    pub principal: Uuid,
    /// The principal's name.
    pub name: String,
    /// The principal's role.
    pub role: Role,
    /// Number of the act of authorisation.
    pub act: String,
}

/// One post of one officer: their own, or somebody else's that they hold for a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Post {
    /// Its id.
    pub id: Uuid,
    /// Whose it is: id of the account.
    pub officer: Uuid,
    /// The role it gives.
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// For which agency.
    pub agency: Agency,
    /// The first instant at which it is held.
    pub from: Instant,
    /// The first instant at which it is held no more; none while no end is known.
    pub until: Option<Instant>,
    /// On whose behalf; none for a post of one's own.
    pub substitution: Option<Substitution>,
}

impl Post {
    /// Whether it is held at an instant.
    #[must_use]
    pub fn runs_at(&self, at: Instant) -> bool {
        self.from <= at && self.until.is_none_or(|until| at < until)
    }

    /// Whether it is the officer's own and no substitution.
    #[must_use]
    pub const fn is_main(&self) -> bool {
        self.substitution.is_none()
    }

    /// Whether there is an instant at which it is held and lies within the bounds as well.
    fn meets(&self, from: Instant, until: Option<Instant>) -> bool {
        let before = |a: Instant, b: Option<Instant>| b.is_none_or(|b| a < b);
        before(self.from, self.until)
            && before(from, until)
            && before(self.from, until)
            && before(from, self.until)
    }
}

/// In what capacities an officer can act at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Capacities<'a> {
    /// The post of their own.
    pub main: Option<&'a Post>,
    /// The substitutions that run.
    pub substitutions: Vec<&'a Post>,
}

/// All posts that an officer ever had, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Posts {
    /// Whose: id of the account.
    pub officer: Uuid,
    /// How many events they were folded from: the version of the stream.
    pub version: i64,
    /// The posts.
    pub all: Vec<Post>,
}

/// A post that is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    /// Its id.
    pub id: Uuid,
    /// Name of the officer who gets it.
    pub name: String,
    /// The role it gives.
    pub role: Role,
    /// Code of the unit.
    pub unit: String,
    /// For which agency.
    pub agency: Agency,
    /// From when on.
    pub from: Instant,
}

/// A substitution that is to be given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSubstitution {
    /// Id of the post that it becomes.
    pub id: Uuid,
    /// Name of the deputy.
    pub name: String,
    /// Name of the principal.
    pub principal: String,
    /// From when on.
    pub from: Instant,
    /// Until when.
    pub until: Option<Instant>,
    /// Number of the act of authorisation.
    pub act: String,
}

/// A refusal at a field; none: no single field is the reason.
fn refuse<T>(code: &'static str, field: &'static str, vi: &str, en: &str) -> Result<T, Rejection> {
    Err(match field {
        "" => Rejection::procedure(code, vi, en, ""),
        field => Rejection::field(field, code, vi, en),
    })
}

impl Subject for Posts {
    const KIND: &'static str = "officer";

    type Event = PostEvent;

    fn begin(id: Uuid, _: &Arc<Units>) -> Self {
        Self::none(id)
    }

    fn evolve(self, recorded: Recorded<PostEvent>) -> Self {
        Self::evolve(self, &recorded.event)
    }

    fn events(&self) -> usize {
        usize::try_from(self.version).unwrap_or_default()
    }
}

impl Posts {
    /// An officer who has had no post yet.
    #[must_use]
    pub fn none(officer: Uuid) -> Self {
        Self {
            officer,
            version: 0,
            all: Vec::new(),
        }
    }

    /// The posts that follow from an officer's events, oldest first.
    #[must_use]
    pub fn fold<'a>(officer: Uuid, events: impl IntoIterator<Item = &'a PostEvent>) -> Self {
        events.into_iter().fold(Self::none(officer), Self::evolve)
    }

    /// The posts after one more event.
    #[must_use]
    pub fn evolve(mut self, event: &PostEvent) -> Self {
        self.version += 1;
        match event {
            PostEvent::Given(facts, personal) => {
                let words = personal.clone().unwrap_or_default();
                self.all.push(Post {
                    id: facts.post,
                    officer: self.officer,
                    role: facts.role,
                    unit: facts.unit.clone(),
                    agency: Agency {
                        kind: facts.agency,
                        name: words.agency,
                    },
                    from: facts.from,
                    until: facts.until,
                    substitution: facts.principal.as_ref().map(|principal| Substitution {
                        principal: principal.officer,
                        name: words.principal.unwrap_or_default(),
                        role: principal.role,
                        act: words.act.unwrap_or_default(),
                    }),
                });
            }
            PostEvent::Ended(facts) => {
                for post in self.all.iter_mut().filter(|post| post.id == facts.post) {
                    post.until = Some(facts.until);
                }
            }
        }
        self
    }

    /// The post with this id.
    #[must_use]
    pub fn find(&self, id: Uuid) -> Option<&Post> {
        self.all.iter().find(|post| post.id == id)
    }

    /// In what capacities the officer can act at an instant.
    #[must_use]
    pub fn at(&self, at: Instant) -> Capacities<'_> {
        let mut capacities = Capacities::default();
        for post in self.all.iter().filter(|post| post.runs_at(at)) {
            if post.is_main() {
                capacities.main = Some(post);
            } else {
                capacities.substitutions.push(post);
            }
        }
        capacities
    }

    /// Gives a post of one's own, without an end.
    ///
    /// # Errors
    /// `posts-overlap` when another post of their own is held then or later.
    pub fn give(&self, new: NewPost) -> Result<PostEvent, Rejection> {
        if self
            .all
            .iter()
            .any(|post| post.is_main() && post.meets(new.from, None))
        {
            return refuse(
                "posts-overlap",
                "/from",
                "Người này đã giữ một vị trí khác trong thời gian đó. Hãy kết thúc vị trí ấy trước.",
                "This person holds another post in that time. End that one first.",
            );
        }
        Ok(PostEvent::Given(
            GivenFacts {
                post: new.id,
                role: new.role,
                unit: new.unit,
                agency: new.agency.kind,
                from: new.from,
                until: None,
                principal: None,
            },
            Some(GivenPersonal {
                name: new.name,
                agency: new.agency.name,
                principal: None,
                act: None,
            }),
        ))
    }

    /// Ends the post of one's own and gives the next one at the same instant.
    ///
    /// # Errors
    /// `same-post` when nothing would change, `post-ends-before-start`, `posts-overlap`.
    pub fn move_to(&self, new: NewPost) -> Result<Vec<PostEvent>, Rejection> {
        let Some(held) = self.at(new.from).main else {
            return Ok(vec![self.give(new)?]);
        };
        if held.role == new.role && held.unit == new.unit && held.agency == new.agency {
            return refuse(
                "same-post",
                "/role",
                "Người này đang giữ đúng vị trí đó.",
                "This person holds that very post already.",
            );
        }
        let ended = self.end(held.id, new.from)?;
        let given = self.clone().evolve(&ended).give(new)?;
        Ok(vec![ended, given])
    }

    /// Lets this officer act for `principal` for a time, with the principal's role and unit.
    ///
    /// # Errors
    /// `substitution-for-oneself`, `substitution-without-end`, `post-ends-before-start`,
    /// `authorisation-missing`, `deputy-without-post`, `principal-without-role`,
    /// `substitution-outlasts-post`, `substitution-overlaps`.
    pub fn substitute(
        &self,
        principal: &Posts,
        new: NewSubstitution,
    ) -> Result<PostEvent, Rejection> {
        if principal.officer == self.officer {
            return refuse(
                "substitution-for-oneself",
                "/principal",
                "Không ai có thể thay mặt chính mình.",
                "Nobody can act on their own behalf as a deputy.",
            );
        }
        let Some(until) = new.until else {
            return refuse(
                "substitution-without-end",
                "/until",
                "Việc thay mặt phải có ngày kết thúc.",
                "A substitution needs an end.",
            );
        };
        if until <= new.from {
            return refuse(
                "post-ends-before-start",
                "/until",
                "Lúc kết thúc phải sau lúc bắt đầu.",
                "The end must lie after the beginning.",
            );
        }
        if new.act.trim().is_empty() {
            return refuse(
                "authorisation-missing",
                "/act",
                "Hãy ghi số văn bản giao quyền hoặc ủy quyền.",
                "Give the number of the act of authorisation.",
            );
        }
        if self.at(new.from).main.is_none() {
            return refuse(
                "deputy-without-post",
                "/deputy",
                "Người thay mặt phải đang giữ một vị trí vào lúc đó.",
                "A deputy must hold a post of their own at that time.",
            );
        }
        let Some(post) = principal.at(new.from).main else {
            return refuse(
                "principal-without-role",
                "/principal",
                "Người được thay mặt không giữ vị trí nào vào lúc đó.",
                "The person to be substituted holds no post at that time.",
            );
        };
        if post.until.is_some_and(|end| end < until) {
            return refuse(
                "substitution-outlasts-post",
                "/until",
                "Việc thay mặt không thể kéo dài hơn vị trí của người được thay mặt.",
                "A substitution cannot last longer than the post of the person substituted.",
            );
        }
        let again = |held: &Post| {
            let of = held.substitution.as_ref().map(|held| held.principal);
            of == Some(principal.officer) && held.meets(new.from, Some(until))
        };
        if self.all.iter().any(again) {
            return refuse(
                "substitution-overlaps",
                "/from",
                "Người này đã thay mặt cùng một người trong thời gian đó.",
                "This person substitutes for the same person in that time already.",
            );
        }
        Ok(PostEvent::Given(
            GivenFacts {
                post: new.id,
                role: post.role,
                unit: post.unit.clone(),
                agency: post.agency.kind,
                from: new.from,
                until: Some(until),
                principal: Some(PrincipalFacts {
                    officer: principal.officer,
                    role: post.role,
                }),
            },
            Some(GivenPersonal {
                name: new.name,
                agency: post.agency.name.clone(),
                principal: Some(new.principal),
                act: Some(new.act.trim().to_owned()),
            }),
        ))
    }

    /// Ends a post at an instant. One that has not begun is taken back by ending it as it begins.
    ///
    /// # Errors
    /// `no-such-post`, `post-ended` when it has ended by then, `post-ends-before-start`.
    pub fn end(&self, id: Uuid, at: Instant) -> Result<PostEvent, Rejection> {
        let Some(post) = self.find(id) else {
            return refuse(
                "no-such-post",
                "",
                "Không có vị trí này.",
                "There is no such post.",
            );
        };
        if post.until.is_some_and(|until| until <= at) {
            return refuse(
                "post-ended",
                "",
                "Vị trí này đã kết thúc.",
                "This post has ended already.",
            );
        }
        if at < post.from {
            return refuse(
                "post-ends-before-start",
                "/until",
                "Lúc kết thúc phải sau lúc bắt đầu.",
                "The end must lie after the beginning.",
            );
        }
        Ok(PostEvent::Ended(EndedFacts {
            post: id,
            until: at,
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32) -> Instant {
        Instant::parse(&format!("2026-03-{day:02}T08:00:00+07:00")).unwrap()
    }

    fn new(id: u128, role: Role, from: u32) -> NewPost {
        NewPost {
            id: Uuid::from_u128(id),
            name: "Nguyễn Thị Lan".to_owned(),
            role,
            unit: "19111".to_owned(),
            agency: Agency {
                kind: AgencyKind::usual(role),
                name: None,
            },
            from: at(from),
        }
    }

    fn officer(id: u128, role: Role) -> Posts {
        let posts = Posts::none(Uuid::from_u128(id));
        let given = posts.give(new(id, role, 1)).unwrap();
        posts.evolve(&given)
    }

    fn acting(from: u32, until: Option<u32>) -> NewSubstitution {
        NewSubstitution {
            id: Uuid::from_u128(9),
            name: "Nguyễn Thị Lan".to_owned(),
            principal: "Hoàng Văn Thành".to_owned(),
            from: at(from),
            until: until.map(at),
            act: "12/QĐ-UBND".to_owned(),
        }
    }

    fn code<T: std::fmt::Debug>(answer: Result<T, Rejection>) -> &'static str {
        answer.unwrap_err().code
    }

    #[test]
    fn a_move_ends_one_post_and_begins_the_next() {
        let lan = officer(1, Role::CommuneOfficer);
        let mut next = new(2, Role::ProvincialOfficer, 5);
        next.unit = "44".to_owned();
        let events = lan.move_to(next).unwrap();
        assert_eq!(events.len(), 2);
        let lan = events.iter().fold(lan, Posts::evolve);
        assert_eq!(lan.at(at(4)).main.unwrap().unit, "19111");
        assert_eq!(lan.at(at(5)).main.unwrap().unit, "44");
        assert_eq!(lan.version, 3);
        assert_eq!(code(lan.give(new(3, Role::Analyst, 2))), "posts-overlap");
        let same = NewPost {
            unit: "44".to_owned(),
            ..new(4, Role::ProvincialOfficer, 6)
        };
        assert_eq!(code(lan.move_to(same)), "same-post");
    }

    #[test]
    fn a_deputy_has_the_role_of_the_principal_for_a_time() {
        let lan = officer(1, Role::CommuneOfficer);
        let chair = officer(2, Role::CommuneChair);
        let given = lan.substitute(&chair, acting(3, Some(10))).unwrap();
        let lan = lan.evolve(&given);
        assert!(lan.at(at(2)).substitutions.is_empty());
        let capacities = lan.at(at(3));
        assert_eq!(capacities.main.unwrap().role, Role::CommuneOfficer);
        assert_eq!(capacities.substitutions[0].role, Role::CommuneChair);
        assert!(lan.at(at(10)).substitutions.is_empty());
        let again = lan.substitute(&chair, acting(9, Some(12)));
        assert_eq!(code(again), "substitution-overlaps");
        let lan = lan
            .clone()
            .evolve(&lan.end(Uuid::from_u128(9), at(5)).unwrap());
        assert!(lan.at(at(5)).substitutions.is_empty());
        assert_eq!(code(lan.end(Uuid::from_u128(9), at(6))), "post-ended");
        assert!(lan.substitute(&chair, acting(9, Some(12))).is_ok());
    }

    #[test]
    fn what_cannot_be_a_substitution_is_refused() {
        let lan = officer(1, Role::CommuneOfficer);
        let chair = officer(2, Role::CommuneChair);
        let ask = |new| code(lan.substitute(&chair, new));
        assert_eq!(ask(acting(3, None)), "substitution-without-end");
        assert_eq!(ask(acting(3, Some(3))), "post-ends-before-start");
        let unsigned = NewSubstitution {
            act: "  ".to_owned(),
            ..acting(3, Some(5))
        };
        assert_eq!(ask(unsigned), "authorisation-missing");
        let own = lan.substitute(&lan, acting(3, Some(5)));
        assert_eq!(code(own), "substitution-for-oneself");
        let nobody = Posts::none(Uuid::from_u128(7));
        let for_nobody = lan.substitute(&nobody, acting(3, Some(5)));
        assert_eq!(code(for_nobody), "principal-without-role");
        let by_nobody = nobody.substitute(&chair, acting(3, Some(5)));
        assert_eq!(code(by_nobody), "deputy-without-post");
        let ended = chair.end(Uuid::from_u128(2), at(4)).unwrap();
        let leaving = chair.evolve(&ended);
        let too_long = lan.substitute(&leaving, acting(3, Some(5)));
        assert_eq!(code(too_long), "substitution-outlasts-post");
        assert!(lan.substitute(&leaving, acting(3, Some(4))).is_ok());
    }

    #[test]
    fn an_end_needs_a_post_that_is_held() {
        let lan = officer(1, Role::CommuneOfficer);
        assert_eq!(code(lan.end(Uuid::from_u128(5), at(3))), "no-such-post");
        let early = Instant::parse("2026-02-01T08:00:00+07:00").unwrap();
        let early = lan.end(Uuid::from_u128(1), early);
        assert_eq!(code(early), "post-ends-before-start");
    }
}
