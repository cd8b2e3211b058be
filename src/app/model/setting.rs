//! Where the program runs: which other side, and what the terminal can show.

/// Where the other side is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Venue {
    /// The sandbox inside this program.
    Demo,
    /// A sandbox, or another server on this machine.
    Loopback,
    /// The real thing.
    Live,
}

/// Whether the screen has colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// The sixteen of the terminal, for light letters on dark ground.
    #[default]
    Dark,
    /// The sixteen of the terminal, for dark letters on light ground.
    Light,
    /// None: `NO_COLOR` is set.
    None,
}

/// Rows of the frame around a page: title, place, and footer.
pub const FRAME_ROWS: u16 = 3;

/// From so many columns on, a pane beside the list shows the selected record.
pub const SIDE_PANE_FROM: u16 = 100;
