import { plural } from '../../page/format';
import type { Words } from '..';

export const report: Words['report'] = {
  heading: 'Berichte',
  reading: file => `${file} wird gelesen …`,
  open: 'Gespeicherte Ergebnisse öffnen',
  openHint:
    'Zieh eine oder mehrere Dateien, die hier gespeichert wurden (.json oder .csv), hierher oder drücke, um sie zu wählen: um sie wieder zu lesen oder miteinander zu vergleichen. Sie bleiben, bis die Seite geschlossen wird.',
  answers: count => plural(count, 'Antwort', 'Antworten'),
  current: 'der Test oben',
  aside: 'ein Test dieser Seite, beiseitegelegt',
  remove: 'Entfernen',
  removeOne: number => `Bericht ${number} entfernen`,
  read: 'Bericht lesen',
  print: 'Diesen Bericht drucken',
  title: model => `Test von ${model}`,
  model: 'Das Modell',
  asked: 'Was gefragt wurde',
  readable: 'Lassen sich die Antworten lesen?',
  steady: 'Wie beständig die Antworten sind',
  selfReport: 'Selbstauskunft ist kein Verhalten: Das sind Antworten auf einen Fragebogen, nicht mehr.',
  limits: 'Was das nicht zeigt',
  cannot: intro => `${intro} Sie können nicht`,
  gateUnknown: 'Die Sachfragen stehen nicht in der Tabelle; deshalb ist das nicht bekannt.',
  gateNone: 'Keine Sachfrage wurde beantwortet; deshalb zeigt nichts, dass sie sich lesen lassen.',
  answersHow: 'Wie es antwortet',
  answersBy: readout => `Wie es antwortet: ${readout}`,
  nothingOffered:
    'Es wird kein Merkmalswert angeboten: Von keiner Auslesung ist bekannt, dass sie funktioniert.',
  about: (what, sentence) => `${what}: ${sentence}`,
  letters: 'Buchstaben',
  factualLetters: 'Buchstaben bei den Sachfragen',
};
