//! The rows of a run sorted by trait and item, checked, each once.

use std::collections::BTreeMap;

use super::layout::Layout;
use super::types::{Observation, Readout};
use crate::error::Result;

/// Template name to the row of each order.
pub(super) type Templates<'a> = BTreeMap<&'a str, BTreeMap<Layout, &'a Observation>>;

/// All rows of one item; index 0 is the item as written, 1 its paraphrase.
#[derive(Debug, Default)]
pub(super) struct ItemRows<'a> {
    /// Letter rows.
    pub letters: [Templates<'a>; 2],
    /// Continuation row.
    pub continuation: [Option<&'a Observation>; 2],
}

impl<'a> ItemRows<'a> {
    /// Of each template that has any, the pairs of rows whose orders mirror each other: forward and reversed, and so on.
    pub fn pairs(&self, paraphrased: bool) -> impl Iterator<Item = (&'a str, Vec<[&'a Observation; 2]>)> {
        self.letters[usize::from(paraphrased)]
            .iter()
            .filter_map(|(name, rows)| {
                let pair = |(layout, row): (&Layout, &&'a Observation)| {
                    let mirror = layout.mirror();
                    let other = rows.get(&mirror).filter(|_| *layout < mirror)?;
                    Some([*row, *other])
                };
                let pairs: Vec<_> = rows.iter().filter_map(pair).collect();
                (!pairs.is_empty()).then_some((*name, pairs))
            })
    }

    /// Whether the item as written was asked in this read-out at all.
    pub fn asked(&self, readout: Readout) -> bool {
        match readout {
            Readout::Letters => !self.letters[0].is_empty(),
            Readout::Continuation => self.continuation[0].is_some(),
        }
    }

    /// Every letter row, in a fixed order.
    pub fn letter_rows(&self) -> impl Iterator<Item = &'a Observation> {
        self.letters
            .iter()
            .flat_map(|templates| templates.values().flat_map(BTreeMap::values).copied())
    }
}

/// The rows of a run. Iteration is in the order of the names, so that no sum depends on the order of asking.
#[derive(Debug, Default)]
pub(super) struct Table<'a> {
    /// Traits in the order of their first row.
    pub traits: Vec<&'a str>,
    items: BTreeMap<(&'a str, &'a str), ItemRows<'a>>,
}

impl<'a> Table<'a> {
    /// Sorts and checks the rows.
    ///
    /// # Errors
    /// [`crate::error::Error::RequestInvalid`] for a row that contradicts itself or stands twice,
    /// [`crate::error::Error::DeviceSelfTest`] for a number that no model can give.
    pub fn new(observations: &'a [Observation]) -> Result<Self> {
        let mut table = Self::default();
        for o in observations {
            o.check()?;
            if !table.traits.contains(&o.trait_name.as_str()) {
                table.traits.push(&o.trait_name);
            }
            let rows = table.items.entry((&o.trait_name, &o.item)).or_default();
            let side = usize::from(o.paraphrased);
            let former = match (o.readout, &o.template, o.layout) {
                (Readout::Letters, Some(template), Some(layout)) => {
                    rows.letters[side].entry(template).or_default().insert(layout, o)
                }
                _ => rows.continuation[side].replace(o),
            };
            if former.is_some() {
                return Err(o.invalid("stands twice"));
            }
        }
        Ok(table)
    }

    /// Items in the order of their names, of one trait or of all.
    pub fn items<'t>(&'t self, of: Option<&'t str>) -> impl Iterator<Item = (&'a str, &'t ItemRows<'a>)> {
        self.items
            .iter()
            .filter(move |((name, _), _)| of.is_none_or(|wanted| wanted == *name))
            .map(|((_, item), rows)| (*item, rows))
    }
}
