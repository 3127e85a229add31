//! What is changed and measured inside a forward.
//!
//! All of it happens to the residual stream at a [`Site`], along a [`Direction`]. At one site interventions act in
//! their order, and probes measure what these leave.

use super::config::Config;
use crate::ops::edit::Edit;
use crate::{Error, Result};
use std::sync::Arc;

/// Largest number of an edit, in units of the residual stream. Values of streams reach thousands (arXiv 2402.17762), of
/// which beside 1e12 hardly anything is left in the 24 bits of an `f32`: more would change nothing. An edit lengthens a
/// row by no more than its number, so that even a million of them stay below the 1.8e19 from where on the squares in
/// norms overflow.
const LARGEST: f32 = 1e12;

/// Edits and measurements of one forward.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Hooks {
    /// Edits of the residual stream; those at the same site act in this order.
    pub interventions: Vec<Intervention>,
    /// Projections of the residual stream.
    pub probes: Vec<Probe>,
}

/// A place in the residual stream: after so many blocks. 0 is the output of the embedding, the number of layers that of
/// the last block, before the final norm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Site(pub usize);

/// A direction of the residual stream: a vector of length 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction(Arc<[f32]>);

/// An edit of the residual stream along a direction, see [`Edit`] for its formula.
#[derive(Debug, Clone, PartialEq)]
pub struct Intervention {
    /// Where.
    pub site: Site,
    /// Along what.
    pub direction: Direction,
    /// What becomes of the projection.
    pub edit: Edit,
    /// Which rows.
    pub rows: Rows,
    /// Which of these, if it depends on the stream itself.
    pub condition: Option<Condition>,
}

/// Rows of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Every row.
    All,
    /// These, in any order.
    Only(Vec<usize>),
}

/// Edits a row only if its cosine with a direction lies on one side of a threshold, as conditional activation steering
/// does (CAST, arXiv 2409.05907, section 3.1).
///
/// The paper compares a row with its own projection on `c`, which leaves the absolute value of the cosine, and goes on
/// steering whatever is generated once a prompt has passed. Here the cosine has its sign, and each row is
/// decided for itself. A row of zeros has no cosine and stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The direction `c`.
    pub direction: Direction,
    /// The threshold of `h . c / |h|`, from -1 to 1 where it is to decide anything.
    pub threshold: f32,
    /// The side on which rows are edited; a row at the threshold is not.
    pub side: Side,
}

/// A side of a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Larger values.
    Above,
    /// Smaller values.
    Below,
}

/// A measurement of every row: its projection on a direction, and its length.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    /// Where.
    pub site: Site,
    /// On what.
    pub direction: Direction,
}

/// What a [`Probe`] found, a value a row of the batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Projections {
    /// `h . r`, in units of the residual stream.
    pub values: Vec<f32>,
    /// The length `|h|`, in the same units.
    pub lengths: Vec<f32>,
}

impl Direction {
    /// The direction of `vector`, whose length does not matter.
    ///
    /// # Errors
    /// [`Error::DirectionInvalid`] if it is empty, all zeros, or has a value that is not a finite number.
    pub fn new(vector: &[f32]) -> Result<Self> {
        if let Some(at) = vector.iter().position(|value| !value.is_finite()) {
            return Err(Error::DirectionInvalid(format!(
                "its value {at} is {}, which is no finite number",
                vector[at]
            )));
        }
        let norm = vector.iter().map(|v| f64::from(*v).powi(2)).sum::<f64>().sqrt();
        if norm == 0.0 {
            return Err(Error::DirectionInvalid(format!(
                "all of its {} values are 0, so it points nowhere",
                vector.len()
            )));
        }
        Ok(Self(
            vector.iter().map(|v| (f64::from(*v) / norm) as f32).collect(),
        ))
    }

    /// Its values, as many as the residual stream is wide.
    pub fn values(&self) -> &[f32] {
        &self.0
    }

    fn check(&self, width: usize) -> Result<()> {
        if self.0.len() == width {
            Ok(())
        } else {
            Err(Error::DirectionWidth(format!(
                "it has {} values, and the residual stream of this model has {width}",
                self.0.len()
            )))
        }
    }
}

