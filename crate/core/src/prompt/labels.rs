//! What stands before the answers of a multiple-choice question.

use serde::{Deserialize, Serialize};

/// A kind of label. Each label is to be one token of the model, since the first token of the answer is what is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
#[serde(rename_all = "kebab-case")]
pub enum LabelStyle {
    /// A, B, C and so on.
    Upper,
    /// a, b, c and so on.
    Lower,
    /// 1, 2, 3 and so on.
    Digits,
    /// I, II, III and so on.
    Roman,
    /// i, ii, iii and so on.
    LowerRoman,
}

impl LabelStyle {
    /// All styles, with their names.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::Upper, "upper"),
        (Self::Lower, "lower"),
        (Self::Digits, "digits"),
        (Self::Roman, "roman"),
        (Self::LowerRoman, "lower-roman"),
    ];

    /// As it stands in results.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(style, _)| *style == self)
            .map_or("", |(_, name)| name)
    }

    /// What a label is called in a prompt.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Upper | Self::Lower => "letter",
            Self::Digits => "number",
            Self::Roman | Self::LowerRoman => "numeral",
        }
    }

    /// The label of the answer in this place, from 0 to 8.
    pub fn label(self, place: usize) -> String {
        let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
        match self {
            Self::Upper => char::from(b'A' + place as u8).to_string(),
            Self::Lower => char::from(b'a' + place as u8).to_string(),
            Self::Digits => (place + 1).to_string(),
            Self::Roman => roman[place].to_owned(),
            Self::LowerRoman => roman[place].to_lowercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_each_style() {
        let five = |style: LabelStyle| {
            (0..5)
                .map(|place| style.label(place))
                .collect::<Vec<_>>()
                .join(" ")
        };
        let all = LabelStyle::ALL.map(|(style, _)| five(style));
        assert_eq!(
            all,
            [
                "A B C D E",
                "a b c d e",
                "1 2 3 4 5",
                "I II III IV V",
                "i ii iii iv v"
            ]
        );
        assert_eq!(LabelStyle::Roman.label(8), "IX");
    }

    #[test]
    fn names_are_those_of_the_files() {
        for (style, name) in LabelStyle::ALL {
            assert_eq!(serde_json::to_value(style).unwrap(), name);
            assert_eq!(style.name(), name);
        }
    }
}
