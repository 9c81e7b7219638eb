package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.domain.context.FileChange;
import io.taskweaver.domain.context.ResultPaths;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.query.AnswerReader;
import io.taskweaver.domain.query.AnswerReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes what is reported out of what the agent said. */
final class Endings {
    private Endings() {}

    /**
     * The ending of a run that the agent calls a success.
     *
     * @param files files that the agent was given, path to text
     * @param limitBytes most text that the result may carry
     */
    static Ending of(String runId, Outcome.Succeeded succeeded, Map<String, String> files, long limitBytes) {
        if (succeeded.changes().isPresent())
            return completed(
                    runId, succeeded, succeeded.summary(), succeeded.changes().get(), files.keySet(), limitBytes);
        return switch (AnswerReader.read(succeeded.answer(), files)) {
            case AnswerReading.Unreadable(String reason) ->
                failed(Optional.of(runId), "The agent's answer can not be used: " + reason, succeeded.usage());
            case AnswerReading.Answer answer -> {
                var summary = answer.summary().isBlank() ? succeeded.summary() : answer.summary();
                yield completed(runId, succeeded, summary, answer.changes(), files.keySet(), limitBytes);
            }
        };
    }

    private static Ending completed(
            String runId,
            Outcome.Succeeded succeeded,
            String summary,
            List<FileChange> changes,
            Set<String> atHand,
            long limitBytes) {
        var refused = ResultPaths.tooMany("The result", changes.size()).or(() -> ResultPaths.problem(atHand, changes));
        if (refused.isPresent()) return failed(Optional.of(runId), refused.get(), succeeded.usage());
        long bytes = bytes(summary) + bytes(changes);
        if (bytes > limitBytes)
            return failed(
                    Optional.of(runId),
                    "The result has " + bytes + " bytes, counting the text that it started from; the limit is "
                            + limitBytes + " bytes. Change fewer or smaller files.",
                    succeeded.usage());
        return new Ending.Completed(Optional.of(runId), summary, changes, succeeded.links(), succeeded.usage());
    }

    /** The ending of an attempt whose result the broker did not take. */
    static Ending refusedByBroker(Ending refused, Throwable cause) {
        return failed(
                refused.runId(),
                "The result is larger than a topic takes: " + cause.getMessage() + " Change fewer or smaller files.",
                refused.usage());
    }

    private static Ending failed(Optional<String> runId, String reason, Usage usage) {
        return new Ending.Failed(runId, new Outcome.TaskFailed(reason, usage));
    }

    private static long bytes(List<FileChange> changes) {
        return changes.stream()
                .mapToLong(change -> bytes(change.path())
                        + change.base().map(Endings::bytes).orElse(0L)
                        + change.content().map(Endings::bytes).orElse(0L))
                .sum();
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
