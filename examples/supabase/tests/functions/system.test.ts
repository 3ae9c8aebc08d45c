import { deepEqual, equal, match, ok } from "node:assert/strict";

import { handle as onchange } from "../../functions/sponsorship-score-onchange/handler.ts";
import { handle as recalc } from "../../functions/sponsorship-recalc/handler.ts";
import { RECALC_SECRET, sql, System, token, unsigned } from "./system.ts";

const ALICE = "11111111-0000-4000-8000-000000000001";
const BOB = "11111111-0000-4000-8000-000000000003";
const OLGA = "11111111-0000-4000-8000-000000000004";
const SPONSOR = "22222222-0000-4000-8000-00000000000a";
const OTHER = "22222222-0000-4000-8000-00000000000b";
const EVENT = "33333333-0000-4000-8000-000000000001";

interface Answer {
  success: boolean;
  processed: number;
  queued: number;
  operations: string[];
  timestamp: string;
  error: { code: string; message: string };
}

async function post(url: string, key: string | undefined, body: unknown = {}): Promise<[number, Answer]> {
  const headers = { ...(key ? { Authorization: `Bearer ${key}` } : {}), "Content-Type": "application/json" };
  const response = await fetch(url, {
    method: "POST",
    headers,
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

Deno.test("the calls of CONTRACT.md, from a profile to a page", async (test) => {
  await using system = await System.start();
  const { project } = system;
  const functions = `${project.url}/functions/v1`;
  const recalcUrl = `${functions}/sponsorship-recalc`;
  const onchangeUrl = `${functions}/sponsorship-score-onchange`;
  const alice = await token("authenticated", ALICE);
  await sql(`
    insert into sponsors (id, name) values ('${SPONSOR}', 'Amplifiers'), ('${OTHER}', 'Breweries');
    insert into sponsor_members (sponsor_id, user_id, role) values ('${SPONSOR}', '${ALICE}', 'owner'), ('${OTHER}', '${BOB}', 'owner');
    insert into sponsor_targeting (sponsor_id, industry, preferred_categories, regions) values
      ('${SPONSOR}', 'audio', '{jazz}', '{FR}'), ('${OTHER}', 'drinks', '{beer}', '{DE}');
    insert into events (id, owner_id, title, status, categories, regions, start_at) values
      ('${EVENT}', '${OLGA}', 'Lantern Fair', 'published', '{Music}', '{US}', now() + interval '30 days');
    insert into events (owner_id, title, status, categories, regions)
      select '${OLGA}', 'Fair ' || n, 'published', array['music', 'food'], array['US', 'CA'] from generate_series(1, 40) n;
    insert into event_audience_insights (event_id, geo_distribution, engagement_score, ticket_conversion_rate)
      select id, '{"US": 800, "CA": 150, "BR": 50}', case id when '${EVENT}' then 0.8 else random() end,
        case id when '${EVENT}' then 0.1 else random() end from events;
    insert into sponsorship_packages (event_id, title, price_cents, inventory)
      select id, 'Stage', 1000, 2 from events;`);

  await test.step("a first recalculation, by the schedule's secret", async () => {
    const [status, body] = await post(recalcUrl, RECALC_SECRET);
    equal(status, 200);
    deepEqual(Object.keys(body), ["success", "processed", "duration_ms", "timestamp"]);
    equal(body.success, true);
    // Both sides are new, so each pair is met twice.
    equal(body.processed, 2 * 2 * 41);
    match(body.timestamp, /^\d{4}-\d\d-\d\dT/);
    equal(await sql("select count(*) from sponsorship_matches"), "82");
    equal(await sql("select depth || ' ' || dead from v_fit_queue_health"), "0 0");
  });

  await test.step("update a profile, and queue its recalculation", async () => {
    const supabase = await system.client(ALICE);
    const { error } = await supabase
      .from("sponsor_profiles")
      .update({
        preferred_categories: ["music", "food", "art"],
        regions: ["US", "CA", "MX"],
        annual_budget_cents: 5000000,
        budget_disclosure: "exact",
      })
      .eq("sponsor_id", SPONSOR);
    equal(error, null);
    const invoked = await supabase.functions.invoke("sponsorship-score-onchange", {
      body: { sponsor_id: SPONSOR },
    });
    equal(invoked.error, null);
    equal(invoked.data.queued, 1);
    deepEqual(invoked.data.operations, [`sponsor:${SPONSOR}`]);
    equal((await post(recalcUrl, project.serviceKey))[1].processed, 41);
  });

  await test.step("sponsors for an event, to its organiser", async () => {
    const supabase = await system.client(OLGA);
    const { data, error } = await supabase.from("v_sponsor_recommendations").select("*")
      .eq("event_id", EVENT).gte("score", 0.6).order("score", { ascending: false }).limit(10);
    equal(error, null);
    equal(data!.length, 1);
    const { name, score, score_exact, coverage, category_overlap } = data![0];
    // The first worked case of DEFINITION.md, §7.
    deepEqual([name, score, score_exact, coverage], ["Amplifiers", 0.6469, 0.6469313725490197, 0.9]);
    equal(category_overlap, 0.3333333333333333);
    equal("annual_budget_cents" in data![0], false);
  });

  await test.step("events for a sponsor, to its members", async () => {
    const supabase = await system.client(ALICE);
    const { data, error } = await supabase.from("v_event_recommendations").select("*")
      .eq("sponsor_id", SPONSOR).gte("score", 0.5).gt("available_packages", 0)
      .order("score", { ascending: false }).limit(20);
    equal(error, null);
    equal(data!.length, 20);
    ok(
      data!.every(({ score, min_price_cents }, index) =>
        min_price_cents === 1000 && (index === 0 || score <= data![index - 1].score)
      ),
    );
    const others = await (await system.client(BOB)).from("v_event_recommendations").select("*").eq(
      "sponsor_id",
      SPONSOR,
    );
    deepEqual(others.data, []);
  });

  await test.step("packages for the marketplace, and nothing for nobody", async () => {
    const supabase = await system.client(BOB);
    const { data, error } = await supabase.from("v_sponsorship_package_cards").select("*")
      .eq("is_active", true).gte("available_inventory", 1).gte("quality_score", 30)
      .order("quality_score", { ascending: false }).range(0, 19);
    equal(error, null);
    ok(data!.length > 0 && data!.every(({ quality_score }) => quality_score >= 30 && quality_score <= 100));
    const anon = await (await system.client()).from("v_sponsorship_package_cards").select("*");
    equal(anon.error!.code, "42501");
  });

  await test.step("nobody reaches the queue through the API", async () => {
    for (const client of [await system.client(), await system.client(ALICE)]) {
      equal((await client.from("fit_recalc_queue").select("*")).error!.code, "42501");
      equal((await client.rpc("fit_claim", {})).error!.code, "42501");
      equal((await client.rpc("fit_enqueue", { p_sponsor_ids: [OTHER] })).error!.code, "42501");
      ok((await client.schema("fit").from("fit_dirty").select("*")).error);
    }
  });

  await test.step("who is not who they say is refused", async () => {
    const strangers = {
      "no token": undefined,
      "the anon key": await token("anon"),
      "another project's": await token("authenticated", ALICE, {
        secret: "another secret, as long as the one of these tests",
      }),
      "an expired one": await token("authenticated", ALICE, { expires: "-1 minute" }),
      "one of no algorithm": unsigned("service_role", ALICE),
      "a user of no name": await token("authenticated"),
      "no JWT at all": "x.y.z",
    };
    for (const [name, key] of Object.entries(strangers)) {
      for (const url of [onchangeUrl, recalcUrl]) {
        const [status, body] = await post(url, key, { sponsor_id: SPONSOR });
        deepEqual([status, body.success, body.error.code], [401, false, "unauthenticated"], name);
      }
    }
    equal((await post(recalcUrl, alice))[0], 401, "a user does not drain the queue");
    equal((await post(recalcUrl, `${RECALC_SECRET}x`))[0], 401);
    const [status, body] = await post(onchangeUrl, alice, { sponsor_ids: [SPONSOR, OTHER] });
    deepEqual([status, body.error.code], [403, "forbidden"], "not another's sponsor");
    equal((await post(onchangeUrl, alice, { event_id: EVENT }))[0], 403, "nor another's event");
    equal(await sql("select depth from v_fit_queue_health"), "0", "and nothing was queued");
  });

  await test.step("what is wrong is named", async () => {
    const service = project.serviceKey;
    const many = Array.from({ length: 1001 }, () => crypto.randomUUID());
    for (
      const [body, code, words] of [
        [{}, "nothing_named", /none of/],
        [{ sponsor_id: "7" }, "invalid_field", /^sponsor_id: `7` is not a UUID/],
        [{ event_ids: [EVENT, 7] }, "invalid_field", /^event_ids\[1\]: 7 is not/],
        [{ sponsor_ids: "x" }, "invalid_field", /^sponsor_ids: not a list/],
        [{ event_ids: many }, "too_many", /^1001 ids are more than 1000/],
        ["{", "invalid_json", /not JSON/],
        ["[]", "invalid_json", /not a JSON object/],
      ] as const
    ) {
      const [status, { success, error }] = await post(onchangeUrl, service, body);
      deepEqual([status, success, error.code], [400, false, code]);
      match(error.message, words);
    }
    equal((await post(onchangeUrl, service, "x".repeat(100_001)))[0], 413);
    const got = await fetch(onchangeUrl);
    equal((await got.json()).error.code, "method_not_allowed");
    equal(got.status, 405);
    equal((await fetch(onchangeUrl, { method: "OPTIONS" })).status, 204);
  });

  await test.step("a thousand ids, and both kinds", async () => {
    const ids = Array.from({ length: 998 }, () => crypto.randomUUID());
    const [status, body] = await post(onchangeUrl, project.serviceKey, {
      sponsor_id: SPONSOR,
      event_id: EVENT,
      event_ids: ids,
    });
    equal(status, 200);
    deepEqual([body.queued, body.operations], [1000, [
      `sponsor:${SPONSOR}`,
      `event:${EVENT}`,
      "bulk_events:998",
    ]]);
    await sql(
      "delete from fit.fit_dirty where id not in (select id from events union select id from sponsors)",
    );
  });

  await test.step("the handlers themselves, without a server", async () => {
    const request = (key: string, body: unknown) =>
      new Request("http://here/", {
        method: "POST",
        headers: { Authorization: `Bearer ${key}` },
        body: JSON.stringify(body),
      });
    const queued = await onchange(request(alice, { sponsor_id: SPONSOR }), project);
    deepEqual([queued.status, (await queued.json()).queued], [200, 1]);
    const drained = await recalc(request(RECALC_SECRET, {}), project, { budgetMs: 20_000, page: 7 });
    equal(drained.status, 200, "in pages of seven, and each goes on where the last left off");
    equal(await sql("select depth || ' ' || dead from v_fit_queue_health"), "0 0");
    equal(await sql("select count(*) from sponsorship_matches"), "82");
  });

  await test.step("a row that cannot be read spoils no other", async () => {
    await sql(`update fit.settings set max_attempts = 1;
      alter table event_audience_insights drop constraint visitors_are_counts;
      update event_audience_insights set geo_distribution = '{"US": "many"}' where event_id = '${EVENT}';
      update sponsor_targeting set regions = '{MX}'`);
    equal((await post(recalcUrl, RECALC_SECRET))[0], 200);
    equal(await sql("select depth || ' ' || dead from v_fit_queue_health"), "0 1");
    match(await sql("select error from fit.fit_recalc_dead"), /geo_distribution/);
    equal(await sql("select count(*) from sponsorship_matches where stale_since is null"), "80");
    await sql(
      `update event_audience_insights set geo_distribution = '{"US": 800}' where event_id = '${EVENT}'`,
    );
    await sql(`delete from events where title = 'Fair 1'`);
    equal((await post(recalcUrl, RECALC_SECRET))[0], 200);
    equal(await sql("select count(*) from sponsorship_matches"), "80", "one is back, one is deleted");
  });

  await test.step("below the least score only what somebody acted on is kept", async () => {
    const lowest =
      "select event_id || ' ' || sponsor_id from sponsorship_matches order by score_exact limit 1";
    const [event, sponsor] = (await sql(lowest)).split(" ");
    await sql(
      `update sponsorship_matches set status = 'accepted' where event_id = '${event}' and sponsor_id = '${sponsor}';
      update fit.settings set min_score = 0.55`,
    );
    equal((await post(recalcUrl, RECALC_SECRET))[0], 200);
    equal(
      await sql(
        "select status || ' ' || count(*) from sponsorship_matches where score_exact < 0.55 group by status",
      ),
      "accepted 1",
    );
    ok(Number(await sql("select count(*) from sponsorship_matches")) > 1);
    await sql("update fit.settings set min_score = 0");
    equal((await post(recalcUrl, RECALC_SECRET))[0], 200);
    equal(await sql("select count(*) from sponsorship_matches"), "80");
  });

  await test.step("a policy that needs the worker is refused, and nothing is held", async () => {
    await sql("update fit.settings set top_k = 3");
    const [status, { error }] = await post(recalcUrl, RECALC_SECRET);
    deepEqual([status, error.code], [409, "policy_unsupported"]);
    equal(await sql("select depth || ' ' || in_work from v_fit_queue_health"), "2 0");
    await sql("update fit.settings set top_k = null");
    equal((await post(recalcUrl, RECALC_SECRET))[0], 200);
  });

  await test.step("the Rust worker finds nothing to write after it", async () => {
    const worker = Deno.env.get("FIT_WORKER");
    ok(worker, "FIT_WORKER: the path of the queue-worker");
    const versions =
      "select md5(string_agg(xmin::text, ' ' order by event_id, sponsor_id)) from sponsorship_matches";
    const before = await sql(versions);
    const url = `postgresql://postgres@127.0.0.1:${Deno.env.get("PGPORT")}/postgres`;
    const { success } = await new Deno.Command(worker, {
      args: ["--once", "--full", "--database-url", url],
      stderr: "null",
    }).output();
    ok(success);
    equal(await sql(versions), before, "the same bits, so the same digests");
  });

  await test.step("without the database an error is an error", async () => {
    await system.stopApi();
    const [status, body] = await post(recalcUrl, RECALC_SECRET);
    deepEqual([status, body.success, body.error.code], [503, false, "database_unavailable"]);
    equal((await post(onchangeUrl, alice, { sponsor_id: SPONSOR }))[0], 503);
  });
});
