//! Maps as inline SVG: a country among its neighbours, and the world with what the archive covers.
//!
//! The outlines lie on a `globe`, which knows what each of their corners matters. A map is a `projection` of those that its
//! frame can show. `ground` takes each country's rings from there: thinned to what there is room for, clipped to the frame, and
//! written as a `path`. A `locator` and the `world` choose the frame and put the countries together; [`Sheets`] keeps the
//! globe, and what was drawn for all languages.
//!
//! Nothing runs in a reader's browser, and no colour is written here: a style sheet gives each class its own, by day and by
//! night. Lengths are in units of the frame, and whole.
//!
//! | class | what has it |
//! |---|---|
//! | `map` | the whole map, with `map-locator` or `map-world` |
//! | `map-sea` | what lies behind all lands |
//! | `map-land` | lands of which nothing is said |
//! | `map-near`, `map-here` | in a locator: the neighbours on land, and the country itself |
//! | `map-0` … `map-5` | in the world: the link of a country, by its class of coverage |
//! | `map-mark` | a circle where a country is too small to be seen |

mod globe;
mod ground;
mod locator;
mod path;
mod projection;
mod sheets;
#[cfg(test)]
mod tests;
mod world;

pub use locator::Locator;
pub use sheets::Sheets;
pub use world::{Coverage, WorldMap};

use super::html::{push_attribute, push_text};
use std::fmt::Write;

/// What a map is called, for those who do not see it and, of the title, as its tooltip.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// What begins the map's ids, which no other thing of the page has.
    pub prefix: &'a str,
    /// What it is: « Le Kazakhstan et ses voisins ».
    pub title: &'a str,
    /// What it shows, in a sentence or two.
    pub description: &'a str,
}

/// A place on a map, in units of its frame: to the right, and down.
type Spot = [f64; 2];

/// Opens a map of this kind and size, and says what it is.
fn open(svg: &mut String, kind: &str, role: &str, [width, height]: Spot, caption: Caption<'_>) {
    let id = |part| format!("{}-{part}", caption.prefix);
    let _ = write!(svg, "<svg class=\"map {kind}\" viewBox=\"0 0 {width} {height}\"");
    push_attribute(svg, "role", role);
    push_attribute(svg, "aria-labelledby", &id("title"));
    push_attribute(svg, "aria-describedby", &id("description"));
    svg.push('>');
    for (element, part, text) in
        [("title", "title", caption.title), ("desc", "description", caption.description)]
    {
        let _ = write!(svg, "<{element}");
        push_attribute(svg, "id", &id(part));
        svg.push('>');
        push_text(svg, text);
        let _ = write!(svg, "</{element}>");
    }
    let _ = write!(svg, "<rect class=\"map-sea\" width=\"{width}\" height=\"{height}\"/>");
}

/// Writes a path of this class, if there is anything to it.
fn push_path(svg: &mut String, class: &str, path: &str) {
    if !path.is_empty() {
        let _ = write!(svg, "<path class=\"{class}\" d=\"{path}\"/>");
    }
}

/// Writes a mark.
fn push_mark(svg: &mut String, class: &str, [x, y]: Spot, radius: f64) {
    let _ = write!(svg, "<circle class=\"{class}\" cx=\"{:.0}\" cy=\"{:.0}\" r=\"{radius}\"/>", x, y);
}
