//! Articles that tell the same event: clustering by nearest neighbours, round by round.
//!
//! In each round every group points to the group it is most like, if it is alike enough, and groups that point at each
//! other become one (average-linkage affinity clustering: Bateni et al., Affinity Clustering, NIPS 2017). How alike two
//! groups are is the mean likeness of their articles; what is not linked counts as not alike. Copies of one reporting
//! are one group before the first round. The number of stories is not given to it.
//!
//! A group depends on its neighbours alone, and [`Groups`] keeps the groups of every round: an article that comes or goes
//! only has those groups made again that it is in or next to, and a group that comes out as before ends it there. All
//! sums are whole numbers, and ties go by article id, so that the order of arrival changes nothing.

mod level;

use std::collections::BTreeSet;

use rapporteur_text::ArticleId;

use level::{Delta, Level, Names};

/// Rounds of putting groups together; the size of stories may triple or more in each.
const ROUNDS: usize = 4;

/// The groups of every round, from the articles up to the stories.
#[derive(Debug, Clone)]
pub(crate) struct Groups {
    /// Articles, origins, one level for each round.
    levels: Vec<Level>,
}

impl Default for Groups {
    fn default() -> Self {
        Self { levels: vec![Level::default(); ROUNDS + 2] }
    }
}

impl Groups {
    /// Puts article `new` in, with its likeness to others; `moved` tells which articles copy which from now on, itself
    /// among them. Gives the articles whose group may be another.
    pub(crate) fn put<'a>(
        &mut self,
        new: u32,
        links: &[(u32, u32)],
        moved: &[(u32, Option<u32>)],
        names: impl Fn(u32) -> Option<&'a ArticleId>,
    ) -> BTreeSet<u32> {
        let articles = &mut self.levels[0];
        articles.put_article(new, links);
        let delta = Delta { new: vec![new], ..Delta::default() };
        self.move_and_lift(delta, moved, &names)
    }

    /// Takes article `gone` out; `moved` tells which articles copy another from now on. Gives the articles whose group
    /// may be another.
    pub(crate) fn take<'a>(
        &mut self,
        gone: u32,
        moved: &[(u32, Option<u32>)],
        names: impl Fn(u32) -> Option<&'a ArticleId>,
    ) -> BTreeSet<u32> {
        let gone = self.levels[0].take(gone);
        let delta = Delta { gone: gone.into_iter().collect(), ..Delta::default() };
        self.move_and_lift(delta, moved, &names)
    }

    /// The article with the smallest id among those that tell the same event.
    pub(crate) fn story(&self, article: u32) -> u32 {
        let mut key = article;
        for level in &self.levels[..self.levels.len() - 1] {
            key = level.parent(key);
        }
        self.levels.last().map_or(article, |top| top.name(key))
    }

    fn move_and_lift(
        &mut self,
        mut delta: Delta,
        moved: &[(u32, Option<u32>)],
        names: &Names<'_, '_>,
    ) -> BTreeSet<u32> {
        for (copy, of) in moved {
            let before = self.levels[0].point(*copy, *of);
            delta.moved.push((*copy, before));
        }
        let mut touched: BTreeSet<u32> = BTreeSet::new();
        let mut origins: BTreeSet<u32> = BTreeSet::new();
        let top = self.levels.len() - 1;
        for k in 0..top {
            let (below, above) = self.levels.split_at_mut(k + 1);
            let (Some(level), Some(next)) = (below.last_mut(), above.first_mut()) else { break };
            if k == 0 {
                touched.extend(delta.moved.iter().map(|m| m.0));
            }
            delta = level.lift(delta, next, k + 1 < top, names);
            if k == 0 {
                origins.extend(&delta.new);
                // another source in the same group may make another the origin
                origins.extend(touched.iter().map(|a| self.levels[0].parent(*a)));
            }
        }
        for origin in origins {
            self.articles(1, origin, &mut touched);
        }
        for story in delta.new {
            self.articles(top, story, &mut touched);
        }
        self.levels[1..].iter_mut().for_each(Level::release);
        touched
    }

    /// All articles of a group.
    fn articles(&self, level: usize, key: u32, into: &mut BTreeSet<u32>) {
        if level == 0 {
            into.insert(key);
            return;
        }
        for member in self.levels[level].members(key) {
            self.articles(level - 1, *member, into);
        }
    }
}
