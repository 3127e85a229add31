//! Counts and lengths that a file claims and does not hold.

use super::{ARRAY, STRING, read, refused, with_key, with_tensor};
use crate::gguf::Gguf;
use crate::gguf::testing::{Sparse, sample};
use crate::gguf::writer::GgufWriter;

fn with_key_count(count: u64) -> Vec<u8> {
    let mut writer = sample();
    writer.key_count = Some(count);
    writer.write()
}

fn with_tensor_count(count: u64) -> Vec<u8> {
    let mut writer = sample();
    writer.tensor_count = Some(count);
    writer.write()
}

/// A file whose only key claims a name of that length and ends soon after.
fn with_key_name(len: u64) -> Vec<u8> {
    let mut bytes = GgufWriter::new().raw_key(b"k", STRING, &[]).write();
    bytes[24..32].copy_from_slice(&len.to_le_bytes());
    bytes
}

/// A file whose only tensor, the last of the header, claims a name of that length.
fn with_tensor_name(len: u64) -> Vec<u8> {
    let mut bytes = with_tensor(|_| ());
    bytes[24..32].copy_from_slice(&len.to_le_bytes());
    bytes
}

fn with_string(len: u64) -> Vec<u8> {
    with_key(STRING, &[&len.to_le_bytes(), b"short"])
}

/// A file whose key is an array of one string of that length.
fn with_string_in_array(len: u64) -> Vec<u8> {
    let one = 1u64.to_le_bytes();
    with_key(
        ARRAY,
        &[&STRING.to_le_bytes(), &one, &len.to_le_bytes(), b"short"],
    )
}

/// A file whose key is an array of so many elements of that type, and holds 64 bytes of them.
fn with_array(kind: u32, len: u64) -> Vec<u8> {
    with_key(ARRAY, &[&kind.to_le_bytes(), &len.to_le_bytes(), &[0; 64]])
}

/// A claim of `plausible` may be that of a file that was cut; no cut makes a real file claim one more.
#[track_caller]
fn doubted_above(plausible: u64, named: &str, file: impl Fn(u64) -> Vec<u8>) {
    for (count, code) in [(plausible, "gguf.truncated"), (plausible + 1, "gguf.limit")] {
        refused(&file(count), code, &format!("{named} is {count}, but only"));
    }
}

#[test]
fn a_claim_is_doubted_from_one_above_what_real_files_hold() {
    doubted_above(512, "the number of keys", with_key_count);
    doubted_above(4096, "the number of tensors", with_tensor_count);
    doubted_above(1024, "the length of the name of key 1 of 1", with_key_name);
    doubted_above(1024, "the length of the name of tensor 1 of 1", with_tensor_name);
    doubted_above(65_536, "the length of key \"k\"", with_string);
    doubted_above(65_536, "the length of key \"k\"", with_string_in_array);
    for kind in [0, STRING] {
        let file = |len| with_array(kind, len);
        doubted_above(524_288, "the number of elements of key \"k\"", file);
    }
}

#[test]
fn counts_beyond_the_file_are_refused() {
    for count in [5000, 1 << 32, u64::MAX] {
        refused(&with_key_count(count), "gguf.limit", "number of keys");
        refused(&with_tensor_count(count), "gguf.limit", "number of tensors");
    }
}

#[test]
fn lengths_beyond_the_file_are_refused() {
    for len in [100_000, 1 << 32, u64::MAX] {
        refused(&with_key_name(len), "gguf.limit", "the name of key 1");
        refused(&with_tensor_name(len), "gguf.limit", "the name of tensor 1");
        refused(&with_string(len), "gguf.limit", "key \"k\"");
        refused(&with_string_in_array(len), "gguf.limit", "key \"k\"");
    }
}

#[test]
fn arrays_beyond_the_file_are_refused() {
    for kind in [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12] {
        for len in [600_000, 1 << 61, u64::MAX] {
            refused(&with_array(kind, len), "gguf.limit", "elements of key \"k\"");
        }
    }
}

#[track_caller]
fn refused_sparse(written: Vec<(u64, Vec<u8>)>, named: &str) {
    let len = 1 << 40;
    let error = Gguf::read(&Sparse { written, len }).expect_err("the file was read");
    assert_eq!(error.code(), "gguf.limit", "{error}");
    assert!(error.to_string().contains(named), "{error}");
}

#[test]
fn claims_beyond_what_is_followed_are_refused_even_where_the_file_holds_them() {
    let files = [
        (
            with_key_count((1 << 16) + 1),
            "the number of keys is 65537, and no more than 65536",
        ),
        (
            with_tensor_count((1 << 16) + 1),
            "the number of tensors is 65537, and no more than 65536",
        ),
        (
            with_key_name(65_536),
            "the name of key 1 of 1 is 65536, and no more than 65535",
        ),
        (
            with_tensor_name(65_536),
            "the name of tensor 1 of 1 is 65536, and no more than 65535",
        ),
        (
            with_string((1 << 25) + 1),
            "key \"k\" is 33554433, and no more than 33554432",
        ),
        (
            with_string_in_array((1 << 25) + 1),
            "key \"k\" is 33554433, and no more than 33554432",
        ),
    ];
    for (bytes, named) in files {
        refused_sparse(vec![(0, bytes)], named);
    }
}

#[test]
fn a_header_longer_than_any_is_refused() {
    // Four strings, each as long as one may be, are more than the whole header may have.
    let mut header = GgufWriter::new();
    header.key_count = Some(4);
    let mut written = vec![(0, header.write())];
    let (mut at, length) = (24, 1u64 << 25);
    for name in [b"a", b"b", b"c", b"d"] {
        let key = GgufWriter::new()
            .raw_key(name, STRING, &length.to_le_bytes())
            .write();
        let key = key[24..].to_vec();
        let end = at + key.len() as u64 + length;
        written.push((at, key));
        at = end;
    }
    refused_sparse(
        written,
        "key \"d\" lies beyond the first 134217728 bytes of the header",
    );
}

#[test]
fn an_array_too_long_for_a_header_is_refused_even_where_the_file_holds_it() {
    let count = (1u64 << 22) + 1;
    let payload = [
        &0u32.to_le_bytes()[..],
        &count.to_le_bytes(),
        &vec![0; count as usize],
    ];
    refused(&with_key(ARRAY, &payload), "gguf.limit", "no more than 4194304");
}

#[test]
fn nested_arrays_are_refused() {
    let payload = [&ARRAY.to_le_bytes()[..], &1u64.to_le_bytes(), &[0; 12]];
    refused(
        &with_key(ARRAY, &payload),
        "gguf.limit",
        "key \"k\" is an array of arrays",
    );
}

#[test]
fn more_than_four_dimensions_are_refused() {
    refused(
        &with_tensor(|tensor| tensor.shape = vec![64, 1, 1, 1, 1]),
        "gguf.limit",
        "\"w\" has 5 dimensions",
    );
    assert!(read(&with_tensor(|tensor| tensor.shape = vec![64, 1, 1, 1])).is_ok());
}
