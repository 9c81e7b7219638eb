package io.taskweaver.requirements.analysis;

import io.taskweaver.requirements.analysis.Findings.Candidate;
import io.taskweaver.requirements.analysis.Findings.Tier;
import io.taskweaver.requirements.text.Lexicon;
import io.taskweaver.requirements.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Distinguishes work from constraints. A technology or pattern in a list of tools is a constraint. A non-functional requirement
 * that names something to build ("provide an audit trail") is a task; one that says how well all is to work ("within 2
 * seconds", "responsive on all devices") binds the tasks that it speaks of, or all where it speaks of none in particular. It
 * stays a task if something else depends on it, and where there is nothing but such.
 */
final class Rules {
    private static final String CROSS_CUTTING = "cross-cutting";

    private static final Set<String> TECHNOLOGY = Words.set("""
        tool tooling api technology technologies stack library libraries architecture environment technical
        framework platform infrastructure
        """);
    private static final Pattern MEASURED =
            Pattern.compile("(?<![\\p{L}\\p{N}.-])[0-9]+(?:[.,][0-9]+)*\\s*(?:%|\\p{L})");
    private static final Pattern STATE = Pattern.compile(
            "(?i)\\b(?:shall|must|should|will)\\s+(?:always\\s+|never\\s+|not\\s+)?(?:(?:be(?! able to\\b)|have|remain|stay|comply|conform|adhere)\\b)");
    private static final Pattern HOW = Pattern.compile(
            "(?i)^(?:(?:you|we)\\s+(?:should|must|shall|will)\\s+(?:use|follow|adhere)\\b|all\\s+[^.,;]{1,80}\\s(?:should|must|shall)\\s+be\\s+(?:done|made|written|handled)\\s+(?:through|using|in|via|with|by)\\b|[0-9]{1,3}\\s?%\\s+[^.]{0,30}coverage\\b)");
    private static final Pattern MODAL = Pattern.compile("(?i)\\b(?:shall|must|should|will|can)\\b");
    private static final Pattern ALL = Pattern.compile("(?i)^(?:all|any|every|each)\\b");
    private static final double FEW = 0.34;
    private static final int MOST_BOUND = 24;

    /** What is planned. */
    final List<Candidate> tasks = new ArrayList<>();
    /** What binds everything. */
    final List<Statement> constraints;
    /** What binds some tasks, and is a criterion of theirs. */
    final List<Statement> criteria = new ArrayList<>();

    Rules(List<Candidate> taken, List<Statement> constraints) {
        this.constraints = new ArrayList<>(constraints);
        var needed = needed(taken);
        var limits = new ArrayList<Candidate>();
        for (var candidate : taken) {
            var requirement = candidate.requirement();
            boolean bound = requirement.id().isEmpty() && candidate.tier() != Tier.BINDING && isRule(requirement);
            if (bound) this.constraints.add(Statement.of(requirement));
            if (bound && !requirement.done()) continue;
            boolean isLimit = requirement.quality()
                    && !requirement.done()
                    && requirement.id().filter(needed::contains).isEmpty()
                    && !isStep(candidate)
                    && isLimit(requirement);
            if (isLimit) limits.add(candidate);
            else tasks.add(requirement.quality() ? candidate.with(tagged(requirement)) : candidate);
        }
        if (tasks.isEmpty()) tasks.addAll(limits);
        else bind(limits);
    }

    /** Ids that others depend on. */
    private static Set<String> needed(List<Candidate> taken) {
        var ids = new HashSet<String>();
        for (var candidate : taken)
            for (var dependence : candidate.requirement().dependences())
                for (var reference : dependence.references())
                    switch (reference) {
                        case Reference.Id(var id) -> ids.add(id);
                        case Reference.Range(var from, var to) -> ids.addAll(List.of(from, to));
                        case Reference.Ordinal _, Reference.Name _, Reference.Linked _ -> {}
                    }
        return ids;
    }

    /** All that binds. */
    List<Statement> binding() {
        var all = new ArrayList<>(constraints);
        all.addAll(criteria);
        return all;
    }

    private static Requirement tagged(Requirement requirement) {
        var tags = new LinkedHashSet<>(requirement.tags());
        tags.add(CROSS_CUTTING);
        return requirement.toBuilder().tags(List.copyOf(tags)).build();
    }

    /** Whether something that can be ticked off says how everything is to be done rather than what. */
    private static boolean isRule(Requirement requirement) {
        if (HOW.matcher(requirement.text()).find()) return true;
        if (!requirement.process() || requirement.section().isEmpty()) return false;
        var words = Words.singulars(requirement.section().getLast());
        return words.stream().anyMatch(TECHNOLOGY::contains)
                && Verbs.leading(requirement.title()).isEmpty();
    }

    /** What can be ticked off and begins with a verb is to be done, also in a chapter about performance. */
    private static boolean isStep(Candidate candidate) {
        return candidate.boxed()
                && candidate.requirement().id().isEmpty()
                && !Verbs.leading(candidate.requirement().title()).isEmpty();
    }

    /** Whether a non-functional requirement is kept rather than built. */
    private static boolean isLimit(Requirement requirement) {
        var text = requirement.text();
        if (requirement
                .id()
                .filter(id -> Ids.kindOf(id).equalsIgnoreCase("CON"))
                .isPresent()) return true;
        if (MEASURED.matcher(text).find()
                || STATE.matcher(text).find()
                || ALL.matcher(text).find()) return true;
        if (Lexicon.mentions("quality", text)) return true;
        return Verbs.leading(requirement.title()).isEmpty() && !Lexicon.mentions("build", text);
    }

    /** Gives each limit to the tasks that it speaks of; what speaks of none, or of most, binds all. */
    private void bind(List<Candidate> limits) {
        var naming = new HashMap<String, Set<Integer>>();
        int work = 0;
        for (int i = 0; i < tasks.size(); i++) {
            var requirement = tasks.get(i).requirement();
            if (requirement.done()) continue;
            work++;
            for (var word : Words.content(requirement.title())) {
                var named = naming.computeIfAbsent(word, key -> new HashSet<>());
                if (named.size() <= MOST_BOUND) named.add(i);
            }
        }
        var bound = new HashMap<Integer, List<String>>();
        for (var limit : limits) {
            var statement = Statement.of(limit.requirement());
            var on = spokenOf(limit.requirement(), naming, Math.min(MOST_BOUND, (int) (work * FEW)));
            (on.isEmpty() ? constraints : criteria).add(statement);
            for (int task : on)
                bound.computeIfAbsent(task, key -> new ArrayList<>()).add(statement.text());
        }
        bound.forEach((task, limiting) -> {
            var requirement = tasks.get(task).requirement();
            var criteria = new ArrayList<>(requirement.criteria());
            var known = new HashSet<>(criteria);
            limiting.stream().filter(known::add).forEach(criteria::add);
            tasks.set(
                    task,
                    tasks.get(task)
                            .with(requirement.toBuilder().criteria(criteria).build()));
        });
    }

    /** The tasks that name what a limit is about; none if they are more than {@code most}. */
    private static Set<Integer> spokenOf(Requirement limit, Map<String, Set<Integer>> naming, int most) {
        if (ALL.matcher(limit.text()).find()) return Set.of();
        var modal = MODAL.matcher(limit.text());
        var subject = modal.find() ? limit.text().substring(0, modal.start()) : limit.title();
        var on = new HashSet<Integer>();
        for (var word : Words.content(subject)) {
            var named = naming.getOrDefault(word, Set.of());
            if (named.size() <= most) on.addAll(named);
        }
        return on.size() <= most ? new java.util.TreeSet<>(on) : Set.of();
    }
}
