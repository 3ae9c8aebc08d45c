//! Which events are editions of the same one.

use sponsorfit::{Event, Label};

/// Returns what the editions of a series have in common, or `None` where nothing tells.
///
/// The event's `series` where it has one; else its `slug`, else its `title`, without the
/// words that are numbers, since those are years and counts of editions. Punctuation and
/// case do not matter.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId};
/// use sponsorfit_learn::history::series_key;
///
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// assert_eq!(series_key(&event), None);
/// event.title = Some("The 12th Lantern Fair, 2026".to_owned());
/// assert_eq!(series_key(&event).as_deref(), Some("the 12th lantern fair"));
/// event.slug = Some("lantern-fair-2026".to_owned());
/// assert_eq!(series_key(&event).as_deref(), Some("lantern fair"));
/// event.series = Some("Lantern Fair".to_owned());
/// assert_eq!(series_key(&event).as_deref(), Some("lantern fair"));
/// ```
pub fn series_key(event: &Event) -> Option<String> {
    let named = event.series.as_deref().map(|series| words(series, |_| true));
    let unnamed = [&event.slug, &event.title].into_iter().flatten();
    let mut keys = named.into_iter().chain(unnamed.map(|text| words(text, |word| !is_number(word))));
    keys.find(|key| !key.is_empty())
}

fn words(text: &str, keep: impl Fn(&str) -> bool) -> String {
    let label = Label::new(text);
    let words = label.key().split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && keep(word)).collect::<Vec<_>>().join(" ")
}

fn is_number(word: &str) -> bool {
    word.chars().all(char::is_numeric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sponsorfit::EventId;

    fn key(series: &str, slug: &str, title: &str) -> Option<String> {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let mut event = Event::new(EventId::from_bytes([1; 16]));
        (event.series, event.slug, event.title) = (text(series), text(slug), text(title));
        series_key(&event)
    }

    #[test]
    fn editions_share_a_key() {
        for (series, slug, title) in [
            ("Rails World", "rw-1", ""),
            ("", "rails-world-2024", "Anything"),
            ("", "", "Rails World 2025"),
            ("", "2025", "Rails World (2025)"),
            ("", "", "RAILS  World #3"),
        ] {
            assert_eq!(key(series, slug, title).as_deref(), Some("rails world"), "{series} {slug} {title}");
        }
    }

    #[test]
    fn a_named_series_keeps_its_numbers() {
        assert_eq!(key("Web 2", "web-3", "").as_deref(), Some("web 2"));
        assert_eq!(key("", "2025", "2025"), None);
    }
}
