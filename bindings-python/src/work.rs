//! Long work beside the interpreter: it is released meanwhile, shown progress, and may interrupt.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::time::Duration;

use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// How often the interpreter is asked whether someone pressed Ctrl-C.
const GLANCE: Duration = Duration::from_millis(50);

/// What the work and whoever waits for it tell each other.
#[derive(Default)]
pub(crate) struct Signals {
    cancelled: AtomicBool,
    done: AtomicU64,
}

/// The work was interrupted; nobody waits for its result any more.
pub(crate) struct Interrupted;

impl Signals {
    /// Counts one more unit of work, and tells whether to go on.
    pub(crate) fn advance(&self) -> Result<(), Interrupted> {
        self.done.fetch_add(1, Ordering::Relaxed);
        if self.cancelled.load(Ordering::Relaxed) { Err(Interrupted) } else { Ok(()) }
    }
}

/// Runs work on a thread of its own until it ends or the interpreter has a signal for this one.
///
/// On a signal this returns at once; the work ends by itself at its next `advance`.
pub(crate) fn run<T: Send + 'static>(
    py: Python<'_>,
    threads: Option<usize>,
    progress: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Signals) -> Result<T, Interrupted> + Send + 'static,
) -> PyResult<T> {
    let pool = threads
        .map(|threads| rayon::ThreadPoolBuilder::new().num_threads(threads).build())
        .transpose()
        .map_err(|error| PyRuntimeError::new_err(error.to_string()))?;
    let signals = Arc::new(Signals::default());
    let (sender, receiver) = sync_channel(1);
    let shared = Arc::clone(&signals);
    std::thread::spawn(move || {
        let done = match &pool {
            Some(pool) => pool.install(|| work(&shared)),
            None => work(&shared),
        };
        // Nobody listens after an interruption.
        let _ = sender.send(done);
    });
    let wait = || -> PyResult<T> {
        // The receiver stays on this thread; a mutex lets it cross into the detached closure.
        let receiver = std::sync::Mutex::new(receiver);
        loop {
            let answer = py.detach(|| {
                let receiver = receiver.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                receiver.recv_timeout(GLANCE)
            });
            match answer {
                Ok(Ok(done)) => {
                    show(progress, &signals)?;
                    return Ok(done);
                }
                Err(RecvTimeoutError::Timeout) => {
                    py.check_signals()?;
                    show(progress, &signals)?;
                }
                Ok(Err(Interrupted)) | Err(RecvTimeoutError::Disconnected) => {
                    return Err(PyRuntimeError::new_err("the work ended early"));
                }
            }
        }
    };
    let answer = wait();
    signals.cancelled.store(true, Ordering::Relaxed);
    answer
}

fn show(progress: Option<&Bound<'_, PyAny>>, signals: &Signals) -> PyResult<()> {
    if let Some(progress) = progress {
        progress.call1((signals.done.load(Ordering::Relaxed),))?;
    }
    Ok(())
}
