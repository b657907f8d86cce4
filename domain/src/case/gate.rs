//! What a command asks of the case before any of its values is looked at: of its state, of the seat
//! from which it is given, of what must come first. [`decide`](super::decide()) asks it of every command
//! that is sent, [`possible`](super::possible()) of every command that there is: both ask here.

use super::decide::Case;
use super::{About, CaseState, Context, Rejection, Status};

/// Why the case does not stand so that a command can be given.
#[derive(Debug)]
pub(super) enum Bar {
    /// Something has to come first.
    NotYet(Rejection),
    /// It was done already, or the case has nothing that it could be about.
    NoPlace(Rejection),
}

impl From<Bar> for Rejection {
    fn from(bar: Bar) -> Self {
        match bar {
            Bar::NotYet(refusal) | Bar::NoPlace(refusal) => refusal,
        }
    }
}

/// Whether a command is taken on a closed case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OnClosed {
    /// Like on an open one.
    Taken,
    /// By what it says: [`Rule::despite_closing`](super::rule::Rule::despite_closing).
    ByValues,
    /// It is refused.
    Refused,
}

/// The half of a command's rule that knows none of its values. Nothing here has a `self`.
pub(super) trait Gate {
    /// Whether it can be the first of a case.
    fn begins_a_case() -> bool {
        false
    }

    /// JSON pointer of the instant by which the command itself says when it happened. Such a command takes no
    /// `occurred_at`.
    fn instant_field() -> Option<&'static str> {
        None
    }

    /// Whether it belongs to what Decree 56/2017 has for children, and so is not for a person who was
    /// 16 or older when it happened.
    fn for_children() -> bool {
        false
    }

    /// Whether it may be given on a closed case.
    fn on_closed_case(_: &CaseState, _: &Context<'_>) -> OnClosed {
        OnClosed::Refused
    }

    /// What another role is told, if it is more than which roles may.
    fn wrong_role() -> Option<Rejection> {
        None
    }

    /// What is told to who has the role, but not the seat, if it is more than which seats may.
    fn wrong_seat(_: &CaseState, _: &About<'_>) -> Option<Rejection> {
        None
    }

    /// What it can be about in this case, possible or not; what is about the case as a whole is about
    /// nothing in it.
    fn subjects<'a>(_: Case<'a>, _: &Context<'a>) -> Vec<About<'a>> {
        vec![About::default()]
    }

    /// Whether the case stands so that it can be given about `about`, whoever gives it.
    ///
    /// # Errors
    /// What bars it. Whatever its values, it is refused so.
    fn stands(_: Case<'_>, _: &About<'_>, _: &Context<'_>) -> Result<(), Bar> {
        Ok(())
    }
}

/// The gate of one command, as something that can be kept in a list.
#[derive(Clone, Copy)]
pub(super) struct Gates {
    /// See [`Gate::begins_a_case`].
    pub begins_a_case: fn() -> bool,
    /// See [`Gate::instant_field`].
    pub instant_field: fn() -> Option<&'static str>,
    for_children: fn() -> bool,
    on_closed_case: fn(&CaseState, &Context<'_>) -> OnClosed,
    /// See [`Gate::wrong_role`].
    pub wrong_role: fn() -> Option<Rejection>,
    /// See [`Gate::wrong_seat`].
    pub wrong_seat: fn(&CaseState, &About<'_>) -> Option<Rejection>,
    /// See [`Gate::subjects`].
    pub subjects: for<'a> fn(Case<'a>, &Context<'a>) -> Vec<About<'a>>,
    /// See [`Gate::stands`].
    pub stands: fn(Case<'_>, &About<'_>, &Context<'_>) -> Result<(), Bar>,
}

impl Gates {
    /// The gate of the command `G`.
    pub const fn of<G: Gate>() -> Self {
        Self {
            begins_a_case: G::begins_a_case,
            instant_field: G::instant_field,
            for_children: G::for_children,
            on_closed_case: G::on_closed_case,
            wrong_role: G::wrong_role,
            wrong_seat: G::wrong_seat,
            subjects: G::subjects,
            stands: G::stands,
        }
    }

    /// Whether it is taken on the case, as far as this is open or closed.
    pub fn on(&self, state: &CaseState, context: &Context<'_>) -> OnClosed {
        match state.status {
            Status::Open => OnClosed::Taken,
            Status::Closed => (self.on_closed_case)(state, context),
        }
    }

    /// Refuses what is for children only where it is about none.
    ///
    /// # Errors
    /// `outside-decree`.
    pub fn within_decree(&self, state: &CaseState) -> Result<(), Rejection> {
        if state.outside_decree() && (self.for_children)() {
            return Err(outside());
        }
        Ok(())
    }
}

fn outside() -> Rejection {
    Rejection::procedure(
        "outside-decree",
        "Theo ngày sinh đã ghi, người này đã đủ 16 tuổi khi việc xảy ra nên quy trình bảo vệ trẻ em \
         không áp dụng. Việc của công an và tư vấn vẫn tiếp tục. Nếu ngày sinh sai, hãy đính chính.",
        "By the recorded date of birth this person was 16 or older when it happened, so the \
         procedure for children does not apply. Police duties and advice go on. If the date of birth \
         is wrong, correct it.",
        "Luật Trẻ em 2016 Điều 1",
    )
}

/// What is told where a case is closed.
pub(super) fn closed() -> Rejection {
    Rejection::procedure(
        "case-closed",
        "Vụ việc đã kết thúc. Chỉ còn có thể mở lại, đính chính, ghi chú hoặc lưu trữ. Nếu có thông \
         tin mới, hãy mở lại vụ việc trước.",
        "The case is closed. It can only be reopened, corrected, noted on or archived. If there is \
         new information, reopen it first.",
        "NĐ 56/2017/NĐ-CP Điều 30",
    )
}

/// There is no form 02 on which the next steps rest.
pub(super) fn not_initially_assessed() -> Rejection {
    Rejection::procedure(
        "not-initially-assessed",
        "Chưa có đánh giá nguy cơ ban đầu. Hãy ghi Mẫu số 02 trước.",
        "There is no initial assessment yet. Record form 02 first.",
        "NĐ 56/2017/NĐ-CP Điều 26 khoản 2, Điều 27",
    )
}
