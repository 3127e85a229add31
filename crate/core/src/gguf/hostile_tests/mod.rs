//! One file for each rule, each breaking that rule alone, and what the reader says to it.

mod sizes;

use super::{
    Gguf, MemorySource, Value,
    testing::sample,
    writer::{GgufWriter, RawTensor},
};
use crate::{
    error::{Error, Result},
    quant::{Format, testing::random_bytes},
};

fn read(bytes: &[u8]) -> Result<Gguf> {
    Gguf::read(&MemorySource(bytes))
}

/// The file is refused with this code and a message that contains `named`.
#[track_caller]
fn refused(bytes: &[u8], code: &str, named: &str) {
    let error = read(bytes).expect_err("the file was read");
    assert_eq!(error.code(), code, "{error}");
    assert!(error.to_string().contains(named), "{error}");
}

/// A file with one tensor `w` of 64 F32 whose entry is changed.
fn with_tensor(change: impl FnOnce(&mut RawTensor)) -> Vec<u8> {
    let mut writer = GgufWriter::new().tensor("w", &[64], Format::F32, &[0; 256]);
    change(&mut writer.tensors[0]);
    writer.write()
}

/// A file with one key `k` of that type number and payload.
fn with_key(kind: u32, payload: &[&[u8]]) -> Vec<u8> {
    GgufWriter::new().raw_key(b"k", kind, &payload.concat()).write()
}

fn with_version(version: u32) -> Vec<u8> {
    let mut writer = sample();
    writer.version = version;
    writer.write()
}

const STRING: u32 = 8;
const ARRAY: u32 = 9;

#[test]
fn other_files_are_no_gguf() {
    refused(b"PK\x03\x04 and more", "gguf.magic", "PK\\x03\\x04");
    refused(b"GGML", "gguf.magic", "GGML");
    refused(b"<", "gguf.magic", "<");
    refused(b"FUGG\x00\x00\x00\x03", "gguf.magic", "FUGG");
}

#[test]
fn versions_other_than_2_and_3_are_refused_by_number() {
    for version in [0, 1, 4, 0x1_0001, u32::MAX] {
        assert_eq!(read(&with_version(version)), Err(Error::GgufVersion(version)));
    }
    assert!(read(&with_version(2)).is_ok());
}

#[test]
fn big_endian_files_are_called_so() {
    refused(
        &with_version(3u32.swap_bytes()),
        "gguf.magic",
        "big-endian file (version 3)",
    );
}

#[test]
fn a_file_cut_anywhere_is_truncated() {
    let bytes = sample().write();
    assert!(read(&bytes).is_ok());
    for len in 0..bytes.len() {
        let error = read(&bytes[..len]).expect_err("a cut file was read");
        assert_eq!(
            error.code(),
            "gguf.truncated",
            "cut to {len} of {}: {error}",
            bytes.len()
        );
    }
    refused(&bytes[..40], "gguf.truncated", "the number of tensors");
    refused(&bytes[..400], "gguf.truncated", "the name of key 17 of 26");
    let text = bytes.windows(2).position(|window| window == b"ll").unwrap();
    refused(
        &bytes[..text + 3],
        "gguf.truncated",
        "the length of key \"general.architecture\"",
    );
    refused(
        &bytes[..bytes.len() - 1],
        "gguf.truncated",
        "the data of tensor \"cube\"",
    );
}

#[test]
fn unknown_value_types_are_refused() {
    refused(
        &with_key(13, &[&[0; 8]]),
        "gguf.invalid",
        "key \"k\" has the unknown value type 13",
    );
    let payload = [&99u32.to_le_bytes()[..], &0u64.to_le_bytes()];
    refused(
        &with_key(ARRAY, &payload),
        "gguf.invalid",
        "unknown value type 99",
    );
}

#[test]
fn a_bool_is_0_or_1() {
    refused(
        &with_key(7, &[&[2]]),
        "gguf.invalid",
        "key \"k\" is a bool with the value 2",
    );
    let payload = [&7u32.to_le_bytes()[..], &2u64.to_le_bytes(), &[1, 255]];
    refused(&with_key(ARRAY, &payload), "gguf.invalid", "255");
}

#[test]
fn text_is_utf8() {
    let text = [&3u64.to_le_bytes()[..], b"a\xff\xfe"];
    refused(
        &with_key(STRING, &text),
        "gguf.invalid",
        "key \"k\" is not UTF-8 from its byte 1",
    );
    let key = GgufWriter::new().raw_key(b"\xc3", 0, &[0]).write();
    refused(&key, "gguf.invalid", "the name of key 1 of 1 is not UTF-8");
    refused(
        &with_tensor(|tensor| tensor.name = vec![0xc3]),
        "gguf.invalid",
        "the name of tensor 1 of 1",
    );
}

#[test]
fn a_key_occurs_once() {
    let writer = GgufWriter::new()
        .key("k", &Value::U8(1))
        .key("j", &Value::U8(1))
        .key("k", &Value::U8(1));
    refused(&writer.write(), "gguf.invalid", "key \"k\" occurs twice");
}

#[test]
fn a_tensor_occurs_once() {
    let writer =
        GgufWriter::new()
            .tensor("w", &[1], Format::F32, &[0; 4])
            .tensor("w", &[1], Format::F32, &[0; 4]);
    refused(&writer.write(), "gguf.invalid", "tensor \"w\" occurs twice");
}

