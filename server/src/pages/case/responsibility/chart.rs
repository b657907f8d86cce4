//! The drawing: a time axis, who held the case on top, then a lane for each agency with a bar for
//! each obligation. Widths are in percent and words are never scaled, so that one drawing serves a
//! phone, a wide screen and paper.

use askama::Template;
use askama::filters::HtmlSafe;
use domain::responsibility::{Bar, Board, Holding, Owner, Recording};
use domain::time::Instant;
use projections::Outcome;

use super::asked::Wanted;
use super::axis::{Axis, Tick, percent};
use super::told::Teller;
use crate::pages::words;

/// How wide the drawing is where there is room, in pixels: for what fits beside each other.
const WIDTH: f64 = 760.0;
/// How wide a letter is about.
const LETTER: f64 = 6.9;
/// Heights, in pixels.
const AXIS: usize = 28;
const TITLE: usize = 26;
const TRACK: usize = 38;
const BARE_TRACK: usize = 24;
const POINTS: usize = 20;
const AFTER: usize = 10;
/// More tracks than this, and only bars that have room for their words have some.
const MOST_TRACKS: usize = 14;

/// The drawing.
#[derive(Template)]
#[template(path = "case/responsibility/chart.html")]
pub struct Chart {
    /// What it is, for those who hear it.
    pub name: String,
    height: usize,
    axis: usize,
    ticks: Vec<Tick>,
    holders_title: String,
    holders: Vec<Drawn>,
    lanes: Vec<LaneDrawn>,
    now: Option<(String, String)>,
    /// Where the line stands, if it lies in the period.
    pub line: Option<String>,
}

impl HtmlSafe for Chart {}

struct LaneDrawn {
    title: String,
    y: usize,
    title_y: usize,
    bars: Vec<Drawn>,
    points: Vec<Point>,
    points_y: usize,
}

/// A bar with its words and marks.
struct Drawn {
    href: String,
    name: String,
    class: &'static str,
    label: Option<Label>,
    x: String,
    width: String,
    y: usize,
    height: usize,
    /// What is open, or held by two hands, is hatched: pattern, place, width.
    hatched: Vec<(&'static str, String, String)>,
    /// The limit: place, top, bottom.
    limit: Option<(String, usize, usize)>,
}

struct Label {
    x: String,
    y: usize,
    anchor: &'static str,
    text: String,
}

struct Point {
    x: String,
    name: String,
    href: String,
    class: &'static str,
}

/// A bar that has found its place on the axis.
struct Placed<'a> {
    bar: &'a Bar,
    part: (f64, f64),
    /// The time for which it is drawn.
    span: (Instant, Instant),
    words: String,
}

/// Draws the board.
pub fn chart(teller: &Teller<'_>, board: &Board, wanted: &Wanted) -> Chart {
    let axis = Axis::new(wanted.period);
    let mut y = AXIS;
    let holders_y = y + TITLE;
    let holders = holders(teller, board, &axis, holders_y);
    y = holders_y + TRACK + AFTER;
    let mut lanes = Vec::new();
    for index in 0..board.lanes.len() {
        if let Some((lane, height)) = lane(teller, board, &axis, index, y) {
            lanes.push(lane);
            y += height;
        }
    }
    let now = teller.view.file.at;
    Chart {
        name: teller.t("board-chart"),
        height: y,
        axis: AXIS,
        ticks: axis.ticks(),
        holders_title: teller.t("board-holders"),
        holders,
        lanes,
        now: (axis.shows(now) && axis.place(now) < 99.9)
            .then(|| (percent(axis.place(now)), teller.t("board-now"))),
        line: axis
            .shows(wanted.at)
            .then(|| percent(axis.place(wanted.at))),
    }
}

