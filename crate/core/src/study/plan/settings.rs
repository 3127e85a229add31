//! Combinations of levels, and which of them are asked.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::StudyFile;
use crate::random::SplitMix64;

/// How often a setting that was drawn twice is changed before the draw is given up.
const TRIES: usize = 1_000;

/// One level of each factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Setting {
    /// Its place among all combinations, the last factor counting fastest.
    pub index: usize,
    /// For each factor the place of its level.
    pub levels: Vec<usize>,
}

impl StudyFile {
    /// The settings to ask, in the order of their places.
    ///
    /// Where only some are asked, each level of a factor comes equally often, give or take one, so that the mean under every
    /// level can be told; which levels meet is drawn by the seed. Where more than half are asked they are drawn simply.
    pub fn to_ask(&self) -> Vec<Setting> {
        let all = self.combinations();
        let Some(count) = self.settings.filter(|count| *count < all) else {
            return (0..all).map(|index| self.setting(index)).collect();
        };
        let mut random = SplitMix64::new(self.seed);
        let balanced = (2 * count <= all)
            .then(|| self.balanced(count, &mut random))
            .flatten();
        let mut indices = balanced.unwrap_or_else(|| simple(all, count, &mut random));
        indices.sort_unstable();
        indices.into_iter().map(|index| self.setting(index)).collect()
    }

    /// The setting in a place.
    pub fn setting(&self, index: usize) -> Setting {
        let mut rest = index;
        let mut levels: Vec<usize> = (self.factors.iter().rev())
            .map(|factor| {
                let level = rest % factor.levels.len();
                rest /= factor.levels.len();
                level
            })
            .collect();
        levels.reverse();
        Setting { index, levels }
    }

    fn index(&self, levels: &[usize]) -> usize {
        (self.factors.iter().zip(levels))
            .fold(0, |index, (factor, level)| index * factor.levels.len() + level)
    }

    /// Different settings in which the levels of each factor are balanced; none if chance does not give them.
    fn balanced(&self, count: usize, random: &mut SplitMix64) -> Option<Vec<usize>> {
        let mut columns: Vec<Vec<usize>> = (self.factors.iter())
            .map(|factor| {
                // Which levels come once more than others is drawn too.
                let mut order: Vec<usize> = (0..factor.levels.len()).collect();
                shuffle(&mut order, random);
                let mut column: Vec<usize> = (0..count).map(|row| order[row % order.len()]).collect();
                shuffle(&mut column, random);
                column
            })
            .collect();
        for _ in 0..TRIES * count {
            let row_of = |columns: &[Vec<usize>], row: usize| -> Vec<usize> {
                columns.iter().map(|column| column[row]).collect()
            };
            let mut seen = HashSet::new();
            let again = (0..count).find(|row| !seen.insert(row_of(&columns, *row)));
            let Some(again) = again else {
                return Some((0..count).map(|row| self.index(&row_of(&columns, row))).collect());
            };
            // Levels change places between two settings, which keeps the balance.
            let column = random.below(columns.len());
            let other = random.below(count);
            columns[column].swap(again, other);
        }
        None
    }
}

fn shuffle(values: &mut [usize], random: &mut SplitMix64) {
    for last in (1..values.len()).rev() {
        values.swap(last, random.below(last + 1));
    }
}

/// Different places, each set of them equally likely (Floyd's algorithm; Bentley, "Programming pearls: a sample of
/// brilliance", Communications of the ACM 30, 1987).
fn simple(all: usize, count: usize, random: &mut SplitMix64) -> Vec<usize> {
    let mut chosen = HashSet::new();
    for most in all - count..all {
        let place = random.below(most + 1);
        if !chosen.insert(place) {
            chosen.insert(most);
        }
    }
    chosen.into_iter().collect()
}
