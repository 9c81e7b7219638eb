package io.taskweaver.client;

import io.taskweaver.client.output.RunOutput;
import io.taskweaver.code.Destination;
import io.taskweaver.code.LockFile;
import io.taskweaver.code.TemporaryFolder;
import io.taskweaver.model.ComponentSpec;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.PlanStage;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.rest.MergedView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Archives a plan: first all of it is written into a file, and only then it is removed. Whatever is interrupted can be
 * repeated: before the file is complete nothing is removed, and afterwards a repetition removes what is left.
 */
final class PlanArchiver {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration SETTLING = Duration.ofSeconds(60);

    private final TaskWeaver system;
    private final InstantSource clock;

    PlanArchiver(TaskWeaver system, InstantSource clock) {
        this.system = system;
        this.clock = clock;
    }

    ArchivedPlan.Outcome archive(PlanId id, Path file) throws IOException, InterruptedException {
        // The plan is removed once it is written, so nothing may be found out about the file after that.
        var refusal = Destination.refusalOfFile(file, "");
        if (refusal.isPresent())
            return new ArchivedPlan.Outcome.Refused(
                    refusal.get().reason(), refusal.get().remedy());
        // Of two, the second would replace the file of the first with what is left of the plan while it is removed.
        var lock = LockFile.tryAcquire(besides(Destination.behindLinks(file)));
        if (lock.isEmpty())
            return new ArchivedPlan.Outcome.Refused(
                    "Another command is archiving to " + file + ".",
                    "Wait for its end, or name another file with --to.");
        try (var _ = lock.get()) {
            return archiveAlone(id, file);
        }
    }

    private static Path besides(Path file) {
        return file.toAbsolutePath().resolveSibling("." + file.getFileName() + ".lock");
    }

    private ArchivedPlan.Outcome archiveAlone(PlanId id, Path file) throws IOException, InterruptedException {
        try (var temporary = TemporaryFolder.create("events")) {
            var events = Files.createFile(temporary.path().resolve("events.jsonl"));
            var told = read(id, events);
            var view = told.view();
            if (!view.exists())
                return new ArchivedPlan.Outcome.Refused(
                        "There is no plan " + id + ".", "taskweaver status lists the plans.");
            if (view.archived().isPresent())
                return finished(view, view.archived().get(), file);
            if (view.end().isEmpty()) return refused(view);
            var contexts = contexts(id);
            var digest = write(told, contexts, events, file);
            var continued = continued(view, system.plan(id).orElse(view), file);
            if (continued.isPresent()) return continued.get();
            remove(id, digest);
            var now = system.plan(id).orElse(view);
            // The planner takes a retry that came before as well.
            if (now.archived().isEmpty())
                return continued(view, now, file).orElseThrow(() -> new IllegalStateException("it was archived"));
            // Of two at the same time, the first one counts.
            if (!now.archived().get().digest().equals(digest))
                return wasArchived(now.archived().get(), file);
            return new ArchivedPlan.Outcome.Archived(
                    new ArchivedPlan(id, view.title(), view.stage().word(), clock.instant(), digest),
                    contexts.isPresent());
        }
    }

    private static ArchivedPlan.Outcome refused(PlanView view) {
        return new ArchivedPlan.Outcome.Refused(
                "Plan " + view.id() + " is " + view.stage().word()
                        + (view.stage() == PlanStage.REJECTED
                                ? ": it never became a plan."
                                : ". Only a plan that has ended can be archived."),
                view.stage() == PlanStage.REJECTED
                        ? "Its submission expires with its topics."
                        : "Wait for its end, or end it with: taskweaver cancel " + view.id());
    }

    /** A plan that failed continues if a task is retried or settled: then the file lacks what it has done since. */
    static Optional<ArchivedPlan.Outcome> continued(PlanView written, PlanView now, Path file) {
        if (now.archived().isPresent() || now.end().equals(written.end())) return Optional.empty();
        return Optional.of(new ArchivedPlan.Outcome.Refused(
                "Plan " + written.id() + " continued while it was archived. It stays in the system, and " + file
                        + " lacks what it has done since.",
                "Wait for its end, and run the command again."));
    }

    /** An earlier call wrote the archive, and may have been interrupted before everything was removed. */
    private ArchivedPlan.Outcome finished(PlanView view, PlanEvent.PlanArchived archived, Path file)
            throws IOException, InterruptedException {
        remove(view.id(), archived.digest());
        return wasArchived(archived, file);
    }

    private static ArchivedPlan.Outcome wasArchived(PlanEvent.PlanArchived archived, Path file) throws IOException {
        boolean isHere = Files.isRegularFile(file) && PlanArchive.digest(file).equals(archived.digest());
        return new ArchivedPlan.Outcome.WasArchived(ArchivedPlan.of(archived), isHere);
    }

