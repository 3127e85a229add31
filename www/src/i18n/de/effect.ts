import { plural } from '../../page/format';
import type { Words } from '..';

export const effect: Words['effect'] = {
  heading: 'Bewegt der Schub den Test?',
  what: 'Ob ein Schub tut, was sein Name sagt, zeigt sich im Test: Seine Aufgaben werden unter dem Schub gestellt und unter zufälligen Schüben derselben Größe. Nur was der Zufall nicht ebenso bewirkt, ist ein Effekt.',
  kind: 'Was herausgefunden wird',
  kinds: {
    quick: {
      title: 'Kurz',
      hint: 'Die eigenen Aufgaben des Merkmals, neben 20 Richtungen aus denselben Texten mit vermischten Seiten',
    },
    full: {
      title: 'Ausführlich',
      hint: 'Alle acht Merkmale, neben 20 solchen Richtungen, 20 zufällig gezogenen und dem Merkmal, um das mit Worten gebeten wird',
    },
    every: {
      title: 'Jede Richtung',
      hint: 'Die Richtungen aller Merkmale des Tests und der Regler, jede zu beiden Seiten geschoben: Was bewegt jede von ihnen sonst noch?',
    },
    texts: {
      title: 'Wie weit es geht',
      hint: 'Acht Fragen, bei neun Dosen beantwortet: Bis zu welcher halten die Texte zusammen?',
    },
  },
  start: {
    quick: 'Unter jeder Dosis fragen',
    full: 'Unter jeder Dosis fragen',
    every: 'Entlang jeder Richtung schieben',
    texts: 'Unter jeder Dosis schreiben',
  },
  again: 'Noch einmal untersuchen',
  first: {
    quick: 'Zufallsrichtungen werden gebildet',
    full: 'Zufallsrichtungen werden gebildet',
    every: 'Die erste Aufgabe wird gestellt',
    texts: 'Der erste Text wird geschrieben',
  },
  sweep: hint => ['Zuerst die Schicht wählen ', hint],
  sweepHint: 'aus fünf, an der anderen Hälfte der Aufgaben',
  save: 'Studie speichern',
  nothing: 'Sie wurde angehalten, bevor etwas beantwortet war.',
  itemsOf: 'Aufgaben zu',
  change: 'Änderung von d',
  dose: 'Dosis',
  layer: 'Schicht',
  otherWay: 'Gegenläufig',
  tests: 'p (Holm)',

  result: {
    early:
      'Die Studie endete vorzeitig; was fertig war, ist aufbewahrt, und bei manchen Dosen können Aufgaben fehlen.',
    chart: trait => `Dosen von ${trait}`,
    legend: (trait, items) =>
      `Nach oben: Antworten der hohen Seite werden wahrscheinlicher als die der niedrigen (Nats je Token). Punkte: die Richtung von ${trait}, mit 95-%-Intervallen über ${plural(items, 'Aufgabe', 'Aufgaben')}. Ringe: Zufallsrichtungen derselben Größe.`,
    dashed: 'Gestrichelt: wo der Regler steht.',
    shaded:
      'Schattiert: Dosen, bei denen Texte dieses Modells zerfallen; was dort geantwortet wird, sagt kein unbeschädigtes Modell mehr.',
    chosen: (layer, items, tried) =>
      `Schicht ${layer} wurde an ${plural(items, 'anderen Aufgabe', 'anderen Aufgaben')} gewählt (${tried.join('; ')}); was folgt, stammt von Aufgaben, die daran nicht beteiligt waren.`,
    noOwn: trait =>
      `Keine Aufgaben fragen nach ${trait} selbst; die Tabelle zeigt, was die Richtung mit den Merkmalen macht, nach denen die Aufgaben fragen.`,
    noOwnFrom: (trait, widest) =>
      `Keine Aufgaben fragen nach ${trait} selbst; die Tabelle zeigt, was die Richtung von −${widest} bis +${widest} mit den Merkmalen macht, nach denen die Aufgaben fragen.`,
  },

  table: {
    effects: 'Effekte auf jedes Merkmal',
    span: widest => `Von −${widest} bis +${widest}`,
    cohen: 'Cohens d',
    larger: 'Größer als der Zufall',
    cosine: 'Kosinus mit dessen Richtung',
    score: 'Wert',
    against: 'Änderung gegenüber 0',
    doses: 'Jede Dosis als Tabelle',
    everyDose: 'Jede Dosis',
    chances: 'Jede Zufallsrichtung als Tabelle',
    everyChance: 'Jede Zufallsrichtung',
    directions: 'Richtungen',
    lowest: 'Niedrigste bis höchste',
    each: 'Änderung gegenüber 0, einzeln',
    apart: '; ',
    legend:
      'd: um wie viel wahrscheinlicher die hohen Antworten sind als die niedrigen, in Nats je Token. Cohens d: die mittlere Änderung in Einheiten der Streuung zwischen den Aufgaben. p: Vorzeichen-Permutationstest, nach Holm für alle Vergleiche dieser Studie angepasst. Kosinus: wie weit die Richtung jenes Merkmals dieselbe ist wie die, entlang der geschoben wurde; ein Schub bewegt auch, was entlang seiner Richtung liegt.',
    count: {
      shuffled: count => `${count} gemischte`,
      gaussian: count => `${count} zufällige`,
      trait: count => `${count} `,
    },
    place: {
      shuffled: (larger, of) => `${larger} von ${of} gemischten`,
      gaussian: (larger, of) => `${larger} von ${of} zufälligen`,
    },
  },

  chart: {
    axis: trait => `Dosis von ${trait}`,
    ends: (trait, along, ends) =>
      `Antworten zu ${trait} entlang der Dosen von ${along}, in Nats je Token: von ${ends.map(([value, dose], i) => `${value} bei ${i === 0 ? 'einer Dosis von ' : ''}${dose}`).join(' bis ')}.`,
    one: (trait, along) =>
      `Antworten zu ${trait} entlang der Dosen von ${along}, in Nats je Token: bei einer Dosis.`,
    chance: (low, high) => `Zufallsrichtungen ändern das um ${low} bis ${high}.`,
    below: 'Die Tabellen darunter enthalten alle Zahlen.',
  },

  personas: {
    caption: 'Geschoben, mit Worten gebeten und beides',
    instruction: 'Anweisung',
    noPush: 'Kein Schub',
    push: dose => `Schub von ${dose}`,
    none: 'keine',
    against: 'womit alles verglichen wird',
    legend: trait => `Änderungen von d bei den Aufgaben zu ${trait}, mit 95-%-Intervallen.`,
  },

  every: {
    early:
      'Die Studie endete vorzeitig; was fertig war, ist aufbewahrt, und bei manchen Merkmalen können Aufgaben fehlen.',
    caption: 'Was jede Richtung bewegt',
    group: 'Jede Richtung bei jedem Merkmal',
    direction: 'Richtung',
    legend: dose =>
      `Änderung von d, in Nats je Token, von −${dose} bis +${dose} entlang jeder Richtung, bei den Aufgaben zu jedem Merkmal. Umrahmt: das eigene Merkmal der Richtung. Orange: Antworten der hohen Seite wurden wahrscheinlicher; blau: weniger wahrscheinlich. Zeig auf eine Zelle, um ihr 95-%-Intervall zu sehen; es gilt für diese Zelle allein: Von so vielen geht eines von zwanzig durch Zufall fehl. Die Richtungen wurden hier nicht mit dem Zufall verglichen; das tut die Studie einer einzelnen Richtung.`,
    cell: (direction, trait, interval) => `${direction} bei ${trait}: ${interval}`,
    cells: 'Jede Zelle mit ihrem Intervall',
    everyCell: 'Jede Zelle',
    alike: 'Wie weit die Richtungen dieselben sind',
    cosines: 'Kosinus der Richtungen',
    atLayers: 'Kosinus der Richtungen, jede an ihrer Schicht',
  },

  texts: {
    nothing: 'Sie wurde angehalten, bevor die Texte ohne Schub geschrieben waren.',
    early: 'Die Studie endete vorzeitig; die Dosen, die fertig wurden, stehen unten.',
    known: (low, high) =>
      `Zuvor an mehr Fragen gemessen: von ${low} bis ${high}. Danach richten sich die Regler.`,
    group: 'Wie Texte zusammenhalten',
    caption: 'Texte unter jeder Dosis',
    logProb: 'Log-Wahrscheinlichkeit',
    repeated: 'Wiederholt',
    packing: 'Packung',
    holds: 'Hält zusammen',
    legend:
      'Log-Wahrscheinlichkeit: eines Tokens, in Nats, nach dem Modell ohne Schub. Wiederholt: Anteil der Folgen von drei Token, die schon vorher im Text stehen. Packung: um das Wievielfache die Texte kleiner werden, wenn man sie komprimiert. Texte zerfallen, wo sie gegenüber denen ohne Schub mehr als 1 Nat je Token verlieren, wo ein Fünftel mehr wiederholt wird oder wo sie sich anderthalbmal so gut packen lassen.',
    summary: 'Die Texte',
    ofDose: 'Texte einer Dosis',
    question: 'Frage',
    answer: 'Antwort',
  },
};
