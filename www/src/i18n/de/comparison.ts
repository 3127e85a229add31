import { plural } from '../../page/format';
import type { Words } from '..';

export const comparison: Words['comparison'] = {
  heading: 'Nebeneinander',
  against: 'Verglichen mit',
  choice: (name, date) => `${name}, ${date}`,
  impossible: (name, baseline, why) => `${name} lässt sich nicht mit ${baseline} vergleichen: ${why}.`,
  fromTable: names =>
    `Wie gefragt wurde, ist bei dem, was aus einer Tabelle stammt, nicht bekannt: ${names}.`,
  same: 'Modell, Gerät und Fragen waren bei allen gleich.',
  sameAsKnown: 'Modell, Gerät und Fragen waren, soweit bekannt, bei allen gleich.',
  different: 'Was anders war',
  what: 'Was',
  doubt: (name, why) => `${name}. ${why}`,
  leftOut: (name, why) => `${name} ist hier ausgelassen: ${why}.`,
  notOffered: readout => `${readout}: nicht angeboten, und warum`,
  scores: {
    label: 'Werte nebeneinander',
    items: 'Werte von 100, mit 95-%-Intervallen',
    statements: 'Mittlere Punkte, mit 95-%-Intervallen',
    baseline: 'Ausgangswert',
  },
  less: (name, baseline) => `${name}, minus ${baseline}`,
  chart: (name, baseline, readout) => `Unterschiede: ${name}, minus ${baseline}, ${readout}`,
  asTable: 'Die Unterschiede als Tabelle',
  ofFacets: 'Die Unterschiede der Facetten',
  table: {
    label: 'Unterschiede',
    trait: 'Merkmal',
    domain: 'Domäne',
    facet: 'Facette',
    score: 'Wert',
    d: 'd',
    points: 'Punkte',
    items: 'Auf\u00ADgaben',
    statements: 'Aus\u00ADsagen',
    leftOut: 'Aus\u00ADge\u00ADlassen',
    interval: '95-%-Intervall',
    dz: 'dz',
    p: 'p',
    adjusted: 'p (Holm)',
    against: 'Gegen\u00ADläufig',
  },
  withInterval: (value, interval) => `${value} (${interval})`,
  meaning: {
    items: unit =>
      `Unterschiede in d, ${unit}: um wie viel wahrscheinlicher die hohen Antworten sind als die niedrigen.`,
    statements: 'Unterschiede in mittleren Punkten der Skala, umgekehrte Aussagen umgepolt.',
    tests:
      'Aufgabe für Aufgabe, mit dem 95-%-Intervall über die Aufgaben. dz: der mittlere Unterschied in Einheiten seiner Streuung zwischen den Aufgaben. p: Vorzeichen-Permutationstest, nach Holm für alle Zeilen einer Tabelle angepasst.',
  },
  units: { points: 'Punkte', nats: 'Nats', natsToken: 'Nats je Token' },
  save: 'Vergleich speichern (JSON)',
  print: 'Vergleich drucken',
  saveTable: 'Vergleich als Tabelle speichern (CSV)',
  why: {
    kinds: 'der eine hat Aufgaben mit vier Antworten, der andere Aussagen auf einer Skala',
    scales: (one, other) => `die eine Skala hat ${one} Antworten, die andere ${other}`,
    readouts: 'es gibt keine Auslesung, in der beide Werte haben',
    items: 'sie haben keine Aufgabe gemeinsam',
    noScores: 'es gibt keine Werte in dieser Auslesung',
    incomplete: 'keine Aufgabe ist in beiden vollständig',
  },
  change: {
    few: enough => `Jeweils weniger als ${enough}: zu wenige, um eine Änderung vom Zufall zu unterscheiden.`,
    up: traits => `mehr wie jemand mit hohen Werten in ${traits}`,
    down: traits => `weniger wie jemand mit hohen Werten in ${traits}`,
    none: other => `Keine klare Änderung: nichts, was andere ${other} nicht wieder aufheben könnten.`,
    items: 'Aufgaben',
    told: how => `Es antwortet ${how.join(' und ')}.`,
    toldSome: (told, rest) =>
      `${told} ${rest === 1 ? 'Ein anderes Merkmal zeigt' : `${rest} andere Merkmale zeigen`} keine klare Änderung.`,
    pairedItems: paired =>
      `Über ${plural(paired, 'Aufgabe', 'Aufgaben')}, die in beiden vollständig ${paired === 1 ? 'ist' : 'sind'}`,
    pairedStatements: paired =>
      `Über ${plural(paired, 'Aussage', 'Aussagen')}, die in beiden vollständig ${paired === 1 ? 'ist' : 'sind'}`,
    paired: over => `${over}.`,
    unpaired: (over, left, figure) =>
      `${over}; ${figure}, die nur einer hat, ${left === 1 ? 'ist' : 'sind'} ausgelassen.`,
  },
  tableDoubt:
    'Aus einer Tabelle: Ihre Sachfragen sind nicht bekannt, deshalb können das Antworten sein, die nichts bedeuten.',
  noQuestions: readout =>
    `Keine Sachfrage wurde in der Auslesung „${readout}“ beantwortet; deshalb ist darüber nichts bekannt.`,
};
