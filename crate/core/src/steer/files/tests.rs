//! What is written is read again, here and by the references; what is broken is refused.

use super::super::{LayerVector, Neutral, TraitVectors, cosine};
use super::tensors::Precision;
use super::{control_vector, read, tensors};
use crate::gguf::Value;
use crate::gguf::writer::GgufWriter;
use crate::quant::Format;

fn vectors(name: &str, layers: &[usize]) -> TraitVectors {
    let at = |layer: usize| LayerVector {
        layer,
        vector: (0..8).map(|i| (i as f32 + 0.3) * (layer as f32 - 2.5)).collect(),
        neutral: Some(Neutral {
            norm: 10.0 + layer as f32,
            mean: -0.5,
            sd: 2.0,
        }),
    };
    TraitVectors {
        trait_name: name.into(),
        method: "statements".into(),
        architecture: "llama".into(),
        model_sha256: Some("ab12".into()),
        layers: layers.iter().map(|layer| at(*layer)).collect(),
    }
}

fn layers(vectors: &TraitVectors) -> Vec<usize> {
    vectors.layers.iter().map(|at| at.layer).collect()
}

fn code(bytes: &[u8]) -> &'static str {
    read(bytes, "x.bin").unwrap_err().code()
}

#[test]
fn a_control_vector_is_read_as_it_was_written_but_for_what_it_cannot_hold() {
    let whole = vectors("calm", &[0, 1, 2, 3, 7]);
    let again = read(&control_vector::write(&whole).unwrap(), "x.gguf").unwrap();
    let mut wanted = vectors("calm", &[2, 3, 7]);
    wanted.layers.iter_mut().for_each(|at| at.neutral = None);
    assert_eq!(again, [wanted]);
    assert_eq!(
        control_vector::write(&vectors("calm", &[0, 1]))
            .unwrap_err()
            .code(),
        "direction.file"
    );
}

#[test]
fn a_control_vector_of_another_program_is_called_after_its_file() {
    let foreign = include_bytes!("../../../../../tests/reference/steer/repeng.gguf");
    let [read] = &read(foreign, "some/honest.v2.gguf").unwrap()[..] else {
        panic!("one trait");
    };
    assert_eq!(
        (&read.trait_name[..], &read.method[..], &read.architecture[..]),
        ("honest.v2", "file", "llama")
    );
    assert_eq!(layers(read), [2, 3, 30]);
    assert_eq!(read.at(3).unwrap().vector, [0.25, -2.0, 0.5, 8.0]);
}

#[test]
fn safetensors_are_read_as_they_were_written() {
    let traits = [vectors("calm", &[1, 4]), vectors("bold", &[0, 5, 6])];
    let mut again = read(&tensors::write(&traits, Precision::F32).unwrap(), "x").unwrap();
    again.sort_by(|a, b| b.trait_name.cmp(&a.trait_name));
    assert_eq!(again, traits);
    let halves = read(&tensors::write(&traits, Precision::F16).unwrap(), "x").unwrap();
    for (half, whole) in halves[1].layers.iter().zip(&traits[0].layers) {
        assert!(cosine(&half.vector, &whole.vector) > 0.999_999);
        assert_eq!((half.layer, half.neutral), (whole.layer, whole.neutral));
    }
    let mut bare = traits[0].clone();
    bare.layers.iter_mut().for_each(|at| at.neutral = None);
    assert_eq!(
        read(&tensors::write(&[bare.clone()], Precision::F32).unwrap(), "x").unwrap(),
        [bare]
    );
}

#[test]
fn a_matrix_of_another_program_has_a_row_for_each_layer() {
    let foreign = include_bytes!("../../../../../tests/reference/steer/persona.safetensors");
    let read = read(foreign, "x.safetensors").unwrap();
    assert_eq!(
        read.iter().map(|v| &v.trait_name[..]).collect::<Vec<_>>(),
        ["evil", "kind"]
    );
    // Row 0 is all zeros: nothing is known of the embedding.
    assert_eq!(layers(&read[0]), [1, 2]);
    assert_eq!(read[0].at(2).unwrap().vector, [5.0, -6.0, 7.5]);
}

#[test]
fn traits_that_do_not_go_together_are_not_written() {
    let mut other = vectors("bold", &[1]);
    other.model_sha256 = None;
    let refused = |traits: &[TraitVectors]| {
        assert_eq!(
            tensors::write(traits, Precision::F16).unwrap_err().code(),
            "direction.file"
        );
    };
    refused(&[vectors("calm", &[1]), other]);
    refused(&[vectors("calm", &[1]), vectors("calm", &[2])]);
    refused(&[]);
    refused(&[vectors("calm", &[])]);
}

#[test]
fn broken_files_are_refused() {
    for whole in [
        control_vector::write(&vectors("calm", &[2, 3])).unwrap(),
        tensors::write(&[vectors("calm", &[2, 3])], Precision::F16).unwrap(),
    ] {
        for length in 0..whole.len() {
            assert_eq!(code(&whole[..length]), "direction.file", "cut at {length}");
        }
    }
    assert_eq!(code(&vec![0; super::MAX_FILE_BYTES + 1]), "direction.file");
    let start = || {
        let kind = Value::Str("controlvector".into());
        GgufWriter::new().key("general.architecture", &kind)
    };
    let row = |name: &str| start().tensor(name, &[4], Format::F32, &[1; 16]).write();
    let broken = [
        start().write(),
        row("direction.0"),
        row("direction.x"),
        row("blk.0.attn_q.weight"),
        row("direction.70000"),
        start().tensor("direction.1", &[4], Format::F16, &[1; 8]).write(),
        start()
            .tensor("direction.1", &[2, 2], Format::F32, &[1; 16])
            .write(),
        start()
            .tensor("direction.1", &[4], Format::F32, &[1; 16])
            .tensor("direction.01", &[4], Format::F32, &[1; 16])
            .write(),
        GgufWriter::new()
            .key("general.architecture", &Value::Str("llama".into()))
            .write(),
        GgufWriter::new().write(),
    ];
    for bytes in &broken {
        assert_eq!(code(bytes), "direction.file");
    }
    let zeros = start().tensor("direction.1", &[4], Format::F32, &[0; 16]).write();
    assert_eq!(code(&zeros), "direction.invalid");
    let mut nan = vectors("calm", &[2]);
    nan.layers.iter_mut().for_each(|at| at.vector[3] = f32::NAN);
    assert_eq!(
        code(&tensors::write(&[nan], Precision::F32).unwrap()),
        "direction.invalid"
    );
    let mut lying = vectors("calm", &[2]);
    lying
        .layers
        .iter_mut()
        .for_each(|at| at.neutral.as_mut().unwrap().sd = 0.0);
    assert_eq!(
        code(&tensors::write(&[lying], Precision::F32).unwrap()),
        "direction.file"
    );
}
