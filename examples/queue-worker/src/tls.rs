//! Encryption of the connection, as libpq's `sslmode` and `sslrootcert` ask for it.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use tokio_postgres::Config;
use tokio_postgres::config::SslMode;
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::error::Error;

/// Where to connect, and how to encrypt it.
pub(crate) struct Target {
    pub(crate) config: Config,
    pub(crate) tls: MakeRustlsConnect,
}

impl Target {
    /// Reads an address with the two parameters that the client library lacks: `sslmode=verify-full`
    /// and `sslrootcert`.
    pub(crate) fn parse(address: &str) -> Result<Self, Error> {
        let (address, asked) = take_parameters(address);
        let mut config: Config = address.parse()?;
        let is_verified = match asked.mode.as_deref() {
            Some("verify-full") => {
                config.ssl_mode(SslMode::Require);
                true
            }
            Some("require") => {
                config.ssl_mode(SslMode::Require);
                // As libpq has it: a root that is given is used.
                asked.root.is_some()
            }
            None | Some("prefer") => false,
            Some("disable") => {
                config.ssl_mode(SslMode::Disable);
                false
            }
            Some(other) => {
                let message =
                    format!("`sslmode={other}` is not one of disable, prefer, require, verify-full");
                return Err(Error::Tls(message));
            }
        };
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|error| Error::Tls(error.to_string()))?;
        let tls = if is_verified {
            builder.with_root_certificates(roots(asked.root.as_deref())?).with_no_client_auth()
        } else {
            let verifier = Arc::new(Unverified(provider));
            builder.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth()
        };
        Ok(Self { config, tls: MakeRustlsConnect::new(tls) })
    }
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Asked {
    mode: Option<String>,
    root: Option<String>,
}

/// Takes `sslmode` and `sslrootcert` out of `postgresql://…?…` or of `host=… user=…`.
fn take_parameters(address: &str) -> (String, Asked) {
    let is_url = address.starts_with("postgresql://") || address.starts_with("postgres://");
    let (start, parameters, separator) = match address.split_once('?') {
        Some((start, parameters)) if is_url => (Some(start), parameters, '&'),
        _ if is_url => return (address.to_owned(), Asked::default()),
        _ => (None, address, ' '),
    };
    let mut asked = Asked::default();
    let mut others = Vec::new();
    for parameter in parameters.split(separator) {
        match parameter.split_once('=') {
            Some(("sslmode", mode)) => asked.mode = Some(mode.to_owned()),
            Some(("sslrootcert", path)) => asked.root = Some(path.to_owned()),
            _ => others.push(parameter),
        }
    }
    let others = others.join(&separator.to_string());
    let address = match start {
        Some(start) if others.is_empty() => start.to_owned(),
        Some(start) => format!("{start}?{others}"),
        None => others,
    };
    (address, asked)
}

/// Reads who may vouch for the server: a file in PEM, or whom this machine trusts.
fn roots(path: Option<&str>) -> Result<RootCertStore, Error> {
    let mut store = RootCertStore::empty();
    if let Some(path) = path.filter(|path| *path != "system") {
        let unreadable = |error: &dyn std::fmt::Display| Error::Tls(format!("sslrootcert `{path}`: {error}"));
        for certificate in CertificateDer::pem_file_iter(path).map_err(|error| unreadable(&error))? {
            let certificate = certificate.map_err(|error| unreadable(&error))?;
            store.add(certificate).map_err(|error| unreadable(&error))?;
        }
        if store.is_empty() {
            return Err(unreadable(&"no certificate is in it"));
        }
    } else {
        store.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    }
    Ok(store)
}

/// What `sslmode=require` and `prefer` mean: encrypted, to whoever answers.
#[derive(Debug)]
struct Unverified(Arc<CryptoProvider>);

impl ServerCertVerifier for Unverified {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signature, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_parameters_are_taken_out_of_either_form() {
        let asked = |mode: &str, root: Option<&str>| Asked {
            mode: Some(mode.to_owned()),
            root: root.map(str::to_owned),
        };
        for (address, left, found) in [
            ("postgresql://a@b/c", "postgresql://a@b/c", Asked::default()),
            ("postgresql://a@b/c?sslmode=require", "postgresql://a@b/c", asked("require", None)),
            (
                "postgres://a@b/c?sslrootcert=/x.pem&connect_timeout=3&sslmode=verify-full",
                "postgres://a@b/c?connect_timeout=3",
                asked("verify-full", Some("/x.pem")),
            ),
            ("host=b sslmode=disable user=a", "host=b user=a", asked("disable", None)),
        ] {
            assert_eq!(take_parameters(address), (left.to_owned(), found), "{address}");
        }
    }

    #[test]
    fn what_is_asked_for_and_unknown_is_refused() {
        for (address, problem) in [
            ("postgresql://a@b/c?sslmode=verify-ca", "`sslmode=verify-ca` is not one of"),
            (
                "postgresql://a@b/c?sslmode=verify-full&sslrootcert=/nowhere.pem",
                "sslrootcert `/nowhere.pem`: ",
            ),
        ] {
            let message = Target::parse(address).err().map(|error| error.to_string()).unwrap_or_default();
            assert!(message.contains(problem), "{message}");
        }
    }
}
