import { plural } from '../../page/format';
import type { Words } from '..';

type Own = Words['wording'];

const readouts: Own['readouts'] = {
  names: { letters: 'Buchstaben', continuation: 'Fortsetzung' },
  within: { letters: 'Buchstaben', continuation: 'Fortsetzung' },
  meanings: {
    letters:
      'Das Modell sieht vier Antworten mit den Zeichen A bis D (oder 1 bis 4); wir lesen, welches Zeichen es vorzieht.',
    continuation:
      'Jede Antwort wird als eigene Antwort des Modells erprobt; wir lesen, wie wahrscheinlich ihre Wörter sind.',
  },
  ratings: {
    letters:
      'Das Modell sieht die Antworten der Skala mit den Zeichen A, B und so weiter (oder 1, 2); wir lesen, welches Zeichen es vorzieht.',
    continuation:
      'Jede Antwort der Skala wird als eigene Antwort des Modells erprobt; wir lesen, wie sehr die Aussage die Wahrscheinlichkeit ihrer Wörter ändert.',
  },
};

const model: Own['model'] = {
  gpu: 'die GPU dieses Computers',
  cpu: 'die CPU dieses Computers',
  device: (kind, detail) => `${kind} (${detail})`,
  against: {
    golden: 'den bekannten Antworten für dieses Modell',
    'cpu-twin': 'den Ergebnissen der CPU für denselben Text',
    repeat: 'einem zweiten Rechenweg für denselben Text',
  },
  fellBack:
    'Die GPU hat diesen Test nicht bestanden, deshalb läuft das Modell jetzt auf der CPU, die ihn bestanden hat. Alle Ergebnisse stammen von der CPU.',
  failed: (device, against, error, allowed, message) =>
    `Nicht bestanden: Die Zahlen der ${device} weichen von ${against} um ${error} ab (erlaubt: ${allowed}). ${message}`,
  passed: (device, against, error, allowed) =>
    `Bestanden: Die Zahlen der ${device} stimmen mit ${against} bis auf ${error} überein (erlaubt: ${allowed}).`,
  noLicence: 'Lizenz nicht angegeben',
  billions: count => `${count} Milliarden Parameter`,
  millions: count => `${count} Millionen Parameter`,
  layers: count => plural(count, 'Schicht', 'Schichten'),
  phases: {
    download: 'Das Modell wird heruntergeladen',
    elsewhere: 'Ein anderer Tab lädt dieses Modell herunter; es wird darauf gewartet',
    verify: 'Die Datei wird geprüft',
    read: 'Das Modell wird gelesen',
    weights: 'Das Modell wird gelesen',
    tensors: 'Das Modell wird gelesen',
    header: 'Der Kopf der Modelldatei wird gelesen',
    tokenizer: 'Das Vokabular wird vorbereitet',
    upload: 'Das Modell wird auf das Gerät übertragen',
    compile: 'Das Gerät wird vorbereitet',
  },
  otherPhase: 'Das Modell wird vorbereitet',
};

const gate: Own['gate'] = {
  statements: (readout, right, items) =>
    `Die Auslesung „${readout}“ hat in ${right} von ${items} Paaren die wahre Aussage höher bewertet als die falsche`,
  questions: (readout, right, items) =>
    `Die Auslesung „${readout}“ hat ${right} von ${items} Sachfragen richtig beantwortet`,
  inOrders: (readout, right, items, questions, orders) =>
    `Die Auslesung „${readout}“ hat ${right} von ${items} Antworten auf ${questions} Sachfragen richtig gegeben (jede Frage in ${orders} Reihenfolgen gestellt)`,
  stopped: (right, asked) =>
    `${right}, bevor der Test abgebrochen wurde; erst alle ${asked} können zeigen, ob sie funktioniert.`,
  tooFew: right => `${right}: zu wenige Fragen, um zu sagen, ob sie funktioniert.`,
  passes: (right, chance) =>
    `${right} (durch Raten wären es ${chance}); ihre Werte können also gezeigt werden.`,
  guesses: right => `${right}: nicht besser als Raten. Deshalb wird aus ihr kein Merkmalswert angeboten.`,
  unclear: right =>
    `${right}: besser als Raten, aber nicht deutlich genug. Deshalb wird aus ihr kein Merkmalswert angeboten.`,
};

