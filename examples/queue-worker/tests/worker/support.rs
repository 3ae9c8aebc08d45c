//! A Postgres of the test run's own, databases in it, and worker processes.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

fn supabase(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../supabase").join(path)
}

/// A server that ends when its standard input does, and so with this process, however that ends.
pub(crate) struct Server {
    child: Mutex<Child>,
    pub(crate) port: u16,
    pub(crate) data: String,
    pub(crate) bin: String,
}

impl Server {
    pub(crate) fn start() -> Self {
        let server = Self::start_with("");
        server.migrate("template1");
        server
    }

    /// Starts one without migrations, with further options of the server's.
    pub(crate) fn start_with(options: &str) -> Self {
        let mut child = Command::new(supabase("bin/with-postgres"))
            .env("FIT_PG_OPTIONS", options)
            .args(["bash", "-c", "echo $PGPORT; echo $FIT_PG_DATA; echo $FIT_PG_BIN; cat >/dev/null"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("bash and PostgreSQL: make setup installs them");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut next = || lines.next().expect("the server started").unwrap();
        Self { port: next().parse().unwrap(), data: next(), bin: next(), child: Mutex::new(child) }
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgresql://postgres@127.0.0.1:{}/{database}", self.port)
    }

    pub(crate) fn migrate(&self, database: &str) {
        let status = Command::new(supabase("bin/migrate"))
            .arg("--plain")
            .env("PGOPTIONS", "-c client_min_messages=warning")
            .env("PGHOST", "127.0.0.1")
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", "postgres")
            .env("PGDATABASE", database)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(status.success(), "migrations");
    }

    /// Starts a command as the user whose files the server's are.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", program]);
            command
        } else {
            Command::new(program)
        };
        command.current_dir(&self.data).stdin(Stdio::null()).stdout(Stdio::null());
        command
    }

    /// Stops at once, as a crash does, and starts again.
    pub(crate) fn restart(&self) {
        let status = self
            .command(&format!("{}/pg_ctl", self.bin))
            .args(["-D", &self.data, "-s", "-w", "-m", "immediate", "-l"])
            .arg(format!("{}/../log", self.data))
            .arg("restart")
            .status()
            .unwrap();
        assert!(status.success(), "restart");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let mut child = self.child.lock().unwrap();
        drop(child.stdin.take());
        let _ = child.wait();
    }
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

/// The server that tests share; a static is never dropped, and the pipe closes with the process.
pub(crate) fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(Server::start)
}

/// A migrated database of one test.
pub(crate) struct Database {
    pub(crate) url: String,
    pub(crate) client: Client,
}

impl Database {
    pub(crate) async fn new() -> Self {
        Self::on(server()).await
    }

    pub(crate) async fn on(server: &Server) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        let admin = connect(&server.url("postgres")).await;
        // A template may not be in use: two tests at once wait for each other.
        admin.batch_execute("select pg_advisory_lock(1)").await.unwrap();
        admin.batch_execute(&format!("create database {name} template template1")).await.unwrap();
        Self::open(server.url(&name)).await
    }

    /// Opens one that is there.
    pub(crate) async fn open(url: String) -> Self {
        Self { client: connect(&url).await, url }
    }

    /// Opens a second connection to it.
    pub(crate) async fn another(&self) -> Self {
        Self { url: self.url.clone(), client: connect(&self.url).await }
    }

    pub(crate) async fn reconnect(&mut self) {
        self.client = connect(&self.url).await;
    }

    pub(crate) async fn run(&self, sql: &str) {
        self.client.batch_execute(sql).await.unwrap_or_else(|error| panic!("{error:?}: {sql}"));
    }

    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.client.query_one(sql, &[]).await.unwrap_or_else(|error| panic!("{error:?}: {sql}")).get(0)
    }

    pub(crate) async fn text(&self, sql: &str) -> String {
        self.client.query_one(sql, &[]).await.unwrap_or_else(|error| panic!("{error:?}: {sql}")).get(0)
    }

    /// Waits until nothing is due; what backs off, waits or is leased counts as due.
    pub(crate) async fn quiescence(&self) {
        let deadline = Instant::now() + Duration::from_secs(90);
        while self.number("select depth from public.v_fit_queue_health").await > 0 {
            assert!(Instant::now() < deadline, "the queue is not drained");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Fills both sides from a seed: few labels, so that pairs overlap, and gaps everywhere.
    pub(crate) async fn fill(&self, seed: u64, sponsors: usize, events: usize) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let mut sql: Vec<String> = Vec::new();
        for _ in 0..sponsors {
            let id = uuid(&mut random);
            sql.push(format!(
                "insert into public.sponsors (id, name) values ('{id}', 'x');
                 insert into public.sponsor_targeting (sponsor_id, preferred_categories, regions) values ('{id}', '{}', '{}');
                 insert into public.sponsor_private (sponsor_id, annual_budget_cents, budget_disclosure) values ('{id}', {}, 'exact');",
                labels(&mut random, CATEGORIES),
                labels(&mut random, REGIONS),
                budget(&mut random),
            ));
        }
        for _ in 0..events {
            let id = uuid(&mut random);
            sql.push(format!(
                "insert into public.events (id, owner_id, title, status, categories, regions) values ('{id}', '{id}', 'x', 'published', '{}', '{}');",
                labels(&mut random, CATEGORIES),
                labels(&mut random, REGIONS),
            ));
            if random.next_u32() % 4 > 0 {
                sql.push(format!(
                    "insert into public.event_audience_insights (event_id, geo_distribution, engagement_score, ticket_conversion_rate)
                     values ('{id}', '{{\"{}\": {}}}', {}, {});",
                    REGIONS[below(&mut random, REGIONS.len())],
                    below(&mut random, 3),
                    share(&mut random),
                    share(&mut random),
                ));
            }
        }
        self.run(&format!("begin; {} commit", sql.concat())).await;
    }
}

