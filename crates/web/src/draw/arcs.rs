//! What waits on what, as arcs: the matters stand one below the other with their whole names, and an arc leads from what is
//! wanted to what it waits for. Each runs on a track on which it meets no other and leaves and comes in at a height of its own, so
//! that sixty can still be followed; its number is that of its line in the list below.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::n;
use crate::words::t;

/// "A waits for B."
#[derive(Debug, Clone)]
pub(crate) struct Edge {
    pub(crate) from: String,
    pub(crate) to: String,
    /// Whose condition it is, in words.
    pub(crate) says: String,
    pub(crate) link: String,
    pub(crate) is_locked: bool,
    /// Which of the holders it is of, for its colour.
    pub(crate) holder: usize,
}

/// Least height of a matter, height of an end of an arc in it, and width of a track.
const ROW: f64 = 26.0;
const END: f64 = 9.0;
const TRACK: f64 = 22.0;
/// Roundness of corners.
const ROUND: f64 = 7.0;
/// Width of a letter of a name, on average.
const LETTER: f64 = 7.2;
/// Letters of a name in the picture.
const LETTERS: usize = 44;

/// An edge between matters by their number from above, with its track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Way {
    from: usize,
    to: usize,
    track: usize,
}

/// The picture; edges are numbered from 1 in their order.
pub(crate) fn draw(edges: &[Edge]) -> Markup {
    let names = order(edges);
    let ways = ways(edges, &names);
    let (tops, ends) = places(&ways, names.len());
    let label = 8.0 + LETTER * names.iter().map(|n| cut(n).chars().count()).max().unwrap_or(0) as f64;
    let tracks = ways.iter().map(|w| w.track + 1).max().unwrap_or(1);
    let (width, tall) = (label + 60.0 + TRACK * tracks as f64, tops.last().copied().unwrap_or_default() + 8.0);
    let middle = |n: usize| f64::midpoint(tops[n], tops[n + 1]);
    html! {
        svg.arcs viewBox={ "0 0 " (n(width)) " " (n(tall)) } width=(n(width)) height=(n(tall)) role="group" aria-label="What waits on what; the list below says the same in words" {
            defs { marker #tip viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto" markerUnits="userSpaceOnUse" { path.tip d="M0 0L8 4L0 8Z" {} } }
            @for (i, name) in names.iter().enumerate() {
                line.rule x1="0" x2=(n(label + 8.0)) y1=(n(tops[i + 1])) y2=(n(tops[i + 1])) {}
                text.matter x=(n(label)) y=(n(middle(i) + 4.0)) { (t(&cut(name))) title { (t(name)) } }
            }
            @for (i, (edge, way)) in edges.iter().zip(&ways).enumerate() {
                @let (from, to) = ends[i];
                a href=(edge.link) tabindex="-1" aria-label={ (i + 1) " " (t(&edge.says)) } {
                    @let x = label + 26.0 + TRACK * way.track as f64;
                    path class={ "arc h" (edge.holder % 6) @if edge.is_locked { " locked" } } marker-end="url(#tip)" d=(path(label + 12.0, x, from, to)) { title { (t(&edge.says)) } }
                    circle class={ "start h" (edge.holder % 6) } cx=(n(label + 12.0)) cy=(n(from)) r="2.5" {}
                    text.number x=(n(x)) y=(n(f64::midpoint(from, to) + 4.0)) { (i + 1) }
                }
            }
        }
    }
}

/// Out from where it begins, along its track, and back to where it ends.
fn path(start: f64, track: f64, from: f64, to: f64) -> String {
    let round = ROUND.min((to - from).abs() / 2.0);
    let turn = if to > from { round } else { -round };
    let (out, first, last) = (n(track - round), n(from + turn), n(to - turn));
    let x = n(track);
    format!(
        "M{} {}H{out}Q{x} {} {x} {first}V{last}Q{x} {} {out} {}H{}",
        n(start),
        n(from),
        n(from),
        n(to),
        n(to),
        n(start)
    )
}

/// Each edge with the first track on which it meets no other: short ones have the inner tracks.
fn ways(edges: &[Edge], names: &[&str]) -> Vec<Way> {
    let place: BTreeMap<&str, usize> = names.iter().enumerate().map(|(n, name)| (*name, n)).collect();
    let at = |name: &str| place.get(name).copied().unwrap_or_default();
    let mut ways: Vec<Way> = edges.iter().map(|e| Way { from: at(&e.from), to: at(&e.to), track: 0 }).collect();
    let mut turn: Vec<usize> = (0..ways.len()).collect();
    let length = |w: &Way| w.from.abs_diff(w.to);
    turn.sort_by_key(|i| (length(&ways[*i]), ways[*i].from.min(ways[*i].to), *i));
    let mut tracks: Vec<Vec<(usize, usize)>> = Vec::new();
    for i in turn {
        let (low, high) = (ways[i].from.min(ways[i].to), ways[i].from.max(ways[i].to));
        // one that ends where another begins stands above it
        let meets =
            |(a, b): &(usize, usize)| (low < *b && *a < high) || ((low == high || a == b) && low <= *b && *a <= high);
        let free = tracks.iter().position(|taken| !taken.iter().any(meets));
        let track = free.unwrap_or_else(|| {
            tracks.push(Vec::new());
            tracks.len() - 1
        });
        tracks[track].push((low, high));
        ways[i].track = track;
    }
    ways
}

/// Where each matter begins, with the end of the last, and where each edge begins and ends: no two at one height. Of those that
/// go up the inner ones leave above, of those that go down the outer ones, so that they cross least.
fn places(ways: &[Way], matters: usize) -> (Vec<f64>, Vec<(f64, f64)>) {
    let mut own: Vec<Vec<((bool, i64), usize, bool)>> = vec![Vec::new(); matters];
    for (i, w) in ways.iter().enumerate() {
        let track = i64::try_from(w.track).unwrap_or_default();
        let key = |goes_down: bool| (goes_down, if goes_down { -track } else { track });
        own[w.from].push((key(w.to > w.from), i, true));
        own[w.to].push((key(w.from >= w.to), i, false));
    }
    let (mut tops, mut ends) = (vec![4.0], vec![(0.0, 0.0); ways.len()]);
    for all in &mut own {
        all.sort_unstable();
        let top = tops.last().copied().unwrap_or_default();
        let tall = ROW.max(END * (all.len() as f64 + 1.0));
        let first = top + (tall - END * (all.len() as f64 - 1.0)) / 2.0;
        for (n, (_, edge, is_from)) in all.iter().enumerate() {
            let y = first + END * n as f64;
            if *is_from { ends[*edge].0 = y } else { ends[*edge].1 = y }
        }
        tops.push(top + tall);
    }
    (tops, ends)
}

fn cut(name: &str) -> String {
    if name.chars().count() <= LETTERS {
        name.to_string()
    } else {
        name.chars().take(LETTERS - 1).collect::<String>() + "…"
    }
}

/// The matters so that what is tied stands near: each next the one that most of those before it are tied to.
fn order(edges: &[Edge]) -> Vec<&str> {
    let mut ties: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for e in edges {
        ties.entry(&e.from).or_default().push(&e.to);
        ties.entry(&e.to).or_default().push(&e.from);
    }
    let mut placed: Vec<&str> = Vec::new();
    while placed.len() < ties.len() {
        let score = |name: &str| {
            let own = ties.get(name).map_or(&[][..], Vec::as_slice);
            let near = placed.iter().rev().position(|p| own.contains(p));
            let tied = own.iter().filter(|o| placed.contains(o)).count();
            (tied, near.map(std::cmp::Reverse), if placed.is_empty() { own.len() } else { 0 })
        };
        let left = ties.keys().filter(|name| !placed.contains(*name));
        let Some(next) = left.max_by(|a, b| score(a).cmp(&score(b)).then_with(|| b.cmp(a))) else { break };
        placed.push(next);
    }
    placed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(from: &str, to: &str) -> Edge {
        Edge {
            from: from.into(),
            to: to.into(),
            says: "it waits".into(),
            link: "/items/x".into(),
            is_locked: from == "a",
            holder: 0,
        }
    }

    #[test]
    fn what_is_tied_stands_near() {
        let edges = [edge("a", "b"), edge("c", "d"), edge("b", "e"), edge("d", "c")];
        let order = order(&edges);
        assert_eq!(order.len(), 5);
        let at = |name: &str| order.iter().position(|n| *n == name).unwrap();
        assert_eq!((at("c").abs_diff(at("d")), at("a").abs_diff(at("b"))), (1, 1), "{order:?}");
    }

    #[test]
    fn every_arc_is_there_once_and_meets_no_other() {
        let edges: Vec<Edge> =
            (0..60).map(|n| edge(&format!("m{}", n % 13), &format!("m{}", (n * 7 + 3) % 17))).collect();
        let svg = draw(&edges).into_string();
        assert_eq!(svg.matches("class=\"arc h").count(), 60);
        assert!(svg.contains(">60</text>") && !svg.contains("NaN"));
        let names = order(&edges);
        let ways = ways(&edges, &names);
        let (tops, ends) = places(&ways, names.len());
        assert!(tops.windows(2).all(|w| w[0] < w[1]));
        let span = |i: usize| (ends[i].0.min(ends[i].1), ends[i].0.max(ends[i].1));
        for a in 0..60 {
            for b in 0..a {
                let is_apart = span(a).1 < span(b).0 || span(b).1 < span(a).0;
                assert!(ways[a].track != ways[b].track || is_apart, "{:?} and {:?}", ways[a], ways[b]);
            }
        }
        let mut heights: Vec<f64> = ends.iter().flat_map(|(a, b)| [*a, *b]).collect();
        heights.sort_by(f64::total_cmp);
        assert!(heights.windows(2).all(|w| w[1] - w[0] > 1.0), "no two ends lie on each other");
    }

    #[test]
    fn what_is_locked_is_marked_and_nothing_is_no_picture() {
        assert!(draw(&[edge("a", "b"), edge("b", "a")]).into_string().contains("locked"));
        assert!(!draw(&[edge("a", "a")]).into_string().contains("NaN"));
        assert!(draw(&[]).into_string().contains("<svg"));
    }
}
