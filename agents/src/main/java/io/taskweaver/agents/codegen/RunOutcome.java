package io.taskweaver.agents.codegen;

import io.taskweaver.agents.Outcome;
import io.taskweaver.model.Usage;
import java.util.function.Predicate;

/** Outcome of an ended run. */
final class RunOutcome {
    private static final int LONGEST_REASON = 4_000;
    private static final int LONGEST_SUMMARY = 1_000;

    private RunOutcome() {}

    static Outcome of(Run run, RunStatuses.Ending ending) {
        return switch (ending) {
            case COMPLETE -> {
                String answer = run.result().orElse("");
                String summary =
                        run.summary().filter(Predicate.not(String::isBlank)).orElse(answer);
                yield new Outcome.Succeeded(answer, shortened(summary, LONGEST_SUMMARY), run.links(), Usage.NONE)
                        .in(run.branches());
            }
            case FAILED -> new Outcome.TaskFailed(reason(run, "The agent failed and gave no reason."));
            case CANCELLED -> new Outcome.Cancelled(reason(run, "The run was stopped at the agent."));
            case NEEDS_INPUT -> new Outcome.NeedsInput(reason(run, "The agent waits for an answer of a person."));
        };
    }

    private static String reason(Run run, String otherwise) {
        return run.result()
                .or(run::summary)
                .filter(Predicate.not(String::isBlank))
                .map(text -> shortened(text, LONGEST_REASON))
                .orElse(otherwise);
    }

    private static String shortened(String text, int longest) {
        String plain = text.strip();
        return plain.length() > longest ? plain.substring(0, longest) + "..." : plain;
    }
}
