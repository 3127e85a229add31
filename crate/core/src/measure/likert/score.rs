//! From the rows of an inventory to scores of its domains and facets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::bootstrap::{Estimate, mean_intervals};
use super::super::layout::Layout;
use super::super::types::{Readout, count};
use super::{Rating, best, mean_points, turned};
use crate::error::Result;
use crate::items::{Keyed, Norm};

/// What the ratings of a domain, or of a facet of it, come to in one read-out. Points run from 1 to `points`, reversed
/// items turned round.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ScaleScore {
    /// Name of the domain.
    pub domain: String,
    /// Name of the facet; none for the whole domain.
    pub facet: Option<String>,
    /// How the answers were read.
    pub readout: Readout,
    /// Number of items in the figures.
    pub items: u32,
    /// Items asked but not in the figures, because no template has both orders (a run that was stopped).
    pub left_out: u32,
    /// Answers of the scale.
    pub points: u32,
    /// Mean points of the chosen answers, averaged over templates.
    pub score: f64,
    /// Mean points, each answer weighed by its probability, with its 95% interval from a bootstrap over items.
    pub expected: Estimate,
    /// Standard deviation of the items' chosen points; none for a single item.
    pub sd: Option<f64>,
    /// Share of items whose choice changes with the order of the answers, over templates; none for continuation.
    pub order_changes: Option<f64>,
    /// Rows with too little option mass.
    pub refusals: u32,
    /// Letters: mean option mass.
    pub option_mass: Option<f64>,
    /// What people score on it, where the inventory says so.
    pub norm: Option<Norm>,
}

/// All rows of one item.
#[derive(Debug, Default)]
pub(super) struct ItemRows<'a> {
    /// Forward and reversed row of each template.
    letters: BTreeMap<&'a str, [Option<&'a Rating>; 2]>,
    continuation: Option<&'a Rating>,
}

/// The figures of one item.
#[derive(Debug, Clone)]
pub(super) struct ItemFigures<'a> {
    pub item: &'a str,
    pub keyed: Keyed,
    pub points: usize,
    /// Points of the chosen answer, over templates, as given.
    pub choice: f64,
    /// Mean points as given.
    pub value: f64,
    /// The share of each answer, over templates, from the one that agrees least.
    pub shares: Vec<f64>,
    /// For each template, whether the choice changes with the order.
    pub changes: Vec<bool>,
    pub rows: Vec<&'a Rating>,
}

/// The rows of an inventory, each once, by item.
#[derive(Debug, Default)]
pub(super) struct Ratings<'a> {
    /// Item names in the order of their first row.
    order: Vec<&'a str>,
    rows: BTreeMap<&'a str, ItemRows<'a>>,
}

impl<'a> Ratings<'a> {
    /// Sorts and checks the rows.
    ///
    /// # Errors
    /// [`crate::Error::RequestInvalid`] for a row that contradicts itself or the other rows of its item, or stands twice;
    /// [`crate::Error::DeviceSelfTest`] for a number that no model can give.
    pub fn new(ratings: &'a [Rating]) -> Result<Self> {
        let mut table = Self::default();
        for rating in ratings {
            rating.check()?;
            if rating.points() != ratings[0].points() {
                return Err(rating.invalid("has another number of answers than the first"));
            }
            let rows = table.rows.entry(&rating.item).or_insert_with(|| {
                table.order.push(&rating.item);
                ItemRows::default()
            });
            let other = rows.all().next();
            if other.is_some_and(|o| {
                (&o.domain, &o.facet, o.keyed) != (&rating.domain, &rating.facet, rating.keyed)
            }) {
                return Err(rating.invalid("is of another domain, facet or key than another row of its item"));
            }
            let place = match (rating.readout, &rating.template, rating.layout) {
                (Readout::Letters, Some(template), Some(layout)) => {
                    &mut rows.letters.entry(template).or_default()[usize::from(layout == Layout::REVERSED)]
                }
                _ => &mut rows.continuation,
            };
            if place.replace(rating).is_some() {
                return Err(rating.invalid("stands twice"));
            }
        }
        Ok(table)
    }

