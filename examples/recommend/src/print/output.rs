//! Results to a file that is whole or absent, or to standard output.

mod whole_file;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::error::FileError;
pub use whole_file::WholeFile;

/// Large enough that a gigabyte is a few thousand system calls.
const BUFFER: usize = 256 * 1024;

/// Results on their way to a file or to standard output.
///
/// A file is written beside its place and renamed by [`commit`](Self::commit), so a reader
/// sees the old file or the whole new one, and a failed run leaves what was there. A reader
/// of standard output that goes away (`| head`) is a quiet end, not an error.
///
/// # Examples
///
/// ```
/// use recommend::print::output::Output;
///
/// let folder = tempfile::tempdir()?;
/// let file = folder.path().join("matches.ndjson");
/// let mut output = Output::open(Some(&file))?;
/// output.row(&["a", "b"])?;
/// output.commit()?;
/// assert_eq!(std::fs::read_to_string(file)?, "[\"a\",\"b\"]\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Output {
    path: PathBuf,
    sink: Sink,
    /// Bytes that are not written yet. Dropped, not written, when a run fails.
    pending: Vec<u8>,
}

enum Sink {
    File(WholeFile),
    Stream(Box<dyn Write + Send>),
    /// A stream whose reader has left.
    Closed,
}

impl Output {
    /// Opens a file, or standard output without one or for `-`.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::output::Output;
    ///
    /// assert!(Output::open(None).is_ok());
    /// assert!(Output::open(Some("no-such-folder/out".as_ref())).is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`WholeFile::create`].
    pub fn open(target: Option<&Path>) -> Result<Self, FileError> {
        let (path, sink) = match target {
            Some(path) if path.as_os_str() != "-" => (path, Sink::File(WholeFile::create(path)?)),
            _ => (Path::new("stdout"), Sink::Stream(Box::new(io::stdout()))),
        };
        Ok(Self::to(path, sink))
    }

    fn to(path: &Path, sink: Sink) -> Self {
        Self { path: path.to_path_buf(), sink, pending: Vec::with_capacity(BUFFER) }
    }

    /// Adds a line of JSON.
    ///
    /// # Examples
    ///
    /// See [`Output`].
    ///
    /// # Errors
    ///
    /// Returns, as `path: message`, why it could not be written.
    pub fn row(&mut self, row: &impl Serialize) -> Result<(), FileError> {
        self.value(row)?;
        self.text("\n")
    }

    /// Adds JSON without an end of line.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::output::Output;
    ///
    /// let mut output = Output::open(None)?;
    /// output.value(&"text")?;
    /// # Ok::<(), recommend::error::FileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns, as `path: message`, why it could not be written.
    pub fn value(&mut self, value: &impl Serialize) -> Result<(), FileError> {
        serde_json::to_writer(&mut self.pending, value).map_err(|error| self.failed(error.into()))
    }

    /// Adds text as it is.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::output::Output;
    ///
    /// let mut output = Output::open(None)?;
    /// output.text("")?;
    /// # Ok::<(), recommend::error::FileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns, as `path: message`, why it could not be written.
    pub fn text(&mut self, text: &str) -> Result<(), FileError> {
        self.pending.extend_from_slice(text.as_bytes());
        if self.pending.len() < BUFFER { Ok(()) } else { self.flush() }
    }

    /// Hands on what was added so far, for a reader who watches.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::output::Output;
    ///
    /// let mut output = Output::open(None)?;
    /// output.flush()?;
    /// assert!(!output.is_closed());
    /// # Ok::<(), recommend::error::FileError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns, as `path: message`, why it could not be written.
    pub fn flush(&mut self) -> Result<(), FileError> {
        let written = match &mut self.sink {
            Sink::File(file) => file.write_all(&self.pending),
            Sink::Stream(stream) => match stream.write_all(&self.pending).and_then(|()| stream.flush()) {
                Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                    self.sink = Sink::Closed;
                    Ok(())
                }
                written => written,
            },
            Sink::Closed => Ok(()),
        };
        self.pending.clear();
        written.map_err(|error| self.failed(error))
    }

    /// Returns whether nobody reads any more, so that further results are for nothing.
    ///
    /// # Examples
    ///
    /// See [`Output::flush`].
    pub fn is_closed(&self) -> bool {
        matches!(self.sink, Sink::Closed)
    }

    /// Writes the rest and puts a file in its place.
    ///
    /// # Examples
    ///
    /// See [`Output`].
    ///
    /// # Errors
    ///
    /// Those of [`flush`](Self::flush) and [`WholeFile::commit`].
    pub fn commit(mut self) -> Result<(), FileError> {
        self.flush()?;
        match self.sink {
            Sink::File(file) => file.commit(),
            Sink::Stream(_) | Sink::Closed => Ok(()),
        }
    }

    fn failed(&self, error: io::Error) -> FileError {
        FileError::new(&self.path, error)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};

    use super::*;

    /// Keeps what is written, until a reader leaves as that of a pipe does.
    #[derive(Clone, Default)]
    struct Pipe(Arc<Mutex<Vec<u8>>>, usize);

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let mut kept = self.0.lock().unwrap();
            if kept.len() >= self.1 {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            kept.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn piped(length: usize) -> (Pipe, Output) {
        let pipe = Pipe(Arc::default(), length);
        let output = Output::to(Path::new("stdout"), Sink::Stream(Box::new(pipe.clone())));
        (pipe, output)
    }

    #[test]
    fn a_stream_gets_everything_in_order() {
        let (pipe, mut output) = piped(usize::MAX);
        output.text("one ").unwrap();
        output.row(&2).unwrap();
        assert_eq!(*pipe.0.lock().unwrap(), b"");
        output.commit().unwrap();
        assert_eq!(*pipe.0.lock().unwrap(), b"one 2\n");
    }

    #[test]
    fn much_is_handed_on_early_and_a_failed_run_ends_there() {
        let (pipe, mut output) = piped(usize::MAX);
        output.text(&"x".repeat(BUFFER)).unwrap();
        output.text("the rest").unwrap();
        drop(output);
        assert_eq!(pipe.0.lock().unwrap().len(), BUFFER);
    }

    #[test]
    fn a_reader_that_leaves_is_a_quiet_end() {
        let (pipe, mut output) = piped(1);
        output.text("one").unwrap();
        output.flush().unwrap();
        assert!(!output.is_closed());
        output.text("two").unwrap();
        output.flush().unwrap();
        assert!(output.is_closed());
        output.text("three").unwrap();
        output.commit().unwrap();
        assert_eq!(*pipe.0.lock().unwrap(), b"one");
        // The last bytes meet the closed pipe only when they are flushed.
        let (_, mut output) = piped(0);
        output.text("few").unwrap();
        output.commit().unwrap();
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn any_other_failure_of_a_stream_is_an_error() {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut output = Output::to(Path::new("stdout"), Sink::Stream(Box::new(full)));
        output.text("one").unwrap();
        assert_eq!(output.commit().unwrap_err().to_string(), "stdout: no space left");
    }
}
