//! How it looks. Marks that cannot be seen are written out: ‹lrm› keeps a name that runs
//! from right to left in its cell.

use insta::assert_snapshot;
use recommend::print::table::{Row, Terminal, render};

use super::{ranking, row, texts};

fn seen(ranking: &recommend::print::table::Ranking, terminal: Terminal) -> String {
    render(ranking, terminal).replace('\u{200e}', "‹lrm›").replace('\u{1b}', "‹esc›")
}

fn plain(width: usize) -> Terminal {
    Terminal { width, color: false }
}

fn rooftop() -> recommend::print::table::Ranking {
    ranking(
        "Rooftop Sine Waves",
        vec![
            Row {
                reasons_for: texts(&["3 of 3 categories match (electronic, indie, music)", "US is in reach"]),
                reasons_against: texts(&["objectives unknown"]),
                ..row(1, "Velvetine Amplifiers", 0.910_689)
            },
            Row {
                lower: 0.4,
                upper: 0.85,
                coverage: 0.55,
                reasons_for: texts(&["budget fits"]),
                reasons_against: texts(&["budget unknown"]),
                ..row(2, "Lent Umbrella Foundation", 0.6469)
            },
            Row {
                reasons_against: texts(&[
                    "no category matches (wants alcohol, poker)",
                    "2 of 3 regions are missed (Louisville, Reno)",
                    "the event's audience is young",
                ]),
                ..row(10, "Ryelark Hollow Distillers and Bottlers of the High Desert", 0.0125)
            },
        ],
    )
}

