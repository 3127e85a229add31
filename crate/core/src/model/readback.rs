//! Values on their way back from the device, as many as possible in one readback.

use crate::{Error, Result};
use burn::tensor::Tensor;

/// Collects vectors and reads them together.
pub(super) struct Readback {
    pending: Vec<Tensor<1>>,
    /// Values pending, and how many there may be.
    count: usize,
    most: usize,
    values: Vec<Vec<f32>>,
}

/// Where a vector will be among what [`Readback::finish`] gives.
pub(super) type Index = usize;

impl Readback {
    /// Reads whenever more than `most` values would be pending, so that their copies on the device stay small.
    pub(super) fn new(most: usize) -> Self {
        Self {
            pending: Vec::new(),
            count: 0,
            most,
            values: Vec::new(),
        }
    }

    /// Takes in a tensor; its values come back row by row.
    ///
    /// # Errors
    /// [`Error::DeviceLost`].
    pub(super) async fn add<const D: usize>(&mut self, tensor: Tensor<D>) -> Result<Index> {
        let count = tensor.shape().num_elements();
        if self.count + count > self.most {
            self.flush().await?;
        }
        self.count += count;
        self.pending.push(tensor.reshape([count]));
        Ok(self.values.len() + self.pending.len() - 1)
    }

    /// The values of each tensor, in the order they were added.
    ///
    /// # Errors
    /// [`Error::DeviceLost`].
    pub(super) async fn finish(mut self) -> Result<Vec<Vec<f32>>> {
        self.flush().await?;
        Ok(self.values)
    }

    async fn flush(&mut self) -> Result<()> {
        self.count = 0;
        let lengths: Vec<usize> = self.pending.iter().map(|tensor| tensor.dims()[0]).collect();
        match self.pending.len() {
            0 => {}
            1 => self.values.push(floats(self.pending.remove(0)).await?),
            _ => {
                let all = floats(Tensor::cat(core::mem::take(&mut self.pending), 0)).await?;
                let mut rest = &all[..];
                for length in lengths {
                    let (values, others) = rest.split_at(length);
                    self.values.push(values.to_vec());
                    rest = others;
                }
            }
        }
        Ok(())
    }
}

async fn floats(tensor: Tensor<1>) -> Result<Vec<f32>> {
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| Error::DeviceLost(format!("{error:?}")))?;
    data.try_into_vec::<f32>()
        .map_err(|error| Error::DeviceLost(format!("{error:?}")))
}
