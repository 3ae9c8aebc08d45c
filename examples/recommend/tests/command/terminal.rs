//! What a terminal shows: colours unless refused, its own width, no progress between results.

use std::fs::File;
use std::io::Read;
use std::os::fd::OwnedFd;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};
use unicode_width::UnicodeWidthStr;

use super::fixture::Folder;

/// Runs with a terminal of this many columns and returns what it showed.
fn shown(command: &mut Command, columns: u16, is_stderr_shown: bool) -> String {
    let terminal: OwnedFd = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    let size = Winsize { ws_row: 50, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    tcsetwinsize(&terminal, size).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let user = File::options().read(true).write(true).open(name.to_str().unwrap()).unwrap();
    let stderr = if is_stderr_shown { user.try_clone().unwrap().into() } else { Stdio::null() };
    let mut child = command.stdin(Stdio::null()).stdout(user).stderr(stderr).spawn().unwrap();
    // The command keeps its copies of the terminal open.
    *command = Command::new("");
    let mut text = Vec::new();
    let mut reader = File::from(terminal);
    let mut bytes = [0; 4096];
    // A terminal that nobody has open any more ends in an error.
    while let Ok(count @ 1..) = reader.read(&mut bytes) {
        text.extend_from_slice(&bytes[..count]);
    }
    assert!(child.wait().unwrap().success());
    String::from_utf8(text).unwrap().replace("\r\n", "\n")
}

fn command(folder: &Folder) -> Command {
    let mut command = folder.command(&["--id", "Rooftop Sine Waves", "--top", "2"]);
    command.env_remove("NO_COLOR").env("TERM", "xterm");
    command
}

#[test]
fn colors_are_shown_unless_refused() {
    let folder = Folder::empty();
    let colored = shown(&mut command(&folder), 80, false);
    assert!(colored.contains("\u{1b}[1mRooftop Sine Waves\u{1b}[0m"), "{colored}");
    let piped = folder.run(&["--id", "Rooftop Sine Waves", "--top", "2"]).done();
    assert_eq!(shown(command(&folder).env("NO_COLOR", "1"), 80, false), piped);
    assert_eq!(shown(command(&folder).env("TERM", "dumb"), 80, false), piped);
}

#[test]
fn lines_are_as_wide_as_the_terminal() {
    let folder = Folder::empty();
    for columns in [40, 100] {
        let text = shown(command(&folder).env("NO_COLOR", "1"), columns, true);
        let widest = text.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(widest <= usize::from(columns), "{widest} of {columns}");
        assert!(widest + 12 > usize::from(columns), "{widest} of {columns}");
    }
}

#[test]
fn no_progress_is_drawn_between_results() {
    let folder = Folder::empty();
    let text = shown(command(&folder).env("NO_COLOR", "1"), 80, true);
    assert!(!text.contains('\u{1b}') && !text.contains('\r'), "{text:?}");
    assert!(text.contains("\n\nread     40 sponsors"), "{text}");
}
