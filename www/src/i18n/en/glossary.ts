/** Words and measures: each in one sentence, and what is behind it. */
export const glossary = {
  heading: 'Words and measures',
  what: 'Each in one sentence; open one for more.',
  help: (term: string) => `What is meant: ${term}`,
  entries: {
    trait: {
      term: 'Trait',
      short: 'A lasting difference between people, such as how outgoing they are.',
      more: 'The page asks about the Big Five (openness, conscientiousness, extraversion, agreeableness, neuroticism) and the Dark Triad (machiavellianism, narcissism, psychopathy). A model that answers like someone high in a trait has no trait: it puts words together as such a person might.',
    },
    item: {
      term: 'Item',
      short:
        'A short situation with four answers: two that fit a person high in the trait, two that fit a person low in it.',
      more: 'Each item is asked from a fresh start, so that no answer depends on those before it.',
    },
    statement: {
      term: 'Statement',
      short: 'A sentence about oneself that is rated on a scale from “very inaccurate” to “very accurate”.',
      more: 'The statements are those of the International Personality Item Pool. Some are reversed: agreeing with them speaks against the trait, and they are counted the other way round.',
    },
    readout: {
      term: 'Read-out',
      short: 'The way in which an answer is read from the model’s probabilities.',
      more: 'By letters, the model sees the four answers marked A to D, and the probability of each mark is read. As a continuation, each answer is tried as the model’s own reply, and the probability of its words is read.',
    },
    gate: {
      term: 'Factual questions',
      short: 'Questions with a known right answer that show whether a read-out works with this model at all.',
      more: 'Whoever guesses gets a quarter of them right. A read-out that is not clearly better than that offers no score, since its answers would be noise.',
    },
    score: {
      term: 'Score',
      short: 'The share of items, from 0 to 100, in which an answer of the high side comes first.',
      more: 'It counts choices and jumps when the first place changes, even where the probabilities hardly differ. 50 is what a model without a preference gives; it is not the average of people.',
    },
    weight: {
      term: 'Average weight on the high answers',
      short: 'How much probability the answers of the high side have together, on average, from 0 to 100.',
      more: 'It moves smoothly where the score jumps. Read the two side by side: a score far from 50 with a weight near 50 looks decided where nothing is.',
    },
    d: {
      term: 'd',
      short:
        'How much likelier the answers of the high side are than those of the low side, on a logarithmic scale.',
      more: 'It is the mean log-probability of the high answers less that of the low ones, in nats; 0.69 nats are a factor of two. For continuations it is counted per token, so that long answers are not at a disadvantage.',
    },
    interval: {
      term: '95% interval',
      short: 'How far a figure might change with other items of the same kind.',
      more: 'It comes from a bootstrap over the items (BCa, 2,000 draws). It says nothing about other models or other forms of asking. With few items it is wide, and with fewer than five the page may show none.',
    },
    refusal: {
      term: 'Refusal',
      short:
        'An answer in letters to which the model gives so little probability that it would rather say something else.',
      more: 'It is counted where all labels together have less than a quarter of the probability. In answers in words it is every answer that names none of the options.',
    },
    template: {
      term: 'Template',
      short: 'The wording around an item in the letter read-out.',
      more: 'There are three, T1 to T3, and each item is asked in two orders of its answers. How often the choice changes with the template or the order shows how much of it is due to the asking.',
    },
    seed: {
      term: 'Seed',
      short: 'The number from which all that is drawn at random follows.',
      more: 'The same seed, model file, device and questions give the same figures again.',
    },
    direction: {
      term: 'Direction',
      short:
        'The line inside the model along which texts that show a trait differ from texts that show its opposite.',
      more: 'It is the difference of two means of the residual stream, at one layer. Whether it means the trait, or only something that goes with it, has to be shown by what it does.',
    },
    stream: {
      term: 'Residual stream',
      short: 'The numbers that a model carries from layer to layer for each token.',
      more: 'Each layer reads them and adds to them. A push adds to them too; a meter reads them.',
    },
    dose: {
      term: 'Push and dose',
      short:
        'A push moves the residual stream along a direction while the model works; the dose says how far.',
      more: 'A dose of 0.2 adds a fifth of the usual length of the stream. Beyond some dose texts fall apart, and what they show then is damage, not a trait.',
    },
    meter: {
      term: 'Meter',
      short: 'What the residual stream reads along a direction at a token, against neutral text.',
      more: 'It is a z-score: 0 is the mean of neutral text, 1 is one standard deviation above it. What a push itself adds is taken out.',
    },
    chance: {
      term: 'Directions of chance',
      short:
        'Directions of the same length that mean nothing, pushed just as far: an effect has to beat them.',
      more: 'Some are drawn at random, some are made of the trait’s own texts with their sides mixed, which is the harder comparison. With 20 of them no p-value below 1/21 is possible.',
    },
    p: {
      term: 'p-value',
      short: 'How often chance alone would give a difference at least as large.',
      more: 'It comes from turning the signs of the differences of single items round. Where many figures are compared, the p-values are adjusted (Holm), so that one of them does not come out by luck.',
    },
    reliability: {
      term: 'Reliability',
      short: 'How well the items of a trait agree in telling settings of the model apart.',
      more: 'Cronbach’s alpha, omega and others answer that in different ways. With people, respondents are people; here they are settings of one model, so that the coefficient says how alike the items tell its settings apart.',
    },
    setting: {
      term: 'Setting',
      short: 'One way of asking: a persona, wording, label, order or language.',
      more: 'A study asks the same test under many settings. What stays the same is the model’s own; what moves is due to the asking.',
    },
    selftest: {
      term: 'Self-test',
      short: 'Known answers that this device has to reproduce before anything is asked.',
      more: 'Some graphics drivers compute silently wrong. A GPU that fails is left for the CPU, and the page says so.',
    },
    quantisation: {
      term: 'Quantisation',
      short:
        'How coarsely a model’s weights are stored: fewer bits make a smaller file and slightly other answers.',
      more: 'Q4 stores a weight in about four bits. Results of differently quantised files of one model are results of different models.',
    },
  },
};
