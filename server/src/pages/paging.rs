//! The pages of a list: which one is shown, in its title and at its foot, and the way on. The way is a
//! cursor; the number only tells the reader how far they have come.

use super::Frame;
use super::components::{Link, Pagination};
use super::query::Asked;

/// Which page of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Its number.
    number: usize,
    /// How many there are.
    pages: usize,
}

impl Paging {
    /// The page that was asked for, of a list of so many in all, `rows` on each page.
    #[must_use]
    pub fn of(asked: &Asked, total: i64, rows: usize) -> Self {
        let pages = usize::try_from(total).unwrap_or_default().div_ceil(rows);
        let number = match asked.get("after") {
            None => 1,
            Some(_) => {
                let said = asked.get("page").and_then(|page| page.parse().ok());
                said.unwrap_or(2).clamp(2, pages.max(2))
            }
        };
        Self {
            number,
            pages: pages.max(number),
        }
    }

    /// The title of the page: `Hồ sơ (trang 2 trong 4)`; of a list of one page the title alone.
    #[must_use]
    pub fn title(self, frame: &Frame, title: &str) -> String {
        if self.pages < 2 {
            return title.to_owned();
        }
        let values = [
            ("title", title.into()),
            ("number", self.number.into()),
            ("pages", self.pages.into()),
        ];
        frame.language.text_with("page-title", &values)
    }

    /// The foot of the list. `shown`: how many are shown of how many; `next`: the cursor of the next
    /// page.
    #[must_use]
    pub fn foot(
        self,
        frame: &Frame,
        asked: &Asked,
        shown: String,
        next: Option<&str>,
    ) -> Pagination {
        let number = (self.pages > 1).then(|| {
            let values = [("number", self.number.into()), ("pages", self.pages.into())];
            frame.language.text_with("page-number", &values)
        });
        Pagination {
            label: frame.t("pages"),
            shown: [Some(shown), number]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            previous: (self.number > 1).then(|| Link {
                text: frame.t("page-first"),
                href: asked.without("after"),
            }),
            next: next.map(|cursor| Link {
                text: frame.t("page-next"),
                href: asked.after(cursor, self.number + 1),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_page_is_told_and_never_trusted() {
        let at = |query: &str, total| Paging::of(&Asked::of("/cases", query), total, 30);
        let page = |number, pages| Paging { number, pages };
        assert_eq!(at("", 0), page(1, 1));
        assert_eq!(at("", 31), page(1, 2));
        assert_eq!(at("page=7", 31), page(1, 2), "the first has no cursor");
        assert_eq!(at("after=x&page=2", 91), page(2, 4));
        assert_eq!(at("after=x", 91), page(2, 4));
        assert_eq!(at("after=x&page=99", 91), page(4, 4));
        assert_eq!(at("after=x&page=-1", 91), page(2, 4));
        assert_eq!(at("after=x&page=2", 3), page(2, 2), "the list got shorter");
    }
}
