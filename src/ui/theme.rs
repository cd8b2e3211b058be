//! Colours by role, never by hue. Every role also differs without colour, by modifier or by the text beside it.

use ratatui::style::{Color, Modifier, Style};

use crate::app::model::Colours;
use crate::domain::profile::Hue;

/// What a piece of the screen is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Plain text.
    Text,
    /// Labels, hints, what is less important.
    Dim,
    /// Heads and titles.
    Title,
    /// The frame: whose books, which place.
    Frame,
    /// The selected row.
    Selected,
    /// A marked row.
    Marked,
    /// The field that has the focus.
    Focus,
    /// The name of a key.
    Key,
    /// Something good: stamped, paid.
    Good,
    /// Something to beware of.
    Warning,
    /// Something wrong, or that bars.
    Error,
    /// Something under way.
    Busy,
    /// What matched what was typed.
    Match,
    /// A code for cameras: dark on light in every theme.
    Code,
}

/// What is painted in the colour of a company.
pub const COMPANY: char = '▌';

/// The colour of a company; none where there are no colours: its name and RFC tell it then.
pub fn hue(colours: Colours, hue: Hue) -> Option<Color> {
    if colours == Colours::None {
        return None;
    }
    Some(match hue {
        Hue::Blue => Color::LightBlue,
        Hue::Green => Color::Green,
        Hue::Magenta => Color::Magenta,
        Hue::Yellow => Color::Yellow,
        Hue::Cyan => Color::Cyan,
        Hue::Red => Color::Red,
    })
}

/// The style of a role.
pub fn style(colours: Colours, role: Role) -> Style {
    let plain = Style::new();
    let modified = match role {
        Role::Text | Role::Good | Role::Busy => plain,
        Role::Dim => plain.add_modifier(Modifier::DIM),
        Role::Title | Role::Key | Role::Marked | Role::Warning => {
            plain.add_modifier(Modifier::BOLD)
        }
        Role::Frame | Role::Selected | Role::Code => plain.add_modifier(Modifier::REVERSED),
        Role::Focus | Role::Match => plain.add_modifier(Modifier::UNDERLINED),
        Role::Error => plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
    };
    // Yellow and cyan vanish on light ground, grey on dark.
    let (accent, caution, faint) = match colours {
        Colours::None => return modified,
        Colours::Dark => (Color::Cyan, Color::Yellow, Color::Gray),
        Colours::Light => (Color::Blue, Color::Magenta, Color::DarkGray),
    };
    match role {
        Role::Text | Role::Title | Role::Selected => modified,
        Role::Code => plain.fg(Color::Black).bg(Color::White),
        Role::Dim => plain.fg(faint),
        Role::Frame => plain.fg(Color::White).bg(Color::Blue),
        Role::Marked => modified.fg(Color::Magenta),
        Role::Focus | Role::Key => modified.fg(accent),
        Role::Good => modified.fg(Color::Green),
        Role::Warning | Role::Match => modified.fg(caution),
        Role::Error => plain.fg(Color::Red).add_modifier(Modifier::BOLD),
        Role::Busy => modified.fg(Color::Blue),
    }
}
