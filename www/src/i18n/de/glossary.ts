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
      more: 'Der Anteil richtig wird mit dem verglichen, was durch Raten herauskommt: ein Viertel. Eine Auslesung, die nicht deutlich besser ist, bietet keinen Wert an, denn ihre Antworten wären Rauschen.',
    },
    rounding: {
      term: 'Schnelleres Rechnen',
      short: 'Was das Runden der Zahlen im Inneren des Modells mit seinen Antworten macht.',
      more: 'Auf der CPU dürfen sie auf 8 Bit gerundet werden. Jede achte Sachfrage wird dann auf beide Arten beantwortet: Gezeigt wird, wie weit sich die Wahrscheinlichkeit der richtigen Antwort verschoben hat, im Mittel und höchstens, und wie oft eine andere gewählt wurde. Wo das weit weniger ist als das, was die Werte unterscheidet, macht es wenig aus.',
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
    mass: {
      term: 'Optionsmasse',
      short: 'Wie viel vom nächsten Wort des Modells überhaupt auf eine der Bezeichnungen entfällt.',
      more: 'Es ist die Wahrscheinlichkeit aller Bezeichnungen zusammen, im Mittel über die Antworten in Buchstaben. Nahe 100 % antwortet das Modell in der Form, um die es gebeten ist. Unter 25 % gilt eine einzelne Antwort als Verweigerung; Werte mit vielen davon beruhen auf kleinen Wahrscheinlichkeiten.',
    },
    liking: {
      term: 'Vorliebe für einen Buchstaben',
      short: 'Wie weit das Modell einen Buchstaben antwortet, was auch immer dahinter steht.',
      more: 'Die Balken und der Anteil an den Antworten zählen, welcher Buchstabe der wahrscheinlichste war. Die Vorliebe wird aus denselben Antworten geschätzt: Hohe und niedrige Antworten wechseln sich hinter den Buchstaben ab, so dass im Mittel über viele Aufgaben wenig anderes als der Buchstabe übrig bleibt. Wo sie bekannt ist, steht auch das Gewicht der hohen Antworten ohne sie da. Wo ein Buchstabe bei mindestens acht Antworten in mehr als 95 % vorn liegt, gibt es über Buchstaben keine Werte.',
    },
    template: {
      term: 'Vorlage',
      short: 'Der Wortlaut um eine Aufgabe herum, wenn über Buchstaben gelesen wird.',
      more: 'Es gibt drei, T1 bis T3, und jede Aufgabe wird in zwei Reihenfolgen ihrer Antworten gestellt. Wie oft sich die Wahl mit Vorlage oder Reihenfolge ändert, zeigt, wie viel davon an der Art zu fragen liegt.',
    },
    changes: {
      term: 'Änderungen durch Vorlage, Reihenfolge und Wortlaut',
      short: 'Wie oft sich die Wahl ändert, wenn sich nur die Form der Frage ändert.',
      more: 'Die Wahl einer Aufgabe hat sich geändert, wo sie von einer hohen zu einer niedrigen Antwort wechselt oder umgekehrt: unter einer anderen Vorlage, mit den Antworten in anderer Reihenfolge oder in anderen Worten. Bei einer Aussage zählt jede andere Antwort, die gewählt wird, wenn die Skala umgedreht ist. 0 % sind am besten; ein Modell, dessen Wahl sich in der Hälfte der Fälle mit der Reihenfolge ändert, wählt Plätze und nicht Antworten.',
    },
    agreement: {
      term: 'Übereinstimmung der Auslesungen',
      short: 'Wie oft Buchstaben und Fortsetzung bei einer Aufgabe dasselbe sagen.',
      more: 'Das tun sie, wo d in beiden auf derselben Seite von 0 liegt; bei Aussagen, wo die Antwort auf derselben Seite der Mitte der Skala liegt. r sagt, ob Aufgaben, die über Buchstaben stark beantwortet werden, es auch als Fortsetzung sind. Durch Zufall allein wäre es etwa die Hälfte, und mehr, wo beide zu einer Seite neigen. Gezeigt wird es nur, wo beide Auslesungen die Sachfragen bestehen.',
    },
    meanAnswer: {
      term: 'Mittlere Antwort',
      short:
        'Der Mittelwert der Antworten auf die Aussagen einer Skala in Punkten, jede Antwort mit ihrer Wahrscheinlichkeit gewichtet.',
      more: 'Aussagen gegen die Domäne sind zuvor umgepolt. „Gewählt“ nimmt von jeder Aussage nur die wahrscheinlichste Antwort und springt, wo zwei fast gleich wahrscheinlich sind; SD sagt, wie weit diese gewählten Punkte auseinander liegen. Die Mitte der Skala ist, was ein Modell ohne Vorliebe ergibt, und nicht, was Menschen im Mittel antworten.',
    },
    people: {
      term: 'Mittelwert von Menschen',
      short:
        'Was Menschen im Mittel auf derselben Skala antworten, und in Klammern, wie weit sie auseinander liegen (SD).',
      more: 'Ein Inventar bringt ihn mit. Zum IPIP-NEO gehören die Normen von Johnson: von Frauen und Männern, die im Internet geantwortet haben, zu gleichen Teilen. Zwei von drei Menschen liegen innerhalb einer SD um den Mittelwert. Er zeigt, wie weit Menschen auseinander liegen, nicht, was die Antworten eines Modells bedeuten.',
    },
    agreeing: {
      term: 'Vorliebe für das Zustimmen',
      short: 'Wie weit das Modell Aussagen zustimmt, was auch immer sie sagen.',
      more: 'Sie heißt auch Zustimmungstendenz. In jeder Domäne werden das Mittel der Aussagen dafür und das der Aussagen dagegen genommen, bevor diese umgepolt sind; wie weit die Mitte zwischen beiden von der Mitte der Skala liegt, wird über die Domänen gemittelt. Über 0 stimmt es zu viel zu, unter 0 zu wenig. Und in wie vielen Domänen sagen beide Arten dasselbe, sobald die dagegen umgepolt sind? Bei jemandem, der allem zustimmt, in keiner.',
    },
    free: {
      term: 'Keine Option genannt',
      short:
        'Der Anteil der geschriebenen Antworten, die keine der Optionen nennen: Verweigerungen in Worten.',
      more: 'Das Modell schreibt bis zu 16 Token, gezogen mit einer Temperatur von 0,7. Als Antwort zählt ein Zeichen oder der Anfang einer der Optionen. In Klammern steht Wilsons 95-%-Intervall für einen Anteil, das auch dann breit bleibt, wenn keine oder alle verweigert werden. Die Werte beruhen allein auf den übrigen Antworten: bei vielen Verweigerungen auf wenigen.',
    },
    retest: {
      term: 'Zweimal gefragt',
      short: 'Ob Fragen gleich ausfallen, wenn sie ein zweites Mal in Worten beantwortet werden.',
      more: 'Für jede Aufgabe wird der Anteil hoher Antworten der ersten Runde (bei einer Aussage die mittleren Punkte) dem der zweiten gegenübergestellt, in der der Zufall neu gezogen ist. Gezeigt werden der Anteil der Aufgaben, die gleich ausfallen, und r über die Aufgaben. Wo wenige gleich sind, sagt eine einzelne geschriebene Antwort wenig. Bekannt ist das als Retest-Reliabilität.',
    },
    difference: {
      term: 'Unterschied zweier Tests',
      short: 'Wie weit ein Test von einem anderen entfernt liegt, Aufgabe für Aufgabe genommen.',
      more: 'Von jeder Aufgabe, die in beiden vollständig ist, wird der Unterschied genommen und dann das Mittel; bei zwei Studien ist es jede Einstellung. So fällt heraus, was die Aufgaben untereinander unterscheidet. „Ausgelassen“ sind die Aufgaben, die nur in einem von beiden vollständig sind. Klar heißt eine Änderung, wo ihr Intervall die 0 auslässt und das angepasste p unter 0,05 liegt. Was von dem, das anders war, sie bewirkt hat, können die Zahlen nicht sagen.',
    },
    cohen: {
      term: 'Cohens d, dz',
      short:
        'Die mittlere Änderung in Einheiten dessen, wie weit die Änderungen einzelner Aufgaben auseinander liegen.',
      more: 'Es ist das Mittel der gepaarten Differenzen, geteilt durch ihre Standardabweichung; bei Studien treten Einstellungen an die Stelle der Aufgaben. Es hat keine Einheit, so dass sich Änderungen verschiedener Maße nebeneinander stellen lassen. Bei 1 ist die mittlere Änderung so groß wie diese Streuung, bei 0 gibt es keine. Es ist nicht das d der Antworten.',
    },
    p: {
      term: 'p-Wert',
      short: 'Wie oft der Zufall allein einen mindestens so großen Unterschied ergäbe.',
      more: 'Er entsteht, indem die Vorzeichen der Unterschiede einzelner Aufgaben umgedreht werden. Wo viele Zahlen verglichen werden, sind die p-Werte angepasst (Holm), damit nicht einer von ihnen durch Glück herauskommt.',
    },
    machines: {
      term: 'Werte über die Geräte',
      short: 'Wie weit derselbe Test auf mehreren Geräten auseinander liegt.',
      more: 'Der Median ist der mittlere der sortierten Werte; daneben stehen der niedrigste und der höchste. Bei gleicher Modelldatei und gleicher Rechenart unterscheidet nur die Rundung die Geräte, und eine Wahl kippt nur, wo zwei Antworten fast gleich wahrscheinlich sind. Größere Abstände kommen von etwas anderem, das verschieden war, etwa dem Modell.',
    },
    seed: {
      term: 'Startwert',
      short: 'Die Zahl, aus der alles folgt, was zufällig gezogen wird.',
      more: 'Derselbe Startwert mit derselben Modelldatei, demselben Gerät und denselben Fragen ergibt wieder dieselben Zahlen.',
    },
    setting: {
      term: 'Einstellung',
      short:
        'Eine Art zu fragen: eine Rolle, ein Wortlaut, eine Bezeichnung, eine Reihenfolge oder eine Sprache.',
      more: 'Eine Studie stellt denselben Test unter vielen Einstellungen. Was gleich bleibt, gehört dem Modell; was sich bewegt, liegt an der Art zu fragen.',
    },
    overSettings: {
      term: 'Werte über die Einstellungen',
      short:
        'Wo die Werte einer Skala unter allen Einstellungen zusammen liegen: ihr Mittelwert, ihre Streuung (SD), der niedrigste und der höchste.',
      more: 'Eine Einstellung zählt, wo jede Aufgabe der Skala beantwortet ist. Eine große SD sagt, dass der Wert davon abhängt, wie man fragt. Wo die Streuung von Menschen bekannt ist, stellt ein F-Test die Varianz über die Einstellungen der ihren gegenüber: Das 0,1-Fache heißt, dass die Einstellungen enger beieinander liegen als Menschen, und ein kleines p, dass das mehr ist als Zufall.',
    },
    reliability: {
      term: 'Reliabilität',
      short:
        'Wie gut die Aufgaben eines Merkmals darin übereinstimmen, Einstellungen des Modells zu unterscheiden.',
      more: 'Cronbachs Alpha, Omega und andere beantworten das auf verschiedene Weise. Bei Menschen sind die Befragten Menschen; hier sind es Einstellungen eines Modells, so dass der Koeffizient sagt, wie gleich die Aufgaben dessen Einstellungen unterscheiden.',
    },
    alpha: {
      term: 'Alpha, λ6, ω, Testhalbierung',
      short:
        'Vier Arten zu sagen, wie weit die Aufgaben einer Skala über die Einstellungen zusammen steigen und fallen.',
      more: 'Cronbachs Alpha stellt die Varianzen der Aufgaben der ihrer Summe gegenüber, mit Feldts Intervall. Guttmans λ6 fragt, was von einer Aufgabe übrig bleibt, wenn man sie aus den anderen vorhersagt, und braucht mehr Einstellungen als Aufgaben. McDonalds ω ist der Teil der Summe, den ein gemeinsamer Faktor erklärt. Die Testhalbierung korreliert zwei Hälften der Aufgaben und rechnet das auf die ganze Länge hoch. Nahe 1 unterscheiden die Aufgaben die Einstellungen gleich, nahe 0 jede auf ihre Weise; unter 0 laufen einige gegen andere.',
    },
    steps: {
      term: 'Erste bis letzte Stufe',
      short:
        'Wie weit ein Wert von der ersten bis zur letzten Stufe steigt, in der um ein Merkmal gebeten wurde.',
      more: 'Es ist der Median der Werte auf der letzten Stufe minus den auf der ersten; der Median ist der mittlere der sortierten Werte einer Stufe. Die eigene Skala des Merkmals sollte steigen. Die Skala unter „Von den anderen am meisten“ sollte stehen bleiben: Wo sie es nicht tut, bewegen die Worte mehr, als sie nennen. Rang-r sagt, ob der Wert den Stufen auf dem ganzen Weg folgt.',
    },
    correlation: {
      term: 'r und Rang-r',
      short: 'Wie weit zwei Dinge zusammengehen: 1 ganz, 0 gar nicht, −1 gegeneinander.',
      more: 'r ist die Korrelation nach Pearson und fragt, wie nahe die Punkte einer geraden Linie kommen; ihr Intervall ist das von Fisher. Rang-r ist die nach Spearman und vergleicht nur, was vor was kommt, so dass ein einzelner weit entfernter Punkt wenig zählt. Wo eine Anzeige unter einer Anweisung den Antworten gegenübersteht, unterscheiden sich nur die Aufgaben; über alle Anweisungen zusammen ergibt eine, die beides bewegt, von selbst ein hohes r.',
    },
    validity: {
      term: 'Konvergent und diskriminant',
      short: 'Ob Aufgaben und Aussagen dasselbe Merkmal messen und nicht ein anderes.',
      more: 'Beide werden unter denselben Einstellungen gestellt, und ihre Werte werden darüber korreliert. Konvergent ist die mittlere Korrelation eines Merkmals mit sich selbst, auf der Diagonale. Diskriminant ist, um wie viel größer das ist als die mittlere Größe seiner Korrelationen mit den anderen Merkmalen; verlangt werden mindestens 0,40. Bei wenigen Einstellungen sind beide grob.',
    },
    plane: {
      term: 'Ebene der Einstellungen',
      short: 'Eine Karte, auf der Einstellungen mit ähnlichen Werten nahe beieinander liegen.',
      more: 'Ihre Achsen sind die erste Komponente und die zweite Komponente einer Hauptkomponentenanalyse: die zwei Linien, entlang derer sich die Werte der Einstellungen am meisten unterscheiden. Die Prozente sagen, wie viel ihrer ganzen Varianz das ist; was fehlt, ist nicht auf der Karte. Bei Aussagen liegt eine Einstellung abseits, wo die Karte zu wenige andere um sie herum und keine dichte Gruppe in Reichweite hat (DBSCAN). Wo die Punkte Klumpen bilden, sieh nach, was ihre Einstellungen gemeinsam haben.',
    },
    levels: {
      term: 'Stufen gegenüber dem Rest',
      short:
        'Wie viel höher oder niedriger eine Skala unter einer Stufe eines Faktors ist als unter allen anderen.',
      more: 'Es ist das Mittel über die Einstellungen mit dieser Stufe minus das über die ohne sie. Wo ein Stern steht, findet der Welch-Test, der keine gleichen Streuungen verlangt, mehr als Zufall. Seine p-Werte sind nach Benjamini und Hochberg angepasst: Von den Stufen mit Stern soll im Mittel höchstens eine von zwanzig falsch sein. Eine Stufe, die eine Skala bewegt, zeigt, dass die Art zu fragen an der Antwort mitwirkt.',
    },
    direction: {
      term: 'Richtung',
      short:
        'Die Linie im Inneren des Modells, entlang derer sich Texte, die ein Merkmal zeigen, von Texten unterscheiden, die das Gegenteil zeigen.',
      more: 'Sie ist die Differenz zweier Mittelwerte des Residualstroms in einer Schicht. Ob sie das Merkmal bedeutet oder nur etwas, das mit ihm einhergeht, muss sich an dem zeigen, was sie bewirkt.',
    },
    separation: {
      term: 'Unterschiedene Paare',
      short:
        'In wie vielen von 100 Paaren aus je einem Text beider Seiten die Richtung den hohen höher anzeigt.',
      more: 'Texte werden nach einer Richtung beurteilt, die aus anderen gemacht ist: die an ungeraden Plätzen nach der aus denen an geraden und umgekehrt. 50 ist Raten, 100 ist immer richtig. Es zeigt, dass die Richtung findet, worin sich diese Texte unterscheiden; nicht, dass das das Merkmal ist, und auch nicht, dass ein Schub entlang ihrer etwas bewirkt.',
    },
    stream: {
      term: 'Residualstrom',
      short: 'Die Zahlen, die ein Modell für jedes Token von Schicht zu Schicht weiterträgt.',
      more: 'Jede Schicht liest sie und fügt etwas hinzu. Auch ein Schub fügt etwas hinzu; eine Anzeige liest sie.',
    },
    layer: {
      term: 'Schicht',
      short:
        'Einer der Schritte, in denen ein Modell arbeitet: Jeder liest den Residualstrom und fügt etwas hinzu.',
      more: 'Gezählt wird vom Eingang aufwärts. Eine Richtung gehört zu einer Schicht: Dort wird sie gebildet, dort wird geschoben und abgelesen. Wo die Seite eine von fünf wählt, tut sie das an anderen Aufgaben als denen des Ergebnisses, denn von mehreren Schichten ist auch durch Zufall eine die stärkste.',
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
    change: {
      term: 'Änderung von d',
      short: 'Wie weit ein Schub die Antworten zu einem Merkmal zur hohen Seite bewegt.',
      more: 'Von jeder Aufgabe wird d unter einer Dosis mit d unter der anderen verglichen, meist vom weitesten Schub nach unten bis zum weitesten nach oben, und das Mittel genommen. Wo das Intervall die 0 auslässt, würden andere Aufgaben es kaum aufheben. „Änderung gegenüber 0“ vergleicht eine Dosis mit keinem Schub. Eine Richtung, die ihr Merkmal bedeutet, bewegt dieses Merkmal und die anderen weniger.',
    },
    otherWay: {
      term: 'Gegenläufig',
      short: 'Wie viele Aufgaben sich gegen die mittlere Änderung bewegt haben.',
      more: 'Bei 2 von 20 ist das Mittel das, was die meisten Aufgaben tun. Nahe der Hälfte beruht es auf wenigen, die sich weit bewegt haben, oder auf gar nichts. Zwischen zwei Studien werden Einstellungen gezählt.',
    },
    larger: {
      term: 'Größer als der Zufall',
      short:
        'Wie viele Zufallsrichtungen die Antworten weniger bewegen als diese, gleich in welche Richtung.',
      more: '20 von 20 ist das Meiste, was 20 von ihnen sagen können, und das Mindeste, was ein Effekt haben sollte. Die gemischten sind der strengere Vergleich, denn sie sind aus den Texten des Merkmals selbst gemacht. Was viele von ihnen erreichen, täte jeder Schub dieser Größe.',
    },
    cosine: {
      term: 'Kosinus',
      short: 'Wie weit zwei Richtungen dieselbe sind: 1 dieselbe, 0 nichts gemeinsam, −1 entgegengesetzt.',
      more: 'Es ist der Kosinus des Winkels zwischen ihnen. Ein Schub entlang der einen bewegt zu diesem Anteil auch entlang der anderen, so dass sich Schübe entlang ähnlicher Richtungen addieren. In den vielen Dimensionen eines Modells haben zwei zufällig gezogene Richtungen einen Kosinus nahe 0.',
    },
    holds: {
      term: 'Hält zusammen',
      short: 'Ob das, was unter einer Dosis geschrieben wird, noch ein Text ist, nach drei Zahlen.',
      more: 'Es sind die Log-Wahrscheinlichkeit, das Wiederholte und die Packung. Eine Dosis hält, wo gegenüber den Texten ohne Schub höchstens 1 Nat je Token verloren geht, höchstens 0,2 mehr wiederholt wird und sich die Texte höchstens 1,5-mal so gut packen lassen.',
    },
    logProb: {
      term: 'Log-Wahrscheinlichkeit',
      short: 'Wie wahrscheinlich die geschriebenen Wörter für das Modell ohne Schub sind, in Nats je Token.',
      more: 'Es ist ein Mittel über Token, und näher an 0 ist wahrscheinlicher: Bei −2 ist ein Token etwa so wahrscheinlich wie eins von sieben. Was das geschobene Modell schrieb, wird vom Modell beurteilt, wie es ist, so dass ein Text auffällt, den nur ein Schub hervorbringt.',
    },
    repeated: {
      term: 'Wiederholt',
      short: 'Der Anteil der Folgen von drei Token, die schon vorher im Text standen.',
      more: 'Bei 0 wird nichts zweimal gesagt. Ein zu weit geschobenes Modell dreht sich oft im Kreis, und der Anteil steigt gegen 1.',
    },
    packing: {
      term: 'Packung',
      short: 'Um das Wievielfache die Texte kleiner werden, wenn man sie komprimiert.',
      more: 'Je mehr, desto eintöniger sind sie. Sie findet auch Gleichförmigkeit, bei der keine Folge von drei Token wiederkehrt, etwa dieselben wenigen Wörter in immer neuer Ordnung.',
    },
    projection: {
      term: 'Differenz zur eigenen Antwort',
      short:
        'Wie viel weiter entlang einer Richtung ein Text liegt als die eigene Antwort des Modells auf dieselbe Frage.',
      more: 'Beide werden Token für Token gelesen und gemittelt, in Standardabweichungen neutralen Texts (z). Die eigenen Antworten des Modells sind mit einer Temperatur von 0,7 gezogen, bis zu 48 Token. Über 0 zeigt der Text mehr von dem Merkmal, als das Modell von sich aus täte. Ob sich ein Modell, das mit solchen Texten trainiert wird, dorthin bewegt, zeigt das nicht.',
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
