import { decimal, listed, plural } from '../../page/format';
import type { Words } from '..';

export const group: Words['group'] = {
  heading: machines => `Die Klasse: derselbe Test auf ${plural(machines, 'Gerät', 'Geräten')}`,
  models: models => `Modelle: ${listed(models.map(({ name, count }) => `${name} (${count})`))}.`,
  devices: (gpu, cpu) =>
    gpu === 0 || cpu === 0
      ? `Alle auf ${gpu === 0 ? 'der CPU' : 'der GPU'}.`
      : `${gpu} auf der GPU, ${cpu} auf der CPU.`,
  alike: points =>
    `Alle hatten dieselbe Modelldatei und dieselbe Rechenart: Was sie unterscheidet, ist Rundung, hier höchstens ${decimal(points, 1)} Punkte.`,
  unlike: points =>
    `Nicht alle hatten dieselbe Modelldatei und Rechenart, also dürfen sich die Werte unterscheiden: hier um höchstens ${decimal(points, 1)} Punkte.`,
  chart: (readout, found) => `Werte aller Geräte, ${readout}. Mediane: ${found}.`,
  key: { machine: 'ein Gerät', median: 'Median' },
  table: 'Dasselbe als Tabelle',
  caption: readout => `Werte über die Geräte, ${readout}`,
  columns: {
    trait: 'Merkmal',
    machines: 'Geräte',
    median: 'Median',
    lowest: 'Niedrigster',
    highest: 'Höchster',
  },
  every: 'Alle Geräte als Tabelle',
  machine: {
    caption: readout => `Werte jedes Geräts, ${readout}`,
    number: 'Nummer',
    model: 'Modell',
    device: 'Gerät',
  },
  none: 'Kein Merkmal hat auf genügend von ihnen einen Wert.',
  print: 'Die Klasse drucken',
  save: 'Für die Klasse speichern (nur Zahlen)',
  saving:
    'Die Datei für die Klasse enthält Zahlen und keinen Text von dir: Ein eigener Systemprompt oder Wortlaut ist durch ein Zeichen ersetzt.',
};
