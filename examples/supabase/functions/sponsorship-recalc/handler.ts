import { answer, Refusal } from "../_shared/answer.ts";
import { bearer, isSame, type Project, verify } from "../_shared/caller.ts";
import { service } from "../_shared/database.ts";
import { type Limits, recalculate } from "../_shared/recalculate.ts";

/** Drains the queue; for the schedule and the service alone. */
export function handle(
  request: Request,
  project: Project,
  limits: Limits = { budgetMs: 50_000 },
): Promise<Response> {
  return answer(request, async () => {
    const token = bearer(request);
    const { recalcSecret, serviceKey } = project;
    const isService = (recalcSecret !== undefined && await isSame(token, recalcSecret)) ||
      await isSame(token, serviceKey) ||
      (await verify(token, project)).role === "service_role";
    if (!isService) {
      throw new Refusal(401, "unauthenticated", "the service's secret or token is needed, not a user's");
    }
    return { processed: await recalculate(service(project), limits) };
  });
}
