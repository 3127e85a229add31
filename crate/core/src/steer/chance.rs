//! Directions of chance, to hold the direction of a trait against.

use super::extract::{ExtractRequest, streams};
use crate::engine::Engine;
use crate::host::Host;
use crate::random::SplitMix64;
use crate::{Error, Result};

/// Directions drawn from the normal distribution: every way the stream can go is equally likely, and most of them mean
/// nothing to the model.
pub fn gaussian(width: usize, count: usize, seed: u64) -> Vec<Vec<f32>> {
    let mut random = SplitMix64::new(seed);
    let mut draw = || (0..width).map(|_| random.normal() as f32).collect();
    (0..count).map(|_| draw()).collect()
}

/// Directions made as the request says, of the same texts, with their sides drawn anew each time: what texts of this kind
/// differ in by chance. The harder null, because such directions lie where the model's texts do.
///
/// # Errors
/// [`Error::DirectionLayer`] for a layer that the model lacks, and as [`super::extract()`].
pub async fn shuffled(
    engine: &mut Engine,
    request: &ExtractRequest,
    layer: usize,
    count: usize,
    seed: u64,
    host: &dyn Host,
) -> Result<Vec<Vec<f32>>> {
    let layers = engine.info().layers;
    if layer > layers {
        return Err(Error::DirectionLayer(format!(
            "layer {layer} is asked for, and this model has 0 (the embedding) to {layers}"
        )));
    }
    let (pooled, _) = streams(engine, request, host, &mut |_| ()).await?;
    let mut random = SplitMix64::new(seed);
    Ok((0..count).map(|_| pooled.shuffled(layer, &mut random)).collect())
}

#[cfg(test)]
mod tests {
    use super::gaussian;
    use crate::steer::{cosine, length};

    #[test]
    fn gaussian_directions_are_seeded_and_share_nothing() {
        let drawn = gaussian(576, 20, 1);
        assert_eq!(drawn, gaussian(576, 20, 1));
        assert_ne!(drawn[0], gaussian(576, 1, 2)[0]);
        for (i, one) in drawn.iter().enumerate() {
            // Lengths around the root of 576, and cosines around 0 with a deviation of 1/24.
            assert!((length(one) - 24.0).abs() < 3.0);
            assert!(drawn[..i].iter().all(|other| cosine(one, other).abs() < 0.2));
        }
    }
}
