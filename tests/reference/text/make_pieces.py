"""Makes pieces.json: two small vocabularies of SentencePiece's BPE and the ids that SentencePiece gives the texts below.

    python -m venv v && v/bin/pip install sentencepiece==0.2.3 transformers==5.24.0
    v/bin/python make_pieces.py > pieces.json

Both are trained on the project's own items: one begins a text with a space, as Llama's does, the other does not, as Gemma's.
The second one has user-defined pieces, among them runs of spaces, which a GGUF spells with plain spaces. The texts without any of
these are given to transformers' tokenizer too, made from the same vocabulary, which has to agree.
"""

import io
import json
import sys
from pathlib import Path

import sentencepiece
from make_texts import PLAIN, RUNS
from tokenizers import Tokenizer, decoders, models, normalizers
from transformers import PreTrainedTokenizerFast

BANK = Path(__file__).parents[3] / "items" / "bank.json"
TRAINED = {
    "space": {"add_dummy_prefix": True, "vocab_size": 700},
    "bare": {
        "add_dummy_prefix": False,
        "vocab_size": 700,
        "user_defined_symbols": ["\u2581\u2581", "\u2581\u2581\u2581", "\n", "\n\n", "<table>", "[multimodal]"],
    },
}


def sentences():
    for item in json.loads(BANK.read_text())["items"]:
        yield from (value for value in item.values() if isinstance(value, str) and " " in value)


def train(options):
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=sentences(),
        model_writer=model,
        model_type="bpe",
        byte_fallback=True,
        normalization_rule_name="identity",
        remove_extra_whitespaces=False,
        character_coverage=0.999,
        minloglevel=2,
        **options,
    )
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def kind(processor, id):
    """The number of tokenizer.ggml.token_type, as llama.cpp's converter sets it."""
    if processor.is_unknown(id):
        return 2
    if processor.is_control(id):
        return 3
    if processor.is_unused(id):
        return 5
    return 6 if processor.is_byte(id) else 1


def of_transformers(pieces, prefix):
    """The tokenizer that transformers makes of such a vocabulary: merges in the order of the scores of what they make."""
    ids = {piece: id for id, (piece, _, kind) in enumerate(pieces)}
    merges = []
    for piece, score, sort in pieces:
        splits = [(piece[:at], piece[at:]) for at in range(1, len(piece))] if sort == 1 else []
        merges += [(-score, ids[left], ids[right], left, right) for left, right in splits if left in ids and right in ids]
    ordered = [(left, right) for *_, left, right in sorted(merges)]
    bpe = models.BPE(vocab=ids, merges=ordered, unk_token="<unk>", fuse_unk=True, byte_fallback=True)
    tokenizer = Tokenizer(bpe)
    steps = [normalizers.Prepend("\u2581")] if prefix else []
    tokenizer.normalizer = normalizers.Sequence([*steps, normalizers.Replace(" ", "\u2581")])
    tokenizer.decoder = decoders.ByteFallback()
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer)


def main():
    vocabularies = {}
    texts = PLAIN + [unit * times + end for unit, times, end in RUNS]
    for name, options in TRAINED.items():
        processor = train(options)
        own = options.get("user_defined_symbols", [])
        pieces = []
        for id in range(processor.get_piece_size()):
            piece, sort = processor.id_to_piece(id), kind(processor, id)
            if piece in own:
                piece, sort = piece.replace("\u2581", " "), 4
            pieces.append([piece, round(processor.get_score(id), 4), sort])
        other = of_transformers(pieces, options["add_dummy_prefix"])
        cases = []
        for text in texts:
            ids = processor.encode(text)
            spelled = text.replace(" ", "\u2581")
            if text and not any(piece in spelled for piece in own):
                assert other.encode(text, add_special_tokens=False) == ids, (name, text)
            cases.append(ids)
        vocabularies[name] = {"pieces": pieces, "ids": cases}
    plain = [{"text": text} for text in PLAIN]
    runs = [{"unit": unit, "times": times, "end": end} for unit, times, end in RUNS]
    json.dump({"plain": plain, "runs": runs, **vocabularies}, sys.stdout, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
