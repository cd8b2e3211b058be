//! A backend that sends each frame as one write inside synchronized output, and nothing when nothing changed.
//!
//! The cells are encoded by ratatui's own crossterm backend, into memory. This one adds the frame around them and
//! moves the cursor only when it has to. It never flushes by halves: what [`Backend::flush`] has not sent is not
//! on the terminal.

use std::io::{self, Write};

use crossterm::cursor::{Hide, MoveTo, Show};
use crossterm::queue;
use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Where the cursor is, if it is shown.
type Cursor = Option<Position>;

/// Collects a frame and writes it whole.
#[derive(Debug)]
pub struct FrameBackend<W: Write> {
    output: W,
    size: fn() -> io::Result<Size>,
    /// The frame so far; begins with [`BEGIN`] always, so that no byte is moved when it is sent.
    frame: Vec<u8>,
    /// Where the last frame left the cursor. Replaced when a frame is sent.
    cursor: Cursor,
    /// Where this frame wants it.
    wanted: Cursor,
}

impl<W: Write> FrameBackend<W> {
    /// Writes to `output`; `size` tells how many cells there are. The cursor is taken to be off.
    pub fn new(output: W, size: fn() -> io::Result<Size>) -> Self {
        Self {
            output,
            size,
            frame: BEGIN.to_vec(),
            cursor: None,
            wanted: None,
        }
    }

    /// What the frames are written to.
    pub fn output(&self) -> &W {
        &self.output
    }

    fn encoder(&mut self) -> io::Result<CrosstermBackend<&mut Vec<u8>>> {
        if self.frame.len() == BEGIN.len() && self.cursor.is_some() {
            // Terminals without synchronized output would show it running over the cells.
            queue!(self.frame, Hide)?;
        }
        Ok(CrosstermBackend::new(&mut self.frame))
    }
}

impl<W: Write> Backend for FrameBackend<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.encoder()?.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.wanted = None;
        Ok(())
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.wanted = self.wanted.or(Some(Position::ORIGIN));
        Ok(())
    }

    /// Answers from memory; the terminal is not asked.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.wanted.unwrap_or(Position::ORIGIN))
    }

    /// Only a cursor that is shown has a place.
    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.wanted = self.wanted.map(|_| position.into());
        Ok(())
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.encoder()?.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        (self.size)()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize {
            columns_rows: self.size()?,
            pixels: Size::ZERO,
        })
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.frame.len() == BEGIN.len() && self.cursor == self.wanted {
            return Ok(());
        }
        match self.wanted {
            Some(Position { x, y }) => queue!(self.frame, MoveTo(x, y), Show)?,
            None => queue!(self.frame, Hide)?,
        }
        self.frame.extend_from_slice(END);
        let sent = self
            .output
            .write_all(&self.frame)
            .and_then(|()| self.output.flush());
        self.frame.truncate(BEGIN.len());
        self.cursor = self.wanted;
        sent
    }
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::widgets::Paragraph;

    use super::*;

    /// Keeps each write apart.
    #[derive(Debug, Default)]
    struct Writes(Vec<String>);

    impl Write for Writes {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(String::from_utf8_lossy(bytes).into_owned());
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn screen() -> Terminal<FrameBackend<Writes>> {
        Terminal::new(FrameBackend::new(Writes::default(), || {
            Ok(Size::new(12, 2))
        }))
        .unwrap()
    }

    fn paint(screen: &mut Terminal<FrameBackend<Writes>>, text: &str, cursor: Option<(u16, u16)>) {
        screen
            .draw(|frame| {
                frame.render_widget(Paragraph::new(text), frame.area());
                if let Some(place) = cursor {
                    frame.set_cursor_position(place);
                }
            })
            .unwrap();
    }

    fn writes(screen: &Terminal<FrameBackend<Writes>>) -> &[String] {
        &screen.backend().output().0
    }

    #[test]
    fn a_frame_is_one_write_inside_synchronized_output() {
        let mut screen = screen();
        paint(&mut screen, "uno\ndos", Some((3, 1)));
        let [only] = writes(&screen) else {
            panic!("{:?}", writes(&screen));
        };
        assert!(
            only.starts_with("\x1b[?2026h") && only.ends_with("\x1b[?2026l"),
            "{only:?}"
        );
        assert!(only.contains("uno") && only.contains("dos"), "{only:?}");
        assert!(only.contains("\x1b[2;4H\x1b[?25h"), "{only:?}");
    }

    #[test]
    fn an_unchanged_frame_writes_nothing() {
        let mut screen = screen();
        paint(&mut screen, "uno", Some((1, 0)));
        paint(&mut screen, "uno", Some((1, 0)));
        assert_eq!(writes(&screen).len(), 1);
    }

    #[test]
    fn a_cursor_that_moved_alone_is_written_alone() {
        let mut screen = screen();
        paint(&mut screen, "uno", Some((1, 0)));
        paint(&mut screen, "uno", Some((2, 0)));
        paint(&mut screen, "uno", None);
        assert_eq!(
            writes(&screen)[1..],
            [
                "\x1b[?2026h\x1b[1;3H\x1b[?25h\x1b[?2026l",
                "\x1b[?2026h\x1b[?25l\x1b[?2026l"
            ]
        );
    }

    #[test]
    fn a_shown_cursor_does_not_run_over_the_cells() {
        let mut screen = screen();
        paint(&mut screen, "uno", Some((1, 0)));
        paint(&mut screen, "dos", Some((1, 0)));
        assert!(writes(&screen)[1].starts_with("\x1b[?2026h\x1b[?25l"));
    }

    #[test]
    fn painting_whole_clears_and_writes_every_cell_again_in_one_write() {
        let mut screen = screen();
        paint(&mut screen, "uno", None);
        super::super::repaint_whole(&mut screen).unwrap();
        paint(&mut screen, "uno", None);
        assert_eq!(writes(&screen).len(), 2);
        assert!(writes(&screen)[1].contains("\x1b[2J"));
        assert!(writes(&screen)[1].contains("uno"));
    }
}
