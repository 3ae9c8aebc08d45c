//! The quality of rankers as a picture: a dot a mean, a whisker an interval.

use std::fmt::Write as _;

use sponsorfit_learn::evaluation::{ContenderKind, RULE_TO_BEAT, RankerQuality, Report};

use crate::print::display::text::{clean, fit};
use crate::print::display::{counted, period};

// All lengths are in pixels.
const WIDTH: f64 = 760.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 700.0;
const TOP: f64 = 92.0;
const ROW: f64 = 34.0;

/// Columns of a ranker's name.
const NAME: usize = 24;

const STYLE: &str = "\
text{font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:14px;fill:#1f2937}\
.title{font-size:18px;font-weight:600}.note{font-size:12px;fill:#6b7280}.name{text-anchor:end}\
.value{font-size:13px;paint-order:stroke;stroke:#fff;stroke-width:5px;stroke-linejoin:round;font-variant-numeric:tabular-nums}.tick{font-size:12px;fill:#6b7280;text-anchor:middle}\
.grid{stroke:#e5e7eb}.rule{stroke:#b45309;stroke-dasharray:4 4}.whisker{stroke:#64748b;stroke-width:2}\
.dot{fill:#2563eb}.model{fill:#15803d}.chance{fill:#94a3b8}.best{font-weight:600}";

/// Returns the picture: NDCG@20 of every ranker with its interval, from the best.
pub(crate) fn quality(report: &Report<'_>) -> String {
    let rows = report.best_first();
    let scale = Scale::of(&rows);
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let bottom = TOP + ROW * rows.len() as f64;
    let height = bottom + 62.0;
    let about = format!(
        "{} {}, {} known before",
        counted(report.queries as u64, "event", "events"),
        period(report.cut, report.until),
        counted(report.candidates as u64, "sponsor", "sponsors"),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n\
         <title id=\"title\">Quality of rankers by NDCG@20</title>\n<desc id=\"desc\">{}</desc>\n\
         <style>{STYLE}</style>\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#ffffff\"/>\n\
         <text class=\"title\" x=\"24\" y=\"36\">Who will sponsor? NDCG@20 by ranker</text>\n\
         <text class=\"note\" x=\"24\" y=\"58\">{}; mean and 95 % interval</text>\n",
        escaped(&described(&about, &rows)),
        escaped(&about),
    );
    scale.draw(&mut svg, bottom);
    let rule = rows.iter().find(|row| row.name == RULE_TO_BEAT);
    if let Some(rule) = rule {
        let x = scale.x(rule.ndcg_at_20.mean);
        let _ = writeln!(
            svg,
            "<line class=\"rule\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{bottom}\"/>",
            TOP - 8.0
        );
    }
    let mut y = TOP + ROW / 2.0;
    for (row, place) in rows.iter().zip(0..) {
        draw(&mut svg, row, place == 0, &scale, y);
        y += ROW;
    }
    let _ = writeln!(
        svg,
        "<text class=\"tick\" x=\"{}\" y=\"{}\">NDCG@20, 1 is perfect; dashed: the rule “{RULE_TO_BEAT}”</text>",
        f64::midpoint(LEFT, RIGHT),
        bottom + 46.0
    );
    svg + "</svg>\n"
}

/// Everything the picture shows, in words.
fn described(about: &str, rows: &[&RankerQuality<'_>]) -> String {
    let rows = rows.iter().map(|row| {
        let ndcg = row.ndcg_at_20;
        format!("{} {:.3} ({:.3} to {:.3})", row.name, ndcg.mean, ndcg.lower, ndcg.upper)
    });
    format!("{about}. {}.", rows.collect::<Vec<_>>().join("; "))
}

fn draw(svg: &mut String, row: &RankerQuality<'_>, is_best: bool, scale: &Scale, y: f64) {
    let ndcg = row.ndcg_at_20;
    let (lower, x, upper) = (scale.x(ndcg.lower), scale.x(ndcg.mean), scale.x(ndcg.upper));
    let (name, text) = (escaped(&fit(&clean(row.name), NAME)), y + 5.0);
    let best = if is_best { " best" } else { "" };
    let dot = match row.kind {
        ContenderKind::Model => "dot model",
        ContenderKind::Chance => "dot chance",
        _ => "dot",
    };
    let _ = write!(
        svg,
        "<text class=\"name{best}\" x=\"{}\" y=\"{text}\">{name}</text>\n\
         <path class=\"whisker\" d=\"M{lower} {}v10m0 -5H{upper}m0 -5v10\" fill=\"none\"/>\n\
         <circle class=\"{dot}\" cx=\"{x}\" cy=\"{y}\" r=\"5.5\"/>\n\
         <text class=\"value{best}\" x=\"{}\" y=\"{text}\">{:.3}</text>\n",
        LEFT - 16.0,
        y - 5.0,
        upper + 10.0,
        ndcg.mean
    );
}

/// From 0 to the first mark beyond every interval.
struct Scale {
    step: f64,
    steps: u32,
}

impl Scale {
    fn of(rows: &[&RankerQuality<'_>]) -> Self {
        let largest = rows.iter().map(|row| row.ndcg_at_20.upper).fold(0.05, f64::max);
        let step = [0.01, 0.02, 0.05, 0.1].into_iter().find(|step| largest / step <= 7.0).unwrap_or(0.2);
        let steps = (1..=7_u32).find(|&steps| f64::from(steps) * step >= largest).unwrap_or(7);
        Self { step, steps }
    }

    fn x(&self, value: f64) -> f64 {
        let x = LEFT + value / (self.step * f64::from(self.steps)) * (RIGHT - LEFT);
        (x * 10.0).round() / 10.0
    }

    fn draw(&self, svg: &mut String, bottom: f64) {
        for mark in 0..=self.steps {
            let value = f64::from(mark) * self.step;
            let x = self.x(value);
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{x}\" x2=\"{x}\" y1=\"{}\" y2=\"{bottom}\"/>\n\
                 <text class=\"tick\" x=\"{x}\" y=\"{}\">{value:.2}</text>\n",
                TOP - 8.0,
                bottom + 20.0
            );
        }
    }
}

/// Makes text from file names harmless within an element.
fn escaped(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
