//! `/metrics` for Prometheus, `/healthz` for whoever restarts workers.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::metrics::Metrics;

/// A database that was silent for longer is not there.
const SILENCE_SECONDS: i64 = 30;

/// Serves until the listener fails.
pub async fn serve(listener: TcpListener, metrics: Arc<Metrics>) {
    let router =
        Router::new().route("/metrics", get(text)).route("/healthz", get(health)).with_state(metrics);
    if let Err(error) = axum::serve(listener, router).await {
        tracing::error!("health endpoint: {error}");
    }
}

async fn text(State(metrics): State<Arc<Metrics>>) -> Result<String, (StatusCode, String)> {
    metrics.text().map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}

async fn health(State(metrics): State<Arc<Metrics>>) -> (StatusCode, String) {
    let silence = metrics.silence();
    if silence > SILENCE_SECONDS {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n".to_owned());
    }
    (StatusCode::OK, format!("the database answered {silence} s ago\n"))
}
