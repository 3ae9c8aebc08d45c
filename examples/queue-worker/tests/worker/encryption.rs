//! What goes over the network, by a certificate of the test's own.

use std::time::Duration;

use tokio::time::sleep;

use crate::law;
use crate::support::{Database, Server, Worker};

impl Server {
    /// Makes an authority, and lets it vouch for a server on `localhost`.
    fn certify(&self, authority: &str) {
        let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";
        for arguments in [
            format!(
                "req -x509 {key} -days 2 -subj /CN={authority} -keyout {authority}.key -out {authority}.crt"
            ),
            format!(
                "req {key} -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout server.key -out server.csr"
            ),
            format!(
                "x509 -req -in server.csr -CA {authority}.crt -CAkey {authority}.key -days 2 -copy_extensions copy -out server.crt"
            ),
        ] {
            let output = self.command("openssl").args(arguments.split(' ')).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

#[tokio::test]
async fn connections_are_encrypted_and_the_server_is_who_it_says() {
    let server = Server::start();
    let database = Database::on(&server).await;
    database.fill(111, 3, 3).await;
    server.certify("another");
    server.certify("authority");
    database.run("alter system set ssl = on").await;
    database.run("select pg_reload_conf()").await;
    let named = |host: &str, parameters: &str| {
        let url = database.url.replace("127.0.0.1", host);
        format!("{url}?{}", parameters.replace("DATA", &server.data))
    };

    let mut asked = database.another().await;
    for parameters in ["sslmode=require", "sslmode=verify-full&sslrootcert=DATA/authority.crt"] {
        asked.url = named("localhost", parameters);
        let worker = Worker::start(&asked, &[]);
        database.quiescence().await;
        let connections = "select count(*) from pg_stat_activity where application_name = 'queue-worker'";
        while database.number(connections).await < 2 {
            sleep(Duration::from_millis(10)).await;
        }
        let plain = "select count(*) from pg_stat_activity a join pg_stat_ssl s using (pid)
             where a.application_name = 'queue-worker' and not s.ssl";
        assert_eq!(database.number(plain).await, 0, "{parameters}");
        drop(worker);
        assert_eq!(law::holds(&database).await, 9);
        while database.number(connections).await > 0 {
            sleep(Duration::from_millis(10)).await;
        }
    }

    for (host, parameters, why) in [
        ("localhost", "sslmode=verify-full&sslrootcert=DATA/another.crt", "another authority's"),
        ("localhost", "sslmode=verify-full", "of an authority that nobody trusts"),
        ("127.0.0.1", "sslmode=verify-full&sslrootcert=DATA/authority.crt", "of another name"),
    ] {
        asked.url = named(host, parameters);
        assert!(!Worker::once(&asked, &[]), "a certificate {why} is refused");
    }
    asked.url = named("127.0.0.1", "sslmode=disable");
    assert!(Worker::once(&asked, &[]));
}
