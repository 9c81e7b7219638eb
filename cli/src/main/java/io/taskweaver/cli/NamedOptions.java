package io.taskweaver.cli;

import io.taskweaver.model.OptionChanges;
import io.taskweaver.model.PlanOptions;
import io.taskweaver.model.Preparation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The options of a plan that were written in a command, as opposed to those that have their usual values. On a plan that
 * exists, the former take effect or are refused; the latter leave it as it is.
 *
 * @param names as they are written, e.g. {@code --agent}
 */
record NamedOptions(Set<String> names) {
    /** What the plan's results were verified with, and what its work trees were made of, holds for all of them. */
    private static final Map<String, Function<PlanOptions, Object>> FIXED = fixed();

    NamedOptions {
        names = Set.copyOf(names);
    }

    private static Map<String, Function<PlanOptions, Object>> fixed() {
        var fixed = new LinkedHashMap<String, Function<PlanOptions, Object>>();
        fixed.put("--verify", PlanOptions::verify);
        fixed.put("--allow-failing-base", PlanOptions::allowFailingBase);
        fixed.put("--setup", options -> options.preparation().flatMap(Preparation::setup));
        fixed.put(
                "--bring",
                options -> options.preparation().map(Preparation::bring).orElse(List.of()));
        fixed.put("--contracts", PlanOptions::contracts);
        fixed.put("--sandbox", PlanOptions::sandboxed);
        fixed.put("--remote", PlanOptions::remote);
        fixed.put("--review", PlanOptions::reviews);
        fixed.put("--max-rejections", PlanOptions::maxRejections);
        return fixed;
    }

    /**
     * What of a plan changes.
     *
     * @param kept options of the plan
     * @param asked options of the command
     * @throws CommandFailure if an option is named that cannot be changed, with another value than the plan has
     */
    OptionChanges changes(PlanOptions kept, PlanOptions asked) {
        var refused = FIXED.entrySet().stream()
                .filter(option -> names.contains(option.getKey()))
                .filter(option ->
                        !option.getValue().apply(asked).equals(option.getValue().apply(kept)))
                .map(Map.Entry::getKey)
                .toList();
        if (!refused.isEmpty())
            throw CommandFailure.badInput(
                    "This plan was made with " + (refused.size() == 1 ? "another " : "other values of ")
                            + String.join(", ", refused) + ", which cannot be changed while it is under way.",
                    "Leave " + (refused.size() == 1 ? "it" : "them")
                            + " out to continue the plan, or add --again for a new one.");
        var changes = OptionChanges.builder();
        if (differs("--agent", PlanOptions::agents, kept, asked)) changes.agents(asked.agents());
        if (differs("--agent-for", PlanOptions::agentsFor, kept, asked)) changes.agentsFor(asked.agentsFor());
        if (differs("--approve-before", PlanOptions::gates, kept, asked)) changes.gates(asked.gates());
        if (differs("--max-concurrent", PlanOptions::maxConcurrent, kept, asked))
            changes.maxConcurrent(Optional.of(asked.maxConcurrent()));
        if (differs("--max-attempts", PlanOptions::maxAttempts, kept, asked))
            changes.maxAttempts(Optional.of(asked.maxAttempts()));
        if (differs("--attempt-timeout", PlanOptions::attemptTimeout, kept, asked))
            changes.attemptTimeout(Optional.of(asked.attemptTimeout()));
        if (differs("--overlap", PlanOptions::overlap, kept, asked)) changes.overlap(Optional.of(asked.overlap()));
        return changes.build();
    }

    private boolean differs(String name, Function<PlanOptions, Object> option, PlanOptions kept, PlanOptions asked) {
        return names.contains(name) && !option.apply(kept).equals(option.apply(asked));
    }
}
