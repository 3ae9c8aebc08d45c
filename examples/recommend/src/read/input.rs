//! Files, standard input and gzip, read to bytes.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::error::FileError;

/// RFC 1952, section 2.3.1: the first two bytes of every gzip member. No JSON
/// or CSV text begins so: 0x8b cannot follow 0x1f in UTF-8.
const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

/// Reads a file to its end, unzipped when it is gzip.
///
/// `-` is standard input. Gzip is told by its first bytes, never by the name, so
/// `curl … | recommend --events -` works for both.
///
/// # Examples
///
/// ```
/// use recommend::read::input;
///
/// let path = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
/// let bytes = input::read(path.as_ref())?;
/// assert!(bytes.starts_with(b"[package]"));
/// # Ok::<(), recommend::error::FileError>(())
/// ```
///
/// # Errors
///
/// Refuses, as `path: message`, what cannot be opened or read and gzip data that are
/// damaged or end too early.
pub fn read(path: &Path) -> Result<Vec<u8>, FileError> {
    let bytes =
        if is_stdin(path) { read_from(io::stdin().lock()) } else { File::open(path).and_then(read_from) };
    bytes.map_err(|error| FileError::new(shown(path), error))
}

/// Returns the path as messages name it: `stdin` for `-`, else unchanged.
///
/// # Examples
///
/// ```
/// use std::path::Path;
/// use recommend::read::input::shown;
///
/// assert_eq!(shown(Path::new("-")), Path::new("stdin"));
/// assert_eq!(shown(Path::new("a.ndjson")), Path::new("a.ndjson"));
/// ```
pub fn shown(path: &Path) -> &Path {
    if is_stdin(path) { Path::new("stdin") } else { path }
}

/// Returns whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn read_from(mut source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.by_ref().take(GZIP_MAGIC.len() as u64).read_to_end(&mut bytes)?;
    if bytes != GZIP_MAGIC {
        source.read_to_end(&mut bytes)?;
        return Ok(bytes);
    }
    let mut text = Vec::new();
    // Parallel and block compressors write many members one after another.
    MultiGzDecoder::new(GZIP_MAGIC.chain(source)).read_to_end(&mut text).map_err(damaged)?;
    Ok(text)
}

fn damaged(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "the gzip data end too early"),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => {
            io::Error::new(error.kind(), format!("damaged gzip data ({error})"))
        }
        _ => error,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// Hands out one byte a call, as a slow pipe may.
    struct Trickle<'a>(&'a [u8]);

    impl Read for Trickle<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = buffer.len().min(1);
            self.0.read(&mut buffer[..count])
        }
    }

    #[test]
    fn plain_text_of_any_length_is_unchanged() {
        for text in [&b""[..], b"\x1f", b"{", b"{}", b"{}\n{}\n", b"\x1f\x8c{}"] {
            assert_eq!(read_from(text).unwrap(), text);
            assert_eq!(read_from(Trickle(text)).unwrap(), text);
        }
    }

    #[test]
    fn gzip_is_told_by_its_content() {
        let zipped = gzip(b"{\"event_id\":1}\n");
        assert_eq!(read_from(&zipped[..]).unwrap(), b"{\"event_id\":1}\n");
        assert_eq!(read_from(Trickle(&zipped)).unwrap(), b"{\"event_id\":1}\n");
    }

    #[test]
    fn gzip_members_are_joined() {
        let zipped = [gzip(b"one\n"), gzip(b"two\n")].concat();
        assert_eq!(read_from(&zipped[..]).unwrap(), b"one\ntwo\n");
    }

    #[test]
    fn cut_gzip_says_so() {
        let zipped = gzip(b"some text that is long enough to be cut");
        for end in 2..zipped.len() {
            let error = read_from(&zipped[..end]).unwrap_err();
            assert_eq!(error.to_string(), "the gzip data end too early", "at {end}");
        }
    }

    #[test]
    fn damaged_gzip_says_so() {
        let mut zipped = gzip(b"some text that is long enough to be damaged");
        let checksum = zipped.len() - 8;
        zipped[checksum] ^= 1;
        let error = read_from(&zipped[..]).unwrap_err();
        assert!(error.to_string().starts_with("damaged gzip data ("), "{error}");
    }

    #[test]
    fn errors_name_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing.ndjson");
        let error = read(&missing).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: no such file", missing.display()));
        assert_eq!(error.path(), missing);

        let error = read(folder.path()).unwrap_err().to_string();
        assert!(error.starts_with(&format!("{}: ", folder.path().display())), "{error}");

        let cut = folder.path().join("cut.gz");
        std::fs::write(&cut, &gzip(b"text")[..9]).unwrap();
        let error = read(&cut).unwrap_err();
        assert_eq!(error.to_string(), format!("{}: the gzip data end too early", cut.display()));
    }
}
