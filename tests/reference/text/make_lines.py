"""Makes lines.json: ten thousand lines of mixed text, and what two tokenizers of transformers make of them.

    python3 -m venv v && v/bin/pip install gguf==0.19.0 tokenizers transformers==5.24.0 torch==2.15.0
    v/bin/python make_lines.py SmolLM2-135M-Instruct.Q4_1.gguf gemma-3-270m-q4_k_m.gguf > lines.json

A line is made of fragments, drawn by the generator of the crate (SplitMix64), so that both sides make the same lines: first how many
(1 to 16), then before each but the first whether a space comes, in one of two draws, then which. Of the ids of each line there is a hash
(FNV-1a, 32 bits, over the ids as little-endian words).

SmolLM2's tokenizer is put together from the file's vocabulary and merges as the model's own has it (single digits, then bytes):
what transformers makes of a GGUF has no step for digits. Gemma's is what transformers makes of the file.
"""

import json
import sys
from pathlib import Path

import transformers
from gguf import GGUFReader
from tokenizers import Tokenizer, models, pre_tokenizers

sys.path.append(str(Path(__file__).parent.parent / "measure"))
from splitmix import MASK, splitmix  # noqa: E402

COUNT, SEED = 10_000, 7
SENTENCES = [
    "The meeting moved to Thursday, didn't it?",
    "She's sure they'll say we've won; I'd rather wait.",
    "Der Zug fährt um 7:45 Uhr – größer als gedacht!",
    "L'été dernier, j'ai vu naître l'œuvre à Reims.",
    "¿Dónde está el niño? ¡Mañana vendrá, señor!",
    "Não há informação suficiente, então esperamos.",
    "Perché no? È già così, città e virtù.",
    "Zażółć gęślą jaźń, proszę pana.",
    "Příliš žluťoučký kůň úpěl ďábelské ódy.",
    "Egy hűtlen vejét fülöncsípő tükörfúrógép.",
    "İstanbul'da ışık ve gölge, çok güzel.",
    "Мы встретимся завтра в 18:30 у входа.",
    "Щастя, їжак і ґанок.",
    "Αύριο θα βρέξει· μήπως όχι;",
    "אני גר ליד הים, ואתה?",
    "أين المكتبة؟ في آخر الشارع.",
    "क्या आप कल आएँगे? हाँ, ज़रूर।",
    "আমি বাংলায় গান গাই।",
    "நான் நாளை வருவேன்.",
    "พรุ่งนี้ฝนจะตกไหม",
    "Ngày mai trời sẽ mưa, phải không?",
    "明天会下雨吗？我不知道。",
    "明日は雨が降りますか。たぶんね。",
    "내일 비가 올까요? 모르겠어요.",
    "Kesho kutanyesha mvua.",
    "Þetta er ágætt, ekki satt?",
    "გამარჯობა, როგორ ხარ?",
    "Բարեւ, ինչպե՞ս ես։",
]
WORDS = [
    "a", "I", "the", "The", "THE", "and", "of", "self", "extraversion", "unhelpfulness", "antidisestablishmentarianism",
    "cafe\u0301", "café", "naïve", "Straße", "ﬁ", "Ǆ", "ß", "ø", "Ω", "ж", "漢", "字", "か", "ㅎ", "한", "ก็", "क्ष", "ﷺ",
    "0", "1", "7", "12", "123", "2024", "3.14159", "1,000,000", "1e-9", "0x1F", "٣٤", "१२३", "½", "²", "Ⅷ",
    ".", ",", "...", "…", "!", "?!", ";", ":", "'", '"', "“", "”", "(", ")", "[[", "]]", "{", "}", "<", ">", "</p>", "-", "--", "—",
    "_", "__init__", "#", "@user", "$5", "100%", "^", "&", "&amp;", "*", "**bold**", "+=", "=>", "//", "\\n", "~", "`code`",
    "https://example.org/a?b=c#d", "someone@example.org", "C:\\dir\\file.txt", "camelCaseWord", "SCREAMING_CASE", "kebab-case",
    "'s", "'t", "'re", "'LL", "’s", "'ve", "don't", "rock'n'roll",
    "🙂", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇫🇷", "❤️", "☃", "𝔘", "𠮷", "\U0001F9FF",
    " ", "  ", "   ", "\t", "\t\t", "\n", "\n\n", "\r\n", " \n ", "\u00a0", "\u2003", "\u3000", "\u200b", "\ufeff", "\u00ad",
    "\u0301", "\u202e", "\u202c", "\u061c", "\ufffd", "\ue000", "\u0600",
]  # fmt: skip
FRAGMENTS = SENTENCES + WORDS


def below(numbers, n):
    unfair = (1 << 64) % n
    while True:
        product = next(numbers) * n
        if product & MASK >= unfair:
            return product >> 64


def lines():
    numbers = splitmix(SEED)
    for _ in range(COUNT):
        line = ""
        for place in range(1 + below(numbers, 16)):
            if place > 0 and below(numbers, 2) == 1:
                line += " "
            line += FRAGMENTS[below(numbers, len(FRAGMENTS))]
        yield line


def fnv(data):
    value = 0x811C9DC5
    for byte in data:
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value


def hashes(ids):
    return "".join(f"{fnv(b''.join(id.to_bytes(4, 'little') for id in line)):08x}" for line in ids)


def of_smollm(path):
    fields = GGUFReader(path).fields
    vocabulary = {token: id for id, token in enumerate(fields["tokenizer.ggml.tokens"].contents())}
    merges = [tuple(merge.split(" ")) for merge in fields["tokenizer.ggml.merges"].contents()]
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=merges))
    digits = pre_tokenizers.Digits(individual_digits=True)
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([digits, pre_tokenizers.ByteLevel(add_prefix_space=False)])
    return transformers.PreTrainedTokenizerFast(tokenizer_object=tokenizer)


def of_gemma(path):
    path = Path(path)
    return transformers.AutoTokenizer.from_pretrained(path.parent, gguf_file=path.name)


def main():
    smollm, gemma = sys.argv[1:]
    texts = list(lines())
    found = {"count": COUNT, "seed": SEED, "fragments": FRAGMENTS, "text": fnv("\n".join(texts).encode())}
    for name, tokenizer in [("smollm2", of_smollm(smollm)), ("gemma3", of_gemma(gemma))]:
        found[name] = hashes(tokenizer(text, add_special_tokens=False).input_ids for text in texts)
    json.dump(found, sys.stdout, ensure_ascii=False, separators=(",", ":"))
    print()


if __name__ == "__main__":
    main()
