//! Directions and projections for the tests of hooks.

use traitscope::model::{Direction, Edit, Intervention, Site};
use traitscope::random::SplitMix64;

/// A random direction.
pub fn direction(width: usize, seed: u64) -> Direction {
    let mut random = SplitMix64::new(seed);
    let values: Vec<f32> = (0..width).map(|_| random.uniform() as f32 - 0.5).collect();
    Direction::new(&values).unwrap()
}

/// An edit of all rows at a site of a stream of this width; the seed makes the direction.
pub fn edit(width: usize, site: usize, seed: u64, edit: Edit) -> Intervention {
    Intervention::new(Site(site), direction(width, seed), edit)
}

/// The dot product of each row with the direction.
pub fn projections(rows: &[f32], direction: &Direction) -> Vec<f64> {
    let direction = direction.values();
    rows.chunks(direction.len())
        .map(|row| {
            let terms = row.iter().zip(direction);
            terms.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        })
        .collect()
}

/// The largest difference between the two.
pub fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
}