fn holders(teller: &Teller<'_>, board: &Board, axis: &Axis, y: usize) -> Vec<Drawn> {
    let until = board.until();
    let end = |holding: &Holding| holding.to.unwrap_or(until.max(holding.from));
    let parts: Vec<_> = board
        .holders
        .iter()
        .map(|one| (axis.part(one.from, end(one)), teller.holding(one)))
        .collect();
    let labelled = roomy(&parts);
    board
        .holders
        .iter()
        .zip(parts)
        .enumerate()
        .filter_map(|(index, (holding, (part, text)))| {
            let part = part?;
            let to = end(holding);
            let from = words::instant(holding.from.utc());
            let name = format!("{text}. {}", period(teller, from, holding.to));
            let hatched = board
                .hand_overs()
                // A referral hands on a service, not the case.
                .filter(|bar| bar.obligation.item.is_none())
                .filter_map(|bar| {
                    let end = bar.to.unwrap_or(until);
                    let (from, to) = (bar.from.max(holding.from), end.min(to));
                    let (x, width) = (from < to).then(|| axis.part(from, to))??;
                    Some(("hand-over", percent(x), percent(width)))
                })
                .collect();
            let (x, width) = part;
            Some(Drawn {
                href: teller.address(&holding.began_with),
                name,
                class: if holding.closed { "kept" } else { "held" },
                label: labelled.contains(&index).then(|| Label {
                    x: percent(x),
                    y: y + 13,
                    anchor: "start",
                    text,
                }),
                x: percent(x),
                width: percent(width),
                y: y + 19,
                height: 16,
                hatched,
                limit: None,
            })
        })
        .collect()
}

/// Which of the holders have room for their words: the longest first.
fn roomy(parts: &[(Option<(f64, f64)>, String)]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let width = |index: usize| parts[index].0.map_or(0.0, |(_, width)| width);
    order.sort_by(|a, b| width(*b).total_cmp(&width(*a)));
    let mut taken: Vec<(f64, f64)> = Vec::new();
    let mut labelled = Vec::new();
    for index in order {
        let Some((x, _)) = parts[index].0 else {
            continue;
        };
        let end = x + text_width(&parts[index].1);
        let free = taken.iter().all(|(from, to)| end < *from || *to < x);
        if end <= 100.0 && free {
            taken.push((x, end));
            labelled.push(index);
        }
    }
    labelled
}

fn lane(
    teller: &Teller<'_>,
    board: &Board,
    axis: &Axis,
    index: usize,
    y: usize,
) -> Option<(LaneDrawn, usize)> {
    let until = board.until();
    let mut placed: Vec<Placed<'_>> = board
        .obligations
        .iter()
        .flat_map(|bar| runs(bar, index, until))
        .filter_map(|(bar, span)| {
            Some(Placed {
                part: axis.part(span.0, span.1)?,
                words: label(teller, bar),
                bar,
                span,
            })
        })
        .collect();
    let points = points(teller, board, axis, index);
    if placed.is_empty() && points.is_empty() {
        return None;
    }
    placed.sort_by(|a, b| a.part.0.total_cmp(&b.part.0));
    let (tracks, labelled) = pack(&mut placed);
    let count = tracks.iter().max().map_or(0, |last| last + 1);
    let few = labelled.iter().any(|labelled| *labelled);
    let track = if few { TRACK } else { BARE_TRACK };
    let top = y + TITLE;
    let then = placed.first().map_or(board.from, |first| first.span.0);
    let bars = placed
        .iter()
        .zip(tracks.iter().zip(labelled))
        .map(|(placed, (place, labelled))| {
            let y = top + place * track + (track - BARE_TRACK);
            drawn(teller, axis, placed, y, labelled)
        })
        .collect();
    let points_y = top + count * track;
    let room = if points.is_empty() { 0 } else { POINTS };
    let lane = LaneDrawn {
        title: teller.agency(&board.lanes[index], then),
        y,
        title_y: y + 18,
        bars,
        points,
        points_y: points_y + POINTS / 2,
    };
    Some((lane, TITLE + count * track + room + AFTER))
}

