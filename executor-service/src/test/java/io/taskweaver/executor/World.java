package io.taskweaver.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.agents.Assignment;
import io.taskweaver.agents.Attempt;
import io.taskweaver.agents.Capabilities;
import io.taskweaver.agents.CodingAgent;
import io.taskweaver.agents.Creation;
import io.taskweaver.agents.Interruption;
import io.taskweaver.agents.Lookup;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.RunListener;
import io.taskweaver.agents.command.ResultCheck;
import io.taskweaver.agents.command.Sandbox;
import io.taskweaver.agents.command.TreePreparation;
import io.taskweaver.code.AgentBranch;
import io.taskweaver.code.CodeRepository;
import io.taskweaver.code.RemoteAccess;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.ExecutionJournal;
import io.taskweaver.prompts.Delivery;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.wire.TraceContext;
import io.taskweaver.wire.code.PlanRepositories;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** All that outlives an executor: a journal, the published reports, an agent's runs. Executors on it may crash. */
final class World {
    private final JournalIndex index = new JournalIndex();
    final List<ExecutionJournal> ends = new ArrayList<>();
    private final Map<Attempt, List<Long>> runs = new TreeMap<>((a, b) -> a.id().compareTo(b.id()));
    final List<PlanEvent.Outcome> published = new ArrayList<>();
    /** What attempts printed. */
    final List<PlanEvent.TaskOutput> printed = new CopyOnWriteArrayList<>();

    /** What attempts said on the way. */
    final List<String> progressed = new CopyOnWriteArrayList<>();

    final CountDownLatch anyRun = new CountDownLatch(1);
    boolean answersCreations = true;
    boolean credentialsAreRevoked;
    long contextVersion = 1;
    /** Packs on the topic, each with the commit that it completes. */
    final List<PlanEvent.CodeObjects> packs = new ArrayList<>();
    /** What the context service gives, by task and version. */
    BiFunction<String, Long, IsolatedContext> contexts = Some::context;
    /** Commits that nobody published. */
    final Set<String> missing = new HashSet<>();

    private int offset;

    /** Branches that runs answer with. */
    private final Map<String, String> branches = new TreeMap<>();

    /** An executor dies. */
    static final class Crash extends Error {}

    /** Number of runs that were made of an attempt. */
    synchronized int runsOf(Attempt attempt) {
        return runs.getOrDefault(attempt, List.of()).size();
    }

    /** Those of them that were started. */
    private final Map<String, Long> startedOn = new TreeMap<>();

    /** Runs that were created on a machine, with the version of the context that they were given. */
    private final Map<String, Long> createdOn = new TreeMap<>();

    /** Version of the context that the only run of an attempt was given. */
    synchronized long givenTo(Attempt attempt) {
        return runs.getOrDefault(attempt, List.of()).getFirst();
    }

    /** Whoever reads an outcome, in the journal or on its topic, must find the code. */
    private void requireCode(PlanEvent.TaskCompleted completed) {
        completed
                .code()
                .ifPresent(code -> assertThat(packs)
                        .extracting(PlanEvent.CodeObjects::commit)
                        .contains(code.commit()));
    }

    /** An executor that dies at an effect: at an even number before it takes hold, at an odd one after. */
    Host executor(String name, int dyingAt) {
        return new Host(name, dyingAt);
    }

    /** Work in a repository elsewhere. */
    @FunctionalInterface
    interface RemoteAgent {
        /** Name of the branch with the result. */
        String work(Delivery.OnRemote place);
    }

    /** One executor. */
    final class Host implements AttemptJournal, AttemptPublisher, ContextSource, PlanRepositories, CodingAgent {
        private final AttemptEvents events;
        private final int dyingAt;
        private int effects;
        boolean losesCreations;
        boolean leavesWhatCannotBeRemoved;
        /** Whether its run is over when it is interrupted. */
        boolean isOver;
        /** Whether its agent works in folders of this machine. */
        boolean worksHere;

        String machine = "machine";
        /** Other executors that it takes for alive. */
        final Set<String> live = new HashSet<>();

        Runnable afterClaiming = () -> {};
        Runnable beforeNoting = () -> {};
        Runnable beforeEnding = () -> {};
        Runnable whileAwaitingMachine = () -> {};
        Runnable whileAwaiting = () -> {};
        Runnable turn = () -> {};
        Runnable beforeCreating = () -> {};
        AttemptRun.Pause pause = time -> {};
        Instant now = Instant.EPOCH;
        AgentPool gate = new AgentPool(List.of(), Duration.ofSeconds(30), InstantSource.fixed(Instant.EPOCH));

