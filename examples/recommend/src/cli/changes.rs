//! A flag for every change of facts, kept in the order they are given.

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Args, Command, FromArgMatches};
use sponsorfit::{Change, Count, Label, UnitInterval};

/// The changes to make, in the order of their flags.
#[derive(Debug)]
pub(super) struct Changes(pub(super) Vec<Change>);

/// A flag: its name, its value's name, what it does, and how its value is read.
type Flag = (&'static str, &'static str, &'static str, fn(&str) -> Result<Change, String>);

const FLAGS: [Flag; 15] = [
    ("add-category", "LABEL", "The sponsor prefers one category more", |text| {
        label(text, Change::AddCategory)
    }),
    ("remove-category", "LABEL", "The sponsor prefers one category less", |text| {
        label(text, Change::RemoveCategory)
    }),
    ("add-region", "LABEL", "The sponsor wants one region more", |text| label(text, Change::AddRegion)),
    ("remove-region", "LABEL", "The sponsor wants one region less", |text| label(text, Change::RemoveRegion)),
    ("set-budget", "CENTS", "The sponsor's yearly budget in cents, or `unknown`", |text| {
        count_or_unknown(text).map(Change::SetBudget)
    }),
    ("add-keyword", "LABEL", "The sponsor has one keyword more", |text| label(text, Change::AddKeyword)),
    ("add-event-category", "LABEL", "The event is in one category more", |text| {
        label(text, Change::AddEventCategory)
    }),
    ("remove-event-category", "LABEL", "The event is in one category less", |text| {
        label(text, Change::RemoveEventCategory)
    }),
    ("add-event-region", "LABEL", "The event is in one region more", |text| {
        label(text, Change::AddEventRegion)
    }),
    ("remove-event-region", "LABEL", "The event is in one region less", |text| {
        label(text, Change::RemoveEventRegion)
    }),
    ("set-min-price", "CENTS", "The event's lowest price in cents, or `unknown`", |text| {
        count_or_unknown(text).map(Change::SetMinPrice)
    }),
    ("add-event-keyword", "LABEL", "The event has one keyword more", |text| {
        label(text, Change::AddEventKeyword)
    }),
    ("set-engagement-score", "SHARE", "The audience's engagement, 0 to 1, or `unknown`", |text| {
        share_or_unknown(text).map(Change::SetEngagementScore)
    }),
    ("set-ticket-conversion-rate", "SHARE", "Visitors who buy a ticket, 0 to 1, or `unknown`", |text| {
        share_or_unknown(text).map(Change::SetTicketConversionRate)
    }),
    ("set-visitors", "REGION=COUNT", "How many visitors come from a region", visitors),
];

impl Args for Changes {
    fn augment_args(command: Command) -> Command {
        let flags = FLAGS.map(|(name, value, help, read)| {
            Arg::new(name)
                .long(name)
                .value_name(value)
                .help(help)
                .help_heading("Changes (at least one)")
                .value_parser(read)
                .action(ArgAction::Append)
                .allow_negative_numbers(true)
        });
        let group = ArgGroup::new("changes").args(FLAGS.map(|flag| flag.0)).required(true).multiple(true);
        command.args(flags).group(group)
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Changes {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut changes: Vec<(usize, Change)> = Vec::new();
        for (name, ..) in FLAGS {
            if matches.value_source(name) != Some(ValueSource::CommandLine) {
                continue;
            }
            let places = matches.indices_of(name).into_iter().flatten();
            let values = matches.get_many::<Change>(name).into_iter().flatten();
            changes.extend(places.zip(values.cloned()));
        }
        changes.sort_by_key(|(place, _)| *place);
        Ok(Self(changes.into_iter().map(|(_, change)| change).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn label(text: &str, change: fn(Label) -> Change) -> Result<Change, String> {
    let label = Label::new(text);
    if label.key().is_empty() { Err("a label is not empty".to_owned()) } else { Ok(change(label)) }
}

fn count(text: &str) -> Result<Count, String> {
    let count = text.trim().parse().ok().and_then(|number| Count::new(number).ok());
    count.ok_or_else(|| format!("`{text}` is not a whole number in 0..=9007199254740991"))
}

fn count_or_unknown(text: &str) -> Result<Option<Count>, String> {
    if text == "unknown" { Ok(None) } else { count(text).map(Some) }
}

fn share_or_unknown(text: &str) -> Result<Option<UnitInterval>, String> {
    if text == "unknown" {
        return Ok(None);
    }
    let share = text.trim().parse().ok().and_then(|number| UnitInterval::new(number).ok());
    share.map(Some).ok_or_else(|| format!("`{text}` is not a number in 0..=1"))
}

fn visitors(text: &str) -> Result<Change, String> {
    let Some((region, visitors)) = text.rsplit_once('=') else {
        return Err(format!("`{text}` is not like US=800"));
    };
    let count = count(visitors)?;
    let region = Label::new(region);
    if region.key().is_empty() {
        return Err("a label is not empty".to_owned());
    }
    Ok(Change::SetVisitors { region, count })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(arguments: &[&str]) -> Result<Vec<Change>, clap::Error> {
        let command = Changes::augment_args(Command::new("what-if").no_binary_name(true));
        Changes::from_arg_matches(&command.try_get_matches_from(arguments)?).map(|changes| changes.0)
    }

    #[test]
    fn every_change_there_is_has_a_flag() {
        // The core lists its changes when it is asked for one that it has not.
        let refusal = serde_json::from_str::<Change>(r#"{"no_such_change": 1}"#).unwrap_err().to_string();
        let listed = refusal.split('`').skip(1).step_by(2).filter(|name| name.contains('_'));
        let mut listed: Vec<String> = listed.skip(1).map(|name| name.replace('_', "-")).collect();
        let mut flags = FLAGS.map(|flag| flag.0.to_owned()).to_vec();
        listed.sort();
        flags.sort();
        assert_eq!(flags, listed, "{refusal}");
    }

    #[test]
    fn flags_make_the_change_of_their_name() {
        for (name, value, ..) in FLAGS {
            let text = match value {
                "LABEL" => "x",
                "CENTS" | "SHARE" => "1",
                _ => "x=1",
            };
            let made = changes(&[&format!("--{name}"), text]).unwrap();
            let written = serde_json::to_value(&made[0]).unwrap();
            assert!(written.get(name.replace('-', "_")).is_some(), "{name}: {written}");
        }
    }

    #[test]
    fn the_order_is_that_of_the_flags() {
        let made =
            changes(&["--remove-region", "b", "--add-region", "a", "--set-budget", "5", "--add-region", "b"]);
        let written = serde_json::to_string(&made.unwrap()).unwrap();
        assert_eq!(
            written,
            r#"[{"remove_region":"b"},{"add_region":"a"},{"set_budget":5},{"add_region":"b"}]"#
        );
    }

    #[test]
    fn unknown_and_regions_with_an_equals_sign_are_values() {
        let made = changes(&["--set-budget", "unknown", "--set-visitors", "a=b=7"]).unwrap();
        assert_eq!(
            serde_json::to_string(&made).unwrap(),
            r#"[{"set_budget":null},{"set_visitors":{"region":"a=b","count":7}}]"#
        );
    }

    #[test]
    fn values_out_of_range_are_refused() {
        for (arguments, refusal) in [
            (["--set-budget", "-5"], "`-5` is not a whole number in 0..=9007199254740991"),
            (["--set-budget", "9007199254740992"], "is not a whole number in 0..=9007199254740991"),
            (["--set-budget", "lots"], "`lots` is not a whole number in 0..=9007199254740991"),
            (["--set-engagement-score", "1.5"], "`1.5` is not a number in 0..=1"),
            (["--set-engagement-score", "NaN"], "`NaN` is not a number in 0..=1"),
            (["--set-ticket-conversion-rate", "half"], "`half` is not a number in 0..=1"),
            (["--set-visitors", "US"], "`US` is not like US=800"),
            (["--set-visitors", "=3"], "a label is not empty"),
            (["--add-region", " "], "a label is not empty"),
        ] {
            let error = changes(&arguments).unwrap_err().to_string();
            assert!(error.contains(refusal), "{error}");
        }
        assert!(changes(&[]).unwrap_err().to_string().contains("--add-category"));
    }
}
