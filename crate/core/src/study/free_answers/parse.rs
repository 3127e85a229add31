//! Which option a written answer names.

/// Words that may stand before a label: "The answer is B", "Option B", "I would choose B".
const BEFORE: [&str; 12] = [
    "the",
    "my",
    "answer",
    "is",
    "option",
    "letter",
    "number",
    "i",
    "would",
    "choose",
    "pick",
    "suggestion",
];

/// Labels that are words too: "A friend", "I cannot".
const WORDS: [&str; 4] = ["A", "a", "I", "i"];

/// Characters of an option that tell it from any other words.
const ENOUGH: usize = 12;

/// The place of the option that an answer names; none where it names none, or more than one.
///
/// A label counts where it is the first word, or comes after words that lead up to it, such as "The answer is"; what follows it is not
/// read. One that is a word too has to stand at the end or before a mark, as in "A." and "(I)". Otherwise an answer counts that begins
/// with the words of one option alone; one of few letters, such as "Yes" or "Agree", has to be all that is said up to the first mark.
pub fn read(answer: &str, labels: &[String], options: &[&str]) -> Option<usize> {
    let raw: Vec<&str> = answer.split_whitespace().collect();
    for (at, word) in raw.iter().enumerate() {
        let label = labels.iter().position(|label| label == bare(word));
        let marked = word.ends_with(|c: char| !c.is_alphanumeric());
        let alone = marked || raw.get(at + 1).is_none_or(|next| bare(next).is_empty());
        if let Some(place) = label.filter(|_| alone || !WORDS.contains(&bare(word))) {
            return Some(place);
        }
        if !bare(word).is_empty() && !BEFORE.contains(&bare(word).to_lowercase().as_str()) {
            break;
        }
    }
    let (whole, clause) = (plain(answer), plain(first_clause(answer)));
    let begins = |option: &str| {
        let option = plain(option);
        let length = option.chars().count().min(whole.chars().count());
        let long = length >= ENOUGH && whole.chars().take(length).eq(option.chars().take(length));
        long || clause == option
    };
    let mut found = (0..options.len()).filter(|place| begins(options[*place]));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// What is said up to the first mark between words.
fn first_clause(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let ends = |c: char| c == '\n' || !(c.is_alphanumeric() || c.is_whitespace() || "'’-".contains(c));
    text.split(ends).next().unwrap_or(text)
}

/// A word without the marks around it: "(B)." and "**B**" are B.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Letters and digits alone, in lower case, with single spaces.
fn plain(text: &str) -> String {
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prompt::labels::LabelStyle;

    const OPTIONS: [&str; 4] = [
        "I would go in and say hello to everyone.",
        "I would go home and read a book.",
        "Ask a friend to come along first.",
        "Wait outside until it is over.",
    ];

    fn reads(answer: &str, style: LabelStyle) -> Option<usize> {
        let labels: Vec<String> = (0..4).map(|place| style.label(place)).collect();
        read(answer, &labels, &OPTIONS)
    }

    #[test]
    fn labels_are_found_where_an_answer_begins() {
        for answer in [
            "B",
            "B.",
            " (B) because",
            "**B**",
            "The answer is B.",
            "Option B: I would",
            "I would choose B",
            "\nB\n",
        ] {
            assert_eq!(reads(answer, LabelStyle::Upper), Some(1), "{answer:?}");
        }
        assert_eq!(reads("3", LabelStyle::Digits), Some(2));
        assert_eq!(reads("3 = Ask", LabelStyle::Digits), Some(2));
        assert_eq!(reads("iv)", LabelStyle::LowerRoman), Some(3));
        assert_eq!(reads("II.", LabelStyle::Roman), Some(1));
        assert_eq!(reads("I", LabelStyle::Roman), Some(0));
        assert_eq!(reads("I would choose III", LabelStyle::Roman), Some(2));
        assert_eq!(reads("I. Go in", LabelStyle::Roman), Some(0));
        assert_eq!(reads("I cannot say", LabelStyle::Roman), None);
        assert_eq!(reads("A = go in", LabelStyle::Upper), Some(0));
    }

    #[test]
    fn so_are_the_words_of_one_option() {
        assert_eq!(reads("I would go home and read", LabelStyle::Upper), Some(1));
        assert_eq!(
            reads("wait outside, until it is over. Then", LabelStyle::Upper),
            Some(3)
        );
        // Two options begin so.
        assert_eq!(reads("I would go", LabelStyle::Upper), None);
        assert_eq!(reads("I would", LabelStyle::Upper), None);
    }

    #[test]
    fn short_answers_of_a_scale_have_to_be_the_whole_clause() {
        let scale = ["Very Accurate", "Agree", "Neutral", "没有意见", "Disagree"];
        let labels: Vec<String> = (0..5).map(|place| LabelStyle::Upper.label(place)).collect();
        let reads = |answer: &str| read(answer, &labels, &scale);
        assert_eq!(reads("Agree"), Some(1));
        assert_eq!(reads("\"Agree.\" I am like that."), Some(1));
        assert_eq!(reads("**neutral**\nBecause"), Some(2));
        assert_eq!(reads("没有意见。"), Some(3));
        assert_eq!(reads("Very accurate statement"), Some(0));
        assert_eq!(reads("E"), Some(4));
        for none in [
            "Agree with what?",
            "I agree",
            "Very",
            "Neutral ground, agree",
            "没有",
        ] {
            assert_eq!(reads(none), None, "{none}");
        }
    }

    #[test]
    fn everything_else_is_no_answer() {
        for answer in [
            "",
            "I cannot answer that.",
            "None of them.",
            "As a language model, A",
            "E",
            "AB",
            "a",
            "5",
            "Sure! B",
            "A friend would know.",
        ] {
            assert_eq!(reads(answer, LabelStyle::Upper), None, "{answer:?}");
        }
    }
}