        Permissions permissions = new Permissions(true, true, false, Sandbox.none("not in this test"), List.of("*"));
        ExecutorSecrets secrets = ExecutorSecrets.NONE;
        OutputPublisher outputs;
        Path checks = Path.of("target/check");
        CodingAgent agent = this;
        final StopSignal stop = new StopSignal();
        /** What the agent does in a repository elsewhere; it works on none without. */
        Optional<RemoteAgent> remote = Optional.empty();

        private Host(String name, int dyingAt) {
            this.events = new AttemptEvents(name, () -> now);
            this.dyingAt = dyingAt;
            this.outputs = new OutputPublisher(
                    Duration.ofSeconds(2), 10_000, events, (part, trace) -> printed.add(part), () -> now);
        }

        AttemptRun.Result run(IssuedAttempt ready) throws InterruptedException {
            var ports = new AttemptRun.Ports(
                    events,
                    this,
                    this,
                    this,
                    this,
                    gate,
                    new ResultCheck(
                            checks,
                            false,
                            true,
                            Capabilities.of(checks, System.getenv()),
                            new TreePreparation(
                                    Path.of("target/setups"),
                                    TreePreparation.MOST,
                                    Sandbox.none("not in this test"),
                                    System.getenv()),
                            Sandbox.none("not in this test"),
                            System.getenv()),
                    outputs,
                    new RemoteWork(RemoteAccess.ofProcess()),
                    time -> {
                        now = now.plus(time);
                        pause.of(time);
                    },
                    live::contains,
                    () -> now);
            var rules = new AttemptRun.Rules(
                    machine,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(2),
                    Duration.ZERO,
                    10_000_000,
                    QueryWriter.DEFAULT,
                    permissions,
                    secrets);
            return new AttemptRun(ready, agent, ports, rules, stop).run();
        }

        private boolean isCreatedHere(Attempt attempt) {
            synchronized (World.this) {
                return createdOn.containsKey(machine + " " + attempt.id());
            }
        }

        @Override
        public void abandon(Attempt attempt) {
            synchronized (World.this) {
                if (!startedOn.containsKey(machine + " " + attempt.id()))
                    createdOn.remove(machine + " " + attempt.id());
            }
        }

        @Override
        public void release(String runId) {
            if (leavesWhatCannotBeRemoved) throw new IllegalStateException("a folder that is too deep");
        }

        private void effect(Runnable effect) {
            if (effects++ == dyingAt) throw new Crash();
            synchronized (World.this) {
                effect.run();
            }
            if (effects++ == dyingAt) throw new Crash();
        }

        private AttemptState apply(ExecutionJournal entry) {
            if (entry.state() != ExecutionJournal.State.FINISHED) return index.apply(entry, 0, offset++);
            entry.completed().ifPresent(World.this::requireCode);
            ends.add(entry);
            return index.apply(entry, 0, ends.size() - 1);
        }

        @Override
        public AttemptState known(Attempt attempt) {
            synchronized (World.this) {
                return index.of(attempt);
            }
        }

        @Override
        public AttemptState upToDate(Attempt attempt) {
            return known(attempt);
        }

        @Override
        public AttemptState append(ExecutionJournal entry, TraceContext trace) {
            var before = new ArrayList<AttemptState>();
            if (entry.state() == ExecutionJournal.State.CREATED) beforeNoting.run();
            if (entry.state() == ExecutionJournal.State.FINISHED) beforeEnding.run();
            effect(() -> before.add(apply(entry)));
            if (entry.state() == ExecutionJournal.State.CLAIMED) afterClaiming.run();
            return before.getFirst();
        }

        @Override
        public AttemptState awaitOther(Attempt attempt, AttemptState from, Duration limit) {
            whileAwaitingMachine.run();
            var other = known(attempt);
            if (other.equals(from)) now = now.plus(limit);
            return other;
        }

