//! Text from outside, made harmless and cut to columns.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Stands for what must not reach the terminal.
const REPLACEMENT: char = '\u{fffd}';

/// Nobody writes longer ones: a family of four with skin tones has eleven. Beyond it are
/// towers of accents that reach into other lines.
const LONGEST_CLUSTER: usize = 16;

/// Far more characters than fit a line: a name of a megabyte must not cost a second.
const LONGEST_TEXT: usize = 4096;

/// An invisible letter of left-to-right direction.
const LEFT_TO_RIGHT_MARK: char = '\u{200e}';

/// Returns how many columns a terminal gives to `text`.
pub(crate) fn width(text: &str) -> usize {
    text.width()
}

/// Returns `text` as one line that can do nothing but be read.
///
/// Control characters, and with them every escape sequence, show as �; characters that
/// turn the direction of what follows, and others that cannot be seen, are dropped; white
/// space of any kind is one space.
pub(crate) fn clean(text: &str) -> String {
    let text: String = text
        .chars()
        .take(LONGEST_TEXT)
        .filter(|&c| !turns_direction(c))
        .map(|c| if c.is_control() && !c.is_whitespace() { REPLACEMENT } else { c })
        .collect();
    let words = text.split_whitespace().map(clean_word);
    let words: Vec<String> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn clean_word(word: &str) -> String {
    let mut clean = String::with_capacity(word.len());
    for cluster in word.graphemes(true) {
        if cluster.chars().nth(LONGEST_CLUSTER).is_some() {
            clean.push(REPLACEMENT);
        } else if cluster.width() > 0 {
            clean.push_str(cluster);
        }
    }
    clean
}

/// Unicode's property `Bidi_Control`.
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The blocks that Unicode keeps for scripts written from right to left
/// (`DerivedBidiClass.txt`, default classes R and AL).
fn is_right_to_left(c: char) -> bool {
    matches!(c,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Returns clean `text` cut to `limit` columns, kept from drawing its neighbours into
/// another direction.
///
/// A terminal that knows Arabic and Hebrew orders a whole line: without a mark on either
/// side, a number after such a name would be shown before it.
pub(crate) fn cell(text: &str, limit: usize) -> String {
    let text = fit(text, limit);
    if text.contains(is_right_to_left) {
        format!("{LEFT_TO_RIGHT_MARK}{text}{LEFT_TO_RIGHT_MARK}")
    } else {
        text
    }
}

/// Returns `text` cut to `limit` columns, with … where something is missing.
pub(crate) fn fit(text: &str, limit: usize) -> String {
    if width(text) <= limit {
        return text.to_owned();
    }
    let Some(room) = limit.checked_sub(1) else {
        return String::new();
    };
    // A width is that of a whole text: it is not the sum of its characters' widths, as
    // some join with the next.
    let ends = text.grapheme_indices(true).map(|(start, cluster)| start + cluster.len());
    let kept = ends.map(|end| &text[..end]).take_while(|kept| width(kept) <= room).last();
    let kept = kept.unwrap_or_default().trim_end();
    format!("{kept}…")
}

/// Returns clean `text` broken between words into lines of `limit` columns; a word that is
/// wider than that is cut.
pub(crate) fn wrap(text: &str, limit: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if width(line) + 1 + width(word) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| cell(line, limit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_and_controls_are_made_visible() {
        assert_eq!(clean("\u{1b}[31mred\u{1b}[0m"), "�[31mred�[0m");
        assert_eq!(clean("\u{1b}]0;title\u{7}x"), "�]0;title�x");
        assert_eq!(clean("a\u{9b}2Jb\u{7f}\u{8}\0"), "a�2Jb���");
    }

    #[test]
    fn white_space_is_one_space() {
        assert_eq!(clean("  a\t\n b\r\u{a0}\u{2003}\u{2028}c\u{85}"), "a b c");
        assert_eq!(clean(" \n "), "");
    }

    #[test]
    fn what_cannot_be_seen_is_dropped() {
        assert_eq!(clean("a\u{202e}b\u{2066}c\u{2069}\u{200f}\u{61c}d"), "abcd");
        assert_eq!(clean("\u{feff}a\u{200b}b\u{2060} \u{200b} c"), "ab c");
        // An accent with nothing to stand on.
        assert_eq!(clean("\u{301}a \u{301}b"), "a b");
    }

    #[test]
    fn towers_of_accents_are_replaced_and_words_are_not() {
        let tower = format!("z{}y", "\u{301}".repeat(40));
        assert_eq!(clean(&tower), "�y");
        let family = "👩🏽‍👩🏻‍👧🏿‍👦🏾";
        for word in ["Café", "Cafe\u{301}", family, "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "क्षत्रिय", "نَغَم", "می‌خواهم", "ภาษาไทย"]
        {
            assert_eq!(clean(word), word);
        }
    }

    #[test]
    fn width_is_that_of_the_display() {
        for (text, columns) in [("abc", 3), ("東京", 4), ("e\u{301}", 1), ("👩🏽‍👩🏻‍👧🏿‍👦🏾", 2), ("서울", 4), ("मेला", 3)]
        {
            assert_eq!(width(text), columns, "{text}");
        }
    }

    #[test]
    fn cuts_fall_between_characters() {
        for (text, limit, cut) in [
            ("abcdef", 6, "abcdef"),
            ("abcdef", 5, "abcd…"),
            ("abc def", 5, "abc…"),
            ("abcdef", 1, "…"),
            ("abcdef", 0, ""),
            ("東京都", 6, "東京都"),
            ("東京都", 5, "東京…"),
            ("東京都", 4, "東…"),
            ("東京都", 2, "…"),
            ("cafe\u{301}s", 5, "cafe\u{301}s"),
            ("cafe\u{301}s", 4, "caf…"),
            ("👩🏽‍👩🏻‍👧🏿‍👦🏾👩🏽‍👩🏻‍👧🏿‍👦🏾", 3, "👩🏽‍👩🏻‍👧🏿‍👦🏾…"),
        ] {
            assert_eq!(fit(text, limit), cut, "{text} in {limit}");
        }
    }

    #[test]
    fn right_to_left_stays_in_its_cell() {
        assert_eq!(cell("نغم", 10), "\u{200e}نغم\u{200e}");
        assert_eq!(cell("שלום עולם", 5), "\u{200e}שלום…\u{200e}");
        assert_eq!(cell("abc", 10), "abc");
        assert_eq!(width(&cell("נעם", 10)), 3);
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one two three", 80), ["one two three"]);
        assert_eq!(wrap("東京 大阪 京都", 9), ["東京 大阪", "京都"]);
        assert_eq!(wrap("a incomprehensible b", 6), ["a", "incom…", "b"]);
        assert_eq!(wrap("", 6), [""]);
    }
}
