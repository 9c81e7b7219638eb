package io.taskweaver.client;

import io.taskweaver.agents.CodingAgent;
import io.taskweaver.client.codemap.CodeMapper;
import io.taskweaver.client.execute.Prompt;
import io.taskweaver.client.execute.PromptRun;
import io.taskweaver.client.execute.PromptRuns;
import io.taskweaver.contexts.PlannedContexts;
import io.taskweaver.contexts.RelevantCode;
import io.taskweaver.formats.ExchangeFormat;
import io.taskweaver.formats.ExportedList;
import io.taskweaver.formats.TaskListWriter;
import io.taskweaver.model.CodeFile;
import io.taskweaver.model.Document;
import io.taskweaver.model.Need;
import io.taskweaver.model.OverlapMode;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Resolution;
import io.taskweaver.model.Submission;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Command;
import io.taskweaver.model.event.Event;
import io.taskweaver.model.event.ExecutorHeartbeat;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.prompts.Delivery;
import io.taskweaver.prompts.QueryWriter;
import io.taskweaver.reports.picture.PictureFormat;
import io.taskweaver.requirements.analysis.Analyst;
import io.taskweaver.requirements.analysis.AnalyzedDocument;
import io.taskweaver.requirements.analysis.Structure;
import io.taskweaver.requirements.analysis.StructureReader;
import io.taskweaver.requirements.analysis.StructureReading;
import io.taskweaver.requirements.code.CodeMap;
import io.taskweaver.requirements.gap.GapAnalysis;
import io.taskweaver.requirements.gap.GapReport;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.planning.Planner;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.RequirementsMarkdown;
import io.taskweaver.scheduling.planning.StructureMarkdown;
import io.taskweaver.scheduling.planning.SuggestedNeeds;
import io.taskweaver.scheduling.planning.TaskLists;
import io.taskweaver.scheduling.priority.Priorities;
import io.taskweaver.scheduling.projection.FleetCondition;
import io.taskweaver.scheduling.projection.OpenConflict;
import io.taskweaver.scheduling.projection.OutputView;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.replan.Comparison;
import io.taskweaver.scheduling.replan.PlanDiff;
import io.taskweaver.scheduling.simulation.Simulation;
import io.taskweaver.scheduling.simulation.Simulator;
import io.taskweaver.wire.EventKeys;
import io.taskweaver.wire.Topic;
import io.taskweaver.wire.Topics;
import io.taskweaver.wire.output.OutputFolder;
import io.taskweaver.wire.rest.MergedView;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Everything that TaskWeaver does, for programs. What needs no running system, reading, planning, simulating, drawing, is
 * static and works on values. An instance is a running system: hand plans in, follow them, give them commands, fetch what
 * they made. Everything that is known of a running plan comes from its topics; only merged files are asked for over REST.
 */
