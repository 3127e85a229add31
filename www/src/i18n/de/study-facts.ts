import { listed, plural } from '../../page/format';
import type { Words } from '..';

export const studyFacts: Words['studyFacts'] = {
  names: {
    model: 'Modell',
    file: 'Modelldatei (SHA-256)',
    device: 'Gerät',
    which: 'Welches Gerät',
    arithmetic: 'Arithmetik',
    program: 'Programm',
    begun: 'Begonnen',
    items: 'Aufgaben',
    statements: 'Aussagen',
    readAs: 'Ausgelesen als',
    templates: 'Vorlagen',
    orders: 'Reihenfolgen der Antworten',
    paraphrases: 'Auch Paraphrasen',
    gain: 'Auch neutraler Prompt',
    settings: 'Beantwortete Einstellungen',
    gate: 'Sachfragen',
    seed: 'Seed',
    source: 'Methode aus',
  },
  arithmetic: { f32: 'genau (f32)', int8: 'auf 8 Bit gerundet (int8)' },
  none: 'keine',
  allOrders: 'alle',
  varied: factor => `Variiert: ${factor}`,
  levels: (count, first, last) => `${plural(count, 'Stufe', 'Stufen')}: ${first.join(', ')} … ${last}`,
  unknownDevice: 'ein unbekanntes Gerät',
  under: (device, settings) => `${device} unter ${plural(settings, 'Einstellung', 'Einstellungen')}`,
  items: (bank, each, traits) => {
    const of = traits ? listed(traits) : 'jedem Merkmal';
    return `${bank}: ${each ?? 'alle'} ${traits && traits.length > 1 ? 'von jedem aus ' : 'von '}${of}`;
  },
  statements: (inventory, each) =>
    each === null ? `${inventory}, alle` : `${inventory}: ${each} von jeder Domäne`,
  readAs: readouts => (readouts.length > 0 ? listed(readouts) : 'gar nicht'),
  readAsBut: (readouts, left) =>
    `${readouts.length > 0 ? listed(readouts) : 'gar nicht'}; nicht als ${listed(left)}: die Sachfragen nicht bestanden`,
  settings: (answered, asked) => `${answered} von ${asked}`,
  settingsDrawn: (answered, asked, all) => `${answered} von ${asked}, mit dem Seed aus ${all} gezogen`,

  report: {
    heading: (study, model) => `${study}: Studie von ${model}`,
    model: 'Das Modell',
    asked: 'Was gefragt wurde',
    gate: 'Lassen sich seine Antworten auslesen?',
    noGate: 'Keine Sachfrage wurde beantwortet, also zeigt nichts, dass sie sich auslesen lassen.',
    answers: 'Wie es unter den Einstellungen antwortet',
    nothing: 'Es wurde nichts gefragt: Keine Art, die Antworten auszulesen, besteht die Sachfragen.',
    limits:
      'Das sind Antworten eines einzigen Modells auf einen Fragebogen, unter Einstellungen, die jemand gewählt hat.',
  },
};
