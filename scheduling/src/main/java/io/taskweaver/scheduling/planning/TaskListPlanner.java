package io.taskweaver.scheduling.planning;

import io.taskweaver.model.Checks;
import io.taskweaver.model.Need;
import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Rejection;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.requirements.tasks.TaskEntry;
import io.taskweaver.requirements.tasks.TaskList;
import io.taskweaver.requirements.tasks.TaskListing;
import io.taskweaver.scheduling.inference.Inference;
import io.taskweaver.scheduling.inference.Inferred;
import io.taskweaver.scheduling.inference.Subject;
import io.taskweaver.scheduling.inference.WholeNeeds;
import io.taskweaver.scheduling.inference.WorkType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Turns a list of tasks into a plan. Its tasks, ids and dependencies are taken as they are: nothing is split or merged,
 * and only where a list cannot state dependencies they are inferred from its words and its order. An entry that has parts is not worked on itself, its parts are; see {@link TaskBreakdown}. What is done stays
 * done; what is cancelled, or deferred and not needed, is left out, and a notice says so. Components that entries name get
 * contracts.
 */
public final class TaskListPlanner {
    private static final int LONGEST_QUOTE = 60;

    private final TaskListing listing;
    private final PlanOptions options;
    private final LimitCounter tally;
    private final TaskBreakdown breakdown;
    private final ContractChoice choice;
    private final TaskListContracts contracts;
    private final List<TaskId> ids = new ArrayList<>();
    /** What items need that the list could not say; the number of the needed item within. */
    private final Map<Integer, List<Inferred>> inferred = new HashMap<>();
    /** What items need for lack of contracts. */
    private final Map<Integer, List<ResultsForContracts.Wanted>> behindContracts = new HashMap<>();

    private TaskListPlanner(TaskListing listing, PlanOptions options, ContractChoice choice, LimitCounter tally) {
        this.listing = listing;
        this.options = options;
        this.tally = tally;
        this.breakdown = TaskBreakdown.of(listing.list(), tally);
        this.choice = choice;
        this.contracts = new TaskListContracts(breakdown, options, choice);
        if (!listing.list().statesDependencies()) infer();
    }

    /**
     * Needs of open tasks on open ones that stand before them, and of those about the whole on all that is made; what
     * makes a part never waits for what tests or describes one.
     */
    private void infer() {
        var open = open();
        var subjects = subjects(open);
        var types = subjects.stream().map(WorkType::of).toList();
        var edges = new ArrayList<>(Inference.edges(subjects, Inference.Order.LISTED));
        edges.removeIf(
                edge -> types.get(edge.of()).makes() && !types.get(edge.on()).makes());
        var needs = new ArrayList<Set<Integer>>();
        for (int i = 0; i < subjects.size(); i++) needs.add(new HashSet<>());
        for (var edge : edges) needs.get(edge.of()).add(edge.on());
        edges.addAll(WholeNeeds.of(subjects, needs, new Wholes(types, needs)));
        for (var edge : edges) {
            var need = new Inferred(
                    open.get(edge.of()), open.get(edge.on()), edge.basis(), edge.because(), edge.confidence());
            inferred.computeIfAbsent(need.of(), key -> new ArrayList<>()).add(need);
        }
    }

    /** The items that are to be worked on. */
    private List<Integer> open() {
        var open = new ArrayList<Integer>();
        for (int item = 0; item < breakdown.work().size(); item++) if (!breakdown.isDone(item)) open.add(item);
        return open;
    }

    private List<Subject> subjects(List<Integer> items) {
        return items.stream()
                .map(item -> subject(
                        breakdown.work().get(item),
                        breakdown.wholesOf(breakdown.work().get(item))))
                .toList();
    }

    /** What tasks may need besides what was inferred; nothing where the list says what they need. */
    private List<PossibleNeed> possible() {
        if (listing.list().statesDependencies()) return List.of();
        var open = open();
        return Inference.possible(subjects(open), Inference.Order.LISTED).stream()
                .map(edge -> new PossibleNeed(
                        ids.get(open.get(edge.of())), ids.get(open.get(edge.on())), edge.because(), edge.confidence()))
                .toList();
    }

