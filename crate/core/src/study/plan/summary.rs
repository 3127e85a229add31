//! What the answers under many settings come to.
//!
//! A setting is a respondent: the coefficients say how far the settings of one model are told apart by the items, not people
//! (`docs/protocol.md`, "Many settings").

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ladder::Ladder;
use super::{SettingAnswers, StudyFile};
use crate::items::Norm;
use crate::measure::variation::{clusters, components, level_effects, spread};
use crate::measure::{
    Components, LevelEffect, Readout, Reliability, Spread, Validity, reliability, validity,
};
use crate::{Error, Result};

/// Farthest that two settings of one cluster lie apart, in points of the scale (Huang et al., arXiv 2305.19926).
const REACH: f64 = 0.3;
/// Settings that make a cluster, as there; a tenth of the settings where there are fewer than 200, and 3 at least.
const CLUSTER: usize = 20;
/// Fewest settings that are laid out in a plane.
const PLANE: usize = 10;
/// People that a norm's spread is taken to be of where it does not say.
const PEOPLE: u32 = 1_000;

/// The figures of a study.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StudySummary {
    /// Settings that have answers.
    pub settings: usize,
    /// How many of them answer one label whatever is asked; they have no letter values.
    pub locked: usize,
    /// Traits of the items, then domains of the statements, in each read-out.
    pub scales: Vec<ScaleOverSettings>,
    /// Every scale along every ladder.
    pub ladders: Vec<Ladder>,
    /// The settings in the plane in which they differ most.
    pub planes: Vec<Plane>,
    /// What items and statements say of each other, where both were asked.
    pub validity: Vec<StudyValidity>,
}

/// One scale over the settings in which all its items were answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ScaleOverSettings {
    /// Whether it is a domain of statements.
    pub statement: bool,
    /// Trait or domain.
    pub scale: String,
    /// How the answers were read.
    pub readout: Readout,
    /// Its items.
    pub items: usize,
    /// Settings.
    pub settings: usize,
    /// Mean over the settings of the mean over the items, in the unit of [`super::ItemValue`].
    pub mean: f64,
    /// Smallest mean of a setting.
    pub lowest: f64,
    /// Largest.
    pub highest: f64,
    /// Standard deviation over the settings; none with one.
    pub sd: Option<f64>,
    /// Whether the items tell the settings apart in one way.
    pub reliability: Reliability,
    /// The spread against that of people, where it is known.
    pub people: Option<Spread>,
    /// The mean under each level against the rest.
    pub levels: Vec<LevelEffect>,
}

/// The settings in a plane.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Plane {
    /// Whether it is of statements.
    pub statement: bool,
    /// How the answers were read.
    pub readout: Readout,
    /// The scales, in the order of the weights.
    pub scales: Vec<String>,
    /// Places of the settings, in the order of the points.
    pub settings: Vec<usize>,
    /// The components and the points.
    pub components: Components,
    /// Settings apart from all others; of statements, whose points have a unit that the reach is in.
    pub apart: Option<Apart>,
}

/// Settings that are in no cluster.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Apart {
    /// Farthest that neighbours lie apart, in points.
    pub reach: f64,
    /// Settings that make a cluster.
    pub least: usize,
    /// Number of clusters.
    pub clusters: usize,
    /// Places of the settings in none.
    pub settings: Vec<usize>,
}

/// What the traits of items and the domains of statements say of each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct StudyValidity {
    /// How the answers were read.
    pub readout: Readout,
    /// Settings.
    pub settings: usize,
    /// Items first, statements second.
    pub validity: Validity,
}

/// Of one scale in one read-out, by setting: the values of its items.
pub(super) struct Scale<'a> {
    pub statement: bool,
    pub name: &'a str,
    pub readout: Readout,
    items: usize,
    /// Settings in which every item was answered, by place: the values in the order of the items' names.
    pub rows: BTreeMap<usize, Vec<f64>>,
}

