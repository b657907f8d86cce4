//! The pages of a list: which one is shown, in its title and at its foot, and the way on. The way is a
//! cursor; the number only tells the reader how far they have come.

use projections::Page;

use super::Frame;
use super::components::{Link, Pagination};
use super::query::Asked;

/// Which page of a list is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// Its number.
    number: usize,
    /// How many there are; none where that was not counted.
    pages: Option<usize>,
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
            pages: Some(pages.max(number)),
        }
    }

    /// The same of a list of which is only known how many were found up to here, where there are more.
    #[must_use]
    pub fn of_some<T>(asked: &Asked, page: &Page<T>, rows: usize) -> Self {
        let counted = Self::of(asked, page.total, rows);
        Self {
            pages: counted.pages.filter(|_| !page.at_least),
            ..counted
        }
    }

    /// The title of the page: `Hồ sơ (trang 2 trong 4)`; of a list of one page the title alone.
    #[must_use]
    pub fn title(self, frame: &Frame, title: &str) -> String {
        let number = ("number", self.number.into());
        let text = |key, values: &[_]| frame.language.text_with(key, values);
        let named = ("title", title.into());
        match self.pages {
            Some(0 | 1) => title.to_owned(),
            Some(pages) => text("page-title", &[named, number, ("pages", pages.into())]),
            None => text("page-title-uncounted", &[named, number]),
        }
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
        let number = ("number", self.number.into());
        let text = |key, values: &[_]| Some(frame.language.text_with(key, values));
        let number = match self.pages {
            Some(0 | 1) => None,
            Some(pages) => text("page-number", &[number, ("pages", pages.into())]),
            None => text("page-number-uncounted", &[number]),
        };
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
        let page = |number, pages| Paging {
            number,
            pages: Some(pages),
        };
        assert_eq!(at("", 0), page(1, 1));
        assert_eq!(at("", 31), page(1, 2));
        assert_eq!(at("page=7", 31), page(1, 2), "the first has no cursor");
        assert_eq!(at("after=x&page=2", 91), page(2, 4));
        assert_eq!(at("after=x", 91), page(2, 4));
        assert_eq!(at("after=x&page=99", 91), page(4, 4));
        assert_eq!(at("after=x&page=-1", 91), page(2, 4));
        assert_eq!(at("after=x&page=2", 3), page(2, 2), "the list got shorter");
    }

    #[test]
    fn how_many_pages_there_are_is_only_told_where_it_was_counted() {
        let at = |at_least| {
            let page = Page {
                items: vec![(); 30],
                total: 60,
                at_least,
                next: Some("x".to_owned()),
            };
            Paging::of_some(&Asked::of("/cases", "after=x&page=9"), &page, 30)
        };
        let page = |pages| Paging { number: 2, pages };
        assert_eq!(at(false), page(Some(2)));
        assert_eq!(at(true), page(None));
    }
}