/// The times for which an agency owed something: from one owner to the next within the lane.
fn runs(bar: &Bar, lane: usize, until: Instant) -> Vec<(&Bar, (Instant, Instant))> {
    let mut runs: Vec<(&Bar, (Instant, Instant))> = Vec::new();
    let mut before = None;
    for Owner {
        lane: whose, span, ..
    } in &bar.owners
    {
        if *whose == lane {
            let to = span.to.unwrap_or(until);
            match runs.last_mut() {
                Some((_, run)) if before == Some(lane) => run.1 = to,
                _ => runs.push((bar, (span.from, to))),
            }
        }
        before = Some(*whose);
    }
    runs
}

/// Which bar goes into which track, and whether its words go with it: none covers another.
fn pack(placed: &mut [Placed<'_>]) -> (Vec<usize>, Vec<bool>) {
    let all = tracks(placed, |_| true);
    if all.iter().all(|track| *track < MOST_TRACKS) {
        return (all, vec![true; placed.len()]);
    }
    for one in placed.iter_mut() {
        cut(&mut one.words, one.part.1);
    }
    let has_room = |one: &Placed<'_>| !one.words.is_empty();
    let labelled = placed.iter().map(has_room).collect();
    (tracks(placed, has_room), labelled)
}

/// Cuts words to the length of their bar; none are left where only a few letters would be.
fn cut(words: &mut String, width: f64) {
    if text_width(words) <= width {
        return;
    }
    let letters = words.chars();
    let mut kept: String = letters
        .scan(String::new(), |so_far, letter| {
            so_far.push(letter);
            (text_width(so_far) + text_width("…") <= width).then_some(letter)
        })
        .collect();
    if kept.chars().count() >= 8 {
        kept.truncate(kept.trim_end().len());
        kept.push('…');
        *words = kept;
    } else {
        words.clear();
    }
}

fn tracks(placed: &[Placed<'_>], labelled: impl Fn(&Placed<'_>) -> bool) -> Vec<usize> {
    let mut ends: Vec<f64> = Vec::new();
    placed
        .iter()
        .map(|one| {
            let (mut begin, mut end) = (one.part.0, one.part.0 + one.part.1);
            if labelled(one) {
                let (from, to) = label_extent(one.part, &one.words);
                (begin, end) = (begin.min(from), end.max(to));
            }
            let track = ends.iter().position(|taken| *taken <= begin);
            let track = track.unwrap_or_else(|| {
                ends.push(0.0);
                ends.len() - 1
            });
            ends[track] = end + 0.6;
            track
        })
        .collect()
}

/// Where the words of a bar lie: from its beginning, or up to its end near the right edge.
fn label_extent((x, width): (f64, f64), words: &str) -> (f64, f64) {
    let length = text_width(words);
    if x + length <= 100.0 {
        (x, x + length)
    } else {
        let end = (x + width).max(length.min(100.0));
        (end - length, end)
    }
}

/// About how wide words are, in percent.
#[expect(clippy::cast_precision_loss, reason = "a pixel is enough")]
fn text_width(words: &str) -> f64 {
    words.chars().count() as f64 * LETTER * 100.0 / WIDTH
}

fn drawn(teller: &Teller<'_>, axis: &Axis, placed: &Placed<'_>, y: usize, labelled: bool) -> Drawn {
    let Placed {
        bar,
        part: (x, width),
        span,
        words: text,
    } = placed;
    let mut hatched = Vec::new();
    if bar.hand_over {
        hatched.push(("hand-over", percent(*x), percent(*width)));
    }
    if let Some(overdue) = bar.overdue {
        let from = overdue.from.max(span.0);
        let end = overdue.to.map_or(span.1, |to| to.min(span.1));
        if let Some((x, width)) = (from < end).then(|| axis.part(from, end)).flatten() {
            hatched.push(("late", percent(x), percent(width)));
        }
    }
    let (from, to) = label_extent((*x, *width), text);
    let (label_x, anchor) = if (from - x).abs() < 0.01 {
        (from, "start")
    } else {
        (to, "end")
    };
    Drawn {
        href: teller.address(&bar.opened_with),
        // What is heard begins with what is seen.
        name: if labelled {
            format!("{text}. {}", name(teller, bar))
        } else {
            name(teller, bar)
        },
        class: match teller.outcome(bar) {
            Outcome::Open | Outcome::Overdue => "open",
            Outcome::Met | Outcome::Corrected | Outcome::Late => "done",
            Outcome::Waived | Outcome::WaivedLate => "waived",
        },
        label: labelled.then(|| Label {
            x: percent(label_x),
            y: y + 2,
            anchor,
            text: text.clone(),
        }),
        x: percent(*x),
        width: percent(*width),
        y: y + 7,
        height: 12,
        hatched,
        limit: bar
            .obligation
            .due_at
            .filter(|due| {
                axis.shows(*due) && *due >= span.0 && (*due <= span.1 || bar.to.is_none())
            })
            .map(|due| (percent(axis.place(due)), y + 4, y + 22)),
    }
}

/// The words over a bar: the step, and what is remarkable.
fn label(teller: &Teller<'_>, bar: &Bar) -> String {
    let step = teller.short_step(&bar.obligation);
    match teller.outcome(bar) {
        Outcome::Late | Outcome::Overdue | Outcome::WaivedLate | Outcome::Corrected => {
            format!("{step} · {}", teller.state(bar))
        }
        _ => step,
    }
}

/// Everything about a bar in one line, for those who hear it or point at it.
fn name(teller: &Teller<'_>, bar: &Bar) -> String {
    let who: Vec<_> = bar.owners.iter().map(|one| teller.owner(one)).collect();
    let mut parts = vec![
        teller.step(&bar.obligation),
        format!("{}: {}", teller.t("board-owed-by"), who.join(", ")),
        period(teller, words::instant(bar.from.utc()), bar.to),
    ];
    if bar.obligation.due_at.is_some() {
        let limit = teller.limit(&bar.obligation);
        parts.push(format!("{}: {limit}", teller.t("board-limit")));
    }
    if bar.hand_over && bar.to.is_none() {
        parts.push(teller.t("board-not-answered"));
    }
    parts.push(teller.state(bar));
    parts.join(". ")
}

fn period(teller: &Teller<'_>, from: String, to: Option<Instant>) -> String {
    match to {
        Some(to) => {
            let to = words::instant(to.utc());
            let arguments = [("from", from.into()), ("to", to.into())];
            teller.language().text_with("board-from-to", &arguments)
        }
        None => teller.view.frame.t1("board-from", "from", from),
    }
}

/// What was recorded, by when it happened. What lies too near to each other is one point.
fn points(teller: &Teller<'_>, board: &Board, axis: &Axis, lane: usize) -> Vec<Point> {
    let language = teller.language();
    let mut near: Vec<(f64, Vec<&Recording>)> = Vec::new();
    let mut events: Vec<&Recording> = board
        .recordings
        .iter()
        .filter(|one| one.lane == lane && axis.shows(one.occurred_at))
        .collect();
    events.sort_by_key(|one| one.occurred_at);
    for event in events {
        let place = axis.place(event.occurred_at);
        match near.last_mut() {
            Some((first, group)) if place - *first < 1.2 => group.push(event),
            _ => near.push((place, vec![event])),
        }
    }
    near.into_iter()
        .filter_map(|(place, group)| {
            let first = group.first()?;
            let name = if group.len() == 1 {
                let (occurred, recorded) = (first.occurred_at.utc(), first.recorded_at.utc());
                let when = words::both_clocks(language, occurred, recorded);
                format!("{}. {when}", teller.event(&first.event))
            } else {
                let at = words::instant(first.occurred_at.utc());
                let arguments = [("count", group.len().into()), ("at", at.into())];
                language.text_with("board-points", &arguments)
            };
            let late = |one: &&Recording| one.lag_seconds >= 86_400;
            Some(Point {
                x: percent(place),
                href: teller.address(&first.event),
                name,
                class: match () {
                    () if group.iter().any(|one| one.corrects || one.corrected) => "corrected",
                    () if group.iter().any(late) => "written-late",
                    () => "written",
                },
            })
        })
        .collect()
}