    /**
     * What is about the whole of a list.
     *
     * @param needs what was inferred already
     */
    private record Wholes(List<WorkType> types, List<Set<Integer>> needs) implements WholeNeeds.Tasks {
        @Override
        public boolean isMade(int subject) {
            return types.get(subject).makes();
        }

        @Override
        public boolean isAboutTheWhole(int subject) {
            return switch (types.get(subject)) {
                case VERIFICATION -> true;
                case DOCUMENTATION, DEPLOYMENT, TESTS ->
                    needs.get(subject).stream().noneMatch(this::isMade);
                default -> false;
            };
        }

        @Override
        public int document(int subject) {
            return 0;
        }

        @Override
        public boolean allows(int of, int on) {
            return true;
        }
    }

    private static Subject subject(TaskEntry entry, List<TaskEntry> wholes) {
        var text = new StringBuilder(entry.description()).append('\n').append(entry.details());
        entry.criteria().forEach(criterion -> text.append('\n').append(criterion));
        int urgency = switch (entry.priority()) {
            case CRITICAL -> 3;
            case HIGH -> 2;
            case MEDIUM -> 1;
            case LOW, LOWEST -> 0;
        };
        var section = new ArrayList<String>();
        if (!entry.section().isEmpty()) section.add(entry.section());
        for (var whole : wholes.reversed()) section.add(whole.title());
        return new Subject(entry.title(), text.toString(), urgency, section);
    }

    /**
     * The plan of a list, or why there can be none.
     *
     * @throws io.taskweaver.model.effort.LimitExceeded if it is more than {@link SubmissionLimits#DEFAULT} allow
     */
    public static Planning plan(PlanId plan, TaskListing listing, PlanOptions options) {
        return plan(
                plan,
                listing,
                options,
                ContractChoice.of(options, Optional::empty),
                new LimitCounter(SubmissionLimits.DEFAULT));
    }

    /** The same within limits that are counted elsewhere. */
    static Planning plan(
            PlanId plan, TaskListing listing, PlanOptions options, ContractChoice contracts, LimitCounter tally) {
        return plan(plan, listing, options, contracts, tally, found -> {});
    }

    /**
     * The same.
     *
     * @param possible receives what tasks may need besides what was inferred
     */
    static Planning plan(
            PlanId plan,
            TaskListing listing,
            PlanOptions options,
            ContractChoice contracts,
            LimitCounter tally,
            Consumer<Supplier<List<PossibleNeed>>> possible) {
        var planner = new TaskListPlanner(listing, options, contracts, tally);
        if (planner.breakdown.work().isEmpty()) return new Planning.Rejected(List.of(noTasks(listing)));
        tally.nodes(planner.breakdown.work().size(), planner.contracts.size());
        var cycles = planner.cycles();
        if (!cycles.isEmpty()) return new Planning.Rejected(cycles);
        var built = planner.build(plan);
        possible.accept(planner::possible);
        return new Planning.Planned(built);
    }

    /**
     * The phase of each entry that is worked on, from 1, and of each whole the last one of its parts. Entries that are
     * done are in phase 1; contracts, what is left out and all of a list whose tasks wait for each other have none.
     */
    public static Map<String, Integer> phases(TaskList list) {
        var planner = new TaskListPlanner(
                new TaskListing(list, List.of()),
                PlanOptions.DEFAULT,
                ContractChoice.of(PlanOptions.DEFAULT, Optional::empty),
                new LimitCounter(SubmissionLimits.DEFAULT));
        if (planner.breakdown.work().isEmpty() || !planner.cycles().isEmpty()) return Map.of();
        var phaseOf = new HashMap<TaskId, Integer>();
        for (var task : planner.build(new PlanId("phases")).tasks()) phaseOf.put(task.id(), task.phase());
        var phases = new HashMap<String, Integer>();
        for (int item = 0; item < planner.ids.size(); item++) {
            var entry = planner.breakdown.work().get(item);
            int phase = phaseOf.getOrDefault(planner.ids.get(item), 0);
            phases.put(entry.id(), phase);
            for (var whole : planner.breakdown.wholesOf(entry)) phases.merge(whole.id(), phase, Math::max);
        }
        return phases;
    }

