import { plural } from '../../page/format';

/** What studies of directions found, in sentences. `sure` is an interval in brackets, or nothing. */
export const findings = {
  towards: (trait: string, widest: string, value: string, sure: string) =>
    `From −${widest} to +${widest} along ${trait}, the answers moved towards ${trait} by ${value} nats a token${sure}`,
  away: (trait: string, widest: string, value: string, sure: string) =>
    `From −${widest} to +${widest} along ${trait}, the answers moved away from ${trait} by ${value} nats a token${sure}`,
  noChance: (moved: string) => `${moved}. It was not held against chance.`,
  shuffled: (directions: number) => `${directions} directions made of the same texts with their sides mixed`,
  gaussian: (directions: number) => `${directions} directions drawn at random`,
  moreThanChance: (moved: string, directions: string) => `${moved}: more than any of ${directions}.`,
  asMuch: (moved: string, count: number, directions: string) =>
    `${moved}, and ${count} of ${directions} did as much`,
  nothing: (moved: string) => `${moved}. Nothing that chance would not do was found.`,
  wrongWay: (moved: string) => `${moved}. The push did not do what its name says.`,
  risk: 'Pushed this far, the model may write insults or threats. They are nobody’s opinion: they show what text of that kind looks like to the model.',
  riskAlong: (traits: string) =>
    `Pushed this far along ${traits}, the model may write insults or threats. They are nobody’s opinion: they show what text of that kind looks like to the model.`,
  noItems: (trait: string) => `No items ask about ${trait}: whether its push moves answers is not known.`,
  notMeasured: (trait: string) =>
    `Whether a push along ${trait} moves the answers of this model was not measured.`,
  measured: (dose: string, value: string, low: string, high: string, items: number) =>
    `(from −${dose} to +${dose} by ${value} nats a token, 95% interval ${low} to ${high}, ${plural(items, 'item')})`,
  knownEffect: (trait: string, chance: number, measured: string) =>
    `Known of ${trait}: its push moves the answers its way, by more than any of ${chance} directions of chance ${measured}.`,
  knownNothing: (trait: string, above: number, chance: number, measured: string) =>
    `Known of ${trait}: nothing was found that chance would not do. Its push moved the answers more than ${above} of ${chance} directions of chance ${measured}.`,
  coherence: {
    untried: 'Only the texts without a push were written.',
    held: (trait: string, low: string, high: string) =>
      `Along ${trait}, texts hold together under every dose that was tried, from ${low} to ${high}.`,
    apart: (trait: string) => `Along ${trait}, texts fall apart under the smallest push that was tried.`,
    apartSoFar: (trait: string) =>
      `Along ${trait}, texts fall apart under the smallest push that was tried, as far as was tried.`,
    range: (trait: string, low: string, high: string) =>
      `Along ${trait}, texts hold together from ${low} to ${high}: what a stronger push shows is damage rather than a trait.`,
    rangeSoFar: (trait: string, low: string, high: string) =>
      `Along ${trait}, texts hold together from ${low} to ${high}, as far as was tried: what a stronger push shows is damage rather than a trait.`,
  },
  specificity: {
    noItems: 'No items ask about the traits of these directions themselves.',
    moved: (directions: number, moved: number) =>
      `Of ${plural(directions, 'direction')} whose own trait the items ask about, ${moved} moved the answers that way (95% interval above 0)`,
    none: (moved: string) => `${moved}.`,
    oneOwn: (moved: string) => `${moved}: its own most.`,
    oneOther: (moved: string) => `${moved}: another trait more.`,
    allOwn: (moved: string) => `${moved}; all of these moved their own trait most.`,
    someOwn: (moved: string, own: number) => `${moved}; ${own} of these moved their own trait most.`,
  },
  monitor: {
    tooFew: (trait: string) => `There are too few answers to say whether the meter of ${trait} tells them.`,
    r: (r: string, answers: number) => `r = ${r}, ${plural(answers, 'answer')}`,
    rSure: (r: string, low: string, high: string, answers: number) =>
      `r = ${r}, 95% interval ${low} to ${high}, ${plural(answers, 'answer')}`,
    tells: (trait: string, r: string) =>
      `Before an answer, with no instruction, the meter of ${trait} and the answer go together with ${r}: it tells which items are answered more that way.`,
    wrongWay: (trait: string, r: string) =>
      `Before an answer, with no instruction, the meter of ${trait} and the answer go together with ${r}: it points the wrong way.`,
    tellsNot: (trait: string, r: string) =>
      `Before an answer, with no instruction, the meter of ${trait} and the answer go together with ${r}: it does not tell which items are answered more that way.`,
    followsInstruction: (r: string) =>
      `Over all instructions together r = ${r}: it follows the instruction, not the item.`,
    followsBoth: (r: string) => `Over all instructions together r = ${r}.`,
    followsNothing: (r: string) =>
      `Over all instructions together r = ${r}: it does not tell what the instruction makes of the answers either.`,
  },
  separation: (trait: string, right: number) =>
    `The direction of ${trait} tells ${right} of 100 pairs of texts apart that it was not made of (guessing: 50).`,
  data: {
    nothing: 'No text was read.',
    neutral: (trait: string, z: string, sure: string) =>
      `Without questions there are no own answers to hold them against. Along ${trait} the texts lie ${z} standard deviations from neutral text${sure}.`,
    above: (trait: string, value: string, sure: string, answers: number) =>
      `The answers lie ${value} standard deviations above the model’s own along ${trait}${sure}, over ${plural(answers, 'answer')}`,
    below: (trait: string, value: string, sure: string, answers: number) =>
      `The answers lie ${value} standard deviations below the model’s own along ${trait}${sure}, over ${plural(answers, 'answer')}`,
    unclear: (lies: string) => `${lies}: no clear difference.`,
    towards: (lies: string, trait: string) =>
      `${lies}: they would pull a model that learns of them towards ${trait}, if they move it at all.`,
    away: (lies: string, trait: string) =>
      `${lies}: they would pull a model that learns of them away from ${trait}, if they move it at all.`,
  },
};
