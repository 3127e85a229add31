import type { Words } from '..';

/** Numbers stand here as an address has them. */
export const settings: Words['settings'] = {
  unknown: key => `„${key}“ ist keine Einstellung.`,
  refused: (text, key, allowed) => `„${text}“ ist für „${key}“ nicht erlaubt. Erlaubt ist: ${allowed}.`,
  noModel: id => `„${id}“ ist für „model“ nicht erlaubt: Der Katalog hat kein solches Modell.`,
  noTrait: trait => `Die Aufgaben kennen kein Merkmal „${trait}“.`,
  crowdedOut: trait =>
    `„${trait}“ bekommt keine Aufgabe, da „items“ kleiner ist als die Zahl der Merkmale; vergrößere es.`,
  allowed: {
    model: 'die Kennung eines Modells aus dem Katalog',
    inventory: 'ein Inventar mit einer Sprache, etwa ipip-neo-120.de',
    oneOf: values => values.join(', '),
    someOf: values => `eines oder mehrere von ${values.join(', ')}`,
    version: '1, die Version dieser Seite; eine spätere ist für eine neuere Seite',
    yesNo: '0 oder 1',
    whole: (low, high) => `eine ganze Zahl von ${low} bis ${high}`,
    wholeOr: (low, high, other) => `eine ganze Zahl von ${low} bis ${high} oder „${other}“`,
    number: (low, high) => `eine Zahl von ${low} bis ${high}`,
    traits: 'Namen von Merkmalen, durch Kommas getrennt',
    direction: 'den Namen einer Richtung, etwa agreeableness',
    text: most => `ein Text von höchstens ${most} Zeichen`,
    dials: (most, dose) =>
      `bis zu ${most} Merkmale mit Dosen von -${dose} bis ${dose}, etwa agreeableness:0.2,humour:-0.1`,
  },
};