#[test]
fn eighty_columns() {
    assert_snapshot!(seen(&rooftop(), Terminal::PLAIN), @r#"
    Rooftop Sine Waves  Austin, US · 2027-03-12
     #  sponsor                               score                  range  coverage
     1  Velvetine Amplifiers                  0.9107 █████████▏  0.86-0.96       90%
        + 3 of 3 categories match (electronic, indie, music); US is in reach
        - objectives unknown
     2  Lent Umbrella Foundation              0.6469 ██████▌     0.40-0.85       55%
        + budget fits  - budget unknown
    10  Ryelark Hollow Distillers and Bottl…  0.0125 ▏           0.00-0.06       90%
        - no category matches (wants alcohol, poker); 2 of 3 regions are missed (Lo…
    "#);
}

#[test]
fn wide_terminals_keep_the_number_near_the_name() {
    assert_snapshot!(seen(&rooftop(), plain(120)), @r#"
    Rooftop Sine Waves  Austin, US · 2027-03-12
     #  sponsor                                   score                  range  coverage
     1  Velvetine Amplifiers                      0.9107 █████████▏  0.86-0.96       90%
        + 3 of 3 categories match (electronic, indie, music); US is in reach  - objectives unknown
     2  Lent Umbrella Foundation                  0.6469 ██████▌     0.40-0.85       55%
        + budget fits  - budget unknown
    10  Ryelark Hollow Distillers and Bottlers…   0.0125 ▏           0.00-0.06       90%
        - no category matches (wants alcohol, poker); 2 of 3 regions are missed (Louisville, Reno); the event's audience is…
    "#);
}

#[test]
fn narrow_terminals_lose_the_range_first() {
    assert_snapshot!(seen(&rooftop(), plain(50)), @r#"
    Rooftop Sine Waves  Austin, US · 2027-03-12
     #  sponsor            score              coverage
     1  Velvetine Amplif…  0.9107 █████████▏       90%
        + 3 of 3 categories match (electronic, indie,…
        - objectives unknown
     2  Lent Umbrella Fo…  0.6469 ██████▌          55%
        + budget fits  - budget unknown
    10  Ryelark Hollow D…  0.0125 ▏                90%
        - no category matches (wants alcohol, poker)
    "#);
}

#[test]
fn then_the_bar() {
    assert_snapshot!(seen(&rooftop(), plain(36)), @r#"
    Rooftop Sine Waves  Austin, US · 20…
     #  sponsor         score   coverage
     1  Velvetine Amp…  0.9107       90%
        + 3 of 3 categories match (elec…
        - objectives unknown
     2  Lent Umbrella…  0.6469       55%
        + budget fits  - budget unknown
    10  Ryelark Hollo…  0.0125       90%
        - no category matches (wants al…
    "#);
}

#[test]
fn every_reason_in_full() {
    let mut ranking = rooftop();
    ranking.full = true;
    ranking.rows.remove(1);
    assert_snapshot!(seen(&ranking, plain(50)), @r#"
    Rooftop Sine Waves  Austin, US · 2027-03-12
     #  sponsor            score              coverage
     1  Velvetine Amplif…  0.9107 █████████▏       90%
        + 3 of 3 categories match (electronic, indie,
          music)
        + US is in reach
        - objectives unknown
    10  Ryelark Hollow D…  0.0125 ▏                90%
        - no category matches (wants alcohol, poker)
        - 2 of 3 regions are missed (Louisville, Reno)
        - the event's audience is young
    "#);
}

#[test]
fn colors() {
    let mut ranking = rooftop();
    ranking.rows.truncate(1);
    assert_snapshot!(seen(&ranking, Terminal { width: 80, color: true }), @r#"
    ‹esc›[1mRooftop Sine Waves‹esc›[0m‹esc›[2m  Austin, US · 2027-03-12‹esc›[0m
    ‹esc›[2m #  sponsor                               score                  range  coverage‹esc›[0m
     1  ‹esc›[1mVelvetine Amplifiers                ‹esc›[0m  0.9107 ‹esc›[36m█████████▏‹esc›[0m  0.86-0.96       90%
        ‹esc›[32m+ ‹esc›[0m3 of 3 categories match (electronic, indie, music); US is in reach
        ‹esc›[33m- ‹esc›[0mobjectives unknown
    "#);
}

#[test]
fn many_scripts_line_up() {
    let names = [
        "株式会社ほしなみレコード",
        "네온다람쥐 스튜디오",
        "نغم الشرق للآلات",
        "Αιγαία Ελαιώνες",
        "X\u{302}-Ray Q\u{304}uiet",
        "मसाला मेला",
        "👩🏽‍👩🏻‍👧🏿‍👦🏾 Family Day 🇯🇵",
        "株式会社ほしなみレコード札幌音楽文化振興会館",
    ];
    let rows = names.iter().zip(1..).map(|(name, rank)| row(rank, name, 0.5)).collect();
    let mut ranking = ranking("ليالي العود على الدرج", rows);
    ranking.rows[2].reasons_for = texts(&["موسيقى matches", "JO"]);
    assert_snapshot!(seen(&ranking, Terminal::PLAIN), @r#"
    ‹lrm›ليالي العود على الدرج‹lrm›  Austin, US · 2027-03-12
     #  sponsor                               score                  range  coverage
     1  株式会社ほしなみレコード              0.5000 █████       0.45-0.55       90%
     2  네온다람쥐 스튜디오                   0.5000 █████       0.45-0.55       90%
     3  ‹lrm›نغم الشرق للآلات‹lrm›                        0.5000 █████       0.45-0.55       90%
        + ‹lrm›موسيقى matches; JO‹lrm›
     4  Αιγαία Ελαιώνες                       0.5000 █████       0.45-0.55       90%
     5  X̂-Ray Q̄uiet                           0.5000 █████       0.45-0.55       90%
     6  मसाला मेला                             0.5000 █████       0.45-0.55       90%
     7  👩🏽‍👩🏻‍👧🏿‍👦🏾 Family Day 🇯🇵                      0.5000 █████       0.45-0.55       90%
     8  株式会社ほしなみレコード札幌音楽文…   0.5000 █████       0.45-0.55       90%
    "#);
}

#[test]
fn hostile_names_are_only_text() {
    let mut ranking = ranking(
        "\u{1b}]0;owned\u{7}Event\nwith a second line",
        vec![
            row(1, "\u{1b}[2J\u{1b}[31mred", 0.5),
            row(2, "evil\u{202e}txt.exe", 0.25),
            row(3, "", f64::NAN),
        ],
    );
    ranking.rows[0].reasons_for = texts(&["line\r\nbreak", "\u{200b}"]);
    assert_snapshot!(seen(&ranking, Terminal::PLAIN), @r#"
    �]0;owned�Event with a second line  Austin, US · 2027-03-12
     #  sponsor                               score                  range  coverage
     1  �[2J�[31mred                          0.5000 █████       0.45-0.55       90%
        + line break
     2  eviltxt.exe                           0.2500 ██▌         0.20-0.30       90%
     3                                        NaN                0.00-1.00       90%
    "#);
}

#[test]
fn nothing_ranked() {
    assert_snapshot!(seen(&ranking("Something with friends", Vec::new()), Terminal::PLAIN), @r#"
    Something with friends  Austin, US · 2027-03-12
        (none)
    "#);
}

#[test]
fn coverage_is_whole_only_when_it_is() {
    let shown = |coverage| {
        let row = Row { coverage, ..row(1, "a", 0.5) };
        let text = render(&ranking("", vec![row]), Terminal::PLAIN);
        text.trim_end().rsplit(' ').next().unwrap().to_owned()
    };
    let shares = [0.0, 0.000_1, 0.475, 0.9, 0.999_9, 1.0];
    assert_eq!(shares.map(shown), ["0%", "1%", "48%", "90%", "99%", "100%"]);
}
