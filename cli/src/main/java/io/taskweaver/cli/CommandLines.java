package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.runtime.RuntimeProblem;
import io.taskweaver.client.Unreachable;
import io.taskweaver.client.UnusableInput;
import io.taskweaver.domain.effort.LimitExceeded;
import io.taskweaver.domain.plan.PlanId;
import io.taskweaver.domain.plan.TaskId;
import io.taskweaver.domain.storage.StorageFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, wired to their surroundings, with errors told the same way everywhere. */
final class CommandLines {
    private CommandLines() {}

    static CommandLine of(Surroundings surroundings) {
        var line = new CommandLine(new RootCommand(), new Wiring(surroundings))
                .registerConverter(PlanId.class, text -> converted(PlanId::new, text))
                .registerConverter(TaskId.class, text -> converted(TaskId::new, text))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setOut(new PrintWriter(surroundings.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(surroundings.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((problem, arguments) -> wrongUsage(surroundings, problem))
                .setExecutionExceptionHandler((problem, command, result) -> failed(surroundings, problem));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return line;
    }

    /** Commands are made with their surroundings, everything else as picocli would. */
    private record Wiring(Surroundings surroundings) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Surroundings.class) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(surroundings));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    private static <T> T converted(Function<String, T> type, String text) {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static int wrongUsage(Surroundings surroundings, ParameterException problem) {
        var command = problem.getCommandLine();
        var details = new ArrayList<String>();
        if (problem instanceof UnmatchedArgumentException unmatched)
            unmatched.getSuggestions().stream()
                    .limit(3)
                    .forEach(similar -> details.add("Did you mean " + similar + "?"));
        tell(
                surroundings,
                problem.getMessage(),
                details,
                "Usage: " + command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ") + "\nMore: "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static int failed(Surroundings surroundings, Exception problem) throws Exception {
        return switch (problem) {
            case CommandFailure failure -> {
                tell(surroundings, failure.getMessage(), failure.details(), failure.hint());
                yield failure.exitCode();
            }
            case RuntimeProblem failure -> {
                tell(surroundings, failure.getMessage(), failure.details(), failure.hint());
                yield InterruptWatch.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.NO_RUNTIME;
            }
            case UnusableInput failure -> {
                tell(surroundings, failure.getMessage(), failure.details(), "");
                yield ExitCode.BAD_INPUT;
            }
            case LimitExceeded failure -> {
                var place = failure.path().isEmpty() ? "" : failure.path() + ":" + Math.max(1, failure.line()) + ": ";
                tell(surroundings, place + failure.said(), List.of(), failure.hint());
                yield ExitCode.BAD_INPUT;
            }
            case Unreachable failure -> {
                tell(surroundings, failure.getMessage(), List.of(), failure.hint());
                yield ExitCode.NO_RUNTIME;
            }
            default -> {
                var storage = StorageFailure.behind(problem).orElseThrow(() -> problem);
                tell(surroundings, told(problem) + ": " + storage.cause() + ".", List.of(), storage.remedy());
                yield ExitCode.NO_RUNTIME;
            }
        };
    }

    /** Which file it is about, where the exception says so. */
    private static String told(Throwable problem) {
        for (Throwable each = problem; each != null; each = each.getCause())
            if (each instanceof FileSystemException about && about.getFile() != null)
                return about.getFile() + " cannot be read or written";
        var cause = problem instanceof UncheckedIOException ? problem.getCause() : null;
        return cause == null ? "A file cannot be read or written" : String.valueOf(cause.getMessage());
    }

    private static void tell(Surroundings surroundings, @Nullable String message, List<String> details, String hint) {
        var err = surroundings.err();
        surroundings.out().flush();
        err.println(surroundings.style().bad("error: ") + clean(String.valueOf(message)));
        for (var detail : details) err.println("  " + clean(detail));
        if (!hint.isBlank()) err.println(clean(hint));
        err.flush();
    }

    /** Messages may repeat what documents and services said. */
    private static String clean(String text) {
        return text.lines().map(Columns::clean).collect(Collectors.joining(System.lineSeparator()));
    }
}
