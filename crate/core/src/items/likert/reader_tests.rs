//! Tests of the reader of inventories, and of the choice between the kinds of file.

use super::super::{Instrument, ItemBank};
use super::{Keyed, LikertInventory};

fn read(text: &str) -> LikertInventory {
    LikertInventory::read(text.as_bytes(), "dir/mine.csv").unwrap()
}

fn refused(text: &str) -> String {
    let error = Instrument::read(text.as_bytes(), "x").unwrap_err();
    assert_eq!(error.code(), "items.invalid");
    error.to_string()
}

#[test]
fn the_projects_own_form_is_read_back() {
    let file = r#"{"name": "n", "version": "1", "licence": "MIT", "language": "de", "stem": "Ich {}", "scale": ["nein", "ja"],
        "items": [{"id": "a", "text": "Rede viel", "domain": "E", "facet": 2, "keyed": "plus"},
                  {"text": "Schweige oft", "domain": "Extraversion", "keyed": "minus"}],
        "norms": [{"domain": "Extraversion", "mean": 1.5, "source": "x"}]}"#;
    let inventory = read(file);
    assert_eq!(inventory.domains(), ["Extraversion"]);
    assert_eq!(
        (&*inventory.items[0].id, inventory.items[0].facet.as_deref()),
        ("a", Some("2"))
    );
    assert_eq!(
        (&*inventory.items[1].id, inventory.items[1].keyed),
        ("Extraversion-2", Keyed::Minus)
    );
    assert_eq!(inventory.sentence(&inventory.items[0]), "Ich rede viel.");
    assert_eq!(read(&serde_json::to_string(&inventory).unwrap()), inventory);
}

#[test]
fn the_csv_of_the_mpi_and_a_csv_of_ones_own() {
    let mpi = "label_raw,text,label_ocean,key\nAnxiety,Worry about things,N,1\nTrust,\"Distrust people, mostly\",A,-1\n";
    let inventory = read(mpi);
    assert_eq!((&*inventory.name, inventory.scale.len()), ("mine", 5));
    assert_eq!(inventory.domains(), ["Neuroticism", "Agreeableness"]);
    assert_eq!(
        inventory.sentence(&inventory.items[1]),
        "I distrust people, mostly."
    );
    assert_eq!(
        (inventory.items[1].keyed, inventory.items[1].facet.as_deref()),
        (Keyed::Minus, Some("Trust"))
    );
    let own = "\u{FEFF}ID;Text;Trait;Keyed\r\nq1;I like maps.;Wanderlust;plus\r\n;;;\r\nq2;I stay home.;Wanderlust;minus\r\n";
    let inventory = read(own);
    assert_eq!((&*inventory.items[1].id, inventory.items.len()), ("q2", 2));
    assert_eq!(inventory.sentence(&inventory.items[0]), "I like maps.");
}

#[test]
fn a_table_may_bring_its_scale() {
    let rows = |scale: [&str; 2]| {
        let [first, second] = scale;
        format!("text,domain,keyed,scale\nI talk.,E,1,{first}\nI rest.,E,-1,{second}\n")
    };
    let four = read(&rows(["never|rarely | often|always", ""]));
    assert_eq!(four.scale, ["never", "rarely", "often", "always"]);
    let seven = read(&rows(["1 no|2|3|4|5|6|7 yes", "1 no|2|3|4|5|6|7 yes"]));
    assert_eq!((seven.scale.len(), &*seven.scale[6]), (7, "7 yes"));
    for (scale, field) in [
        (["no|yes", "no|maybe|yes"], "row 2, field scale"),
        (["no|", ""], "the scale"),
        (["no", ""], "the scale"),
    ] {
        let error = LikertInventory::read(rows(scale).as_bytes(), "mine.csv").unwrap_err();
        assert_eq!(error.code(), "items.invalid");
        assert!(error.to_string().contains(field), "{error}");
    }
}

