package io.taskweaver.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.cli.progress.ProblemText;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.Sources;
import io.taskweaver.client.execute.Prompt;
import io.taskweaver.client.execute.PromptResults;
import io.taskweaver.client.execute.PromptRun;
import io.taskweaver.client.execute.PromptRuns;
import io.taskweaver.code.Destination;
import io.taskweaver.model.Limits;
import io.taskweaver.model.Usage;
import io.taskweaver.model.storage.StorageFailure;
import io.taskweaver.reports.Costs;
import io.taskweaver.reports.Durations;
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
            "Runs prompts on a coding agent, without a plan or a runtime.",
            "Reads the JSON output of generate-queries, or a JSON array of prompts, and writes the answers. With"
                    + " --output-file, the same command continues where it stopped and runs nothing twice."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "  0:all prompts completed",
            "  1:some prompts failed",
            "  2:wrong usage, or an input without prompts",
            "  5:the agent's credentials are missing or were rejected, or the budget is used up",
            "130:interrupted"
        })
final class ExecuteQueriesCommand implements Callable<Integer> {
    private static final int MANY = 10;

    @Mixin
    private InputFileOption input;

    @Option(
            names = "--output-file",
            paramLabel = "FILE",
            description = "JSON file for the results (default: standard output, when all prompts have ended).")
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
            description = "Number of prompts that run at once (default: 1; " + MANY + " if N is left out).")
    private int concurrent;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            defaultValue = "3",
            description = "Maximum number of attempts for a prompt (default: ${DEFAULT-VALUE}).")
    private int maxAttempts;

    @Option(
            names = "--attempt-timeout",
            paramLabel = "MINUTES",
            defaultValue = "60",
            description = "Maximum duration of an attempt (default: ${DEFAULT-VALUE}).")
    private int timeoutMinutes;

    @Mixin
    private SandboxOption sandbox;

    @Mixin
    private CredentialOptions credentials;

    private final CommandContext own;

    ExecuteQueriesCommand(CommandContext context) {
        this.own = context;
    }

    @Override
    public Integer call() {
        if (concurrent < 1 || maxAttempts < 1 || timeoutMinutes < 1)
            throw CommandFailure.badInput(
                    "--concurrent, --max-attempts and --attempt-timeout must be at least 1.",
                    "Use 1 or more, or leave the option out.");
        var context = credentials.in(own);
        var read = read(input.path());
        var prompts = read.prompts();
        var choice = AgentChoice.of(agent, context);
        choice.checkHere(context);
        var batch = batch(choice.name(), prompts);
        var results = open(batch);
        own.err().println(prompts.size() + " prompts from " + name(input.path()));
        choice.note().ifPresent(own.err()::println);
        var rules = new PromptRuns.Rules(batch, concurrent, maxAttempts, Duration.ofMinutes(timeoutMinutes));
        InterruptWatch.begin(Thread.currentThread()::interrupt, () -> {});
        try (var local = LocalAgent.open(choice.name(), context, sandbox)) {
            var runs = new PromptRuns(local.agent(), rules, keep(results), own.clock()).run(prompts, known(results));
            return ended(batch, runs, results, read.source());
        } catch (InterruptedException e) {
            own.err().println("Interrupted." + (output == null ? "" : " The same command continues where it stopped."));
            return ExitCode.INTERRUPTED;
        } catch (UncheckedIOException e) {
            throw notWritten(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private static CommandFailure notWritten(IOException e) {
        return CommandFailure.badInput(
                "The results cannot be saved: " + StorageFailure.cause(e) + ".",
                StorageFailure.remedy(e, "Name another file with --output-file."));
    }

    private static String name(Path file) {
        return file.equals(Sources.STANDARD_INPUT) ? "standard input" : file.toString();
    }

    private Prompt.Batch read(Path file) {
        try {
            var text = file.equals(Sources.STANDARD_INPUT)
                    ? new String(own.in().readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(file);
            return Prompt.read(name(file), text);
        } catch (IOException e) {
            throw new InvalidInput("The input file " + file + " cannot be read: " + StorageFailure.cause(e) + ".");
        }
    }

    private Optional<PromptResults> open(String batch) {
        if (output == null) return Optional.empty();
        OutputPath.checkReplaced(output, "with --output-file");
        try {
            return Optional.of(PromptResults.open(Destination.behindLinks(output), batch));
        } catch (IOException e) {
            throw new InvalidInput("The output file " + output + " cannot be read: " + StorageFailure.cause(e) + ".");
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
                                    + ProblemText.of(run.error().orElse(""), run.hint()));
            }
        };
    }

    private static String again(PromptRun run) {
        return run.attempt() > 1 ? ", attempt " + run.attempt() : "";
    }

    private int ended(
            String batch, List<PromptRun> runs, Optional<PromptResults> results, Optional<ObjectNode> source) {
        results.ifPresentOrElse(
                file -> file.finish(runs, source), () -> own.out().print(PromptResults.write(batch, runs, source)));
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

    /** The same for the same prompts at the same agent, so that an earlier run is found. */
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