impl Scale<'_> {
    /// Whether the other is the same scale, of as many items.
    pub fn is_of(&self, other: &Scale<'_>) -> bool {
        (self.statement, self.name, self.readout, self.items)
            == (other.statement, other.name, other.readout, other.items)
    }

    /// The mean over the items under a setting.
    pub fn score(&self, setting: usize) -> Option<f64> {
        let row = self.rows.get(&setting)?;
        Some(row.iter().sum::<f64>() / row.len() as f64)
    }
}

impl StudyFile {
    /// Sums up the answers of as many settings as there are, in whatever order.
    ///
    /// # Errors
    /// [`Error::StudyInvalid`] for a setting that the study does not have, or that stands twice, or for a value that is no number.
    pub fn summarise(&self, answers: &[SettingAnswers], norms: &[Norm]) -> Result<StudySummary> {
        let known = self.combinations();
        let mut seen = std::collections::HashSet::new();
        for own in answers {
            if own.setting >= known || !seen.insert(own.setting) {
                let place = own.setting;
                return Err(Error::StudyInvalid(format!(
                    "the answers of setting {place} are of no such setting, or there twice"
                )));
            }
            if own.values.iter().any(|value| !value.value.is_finite()) {
                return Err(Error::StudyInvalid(format!(
                    "an answer of setting {} is no number",
                    own.setting
                )));
            }
        }
        let scales = scales(answers);
        let over = scales.iter().map(|scale| self.over_settings(scale, norms));
        Ok(StudySummary {
            settings: answers.len(),
            locked: answers.iter().filter(|own| own.locked).count(),
            scales: over.collect::<Result<_>>()?,
            ladders: self.ladders(&scales),
            planes: planes(&scales),
            validity: validities(&scales)?,
        })
    }

    fn over_settings(&self, scale: &Scale<'_>, norms: &[Norm]) -> Result<ScaleOverSettings> {
        let places: Vec<usize> = scale.rows.keys().copied().collect();
        let scores: Vec<f64> = places.iter().filter_map(|place| scale.score(*place)).collect();
        let factors: Vec<(String, Vec<String>)> = (self.factors.iter().enumerate())
            .map(|(f, factor)| {
                let level = |place: &usize| factor.levels[self.setting(*place).levels[f]].name.clone();
                (factor.name.clone(), places.iter().map(level).collect())
            })
            .collect();
        let n = scores.len() as f64;
        let mean = scores.iter().sum::<f64>() / n;
        let squares: f64 = scores.iter().map(|x| (x - mean) * (x - mean)).sum();
        let rows: Vec<Vec<f64>> = scale.rows.values().cloned().collect();
        let norm = norms
            .iter()
            .find(|norm| scale.statement && norm.domain == scale.name && norm.facet.is_none());
        Ok(ScaleOverSettings {
            statement: scale.statement,
            scale: scale.name.into(),
            readout: scale.readout,
            items: scale.items,
            settings: scores.len(),
            mean,
            lowest: scores.iter().copied().fold(f64::INFINITY, f64::min),
            highest: scores.iter().copied().fold(f64::NEG_INFINITY, f64::max),
            sd: (scores.len() > 1).then(|| (squares / (n - 1.0)).sqrt()),
            reliability: reliability(&rows),
            people: norm.and_then(|norm| spread(&scores, norm.sd?, PEOPLE)),
            levels: level_effects(&scores, &factors)?,
        })
    }
}

/// Every scale that has values, with its settings.
pub(super) fn scales(answers: &[SettingAnswers]) -> Vec<Scale<'_>> {
    let mut found: Vec<Scale<'_>> = Vec::new();
    let mut items: Vec<std::collections::BTreeSet<&str>> = Vec::new();
    let same = |scale: &Scale<'_>, value: &super::ItemValue| {
        (scale.statement, scale.name, scale.readout) == (value.statement, value.scale.as_str(), value.readout)
    };
    for value in answers.iter().flat_map(|own| &own.values) {
        let at = found
            .iter()
            .position(|scale| same(scale, value))
            .unwrap_or_else(|| {
                found.push(Scale {
                    statement: value.statement,
                    name: &value.scale,
                    readout: value.readout,
                    items: 0,
                    rows: BTreeMap::new(),
                });
                items.push(std::collections::BTreeSet::new());
                found.len() - 1
            });
        items[at].insert(&value.item);
    }
    for (scale, items) in found.iter_mut().zip(items) {
        scale.items = items.len();
        for own in answers {
            let values: BTreeMap<&str, f64> = (own.values.iter())
                .filter(|value| same(scale, value))
                .map(|value| (value.item.as_str(), value.value))
                .collect();
            if values.len() == scale.items {
                scale.rows.insert(own.setting, values.into_values().collect());
            }
        }
    }
    found.retain(|scale| !scale.rows.is_empty());
    found.sort_by_key(|scale| (scale.readout, scale.statement));
    found
}

