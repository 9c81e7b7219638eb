package io.taskweaver.reports;

import io.taskweaver.model.Limits;
import io.taskweaver.model.Usage;
import java.util.ArrayList;
import java.util.Locale;

/** What agents used, for people: "$1.25 of $20.00, 120,000 tokens in and 4,000 out". */
public final class Costs {
    private Costs() {}

    /** What was used, and of how much, where that is limited. */
    public static String words(Usage used, Limits limits) {
        var parts = new ArrayList<String>();
        if (used.costMicros() > 0 || limits.cost().isPresent())
            parts.add(Limits.money(used.costMicros())
                    + limits.cost()
                            .map(cost -> " of " + Limits.money(cost.hard()))
                            .orElse(""));
        if (used.tokens() > 0 || limits.tokens().isPresent())
            parts.add(String.format(Locale.ROOT, "%,d tokens in and %,d out", used.inputTokens(), used.outputTokens())
                    + limits.tokens()
                            .map(tokens -> String.format(Locale.ROOT, ", of %,d", tokens.hard()))
                            .orElse(""));
        return parts.isEmpty() ? "nothing, as agents report" : String.join(", ", parts);
    }
}
