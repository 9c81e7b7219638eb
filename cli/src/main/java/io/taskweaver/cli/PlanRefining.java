package io.taskweaver.cli;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.client.refine.RefinementAnswer;
import io.taskweaver.client.refine.RefinementPrompt;
import io.taskweaver.model.Plan;
import io.taskweaver.scheduling.refine.ChangeText;
import io.taskweaver.scheduling.refine.Refinement;
import io.taskweaver.scheduling.refine.Refinement.Verdict;
import io.taskweaver.scheduling.refine.Refinery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has an agent improve a plan. The plan stands as it was made wherever that fails, and whatever is proposed is checked;
 * the agent is asked once for a plan, and its answer is found again later.
 */
public final class PlanRefining {
    private static final String TASK = "refinement";
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int LOOKUPS = 5;

    private final CommandContext context;
    private final Consumer<String> report;

    private PlanRefining(CommandContext context, Consumer<String> report) {
        this.context = context;
        this.report = report;
    }

    /**
     * Refines a plan.
     *
     * @param named agent that was named; null takes the one that would do the work
     * @param report receives each change with the verdict on it, or why there are none
     * @throws CommandFailure if the named agent lacks its credentials
     */
    public static Refinement refine(
            Plan plan, @Nullable String named, CommandContext context, Consumer<String> report) {
        var agent = AgentChoice.of(named, context);
        agent.checkHere(context);
        return new PlanRefining(context, report).refine(plan, agent.name());
    }

    private Refinement refine(Plan plan, String agent) {
        switch (ask(plan, agent)) {
            case Outcome.Succeeded succeeded -> {
                var answer = RefinementAnswer.read(succeeded.answer());
                answer.problems().forEach(report);
                var refinement = Refinery.refine(plan, answer.changes());
                refinement.verdicts().forEach(verdict -> report.accept(text(verdict)));
                if (answer.changes().isEmpty()) report.accept("The agent proposed no change: the plan is unchanged.");
                return refinement;
            }
            case Outcome.Unsuccessful unsuccessful -> {
                report.accept("The plan was not refined and is unchanged: " + unsuccessful.reason());
                return new Refinement(plan, List.of());
            }
        }
    }

    private static String text(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Accepted(var change) -> "accepted: " + ChangeText.of(change) + ".";
            case Verdict.Refused(var change, var reason) -> "rejected: " + ChangeText.of(change) + ". " + reason;
        };
    }

    private Outcome ask(Plan plan, String name) {
        try (var agent = LocalAgent.open(name, context, new SandboxOption())) {
            return run(agent.agent(), plan);
        } catch (IllegalArgumentException | IOException e) {
            return new Outcome.InfraFailed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Cancelled("it was interrupted");
        }
    }

    /** A run of before is taken up; else one is created, and looked for if nobody answered. */
    private static Outcome run(CodingAgent agent, Plan plan) throws InterruptedException {
        var attempt = new Attempt(plan.id().value(), TASK, 1);
        if (agent.find(attempt) instanceof Lookup.Found(var runId)) return await(agent, runId);
        agent.awaitTurn();
        return switch (agent.create(attempt, Assignment.of(RefinementPrompt.write(plan)))) {
            case Creation.Created(var runId) -> await(agent, runId);
            case Creation.Refused(var outcome) -> outcome;
            case Creation.Unknown(var reason) -> {
                for (int look = 0; look < LOOKUPS; look++)
                    if (agent.find(attempt) instanceof Lookup.Found(var runId)) yield await(agent, runId);
                yield new Outcome.InfraFailed(reason);
            }
        };
    }

    private static Outcome await(CodingAgent agent, String runId) throws InterruptedException {
        var outcome = agent.await(runId, LIMIT, status -> {});
        agent.release(runId);
        return outcome;
    }
}
