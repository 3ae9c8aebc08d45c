//! A file that is whole or absent.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempPath};

use super::BUFFER;
use crate::error::FileError;

/// A file that appears under its name only when [`commit`](Self::commit) is called.
///
/// Until then its bytes are in a file beside it, which goes away when this is dropped. It
/// outlives a crash of the program, not of the machine: nothing is forced to disk.
///
/// # Examples
///
/// ```
/// use std::io::Write;
/// use recommend::print::output::WholeFile;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("events.ndjson");
/// let mut file = WholeFile::create(&path)?;
/// file.write_all(b"{}\n")?;
/// assert!(!path.exists());
/// file.commit()?;
/// assert_eq!(std::fs::read_to_string(&path)?, "{}\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct WholeFile {
    path: PathBuf,
    file: BufWriter<File>,
    /// Where the bytes are until the rename, and the place they go to. None for what
    /// cannot be replaced: a device or a pipe.
    pending: Option<(TempPath, PathBuf)>,
}

impl WholeFile {
    /// Opens a file beside `path`.
    ///
    /// A link is followed: the file it points to is the one replaced. A device or a named
    /// pipe is written to as it is, for renaming over `/dev/null` would destroy it.
    ///
    /// # Examples
    ///
    /// ```
    /// use recommend::print::output::WholeFile;
    ///
    /// let error = WholeFile::create("no-such-folder/out.ndjson".as_ref()).unwrap_err();
    /// assert_eq!(error.to_string(), "no-such-folder/out.ndjson: no such folder");
    /// ```
    ///
    /// # Errors
    ///
    /// Refuses, as `path: message`, a folder, and a place where no file can be made.
    pub fn create(path: &Path) -> Result<Self, FileError> {
        Self::open(path).map_err(|error| FileError::new(path, error))
    }

    fn open(path: &Path) -> io::Result<Self> {
        let before = fs::metadata(path).ok();
        if before.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if before.as_ref().is_some_and(|before| !before.is_file()) {
            let file = File::options().write(true).open(path)?;
            return Ok(Self::over(path, file, None));
        }
        if let Some(before) = &before
            && before.permissions().readonly()
        {
            // A rename would not ask.
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        let place = match before {
            Some(_) => fs::canonicalize(path)?,
            None => path.to_path_buf(),
        };
        let (file, temporary) = beside(&place)?.into_parts();
        if let Some(before) = before {
            file.set_permissions(before.permissions())?;
        }
        Ok(Self::over(path, file, Some((temporary, place))))
    }

    fn over(path: &Path, file: File, pending: Option<(TempPath, PathBuf)>) -> Self {
        Self { path: path.to_path_buf(), file: BufWriter::with_capacity(BUFFER, file), pending }
    }

    /// Puts the file in its place.
    ///
    /// # Examples
    ///
    /// See [`WholeFile`].
    ///
    /// # Errors
    ///
    /// Returns, as `path: message`, why the last bytes could not be written or the file
    /// not renamed; what was under the name before is then unchanged.
    pub fn commit(self) -> Result<(), FileError> {
        let Self { path, mut file, pending } = self;
        file.flush()
            .and_then(|()| match pending {
                // Windows cannot rename a file that is open.
                Some((temporary, place)) => {
                    drop(file);
                    temporary.persist(place).map_err(|error| error.error)
                }
                None => Ok(()),
            })
            .map_err(|error| FileError::new(path, error))
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Makes the temporary file in the same folder: a rename cannot cross file systems.
fn beside(place: &Path) -> io::Result<tempfile::NamedTempFile> {
    let folder = match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = Builder::new();
    builder.prefix(".recommend-").suffix(".part");
    // Without this the result would be readable by its owner only; the umask still applies.
    #[cfg(unix)]
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(mode);
    builder.tempfile_in(folder).map_err(|error| {
        if error.kind() == io::ErrorKind::NotFound {
            // Of a file that is to be made, "no such file" would be no news.
            io::Error::other("no such folder")
        } else {
            error
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(path: &Path, text: &str) -> Result<(), FileError> {
        let mut file = WholeFile::create(path)?;
        file.write_all(text.as_bytes()).unwrap();
        file.commit()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_file_is_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.ndjson");
        fs::write(&path, "old").unwrap();
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"new").unwrap();
        file.flush().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        file.commit().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(names(folder.path()), ["out.ndjson"]);
    }

    #[test]
    fn a_failed_run_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.ndjson");
        fs::write(&path, "old").unwrap();
        let mut file = WholeFile::create(&path).unwrap();
        file.write_all(b"half").unwrap();
        drop(file);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["out.ndjson"]);
    }

    #[test]
    fn folders_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(folder.path(), "").unwrap_err();
        assert!(error.to_string().ends_with(": is a folder, not a file"), "{error}");

        let nowhere = folder.path().join("missing").join("out");
        let error = write(&nowhere, "").unwrap_err();
        assert!(error.to_string().ends_with(": no such folder"), "{error}");
    }

    #[cfg(unix)]
    mod unix {
        use std::os::unix::fs::{PermissionsExt, symlink};

        use super::*;

        #[test]
        fn a_link_stays_a_link() {
            let folder = tempfile::tempdir().unwrap();
            let (file, link) = (folder.path().join("file"), folder.path().join("link"));
            fs::write(&file, "old").unwrap();
            symlink(&file, &link).unwrap();
            write(&link, "new").unwrap();
            assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
            assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        }

        #[test]
        fn permissions_are_kept_and_new_files_are_ordinary() {
            let folder = tempfile::tempdir().unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;

            let kept = folder.path().join("kept");
            fs::write(&kept, "old").unwrap();
            fs::set_permissions(&kept, fs::Permissions::from_mode(0o640)).unwrap();
            write(&kept, "new").unwrap();
            assert_eq!(mode(&kept), 0o640);

            let (new, ordinary) = (folder.path().join("new"), folder.path().join("ordinary"));
            write(&new, "new").unwrap();
            fs::write(&ordinary, "new").unwrap();
            assert_eq!(mode(&new), mode(&ordinary));
        }

        #[test]
        fn a_file_that_may_not_be_written_is_not_replaced() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("kept");
            fs::write(&path, "old").unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
            let error = write(&path, "new").unwrap_err();
            assert!(error.to_string().ends_with(": permission denied"), "{error}");
            assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        }

        #[test]
        fn a_device_is_written_to_not_replaced() {
            // Through a link, so that a fault here costs the link and not the device.
            let folder = tempfile::tempdir().unwrap();
            let link = folder.path().join("null");
            symlink("/dev/null", &link).unwrap();
            let file = WholeFile::create(&link).unwrap();
            assert!(file.pending.is_none());
            file.commit().unwrap();
            assert_eq!(names(folder.path()), ["null"]);
        }
    }
}
