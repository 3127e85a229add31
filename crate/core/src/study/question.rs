//! Questions as tokens: the paths a model must read, and which next tokens are asked for on them.

use super::request::ScoreRequest;
use crate::engine::Engine;
use crate::items::{GateItem, Item, LikertInventory, LikertItem};
use crate::measure::likert::Rating;
use crate::measure::{
    Asked, GateAnswer, Layout, Observation, OptionReading, continuation_observation, gate_continuation,
    gate_letters, letters_observation, rotation,
};
use crate::prompt::Role;
use crate::prompt::frame::Frame;
use crate::prompt::statements::{About, NO_SENTENCE, multiple_choice, open_question};
use crate::prompt::templates::{LetterTemplate, NEUTRAL_PROMPT};
use crate::{Error, Result};

/// A token sequence and the log-probabilities wanted on it.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// Tokens the model reads.
    pub tokens: Vec<u32>,
    /// `(index into tokens, id)`: the log-probability of `id` after that token.
    pub targets: Vec<(usize, u32)>,
}

impl Path {
    /// What each token is: the prompt ends where the first probability is asked for.
    pub fn roles(&self) -> Vec<Role> {
        let prompt = self.targets.iter().map(|(at, _)| at + 1).min();
        Role::of(prompt.unwrap_or(self.tokens.len()), 0, self.tokens.len())
    }
}

/// What a question is about, and how to read its answer.
#[derive(Debug, Clone, Copy)]
pub enum Subject<'a> {
    /// An item of the test.
    Item {
        item: &'a Item,
        letters: Option<(LetterTemplate, Layout)>,
        paraphrased: bool,
        gain: bool,
    },
    /// A factual question; with a rotation in the letter read-out.
    Gate {
        item: &'a GateItem,
        rotation: Option<u8>,
    },
    /// A statement to be rated: of an inventory, or of the gate.
    Statement {
        item: &'a LikertItem,
        inventory: &'a LikertInventory,
        about: About,
        letters: Option<(LetterTemplate, Layout)>,
    },
}

/// A question ready for a forward.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    pub subject: Subject<'a>,
    pub paths: Vec<Path>,
}

/// An answered question.
pub enum Answer {
    Observation(Observation),
    Gate(GateAnswer),
    /// Of a statement of the inventory, or of one of the gate.
    Rating(Rating, About),
}

impl Subject<'_> {
    fn id(&self) -> &str {
        match self {
            Subject::Item { item, .. } => &item.id,
            Subject::Gate { item, .. } => &item.id,
            Subject::Statement { item, .. } => &item.id,
        }
    }

    /// What a file calls an option, by its key.
    fn field(&self, option: usize) -> String {
        match self {
            Subject::Item { .. } => Item::OPTIONS[option].into(),
            Subject::Gate { .. } => format!("options, entry {}", option + 1),
            Subject::Statement { .. } => format!("scale, entry {}", option + 1),
        }
    }
}

impl<'a> Question<'a> {
    /// Renders and tokenises the question.
    ///
    /// # Errors
    /// What the template and the tokenizer give; [`Error::PromptLength`] where it does not fit the model;
    /// [`Error::ItemsInvalid`] for an option that the model has no tokens for.
    pub fn new(engine: &Engine, request: &ScoreRequest, subject: Subject<'a>) -> Result<Self> {
        let asker = Asker {
            engine,
            request,
            subject,
        };
        let paths = match subject {
            Subject::Item {
                item,
                letters,
                paraphrased,
                gain,
            } => {
                let options = item.options();
                match letters {
                    Some((template, layout)) => {
                        let user = item_question(request, item, paraphrased, template, layout);
                        asker.letters(&user, &template.labels(options.len()))?
                    }
                    None => {
                        let (situation, query) = wording(item, paraphrased);
                        let text = format!("{situation} {query}");
                        let user = match &request.frame {
                            Some(frame) => open(frame, request, text.trim())?,
                            None => text,
                        };
                        let mut paths = asker.continuations(&user, &options)?;
                        if gain {
                            paths.extend(asker.continuations(NEUTRAL_PROMPT, &options)?);
                        }
                        paths
                    }
                }
            }
            Subject::Gate { item, rotation: None } => {
                asker.continuations(&item.question, &item.options.each_ref().map(String::as_str))?
            }
            Subject::Gate {
                item,
                rotation: Some(r),
            } => {
                let template = LetterTemplate::T1;
                let shown = rotation(r).map(|option| item.options[option].as_str());
                asker.letters(
                    &template.render("", &item.question, shown),
                    &template.labels(shown.len()),
                )?
            }
            Subject::Statement {
                item,
                inventory,
                about,
                letters,
            } => match letters {
                Some((template, layout)) => {
                    let user = statement_question(request, inventory, item, about, template, layout);
                    asker.letters(&user, &template.labels(inventory.scale.len()))?
                }
                None => {
                    let sentence = inventory.sentence(item);
                    let ask = |sentence: Option<&str>| match frame_about(request, about) {
                        Some(frame) => open(frame, request, sentence.unwrap_or(NO_SENTENCE)),
                        None => Ok(open_question(about, sentence)),
                    };
                    let scale: Vec<&str> = inventory.scale.iter().map(String::as_str).collect();
                    let mut paths = asker.continuations(&ask(Some(&sentence))?, &scale)?;
                    paths.extend(asker.continuations(&ask(None)?, &scale)?);
                    paths
                }
            },
        };
        if let Some(path) = paths.iter().find(|path| path.tokens.len() > engine.model.slots()) {
            let (id, tokens, slots) = (subject.id(), path.tokens.len(), engine.model.slots());
            return Err(Error::PromptLength(format!(
                "a question about item {id:?} takes {tokens} tokens, and at most {slots} fit"
            )));
        }
        Ok(Self { subject, paths })
    }

