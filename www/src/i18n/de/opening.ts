import type { Words } from '..';

export const opening: Words['opening'] = {
  size: (file, size, most) =>
    `„${file}“ hat ${size}, und gelesen werden gespeicherte Tests bis ${most}; speichere einen Test mit weniger Aufgaben`,
  damaged:
    'der gespeicherte Test ist nicht verwendbar: Die Datei ist abgeschnitten oder beschädigt; speichere oder kopiere sie neu',
  noTest: 'das ist kein gespeicherter Test; nimm eine Datei, die „Ergebnisse speichern“ geschrieben hat',
  noFormat:
    'das ist kein gespeicherter Test: Die Datei sagt nicht, dass sie einer ist; nimm die, die „Ergebnisse speichern“ geschrieben hat',
  otherFormat: format =>
    `das ist kein gespeicherter Test: Die Datei sagt, sie sei „${format}“; nimm die, die „Ergebnisse speichern“ geschrieben hat`,
  version: (read, found) =>
    `diese Seite liest Version ${read} gespeicherter Tests, und das ist Version ${found}; öffne ihn mit dem Programm, das ihn gespeichert hat, oder einem neueren`,
  unusable: why =>
    `der gespeicherte Test ist nicht verwendbar: ${why}; speichere ihn dort neu, wo er entstanden ist`,
  refused: why => `der gespeicherte Test ist nicht verwendbar: ${why}`,
  twice: item => `eine Antwort auf „${item}“ steht zweimal darin`,
  figures: shown =>
    `Die Zahlen, die die Datei selbst angibt, sind nicht die ihrer Antworten: ${shown}. Gezeigt werden die ihrer Antworten.`,
  figuresMore: (shown, more) =>
    `Die Zahlen, die die Datei selbst angibt, sind nicht die ihrer Antworten: ${shown} (und ${more} weitere). Gezeigt werden die ihrer Antworten.`,
  figure: (name, said, computed) => `${name}: ${said} in der Datei, ${computed} aus ihren Antworten`,
  figureName: (scale, readout, field) => `${scale} (${readout}), ${field}`,
  noFigure: 'keine',
  table: {
    remark:
      'Die Tabelle enthält nur Antworten, nicht, wie gefragt wurde, und auch nicht die Sachfragen; deshalb ist nicht bekannt, ob sich diese Antworten lesen lassen.',
    none: 'das ist keine gespeicherte Tabelle: Ihre erste Zeile nennt nicht die Spalten, die „Als Tabelle speichern (CSV)“ schreibt',
    cells: (row, cells, needed) => `Zeile ${row} hat ${cells} Zellen, wo ${needed} nötig sind`,
    empty: 'die Tabelle hat keine Zeilen',
    other: row => `Zeile ${row} stammt von einem anderen Modell oder Gerät; nötig ist ein einziger Test`,
    device: device => `das Gerät „${device}“ ist nicht bekannt`,
    row: row => `Zeile ${row}:`,
  },
  value: {
    missing: (at, wanted) => `${at} fehlt; nötig ist ${wanted}`,
    found: (at, found, wanted) => `${at} ist ${found}; nötig ist ${wanted}`,
    all: 'das Ganze',
    text: most => `ein Text von höchstens ${most} Zeichen`,
    number: 'eine Zahl',
    share: 'eine Zahl von 0 bis 1',
    whole: (low, high) => `eine ganze Zahl von ${low} bis ${high}`,
    flag: 'true oder false',
    oneOf: values => `eines von ${values.join(', ')}`,
    date: 'ein Datum wie 2026-01-02T03:04:05Z',
    list: 'eine Liste',
    entries: (least, most) => `eine Liste von ${least} bis ${most} Einträgen`,
    object: 'ein Objekt',
    listOf: entries => `eine Liste mit ${entries} Einträgen`,
    quoted: text => `„${text}“`,
  },
};