    /// Every row of a read-out.
    pub fn rows(&self, readout: Readout) -> impl Iterator<Item = &'a Rating> {
        let rows = self.rows.values().flat_map(ItemRows::all);
        rows.filter(move |rating| rating.readout == readout)
    }

    /// Domains, then facets of a domain, each in the order of its first row; of those asked in this read-out.
    pub fn scales(&self, readout: Readout) -> Vec<(&'a str, Option<&'a str>)> {
        let (mut domains, mut facets) = (Vec::new(), Vec::new());
        for name in &self.order {
            let Some(first) = self.rows[name].all().find(|rating| rating.readout == readout) else {
                continue;
            };
            let domain = (&*first.domain, None);
            if !domains.contains(&domain) {
                domains.push(domain);
            }
            let facet = (&*first.domain, first.facet.as_deref());
            if facet.1.is_some() && !facets.contains(&facet) {
                facets.push(facet);
            }
        }
        domains.extend(facets);
        domains
    }

    /// The items of a scale in this read-out, by name: their figures where they were asked completely, and how many were not.
    pub fn figures(&self, readout: Readout, scale: (&str, Option<&str>)) -> (Vec<ItemFigures<'a>>, usize) {
        let (mut figures, mut left_out) = (Vec::new(), 0);
        for (name, rows) in &self.rows {
            let Some(first) = rows.all().find(|rating| rating.readout == readout) else {
                continue;
            };
            if first.domain != scale.0 || scale.1.is_some_and(|facet| first.facet.as_deref() != Some(facet)) {
                continue;
            }
            match rows.figures(name, readout) {
                Some(found) => figures.push(found),
                None => left_out += 1,
            }
        }
        (figures, left_out)
    }
}

impl<'a> ItemRows<'a> {
    fn all(&self) -> impl Iterator<Item = &'a Rating> {
        let letters = self.letters.values().flatten().flatten().copied();
        letters.chain(self.continuation)
    }

    fn figures(&self, item: &'a str, readout: Readout) -> Option<ItemFigures<'a>> {
        let (mut choices, mut of_forms, mut changes, mut rows) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        match readout {
            Readout::Letters => {
                for pair in self.letters.values() {
                    let [Some(forward), Some(reversed)] = pair else {
                        continue;
                    };
                    let both = forward.shares().into_iter().zip(reversed.shares());
                    let shares: Vec<f64> = both.map(|(a, b)| f64::midpoint(a, b)).collect();
                    choices.push(f64::from(best(&shares)));
                    of_forms.push(shares);
                    changes.push(forward.choice != reversed.choice);
                    rows.extend([*forward, *reversed]);
                }
            }
            Readout::Continuation => {
                let row = self.continuation?;
                choices.push(f64::from(row.choice));
                of_forms.push(row.shares());
                rows.push(row);
            }
        }
        let first = rows.first()?;
        let forms = of_forms.len() as f64;
        let share = |answer: usize| of_forms.iter().map(|shares| shares[answer]).sum::<f64>() / forms;
        let shares: Vec<f64> = (0..first.points()).map(share).collect();
        Some(ItemFigures {
            item,
            keyed: first.keyed,
            points: first.points(),
            choice: choices.iter().sum::<f64>() / forms,
            value: mean_points(&shares),
            shares,
            changes,
            rows,
        })
    }
}

/// Of each statement, by name, all its rows.
///
/// # Errors
/// Those of [`Ratings::new`].
pub(in crate::measure) fn rows_of_items(ratings: &[Rating]) -> Result<Vec<(&str, Vec<&Rating>)>> {
    let table = Ratings::new(ratings)?;
    Ok(table
        .rows
        .iter()
        .map(|(item, rows)| (*item, rows.all().collect()))
        .collect())
}

/// A domain, or one of its facets, and the keyed points of its statements.
type KeyedValues<'a> = ((&'a str, Option<&'a str>), BTreeMap<&'a str, f64>);

