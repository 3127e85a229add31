//! Where a model's bytes come from. Inside a worker both kinds can be read without waiting.

use js_sys::Uint8Array;
use std::rc::Rc;
use traitscope::gguf::ReadAt;
use traitscope::{Error, Result};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, FileReaderSync, FileSystemReadWriteOptions, FileSystemSyncAccessHandle};

/// A model file: a dropped file, or one in the origin's private file system.
#[wasm_bindgen]
pub struct Source(pub(crate) Rc<dyn ReadAt>);

#[wasm_bindgen]
impl Source {
    /// A file or blob, read slice by slice.
    ///
    /// # Errors
    /// Where there is no `FileReaderSync`: outside a worker.
    #[wasm_bindgen(js_name = fromBlob)]
    pub fn from_blob(blob: Blob) -> Result<Source, JsValue> {
        Ok(Self(Rc::new(BlobSource {
            blob,
            reader: FileReaderSync::new()?,
        })))
    }

    /// A file of the origin's private file system.
    ///
    /// # Errors
    /// Where its size cannot be read.
    #[wasm_bindgen(js_name = fromHandle)]
    pub fn from_handle(handle: FileSystemSyncAccessHandle) -> Result<Source, JsValue> {
        let length = handle.get_size()? as u64;
        Ok(Self(Rc::new(HandleSource { handle, length })))
    }
}

fn failed(error: JsValue) -> Error {
    Error::Io(format!("{error:?}"))
}

struct BlobSource {
    blob: Blob,
    reader: FileReaderSync,
}

impl ReadAt for BlobSource {
    fn len(&self) -> u64 {
        self.blob.size() as u64
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        let end = (offset + buf.len() as u64) as f64;
        let slice = self
            .blob
            .slice_with_f64_and_f64(offset as f64, end)
            .map_err(failed)?;
        let buffer = self.reader.read_as_array_buffer(&slice).map_err(failed)?;
        let bytes = Uint8Array::new(&buffer.into());
        if bytes.length() as usize != buf.len() {
            return Err(Error::GgufTruncated(format!(
                "{} of {} bytes at {offset}",
                bytes.length(),
                buf.len()
            )));
        }
        bytes.copy_to(buf);
        Ok(())
    }
}

struct HandleSource {
    handle: FileSystemSyncAccessHandle,
    length: u64,
}

impl ReadAt for HandleSource {
    fn len(&self) -> u64 {
        self.length
    }

    fn read_at(&self, offset: u64, buf: &mut [u8]) -> Result<()> {
        let wanted = buf.len();
        let options = FileSystemReadWriteOptions::new();
        options.set_at(offset as f64);
        let read = self
            .handle
            .read_with_u8_array_and_options(buf, &options)
            .map_err(failed)?;
        if read as usize != wanted {
            return Err(Error::GgufTruncated(format!(
                "{read} of {wanted} bytes at {offset}"
            )));
        }
        Ok(())
    }
}
