package io.taskweaver.executor;

import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.CheckResult;
import io.taskweaver.contexts.ResultPaths;
import io.taskweaver.model.CodeResult;
import io.taskweaver.model.FileEntry;
import io.taskweaver.prompts.AnswerReader;
import io.taskweaver.prompts.AnswerReading;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Converts what an agent made to a result: a success has a commit whose parent is the head that it started from. */
final class AgentResults {
    private AgentResults() {}

    /**
     * The outcome of a run that the agent reports as successful. The same run always makes the same commit.
     *
     * @param input what the agent was given
     * @param begun when the attempt began: the date of the commit
     * @param limitBytes bytes that the changed files may have together
     */
    static Outcome of(Outcome.Succeeded succeeded, AttemptInput input, Instant begun, long limitBytes)
            throws IOException, InterruptedException {
        if (succeeded.code().isPresent())
            return ofFolder(succeeded, succeeded.code().get(), input, limitBytes);
        var files = input.context().files();
        return switch (AnswerReader.read(succeeded.answer(), files)) {
            case AnswerReading.Unreadable(String reason) ->
                new Outcome.TaskFailed("The agent's answer cannot be used: " + reason, succeeded.usage());
            case AnswerReading.Answer answer -> {
                var summary = answer.summary().isBlank() ? succeeded.summary() : answer.summary();
                var refused = ResultPaths.tooMany("The result", answer.changes().size())
                        .or(() -> ResultPaths.problem(files.keySet(), answer.changes()));
                if (refused.isPresent()) yield new Outcome.TaskFailed(refused.get(), succeeded.usage());
                yield switch (AnsweredFiles.write(input.code(), answer.changes())) {
                    case AnsweredFiles.Written.Refused(String reason) ->
                        new Outcome.TaskFailed(reason, succeeded.usage());
                    case AnsweredFiles.Written.Tree(String tree) ->
                        checked(succeeded, summary, committed(input, tree, begun), limitBytes);
                };
            }
        };
    }

    private static Outcome ofFolder(Outcome.Succeeded succeeded, CodeResult made, AttemptInput input, long limitBytes)
            throws IOException {
        var repository = input.code().repository();
        if (!repository.has(made.commit()))
            return new Outcome.InfraFailed("The agent's result, commit " + made.commit() + ", is not in "
                    + repository.folder() + ". Set taskweaver.executor.code to the same folder for all executors of a"
                    + " machine.");
        var commit = repository.commit(
                made.tree(), List.of(made.parent()), message(input), repository.dateOf(made.commit()));
        return checked(
                succeeded,
                succeeded.summary(),
                new CodeResult(commit, made.parent(), made.tree(), made.changes(), made.leftOut()),
                limitBytes);
    }

    private static CodeResult committed(AttemptInput input, String tree, Instant begun) throws IOException {
        var repository = input.code().repository();
        var head = input.code().at().commit();
        var commit = repository.commit(tree, List.of(head), message(input), begun);
        return new CodeResult(commit, head, tree, repository.difference(repository.treeOf(head), tree), List.of());
    }

    private static String message(AttemptInput input) {
        return input.context().task().title();
    }

    private static Outcome checked(Outcome.Succeeded succeeded, String summary, CodeResult code, long limitBytes) {
        var tooMany = ResultPaths.tooMany(
                "The result", code.changes().size() + code.leftOut().size());
        if (tooMany.isPresent()) return new Outcome.TaskFailed(tooMany.get(), succeeded.usage());
        long bytes = code.changes().stream()
                .mapToLong(change -> change.after().map(FileEntry::bytes).orElse(0L))
                .sum();
        if (bytes > limitBytes)
            return new Outcome.TaskFailed(
                    "The changed files of the result have " + bytes + " bytes together; the limit is " + limitBytes
                            + " bytes. Change fewer or smaller files.",
                    succeeded.usage());
        return new Outcome.Succeeded("", Optional.of(code), summary, succeeded.links(), succeeded.usage());
    }

    /** The same without a commit that has nothing to say: it changes nothing and left out nothing. */
    static Outcome.Succeeded withoutEmpty(Outcome.Succeeded succeeded) {
        var code = succeeded
                .code()
                .filter(made -> !made.changes().isEmpty() || !made.leftOut().isEmpty());
        return new Outcome.Succeeded(
                succeeded.answer(),
                code,
                succeeded.summary(),
                succeeded.links(),
                succeeded.usage(),
                succeeded.failures(),
                succeeded.branches());
    }

    /** The same, checked: with the checks that were skipped in its summary. */
    static Outcome.Succeeded checked(Outcome.Succeeded succeeded, CheckResult.Passed passed) {
        var what = passed.unchecked();
        var summary = Stream.concat(
                        Stream.of(succeeded.summary()), what.stream().map(each -> "Not checked: " + each))
                .collect(Collectors.joining("\n"))
                .strip();
        return new Outcome.Succeeded(
                "", succeeded.code(), summary, succeeded.links(), succeeded.usage(), passed.failures());
    }

    /** The outcome of an attempt whose result the broker refused. */
    static Outcome refusedByBroker(Outcome refused, Throwable cause) {
        return new Outcome.TaskFailed(
                "The result is larger than a topic accepts: " + cause.getMessage() + " Change fewer or smaller files.",
                refused.usage());
    }
}
