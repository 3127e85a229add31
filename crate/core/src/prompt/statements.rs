//! How a statement is put to the model, in the project's own words.

use super::templates::{LetterTemplate, Wording};

/// What a statement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// The one who is asked.
    Oneself,
    /// The world: statements of the gate.
    Fact,
}

impl About {
    fn question(self) -> &'static str {
        match self {
            Self::Oneself => "How well does this statement describe you?",
            Self::Fact => "How accurate is this statement?",
        }
    }
}

/// The prompt of the letter read-out, with the answers in the order in which they are shown.
pub fn multiple_choice(template: LetterTemplate, about: About, sentence: &str, answers: &[&str]) -> String {
    let lines = template.lines(answers);
    let label = template.style().noun();
    let question = about.question();
    match template.wording() {
        Wording::T1 => {
            format!("{question}\n\"{sentence}\"\n\n{lines}\nGive the {label} only. Your answer:\n")
        }
        Wording::T2 => format!(
            "Read this statement. {sentence}\n{question}\n\n{lines}\nYou have to choose one of these answers, even if none fits \
             well. Write nothing but its {label}.\nResponse:\n"
        ),
        Wording::T3 => format!("Statement: {sentence}\n{question}\n{lines}Answer: "),
    }
}

/// What stands where there is no statement.
pub const NO_SENTENCE: &str = "...";

/// The prompt of the continuation read-out; without a sentence, the one against which each answer's gain is measured.
///
/// The answers are not listed: a list makes each of them likely whatever is said, and hides what the statement changes.
pub fn open_question(about: About, sentence: Option<&str>) -> String {
    format!("{}\n\"{}\"", about.question(), sentence.unwrap_or(NO_SENTENCE))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANSWERS: [&str; 3] = ["no", "maybe", "yes"];

    #[test]
    fn every_template_shows_the_sentence_and_the_answers_in_order() {
        for template in LetterTemplate::ALL {
            for about in [About::Oneself, About::Fact] {
                let prompt = multiple_choice(template, about, "I talk.", &ANSWERS);
                let mut rest = prompt.as_str();
                for answer in template.labels(3).iter().zip(ANSWERS) {
                    let (_, after) = rest.split_once(&format!("\n{}", answer.0)).unwrap();
                    assert!(after[..8].contains(answer.1), "{template}: {prompt}");
                    rest = after;
                }
                assert_eq!(prompt.matches("I talk.").count(), 1);
                assert!(rest.ends_with(['\n', ' ']), "{template} ends in white space");
                assert_eq!(prompt.contains("describe you"), about == About::Oneself);
            }
        }
    }

    /// Whoever reads the page must read what the model reads.
    #[test]
    fn the_protocol_has_the_same_words() {
        let page = include_str!("../../../../docs/protocol.md");
        let answers = ["{first}", "{second}", "{third}", "{fourth}", "{fifth}"];
        for template in LetterTemplate::ALL {
            let prompt = multiple_choice(template, About::Oneself, "{statement}", &answers);
            let block = prompt
                .trim_end()
                .replace('\n', "\n        ")
                .replace("\n        \n", "\n\n");
            let block = format!("\n    {template}  {block}\n");
            assert!(page.contains(&block), "{block}");
        }
        let prompt = open_question(About::Oneself, Some("{statement}"));
        let block = format!("\n\n    {}\n\n", prompt.replace('\n', "\n    "));
        assert!(page.contains(&block), "{block}");
    }
}