        @Override
        public CompletableFuture<Void> send(PlanEvent event, TraceContext trace) {
            switch (event) {
                case ExecutionJournal end
                when end.state() == ExecutionJournal.State.FINISHED -> effect(() -> apply(end));
                case ExecutionJournal entry -> effect(() -> index.apply(entry, 0, offset++));
                case PlanEvent.TaskProgressed said -> progressed.add(said.message());
                case PlanEvent.Outcome outcome ->
                    effect(() -> {
                        if (outcome instanceof PlanEvent.TaskCompleted completed) requireCode(completed);
                        published.add(outcome);
                    });
                case PlanEvent.CodeObjects objects -> effect(() -> packs.add(objects));
                default -> effect(() -> {});
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Optional<ExecutionJournal> earlier(Attempt attempt) {
            synchronized (World.this) {
                return index.earlier(attempt).flatMap(this::read);
            }
        }

        @Override
        public Optional<ExecutionJournal> read(AttemptState.Finished place) {
            return Optional.of(ends.get((int) place.offset()));
        }

        @Override
        public Fetched fetch(Attempt attempt, OptionalLong version, Consumer<String> waiting) {
            effect(() -> {});
            // The merged context moves on while executors come and go.
            return new Available(
                    contexts.apply(attempt.task(), version.isPresent() ? version.getAsLong() : contextVersion++));
        }

        @Override
        public CodeRepository of(PlanId plan) {
            return SomeCode.REPOSITORY;
        }

        @Override
        public List<String> records(PlanId plan) {
            throw new UnsupportedOperationException("no executor removes code");
        }

        @Override
        public boolean await(PlanId plan, String commit) throws IOException {
            return !missing.contains(commit) && SomeCode.REPOSITORY.has(commit);
        }

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public boolean worksOnRemote() {
            return remote.isPresent();
        }

        @Override
        public boolean startsWhenAwaited() {
            return worksHere;
        }

        @Override
        public Lookup find(Attempt attempt) {
            effect(() -> {});
            if (worksHere)
                return isCreatedHere(attempt) ? new Lookup.Found("run-" + attempt.id()) : new Lookup.Absent();
            return runsOf(attempt) > 0 ? new Lookup.Found("run-" + attempt.id()) : new Lookup.Absent();
        }

        @Override
        public void awaitTurn() {
            turn.run();
        }

        @Override
        public Creation create(Attempt attempt, Assignment assignment) {
            beforeCreating.run();
            if (losesCreations) return new Creation.Unknown("the connection was dropped");
            var version = Long.parseLong(assignment.prompt().replaceAll("(?s).*as of (\\d+).*", "$1"));
            if (worksHere) {
                effect(() -> createdOn.put(machine + " " + attempt.id(), version));
                return new Creation.Created("run-" + attempt.id());
            }
            effect(() -> runs.computeIfAbsent(attempt, any -> new ArrayList<>()).add(version));
            remote.ifPresent(working -> branches.put(
                    "run-" + attempt.id(), working.work(assignment.remote().orElseThrow())));
            anyRun.countDown();
            return answersCreations
                    ? new Creation.Created("run-" + attempt.id())
                    : new Creation.Unknown("the connection was dropped");
        }

        @Override
        public Outcome await(String runId, Duration limit, RunListener listener) throws InterruptedException {
            if (worksHere) {
                var parts = runId.substring("run-".length()).split("/");
                var attempt = new Attempt(parts[0], parts[1], Integer.parseInt(parts[2]));
                if (!isCreatedHere(attempt)) return new Outcome.InfraFailed("The run is not on this machine.");
                effect(() -> {
                    var version = createdOn.get(machine + " " + attempt.id());
                    if (startedOn.putIfAbsent(machine + " " + attempt.id(), version) == null)
                        runs.computeIfAbsent(attempt, any -> new ArrayList<>()).add(version);
                });
            } else effect(() -> {});
            whileAwaiting.run();
            if (Thread.interrupted()) throw new InterruptedException("the executor stops");
            if (credentialsAreRevoked) return new Outcome.CredentialsRefused("401", "set the token", true);
            var branch = Optional.ofNullable(branches.get(runId));
            return new Outcome.Succeeded(Some.answer("new"), "", List.of(), Usage.NONE)
                    .in(branch.map(name -> new AgentBranch(branch, Optional.empty())).stream()
                            .toList());
        }

        @Override
        public void cancel(String runId) {}

        @Override
        public Interruption interrupt(String runId) {
            if (isOver) return new Interruption.Over();
            return worksHere
                    ? new Interruption.Stopped(new Outcome.Interrupted("It was stopped with its executor.", false))
                    : new Interruption.Continues();
        }

        @Override
        public void close() {}
    }
}