    private static Rejection noTasks(TaskListing listing) {
        boolean none = listing.list().entries().isEmpty();
        return new Rejection(
                "no-tasks",
                none ? "The list contains no task." : "The list contains no open task.",
                "Give it at least one task that is neither cancelled nor deferred.",
                listing.remarks().stream()
                        .flatMap(remark -> remark.at().stream())
                        .findFirst());
    }

    private Plan build(PlanId plan) {
        var names = new TaskIds();
        contracts.name(names);
        for (var entry : breakdown.work()) ids.add(names.listed(entry.id()));
        var notices = new ArrayList<Notice>();
        var nodes = new ArrayList<Task>(contracts.nodes());
        if (!nodes.isEmpty()) choice.notice().ifPresent(notices::add);
        var results = resultsForContracts();
        results.taken.forEach(need -> behindContracts
                .computeIfAbsent(need.of(), first -> new ArrayList<>())
                .add(need));
        for (int item = 0; item < breakdown.work().size(); item++) {
            nodes.add(work(item));
            tally.task(nodes.getLast());
        }
        notices.addAll(results.notices);
        for (var remark : listing.remarks()) notices.add(Planner.notice(remark));
        for (var remark : breakdown.remarks()) notices.add(Planner.notice(remark));
        changedIds().ifPresent(notices::add);
        if (!listing.list().statesDependencies()) notices.add(inferredNotice());
        var list = listing.list();
        var title = options.title().filter(text -> !text.isBlank()).orElse(list.title());
        return new PlanAssembly(nodes)
                .plan(
                        plan,
                        title.isBlank() ? "Plan" : title,
                        contracts.specs(ids),
                        list.constraints(),
                        list.boundaries(),
                        notices,
                        options);
    }

    private ResultsForContracts resultsForContracts() {
        var results = new ArrayList<Set<Integer>>();
        for (int item = 0; item < breakdown.work().size(); item++) {
            var needed = new HashSet<Integer>();
            if (!breakdown.isDone(item)) {
                needed.addAll(breakdown.needs(item).keySet());
                for (var edge : inferred.getOrDefault(item, List.of())) needed.add(edge.on());
            }
            results.add(needed);
        }
        var wanted = contracts.results();
        wanted.forEach(need -> tally.need());
        return new ResultsForContracts(
                wanted, results, item -> breakdown.work().get(item).id());
    }

    /** Ids of the list that no task can have are replaced; people look for them under the new ones. */
    private Optional<Notice> changedIds() {
        var changed = new ArrayList<Integer>();
        for (int item = 0; item < ids.size(); item++)
            if (!ids.get(item).value().equals(breakdown.work().get(item).id())) changed.add(item);
        if (changed.isEmpty()) return Optional.empty();
        var first = breakdown.work().get(changed.getFirst());
        var others = changed.size() == 1
                ? ""
                : " The same applies to " + (changed.size() - 1) + (changed.size() == 2 ? " other id." : " other ids.");
        return Optional.of(new Notice(
                "changed-ids",
                "The id '" + shortened(first.id()) + "' cannot be a task id, which has at most 100 letters, digits and"
                        + " '.', '_', ':', '-'; the plan uses '" + ids.get(changed.getFirst()) + "' instead." + others,
                first.source()));
    }

    private static String shortened(String id) {
        return id.length() <= LONGEST_QUOTE ? id : id.substring(0, LONGEST_QUOTE) + "…";
    }

    private Notice inferredNotice() {
        int count = inferred.values().stream().mapToInt(List::size).sum();
        return new Notice(
                "inferred-dependencies",
                "The list states an order and no dependencies; " + count + (count == 1 ? " was" : " were")
                        + " inferred from its text and order.",
                breakdown.work().getFirst().source());
    }