    /**
     * What the topics tell of a plan.
     *
     * @param components by their nodes
     */
    private record Told(PlanView view, Map<TaskId, ComponentSpec> components) {}

    private Told read(PlanId id, Path events) throws IOException {
        var view = new PlanView(id);
        var components = new LinkedHashMap<TaskId, ComponentSpec>();
        try (var feed = system.eventsOf(id);
                var lines = Files.newBufferedWriter(events)) {
            while (!feed.isCaughtUp())
                for (var received : feed.poll(POLL)) {
                    lines.write(EventJson.of(received).toString());
                    lines.write('\n');
                    PlanFeed.reported(received).ifPresent(view::on);
                    received.event()
                            .filter(PlanEvent.ComponentSpecified.class::isInstance)
                            .map(PlanEvent.ComponentSpecified.class::cast)
                            .ifPresent(
                                    specified -> components.put(specified.spec().node(), specified.spec()));
                }
        }
        return new Told(view, components);
    }

    private Optional<ContextDocument> contexts(PlanId id) throws IOException {
        var exported = system.contexts().exported(id);
        if (exported.isEmpty()) return Optional.empty();
        var bytes = exported.get();
        try {
            return Optional.of(ContextDocument.read(bytes));
        } catch (ContextDocument.Unusable e) {
            throw new IOException("the context service exported what cannot be read: " + e.getMessage(), e);
        }
    }

    private String write(Told told, Optional<ContextDocument> contexts, Path events, Path file) throws IOException {
        var view = told.view();
        SortedMap<String, String> texts =
                new TreeMap<>(RunOutput.files(plan(told), view, MergedView.NONE, clock.instant()));
        texts.keySet().removeIf(name -> name.startsWith("merged/"));
        var entries = new TreeMap<String, String>();
        entries.put("plan.json", "the plan, with the state of each task");
        entries.put("report.md", "the report");
        entries.put(PlanArchive.EVENTS, "the events, one a line, as taskweaver events prints them");
        if (contexts.isPresent()) {
            entries.put(PlanArchive.CONTEXTS, "the contexts, " + ContextDocument.FORMAT + " without its bundle");
            entries.put(PlanArchive.LINE, "the code: a Git bundle with the branches base and line");
        }
        var index =
                PlanArchive.index(view.id().value(), view.title(), view.stage().word(), clock.instant(), entries);
        return PlanArchive.write(Destination.behindLinks(file), index, texts, events, contexts);
    }

    /** The plan as it was made, from what its events say of it. */
    private static Plan plan(Told told) {
        var view = told.view();
        var tasks = view.tasks().stream().map(TaskView::task).toList();
        var summary = view.created().map(PlanEvent.PlanCreated::summary);
        var phases = new ArrayList<List<TaskId>>();
        for (var task : tasks) {
            if (task.kind() != Task.Kind.WORK || task.done()) continue;
            while (phases.size() < task.phase()) phases.add(new ArrayList<>());
            if (task.phase() > 0) phases.get(task.phase() - 1).add(task.id());
        }
        return new Plan(
                view.id(),
                view.title(),
                tasks,
                List.copyOf(told.components().values()),
                phases,
                summary.map(known -> known.criticalPath()).orElse(List.of()),
                summary.map(known -> known.criticalPathMinutes()).orElse(0),
                summary.map(known -> known.totalMinutes()).orElse(0),
                summary.map(known -> known.constraints()).orElse(List.of()),
                summary.map(known -> known.boundaries()).orElse(List.of()),
                summary.map(known -> known.notices()).orElse(List.of()),
                summary.map(known -> known.options()).orElse(PlanOptions.DEFAULT));
    }

    /**
     * Removes a plan whose archive is complete, and waits until planner and context service have done it; a plan that
     * continues stays.
     */
    private void remove(PlanId id, String digest) throws InterruptedException {
        var command = new Command.ArchivePlan(digest);
        system.command(id, command);
        await(
                "The planner did not archive plan " + id,
                () -> isArchived(id) || system.plan(id).flatMap(PlanView::end).isEmpty());
        if (!isArchived(id)) return;
        await(
                "The context service did not remove the contexts of plan " + id,
                () -> system.contexts().isGone(id));
        // With the second command the planner forgets what it would send again.
        system.command(id, command);
    }

    private boolean isArchived(PlanId id) {
        return system.plan(id).flatMap(PlanView::archived).isPresent();
    }

    private interface Condition {
        boolean holds();
    }

    private static void await(String otherwise, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end)
                throw new SystemUnavailable(
                        otherwise + " within " + SETTLING.toSeconds() + " s. The archive is complete; nothing is lost.",
                        "Check the services with taskweaver doctor, then run the command again to continue.",
                        null);
            Thread.sleep(POLL);
        }
    }
}