async fn connect(url: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

pub(crate) const CATEGORIES: &[&str] = &["music", "Música", "food", "art", "tech", "sport"];
pub(crate) const REGIONS: &[&str] = &["US", "CA", "MX", "de", "FR"];

pub(crate) fn below(random: &mut ChaCha8Rng, most: usize) -> usize {
    random.next_u32() as usize % most
}

pub(crate) fn uuid(random: &mut ChaCha8Rng) -> Uuid {
    let mut bytes = [0; 16];
    random.fill_bytes(&mut bytes);
    Uuid::from_bytes(bytes)
}

pub(crate) fn labels(random: &mut ChaCha8Rng, all: &[&str]) -> String {
    let chosen: Vec<&str> = all.iter().copied().filter(|_| random.next_u32().is_multiple_of(3)).collect();
    format!("{{{}}}", chosen.join(","))
}

pub(crate) fn budget(random: &mut ChaCha8Rng) -> String {
    if random.next_u32().is_multiple_of(5) {
        "null".to_owned()
    } else {
        (random.next_u64() % 90_000_000).to_string()
    }
}

/// A share with all its digits, so that a bit that is lost on the way shows.
pub(crate) fn share(random: &mut ChaCha8Rng) -> String {
    #[allow(clippy::cast_precision_loss, reason = "53 bits are exact")]
    let value = (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64;
    if random.next_u32().is_multiple_of(5) { "null".to_owned() } else { format!("{value:?}") }
}

/// The worker's program with a wrong clock; not by the command `faketime`, which would be what is killed.
pub(crate) fn at(skew: &str) -> Command {
    let folders = std::fs::read_dir("/usr/lib").unwrap();
    let library = folders
        .map(|folder| folder.unwrap().path().join("faketime/libfaketimeMT.so.1"))
        .find(|library| library.exists())
        .expect("libfaketime: make setup installs it");
    let mut command = Command::new(env!("CARGO_BIN_EXE_queue-worker"));
    // Timers would be held up by a monotonic clock that is not the kernel's.
    command.env("LD_PRELOAD", library).env("FAKETIME", skew).env("FAKETIME_DONT_FAKE_MONOTONIC", "1");
    command
}

/// A worker process; dropped, it is killed.
pub(crate) struct Worker(pub Child);

impl Worker {
    pub(crate) fn start(database: &Database, arguments: &[&str]) -> Self {
        Self::spawn(Command::new(env!("CARGO_BIN_EXE_queue-worker")), database, arguments)
    }

    /// Starts one whose clock is wrong, as `+3h` says.
    pub(crate) fn start_at(skew: &str, database: &Database, arguments: &[&str]) -> Self {
        Self::spawn(at(skew), database, arguments)
    }

    fn spawn(mut command: Command, database: &Database, arguments: &[&str]) -> Self {
        let child = command
            .args(["--database-url", &database.url, "--poll-ms", "20"])
            .args(arguments)
            .env("RUST_LOG", "warn")
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// Runs to the end of what is due, and returns whether it ended well.
    pub(crate) fn once(database: &Database, arguments: &[&str]) -> bool {
        let arguments: Vec<&str> = ["--once"].iter().chain(arguments).copied().collect();
        Self::start(database, &arguments).0.wait().unwrap().success()
    }

    /// Ends without a word, as `kill -9` does.
    pub(crate) fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
