package io.taskweaver.agents.codegen;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Meaning of the service's free-form statuses. Case-insensitive; with a missing or unknown status the run continues.
 *
 * @param endings upper-case status to ending
 */
public record RunStatuses(Map<String, Ending> endings) {
    /** How a run ended. */
    public enum Ending {
        COMPLETE,
        FAILED,
        CANCELLED,
        NEEDS_INPUT
    }

    /** Statuses observed at the service and similar ones. */
    public static final RunStatuses DEFAULT = new RunStatuses(Map.ofEntries(
            Map.entry("COMPLETE", Ending.COMPLETE),
            Map.entry("COMPLETED", Ending.COMPLETE),
            Map.entry("SUCCEEDED", Ending.COMPLETE),
            Map.entry("FINISHED", Ending.COMPLETE),
            Map.entry("FAILED", Ending.FAILED),
            Map.entry("ERROR", Ending.FAILED),
            Map.entry("CANCELLED", Ending.CANCELLED),
            Map.entry("CANCELED", Ending.CANCELLED),
            Map.entry("STOPPED", Ending.CANCELLED),
            Map.entry("NEEDS_INPUT", Ending.NEEDS_INPUT),
            Map.entry("AWAITING_INPUT", Ending.NEEDS_INPUT),
            Map.entry("AWAITING_USER_FEEDBACK", Ending.NEEDS_INPUT),
            Map.entry("WAITING_FOR_CONFIRMATION", Ending.NEEDS_INPUT)));

    public RunStatuses {
        var upper = new TreeMap<String, Ending>();
        endings.forEach((status, ending) -> upper.put(status.strip().toUpperCase(Locale.ROOT), ending));
        endings = Map.copyOf(upper);
    }

    /** How a run with this status ended; empty while it runs. */
    Optional<Ending> ending(String status) {
        return Optional.ofNullable(endings.get(status.strip().toUpperCase(Locale.ROOT)));
    }
}
