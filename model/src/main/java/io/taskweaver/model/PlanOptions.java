package io.taskweaver.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a plan is made and run.
 *
 * @param title empty takes the first document's heading
 * @param agent name of the coding agent
 * @param fallbacks agents that go on where the one before gives up, in their order
 * @param agentsFor agents of tasks of a kind, in the order in which they are tried; of a task of several kinds, the
 *     first one counts; see {@link TaskKinds}
 * @param gates kinds of task that a person has to approve before they start
 * @param maxConcurrent most tasks in flight at once; 0 means as many as the fleet has slots
 * @param maxAttempts attempts a task has before it fails, at least 1
 * @param attemptTimeout wall time of one attempt
 * @param limits what the plan may use up
 * @param basePackage Java package of generated interfaces
 * @param verify command that has to succeed where a result is, before it counts as one
 * @param allowFailingBase whether the plan may start from code on which {@code verify} fails: results may have the failures
 *     that the code before them has, and its end may not
 * @param base code that the plan starts from, as a commit; empty if all of it is in the submission as text
 * @param contracts how contracts are given
 * @param preparation what each work tree gets besides the code; empty for nothing
 * @param overlap whether tasks that are expected to touch the same files may run at the same time
 * @param sandboxed whether commands of agents and of the plan run in a sandbox or not at all; otherwise executors decide
 * @param remote repository that agents of services work on; empty if they get the code in their prompts
 * @param reviews kinds of task whose results a person has to approve before they are merged; {@link #ALL_KINDS} for every
 *     task
 * @param maxRejections results that a person may reject before the task fails, at least 1
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false)
public record PlanOptions(
        Optional<String> title,
        String agent,
        List<String> fallbacks,
        Map<String, List<String>> agentsFor,
        Set<String> gates,
        int maxConcurrent,
        int maxAttempts,
        Duration attemptTimeout,
        Limits limits,
        String basePackage,
        Optional<String> verify,
        boolean allowFailingBase,
        Optional<BaseCommit> base,
        ContractMode contracts,
        Optional<Preparation> preparation,
        OverlapMode overlap,
        boolean sandboxed,
        Optional<CodeRemote> remote,
        Set<String> reviews,
        int maxRejections) {
    /** In place of kinds of task: every kind. */
    public static final String ALL_KINDS = "all";

    /** Results that a person may reject before the task fails, unless the plan says otherwise. */
    public static final int USUAL_REJECTIONS = 5;

    public static final PlanOptions DEFAULT = new PlanOptions(
            Optional.empty(),
            "simulated",
            List.of(),
            Map.of(),
            Set.of(),
            0,
            3,
            Duration.ofHours(1),
            Limits.NONE,
            "app",
            Optional.empty(),
            Optional.empty());

    private static final int LONGEST_TITLE = 1_000;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_FOLDER = 4_096;
    private static final int MOST_NAMES = 1_000;

    public PlanOptions {
        fallbacks = List.copyOf(fallbacks);
        var byKind = new LinkedHashMap<String, List<String>>();
        agentsFor.forEach((kind, agents) -> byKind.put(kind.toLowerCase(Locale.ROOT), List.copyOf(agents)));
        agentsFor = Collections.unmodifiableMap(byKind);
        gates = lowerCase(gates);
        reviews = lowerCase(reviews);
        verify = verify.filter(command -> !command.isBlank());
        preparation = preparation.filter(what -> !what.isNone());
        if (agent.isBlank() || fallbacks.stream().anyMatch(String::isBlank))
            throw new IllegalArgumentException("agent must be named");
        for (var agents : agentsFor.values())
            if (agents.isEmpty() || agents.stream().anyMatch(String::isBlank))
                throw new IllegalArgumentException("agents of a kind must be named");
        if (maxConcurrent < 0) throw new IllegalArgumentException("maxConcurrent must not be negative");
        if (maxRejections < 1) throw new IllegalArgumentException("maxRejections must be at least 1");
        if (maxAttempts < 1) throw new IllegalArgumentException("maxAttempts must be at least 1");
        if (!attemptTimeout.isPositive()) throw new IllegalArgumentException("attemptTimeout must be positive");
        if (attemptTimeout.compareTo(Limits.LONGEST) > 0)
            throw new IllegalArgumentException("attemptTimeout must not be above " + Limits.LONGEST.toDays() + " days");
    }

    private static Set<String> lowerCase(Set<String> kinds) {
        var lower = new TreeSet<String>();
        for (var kind : kinds) lower.add(kind.toLowerCase(Locale.ROOT));
        return Collections.unmodifiableSet(lower);
    }

    /** On code that passes, with contracts as the project's language suggests. */
    public PlanOptions(
            Optional<String> title,
            String agent,
            List<String> fallbacks,
            Map<String, List<String>> agentsFor,
            Set<String> gates,
            int maxConcurrent,
            int maxAttempts,
            Duration attemptTimeout,
            Limits limits,
            String basePackage,
            Optional<String> verify,
            Optional<BaseCommit> base) {
        this(
                title,
                agent,
                fallbacks,
                agentsFor,
                gates,
                maxConcurrent,
                maxAttempts,
                attemptTimeout,
                limits,
                basePackage,
                verify,
                false,
                base,
                ContractMode.AUTO,
                Optional.empty(),
                OverlapMode.AVOID,
                false,
                Optional.empty(),
                Set.of(),
                USUAL_REJECTIONS);
    }

    /**
     * Sees to it that contracts can be made, and that no text or list is longer than a plan needs: each task's order repeats
     * some of them. It is asked where options come in; those of plans that are kept stay as they are.
     *
     * @throws io.taskweaver.model.effort.LimitExceeded if one is
     * @throws IllegalArgumentException if the base package is none
     */
    void check() {
        title.ifPresent(text -> TextLimits.check("options.title", text, LONGEST_TITLE));
        verify.ifPresent(text -> TextLimits.check("options.verify", text, TextLimits.SAID));
        base.ifPresent(commit -> TextLimits.check("options.base.folder", commit.folder(), LONGEST_FOLDER));
        preparation.ifPresent(Preparation::check);
        remote.ifPresent(CodeRemote::check);
        TextLimits.check("options.basePackage", basePackage, LONGEST_NAME);
        if (!ComponentNames.isPackageName(basePackage))
            throw new IllegalArgumentException(
                    "options.basePackage is not a Java package name such as com.acme.shop: '" + basePackage + "'");
        TextLimits.check("options.agent", agent, LONGEST_NAME);
        checkNames("options.fallbacks", fallbacks);
        checkNames("options.agentsFor", agentsFor.keySet());
        for (var agents : agentsFor.values()) checkNames("options.agentsFor", agents);
        checkNames("options.gates", gates);
        checkNames("options.reviews", reviews);
    }

    private static void checkNames(String what, Collection<String> names) {
        TextLimits.checkCount(what, names.size(), MOST_NAMES);
        for (var name : names) TextLimits.check(what, name, LONGEST_NAME);
    }

    /** The same, from another code. */
    public PlanOptions from(BaseCommit code) {
        return toBuilder().base(Optional.of(code)).build();
    }

    /** The same with contracts given in another way. */
    public PlanOptions with(ContractMode given) {
        return toBuilder().contracts(given).build();
    }

    /** The same, for work trees that get something besides the code. */
    public PlanOptions preparedBy(Preparation what) {
        return toBuilder().preparation(Optional.of(what)).build();
    }

    /** The same, whose agents of services work on a repository. */
    public PlanOptions on(CodeRemote repository) {
        return toBuilder().remote(Optional.of(repository)).build();
    }

    /** A builder of a copy with other values. */
    public PlanOptionsBuilder toBuilder() {
        return PlanOptionsBuilder.builder(this);
    }

    /** The agents of tasks whose kind has none of its own, in the order in which they are tried; at least one. */
    public List<String> agents() {
        return fallbacks.isEmpty()
                ? List.of(agent)
                : Stream.concat(Stream.of(agent), fallbacks.stream()).toList();
    }

    /** The agents of a task, in the order in which they are tried; at least one. */
    public List<String> agentsOf(Set<String> kinds) {
        if (agentsFor.isEmpty()) return agents();
        return agentsFor.entrySet().stream()
                .filter(entry -> kinds.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseGet(this::agents);
    }

    /** What runs a node, in the order in which they are tried: no agent verifies the code. */
    public List<String> agentsOf(Task.Kind kind, Set<String> kinds) {
        return kind == Task.Kind.VERIFY ? List.of(Verifications.AGENT) : agentsOf(kinds);
    }

    /** All agents that the plan may use, each once. */
    public List<String> allAgents() {
        return Stream.concat(agents().stream(), agentsFor.values().stream().flatMap(List::stream))
                .distinct()
                .toList();
    }

    /** Whether a person has to approve a task before it starts. */
    public boolean isGated(Set<String> kinds) {
        return gates.stream().anyMatch(kinds::contains);
    }

    /**
     * Whether a person has to approve a node's result before it is merged. An agent writes the content of a reconciliation
     * anew, so it is work, too.
     */
    public boolean isReviewed(Task.Kind kind, Set<String> kinds) {
        return isReviewed(reviews, kind, kinds);
    }

    /** The same for kinds of task whose results are reviewed. */
    public static boolean isReviewed(Set<String> reviews, Task.Kind kind, Set<String> kinds) {
        boolean isWork = kind == Task.Kind.WORK || kind == Task.Kind.RECONCILE;
        return isWork
                && (reviews.contains(ALL_KINDS)
                        || reviews.stream().anyMatch(kinds::contains)
                        || (kind == Task.Kind.RECONCILE && reviews.contains(TaskKinds.of(Task.Kind.WORK))));
    }

    /** The kinds that agents, gates or reviews are named for. */
    public Set<String> kindsNamed() {
        if (gates.isEmpty() && agentsFor.isEmpty() && reviews.isEmpty()) return Set.of();
        var named = new TreeSet<>(gates);
        named.addAll(agentsFor.keySet());
        named.addAll(reviews);
        return named;
    }
}
