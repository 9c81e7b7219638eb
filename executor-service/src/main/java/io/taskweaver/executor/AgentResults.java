package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.FileChange;
import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts the agent's answer to a result: a success has valid changes. */
final class AgentResults {
    private AgentResults() {}

    /**
     * The outcome of a run that the agent reports as successful.
     *
     * @param files files that the agent was given, path to text
     * @param limitBytes largest text of the result
     */
    static Outcome of(Outcome.Succeeded succeeded, Map<String, String> files, long limitBytes) {
        if (succeeded.changes().isPresent())
            return checked(succeeded, succeeded.summary(), succeeded.changes().get(), files.keySet(), limitBytes);
        return switch (AnswerReader.read(succeeded.answer(), files)) {
            case AnswerReading.Unreadable(String reason) ->
                new Outcome.TaskFailed("The agent's answer cannot be used: " + reason, succeeded.usage());
            case AnswerReading.Answer answer -> {
                var summary = answer.summary().isBlank() ? succeeded.summary() : answer.summary();
                yield checked(succeeded, summary, answer.changes(), files.keySet(), limitBytes);
            }
        };
    }

    private static Outcome checked(
            Outcome.Succeeded succeeded,
            String summary,
            List<FileChange> changes,
            Set<String> loaded,
            long limitBytes) {
        var refused = ResultPaths.tooMany("The result", changes.size()).or(() -> ResultPaths.problem(loaded, changes));
        if (refused.isPresent()) return new Outcome.TaskFailed(refused.get(), succeeded.usage());
        long bytes = bytes(summary) + bytes(changes);
        if (bytes > limitBytes)
            return new Outcome.TaskFailed(
                    "The result has " + bytes + " bytes, base texts included; the limit is " + limitBytes
                            + " bytes. Change fewer or smaller files.",
                    succeeded.usage());
        return new Outcome.Succeeded("", Optional.of(changes), summary, succeeded.links(), succeeded.usage());
    }

    /** The same, with the checks that were skipped in its summary. */
    static Outcome.Succeeded unchecked(Outcome.Succeeded succeeded, List<String> what) {
        if (what.isEmpty()) return succeeded;
        var summary = Stream.concat(
                        Stream.of(succeeded.summary()), what.stream().map(each -> "Not checked: " + each))
                .collect(Collectors.joining("\n"))
                .strip();
        return new Outcome.Succeeded("", succeeded.changes(), summary, succeeded.links(), succeeded.usage());
    }

    /** The outcome of an attempt whose result the broker refused. */
    static Outcome refusedByBroker(Outcome refused, Throwable cause) {
        return new Outcome.TaskFailed(
                "The result is larger than a topic accepts: " + cause.getMessage() + " Change fewer or smaller files.",
                refused.usage());
    }

    private static long bytes(List<FileChange> changes) {
        return changes.stream()
                .mapToLong(change -> bytes(change.path())
                        + change.base().map(AgentResults::bytes).orElse(0L)
                        + change.content().map(AgentResults::bytes).orElse(0L))
                .sum();
    }

    private static long bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