/// Of each domain and facet, in the order of its first row, the mean points of every complete statement, reversed ones turned round.
///
/// # Errors
/// Those of [`Ratings::new`].
pub(in crate::measure) fn keyed_values(ratings: &[Rating], readout: Readout) -> Result<Vec<KeyedValues<'_>>> {
    let table = Ratings::new(ratings)?;
    Ok(table
        .scales(readout)
        .into_iter()
        .map(|scale| {
            let (figures, _) = table.figures(readout, scale);
            let values = figures
                .iter()
                .map(|f| (f.item, turned(f.value, f.keyed, f.points)));
            (scale, values.collect())
        })
        .collect())
}

/// The score of one scale; none without a complete item.
///
/// # Errors
/// What the bootstrap gives.
pub(super) fn scale_score(
    table: &Ratings<'_>,
    readout: Readout,
    scale: (&str, Option<&str>),
    norms: &[Norm],
    seed: u64,
) -> Result<Option<ScaleScore>> {
    let (figures, left_out) = table.figures(readout, scale);
    let Some(first) = figures.first() else {
        return Ok(None);
    };
    let keyed = |f: &ItemFigures<'_>| {
        [
            turned(f.choice, f.keyed, f.points),
            turned(f.value, f.keyed, f.points),
        ]
    };
    let rows: Vec<[f64; 2]> = figures.iter().map(keyed).collect();
    let score = rows.iter().map(|[choice, _]| choice).sum::<f64>() / rows.len() as f64;
    let values: Vec<f64> = rows.iter().map(|[_, value]| *value).collect();
    let keys: Vec<Keyed> = figures.iter().map(|figures| figures.keyed).collect();
    let [expected] = mean_intervals(&within_keys(&values, &keys), seed)?;
    let n = rows.len() as f64;
    let squares: f64 = rows.iter().map(|[choice, _]| (choice - score).powi(2)).sum();
    let changes: Vec<bool> = figures.iter().flat_map(|f| f.changes.iter().copied()).collect();
    let asked = || figures.iter().flat_map(|f| &f.rows);
    let masses: Vec<f64> = asked().filter_map(|row| row.option_mass).collect();
    let share = |of: f64, all: usize| (all > 0).then(|| of / all as f64);
    Ok(Some(ScaleScore {
        domain: scale.0.into(),
        facet: scale.1.map(str::to_owned),
        readout,
        items: count(figures.len()),
        left_out: count(left_out),
        points: count(first.points),
        score,
        expected,
        sd: (figures.len() > 1).then(|| (squares / (n - 1.0)).sqrt()),
        order_changes: share(
            changes.iter().filter(|changed| **changed).count() as f64,
            changes.len(),
        ),
        refusals: count(asked().filter(|row| row.refused).count()),
        option_mass: share(masses.iter().sum(), masses.len()),
        norm: norms
            .iter()
            .find(|norm| (norm.domain.as_str(), norm.facet.as_deref()) == scale)
            .cloned(),
    }))
}

/// Values whose mean is that of `values` and whose spread is that within the items of each key.
///
/// A liking for agreeing sets plus and minus items apart, but an inventory has as many of each as it has: what other items of the
/// kind would change is what varies within the keys. Residuals are stretched by `sqrt(n / (n - 1))` of their key, so that the variance of the
/// drawn mean is that of a mean over strata. Where a key has a single item, nothing is known of the spread within it, and the
/// values stay as they are.
pub(in crate::measure) fn within_keys(values: &[f64], keys: &[Keyed]) -> Vec<[f64; 1]> {
    let of = |key: Keyed| -> Vec<f64> {
        let own = values.iter().zip(keys).filter(|(_, other)| **other == key);
        own.map(|(value, _)| *value).collect()
    };
    let (plus, minus) = (of(Keyed::Plus), of(Keyed::Minus));
    if plus.len() < 2 || minus.len() < 2 {
        return values.iter().map(|value| [*value]).collect();
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let all = mean(values);
    let centred = values.iter().zip(keys).map(|(value, key)| {
        let own = if *key == Keyed::Plus { &plus } else { &minus };
        let n = own.len() as f64;
        [all + (value - mean(own)) * (n / (n - 1.0)).sqrt()]
    });
    centred.collect()
}
