import type { Words } from '..';

export const files: Words['files'] = {
  quoted: name => `„${name}“`,
  of: (name, message) => `${name}: ${message}`,
  leftOut: (names, count, why) =>
    `${names} ${count === 1 ? 'wurde' : 'wurden'} nicht geöffnet, da ${why}. Um eine andere Datei zu verwenden, öffne sie für sich.`,
  oneFileOfItems: 'ein Test die Aufgaben einer einzigen Datei hat',
  oneModel: 'immer nur ein Modell geladen wird',
  hidden: (names, count) =>
    `${names} ${count === 1 ? 'wurde' : 'wurden'} nicht geöffnet: Der Link hierher lässt solche Dateien weg. Öffne die Seite dafür mit ihrer bloßen Adresse`,
  mustWait: (names, count, busy) => {
    const why = {
      run: 'ein Test läuft',
      direction: 'Richtungen gebildet oder geöffnet werden',
      study: 'eine Studie läuft',
      text: 'ein Text geschrieben wird',
      loading: 'ein Modell geladen wird',
    };
    const stop = busy === 'loading' ? 'Brich das zuerst ab' : 'Halte das zuerst an';
    const again = count === 1 ? 'die Datei' : 'eine davon';
    return `${names} ${count === 1 ? 'wurde' : 'wurden'} nicht geöffnet, da gerade ${why[busy]}. ${stop} und zieh dann ${again} noch einmal hierher.`;
  },
  notRead: name =>
    `„${name}“ ist von einer Art, die diese Seite nicht liest. Sie liest Aufgaben aus Dateien vom Typ .json, .jsonl, .csv und .parquet und Modelle aus .gguf-Dateien.`,
  noItems:
    'die Aufgaben konnten nicht geholt werden; sieh nach, ob der Server der Seite noch läuft, und lade sie dann neu',
  noInventory: id =>
    `das Inventar ${id} konnte nicht geholt werden; sieh nach, ob der Server der Seite noch läuft`,
  noStatements: id => `${id} enthält keine Aussagen`,
  keep: 'Diese Datei in diesem Browser aufbewahren',
  keepHint: name => `${name} ist dann beim nächsten Besuch noch da. Die Datei bleibt auf diesem Computer.`,
  kept: 'In diesem Browser aufbewahrt:',
  remove: 'Entfernen',
  sure: name => `${name} entfernen? Für einen weiteren Test muss die Datei neu geöffnet werden.`,
  yes: 'Ja, entfernen',
  removed: name => `Entfernt: ${name}.`,
  removeOf: name => `${name} entfernen`,
  picture: {
    save: kind => `Als ${kind} speichern`,
    saveOf: (kind, chart) => `Als ${kind} speichern: ${chart}`,
    failed: 'das Diagramm konnte nicht gespeichert werden; prüfe die Verbindung und versuch es noch einmal',
    noPng:
      'dieser Browser konnte das Diagramm nicht als PNG zeichnen; speichere es als SVG, das dasselbe enthält',
    source: (model, date) => `${model} · ${date} · Traitscope`,
  },
};
