//! What can go wrong outside a single entity.

/// An error that ends a batch or the worker. What is wrong with one entity is noted in the queue instead.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database refused or was not there.
    #[error("database: {}", chain(.0))]
    Database(#[from] tokio_postgres::Error),
    /// The connection cannot be encrypted as asked.
    #[error("tls: {0}")]
    Tls(String),
    /// The scoring configuration in `fit.settings` is not one.
    #[error("fit.settings.scoring: {0}")]
    Configuration(sponsorfit::Error),
    /// The core refused a catalog.
    #[error("catalog: {0}")]
    Catalog(sponsorfit::Error),
    /// A metric could not be registered.
    #[error("metrics: {0}")]
    Metrics(#[from] prometheus::Error),
    /// The health endpoint could not listen, or a signal not be awaited.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Error {
    /// Whether the connection is lost, or the server asked to try again.
    pub(crate) fn is_transient(&self) -> bool {
        let Self::Database(error) = self else { return false };
        match error.code() {
            // Connection exceptions, serialization and deadlock, shutdown, too many connections.
            Some(code) => {
                let code = code.code();
                ["08", "40", "57"].iter().any(|class| code.starts_with(class)) || code == "53300"
            }
            None => !is_stranger(error),
        }
    }
}

/// Whether the server's certificate was refused: to ask again changes nothing.
fn is_stranger(error: &tokio_postgres::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<std::io::Error>());
    let cause = cause.and_then(|cause| cause.get_ref()?.downcast_ref::<rustls::Error>());
    matches!(cause, Some(rustls::Error::InvalidCertificate(_)))
}

/// `tokio_postgres` says only that the database answered; its source says what.
fn chain(error: &tokio_postgres::Error) -> String {
    match std::error::Error::source(error) {
        Some(source) => format!("{error}: {source}"),
        None => error.to_string(),
    }
}
