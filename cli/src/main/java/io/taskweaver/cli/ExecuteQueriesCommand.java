package io.taskweaver.cli;

import io.taskweaver.cli.progress.Sentences;
import io.taskweaver.client.UnusableInput;
import io.taskweaver.client.execute.Prompt;
import io.taskweaver.client.execute.PromptResults;
import io.taskweaver.client.execute.PromptRun;
import io.taskweaver.client.execute.PromptRuns;
import io.taskweaver.client.output.Costs;
import io.taskweaver.client.output.Durations;
import io.taskweaver.domain.plan.Limits;
import io.taskweaver.domain.plan.Usage;
import io.taskweaver.domain.storage.StorageFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code taskweaver execute-queries}: prompts of a file, run by an agent. */
@Command(
        name = "execute-queries",
        description = {
            "Runs the prompts of a file at an agent and writes what it answers. Needs no running system.",
            "With --output-file, the same command goes on where it stopped, and nothing runs twice."
        },
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:all completed",
            "  1:some failed",
            "  2:wrong usage, or a file without prompts",
            "  5:the agent's credentials are missing or were refused, or its budget is spent",
            "130:interrupted"
        })
final class ExecuteQueriesCommand implements Callable<Integer> {
    private static final int MANY = 10;

    @Option(
            names = "--input-file",
            paramLabel = "FILE",
            required = true,
            description = "JSON: what generate-queries --json writes, or an array of prompts.")
    private Path input = Path.of("");

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "JSON file for the results (default: standard output, at the end).")
    private @Nullable Path output;

    @Option(
            names = "--agent",
            paramLabel = "NAME",
            description = "Coding agent (default: codegen if its credentials are set, else simulated).")
    private @Nullable String agent;

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            arity = "0..1",
            fallbackValue = "" + MANY,
            defaultValue = "1",
            description = "Run so many prompts at once (without: one after the other; without a number: " + MANY + ").")
    private int concurrent;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Attempts that a prompt has (default: ${DEFAULT-VALUE}).")
    private int maxAttempts;

    @Option(
            names = "--attempt-timeout",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Minutes that one attempt may take (default: ${DEFAULT-VALUE}).")
    private int timeoutMinutes;

    @Mixin
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CredentialOptions credentials;

    private final Surroundings own;

    ExecuteQueriesCommand(Surroundings surroundings) {
        this.own = surroundings;
    }

    @Override
    public Integer call() {
        if (concurrent < 1 || maxAttempts < 1 || timeoutMinutes < 1)
            throw new CommandFailure(
                    ExitCode.BAD_INPUT,
                    "--concurrent, --max-attempts and --attempt-timeout begin at 1.",
                    "Leave them out, or use 1 or more.");
        var surroundings = credentials.in(own);
        var prompts = Prompt.read(input.toString(), text());
        var choice = AgentChoice.of(agent, surroundings);
        choice.checkHere(surroundings);
        var batch = batch(choice.name(), prompts);
        var results = open(batch);
        choice.note().ifPresent(own.err()::println);
        var rules = new PromptRuns.Rules(batch, concurrent, maxAttempts, Duration.ofMinutes(timeoutMinutes));
        InterruptWatch.begin(Thread.currentThread()::interrupt, () -> {});
        try (var local = LocalAgent.open(choice.name(), surroundings)) {
            var runs = new PromptRuns(local.agent(), rules, keep(results), own.clock()).run(prompts, known(results));
            return ended(batch, runs);
        } catch (InterruptedException e) {
            own.err().println("Interrupted." + (output == null ? "" : " The same command goes on where it stopped."));
            return ExitCode.INTERRUPTED;
        } catch (UncheckedIOException e) {
            throw notWritten(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static CommandFailure notWritten(IOException e) {
        return new CommandFailure(
                ExitCode.BAD_INPUT,
                "The results cannot be kept: " + StorageFailure.cause(e) + ".",
                StorageFailure.remedy(e, "Name another file with --output-file."));
    }

    private String text() {
        try {
            return Files.readString(input);
        } catch (IOException e) {
            throw new UnusableInput("--input-file " + input + " cannot be read: " + StorageFailure.cause(e) + ".");
        }
    }

    private Optional<PromptResults> open(String batch) {
        if (output == null) return Optional.empty();
        try {
            return Optional.of(PromptResults.open(output, batch));
        } catch (IOException e) {
            throw new UnusableInput("--output-file " + output + " cannot be read: " + StorageFailure.cause(e) + ".");
        }
    }

    private static Map<String, PromptRun> known(Optional<PromptResults> results) {
        return results.map(PromptResults::runs).orElseGet(HashMap::new);
    }

    private Consumer<PromptRun> keep(Optional<PromptResults> results) {
        return run -> {
            results.ifPresent(file -> file.keep(run));
            switch (run.status()) {
                case RUNNING -> {
                    if (run.runId().isPresent()) own.err().println("started    " + run.id() + again(run));
                }
                case COMPLETED ->
                    own.err().println("completed  " + run.id() + " in " + Durations.words(run.duration()));
                case FAILED ->
                    own.err()
                            .println("failed     " + run.id() + ": "
                                    + Sentences.of(run.error().orElse(""), run.hint()));
            }
        };
    }

    private static String again(PromptRun run) {
        return run.attempt() > 1 ? ", attempt " + run.attempt() : "";
    }

    private int ended(String batch, List<PromptRun> runs) {
        if (output == null) own.out().print(PromptResults.write(batch, runs));
        long done = runs.stream()
                .filter(run -> run.status() == PromptRun.Status.COMPLETED)
                .count();
        var used = runs.stream().map(PromptRun::used).reduce(Usage.NONE, Usage::plus);
        own.err()
                .println(done + " of " + runs.size() + " completed"
                        + (used.equals(Usage.NONE) ? "" : "; used " + Costs.words(used, Limits.NONE))
                        + (output == null ? "" : "; results in " + output));
        if (done == runs.size()) return ExitCode.DONE;
        return runs.stream().anyMatch(run -> run.hint().isPresent()) ? ExitCode.CREDENTIALS : ExitCode.PLAN_FAILED;
    }

    /** The same for the same prompts at the same agent, so that a run of before is found. */
    private static String batch(String agent, List<Prompt> prompts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(agent.getBytes(StandardCharsets.UTF_8));
            for (var prompt : prompts)
                for (var part : List.of(prompt.id(), prompt.text())) {
                    digest.update((byte) 0);
                    digest.update(part.getBytes(StandardCharsets.UTF_8));
                }
            return "queries-" + HexFormat.of().formatHex(digest.digest()).substring(0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
