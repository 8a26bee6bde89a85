//! How many briefs there were in time, as bars in SVG inside the page.
//!
//! It has no words but its title and description, and no colours: `chart` is the class of the whole, `chart-bar` of the bars,
//! `chart-base` of the line they stand on.

use super::html::{push_attribute, push_text};
use crate::page::view::HistoryView;
use std::fmt::Write;

/// The height of the highest bar.
const HEIGHT: usize = 80;
/// The width of the chart, where there are enough bars.
const WIDTH: usize = 600;
/// The width of a bar at most.
const WIDEST: usize = 24;
/// The highest bar stands for so many briefs at least: one brief alone is no peak.
const FEW: usize = 3;

/// The chart of a history, whose ids begin with `prefix`.
pub(super) fn chart(history: &HistoryView, prefix: &str) -> String {
    let bars = history.periods.len().max(1);
    let step = (WIDTH / bars).clamp(1, WIDEST);
    let (width, height) = (bars * step, HEIGHT + 1);
    let mut svg = String::with_capacity(1_000 + bars * 16);
    let _ = write!(
        svg,
        "<svg class=\"chart\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         preserveAspectRatio=\"none\" role=\"img\" aria-labelledby=\"{prefix}-title\" \
         aria-describedby=\"{prefix}-description\">"
    );
    for (element, part, text) in
        [("title", "title", &history.title), ("desc", "description", &history.description)]
    {
        let _ = write!(svg, "<{element}");
        push_attribute(&mut svg, "id", &format!("{prefix}-{part}"));
        svg.push('>');
        push_text(&mut svg, text);
        let _ = write!(svg, "</{element}>");
    }
    let _ = write!(svg, "<path class=\"chart-base\" d=\"M0 {HEIGHT}h{width}v1h-{width}z\"/>");
    let _ = write!(svg, "<path class=\"chart-bar\" d=\"{}\"/></svg>", path(history, step));
    svg
}

/// The bars, each with a gap before the next where there is room for one.
fn path(history: &HistoryView, step: usize) -> String {
    let most = history.periods.iter().map(|period| period.count).max().unwrap_or_default().max(FEW);
    let bar = step - step.div_ceil(6).min(step - 1);
    let mut path = String::new();
    for (index, period) in history.periods.iter().enumerate().filter(|(_, period)| period.count > 0) {
        // What there is can be seen.
        let top = HEIGHT - (period.count * HEIGHT / most).max(2);
        let _ = write!(path, "M{} {HEIGHT}V{top}h{bar}V{HEIGHT}z", index * step);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::view::PeriodCount;

    fn history(counts: &[usize]) -> HistoryView {
        let period = |count: &usize| PeriodCount { name: "septembre 2022".to_owned(), count: *count };
        HistoryView {
            title: "Articles par mois".to_owned(),
            period: "Mois".to_owned(),
            description: "R&D".to_owned(),
            periods: counts.iter().map(period).collect(),
        }
    }

    #[test]
    fn a_bar_is_as_high_as_there_are_briefs_and_none_stands_for_none() {
        let svg = chart(&history(&[2, 0, 4]), "c");
        assert!(svg.contains("d=\"M0 80V40h20V80zM48 80V0h20V80z\""), "{svg}");
        assert!(svg.contains("<desc id=\"c-description\">R&amp;D</desc>"), "{svg}");
    }

    #[test]
    fn ten_years_of_months_take_less_than_three_kilobytes() {
        let counts: Vec<usize> = (0..120).map(|month| 1 + month * 7919 % 83).collect();
        let length = chart(&history(&counts), "chart").len();
        assert!(length <= 3_000, "{length}");
    }

    #[test]
    fn a_thousand_years_and_one_brief_are_drawn() {
        let counts: Vec<usize> = (0..1_000).map(|year| year % 3).collect();
        assert!(chart(&history(&counts), "c").contains("viewBox=\"0 0 1000 81\""));
        assert!(chart(&history(&[1]), "c").contains("M0 80V54h20V80z"));
    }
}
