//! A screen in memory whose size changes from outside, as a window's does.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ratatui::backend::{Backend, ClearType, TestBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

/// The screen. Clones are the same screen.
#[derive(Clone)]
pub struct Pane(Arc<Mutex<TestBackend>>);

impl Pane {
    pub fn new((width, height): (u16, u16)) -> Self {
        Self(Arc::new(Mutex::new(TestBackend::new(width, height))))
    }

    pub fn resize(&self, width: u16, height: u16) {
        self.lock().resize(width, height);
    }

    fn lock(&self) -> MutexGuard<'_, TestBackend> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Backend for Pane {
    type Error = Infallible;

    fn draw<'a, I>(&mut self, content: I) -> Result<(), Infallible>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut inner = self.lock();
        // As on a terminal, what lies outside goes nowhere: the size may change in the middle of a frame.
        let size = inner.size()?;
        inner.draw(content.filter(|(x, y, _)| *x < size.width && *y < size.height))
    }

    fn hide_cursor(&mut self) -> Result<(), Infallible> {
        self.lock().hide_cursor()
    }

    fn show_cursor(&mut self) -> Result<(), Infallible> {
        self.lock().show_cursor()
    }

    fn get_cursor_position(&mut self) -> Result<Position, Infallible> {
        self.lock().get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> Result<(), Infallible> {
        self.lock().set_cursor_position(position)
    }

    fn clear(&mut self) -> Result<(), Infallible> {
        self.lock().clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> Result<(), Infallible> {
        self.lock().clear_region(clear_type)
    }

    fn size(&self) -> Result<Size, Infallible> {
        self.lock().size()
    }

    fn window_size(&mut self) -> Result<WindowSize, Infallible> {
        self.lock().window_size()
    }

    fn flush(&mut self) -> Result<(), Infallible> {
        self.lock().flush()
    }
}
