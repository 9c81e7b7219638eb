package io.taskweaver.cli;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.cli.progress.Columns;
import io.taskweaver.client.refine.RefinementAnswer;
import io.taskweaver.client.refine.RefinementPrompt;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.Submission;
import io.taskweaver.scheduling.refine.PlanningPass;
import io.taskweaver.scheduling.refine.Questions;
import io.taskweaver.scheduling.refine.RefinementReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks an agent what the rules are unsure of. The plan stands as it was made wherever that fails, and whatever is answered
 * is checked; the agent is asked once for a plan, and its answer is found again later.
 */
public final class PlanRefining {
    private static final String TASK = "refinement";
    private static final Duration LIMIT = Duration.ofMinutes(20);
    private static final int LOOKUPS = 5;

    private final CommandContext context;
    private final Submission submission;
    private final Plan begun;
    private final List<PlanChange> finished;

    /**
     * A plan that an agent was asked about.
     *
     * @param submission with what holds of the answers
     * @param changes to make in its plan, what is finished included
     */
    public record Result(Submission submission, List<PlanChange> changes, Plan plan, RefinementReport report) {
        public Result {
            changes = List.copyOf(changes);
        }

        /** The report for people, without control characters, wherever they come from. */
        public List<String> lines() {
            return report.lines().stream().map(Columns::clean).toList();
        }
    }

    private PlanRefining(CommandContext context, Submission submission, Plan begun, List<PlanChange> finished) {
        this.context = context;
        this.submission = submission;
        this.begun = begun;
        this.finished = finished;
    }

    /**
     * Refines the plan of a submission.
     *
     * @param begun the plan, with what is finished
     * @param finished changes that mark what is finished
     * @param named agent that was named; null takes the one that would do the work
     * @throws CommandFailure if the named agent lacks its credentials
     */
    public static Result refine(
            Submission submission,
            Plan begun,
            List<PlanChange> finished,
            @Nullable String named,
            CommandContext context) {
        var agent = AgentChoice.of(named, context);
        agent.checkHere(context);
        return new PlanRefining(context, submission, begun, finished).refine(agent.name());
    }

    private Result refine(String agent) {
        var questions = Questions.of(submission, begun);
        if (questions.isEmpty()) return unchanged(RefinementReport.notAsked(agent, questions, begun));
        return switch (ask(questions, agent)) {
            case Outcome.Succeeded succeeded -> answered(questions, RefinementAnswer.read(succeeded.answer()), agent);
            case Outcome.Unsuccessful unsuccessful ->
                unchanged(RefinementReport.failed(agent, questions, begun, unsuccessful.reason()));
        };
    }

    private Result unchanged(RefinementReport report) {
        return new Result(submission, finished, begun, report);
    }

    private Result answered(Questions questions, RefinementAnswer answer, String agent) {
        if (answer.answers().isEmpty())
            return unchanged(RefinementReport.failed(agent, questions, begun, String.join(" ", answer.problems())));
        var refined = PlanningPass.apply(
                submission, begun, finished, questions, answer.answers().get(), agent);
        return new Result(
                refined.submission(),
                refined.changes(),
                refined.plan(),
                new RefinementReport(
                        agent,
                        questions,
                        begun,
                        refined.plan(),
                        refined.outcomes(),
                        answer.problems(),
                        Optional.empty()));
    }

    private Outcome ask(Questions questions, String name) {
        try (var agent = LocalAgent.open(name, context, new SandboxOption())) {
            return run(agent.agent(), questions);
        } catch (IllegalArgumentException | IOException e) {
            return new Outcome.InfraFailed(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Cancelled("it was interrupted");
        }
    }

    /** A run of before is taken up; else one is created, and looked for if nobody answered. */
    private Outcome run(CodingAgent agent, Questions questions) throws InterruptedException {
        var attempt = new Attempt(begun.id().value(), TASK, 1);
        if (agent.find(attempt) instanceof Lookup.Found(var runId)) return await(agent, runId);
        agent.awaitTurn();
        return switch (agent.create(attempt, Assignment.of(RefinementPrompt.write(submission, begun, questions)))) {
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
