package io.taskweaver.model;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options of a plan that can be changed while it is under way: those by which its further attempts are run. What is empty
 * stays as it is.
 *
 * @param agents in the order in which they are tried
 * @param agentsFor agents of tasks of a kind, as in {@link PlanOptions}
 * @param gates kinds of task that a person has to approve before they start
 */
@RecordBuilder
@RecordBuilder.Options(enableWither = false, useImmutableCollections = true)
public record OptionChanges(
        List<String> agents,
        Map<String, List<String>> agentsFor,
        Set<String> gates,
        Optional<Integer> maxConcurrent,
        Optional<Integer> maxAttempts,
        Optional<Duration> attemptTimeout,
        Optional<OverlapMode> overlap) {
    /** Nothing changes. */
    public static final OptionChanges NONE = OptionChangesBuilder.builder().build();

    /**
     * @throws IllegalArgumentException if a value is none that a plan may have
     * @throws io.taskweaver.model.effort.LimitExceeded if a text or list is longer than a plan needs
     */
    public OptionChanges {
        agents = List.copyOf(agents);
        agentsFor = Map.copyOf(agentsFor);
        gates = Set.copyOf(gates);
        of(agents, agentsFor, gates, maxConcurrent, maxAttempts, attemptTimeout, overlap, PlanOptions.DEFAULT)
                .check();
    }

    /** A builder of changes. */
    public static OptionChangesBuilder builder() {
        return OptionChangesBuilder.builder();
    }

    /** A plan's options with the changes. */
    public PlanOptions in(PlanOptions options) {
        return of(agents, agentsFor, gates, maxConcurrent, maxAttempts, attemptTimeout, overlap, options);
    }

    private static PlanOptions of(
            List<String> agents,
            Map<String, List<String>> agentsFor,
            Set<String> gates,
            Optional<Integer> maxConcurrent,
            Optional<Integer> maxAttempts,
            Optional<Duration> attemptTimeout,
            Optional<OverlapMode> overlap,
            PlanOptions options) {
        return options.toBuilder()
                .agent(agents.isEmpty() ? options.agent() : agents.getFirst())
                .fallbacks(agents.isEmpty() ? options.fallbacks() : agents.subList(1, agents.size()))
                .agentsFor(agentsFor.isEmpty() ? options.agentsFor() : agentsFor)
                .gates(gates.isEmpty() ? options.gates() : gates)
                .maxConcurrent(maxConcurrent.orElse(options.maxConcurrent()))
                .maxAttempts(maxAttempts.orElse(options.maxAttempts()))
                .attemptTimeout(attemptTimeout.orElse(options.attemptTimeout()))
                .overlap(overlap.orElse(options.overlap()))
                .build();
    }
}
