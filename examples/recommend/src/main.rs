//! The command line; everything is in the library.
fn main() -> std::process::ExitCode {
    recommend::run(std::env::args_os())
}