#[test]
fn a_file_is_told_by_its_first_item() {
    let kind = |text: &str| match Instrument::read(text.as_bytes(), "openness_test.csv").unwrap() {
        Instrument::Items { bank } => format!("items {} {}", bank.items.len(), bank.traits()[0]),
        Instrument::Likert { inventory } => format!("likert {}", inventory.items.len()),
    };
    let responses =
        r#""response_high1": "a", "response_high2": "b", "response_low1": "c", "response_low2": "d""#;
    let item = format!(r#"{{"personality": "Narcissism", "situation": "s.", "query": "q?", {responses}}}"#);
    assert_eq!(kind(&format!("[{item}]")), "items 1 Narcissism");
    assert_eq!(kind(&format!("{item}\n{item}")), "items 2 Narcissism");
    assert_eq!(
        kind(r#"[{"text": "I talk.", "domain": "E", "keyed": 1}]"#),
        "likert 1"
    );
    assert_eq!(kind("text,domain,keyed\nI talk.,E,plus\n"), "likert 1");
    // TRAIT as it is published: one field for the question, the trait in the name of the file.
    let csv = "question,response_high1,response_high2,response_low1,response_low2\n\"It rains. You have no coat. What now?\",a,b,c,d\n";
    assert_eq!(kind(csv), "items 1 Openness");
    let bank = ItemBank::read(csv.as_bytes(), "narcissism.csv").unwrap();
    let item = &bank.items[0];
    assert_eq!(
        (&*item.situation, &*item.query),
        ("It rains. You have no coat.", "What now?")
    );
    assert_eq!((&*item.id, &*item.trait_name), ("Narcissism-1", "Narcissism"));
}

#[test]
fn what_is_wrong_is_said_with_row_and_field() {
    for (text, what) in [
        ("text,domain,keyed\nI talk.,E,perhaps\n", "row 1, field keyed"),
        ("text,domain\nI talk.,E\n", "field keyed: is missing"),
        ("text,domain,keyed\nI talk.,,plus\n", "field domain: is missing"),
        (
            "text,domain,keyed\nI talk.,E\n",
            "line 2: it has 2 fields where the first line names 3",
        ),
        ("text,text,keyed\nI talk.,E,1\n", "names \"text\" twice"),
        ("text,domain,keyed\n", "no items"),
        ("Dear reader", "neither JSON nor CSV"),
        ("", "neither JSON nor CSV"),
        ("situation,query\ns,q\n", "field response_high1: is missing"),
        (
            "question,response_high1,response_high2,response_low1,response_low2\nWhat now?,a,b,c,d\n",
            "is one sentence",
        ),
        (
            "question,response_high1,response_high2,response_low1,response_low2\nIt rains. What now?,a,b,c,d\n",
            "the name of the file is that of no trait",
        ),
        (
            r#"[{"text": "I talk.", "domain": 3, "keyed": 1}]"#,
            "field domain: is a number",
        ),
        (
            r#"{"scale": ["yes"], "items": [{"text": "I talk.", "domain": "E", "keyed": 1}]}"#,
            "1 answers",
        ),
        (
            r#"[{"id": 1, "text": "a", "domain": "E", "keyed": 1}, {"id": 1, "text": "b", "domain": "E", "keyed": 1}]"#,
            "id of row 1",
        ),
    ] {
        let found = refused(text);
        assert!(found.contains(what), "{text}: {found}");
    }
}

#[test]
fn a_parquet_file_of_the_published_form() {
    let bytes = include_bytes!("../../../../../tests/reference/items/openness.parquet");
    let Instrument::Items { bank } = Instrument::read(bytes, "data/openness.parquet").unwrap() else {
        unreachable!("a parquet file holds items");
    };
    assert_eq!((bank.items.len(), bank.traits()[0]), (2, "Openness"));
    assert_eq!(
        (&*bank.items[1].query, &*bank.items[1].response_low2),
        ("Do you go?", "I never go.")
    );
    // Cut short anywhere, or with a byte changed, it is refused or read, and nothing worse.
    for end in 0..bytes.len() {
        let error = Instrument::read(&bytes[..end], "openness.parquet").unwrap_err();
        assert_eq!(error.code(), "items.invalid");
    }
    for at in 0..bytes.len() {
        let mut spoilt = bytes.to_vec();
        spoilt[at] ^= 0x15;
        let _ = Instrument::read(&spoilt, "openness.parquet");
    }
}