const scores: Own['scores'] = {
  high: traits => `hohen Werten in ${traits}`,
  low: traits => `niedrigen Werten in ${traits}`,
  noLean:
    'Keine klare Neigung: Kein Merkmal liegt sicher auf einer Seite von 50, dem Punkt, an dem sich niedrige und hohe Antworten die Waage halten.',
  leans: like => `Bei diesen Aufgaben antwortet das Modell wie jemand mit ${like.join(' und mit ')}.`,
  leansSome: (leans, others) =>
    `${leans} ${others === 1 ? 'Das andere Merkmal zeigt' : `Die anderen ${others} Merkmale zeigen`} keine klare Neigung.`,
  splitHigh: traits =>
    `In ${traits} widersprechen sich Wert und Gewicht: Bei den meisten Aufgaben gewinnt eine hohe Antwort, doch im Mittel sind die niedrigen Antworten die wahrscheinlicheren. Das ist keine klare Neigung.`,
  splitLow: traits =>
    `In ${traits} widersprechen sich Wert und Gewicht: Bei den meisten Aufgaben gewinnt eine niedrige Antwort, doch im Mittel sind die hohen Antworten die wahrscheinlicheren. Das ist keine klare Neigung.`,
  few: items =>
    `Nur ${plural(items, 'Aufgabe', 'Aufgaben')} je Merkmal: ein erster Blick, keine Messung. Der Standardtest gibt schmalere Intervalle.`,
  rounding: (answers, mean, largest, changed) =>
    `Es wurde schneller gerechnet. Bei ${answers} Antworten auf Sachfragen, die auf beide Arten berechnet wurden, hat das Runden die Wahrscheinlichkeit der richtigen Antwort im Mittel um ${mean} von 100 Punkten verschoben, höchstens um ${largest}, und in ${changed} Fällen die Wahl geändert.`,
  means: (plus, points, minus) =>
    `Aussagen, die für ihre Domäne sprechen, erhalten ${plus} von ${points} Punkten, solche, die dagegen sprechen, ${minus}`,
  meansAlone: means => `${means}.`,
  likesNeither: (means, bias, consistent, domains) =>
    `${means}. Zusammen liegen sie ${bias} von der Mitte der Skala entfernt: keine Vorliebe für das Zustimmen oder das Ablehnen an sich. ${reversed(consistent, domains)}`,
  likesAgreeing: (means, bias, consistent, domains) =>
    `${means}. Zusammen liegen sie ${bias} von der Mitte der Skala entfernt: eine Vorliebe für das Zustimmen, was auch gesagt wird; Werte von Domänen mit mehr Aussagen der ersten Art sind zu hoch. ${reversed(consistent, domains)}`,
  likesDisagreeing: (means, bias, consistent, domains) =>
    `${means}. Zusammen liegen sie ${bias} von der Mitte der Skala entfernt: eine Vorliebe für das Ablehnen, was auch gesagt wird; Werte von Domänen mit mehr Aussagen der ersten Art sind zu niedrig. ${reversed(consistent, domains)}`,
  sameSide: {
    item: (all, same, share) =>
      `Von ${plural(all, 'Aufgabe', 'Aufgaben')} fallen bei beiden Auslesungen ${same} auf dieselbe Seite (${share})`,
    statement: (all, same, share) =>
      `Von ${plural(all, 'Aussage', 'Aussagen')} fallen bei beiden Auslesungen ${same} auf dieselbe Seite (${share})`,
  },
  sameAlone: same => `${same}.`,
  sameStrength: (same, r) => `${same}, und wie stark, hängt mit r = ${r} zusammen.`,
};

function reversed(consistent: number, domains: number): string {
  return `In ${consistent} von ${plural(domains, 'Domäne', 'Domänen')} sagen beide Arten dasselbe, sobald die dagegen sprechenden umgepolt sind.`;
}

export const wording: Own = {
  readouts,
  model,
  gate,
  scores,
  ends: (low, high) => `${low} bis ${high}`,
  sure: (low, high) => ` (95-%-Intervall ${low} bis ${high})`,
  tooFew: 'zu wenige Aufgaben',
};
