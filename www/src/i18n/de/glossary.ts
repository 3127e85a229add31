import type { Words } from '..';

export const glossary: Words['glossary'] = {
  heading: 'Begriffe und Maße',
  what: 'Jeder in einem Satz; öffne einen für mehr.',
  help: term => `Was gemeint ist: ${term}`,
  entries: {
    trait: {
      term: 'Merkmal',
      short: 'Ein beständiger Unterschied zwischen Menschen, etwa wie gesellig sie sind.',
      more: 'Die Seite fragt nach den Big Five (Offenheit, Gewissenhaftigkeit, Extraversion, Verträglichkeit, Neurotizismus) und der Dunklen Triade (Machiavellismus, Narzissmus, Psychopathie). Ein Modell, das wie jemand mit hoher Ausprägung antwortet, hat kein Merkmal: Es setzt Wörter so zusammen, wie ein solcher Mensch es tun könnte.',
    },
    item: {
      term: 'Aufgabe',
      short:
        'Eine kurze Situation mit vier Antworten: zwei passen zu einem Menschen mit hoher Ausprägung des Merkmals, zwei zu einem mit niedriger.',
      more: 'Jede Aufgabe wird von vorn gestellt, so dass keine Antwort von den vorigen abhängt.',
    },
    statement: {
      term: 'Aussage',
      short:
        'Ein Satz über sich selbst, der auf einer Skala von „sehr unzutreffend“ bis „sehr zutreffend“ eingeschätzt wird.',
      more: 'Die Aussagen stammen aus dem International Personality Item Pool. Einige sind umgepolt: Ihnen zuzustimmen spricht gegen das Merkmal, und sie zählen andersherum.',
    },
    readout: {
      term: 'Auslesung',
      short: 'Die Art, wie eine Antwort aus den Wahrscheinlichkeiten des Modells gelesen wird.',
      more: 'Über Buchstaben: Das Modell sieht die vier Antworten mit A bis D bezeichnet, und die Wahrscheinlichkeit jeder Bezeichnung wird gelesen. Als Fortsetzung: Jede Antwort wird als eigene Erwiderung des Modells versucht, und die Wahrscheinlichkeit ihrer Wörter wird gelesen.',
    },
    gate: {
      term: 'Sachfragen',
      short:
        'Fragen mit bekannter richtiger Antwort, die zeigen, ob eine Auslesung mit diesem Modell überhaupt funktioniert.',
      more: 'Wer rät, hat ein Viertel davon richtig. Eine Auslesung, die nicht deutlich besser ist, bietet keinen Wert an, denn ihre Antworten wären Rauschen.',
    },
    score: {
      term: 'Wert',
      short: 'Der Anteil der Aufgaben, von 0 bis 100, in denen eine Antwort der hohen Seite vorn liegt.',
      more: 'Er zählt Entscheidungen und springt, wenn der erste Platz wechselt, auch wo sich die Wahrscheinlichkeiten kaum unterscheiden. 50 ist, was ein Modell ohne Vorliebe ergibt; es ist nicht der Durchschnitt von Menschen.',
    },
    weight: {
      term: 'Mittleres Gewicht der hohen Antworten',
      short:
        'Wie viel Wahrscheinlichkeit die Antworten der hohen Seite im Mittel zusammen haben, von 0 bis 100.',
      more: 'Es bewegt sich stetig, wo der Wert springt. Lies beide nebeneinander: Ein Wert weit von 50 bei einem Gewicht nahe 50 sieht entschieden aus, wo nichts entschieden ist.',
    },
    d: {
      term: 'd',
      short:
        'Wie viel wahrscheinlicher die Antworten der hohen Seite sind als die der niedrigen, auf logarithmischer Skala.',
      more: 'Es ist die mittlere Log-Wahrscheinlichkeit der hohen Antworten minus die der niedrigen, in Nat; 0,69 Nat sind ein Faktor zwei. Bei Fortsetzungen wird je Token gezählt, damit lange Antworten nicht im Nachteil sind.',
    },
    interval: {
      term: '95-%-Intervall',
      short: 'Wie weit sich eine Zahl mit anderen Aufgaben derselben Art ändern könnte.',
      more: 'Es stammt aus einem Bootstrap über die Aufgaben (BCa, 2000 Ziehungen). Über andere Modelle oder andere Arten zu fragen sagt es nichts. Bei wenigen Aufgaben ist es breit, und bei weniger als fünf zeigt die Seite unter Umständen keines.',
    },
    refusal: {
      term: 'Verweigerung',
      short:
        'Eine Antwort in Buchstaben, der das Modell so wenig Wahrscheinlichkeit gibt, dass es lieber etwas anderes sagen würde.',
      more: 'Sie wird gezählt, wo alle Bezeichnungen zusammen weniger als ein Viertel der Wahrscheinlichkeit haben. Bei Antworten in Worten ist es jede Antwort, die keine der Möglichkeiten nennt.',
    },
    template: {
      term: 'Vorlage',
      short: 'Der Wortlaut um eine Aufgabe herum, wenn über Buchstaben gelesen wird.',
      more: 'Es gibt drei, T1 bis T3, und jede Aufgabe wird in zwei Reihenfolgen ihrer Antworten gestellt. Wie oft sich die Wahl mit Vorlage oder Reihenfolge ändert, zeigt, wie viel davon an der Art zu fragen liegt.',
    },
    seed: {
      term: 'Startwert',
      short: 'Die Zahl, aus der alles folgt, was zufällig gezogen wird.',
      more: 'Derselbe Startwert mit derselben Modelldatei, demselben Gerät und denselben Fragen ergibt wieder dieselben Zahlen.',
    },
    direction: {
      term: 'Richtung',
      short:
        'Die Linie im Inneren des Modells, entlang derer sich Texte, die ein Merkmal zeigen, von Texten unterscheiden, die das Gegenteil zeigen.',
      more: 'Sie ist die Differenz zweier Mittelwerte des Residualstroms in einer Schicht. Ob sie das Merkmal bedeutet oder nur etwas, das mit ihm einhergeht, muss sich an dem zeigen, was sie bewirkt.',
    },
    stream: {
      term: 'Residualstrom',
      short: 'Die Zahlen, die ein Modell für jedes Token von Schicht zu Schicht weiterträgt.',
      more: 'Jede Schicht liest sie und fügt etwas hinzu. Auch ein Schub fügt etwas hinzu; eine Anzeige liest sie.',
    },
    dose: {
      term: 'Schub und Dosis',
      short:
        'Ein Schub verschiebt den Residualstrom entlang einer Richtung, während das Modell arbeitet; die Dosis sagt, wie weit.',
      more: 'Eine Dosis von 0,2 fügt ein Fünftel der üblichen Länge des Stroms hinzu. Ab einer gewissen Dosis zerfallen Texte, und was sie dann zeigen, ist Schaden und kein Merkmal.',
    },
    meter: {
      term: 'Anzeige',
      short:
        'Was der Residualstrom bei einem Token entlang einer Richtung anzeigt, verglichen mit neutralem Text.',
      more: 'Es ist ein z-Wert: 0 ist das Mittel neutraler Texte, 1 eine Standardabweichung darüber. Was ein Schub selbst hinzufügt, ist herausgerechnet.',
    },
    chance: {
      term: 'Zufallsrichtungen',
      short:
        'Richtungen derselben Länge, die nichts bedeuten und ebenso weit schieben: Eine Wirkung muss sie übertreffen.',
      more: 'Einige sind zufällig gezogen, andere aus den Texten des Merkmals gemacht, deren Seiten vertauscht wurden; das ist der strengere Vergleich. Bei 20 von ihnen ist kein p-Wert unter 1/21 möglich.',
    },
    p: {
      term: 'p-Wert',
      short: 'Wie oft der Zufall allein einen mindestens so großen Unterschied ergäbe.',
      more: 'Er entsteht, indem die Vorzeichen der Unterschiede einzelner Aufgaben umgedreht werden. Wo viele Zahlen verglichen werden, sind die p-Werte angepasst (Holm), damit nicht einer von ihnen durch Glück herauskommt.',
    },
    reliability: {
      term: 'Reliabilität',
      short:
        'Wie gut die Aufgaben eines Merkmals darin übereinstimmen, Einstellungen des Modells zu unterscheiden.',
      more: 'Cronbachs Alpha, Omega und andere beantworten das auf verschiedene Weise. Bei Menschen sind die Befragten Menschen; hier sind es Einstellungen eines Modells, so dass der Koeffizient sagt, wie gleich die Aufgaben dessen Einstellungen unterscheiden.',
    },
    setting: {
      term: 'Einstellung',
      short:
        'Eine Art zu fragen: eine Rolle, ein Wortlaut, eine Bezeichnung, eine Reihenfolge oder eine Sprache.',
      more: 'Eine Studie stellt denselben Test unter vielen Einstellungen. Was gleich bleibt, gehört dem Modell; was sich bewegt, liegt an der Art zu fragen.',
    },
    selftest: {
      term: 'Selbsttest',
      short: 'Bekannte Antworten, die dieses Gerät wiedergeben muss, bevor irgendetwas gefragt wird.',
      more: 'Manche Grafiktreiber rechnen unbemerkt falsch. Eine GPU, die durchfällt, wird durch die CPU ersetzt, und die Seite sagt es.',
    },
    quantisation: {
      term: 'Quantisierung',
      short:
        'Wie grob die Gewichte eines Modells gespeichert sind: Weniger Bits ergeben eine kleinere Datei und leicht andere Antworten.',
      more: 'Q4 speichert ein Gewicht in etwa vier Bit. Ergebnisse verschieden quantisierter Dateien eines Modells sind Ergebnisse verschiedener Modelle.',
    },
  },
};
