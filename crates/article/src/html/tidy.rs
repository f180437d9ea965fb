//! Furniture that stands inside the main text of a page and names itself only by its words or links.

use std::collections::HashSet;

use super::{Block, Sort};
use crate::fields::byline;
use crate::furniture::{self, Section};

/// The blocks of the body: captions, credits, rows of links, boxes of headlines and everything the page says about
/// itself taken out. `title` is printed above the body and is no part of it.
///
/// `above` are the lines that the page shows over its title.
pub(crate) fn tidy(blocks: Vec<Block>, title: &str, h1: &[String], above: &HashSet<&str>) -> Vec<Block> {
    let mut drop = marks(&blocks, title, h1);
    for (at, block) in blocks.iter().enumerate() {
        let masthead = above.contains(block.text.as_str()) && !is_prose(block);
        let byline = at < 4 && byline::holds_byline(&block.text);
        drop[at] |= masthead || byline;
    }
    let mut kept: Vec<Block> = blocks.into_iter().zip(drop).filter(|(_, drop)| !drop).map(|(block, _)| block).collect();
    drop_tail(&mut kept);
    drop_bare_headings(&mut kept);
    kept
}

fn marks(blocks: &[Block], title: &str, h1: &[String]) -> Vec<bool> {
    let mut drop = vec![false; blocks.len()];
    let prose: usize = blocks.iter().filter(|b| is_prose(b)).map(|b| b.text.len()).sum();
    let mut before = 0;
    let mut section = None;
    let mut since = 0;
    for (at, block) in blocks.iter().enumerate() {
        let opened = furniture::section(&block.text)
            .filter(|_| block.linked * 2 < block.text.len() || block.sort == Sort::Heading);
        if let Some(opened) = opened.filter(|s| *s == Section::Box || before * 5 >= prose * 3) {
            section = Some(opened);
            since = 0;
            drop[at] = true;
            continue;
        }
        since += 1;
        if is_prose(block) && section == Some(Section::Box) {
            section = None;
        }
        drop[at] = match section {
            Some(Section::End) => true,
            // A box ends with prose, or where it would be longer than boxes are.
            Some(Section::Box) if since <= 12 && is_boxed(block) => true,
            _ => {
                section = None;
                is_furniture(block) || repeats_title(block, title, h1)
            }
        };
        if is_prose(block) && !drop[at] {
            before += block.text.len();
        }
    }
    drop_runs_of_links(blocks, &mut drop);
    drop_above_title(blocks, title, prose, &mut drop);
    drop
}

/// Mastheads and alerts above the title, unless much of the prose stands there.
fn drop_above_title(blocks: &[Block], title: &str, prose: usize, drop: &mut [bool]) {
    let Some(at) = blocks.iter().position(|b| !title.is_empty() && b.text == title) else { return };
    let above: usize = blocks[..at].iter().filter(|b| is_prose(b)).map(|b| b.text.len()).sum();
    if above * 5 <= prose {
        drop[..at].iter_mut().for_each(|d| *d = true);
    }
}

fn is_prose(block: &Block) -> bool {
    block.text.len() >= 80 && block.linked * 2 < block.text.len() && furniture::ends_sentence(&block.text)
}

fn is_boxed(block: &Block) -> bool {
    block.text.len() < 200 && (block.linked * 2 > block.text.len() || !furniture::ends_sentence(&block.text))
}

fn is_furniture(block: &Block) -> bool {
    let text = &block.text;
    if furniture::is_furniture(text) || furniture::is_caption(text) {
        // A heading or an item of a list is short by nature: `Updates`, `1.` stay what they are.
        return !(block.sort == Sort::Item && furniture::ends_sentence(text) && text.len() > 80);
    }
    is_link_line(block)
}

/// A line that is one link and no sentence: the headline of another story. Links in lists may be the list itself
/// (documents, sources), so those are left to the runs.
fn is_link_line(block: &Block) -> bool {
    let text = &block.text;
    let linked = block.linked * 10 >= text.len() * 9;
    let capitals = text.chars().filter(|c| c.is_lowercase()).count() == 0 && text.split_whitespace().count() >= 4;
    block.sort != Sort::Item
        && linked
        && block.linked > 0
        && text.len() < 200
        && (!furniture::ends_sentence(text) || capitals)
        && block.sort != Sort::Heading
        || (linked && capitals && block.linked > 0)
}

fn repeats_title(block: &Block, title: &str, h1: &[String]) -> bool {
    let same = |other: &str| !other.is_empty() && other.len() < 400 && block.text.eq_ignore_ascii_case(other);
    same(title) || h1.iter().any(|h| same(h))
}

/// Three or more links in a row are a menu or a list of headlines.
fn drop_runs_of_links(blocks: &[Block], drop: &mut [bool]) {
    let is_link = |b: &Block| {
        b.linked * 10 >= b.text.len() * 8 && b.linked > 0 && b.text.len() < 200 && !furniture::ends_sentence(&b.text)
    };
    let mut at = 0;
    while at < blocks.len() {
        let run = blocks[at..].iter().take_while(|b| is_link(b)).count();
        if run >= 2 && blocks[at..at + run].iter().any(|b| b.text.split_whitespace().count() >= 4) {
            drop[at..at + run].iter_mut().for_each(|d| *d = true);
        }
        at += run.max(1);
    }
}

/// Biographies and notes of the page among the last blocks.
fn drop_tail(blocks: &mut Vec<Block>) {
    for back in 1..=3 {
        let Some(at) = blocks.len().checked_sub(back).filter(|&at| at > 0) else { return };
        if furniture::is_biography(&blocks[at].text) {
            blocks.remove(at);
        }
    }
}

/// Headings with nothing under them once the furniture is gone.
fn drop_bare_headings(blocks: &mut Vec<Block>) {
    while blocks.last().is_some_and(|b| b.sort == Sort::Heading) {
        blocks.pop();
    }
}