    /// Reads the answer from the log-probabilities of each path's targets.
    ///
    /// # Errors
    /// What the measures give for values that cannot be log-probabilities.
    pub fn answer(&self, log_probs: &[Vec<f32>]) -> Result<Answer> {
        match self.subject {
            Subject::Item {
                item,
                letters,
                paraphrased,
                gain,
            } => {
                let asked = Asked {
                    item: &item.id,
                    trait_name: &item.trait_name,
                    paraphrased,
                };
                let observation = match letters {
                    Some((template, layout)) => {
                        letters_observation(asked, &template.to_string(), layout, four_labels(log_probs)?)?
                    }
                    None => {
                        let sums = sums(log_probs);
                        let reading = |i: usize| OptionReading {
                            logprob: sums[i].0,
                            tokens: sums[i].1,
                            neutral_logprob: gain.then(|| sums[i + 4].0),
                        };
                        continuation_observation(asked, [reading(0), reading(1), reading(2), reading(3)])?
                    }
                };
                Ok(Answer::Observation(observation))
            }
            Subject::Gate {
                item,
                rotation: Some(r),
            } => gate_letters(&item.id, item.answer, r, four_labels(log_probs)?).map(Answer::Gate),
            Subject::Gate { item, rotation: None } => {
                let sums = sums(log_probs);
                gate_continuation(&item.id, item.answer, [sums[0], sums[1], sums[2], sums[3]])
                    .map(Answer::Gate)
            }
            Subject::Statement {
                item, about, letters, ..
            } => {
                let rating = match letters {
                    Some((template, layout)) => {
                        let labels: Vec<f64> = log_probs
                            .iter()
                            .flatten()
                            .map(|value| f64::from(*value))
                            .collect();
                        Rating::of_letters(item, &template.to_string(), layout, &labels)?
                    }
                    None => {
                        let sums = sums(log_probs);
                        let (own, without) = sums.split_at(sums.len() / 2);
                        let answers = own
                            .iter()
                            .zip(without)
                            .map(|((sum, tokens), (alone, _))| (*sum, *tokens, *alone));
                        Rating::of_continuation(item, &answers.collect::<Vec<_>>())?
                    }
                };
                Ok(Answer::Rating(rating, about))
            }
        }
    }
}

/// The multiple-choice question about an item.
pub(super) fn item_question(
    request: &ScoreRequest,
    item: &Item,
    paraphrased: bool,
    template: LetterTemplate,
    layout: Layout,
) -> String {
    let (situation, query) = wording(item, paraphrased);
    let options = item.options();
    let shown = layout.order().map(|key| options[key]);
    match &request.frame {
        Some(frame) => {
            let text = format!("{situation} {query}");
            frame.choice(request.instruction(), text.trim(), &template.lines(&shown))
        }
        None => template.render(situation, query, shown),
    }
}

/// The answers of a scale in the order in which they are shown: forward begins with the one that agrees most.
pub(super) fn shown_scale(inventory: &LikertInventory, layout: Layout) -> Vec<&str> {
    let mut shown: Vec<&str> = inventory.scale.iter().map(String::as_str).collect();
    if layout == Layout::FORWARD {
        shown.reverse();
    }
    shown
}

