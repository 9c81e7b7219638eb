package io.taskweaver.cli;

import io.taskweaver.cli.progress.Columns;
import io.taskweaver.cli.runtime.RuntimeProblem;
import io.taskweaver.client.InvalidInput;
import io.taskweaver.client.SystemUnavailable;
import io.taskweaver.code.FolderNames;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.SimilarNames;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.effort.LimitExceeded;
import io.taskweaver.model.storage.StorageFailure;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, wired to their context, with errors reported the same way everywhere. */
final class CommandLines {
    private static final int MOST_SUGGESTED = 3;
    private static final List<String> FOLDERS = List.of("--data-dir", "--code");

    private CommandLines() {}

    static CommandLine of(CommandContext context) {
        var line = new CommandLine(new RootCommand(), new Wiring(context))
                .registerConverter(PlanId.class, text -> converted(PlanId::new, text))
                .registerConverter(TaskId.class, text -> converted(TaskId::new, text))
                .registerConverter(Path.class, text -> converted(CommandLines::path, text))
                .registerConverter(BigDecimal.class, text -> converted(CommandLines::amount, text))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(CommandLines::execute)
                .setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((problem, arguments) -> wrongUsage(context, problem))
                .setExecutionExceptionHandler((problem, command, result) -> failed(context, problem));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                context.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        HelpLayout.apply(line);
        return line;
    }

    /** Who asks for help with a command that there is not, gets an error and not the help of another. */
    private static int execute(ParseResult parsed) {
        for (var each = parsed; each != null; each = each.subcommand()) {
            if (!each.unmatched().isEmpty())
                throw new UnmatchedArgumentException(each.commandSpec().commandLine(), each.unmatched());
            if (!each.isUsageHelpRequested()) checkFolders(each.commandSpec());
        }
        return new RunLast().execute(parsed);
    }

    /** Folders whose paths Git gets, those by default too, which are in the current folder. */
    private static void checkFolders(CommandSpec command) {
        for (var name : FOLDERS) {
            var option = command.optionsMap().get(name);
            if (option == null || !(option.getValue() instanceof Path folder)) continue;
            var refusal = FolderNames.refusal(folder);
            if (refusal.isPresent())
                throw new ExecutionException(
                        command.commandLine(),
                        name,
                        CommandFailure.badInput(
                                name + ": " + refusal.get().reason(),
                                refusal.get().remedy()));
        }
    }

    /** Commands are made with their context, everything else as picocli would. */
    private record Wiring(CommandContext context) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1
                        && constructor.getParameterTypes()[0] == CommandContext.class) {
                    constructor.setAccessible(true);
                    return type.cast(constructor.newInstance(context));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }

    /** An empty name would mean the current folder, and comes of a variable of the shell that is not set. */
    private static Path path(String text) {
        if (text.isBlank()) throw new IllegalArgumentException("the name is empty");
        return Path.of(text);
    }

    private static BigDecimal amount(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is not an amount, e.g. 20 or 2.50", e);
        }
    }

    private static <T> T converted(Function<String, T> type, String text) {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static int wrongUsage(CommandContext context, ParameterException problem) {
        var command = problem.getCommandLine();
        // Of options that exclude each other, picocli says that it is an error, as we do of all.
        var message = String.valueOf(problem.getMessage()).replaceFirst("^Error: ", "");
        List<String> similar = List.of();
        if (problem instanceof UnmatchedArgumentException unmatched) {
            var argument = unmatched.getUnmatched().getFirst();
            if (unmatched.isUnknownOption())
                similar = SimilarNames.to(
                        argument.split("=", 2)[0],
                        command.getCommandSpec().optionsMap().keySet());
            else {
                boolean isCommand = !command.getSubcommands().isEmpty();
                message = (isCommand ? "Unknown command: '" : "Unexpected argument: '") + argument + "'";
                similar = SimilarNames.to(argument, command.getSubcommands().keySet());
            }
        }
        print(
                context,
                message,
                similar.stream()
                        .limit(MOST_SUGGESTED)
                        .map(name -> "Did you mean " + name + "?")
                        .toList(),
                "Usage: " + command.getHelp().synopsis(0).strip().replaceAll("\\s+", " ") + "\nHelp: "
                        + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.BAD_INPUT;
    }

    private static int failed(CommandContext context, Exception thrown) throws Exception {
        var problem = InterruptWatch.isInterrupted() && !saysItself(thrown) ? CommandFailure.interrupted() : thrown;
        return switch (problem) {
            case CommandFailure failure -> {
                print(context, failure.getMessage(), failure.details(), failure.hint());
                yield failure.exitCode();
            }
            case RuntimeProblem failure -> {
                print(context, failure.getMessage(), failure.details(), failure.hint());
                yield InterruptWatch.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.NO_RUNTIME;
            }
            case InvalidInput failure -> {
                print(context, failure.getMessage(), failure.details(), "");
                yield ExitCode.BAD_INPUT;
            }
            case LimitExceeded failure -> {
                var place = failure.path().isEmpty() ? "" : failure.path() + ":" + Math.max(1, failure.line()) + ": ";
                print(context, place + failure.message(), List.of(), failure.hint());
                yield ExitCode.BAD_INPUT;
            }
            case SystemUnavailable failure -> {
                print(context, failure.getMessage(), List.of(), failure.hint());
                yield ExitCode.NO_RUNTIME;
            }
            default -> {
                var storage = StorageFailure.behind(problem).orElseThrow(() -> problem);
                print(context, place(problem) + ": " + storage.cause() + ".", List.of(), storage.remedy());
                yield ExitCode.NO_RUNTIME;
            }
        };
    }

    /** Whether it says that the command was interrupted. Other failures are of what was stopped then, such as Git. */
    private static boolean saysItself(Exception failure) {
        return failure instanceof RuntimeProblem
                || failure instanceof CommandFailure own && own.exitCode() == ExitCode.INTERRUPTED;
    }

    /** Which file it is about, where the exception says so. */
    private static String place(Throwable problem) {
        for (Throwable each = problem; each != null; each = each.getCause())
            if (each instanceof FileSystemException about && about.getFile() != null)
                return about.getFile() + " cannot be read or written";
        var cause = problem instanceof UncheckedIOException ? problem.getCause() : null;
        return cause == null ? "A file cannot be read or written" : String.valueOf(cause.getMessage());
    }

    private static void print(CommandContext context, @Nullable String message, List<String> details, String hint) {
        var err = context.err();
        context.out().flush();
        err.println(context.style().bad("error: ") + clean(String.valueOf(message)));
        for (var detail : details) err.println("  " + clean(detail));
        if (!hint.isBlank()) err.println(clean(hint));
        err.flush();
    }

    /** Messages may quote documents and services. */
    private static String clean(String text) {
        return text.lines().map(Columns::clean).collect(Collectors.joining(System.lineSeparator()));
    }
}