impl Site {
    fn check(self, layers: usize) -> Result<()> {
        if self.0 <= layers {
            Ok(())
        } else {
            Err(Error::DirectionLayer(format!(
                "layer {} is asked for, and this model has 0 (the embedding) to {layers}",
                self.0
            )))
        }
    }
}

impl Intervention {
    /// An edit of every row, without a condition.
    pub fn new(site: Site, direction: Direction, edit: Edit) -> Self {
        Self {
            site,
            direction,
            edit,
            rows: Rows::All,
            condition: None,
        }
    }

    fn check(&self, config: &Config, rows: usize) -> Result<()> {
        self.site.check(config.layers)?;
        self.direction.check(config.width)?;
        check_edit(self.edit)?;
        if let Some(condition) = &self.condition {
            condition.direction.check(config.width)?;
            if !condition.threshold.is_finite() {
                return Err(Error::DirectionAlpha(format!(
                    "a threshold of {} is no finite number",
                    condition.threshold
                )));
            }
        }
        if let Rows::Only(chosen) = &self.rows
            && let Some(row) = chosen.iter().find(|row| **row >= rows)
        {
            return Err(Error::PromptInvalid(format!(
                "an edit is for position {row}, and it has {rows} tokens"
            )));
        }
        Ok(())
    }
}

/// Refuses numbers beyond [`LARGEST`] and bounds between which nothing lies.
fn check_edit(edit: Edit) -> Result<()> {
    let refuse = |what: String| Err(Error::DirectionAlpha(what));
    // The comparison also refuses NaN.
    let sane = |value: f32| value.abs() <= LARGEST;
    match edit {
        Edit::Add(value) | Edit::Induce(value) if !sane(value) => refuse(format!(
            "{value} is no number between -{LARGEST:e} and {LARGEST:e}"
        )),
        Edit::Clamp { low, high }
            if !(low <= high
                && (sane(low) || low == f32::NEG_INFINITY)
                && (sane(high) || high == f32::INFINITY)) =>
        {
            refuse(format!(
                "{low} and {high} are no bounds: the first must not be above the second, and both are numbers between \
                 -{LARGEST:e} and {LARGEST:e}, or infinite where there is none"
            ))
        }
        _ => Ok(()),
    }
}

impl Projections {
    /// The cosine `h . r / |h|` of each row with the direction; 0 for a row of zeros, which has none.
    pub fn cosines(&self) -> impl Iterator<Item = f32> {
        let pairs = self.values.iter().zip(&self.lengths);
        pairs.map(|(value, length)| if *length > 0.0 { value / length } else { 0.0 })
    }
}

impl Hooks {
    /// Holds everything against a model and the number of rows of a batch.
    pub(super) fn check(&self, config: &Config, rows: usize) -> Result<()> {
        for intervention in &self.interventions {
            intervention.check(config, rows)?;
        }
        for probe in &self.probes {
            probe.site.check(config.layers)?;
            probe.direction.check(config.width)?;
        }
        Ok(())
    }

    /// The first site at which the stream may differ from what it is without hooks.
    pub(super) fn fork(&self) -> Option<Site> {
        self.interventions
            .iter()
            .map(|intervention| intervention.site)
            .min()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_have_length_one_and_no_other_values_than_numbers() {
        let direction = Direction::new(&[3e-30, 0.0, -4e-30]).unwrap();
        assert_eq!(direction.values(), [0.6, 0.0, -0.8]);
        for vector in [&[][..], &[0.0, -0.0], &[1.0, f32::NAN], &[f32::INFINITY, 1.0]] {
            assert_eq!(Direction::new(vector).unwrap_err().code(), "direction.invalid");
        }
    }

    #[test]
    fn a_row_of_zeros_has_the_cosine_zero() {
        let projections = Projections {
            values: vec![-3.0, 0.0],
            lengths: vec![4.0, 0.0],
        };
        assert!(projections.cosines().eq([-0.75, 0.0]));
    }
}