public final class TaskWeaver implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    /** What a plan is followed by: not what executors keep for themselves, and nothing that is long. */
    private static final List<Topic<?>> OF_PLANS = Topics.all().stream()
            .filter(topic -> topic != Topics.EXECUTION_JOURNAL
                    && topic != Topics.TASK_OUTPUT
                    && topic.key() != Topic.Key.PLAN_PACK_PART
                    && !topic.equals(Topics.CONTEXT_COMMANDS)
                    && topic.key() != Topic.Key.EXECUTOR)
            .<Topic<?>>map(topic -> topic)
            .toList();

    /** What says that a plan begins and that it ends, whichever way. */
    private static final List<Topic<?>> ENDS = List.of(
            Topics.REQUIREMENTS_REJECTED,
            Topics.PLAN_CREATED,
            Topics.PLAN_COMPLETED,
            Topics.PLAN_FAILED,
            Topics.PLAN_CANCELLED);

    private final Connection connection;
    private final InstantSource clock;
    private final MergedContextClient context;
    private final PlanContexts contexts;
    private final EventSender sender;

    public TaskWeaver(Connection connection, InstantSource clock) {
        this.connection = connection;
        this.clock = clock;
        this.context = new MergedContextClient(connection);
        this.contexts = new PlanContexts(connection, clock);
        this.sender = new EventSender(connection);
    }

    /**
     * Reads what a person named: documents, lists of tasks, STRUCTURE.md, a code base.
     *
     * @throws InvalidInput naming all that cannot be read
     */
    public static InputFiles read(Sources sources) {
        return InputFiles.read(sources);
    }

    /**
     * A document taken apart: requirements, constraints, boundaries, and what became of each line. Pure.
     *
     * @throws io.taskweaver.model.effort.LimitExceeded if a line or a table is larger than can be read
     */
    public static AnalyzedDocument parseRequirements(Document document) {
        return Analyst.read(document);
    }

    /**
     * A STRUCTURE.md taken apart: components, who uses whom, interfaces, folders, and what became of each line. Pure.
     *
     * @throws io.taskweaver.model.effort.LimitExceeded if a line or a table is larger than can be read
     */
    public static StructureReading parseStructure(Document document) {
        return StructureReader.readWithAccount(document);
    }

    /**
     * Maps a code base: what its files declare and who uses whom, as far as {@code .gitignore} lets it be seen.
     *
     * @throws java.io.UncheckedIOException if a folder cannot be read
     */
    public static CodeMap map(Path code) {
        return CodeMapper.map(CodeFolder.read(code));
    }

    /**
     * Compares documents with code: what exists, what is missing, what nobody asked for. Pure.
     *
     * @throws io.taskweaver.model.effort.LimitExceeded if the documents ask for more than can be planned
     */
    public static GapReport analyze(List<Document> documents, Optional<Document> structure, CodeMap code) {
        var parts = structure.map(StructureReader::read).orElse(Structure.NONE);
        return GapAnalysis.analyse(Planner.requirements(documents, parts), parts, code);
    }

    /**
     * Makes a plan. The same submission always gives the same plan; {@link Planner#plan} is the same without exceptions.
     *
     * @throws InvalidInput with all reasons, if there can be no plan
     */
    public static Plan plan(Submission submission) {
        return switch (Planner.plan(submission)) {
            case Planning.Planned planned -> planned.plan();
            case Planning.Rejected rejected -> throw InvalidInput.of(rejected.rejections());
        };
    }

    /** A REQUIREMENTS.md to fill in. */
    public static String requirementsSkeleton(String title) {
        return RequirementsMarkdown.skeleton(title);
    }

    /** A REQUIREMENTS.md of what a plan is made of, whatever shape that had: ids, priorities, criteria, dependencies. */
    public static String createRequirements(Plan plan) {
        return RequirementsMarkdown.write(plan);
    }

    /** A STRUCTURE.md of a plan, of code ({@link CodeMap#EMPTY} for none), or of both: parts of the same name are one. */
    public static String createStructure(Optional<Plan> plan, CodeMap code) {
        return StructureMarkdown.write(plan, code);
    }

    /**
     * What tasks may need besides what their plan has them wait for, each with a reason and a confidence below the plan's
     * threshold; what they do wait for is in {@link Task#needs}.
     */
    public static Map<TaskId, List<Need>> identifyDependencies(Plan plan, Inference.Order order) {
        return SuggestedNeeds.of(plan, order);
    }

    /**
     * Runs prompts at an agent, without a plan and a broker.
     *
     * @param kept receives each change before the agent is asked: with a stored copy, a program can continue after a crash with
     *     {@link PromptRuns}
     * @return how each stands in the end, in their order
     */
    public static List<PromptRun> executeQueries(
            CodingAgent agent, List<Prompt> prompts, PromptRuns.Rules rules, Consumer<PromptRun> kept)
            throws InterruptedException {
        return new PromptRuns(agent, rules, kept, InstantSource.system()).run(prompts, Map.of());
    }

    /**
     * Prompts of work that is not done, in the order of phases. Pure, and as a running system writes them before anything
     * is merged: contracts are written from their specifications.
     *
     * @param code the code base that the plan starts from
     * @param wanted which tasks to write prompts for
     */
    public static List<TaskQuery> generateQueries(
            Plan plan, List<CodeFile> code, QueryWriter writer, Predicate<Task> wanted) {
        var contexts = new PlannedContexts(plan, code, RelevantCode.DEFAULT);
        return plan.tasks().stream()
                .filter(task -> task.kind() == Task.Kind.WORK && !task.done() && wanted.test(task))
                .sorted(Comparator.comparingInt(Task::phase))
                .flatMap(task -> contexts.of(task.id()).stream()
                        .map(context -> new TaskQuery(
                                task,
                                writer.write(context, Optional.empty(), new Delivery.InFolder()),
                                writer.write(context, Optional.empty()))))
                .toList();
    }

    /**
     * Tasks in the order in which so many agents are handed them, with slack and what waits for each. Pure.
     *
     * @throws IllegalArgumentException if there is less than one agent
     */
    public static Priorities prioritizeTasks(Plan plan, int agents) {
        return Priorities.of(plan, agents);
    }

    /** How a plan would run on so many agents if every estimate were right, by the scheduler that runs real plans. Pure. */
    public static Simulation simulate(Plan plan, int agents) {
        return Simulator.simulate(plan, agents);
    }

    /** The same, for a choice of what tasks do that are expected to touch the same files. Pure. */
    public static Simulation simulate(Plan plan, int agents, OverlapMode overlap) {
        return Simulator.simulate(plan, agents, overlap);
    }

    /** A picture of a plan. */
    public static String graph(Plan plan, PictureFormat format) {
        return format.draw(plan);
    }

    /** What a changed document changes: tasks, needs and contracts, and what they touch. */
    public static PlanDiff diff(Plan before, Plan after) {
        return Comparison.of(before, after);
    }

    /**
     * Reads the list of tasks of this or another tool; documents that hold none are planned.
     *
     * @throws InvalidInput if nothing can be read, or there can be no plan
     */
    public static TaskListing importTasks(Sources sources) {
        var read = read(sources);
        return read.taskListing()
                .orElseGet(() -> new TaskListing(TaskLists.of(plan(read.submission(PlanOptions.DEFAULT))), List.of()));
    }

    /**
     * Writes tasks as another tool loads them, and says what its format has no place for. Those of a plan are
     * {@link TaskLists#of}.
     *
     * @throws IllegalArgumentException if the format cannot be written
     */
    public static ExportedList exportTasks(TaskList tasks, ExchangeFormat format) {
        return TaskListWriter.write(tasks, format);
    }

    /**
     * Hands a submission in. The same plan id again plans nothing anew: what is outstanding of it goes on.
     *
     * @throws SystemUnavailable if broker or registry do not take it
     */
    public void submit(Submission submission) {
        submit(submission, List.of());
    }

    /**
     * Hands a submission in, with changes to make in its plan, in their order.
     *
     * @throws SystemUnavailable if broker or registry do not take it
     */
    public void submit(Submission submission, List<PlanChange> changes) {
        submit(submission, changes, Optional.empty());
    }

    /**
     * Hands a submission in, with the code that it starts from.
     *
     * @param code what the options' base names; empty if the services have it
     * @throws SystemUnavailable if broker or registry do not take it
     */
    public void submit(Submission submission, List<PlanChange> changes, Optional<BaseCode> code) {
        code.ifPresent(base -> sender.send(base.events(submission.plan(), clock.instant())));
        var type = PlanEvent.RequirementsSubmitted.class;
        var meta = Meta.of(type, submission.plan(), clock.instant(), Optional.empty());
        sender.send(new PlanEvent.RequirementsSubmitted(meta, submission, changes));
    }

    /**
     * Gives a plan a command.
     *
     * @return what was sent
     * @throws SystemUnavailable if broker or registry do not take it
     */
    public PlanEvent.PlanCommand command(PlanId plan, Command command) {
        var meta = new Meta(UUID.randomUUID().toString(), plan, clock.instant(), Optional.empty());
        var event = new PlanEvent.PlanCommand(meta, command);
        sender.send(event);
        return event;
    }

    /**
     * Settles a task whose result conflicts, or that failed, with files of a person.
     *
     * @param attempt attempt that conflicts or failed
     * @param by who settles it
     * @return what was sent
     * @throws SystemUnavailable if broker or registry do not take it
     */
    public PlanEvent.PlanCommand resolve(PlanId plan, TaskId task, int attempt, SettledFiles files, String by) {
        sender.send(files.objects());
        var resolution = new Resolution(Resolution.Side.FILES, Optional.of(files.code()), by);
        return command(plan, new Command.ResolveTask(task, attempt, resolution));
    }

    /** What happens to a plan, from its beginning on. */
    public PlanFeed follow(PlanId plan) {
        var topics = new ArrayList<>(OF_PLANS);
        topics.add(Topics.EXECUTOR_HEARTBEAT);
        return new PlanFeed(new EventFeed(connection, topics, Optional.of(plan.value()), EventFeed.Start.OF_PLAN));
    }

    /** The same, and what its attempts print. */
    public PlanFeed followOutput(PlanId plan) {
        var topics = new ArrayList<>(OF_PLANS);
        topics.add(Topics.TASK_OUTPUT);
        return new PlanFeed(new EventFeed(connection, topics, Optional.of(plan.value()), EventFeed.Start.OF_PLAN));
    }

    /**
     * What the attempts of a plan printed until now, as far as it is kept: of paid, long and failed ones, for a week. Of a
     * plan that is archived it is in the archive alone, and nothing is answered.
     *
     * @throws SystemUnavailable if the broker cannot be used
     */
    public OutputView output(PlanId plan) {
        var view = new OutputView();
        var topics = List.<Topic<?>>of(Topics.PLAN_CREATED, Topics.PLAN_ARCHIVED, Topics.TASK_OUTPUT);
        boolean isArchived = false;
        try (var feed = new EventFeed(connection, topics, Optional.of(plan.value()), EventFeed.Start.OF_PLAN)) {
            while (!feed.isCaughtUp())
                for (var received : feed.poll(POLL)) {
                    var event = received.event().orElse(null);
                    if (event instanceof PlanEvent.TaskOutput part) view.on(part);
                    isArchived |= event instanceof PlanEvent.PlanArchived;
                }
        }
        return isArchived ? new OutputView() : view;
    }

    /**
     * The same from a data folder, of which no system is running.
     *
     * @param task the only one to read of
     */
    public static OutputView output(Path dataFolder, PlanId plan, Optional<TaskId> task) throws IOException {
        var view = new OutputView();
        OutputFolder.of(dataFolder).parts(plan, task).forEach(view::on);
        return view;
    }

    /**
     * When a plan is made and when it ends, and nothing of what is between, from now on: what costs the system least.
     *
     * @throws SystemUnavailable if the broker cannot be used
     */
    public PlanFeed followEnds(PlanId plan) {
        return new PlanFeed(new EventFeed(connection, ENDS, Optional.of(plan.value()), EventFeed.Start.NOW));
    }

    /**
     * Follows a plan from its beginning to its end, and returns then, or when the thread is interrupted.
     *
     * @param listener is called with each event that changes the view, and the resulting view
     */
    public PlanView follow(PlanId plan, BiConsumer<Event, PlanView> listener) {
        var view = new PlanView(plan);
        try (var feed = follow(plan)) {
            boolean extended = false;
            while (!Thread.currentThread().isInterrupted()) {
                for (var event : feed.poll(POLL)) if (view.on(event)) listener.accept(event, view);
                boolean ended = view.end().isPresent() || !view.rejections().isEmpty();
                if (ended && extended && feed.isCaughtUp()) break;
                if (ended && !extended) feed.extend();
                extended = ended;
            }
        }
        return view;
    }

    /**
     * A plan as it stands now, with what the executors have to do with it; empty if nothing is known of it.
     *
     * @throws SystemUnavailable if the broker cannot be used
     */
    public Optional<PlanView> plan(PlanId plan) {
        var view = new PlanView(plan);
        try (var feed = follow(plan)) {
            while (!feed.isCaughtUp()) for (var event : feed.poll(POLL)) view.on(event);
            view.on(FleetCondition.of(feed.executors(clock.instant()), clock.instant()));
            return view.exists() ? Optional.of(view) : Optional.empty();
        }
    }

    /**
     * Conflicts of a plan that are open, in the order of its tasks; empty if nothing is known of the plan.
     *
     * @throws SystemUnavailable if the broker cannot be used
     */
    public Optional<List<OpenConflict>> conflicts(PlanId plan) {
        return plan(plan).map(OpenConflict::of);
    }

    /** All plans that the topics still tell of, as they stand now, oldest first. */
    public List<PlanView> plans() {
        Map<String, PlanView> plans = new LinkedHashMap<>();
        try (var feed = new EventFeed(connection, OF_PLANS, Optional.empty(), EventFeed.Start.OLDEST)) {
            while (!feed.isCaughtUp())
                for (var received : feed.poll(POLL))
                    PlanFeed.reported(received)
                            .ifPresent(event -> viewOf(plans, received.key()).ifPresent(view -> view.on(event)));
        }
        return plans.values().stream()
                .filter(PlanView::exists)
                .sorted(Comparator.comparing(
                        view -> view.created().map(PlanEvent.PlanCreated::at).orElse(Instant.EPOCH)))
                .toList();
    }

    private static Optional<PlanView> viewOf(Map<String, PlanView> plans, String key) {
        try {
            var id = new PlanId(EventKeys.planOf(key));
            return Optional.of(plans.computeIfAbsent(id.value(), ignored -> new PlanView(id)));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Somebody else's key: no plan of ours.
        }
    }

    /** The executors that were heard of lately. */
    public Collection<ExecutorHeartbeat> executors() {
        try (var feed = new PlanFeed(new EventFeed(
                connection, List.of(Topics.EXECUTOR_HEARTBEAT), Optional.empty(), EventFeed.Start.OLDEST))) {
            while (!feed.isCaughtUp()) feed.poll(POLL);
            return feed.executors(clock.instant());
        }
    }

    /**
     * The records of topics, undecoded ones included.
     *
     * @param plan only those of this plan, if given
     * @param fromBeginning from the oldest record that the broker still has; else from now on
     */
    public EventFeed events(List<Topic<?>> topics, Optional<PlanId> plan, boolean fromBeginning) {
        return new EventFeed(
                connection,
                topics,
                plan.map(PlanId::value),
                fromBeginning ? EventFeed.Start.OLDEST : EventFeed.Start.NOW);
    }

    /**
     * The merged files of a plan; none before the first merge.
     *
     * @throws SystemUnavailable if the context service does not answer
     */
    public MergedView mergedContext(PlanId plan) {
        return context.merged(plan);
    }

    /**
     * Archives a plan that has ended: writes it into a file, then removes it from topics and services. What is interrupted can
     * be repeated.
     *
     * @throws SystemUnavailable if a part of the system does not answer; nothing is lost then
     */
    public ArchivedPlan.Outcome archive(PlanId plan, Path file) throws IOException, InterruptedException {
        return new PlanArchiver(this, clock).archive(plan, file);
    }

    /** The plans that were archived, oldest first. */
    public List<ArchivedPlan> archived() {
        var plans = new LinkedHashMap<PlanId, ArchivedPlan>();
        try (var feed =
                new EventFeed(connection, List.of(Topics.PLAN_ARCHIVED), Optional.empty(), EventFeed.Start.OLDEST)) {
            while (!feed.isCaughtUp())
                for (var received : feed.poll(POLL))
                    if (received.event().orElse(null) instanceof PlanEvent.PlanArchived archived)
                        plans.putIfAbsent(archived.plan(), ArchivedPlan.of(archived));
        }
        return plans.values().stream()
                .sorted(Comparator.comparing(ArchivedPlan::at))
                .toList();
    }

    /** The records about a plan that the topics still have. */
    EventFeed eventsOf(PlanId plan) {
        var topics = new ArrayList<>(OF_PLANS);
        topics.add(Topics.TASK_OUTPUT);
        return new EventFeed(connection, topics, Optional.of(plan.value()), EventFeed.Start.OLDEST);
    }

    /** Contexts of plans: what is known, by whom, what changed; export, import and removal. */
    public PlanContexts contexts() {
        return contexts;
    }

    @Override
    public void close() {
        context.close();
        contexts.close();
    }
}
