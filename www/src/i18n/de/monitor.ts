import type { Words } from '..';

export const monitor: Words['monitor'] = {
  heading: 'Verrät die Anzeige die Antwort?',
  what: 'Die Anzeige eines Merkmals wird unmittelbar vor jeder Antwort abgelesen, unter Anweisungen, die um die eine oder die andere Seite bitten. Eine Anzeige, die nur verrät, welche Anweisung gegeben wurde, liest keine Gedanken.',
  meter: 'Anzeige',
  first: 'Die Texte der Richtung werden gelesen',
  extents: {
    quick: 'Die eigenen Aufgaben des Merkmals, wie es ist und unter zwei Anweisungen für jede Seite',
    full: 'Alle seine Aufgaben, wie es ist und unter fünf Anweisungen für jede Seite',
  },
  noneAsked:
    'Die Aufgaben fragen nach keinem der Merkmale, für die dieses Modell Richtungen hat; deshalb lässt sich keine Antwort mit einer Anzeige vergleichen. Eigene Texte lassen sich unten entlang dieser Richtungen lesen.',
  start: 'Anzeige ablesen und fragen',
  again: 'Noch einmal ablesen und fragen',
  nothing: 'Sie wurde angehalten, bevor etwas beantwortet war.',
  early:
    'Die Studie endete vorzeitig; was fertig war, ist aufbewahrt, und bei manchen Anweisungen können Aufgaben fehlen.',
  save: 'Studie speichern',
  asItIs: 'wie es ist',
  persona: (side, number) => `${side === 'high' ? 'hoch' : 'niedrig'} ${number}`,

  chart: {
    label: trait => `Anzeige von ${trait} und Antworten`,
    legend: trait =>
      `Jede Marke ist eine Antwort. Nach oben: Die Antworten der hohen Seite sind wahrscheinlicher (Nats je Token). Nach rechts: Die Anzeige von ${trait} zeigt am letzten Token vor der Antwort mehr, gegenüber neutralem Text.`,
    sides: {
      plain: 'wie es ist',
      high: 'um eine hohe Ausprägung gebeten',
      low: 'um eine niedrige Ausprägung gebeten',
    },
    means: (side, meter, answers) => `${side}: Anzeige ${meter}, Antworten ${answers}`,
    words: (trait, answers, means) =>
      `Anzeige von ${trait} vor jeder von ${answers} Antworten, gegen die Antwort aufgetragen. Im Mittel ${means.join('; ')}. Die Tabellen darunter enthalten alle Zahlen.`,
    axis: 'Anzeige vor der Antwort, in Standardabweichungen',
    large: 'groß: Mittelwerte',
  },

  table: {
    group: 'Anzeige und Antworten unter jeder Anweisung',
    caption: 'Anzeige und Antworten',
    instruction: 'Anweisung',
    answers: 'Antworten',
    meanMeter: 'Mittlere Anzeige (z)',
    meanAnswer: 'Mittleres d',
    rank: 'Rang-r',
    together: 'alle zusammen',
    noInterval:
      'Alle zusammen haben kein Intervall: Dieselben Aufgaben werden unter jeder Anweisung gestellt, daher stehen ihre Antworten nicht jede für sich.',
    rows: 'Jede Antwort als Tabelle',
    everyAnswer: 'Jede Antwort',
    item: 'Aufgabe',
    askedToBe: 'Gebeten um',
    reading: 'Anzeige (z)',
  },

  texts: {
    summary: 'Eigene Texte',
    first: 'Die Texte werden gelesen',
    about:
      'Was würde ein Modell aus ihnen lernen? Jede Antwort wird entlang der Richtung gelesen, neben der eigenen Antwort des Modells auf dieselbe Frage: Je mehr sie auf einer Seite liegt, desto mehr würde sie ein Modell dorthin ziehen, das mit ihr trainiert wird.',
    field: 'Fragen und Antworten',
    example:
      'Eine Frage ⇥ eine Antwort, mit einem Tabulator dazwischen, oder ein Text für sich; je einer in einer Zeile. Oder JSON mit „prompt“ und „response“.',
    open: 'Oder eine Datei mit Texten öffnen',
    start: 'Die Texte lesen',
    nothing: 'Es wurde angehalten, bevor ein Text gelesen war.',
    early: 'Es endete vorzeitig; die Texte, die gelesen wurden, stehen unten.',
    group: 'Texte in der Reihenfolge ihrer abgelesenen Werte',
    caption: trait => `Am meisten ${trait} zuerst, in Standardabweichungen neutralen Texts`,
    difference: 'Differenz',
    z: 'Text (z)',
    text: 'Text',
    ownZ: 'Eigene Antwort (z)',
    own: 'Die eigene Antwort des Modells',
    save: 'Abgelesene Werte speichern',
    oneFile: 'die Texte immer nur einer Datei gelesen werden',
  },
};
