//! Which questions a request asks, and in which order.

use super::question::Subject;
use super::request::ScoreRequest;
use crate::Result;
use crate::items::{GateItem, Keyed, LikertInventory, LikertItem, bundled_gate};
use crate::measure::likert::{FALSE_ENDING, TRUE_ENDING};
use crate::measure::{Layout, Readout};
use crate::prompt::statements::About;
use crate::prompt::templates::LetterTemplate;

/// The factual questions that a request draws on, as questions and as statements.
pub struct Facts {
    /// The questions.
    pub gate: Vec<GateItem>,
    /// Two statements of each, on the scale of the request's inventory; none without one.
    pub statements: Option<LikertInventory>,
}

impl Facts {
    /// No questions, for tests without a gate.
    pub fn none() -> Self {
        Self {
            gate: Vec::new(),
            statements: None,
        }
    }

    /// The bundled questions, as far as the request may ask them.
    ///
    /// # Errors
    /// What [`bundled_gate`] gives.
    pub fn of(request: &ScoreRequest) -> Result<Self> {
        let gate = bundled_gate()?.items;
        let statements = request.inventory.as_ref().map(|inventory| LikertInventory {
            stem: None,
            norms: Vec::new(),
            items: gate.iter().flat_map(true_and_false).collect(),
            ..inventory.clone()
        });
        Ok(Self { gate, statements })
    }
}

/// The right option of a question, and the one after it, as statements.
fn true_and_false(question: &GateItem) -> [LikertItem; 2] {
    [
        (question.answer, TRUE_ENDING, Keyed::Plus),
        (question.answer + 1, FALSE_ENDING, Keyed::Minus),
    ]
    .map(|(option, ending, keyed)| LikertItem {
        id: format!("{}{ending}", question.id),
        text: question.options[option % question.options.len()].clone(),
        domain: "facts".into(),
        facet: None,
        keyed,
    })
}

impl ScoreRequest {
    /// Number of questions about its items and statements, the factual ones not counted.
    pub fn questions(&self) -> usize {
        subjects(self, &Facts::none()).len()
    }
}

/// All questions of a request in the order they are asked: the gate, then item by item.
pub fn subjects<'a>(request: &'a ScoreRequest, facts: &'a Facts) -> Vec<Subject<'a>> {
    let mut subjects = Vec::new();
    let most = request.gate_questions.min(facts.gate.len());
    let (from, to) = request.gate_range.unwrap_or((0, most));
    let asked = from.min(most)..to.min(most);
    // The gate of the kind of question that is asked; of both where both are, and of the first where it is asked alone.
    if !request.items.items.is_empty() || request.inventory.is_none() {
        for readout in &request.readouts {
            for item in &facts.gate[asked.clone()] {
                match readout {
                    Readout::Letters => subjects.extend((0..4).map(|r| Subject::Gate {
                        item,
                        rotation: Some(r),
                    })),
                    Readout::Continuation => subjects.push(Subject::Gate { item, rotation: None }),
                }
            }
        }
    }
    if let Some(statements) = &facts.statements {
        let items = &statements.items[2 * asked.start..2 * asked.end];
        for readout in &request.readouts {
            for item in items {
                // One template: the gate asks whether the read-out works, not which wording works best.
                subjects.extend(ratings(
                    statements,
                    item,
                    About::Fact,
                    *readout,
                    &[LetterTemplate::T1],
                    &request.layouts,
                ));
            }
        }
    }
    for item in &request.items.items {
        for paraphrased in [false, true] {
            if paraphrased && !(request.paraphrases && item.wording(true).is_some()) {
                continue;
            }
            for readout in &request.readouts {
                match readout {
                    Readout::Continuation => {
                        subjects.push(Subject::Item {
                            item,
                            letters: None,
                            paraphrased,
                            gain: request.gain,
                        });
                    }
                    Readout::Letters => {
                        for template in &request.templates {
                            subjects.extend(request.layouts.iter().map(|layout| Subject::Item {
                                item,
                                letters: Some((*template, *layout)),
                                paraphrased,
                                gain: false,
                            }));
                        }
                    }
                }
            }
        }
    }
    if let Some(inventory) = &request.inventory {
        for item in &inventory.items {
            for readout in &request.readouts {
                let (templates, layouts) = (&request.templates, &request.layouts);
                subjects.extend(ratings(
                    inventory,
                    item,
                    About::Oneself,
                    *readout,
                    templates,
                    layouts,
                ));
            }
        }
    }
    subjects
}

/// The questions about one statement in one read-out.
fn ratings<'a>(
    inventory: &'a LikertInventory,
    item: &'a LikertItem,
    about: About,
    readout: Readout,
    templates: &[LetterTemplate],
    layouts: &[Layout],
) -> Vec<Subject<'a>> {
    let subject = |letters| Subject::Statement {
        item,
        inventory,
        about,
        letters,
    };
    match readout {
        Readout::Continuation => vec![subject(None)],
        Readout::Letters => {
            let forms = templates
                .iter()
                .flat_map(|template| layouts.iter().map(|layout| (*template, *layout)));
            forms.map(|form| subject(Some(form))).collect()
        }
    }
}