/// The multiple-choice question about a statement.
pub(super) fn statement_question(
    request: &ScoreRequest,
    inventory: &LikertInventory,
    item: &LikertItem,
    about: About,
    template: LetterTemplate,
    layout: Layout,
) -> String {
    let (sentence, shown) = (inventory.sentence(item), shown_scale(inventory, layout));
    match frame_about(request, about) {
        Some(frame) => frame.choice(request.instruction(), &sentence, &template.lines(&shown)),
        None => multiple_choice(template, about, &sentence, &shown),
    }
}

/// The request's wording for a statement. The gate has none: it asks whether the read-out works, not which wording works best.
fn frame_about(request: &ScoreRequest, about: About) -> Option<&Frame> {
    request.frame.as_ref().filter(|_| about == About::Oneself)
}

/// Situation and query; as written where there is no paraphrase.
fn wording(item: &Item, paraphrased: bool) -> (&str, &str) {
    item.wording(paraphrased)
        .unwrap_or((&item.situation, &item.query))
}

/// The open question of a frame, which [`ScoreRequest::check`] has seen to be there.
fn open(frame: &Frame, request: &ScoreRequest, item: &str) -> Result<String> {
    let text = frame.open(request.instruction(), item);
    text.ok_or_else(|| Error::RequestInvalid("the frame has no open question".into()))
}

fn four_labels(log_probs: &[Vec<f32>]) -> Result<[f64; 4]> {
    match log_probs {
        [only] if only.len() == 4 => Ok([0, 1, 2, 3].map(|i| f64::from(only[i]))),
        _ => Err(Error::RequestInvalid(
            "a letter question was not answered with four labels".into(),
        )),
    }
}

fn sums(log_probs: &[Vec<f32>]) -> Vec<(f64, u32)> {
    log_probs
        .iter()
        .map(|values| (values.iter().map(|v| f64::from(*v)).sum(), values.len() as u32))
        .collect()
}

/// Nothing comes before the answer, so that its first token has no probability.
fn no_prompt() -> Error {
    Error::PromptInvalid("the model's chat template made no text of it; use the raw mode".into())
}

struct Asker<'a> {
    engine: &'a Engine,
    request: &'a ScoreRequest,
    subject: Subject<'a>,
}

impl Asker<'_> {
    fn letters(&self, user: &str, labels: &[String]) -> Result<Vec<Path>> {
        let prompt = self
            .engine
            .ask(self.request.prompt_mode, self.request.system.as_deref(), user)?;
        let tokens = self.engine.tokenizer.encode_rendered(&prompt)?;
        let last = tokens.len().checked_sub(1).ok_or_else(no_prompt)?;
        let mut targets = Vec::with_capacity(labels.len());
        for label in labels {
            match self.engine.tokenizer.encode(label)?[..] {
                [id] => targets.push((last, id)),
                _ => {
                    return Err(Error::ModelUnsupported(format!(
                        "the label {label:?} is not one token"
                    )));
                }
            }
        }
        Ok(vec![Path { tokens, targets }])
    }

    /// Each option as the answer to `user`. Its tokens are those that follow when its text is appended and the
    /// whole is tokenised together.
    fn continuations(&self, user: &str, options: &[&str]) -> Result<Vec<Path>> {
        let mode = self.request.prompt_mode;
        let prompt = self.engine.ask(mode, self.request.system.as_deref(), user)?;
        let chat = self.engine.is_chat(mode)?;
        let before = self.engine.tokenizer.encode_rendered(&prompt)?;
        if before.is_empty() {
            return Err(no_prompt());
        }
        let mut cued = prompt;
        // Raw text has no cue after which an answer starts on its own.
        cued.append_user_text(if chat { "" } else { "\n" });
        let wordless = self.engine.tokenizer.encode_rendered(&cued)?;
        let mut paths = Vec::with_capacity(options.len());
        for (key, option) in options.iter().enumerate() {
            let mut whole = cued.clone();
            whole.append_user_text(option);
            let mut tokens = self.engine.tokenizer.encode_rendered(&whole)?;
            if tokens == wordless {
                let (id, field) = (self.subject.id(), self.subject.field(key));
                return Err(Error::ItemsInvalid(format!(
                    "item {id:?}, field {field}: this model has no tokens for {option:?}"
                )));
            }
            let shared = before.iter().zip(&tokens).take_while(|(a, b)| a == b).count();
            let targets: Vec<(usize, u32)> = (shared.max(1)..tokens.len())
                .map(|i| (i - 1, tokens[i]))
                .collect();
            // The last token is only predicted, never read.
            tokens.pop();
            paths.push(Path { tokens, targets });
        }
        Ok(paths)
    }
}
