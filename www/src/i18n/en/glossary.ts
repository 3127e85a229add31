/** Words and measures: each in one sentence, and what is behind it. */
export const glossary = {
  heading: 'Words and measures',
  what: 'Each in one sentence; open one for more.',
  help: (term: string) => `What is meant: ${term}`,
  entries: {
    trait: {
      term: 'Trait',
      short: 'A lasting difference between people, such as how outgoing they are.',
      more: 'The page asks about the Big Five (openness, conscientiousness, extraversion, agreeableness, neuroticism) and the Dark Triad (machiavellianism, narcissism, psychopathy). A model that answers like someone high in a trait has no trait: it puts words together as such a person might.',
    },
    item: {
      term: 'Item',
      short:
        'A short situation with four answers: two that fit a person high in the trait, two that fit a person low in it.',
      more: 'Each item is asked from a fresh start, so that no answer depends on those before it.',
    },
    statement: {
      term: 'Statement',
      short: 'A sentence about oneself that is rated on a scale from “very inaccurate” to “very accurate”.',
      more: 'The statements are those of the International Personality Item Pool. Some are reversed: agreeing with them speaks against the trait, and they are counted the other way round.',
    },
    readout: {
      term: 'Read-out',
      short: 'The way in which an answer is read from the model’s probabilities.',
      more: 'By letters, the model sees the four answers marked A to D, and the probability of each mark is read. As a continuation, each answer is tried as the model’s own reply, and the probability of its words is read.',
    },
    gate: {
      term: 'Factual questions',
      short: 'Questions with a known right answer that show whether a read-out works with this model at all.',
      more: 'The share right is held against what guessing gives, which is a quarter. A read-out that is not clearly better than that offers no score, since its answers would be noise.',
    },
    rounding: {
      term: 'Quicker arithmetic',
      short: 'What rounding the numbers inside the model does to its answers.',
      more: 'On the CPU they may be rounded to 8 bits. Every eighth factual question is then answered both ways: shown is how far the probability of the right option moved, on average and at most, and how often another option was chosen. Where that is far less than what sets the scores apart, it matters little.',
    },
    score: {
      term: 'Score',
      short: 'The share of items, from 0 to 100, in which an answer of the high side comes first.',
      more: 'It counts choices and jumps when the first place changes, even where the probabilities hardly differ. 50 is what a model without a preference gives; it is not the average of people.',
    },
    weight: {
      term: 'Average weight on the high answers',
      short: 'How much probability the answers of the high side have together, on average, from 0 to 100.',
      more: 'It moves smoothly where the score jumps. Read the two side by side: a score far from 50 with a weight near 50 looks decided where nothing is.',
    },
    d: {
      term: 'd',
      short:
        'How much likelier the answers of the high side are than those of the low side, on a logarithmic scale.',
      more: 'It is the mean log-probability of the high answers less that of the low ones, in nats; 0.69 nats are a factor of two. For continuations it is counted per token, so that long answers are not at a disadvantage.',
    },
    interval: {
      term: '95% interval',
      short: 'How far a figure might change with other items of the same kind.',
      more: 'It comes from a bootstrap over the items (BCa, 2,000 draws). It says nothing about other models or other forms of asking. With few items it is wide, and with fewer than five the page may show none.',
    },
    refusal: {
      term: 'Refusal',
      short:
        'An answer in letters to which the model gives so little probability that it would rather say something else.',
      more: 'It is counted where all labels together have less than a quarter of the probability. In answers in words it is every answer that names none of the options.',
    },
    mass: {
      term: 'Option mass',
      short: 'How much of the model’s next word is one of the labels at all.',
      more: 'It is the probability of all labels together, on average over the answers in letters. Near 100% the model answers in the form that it is asked for. Below 25% a single answer counts as a refusal; scores with many of them rest on small probabilities.',
    },
    liking: {
      term: 'Liking for a letter',
      short: 'How far the model answers a letter whatever stands behind it.',
      more: 'The bars and the share of the answers count which letter was the most probable one. The liking is estimated from the same answers: high and low answers take turns behind the letters, so that on average over many items little but the letter is left. Where it is known, the weight of the high answers without it is given too. Where one letter comes first in more than 95% of at least eight answers, there are no scores by letters.',
    },
    template: {
      term: 'Template',
      short: 'The wording around an item in the letter read-out.',
      more: 'There are three, T1 to T3, and each item is asked in two orders of its answers. How often the choice changes with the template or the order shows how much of it is due to the asking.',
    },
    changes: {
      term: 'Changes with template, order and wording',
      short: 'How often the choice changes when only the form of the question does.',
      more: 'An item’s choice has changed where it goes from a high answer to a low one or back: under another template, with its answers in another order, or in other words. Of a statement every other answer counts that is chosen when the scale is turned over. 0% is best; a model that changes with the order half of the time chooses places, not answers.',
    },
    agreement: {
      term: 'Agreement of the read-outs',
      short: 'How often letters and continuation say the same of an item.',
      more: 'They do where d lies on the same side of 0 in both; of statements, where the answer lies on the same side of the middle of the scale. r says whether items that are answered strongly by letters are so as a continuation too. By luck alone about half would, and more where both lean to one side. It is shown only where both read-outs pass the factual questions.',
    },
    meanAnswer: {
      term: 'Mean answer',
      short:
        'The mean of the answers to a scale’s statements in points, each answer weighed by its probability.',
      more: 'Statements against the domain are turned round first. “Chosen” takes only the most probable answer of each statement, and jumps where two are nearly as probable; SD says how far these chosen points lie apart. The middle of the scale is what a model without a preference gives, not what people give on average.',
    },
    people: {
      term: 'People’s mean',
      short: 'What people answer on average to the same scale, and in brackets how far they lie apart (SD).',
      more: 'An inventory brings it along. With the IPIP-NEO come Johnson’s norms: of women and men who answered on the internet, in equal parts. Two of three people lie within one SD of the mean. It shows how far apart people are, not what a model’s answers mean.',
    },
    agreeing: {
      term: 'Liking for agreeing',
      short: 'How far the model agrees with statements whatever they say.',
      more: 'It is also called agreement bias. In each domain the mean of the statements for it and of those against it is taken before these are turned round; how far the middle between the two lies from the middle of the scale is averaged over the domains. Above 0 it agrees too much, below 0 too little. And in how many domains do both kinds say the same once those against it are turned round? For whoever agrees with everything, in none.',
    },
    free: {
      term: 'No option named',
      short: 'The share of written answers that name none of the options: refusals in words.',
      more: 'The model writes up to 16 tokens, drawn with a temperature of 0.7. A label counts as an answer, or the beginning of one of the options. In brackets stands Wilson’s 95% interval for a share, which keeps its width even where none or all are refused. The scores rest on the other answers alone: with many refusals, on few.',
    },
    retest: {
      term: 'Asked twice',
      short: 'Whether questions come out the same when they are answered in words a second time.',
      more: 'For each item the share of high answers in the first round (of a statement the mean points) is held against that of the second, where chance is drawn anew. Shown are the share of items that are equal, and r over the items. Where few are equal, a single written answer says little. It is known as test-retest reliability.',
    },
    difference: {
      term: 'Difference of two tests',
      short: 'How far a test lies from another one, taken item by item.',
      more: 'Of each item that both have complete the difference is taken, and then the mean; of two studies it is each setting. So what sets items apart among themselves drops out. “Left out” are the items that only one of them has complete. A change is called clear where its interval leaves out 0 and the adjusted p lies below 0.05. Which of the things that were different made it, the figures cannot tell.',
    },
    cohen: {
      term: 'Cohen’s d, dz',
      short: 'The mean change in units of how far the changes of single items lie apart.',
      more: 'It is the mean of the paired differences divided by their standard deviation; in studies settings stand in the place of items. It has no unit, so that changes of different measures can be set side by side. At 1 the mean change is as large as that spread, at 0 there is none. It is not the d of the answers.',
    },
    p: {
      term: 'p-value',
      short: 'How often chance alone would give a difference at least as large.',
      more: 'It comes from turning the signs of the differences of single items round. Where many figures are compared, the p-values are adjusted (Holm), so that one of them does not come out by luck.',
    },
    machines: {
      term: 'Scores over the machines',
      short: 'How far apart the same test comes out on several machines.',
      more: 'The median is the middle one of the sorted scores; beside it stand the lowest and the highest. With the same model file and the same arithmetic only rounding sets machines apart, and a choice turns only where two answers are nearly as probable. Larger distances come from something else that was different, such as the model.',
    },
    seed: {
      term: 'Seed',
      short: 'The number from which all that is drawn at random follows.',
      more: 'The same seed, model file, device and questions give the same figures again.',
    },
    setting: {
      term: 'Setting',
      short: 'One way of asking: a persona, wording, label, order or language.',
      more: 'A study asks the same test under many settings. What stays the same is the model’s own; what moves is due to the asking.',
    },
    overSettings: {
      term: 'Scores over the settings',
      short:
        'Where the scores of a scale lie under all settings together: their mean, their spread (SD), the lowest and the highest.',
      more: 'A setting counts where every item of the scale was answered. A large SD says that the score hangs on how one asks. Where people’s spread is known, an F-test holds the variance over the settings against it: 0.1 times means that the settings lie closer together than people do, and a small p that this is more than chance.',
    },
    reliability: {
      term: 'Reliability',
      short: 'How well the items of a trait agree in telling settings of the model apart.',
      more: 'Cronbach’s alpha, omega and others answer that in different ways. With people, respondents are people; here they are settings of one model, so that the coefficient says how alike the items tell its settings apart.',
    },
    alpha: {
      term: 'Alpha, λ6, ω, split half',
      short: 'Four ways to say how far the items of a scale rise and fall together over the settings.',
      more: 'Cronbach’s alpha holds the variances of the items against that of their sum, with Feldt’s interval. Guttman’s λ6 asks what remains of an item once it is told from the others, and needs more settings than items. McDonald’s ω is the part of the sum that one common factor explains. Split half correlates two halves of the items and corrects that to the whole length. Near 1 the items tell the settings apart alike, near 0 each in its own way; below 0 some run against others.',
    },
    steps: {
      term: 'First to last step',
      short: 'How far a score climbs from the first to the last step in which a trait was asked for.',
      more: 'It is the median score at the last step less that at the first, the median being the middle one of the sorted scores of a step. The trait’s own scale should climb. The scale under “Of the others, most” should stay: where it does not, the words move more than they name. Rank r says whether the score follows the steps all the way.',
    },
    correlation: {
      term: 'r and rank r',
      short: 'How far two things go together: 1 fully, 0 not at all, −1 one against the other.',
      more: 'r is Pearson’s correlation and asks how near the points come to a straight line; its interval is Fisher’s. Rank r is Spearman’s and compares only which comes before which, so that one far point counts little. Where a meter is held against answers under one instruction, only the items differ; over all instructions together, one that moves both makes a high r by itself.',
    },
    validity: {
      term: 'Convergent and discriminant',
      short: 'Whether items and statements measure the same trait, and not another one.',
      more: 'Both are asked under the same settings, and their scores are correlated over these. Convergent is the mean correlation of a trait with itself, on the diagonal. Discriminant is how much larger that is than the mean size of its correlations with the other traits; at least 0.40 is asked for. With few settings both are rough.',
    },
    plane: {
      term: 'Plane of the settings',
      short: 'A map in which settings that give like scores lie near each other.',
      more: 'Its axes are the first component and the second component of a principal component analysis: the two lines along which the scores of the settings differ most. The percentages say how much of all their variance that is; what is missing is not on the map. Of statements, a setting lies apart where the map has too few others around it and no dense group within reach (DBSCAN). Where the points form clumps, look at what their settings share.',
    },
    levels: {
      term: 'Levels against the rest',
      short: 'How much higher or lower a scale is under one level of a factor than under all its others.',
      more: 'It is the mean over the settings with this level less the mean over those without it. Where an asterisk stands, Welch’s test, which does not ask for equal spreads, finds more than chance. Its p-values are adjusted after Benjamini and Hochberg: of the levels with an asterisk, at most one in twenty should be wrong on average. A level that moves a scale shows that the asking takes part in the answer.',
    },
    direction: {
      term: 'Direction',
      short:
        'The line inside the model along which texts that show a trait differ from texts that show its opposite.',
      more: 'It is the difference of two means of the residual stream, at one layer. Whether it means the trait, or only something that goes with it, has to be shown by what it does.',
    },
    separation: {
      term: 'Pairs told apart',
      short:
        'Of 100 pairs of texts, one of either side, in how many the direction reads the high one higher.',
      more: 'Texts are judged by a direction that was made of others: those at odd places by that of even places, and the other way round. 50 is guessing, 100 is never wrong. It shows that the direction finds what these texts differ in, not that this is the trait, nor that a push along it does anything.',
    },
    stream: {
      term: 'Residual stream',
      short: 'The numbers that a model carries from layer to layer for each token.',
      more: 'Each layer reads them and adds to them. A push adds to them too; a meter reads them.',
    },
    layer: {
      term: 'Layer',
      short: 'One of the steps in which a model works: each reads the residual stream and adds to it.',
      more: 'They are counted from the input up. A direction belongs to a layer: there it is made, pushed along and read. Where the page chooses one of five, it does so on other items than those of the result, since of several layers one is strongest by chance too.',
    },
    dose: {
      term: 'Push and dose',
      short:
        'A push moves the residual stream along a direction while the model works; the dose says how far.',
      more: 'A dose of 0.2 adds a fifth of the usual length of the stream. Beyond some dose texts fall apart, and what they show then is damage, not a trait.',
    },
    meter: {
      term: 'Meter',
      short: 'What the residual stream reads along a direction at a token, against neutral text.',
      more: 'It is a z-score: 0 is the mean of neutral text, 1 is one standard deviation above it. What a push itself adds is taken out.',
    },
    chance: {
      term: 'Directions of chance',
      short:
        'Directions of the same length that mean nothing, pushed just as far: an effect has to beat them.',
      more: 'Some are drawn at random, some are made of the trait’s own texts with their sides mixed, which is the harder comparison. With 20 of them no p-value below 1/21 is possible.',
    },
    change: {
      term: 'Change of d',
      short: 'How far a push moves the answers of a trait towards the high side.',
      more: 'Of each item, d under one dose is held against d under the other, mostly from the widest push down to the widest push up, and the mean is taken. Where the interval leaves out 0, other items would hardly undo it. “Change against 0” holds one dose against no push. A direction that means its trait moves that trait, and the others less.',
    },
    otherWay: {
      term: 'Other way',
      short: 'How many items moved against the mean change.',
      more: 'With 2 of 20 the mean is what most items do. Near half of them it rests on a few that moved far, or on nothing at all. Between two studies settings are counted.',
    },
    larger: {
      term: 'Larger than chance',
      short: 'How many directions of chance move the answers less than this one does, whichever way.',
      more: '20 of 20 is the most that 20 of them can say, and the least that an effect should have. The shuffled ones are the harder comparison, as they are made of the trait’s own texts. What many of them reach, any push of this size would do.',
    },
    cosine: {
      term: 'Cosine',
      short: 'How far two directions are the same: 1 the same, 0 nothing in common, −1 opposite.',
      more: 'It is the cosine of the angle between them. A push along one moves along the other as well, by that share, so that pushes along directions that are alike add up. In the many dimensions of a model two directions that are drawn at random have a cosine near 0.',
    },
    holds: {
      term: 'Holds together',
      short: 'Whether what is written under a dose is still a text, by three figures.',
      more: 'They are the log-probability, what is repeated, and the packing. A dose holds where, against the texts without a push, at most 1 nat a token is lost, at most 0.2 more is repeated and the texts pack at most 1.5 times as well.',
    },
    logProb: {
      term: 'Log-probability',
      short: 'How likely the written words are to the model without a push, in nats a token.',
      more: 'It is a mean over tokens, and nearer to 0 is likelier: at −2 a token is about as likely as one in seven. What the pushed model wrote is judged by the model as it is, so that a text stands out which only a push brings forth.',
    },
    repeated: {
      term: 'Repeated',
      short: 'The share of runs of three tokens that stood in the text before.',
      more: 'At 0 nothing is said twice. A model that is pushed too far often goes round in circles, and the share climbs towards 1.',
    },
    packing: {
      term: 'Packing',
      short: 'How many times smaller the texts become when they are compressed.',
      more: 'The more, the more monotonous they are. It also finds sameness in which no run of three tokens comes back, such as the same few words in ever new order.',
    },
    projection: {
      term: 'Difference from its own answer',
      short:
        'How much further along a direction a text lies than the model’s own answer to the same question.',
      more: 'Both are read token by token, and the means taken, in standard deviations of neutral text (z). The model’s own answers are drawn with a temperature of 0.7, up to 48 tokens. Above 0 the text shows more of the trait than the model would by itself. Whether a model that is trained on such texts moves that way is not shown by it.',
    },
    selftest: {
      term: 'Self-test',
      short: 'Known answers that this device has to reproduce before anything is asked.',
      more: 'Some graphics drivers compute silently wrong. A GPU that fails is left for the CPU, and the page says so.',
    },
    quantisation: {
      term: 'Quantisation',
      short:
        'How coarsely a model’s weights are stored: fewer bits make a smaller file and slightly other answers.',
      more: 'Q4 stores a weight in about four bits. Results of differently quantised files of one model are results of different models.',
    },
  },
};
