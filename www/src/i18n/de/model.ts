import type { Words } from '..';

export const model: Words['model'] = {
  heading: 'Modell',
  alone: 'In dieser einen Datei steckt alles außer einem Modell; das öffnest du von diesem Computer.',
  open: 'Eine Modelldatei öffnen',
  openOwn: 'Oder eine eigene Modelldatei öffnen',
  openHint: 'Zieh eine .gguf-Datei hierher oder drücke, um eine zu wählen. Sie bleibt auf deinem Computer.',
  file: (file, size, licence) => `${file} (${size}, ${licence})`,
  fitting: files =>
    `Für ${files.join(' oder ')} kennt der Selbsttest die richtigen Zahlen, und es gibt Richtungen zum Steuern. Andere Modelle der Architekturen Llama, Qwen 2 und 3 und Gemma 3 laufen auch, aber ohne beides.`,
  unnamed: 'das Modell',
  testFollows: 'Der Test beginnt von selbst, sobald das Modell bereit ist.',
  change: 'Modell wechseln',
  runsOn: 'Läuft auf',
  selfTest: 'Selbsttest',
  chooseTest: 'Einen Test wählen',
  toTest: 'Zum Test',
  runOn: 'Rechnen auf',
  devices: { auto: 'GPU, notfalls CPU', gpu: 'GPU', cpu: 'CPU' },
  stopped: 'auf Wunsch angehalten',
  stays: (message, model, device) =>
    `${message.replace(/\.$/, '')}. ${model} ist weiterhin geladen und läuft auf der ${device}.`,

  fetchingList: 'Die Liste der Modelle wird geholt …',
  downloaded: amount => `${amount} heruntergeladen`,
  downloadedForNow: amount => `${amount} heruntergeladen, aufbewahrt, bis dieser Tab geschlossen wird`,
  resume: 'Fortsetzen',
  cancel: 'Abbrechen',
  loadAndRun: 'Modell laden und Test durchführen',
  load: 'Nur laden',
  chooseFitting: name => `${name} wählen, das passt`,

  more: count => `${count} weitere Modelle`,
  moreIs: hosts =>
    `Ihre Dateien liegen bei ${hosts.join(' und ')}. Dort sieht man deine Internetadresse und welche Datei du lädst, aber nicht, was du damit machst. Von jeder Datei wird geprüft, ob sie die ist, die diese Liste meint (an ihrer SHA-256).`,

  card: {
    here: 'auf diesem Computer vorhanden, muss nicht heruntergeladen werden',
    downloadOnce: 'wird einmal heruntergeladen und dann auf diesem Computer aufbewahrt',
    downloadEach: 'wird bei jedem Besuch heruntergeladen, weil dieser Browser es nicht aufbewahren kann',
    size: 'Größe der Datei',
    licence: 'Lizenz',
    memory: 'Arbeitsspeicher im Betrieb',
    about: size => `etwa ${size}`,
    from: 'Kommt von',
    checksum: 'Prüfsumme',
    unverified: 'ungeprüft: Die Liste kennt keine, die Datei wird genommen, wie sie kommt',
    unknown: 'nicht bekannt',
    verdicts: {
      yes: 'Passt auf dieses Gerät',
      no: 'Passt nicht auf dieses Gerät',
      unknown: 'Ob es passt, lässt sich nicht sagen',
    },
    verdict: (verdict, reasons) => [verdict, reasons.length > 0 ? `: ${reasons.join('. ')}.` : '.'],
    measured: 'Was auf diesem Gerät gemessen wurde',
    fact: fact => `${fact}.`,
  },

  download: {
    checking: 'Es wird geprüft, ob dieses Gerät richtig rechnet',
    goesOn: what => `${what} …`,
    cancelling: 'wird abgebrochen …',
    pausing: 'wird unterbrochen …',
    pause: 'Pause',
    cancel: 'Abbrechen',
    ofUnknown: done => `${done}; der Server sagt nicht, von wie vielen`,
    of: (done, total) => `${done} von ${total}`,
    percent: percent => `${percent}\u00a0%`,
    silent: seconds => `seit ${seconds} Sekunden ist nichts angekommen`,
    speed: speed => `${speed}/s`,
    speedAndTime: (speed, left) => `${speed}/s · noch ${left}`,
    notice: message => `${message.replace(/\.$/, '')}.`,
  },

  stored: {
    summary: size => `Auf diesem Computer aufbewahrt (${size})`,
    resume: name => `Das Herunterladen von ${name} fortsetzen`,
    delete: 'Löschen',
    deleteOf: name => `${name} von diesem Computer löschen`,
    sure: (name, size) => `${name} löschen? Die ${size} müssten neu heruntergeladen werden.`,
    inUse: change => `jetzt geladen; drücke erst „${change}“, um es zu löschen`,
    deleted: name => `Gelöscht: ${name}.`,
    used: models =>
      `Die Modelle belegen ${models}. Wie viel dieser Browser insgesamt erlaubt, verrät er nicht.`,
    usedOf: (models, share) =>
      `Die Modelle belegen ${models}; mit allem anderen, was sie aufbewahrt, nutzt diese Seite ${share}, die dieser Browser erlaubt.`,
    lasts: 'Dieser Browser behält sie auch dann, wenn die Festplatte voll wird.',
    keep: 'Auch behalten, wenn die Festplatte voll wird',
    refused:
      'Dieser Browser hat nicht zugestimmt. Vielleicht tut er es, wenn die Seite ein Lesezeichen hat oder öfter benutzt wurde.',
    mayGo: 'Noch darf der Browser sie löschen, um Platz zu schaffen.',
  },

  fit: {
    fileHere: 'Die Datei ist schon hier',
    storageUnknown: 'Speicherplatz: noch nicht bekannt',
    storageUntold: 'Speicherplatz: Dieser Browser verrät nicht, wie viel er erlaubt',
    storage: room => `Speicherplatz: Dieser Browser erlaubt hier noch ${room}`,
    storageShort: (needed, room) =>
      room === null
        ? `Es braucht ${needed} Speicherplatz; dieser Browser erlaubt hier keinen mehr`
        : `Es braucht ${needed} Speicherplatz; dieser Browser erlaubt hier ${room}`,
    gpuUnknown: 'GPU: noch nicht bekannt',
    gpuUnusable: why => `Keine GPU nutzbar: ${why}`,
    gpuSoftware: 'Keine GPU nutzbar: Die hier vorhandene wird auf der CPU nachgebildet',
    gpuNeedUnknown: 'GPU: Was das Modell braucht, ist nicht bekannt',
    gpuShort: (largest, limit) => `Sein größter Teil belegt ${largest}; diese GPU erlaubt ${limit} am Stück`,
    gpu: (largest, limit) =>
      `GPU: erlaubt ${limit} am Stück, der größte Teil belegt ${largest}; wie viel Speicher sie hat, verrät kein Browser`,
    cpuNeedUnknown: 'CPU: Was das Modell braucht, ist nicht bekannt',
    cpuShort: (needed, limit) =>
      `Es braucht ${needed} Arbeitsspeicher; auf der CPU hat eine Seite höchstens ${limit}`,
    cpu: limit => `CPU: Eine Seite hat höchstens ${limit} Arbeitsspeicher`,
    parts: (weights, cache, working) =>
      `Das Modell belegt ${weights} für Gewichte, ${cache} für Schlüssel und Werte und ${working} zum Laden und Rechnen`,
    memoryUntold: 'Arbeitsspeicher: Dieser Browser verrät nicht, wie viel dieser Computer hat',
    memory: gigabytes => `Arbeitsspeicher: Dieser Browser spricht von ${gigabytes} GB oder mehr`,
    memoryShort: gigabytes =>
      `Arbeitsspeicher: Dieser Browser spricht von ${gigabytes} GB oder mehr, was zu wenig sein kann`,
  },

  noGpu: {
    failed: 'WebGPU hat hier versagt',
    noWebGpu: 'Dieser Browser hat hier kein WebGPU',
    none: 'WebGPU findet hier keine GPU',
    noTimestamps: 'Der GPU hier fehlen Zeitstempel-Abfragen',
  },
};
