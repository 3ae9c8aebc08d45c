//! How much of what the score reads is unknown, by column.

use sponsorfit::{AudienceInsights, BudgetReading, Event, GeoReading, Leaf, ObjectivesKind, SponsorProfile};

use crate::print::display::percent;
use crate::read::load::Tables;
use crate::read::settings::Settings;

/// Returns the shares of sponsors and of events, and what the configuration leaves unknown.
pub(super) fn texts(tables: &Tables, settings: &Settings) -> Vec<String> {
    let mut texts = Vec::new();
    texts.extend(listed("sponsors", tables.sponsors.len(), &sponsor_columns(tables, settings)));
    texts.extend(listed("events", tables.events.len(), &event_columns(tables, settings)));
    let is_compared = settings.scorer.config().objectives != ObjectivesKind::None;
    if !is_compared && !tables.sponsors.is_empty() && !tables.events.is_empty() {
        texts.push(format!(
            "{}, which this configuration does not compare",
            Leaf::ObjectivesSimilarity.path()
        ));
    }
    texts
}

/// A column, and in how many rows it is unknown.
type Column = (&'static str, usize);

fn sponsor_columns(tables: &Tables, settings: &Settings) -> Vec<Column> {
    let count = |is_unknown: fn(&SponsorProfile) -> bool| {
        tables.sponsors.iter().filter(|sponsor| is_unknown(sponsor)).count()
    };
    let mut columns = vec![
        ("annual_budget_cents", count(|sponsor| sponsor.annual_budget_cents.is_none())),
        ("preferred_categories", count(|sponsor| sponsor.preferred_categories.is_empty())),
        ("regions", count(|sponsor| sponsor.regions.is_empty())),
    ];
    columns.extend(match settings.scorer.config().objectives {
        ObjectivesKind::Keywords => {
            Some(("brand_objectives", count(|sponsor| sponsor.brand_objectives.tokens().is_empty())))
        }
        ObjectivesKind::Embedding { .. } => {
            Some(("objectives_embedding", count(|sponsor| sponsor.objectives_embedding.is_none())))
        }
        ObjectivesKind::None | ObjectivesKind::Custom { .. } => None,
    });
    columns
}

fn event_columns(tables: &Tables, settings: &Settings) -> Vec<Column> {
    let config = settings.scorer.config();
    let count =
        |is_unknown: fn(&Event) -> bool| tables.events.iter().filter(|event| is_unknown(event)).count();
    let measured = |is_known: fn(&AudienceInsights) -> bool| {
        tables.insights.iter().filter(|insights| !insights.as_ref().is_some_and(is_known)).count()
    };
    let mut columns = vec![("categories", count(|event| event.categories.is_empty()))];
    let pairs = tables.events.iter().zip(&tables.insights);
    let nowhere = pairs.filter(|(event, insights)| {
        let is_visited = |insights: &AudienceInsights| insights.geo_distribution.total() > 0;
        event.regions.is_empty() && !insights.as_ref().is_some_and(is_visited)
    });
    columns.push(("regions", nowhere.count()));
    if config.geo_reading == GeoReading::AudienceShare {
        columns.push(("geo_distribution", measured(|insights| insights.geo_distribution.total() > 0)));
    }
    if config.budget_reading == BudgetReading::Price {
        columns.push(("min_price_cents", count(|event| event.min_price_cents.is_none())));
    }
    columns.push(("engagement_score", measured(|insights| insights.engagement_score.is_some())));
    columns.push(("ticket_conversion_rate", measured(|insights| insights.ticket_conversion_rate.is_some())));
    columns.extend(match config.objectives {
        ObjectivesKind::Keywords => Some(("objectives", count(|event| event.objectives.tokens().is_empty()))),
        ObjectivesKind::Embedding { .. } => {
            Some(("objectives_embedding", count(|event| event.objectives_embedding.is_none())))
        }
        ObjectivesKind::None | ObjectivesKind::Custom { .. } => None,
    });
    columns
}

#[expect(clippy::cast_precision_loss, reason = "a share of rows that fit into memory")]
fn listed(rows: &str, total: usize, columns: &[Column]) -> Option<String> {
    let unknown = columns.iter().filter(|(_, count)| *count > 0);
    let shares = unknown.map(|(name, count)| format!("{name} {}", percent(*count as f64 / total as f64)));
    let shares: Vec<String> = shares.collect();
    (!shares.is_empty()).then(|| format!("{rows}: {}", shares.join(", ")))
}
