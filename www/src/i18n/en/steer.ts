import { listed } from '../../page/format';

/** Turning the dials of traits, and the two answers. Names of traits come as they stand within a sentence, unless it begins with them. */
export const steer = {
  heading: 'Steer',
  lead: 'Inside the model, each trait has a direction. Push the model along it while it writes, and compare.',
  waiting: {
    model: 'Push the model along the direction of a trait while it writes, and see what changes.',
    fetching: 'Fetching the directions of this model…',
    none: 'No directions of traits are known for this model file.',
  },
  add: 'Add a trait',
  widest: 'How far the dials go',
  widestHint: 'and the doses of the studies of a push',
  question: 'What it is asked',
  stop: 'Stop',
  write: 'Write both answers',
  alikeButForThePush: 'The same question and the same random numbers, with and without the push.',
  goesOn: 'This model was not trained to answer: it goes on from the text.',
  cosine: (a: string, b: string, value: string) => `${a} and ${b} ${value}`,
  cosines: (pairs: string[]) =>
    `Cosines of the directions: ${listed(pairs)}. Pushes along directions that are alike add up.`,
  orthogonal: 'Push along what each has beside those above it',
  usable: (trait: string, low: string, high: string) => `${trait} from ${low} to ${high}`,
  apart: (ranges: string[]) =>
    `Texts of this model hold together under ${listed(ranges)}. Beyond that they fall apart, and what they show is damage rather than a trait.`,
  layers: {
    summary: 'Every layer at once',
    about: (trait: string) =>
      `The text is read once more by the model as it is, without a push, and ${trait} is read at all its layers.`,
    read: { unsteered: 'Read the plain answer', steered: 'Read the steered answer' },
    chart: (trait: string) => `${trait} at every layer`,
  },
  save: { json: 'Save both answers (JSON)', csv: 'Save their readings as a table (CSV)' },
  dial: {
    trait: 'Trait',
    dose: (trait: string) => `${trait}: dose`,
    risky: (dose: string) => `${dose}, may produce threats or insults`,
    remove: (trait: string) => `Remove ${trait}`,
  },
  twins: {
    unsteered: 'As it is',
    steered: 'Steered',
    answer: (heading: string) => `Answer: ${heading}`,
    stopped: 'Stopped.',
    colouredBy: (choice: unknown): unknown[] => ['Coloured by ', choice],
    coloured: (trait: string, layer: number | undefined) =>
      `Coloured by ${trait}, read at layer ${layer ?? ''}:`,
    colours: (less: unknown, more: unknown): unknown[] => [less, ' ', more, ' than neutral text'],
    less: 'less',
    more: 'more',
    pushTakenOut:
      'The push itself is taken out of these readings: what is left is what the text does to the model.',
    chart: (trait: string) => `${trait} along the tokens`,
    table: 'The readings as a table',
    number: 'Token',
  },
  token: {
    reading: (text: string, at: number, of: number, value: string) =>
      `“${text}”, token ${at} of ${of}: ${value}`,
    notRead: 'not read',
    deviations: (z: string) => `${z} standard deviations`,
  },
  trace: {
    names: { unsteered: 'unsteered', steered: 'steered' },
    mean: (name: string, mean: string) => `${name}: ${mean} on average`,
    nothing: (name: string) => `${name}: nothing yet`,
    words: (trait: string, means: string[]) =>
      `${trait} along the tokens, in standard deviations of neutral text. ${means.join('; ')}.`,
    first: 'first token',
    last: (length: number) => `token ${length}`,
  },
  map: {
    group: 'The map; the arrow keys go through it',
    words: (trait: string) =>
      `${trait} at each layer for each token. The tables below hold the means and every cell.`,
    extremes: (trait: string, high: { layer: number; z: string }, low: { layer: number; z: string }) =>
      `${trait} at each layer for each token: over the answer most at layer ${high.layer} (${high.z} standard deviations from neutral text), least at layer ${low.layer} (${low.z}). The tables below hold the means and every cell.`,
    key: (colours: unknown): unknown[] => ['less ', colours, ' more than neutral text'],
    axes: 'Left to right: the tokens; bottom to top: the layers. The line: where the answer begins.',
    point: 'Point at a cell, or go to it with the arrow keys, to read it.',
    cell: (text: string, part: 'prompt' | 'answer', layer: number | undefined, value: string) =>
      `“${text}” (${part}), layer ${layer}: ${value}`,
    table: 'Layer by layer as a table',
    layer: 'Layer',
    prompt: 'Prompt',
    answer: 'Answer',
    means: 'Mean z-scores against neutral text, without the first token.',
    every: 'Every cell as a table',
    everyCell: (trait: string) =>
      `${trait}: z-scores against neutral text, a row for each token, a column for each layer`,
    token: (at: number, text: string) => `${at} “${text}”`,
    atLayer: (layer: number) => `Layer ${layer}`,
  },
  aside: {
    waits: (traits: string[], model: string) =>
      `Your own directions of ${model} (${listed(traits)}) are of no use with another model. They wait in this browser, and are back once ${model} is loaded again.`,
    save: 'Save them (.safetensors)',
    saveOf: (model: string) => `Save them (.safetensors): ${model}`,
  },
  own: {
    summary: 'Directions of your own',
    go: 'Make or open a direction',
    about: (least: number) =>
      `A direction is the difference between two kinds of texts. Write at least ${least} of each, alike in everything but the trait, one a line; twenty are better.`,
    kept: 'What you make or open is kept in this browser with its texts, and is back with its model. In Results it stands among what is kept, where you can delete it.',
    name: 'Name of the trait',
    description: 'What it is (kept with the direction)',
    high: 'Texts that show it',
    low: 'Texts that show the opposite',
    highExample: 'I hum while I wash the dishes.',
    lowExample: 'I sigh while I wash the dishes.',
    make: 'Make the direction',
    reading: 'reading the texts',
    read: (done: number, total: number) => `${done} of ${total} texts read`,
    made: (trait: string) => `${trait} is among the dials now.`,
    tooFew: 'There were too few texts to tell how well it separates new ones.',
    separates: (pairs: number) =>
      `It tells ${pairs} of 100 pairs of texts apart that it was not made of (guessing: 50).`,
    open: 'Or open a file of directions',
    openHint: 'GGUF control vectors or .safetensors files of this model, made here or by another program.',
    saveAll: 'Save all directions (.safetensors)',
    saveFirst: 'Save the first dial’s (.gguf)',
  },
};