    private Task work(int item) {
        var entry = breakdown.work().get(item);
        var criteria = new ArrayList<>(entry.criteria());
        if (!entry.verification().isEmpty()) criteria.add("Verified by: " + entry.verification());
        var text = text(entry);
        boolean done = breakdown.isDone(item);
        return Task.builder(ids.get(item), Task.Kind.WORK, entry.title())
                .description(text)
                .acceptanceCriteria(criteria)
                .component(contracts.component(item))
                .operation(contracts.operation(item))
                .priority(priority(entry))
                .estimateMinutes(entry.minutes()
                        .orElseGet(() -> Estimates.minutes(
                                WorkType.of(subject(entry, breakdown.wholesOf(entry))),
                                text,
                                criteria,
                                entry.files().size())))
                .needs(done ? List.of() : needs(item))
                .done(done)
                .expectedFiles(entry.files())
                .checks(new Checks(entry.verify(), entry.outputs()))
                .tags(entry.tags())
                .source(entry.source())
                .headings(entry.section().isEmpty() ? List.of() : List.of(entry.section()))
                .passages(entry.passages())
                .build();
    }

    /** What is to be done, in the list's words; a part says what it is a part of. */
    private String text(TaskEntry entry) {
        var text = new StringBuilder(entry.description().isEmpty() ? entry.title() : entry.description());
        if (!entry.details().isEmpty()) text.append("\n\n").append(entry.details());
        for (var whole : breakdown.wholesOf(entry)) {
            text.append("\n\nPart of ").append(whole.id()).append(": ").append(whole.title());
            if (!whole.description().isEmpty()) text.append("\n").append(whole.description());
        }
        if (!entry.references().isEmpty()) text.append("\n\nRefers to: ").append(String.join(", ", entry.references()));
        if (entry.component().isEmpty())
            entry.interfaceDefinition()
                    .ifPresent(source -> text.append("\n\nInterface:\n\n").append(source));
        return text.toString();
    }

    private static Task.Priority priority(TaskEntry entry) {
        return switch (entry.priority()) {
            case CRITICAL -> Task.Priority.CRITICAL;
            case HIGH -> Task.Priority.HIGH;
            case MEDIUM -> Task.Priority.MEDIUM;
            case LOW, LOWEST -> Task.Priority.LOW;
        };
    }

    private List<Need> needs(int item) {
        var needs = new ArrayList<Need>(contracts.needs(item));
        var known = new LinkedHashSet<TaskId>();
        needs.forEach(need -> known.add(need.on()));
        breakdown.needs(item).forEach((on, because) -> {
            if (known.add(ids.get(on)))
                needs.add(new Need(ids.get(on), Need.Kind.RESULT, Need.Reason.EXPLICIT, because, 1));
        });
        for (var need : behindContracts.getOrDefault(item, List.of()))
            needs.add(new Need(ids.get(need.on()), Need.Kind.RESULT, need.reason(), need.because(), need.confidence()));
        for (var edge : inferred.getOrDefault(item, List.of()))
            needs.add(new Need(
                    ids.get(edge.on()),
                    Need.Kind.RESULT,
                    SuggestedNeeds.reason(edge.basis()),
                    edge.because(),
                    edge.confidence()));
        return needs;
    }

    /** One rejection for each strongly connected component of tasks, with its shortest cycle. */
    private List<Rejection> cycles() {
        var needs = new ArrayList<int[]>();
        for (int item = 0; item < breakdown.work().size(); item++)
            needs.add(
                    breakdown.isDone(item)
                            ? new int[0]
                            : breakdown.needs(item).keySet().stream()
                                    .mapToInt(on -> on)
                                    .toArray());
        return new NeedGraph(needs)
                .cycles().stream()
                        .limit(Planner.MOST_REJECTIONS)
                        .map(this::cycle)
                        .toList();
    }

    private Rejection cycle(List<Integer> cycle) {
        return Cycles.rejection(
                cycle,
                item -> breakdown.work().get(item).id(),
                (item, next) -> Optional.ofNullable(breakdown.needs(item).get(next))
                        .map(because -> breakdown
                                        .work()
                                        .get(item)
                                        .source()
                                        .map(at -> at + ": ")
                                        .orElse("")
                                + because),
                breakdown.work().get(cycle.getFirst()).source());
    }
}