#[test]
fn the_alignment_is_a_power_of_two() {
    let file = |value| GgufWriter::new().key("general.alignment", &value).write();
    refused(
        &file(Value::U32(0)),
        "gguf.invalid",
        "general.alignment is uint32 0",
    );
    refused(
        &file(Value::U32(48)),
        "gguf.invalid",
        "general.alignment is uint32 48",
    );
    refused(
        &file(Value::U64(32)),
        "gguf.invalid",
        "general.alignment is uint64 32",
    );
    for alignment in [1u32, 8, 64, 1 << 31] {
        assert_eq!(
            read(&file(Value::U32(alignment))).unwrap().alignment,
            u64::from(alignment)
        );
    }
}

#[test]
fn a_shape_without_elements_is_refused() {
    refused(
        &with_tensor(|tensor| tensor.shape = vec![]),
        "gguf.invalid",
        "\"w\" has the shape []",
    );
    refused(
        &with_tensor(|tensor| tensor.shape = vec![64, 0]),
        "gguf.invalid",
        "[64, 0]",
    );
}

#[test]
fn a_shape_that_overflows_is_refused() {
    let shapes = [
        vec![1 << 32, 1 << 32],
        vec![1 << 63, 2],
        vec![u64::MAX],
        vec![1 << 62],
        vec![1 << 16; 4],
    ];
    for shape in shapes {
        let wanted = format!("{shape:?}, whose size overflows");
        refused(
            &with_tensor(|tensor| tensor.shape = shape),
            "gguf.invalid",
            &wanted,
        );
    }
    refused(
        &with_tensor(|tensor| tensor.shape = vec![1 << 61]),
        "gguf.truncated",
        "\"w\"",
    );
}

#[test]
fn rows_are_made_of_whole_blocks() {
    for (format, row) in [
        (Format::Q4_1, 48),
        (Format::Q8_0, 1),
        (Format::Q4K, 128),
        (Format::Q6K, 257),
    ] {
        let file = with_tensor(|tensor| (tensor.kind, tensor.shape) = (format.ggml_type(), vec![row, 64]));
        refused(&file, "gguf.invalid", &format!("rows of {row} elements"));
    }
}

#[test]
fn offsets_are_aligned() {
    refused(
        &with_tensor(|tensor| tensor.offset = 16),
        "gguf.invalid",
        "offset 16, not a multiple of 32",
    );
}

#[test]
fn offsets_lie_in_the_file() {
    for offset in [32, 1 << 40, u64::MAX - 31] {
        refused(
            &with_tensor(|tensor| tensor.offset = offset),
            "gguf.invalid",
            "\"w\"",
        );
    }
}

#[test]
fn tensors_do_not_overlap() {
    let mut writer = GgufWriter::new()
        .tensor("a", &[64], Format::F32, &[0; 256])
        .tensor("b", &[8], Format::F32, &[0; 32]);
    for (a, b) in [(0, 0), (0, 224), (32, 0), (0, 32)] {
        (writer.tensors[0].offset, writer.tensors[1].offset) = (a, b);
        if (a, b) == (32, 0) {
            assert!(
                read(&writer.write()).is_ok(),
                "data may lie in another order than the table"
            );
        } else {
            refused(&writer.write(), "gguf.invalid", "overlaps");
        }
    }
}

#[test]
fn tensor_types_this_program_does_not_run_are_refused_by_number_and_name() {
    for (kind, named) in [
        (4, "Q4_2 (removed"),
        (5, "Q4_3"),
        (10, "Q2_K"),
        (20, "IQ4_NL"),
        (31, "Q4_0_4_4"),
        (39, "MXFP4"),
    ] {
        let file = with_tensor(|tensor| tensor.kind = kind);
        refused(
            &file,
            "model.unsupported",
            &format!("tensor \"w\" has the type {named}"),
        );
        refused(&file, "model.unsupported", &format!("(number {kind})"));
    }
    refused(
        &with_tensor(|tensor| tensor.kind = 1000),
        "model.unsupported",
        "unknown (number 1000)",
    );
}

#[test]
fn no_mutation_of_a_file_makes_the_reader_panic() {
    let original = sample().write();
    let mut read_well = 0;
    for seed in 0..200_000u64 {
        let mut bytes = original.clone();
        let random = random_bytes(14, seed);
        for change in random[..12].chunks_exact(4).take(1 + usize::from(random[12] % 3)) {
            let place = usize::from(u16::from_le_bytes([change[0], change[1]])) % bytes.len();
            bytes[place] = match change[2] % 4 {
                0 => change[3],
                1 => bytes[place] ^ (1 << (change[3] % 8)),
                2 => 0xff,
                _ => bytes[place].wrapping_add(1),
            };
        }
        if random[13] < 32 {
            bytes.truncate(usize::from(random[13]) * bytes.len() / 32);
        }
        let source = MemorySource(&bytes);
        let Ok(gguf) = Gguf::read(&source) else { continue };
        for tensor in &gguf.tensors {
            gguf.read_tensor(&source, tensor)
                .expect("a tensor that was checked");
        }
        read_well += 1;
    }
    assert!(read_well > 1000, "only {read_well} mutations reached the tensors");
}
