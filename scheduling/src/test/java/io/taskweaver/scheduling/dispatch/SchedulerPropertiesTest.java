package io.taskweaver.scheduling.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskweaver.model.Limits;
import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.Usage;
import io.taskweaver.model.Verifications;
import io.taskweaver.model.event.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Plays executors, context and interface service against the scheduler: every message may come twice, late, out of order
 * or not at all, attempts may fail, results may conflict, and the planner may be killed at any moment.
 */
final class SchedulerPropertiesTest {

    @Property(tries = 400)
    void whatever_comes_needs_are_met_before_dispatch_and_the_plan_ends_once(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 25) int size,
            @ForAll @IntRange(min = 1, max = 6) int slots) {
        var world = new World(seed, size, slots, 0.25);
        world.play();
        assertThat(world.ends).isEqualTo(1);
        assertThat(world.plan.state()).isInstanceOf(PlanState.Closed.class);
    }

    @Property(tries = 400)
    void without_a_permanent_failure_everything_gets_merged(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 25) int size,
            @ForAll @IntRange(min = 1, max = 6) int slots) {
        var world = new World(seed, size, slots, 0);
        world.play();
        assertThat(world.ends).isEqualTo(1);
        assertThat(world.plan.state()).isInstanceOf(PlanState.Completed.class);
        for (var node : world.nodes)
            assertThat(world.plan.stateOf(node.id()).satisfies()).isTrue();
        if (world.options.verify().isPresent())
            assertThat(world.plan.stateOf(Verifications.END).satisfies()).isTrue();
    }

    /** Everything around the scheduler. */
    private static final class World {
        private static final int LIMIT = 200_000;

        final Random random;
        final int slots;
        final double permanentFailures;
        final List<Node> nodes = new ArrayList<>();
        final PlanOptions options;

        private static PlanOptions options(boolean verified, OverlapMode overlap) {
            return new PlanOptions(
                            Optional.empty(),
                            "simulated",
                            List.of(),
                            Map.of(),
                            Set.of("gate"),
                            0,
                            3,
                            Duration.ofHours(1),
                            Limits.NONE,
                            "app",
                            verified ? Optional.of("make test") : Optional.empty(),
                            Optional.empty())
                    .toBuilder().overlap(overlap).reviews(Set.of("reviewed")).build();
        }

        final Scheduler scheduler = new Scheduler(Backoff.DEFAULT, AnswerTimeouts.DEFAULT);
        final Map<Object, Change> store = new LinkedHashMap<>();
        final List<Node> added = new ArrayList<>();
        final List<Action> topic = new ArrayList<>();
        final List<SchedulerInput> reports = new ArrayList<>();
        final Set<String> issued = new HashSet<>();
        final Map<String, SchedulerInput> journal = new HashMap<>();
        final Set<TaskId> conflicted = new HashSet<>();
        final Map<TaskId, SchedulerInput.Completed> batches = new HashMap<>();
        /** Results that wait for a person, and those that one has looked at: by task and attempt. */
        final Map<String, SchedulerInput.Completed> inReview = new HashMap<>();

        final Set<String> approved = new HashSet<>();
        final Set<String> mayBeMerged = new HashSet<>();
        PlanProgress plan;
        Instant now = Story.START;
        Instant plannerStart = now;
        int ends;

        World(long seed, int size, int slots, double permanentFailures) {
            this.random = new Random(seed);
            this.slots = slots;
            this.permanentFailures = permanentFailures;
            var modes = OverlapMode.values();
            this.options = options(random.nextBoolean(), modes[random.nextInt(modes.length)]);
            for (int i = 0; i < size; i++) nodes.add(node(i));
            this.plan = new PlanProgress(new PlanId("p"), options, nodes, now);
            if (options.verify().isPresent() && random.nextBoolean()) perform(Scheduler.verifyBase(plan));
        }

        private Node node(int i) {
            boolean contract = random.nextInt(5) == 0;
            var needs = new HashSet<TaskId>();
            for (int n = 0; i > 0 && n < random.nextInt(4); n++) needs.add(id(random.nextInt(i)));
            return new Node(
                    id(i),
                    contract ? Task.Kind.CONTRACT : Task.Kind.WORK,
                    random.nextInt(100),
                    List.copyOf(needs),
                    random.nextInt(10) == 0,
                    Optional.empty(),
                    contract ? Set.of() : Set.of("f" + random.nextInt(4)),
                    Set.copyOf(Stream.of("gate", "reviewed")
                            .filter(any -> random.nextInt(8) == 0)
                            .toList()));
        }

        private static TaskId id(int i) {
            return new TaskId("t" + i);
        }

        @Override
        public String toString() {
            var standing = new StringBuilder(plan.state() + " reports " + reports + " commands " + topic);
            for (var node : Stream.concat(nodes.stream(), added.stream()).toList())
                if (!plan.stateOf(node.id()).satisfies())
                    standing.append('\n').append(node).append(' ').append(plan.stateOf(node.id()));
            return standing.toString();
        }

        void play() {
            goOn();
            for (int step = 0; !(plan.state() instanceof PlanState.Closed); step++) {
                assertThat(step).as("the plan hangs: %s", this).isLessThan(LIMIT);
                switch (random.nextInt(13)) {
                    case 0, 1, 2, 3 -> takeCommand();
                    case 4, 5, 6, 7, 8 -> takeReport();
                    case 9 -> {
                        now = now.plusSeconds(1);
                        for (var task : plan.waiting().keySet()) reports.add(answer(task));
                        if (random.nextInt(4) == 0) settle();
                    }
                    case 10 -> {
                        now = now.plusSeconds(random.nextInt(30));
                        perform(scheduler.overdue(plan, this::named, plannerStart, slots, now));
                        goOn();
                    }
                    case 11 -> mayCrash();
                    case 12 -> {
                        var changes = OptionChanges.builder()
                                .agents(List.of("simulated", "other").subList(0, 1 + random.nextInt(2)))
                                .maxAttempts(Optional.of(1 + random.nextInt(4)))
                                .overlap(Optional.of(OverlapMode.values()[random.nextInt(3)]))
                                .build();
                        perform(scheduler.decide(plan, new SchedulerInput.OptionsChanged(changes), now));
                        goOn();
                    }
                    default -> throw new AssertionError();
                }
            }
            // A person who settles a conflict after all opens the plan again, and that is no late report.
            reports.removeIf(SchedulerInput.ResolveAsked.class::isInstance);
            for (var late : List.copyOf(reports)) perform(scheduler.decide(plan, late, now));
        }

        /** A person settles a conflict before the agent has. */
        private void settle() {
            for (var node : nodes)
                if (plan.stateOf(node.id()) instanceof TaskState.Conflicted open)
                    reports.add(new SchedulerInput.ResolveAsked(
                            node.id(),
                            open.attempts().number(),
                            new Resolution(Resolution.Side.THEIRS, Optional.empty(), "Ada")));
        }

        /** What a person says to a task that waits. Reviewers stop rejecting, or the task would fail. */
        private SchedulerInput answer(TaskId task) {
            if (!(plan.stateOf(task) instanceof TaskState.InReview review))
                return new SchedulerInput.Approved(task, Optional.empty());
            int attempt = review.attempts().number();
            boolean isSure = approved.contains(task + "/" + attempt);
            if (!isSure && review.attempts().rejections() < 2 && random.nextInt(3) == 0)
                return new SchedulerInput.Rejected(task, "not so", attempt);
            approved.add(task + "/" + attempt);
            return new SchedulerInput.Approved(task, Optional.empty(), attempt);
        }

        private boolean isReviewed(TaskId task) {
            return Stream.concat(nodes.stream(), added.stream())
                    .filter(node -> node.id().equals(task))
                    .anyMatch(node -> options.isReviewed(node.kind(), node.kinds()));
        }

        private Optional<Instant> named(TaskId task, int attempt) {
            return random.nextInt(3) == 0 ? Optional.of(now) : Optional.empty();
        }

        /** The planner dies; of its last changes nothing is lost, of its commands those not yet taken may be. */
        private void mayCrash() {
            if (random.nextInt(10) > 0) return;
            if (random.nextBoolean()) topic.clear();
            var all = new ArrayList<>(nodes);
            all.addAll(added);
            var restored = new PlanProgress(new PlanId("p"), options, all, Story.START);
            store.values().forEach(restored::apply);
            for (var node : all) assertThat(restored.stateOf(node.id())).isEqualTo(plan.stateOf(node.id()));
            assertThat(restored.inFlight()).isEqualTo(plan.inFlight());
            assertThat(restored.readyCount()).isEqualTo(plan.readyCount());
            assertThat(restored.used()).isEqualTo(plan.used());
            assertThat(restored.waiting()).isEqualTo(plan.waiting());
            restored.recovering(true);
            plan = restored;
            plannerStart = now;
            goOn();
            plan.recovering(random.nextBoolean());
        }

        private void takeCommand() {
            if (topic.isEmpty()) return;
            var command = topic.remove(random.nextInt(topic.size()));
            if (random.nextInt(10) == 0) return;
            if (random.nextInt(10) == 0) topic.add(command);
            switch (command) {
                case Action.SpecifyComponent specify ->
                    reports.add(new SchedulerInput.ContractPublished(specify.task()));
                case Action.IssueAttempt issue -> run(issue);
                case Action.AnnounceTask told -> {}
                case Action.ApproveResult approve -> {
                    var result = approve.task() + "/" + approve.attempt();
                    mayBeMerged.add(result);
                    var waiting = inReview.remove(result);
                    if (waiting != null) merge(waiting);
                }
                case Action.Withdraw told -> inReview.remove(told.task() + "/" + told.attempt());
                case Action.AnnounceResolution settled -> {
                    var result = settled.task() + "/" + settled.attempt();
                    mayBeMerged.add(result);
                    merge(new SchedulerInput.Completed(settled.task(), settled.attempt(), Usage.NONE));
                }
                case Action.StopAttempts told -> {}
                case Action.AnnouncePlan told -> {}
                case Action.AnnounceEnd told -> {}
                case Action.AnnounceStanding told -> {}
            }
        }

        private void run(Action.IssueAttempt issue) {
            int attempt = issue.attempts().number();
            reports.add(new SchedulerInput.Started(issue.task(), attempt, "e" + random.nextInt(3), now));
            reports.add(journal.computeIfAbsent(issue.task() + "/" + attempt, any -> outcome(issue.task(), attempt)));
        }

        private Usage cost() {
            return random.nextBoolean() ? Usage.NONE : new Usage(random.nextInt(9), 1, 5);
        }

        private SchedulerInput outcome(TaskId task, int attempt) {
            double dice = random.nextDouble();
            boolean mayFail = !task.equals(Verifications.BASE) && conflicted.size() < 3;
            if (isVerification(task) && mayFail && dice < 0.2)
                return new SchedulerInput.Failed(
                        task, attempt, Failure.TASK_FAILED, "red", Optional.empty(), Optional.empty(), Usage.NONE);
            if (dice < permanentFailures)
                return new SchedulerInput.Failed(
                        task, attempt, Failure.TASK_FAILED, "no", Optional.empty(), Optional.empty(), cost());
            if (dice < permanentFailures + 0.2)
                return new SchedulerInput.Failed(
                        task, attempt, Failure.RATE_LIMITED, "slow", Optional.empty(), Optional.empty(), Usage.NONE);
            return new SchedulerInput.Completed(task, attempt, cost());
        }

        private void takeReport() {
            if (reports.isEmpty()) return;
            var report = reports.remove(random.nextInt(reports.size()));
            if (random.nextInt(5) == 0) reports.add(report);
            if (report instanceof SchedulerInput.Started && random.nextInt(4) == 0) return;
            if (report instanceof SchedulerInput.Failed red
                    && red.failure() == Failure.TASK_FAILED
                    && isVerification(red.task())) judged(red.task(), red.attempt(), false);
            else if (report instanceof SchedulerInput.Completed green && isVerification(green.task()))
                judged(green.task(), green.attempt(), true);
            else if (report instanceof SchedulerInput.Completed done) {
                var result = done.task() + "/" + done.attempt();
                if (isReviewed(done.task()) && !mayBeMerged.contains(result)) inReview.put(result, done);
                else merge(done);
            }
            perform(scheduler.decide(plan, report, now));
            goOn();
        }

        /** What the one who merges makes of a result that nobody has to look at any more. */
        private void merge(SchedulerInput.Completed done) {
            if (options.verify().isPresent() && done.task().value().hashCode() % 2 == 0) {
                var node = batchOf(done);
                batches.put(node, done);
                reports.add(new SchedulerInput.VerificationAsked(node, List.of(done.task())));
            } else {
                boolean conflicts = conflicted.size() < 3
                        && done.task().value().length() < 20
                        && random.nextInt(8) == 0
                        && conflicted.add(done.task());
                reports.add(
                        conflicts
                                ? new SchedulerInput.Conflicted(
                                        done.task(), done.attempt(), List.of("f"), Optional.empty())
                                : new SchedulerInput.Merged(done.task(), done.attempt()));
            }
        }

        /** The batch of a result is the same however often it comes. */
        private TaskId batchOf(SchedulerInput.Completed done) {
            return batches.entrySet().stream()
                    .filter(known -> known.getValue().task().equals(done.task())
                            && known.getValue().attempt() == done.attempt())
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseGet(() -> Verifications.batch(1 + batches.size()));
        }

        private static boolean isVerification(TaskId task) {
            return task.value().startsWith("verify-") && !task.value().contains("reconcile");
        }

        /** What the one who merges makes of a verdict. */
        private void judged(TaskId node, int attempt, boolean passed) {
            var one = batches.get(node);
            if (one != null) {
                reports.add(new SchedulerInput.Merged(node, attempt));
                reports.add(
                        passed
                                ? new SchedulerInput.Merged(one.task(), one.attempt())
                                : new SchedulerInput.Conflicted(
                                        one.task(), one.attempt(), List.of(), Optional.of("red")));
                if (!passed) conflicted.add(one.task());
                return;
            }
            if (!passed) conflicted.add(node);
            reports.add(
                    passed
                            ? new SchedulerInput.Merged(node, attempt)
                            : new SchedulerInput.Conflicted(node, attempt, List.of(), Optional.of("red")));
        }

        private void goOn() {
            plan.arrangeFor(1 + random.nextInt(slots));
            for (var next = next(); !next.isNothing(); next = next()) perform(next);
        }

        private Decision next() {
            return scheduler.next(plan, slots - plan.inFlight(), now);
        }

        private void perform(Decision decision) {
            for (var change : decision.changes()) {
                switch (change) {
                    case Change.TaskMoved moved -> store.put(moved.task(), moved);
                    case Change.ReconcileAdded more -> added.add(more.node());
                    case Change.VerificationAdded more -> added.add(more.node());
                    case Change.PlanMoved moved -> {
                        if (moved.state() instanceof PlanState.Closed) ends++;
                        store.put("plan", moved);
                    }
                    case Change.LimitsMoved moved -> store.put("limits", moved);
                    case Change.PriorityMoved moved -> store.put("priority", moved);
                    case Change.OptionsMoved moved -> store.put("options", moved);
                }
                plan.apply(change);
            }
            for (var command : decision.commands()) {
                check(command);
                topic.add(command);
            }
            assertThat(plan.inFlight()).isLessThanOrEqualTo(slots);
        }

        private void check(Action command) {
            if (command instanceof Action.ApproveResult approve)
                assertThat(approved)
                        .as("a person approved what is merged")
                        .contains(approve.task() + "/" + approve.attempt());
            if (!(command instanceof Action.IssueAttempt issue)) return;
            var all = new ArrayList<>(nodes);
            all.addAll(added);
            var node = all.stream()
                    .filter(each -> each.id().equals(issue.task()))
                    .findFirst()
                    .orElseThrow();
            boolean verified = !plan.knows(Verifications.BASE)
                    || plan.stateOf(Verifications.BASE).satisfies();
            assertThat(verified || node.kind() == Task.Kind.VERIFY)
                    .as("the base is verified before %s", node.id())
                    .isTrue();
            for (var need : node.needs())
                assertThat(plan.stateOf(need).satisfies())
                        .as("%s needs %s", node.id(), need)
                        .isTrue();
            boolean first = issued.add(issue.task() + "/" + issue.attempts().number());
            assertThat(first || issue.reissued())
                    .as("%s was issued before", command)
                    .isTrue();
        }
    }
}
