package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Outcome;
import io.taskweaver.code.RemoteAccess;
import io.taskweaver.code.RemoteBranches;
import io.taskweaver.code.RemoteException;
import io.taskweaver.code.RemoteRepository;
import io.taskweaver.code.RemoteResult;
import io.taskweaver.model.CodeRemote;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import io.taskweaver.prompts.Delivery;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Attempts of agents that work on a repository elsewhere: the code that an attempt starts from is pushed there as a branch
 * before a run is created, and the branch that the run answers with is fetched.
 */
final class RemoteWork {
    private static final int MOST_EARLIER = 10;
    private static final String RESUME = " Then resume the plan.";

    private final RemoteAccess access;

    RemoteWork(RemoteAccess access) {
        this.access = access;
    }

    /** The repository that an agent works on; empty if it works elsewhere. */
    static Optional<CodeRemote> repository(CodingAgent agent, TaskReady issued) {
        return agent.worksOnRemote() ? issued.remote() : Optional.empty();
    }

    /** Where an attempt works. */
    static Delivery.OnRemote place(CodeRemote remote, Attempt attempt) {
        return new Delivery.OnRemote(
                remote.url(), RemoteBranches.ofAttempt(new PlanId(attempt.plan()), attempt.task(), attempt.number()));
    }

    /** Branches that a run of this attempt may have started from: it may be that of an earlier attempt, which went on. */
    private static List<String> branches(Attempt attempt) {
        int last = attempt.number();
        return IntStream.iterate(last, number -> number > Math.max(0, last - MOST_EARLIER), number -> number - 1)
                .mapToObj(number -> RemoteBranches.ofAttempt(new PlanId(attempt.plan()), attempt.task(), number))
                .toList();
    }

    /**
     * Pushes what an attempt starts from.
     *
     * @return why no run can be created; empty if it is there
     */
    Optional<Outcome.Unsuccessful> push(CodeRemote remote, Attempt attempt, StartCode code)
            throws InterruptedException {
        try {
            RemoteBranches.pushStart(
                    new RemoteRepository(remote, access),
                    code.repository(),
                    pushed(code),
                    place(remote, attempt).branch());
            return Optional.empty();
        } catch (RemoteException e) {
            return Optional.of(failed(e, false, new Outcome.InfraFailed("")));
        } catch (IOException e) {
            return Optional.of(Outcome.InfraFailed.of("The code cannot be pushed from here", e));
        }
    }

    /** The head; on top of it, where an attempt starts with more than that, a commit that is the same everywhere. */
    private static String pushed(StartCode code) throws IOException {
        var head = code.at().commit();
        var repository = code.repository();
        return repository.treeOf(head).equals(code.tree())
                ? head
                : repository.commit(
                        code.tree(),
                        List.of(head),
                        "The conflicting result, as far as it does not conflict",
                        repository.dateOf(head));
    }

    /**
     * The outcome of a run that the agent reports as successful, with the code that is in its branch.
     *
     * @param begun date of the result's commit
     * @param limitBytes bytes that the changed files may have together
     */
    Outcome result(
            CodeRemote remote,
            Attempt attempt,
            Outcome.Succeeded succeeded,
            AttemptInput input,
            Preparation preparation,
            Instant begun,
            long limitBytes)
            throws InterruptedException {
        var place = place(remote, attempt);
        if (succeeded.branches().isEmpty()) return answered(succeeded, input, place);
        try {
            var code = input.code();
            var taken = RemoteResult.take(
                    new RemoteRepository(remote, access),
                    code.repository(),
                    new RemoteResult.Start(code.at().commit(), pushed(code), branches(attempt)),
                    succeeded.branches(),
                    new RemoteResult.Rules(
                            code.at().prefix(),
                            preparation.brought(),
                            limitBytes,
                            input.context().task().title(),
                            begun));
            return switch (taken) {
                case RemoteResult.Taken.Refused(String reason) -> new Outcome.TaskFailed(reason, succeeded.usage());
                case RemoteResult.Taken.Result(var result) ->
                    new Outcome.Succeeded(
                            succeeded.answer(),
                            Optional.of(result),
                            succeeded.summary(),
                            succeeded.links(),
                            succeeded.usage());
            };
        } catch (RemoteException e) {
            return failed(e, true, succeeded);
        } catch (IOException e) {
            return Outcome.InfraFailed.of("The agent's branch cannot be stored here", e);
        }
    }

    /** Without a branch, the answer has to have the result, or say that there is none. */
    private static Outcome answered(Outcome.Succeeded succeeded, AttemptInput input, Delivery.OnRemote place) {
        return AnswerReader.read(succeeded.answer(), input.context().files()) instanceof AnswerReading.Unreadable
                ? new Outcome.TaskFailed(
                        "The agent answered without a branch or pull request. Push a branch that starts from "
                                + place.branch() + " to " + place.url()
                                + ", or answer with '### Summary' if no change is needed.",
                        succeeded.usage())
                : succeeded;
    }

    private static Outcome.RemoteFailed failed(RemoteException e, boolean hasRun, Outcome outcome) {
        return new Outcome.RemoteFailed(
                String.valueOf(e.getMessage())
                        + (hasRun
                                ? " The agent has finished: its branch is fetched later, and the run is not paid for again."
                                : ""),
                e.remedy() + RESUME,
                hasRun,
                // Of a run that goes on, the attempt that fetches its branch tells it.
                hasRun ? Usage.NONE : outcome.usage());
    }
}
