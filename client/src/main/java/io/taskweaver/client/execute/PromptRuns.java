package io.taskweaver.client.execute;

import io.github.resilience4j.core.IntervalFunction;
import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Usage;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs prompts at an agent, each once: what it finds to have run before is not run again. Rate limits are waited for and use
 * up no attempt; an agent that cannot be reached is asked again, with longer and longer pauses; refused credentials and a
 * spent budget end the rest, which would fare no better.
 */
public final class PromptRuns {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final IntervalFunction PAUSES =
            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2, LONGEST_PAUSE);
    private static final int MOST_ASKED = 3;

    private final CodingAgent agent;
    private final Rules rules;
    private final Consumer<PromptRun> kept;
    private final InstantSource clock;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Outcome.@Nullable Unsuccessful end;

    /**
     * How prompts are run.
     *
     * @param batch what runs are labelled with, the same whenever the same prompts are run
     * @param atOnce most that run at once
     * @param maxAttempts attempts each has
     * @param limit wall time of one attempt
     */
    public record Rules(String batch, int atOnce, int maxAttempts, Duration limit) {
        public Rules {
            if (atOnce < 1 || maxAttempts < 1 || !limit.isPositive())
                throw new IllegalArgumentException("atOnce, maxAttempts and limit must be positive");
        }
    }

    /** @param kept receives each change before the agent is asked, and has stored it when it returns */
    public PromptRuns(CodingAgent agent, Rules rules, Consumer<PromptRun> kept, InstantSource clock) {
        this.agent = agent;
        this.rules = rules;
        this.kept = kept;
        this.clock = clock;
    }

    /**
     * Runs them all.
     *
     * @param before how they stood when this was begun before; what is missing is new
     * @return how each stands in the end, in their order
     */
    public List<PromptRun> run(List<Prompt> prompts, Map<String, PromptRun> before) throws InterruptedException {
        var slots = new Semaphore(rules.atOnce(), true);
        var runs = new ArrayList<Future<PromptRun>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                for (var prompt : prompts) {
                    slots.acquire();
                    runs.add(threads.submit(() -> {
                        try {
                            return run(prompt, Optional.ofNullable(before.get(prompt.id())));
                        } finally {
                            slots.release();
                        }
                    }));
                }
                var ended = new ArrayList<PromptRun>();
                for (var run : runs) ended.add(run.get());
                return ended;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                stopped.countDown();
                threads.shutdownNow();
                throw e;
            }
        }
    }

    private PromptRun run(Prompt prompt, Optional<PromptRun> before) throws InterruptedException {
        if (before.isPresent() && before.get().status() == PromptRun.Status.COMPLETED) return before.get();
        var begun = clock.instant();
        boolean mayRun = before.isPresent() && before.get().status() == PromptRun.Status.RUNNING;
        int attempt = before.map(PromptRun::attempt).orElse(0) + (mayRun ? 0 : 1);
        int counted = 0;
        int faults = 0;
        var used = Usage.NONE;
        while (true) {
            var known = end;
            var outcome = known != null ? known : once(prompt, attempt, mayRun);
            mayRun = false;
            var took = Duration.between(begun, clock.instant()).truncatedTo(ChronoUnit.MILLIS);
            if (outcome instanceof Outcome.Succeeded succeeded)
                return reported(new PromptRun(
                        prompt.id(),
                        PromptRun.Status.COMPLETED,
                        attempt,
                        Optional.empty(),
                        succeeded.answer(),
                        succeeded.summary(),
                        succeeded.links(),
                        used.plus(succeeded.usage()),
                        took,
                        Optional.empty(),
                        Optional.empty()));
            var failure = (Outcome.Unsuccessful) outcome;
            used = used.plus(failure.usage());
            boolean again = switch (failure) {
                case Outcome.RateLimited limited -> {
                    pause(limited.until()
                            .map(until -> Duration.between(clock.instant(), until))
                            .orElse(LONGEST_PAUSE));
                    yield true;
                }
                case Outcome.InfraFailed failed -> {
                    counted++;
                    if (counted < rules.maxAttempts()) pause(Duration.ofMillis(PAUSES.apply(++faults)));
                    yield counted < rules.maxAttempts();
                }
                case Outcome.TaskFailed _, Outcome.TimedOut _ -> ++counted < rules.maxAttempts();
                case Outcome.Interrupted _, Outcome.NeedsInput _, Outcome.Cancelled _ -> false;
                case Outcome.BudgetExceeded _,
                        Outcome.CredentialsRefused _,
                        Outcome.NotConfigured _,
                        Outcome.NotAllowed _,
                        Outcome.SetupFailed _,
                        Outcome.RemoteFailed _ -> ends(failure);
            };
            if (!again)
                return reported(new PromptRun(
                        prompt.id(),
                        PromptRun.Status.FAILED,
                        attempt,
                        Optional.empty(),
                        "",
                        "",
                        List.of(),
                        used,
                        took,
                        Optional.of(failure.reason()),
                        hint(failure)));
            attempt++;
        }
    }

    private static Optional<String> hint(Outcome.Unsuccessful failure) {
        return failure instanceof Outcome.CredentialsRefused refused
                ? Optional.of(refused.hint())
                : failure instanceof Outcome.NotConfigured lacking ? Optional.of(lacking.hint()) : Optional.empty();
    }

    /** No other prompt would fare better. */
    private boolean ends(Outcome.Unsuccessful failure) {
        end = failure;
        return false;
    }

    private Outcome once(Prompt prompt, int number, boolean mayRun) throws InterruptedException {
        var attempt = new Attempt(rules.batch(), prompt.id(), number);
        boolean unclear = mayRun;
        for (int asked = 0; asked < MOST_ASKED; asked++) {
            if (unclear) {
                switch (agent.find(attempt)) {
                    case Lookup.Found(String runId) -> {
                        return await(prompt, number, runId);
                    }
                    case Lookup.Unavailable(Outcome.Unsuccessful outcome) -> {
                        return outcome;
                    }
                    case Lookup.Absent() -> {}
                }
            }
            reported(PromptRun.running(prompt.id(), number, Optional.empty()));
            agent.awaitTurn();
            switch (agent.create(attempt, Assignment.of(prompt.text()))) {
                case Creation.Created(String runId) -> {
                    return await(prompt, number, runId);
                }
                case Creation.Refused(Outcome.Unsuccessful outcome) -> {
                    return outcome;
                }
                case Creation.Unknown unknown -> unclear = true;
            }
        }
        return new Outcome.InfraFailed("The agent was asked several times to create a run and did not answer.");
    }

    private Outcome await(Prompt prompt, int number, String runId) throws InterruptedException {
        reported(PromptRun.running(prompt.id(), number, Optional.of(runId)));
        var outcome = agent.await(runId, rules.limit(), progress -> {});
        agent.release(runId);
        return outcome;
    }

    private PromptRun reported(PromptRun run) {
        synchronized (kept) {
            kept.accept(run);
        }
        return run;
    }

    private void pause(Duration time) throws InterruptedException {
        if (stopped.await(Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS))
            throw new InterruptedException("stopped");
    }
}
