//! The texts of a trait as a model reads them.

use super::artefact::{Instructions, LEAST_TEXTS, TraitArtefact};
use super::pool::Sample;
use crate::engine::{Engine, PromptMode};
use crate::text::Rendered;
use crate::{Error, Result};

/// Samples of either side.
pub struct Sets {
    pub high: Vec<Sample>,
    pub low: Vec<Sample>,
}

/// A question under one of two instructions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instructed<'a> {
    pub high: &'a str,
    pub low: &'a str,
    pub question: &'a str,
}

/// Makes samples of a trait's texts.
pub struct Prompts<'a> {
    pub engine: &'a Engine,
    pub mode: PromptMode,
    pub artefact: &'a TraitArtefact,
}

impl Prompts<'_> {
    /// Each statement as a text of its own.
    pub fn statements(&self) -> Result<Sets> {
        self.artefact.statements.check()?;
        let raw = |text: &String| {
            let tokens = self.engine.tokenizer.encode_rendered(&Rendered::raw(text))?;
            Ok(Sample::whole(tokens))
        };
        Ok(Sets {
            high: self
                .artefact
                .statements
                .high
                .iter()
                .map(raw)
                .collect::<Result<_>>()?,
            low: self
                .artefact
                .statements
                .low
                .iter()
                .map(raw)
                .collect::<Result<_>>()?,
        })
    }

    /// Each question under each instruction.
    pub fn instructed(&self, sample: impl Fn(Vec<u32>) -> Sample) -> Result<Sets> {
        let asked = asked(self.artefact)?;
        let of = |instruction: &str, question: &str| self.prompt(Some(instruction), question).map(&sample);
        Ok(Sets {
            high: asked
                .iter()
                .map(|a| of(a.high, a.question))
                .collect::<Result<_>>()?,
            low: asked
                .iter()
                .map(|a| of(a.low, a.question))
                .collect::<Result<_>>()?,
        })
    }

    /// Each question under each high instruction, and under none.
    pub fn against_none(&self) -> Result<Sets> {
        let asked = asked(self.artefact)?;
        let of = |instruction, question: &str| self.prompt(instruction, question).map(Sample::last);
        let questions = &self.artefact.questions.extract;
        Ok(Sets {
            high: asked
                .iter()
                .map(|a| of(Some(a.high), a.question))
                .collect::<Result<_>>()?,
            low: questions
                .iter()
                .map(|question| of(None, question))
                .collect::<Result<_>>()?,
        })
    }

    /// Each pair of statements as a choice, in both orders, answered with the letter of the one and of the other.
    pub fn letters(&self) -> Result<Sets> {
        let statements = &self.artefact.statements;
        statements.check()?;
        if statements.high.len() != statements.low.len() {
            return Err(Error::ContrastInvalid(format!(
                "the answer letters need statements in pairs, and there are {} and {}",
                statements.high.len(),
                statements.low.len()
            )));
        }
        let mut sets = Sets {
            high: Vec::new(),
            low: Vec::new(),
        };
        for (high, low) in statements.high.iter().zip(&statements.low) {
            for (a, b, high_is_a) in [(high, low, true), (low, high, false)] {
                let question = format!(
                    "Two people speak of themselves.\nA. {a}\nB. {b}\nWhich of them could be you? Answer with one letter."
                );
                let answered = |letter: &str| -> Result<Sample> {
                    let mut whole = self.engine.ask(self.mode, None, &question)?;
                    let chat = self.engine.is_chat(self.mode)?;
                    whole.append_user_text(if chat { "" } else { "\n" });
                    whole.append_user_text(letter);
                    Ok(Sample::last(self.engine.tokenizer.encode_rendered(&whole)?))
                };
                let (of_high, of_low) = if high_is_a { ("A", "B") } else { ("B", "A") };
                sets.high.push(answered(of_high)?);
                sets.low.push(answered(of_low)?);
            }
        }
        Ok(sets)
    }

    /// A question, up to where the model answers.
    pub fn prompt(&self, instruction: Option<&str>, question: &str) -> Result<Vec<u32>> {
        let prompt = self.engine.ask(self.mode, instruction, question)?;
        self.engine.tokenizer.encode_rendered(&prompt)
    }
}

/// Each question of the trait with each pair of instructions.
pub fn asked(artefact: &TraitArtefact) -> Result<Vec<Instructed<'_>>> {
    let questions = &artefact.questions.extract;
    if artefact.instructions.is_empty() || questions.is_empty() {
        return Err(Error::ContrastInvalid(
            "this method asks questions under instructions, and the trait has none; choose the statements, or add some"
                .into(),
        ));
    }
    let asked: Vec<_> = (artefact.instructions.iter())
        .flat_map(|Instructions { high, low }| {
            questions
                .iter()
                .map(move |question| Instructed { high, low, question })
        })
        .collect();
    if asked.len() < LEAST_TEXTS {
        return Err(Error::ContrastInvalid(format!(
            "there are {} questions under instructions; give at least {LEAST_TEXTS}",
            asked.len()
        )));
    }
    Ok(asked)
}
