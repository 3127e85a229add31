import type { Words } from '..';

export const errors: Words['errors'] = {
  'gguf.magic': 'Das ist keine Modelldatei im Format GGUF. Wähle eine .gguf-Datei.',
  'gguf.version':
    'Die Modelldatei hat eine Version von GGUF, die hier nicht gelesen wird. Wandle das Modell mit einem aktuellen Werkzeug um.',
  'gguf.truncated':
    'Die Modelldatei ist abgeschnitten. Lade sie noch einmal herunter oder kopiere sie noch einmal.',
  'gguf.limit':
    'Die Modelldatei verlangt mehr, als sie enthalten kann. Trau ihr nicht und hol sie dir neu von ihrer Quelle.',
  'gguf.invalid': 'Die Modelldatei ist beschädigt. Hol sie dir neu von ihrer Quelle.',
  'model.unsupported':
    'Dieses Modell wird hier nicht unterstützt. Nimm eines der Architekturen Llama, Qwen 2, Qwen 3 oder Gemma 3.',
  'model.tensor':
    'Die Tensoren des Modells passen nicht zusammen. Nimm eine andere Umwandlung dieses Modells.',
  'model.checksum':
    'Die Modelldatei ist nicht die, die der Katalog nennt. Lade sie noch einmal; hilft das nicht, sag es denen, die diese Seite anbieten.',
  'model.closed': 'Dieses Modell ist schon geschlossen. Öffne es noch einmal.',
  'model.file':
    'Diese Seite ist eine einzelne Datei und kann kein Modell herunterladen. Öffne eine Modelldatei von diesem Computer.',
  'page.suspended':
    'Der Browser hatte diesen Tab angehalten, während das Modell arbeitete. Nichts ist verloren; lass den Tab im Blick und den Computer wach.',
  'model.busy':
    'Ein anderes Modell kann erst geöffnet werden, wenn das Laufende zu Ende ist. Halte es an und versuch es dann noch einmal.',
  'prompt.length': 'Der Text ist zu lang für dieses Modell. Kürze ihn.',
  'prompt.invalid': 'Aus dieser Eingabe lässt sich kein Prompt bilden. Berichtige sie.',
  'template.failed':
    'Die Gesprächsvorlage des Modells hat versagt. Stell die Form des Prompts auf bloßen Text um.',
  'device.unavailable': 'Es gibt hier keine nutzbare GPU. Nimm die CPU oder einen anderen Browser.',
  'device.memory':
    'Das Modell braucht mehr Speicher, als dieses Gerät hat oder am Stück erlaubt. Nimm die CPU oder ein kleineres Modell.',
  'device.software':
    'Die GPU wird auf der CPU nachgebildet und ist deshalb langsam. Nimm die CPU, die ebenso schnell oder schneller ist.',
  'device.lost':
    'Die GPU ist ausgefallen oder hat einen Befehl verweigert. Lade das Modell noch einmal; ein laufender Test geht von selbst auf der CPU weiter.',
  'device.selftest':
    'Das Gerät rechnet falsch. Nimm ein anderes; wenn es die CPU ist, melde den Fehler bitte.',
  'direction.invalid':
    'Die Richtung ist nicht verwendbar, weil sie nirgendwohin zeigt oder ungültige Zahlen enthält. Bilde oder lade sie neu.',
  'direction.width':
    'Die Richtung gehört nicht zu diesem Modell. Nimm eine, die mit diesem Modell gebildet wurde.',
  'direction.layer':
    'An dieser Schicht des Modells gibt es keine solche Richtung. Wähle eine andere Schicht oder Richtung.',
  'direction.alpha': 'Diese Dosis, Grenze oder Schwelle ist nicht verwendbar. Wähle eine andere.',
  'direction.file': 'Die Datei mit Richtungen ist nicht lesbar. Wähle eine andere Datei.',
  'direction.model':
    'Die Richtungen gehören zu einem anderen Modell oder zu anderen Gewichten. Nimm die dieses Modells oder bilde sie neu.',
  'contrast.invalid': 'Aus diesen Texten lässt sich keine Richtung bilden. Berichtige sie.',
  'texts.invalid': 'Diese Texte sind nicht verwendbar. Berichtige den genannten Text.',
  'items.invalid':
    'Die Aufgaben sind nicht verwendbar. Berichtige die genannte Stelle oder nimm andere Aufgaben.',
  'items.kind':
    'Diese Datei enthält keine lesbaren Aufgaben. Nimm eine Datei vom Typ .json, .jsonl, .csv oder .parquet.',
  'study.invalid': 'Diese Studie oder diese Datei mit Antworten ist nicht verwendbar. Berichtige die Datei.',
  'request.invalid':
    'Das lässt sich so nicht ausführen, weil die Angaben nicht zusammenpassen oder das Modell schon arbeitet. Berichtige die Angaben oder warte.',
  'run.cancelled': 'Auf Wunsch angehalten. Was von einem Test fertig ist, bleibt erhalten.',
  'run.paused':
    'Auf Wunsch unterbrochen. Was heruntergeladen ist, bleibt erhalten; öffne das Modell noch einmal, um fortzusetzen.',
  'io.read': 'Die Datei konnte nicht gelesen werden. Wähle sie noch einmal.',
  'io.write':
    'Das Ergebnis konnte nicht geschrieben werden. Wähle einen Ort, an dem Dateien geschrieben werden dürfen.',
  'network.failed':
    'Der Server war nicht erreichbar, oder die Verbindung ist immer wieder abgebrochen. Prüfe die Verbindung und versuch es noch einmal.',
  'network.refused':
    'Die Regeln dieser Seite erlauben keine Anfrage an den Server, bei dem das Modell liegt. Wähle ein anderes Modell oder öffne es als Datei; wer die Seite anbietet, kann sie mit dieser Liste der Modelle neu bauen.',
  'network.retrying': 'Die Verbindung ist abgebrochen. Es wird von selbst noch einmal versucht.',
  'network.restarted': 'Das Herunterladen hat noch einmal von vorn begonnen. Du musst nichts tun.',
  'network.status': 'Der Server hat die Anfrage abgelehnt. Prüfe die Adresse.',
  'network.length': 'Vom Server kamen mehr oder weniger Bytes als angekündigt. Versuch es noch einmal.',
  'catalogue.invalid':
    'Die Liste der Modelle ist fehlerhaft. Wer diese Seite anbietet, muss models/catalog.json berichtigen.',
  'catalogue.unknown': 'Die Liste kennt kein solches Modell. Wähle eines aus der Liste.',
  'worker.crashed':
    'Das Programm, das im Hintergrund rechnet, konnte nicht starten oder ist abgestürzt. Lade das Modell noch einmal und melde den Fehler bitte.',
  'worker.memory':
    'Der Speicher, den das Modell haben kann, ist aufgebraucht. Schließ andere Tabs und Programme oder nimm ein kleineres Modell oder nur eine Instanz und lade das Modell dann noch einmal.',
  'worker.failed':
    'Im Hintergrund ist ein unerwarteter Fehler aufgetreten. Versuch es noch einmal und melde den Fehler bitte.',
  'storage.unavailable':
    'Dieser Browser kann die Datei nicht aufbewahren. Schaff Platz oder verlass den privaten Modus.',
  'storage.results':
    'Dieser Browser bewahrt nicht auf, was hier gemessen wird. Speichere Ergebnisse als Datei, bevor du die Seite verlässt.',
  'storage.busy':
    'Dieses Modell wird gerade in einem anderen Tab heruntergeladen. Unterbrich das dort oder brich es ab und lösche es dann.',
  'storage.limit':
    'So große oder so viele Dateien werden nicht aufbewahrt. Nimm eine kleinere oder entferne zuerst eine andere.',
  'storage.damaged':
    'Die aufbewahrte Datei fehlt oder ist beschädigt. Öffne sie noch einmal von ihrem ursprünglichen Ort.',
  'file.hidden': 'Der Link hierher lässt solche Dateien weg. Öffne die Seite dafür mit ihrer bloßen Adresse.',
  'file.several':
    'Es kamen mehrere Dateien zusammen, wo nur eine verwendbar ist. Öffne die anderen für sich.',
  'chart.picture':
    'Das Diagramm konnte nicht als Bild gespeichert werden. Speichere es als SVG oder prüfe die Verbindung.',
  'report.format':
    'Das ist kein gespeicherter Test. Nimm eine Datei, die diese Seite mit den Ergebnissen gespeichert hat.',
  'report.version':
    'Dieser Test wurde in einer Version gespeichert, die hier nicht gelesen wird. Öffne ihn mit dem Programm, das ihn gespeichert hat, oder mit einem neueren.',
  'report.invalid':
    'Der gespeicherte Test ist nicht verwendbar. Speichere ihn dort neu, wo er entstanden ist.',
  'report.size': 'Die Datei des gespeicherten Tests ist zu groß. Speichere einen Test mit weniger Aufgaben.',
};