/// Of each instrument and read-out, the scores of the settings that have all its scales.
fn planes(scales: &[Scale<'_>]) -> Vec<Plane> {
    let mut planes = Vec::new();
    for (statement, readout) in kinds(scales) {
        let own: Vec<&Scale<'_>> = scales
            .iter()
            .filter(|scale| (scale.statement, scale.readout) == (statement, readout))
            .collect();
        let (settings, rows) = table(&own);
        let Some(components) = components(&rows).filter(|_| settings.len() >= PLANE) else {
            continue;
        };
        let least = CLUSTER.min(settings.len() / 10).max(3);
        let apart = statement.then(|| {
            let found = clusters(&components.points, REACH, least);
            let alone = settings
                .iter()
                .zip(&found)
                .filter(|(_, cluster)| cluster.is_none());
            Apart {
                reach: REACH,
                least,
                clusters: found.iter().flatten().max().map_or(0, |last| last + 1),
                settings: alone.map(|(setting, _)| *setting).collect(),
            }
        });
        planes.push(Plane {
            statement,
            readout,
            scales: own.iter().map(|scale| scale.name.to_owned()).collect(),
            settings,
            components,
            apart,
        });
    }
    planes
}

fn kinds(scales: &[Scale<'_>]) -> Vec<(bool, Readout)> {
    let mut kinds: Vec<(bool, Readout)> = Vec::new();
    for scale in scales {
        let kind = (scale.statement, scale.readout);
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// Settings that all the scales have, and their scores: a row a setting, a column a scale.
fn table(scales: &[&Scale<'_>]) -> (Vec<usize>, Vec<Vec<f64>>) {
    let Some(first) = scales.first() else {
        return (Vec::new(), Vec::new());
    };
    let row = |place: &usize| -> Option<(usize, Vec<f64>)> {
        let scores: Option<Vec<f64>> = scales.iter().map(|scale| scale.score(*place)).collect();
        Some((*place, scores?))
    };
    first.rows.keys().filter_map(row).unzip()
}

/// In each read-out, traits of items against the domains of statements of the same name.
fn validities(scales: &[Scale<'_>]) -> Result<Vec<StudyValidity>> {
    let mut found = Vec::new();
    for readout in [Readout::Letters, Readout::Continuation] {
        let of = |statement: bool| {
            scales
                .iter()
                .filter(move |scale| (scale.statement, scale.readout) == (statement, readout))
        };
        let pairs: Vec<(&Scale<'_>, &Scale<'_>)> = of(false)
            .filter_map(|one| {
                Some((
                    one,
                    of(true).find(|other| other.name.eq_ignore_ascii_case(one.name))?,
                ))
            })
            .collect();
        let (items, statements): (Vec<&Scale<'_>>, Vec<&Scale<'_>>) = pairs.into_iter().unzip();
        let both: Vec<&Scale<'_>> = items.iter().chain(&statements).copied().collect();
        let (settings, rows) = table(&both);
        if settings.len() < 2 || items.is_empty() {
            continue;
        }
        let names: Vec<String> = items.iter().map(|scale| scale.name.to_owned()).collect();
        let half = |from: usize| -> Vec<Vec<f64>> {
            rows.iter()
                .map(|row| row[from..from + items.len()].to_vec())
                .collect()
        };
        found.push(StudyValidity {
            readout,
            settings: settings.len(),
            validity: validity(&names, &half(0), &half(items.len()))?,
        });
    }
    Ok(found)
}
