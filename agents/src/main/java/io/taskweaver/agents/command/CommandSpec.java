package io.taskweaver.agents.command;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.taskweaver.agents.NamedValues;
import io.taskweaver.agents.Secrets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Command and output format of a coding agent with a command line: the content of a file {@code agents/<name>.yaml}.
 * Texts may contain placeholders, see {@link CommandPlaceholders}.
 *
 * @param about one line for people
 * @param command program and arguments; an argument that is a list is omitted if one of its placeholders has no value
 * @param stdin standard input of the program; absent for empty input
 * @param environment variables in addition to those of the executor, without TaskWeaver's own
 * @param values values of placeholders
 * @param stall how long the program may print nothing, e.g. {@code 10m}; 0 for any time
 * @param mostOutput bytes that it may print
 * @param output format of its output
 * @param sandbox what the program needs besides its work tree where it runs in a sandbox
 * @param outcomes rules for the outcome, first match; without a match exit code 0 is a success and any other a failed
 *     task
 */
record CommandSpec(
        String about,
        List<Argument> command,
        Optional<String> stdin,
        Map<String, String> environment,
        Map<String, String> values,
        Duration stall,
        long mostOutput,
        Output output,
        SandboxNeeds sandbox,
        List<Rule> outcomes) {
    private static final long MOST_OUTPUT = 64L << 20;

    /** One argument, or several that belong together. */
    record Argument(List<String> texts, boolean optional) {
        Argument {
            texts = List.copyOf(texts);
        }
    }

    /** Format of the output. */
    enum Format {
        /** Text for a person. */
        TEXT,
        /** One JSON document. */
        JSON,
        /** JSON documents, one per line; other lines are ignored. */
        JSONL
    }

    /**
     * Reading of output; pointers are JSON Pointers (RFC 6901).
     *
     * @param where values that identify the document with the result; the last match counts
     * @param answer place of the answer
     * @param costUsd place of the cost in US dollars
     * @param inputTokens places of numbers that are added; {@code *} in them stands for each name
     * @param sum whether numbers of all documents are added, as those of steps; otherwise the last ones count, as totals
     */
    record Output(
            Format format,
            Map<String, String> where,
            Optional<String> answer,
            Optional<String> costUsd,
            List<String> inputTokens,
            List<String> outputTokens,
            boolean sum) {
        Output {
            where = Map.copyOf(where);
            inputTokens = List.copyOf(inputTokens);
            outputTokens = List.copyOf(outputTokens);
        }
    }

    /** Outcomes of a command, as in {@link io.taskweaver.agents.Outcome}. */
    enum Kind {
        SUCCEEDED,
        RATE_LIMITED,
        INFRA_FAILED,
        NEEDS_INPUT,
        TASK_FAILED,
        TIMED_OUT,
        BUDGET_EXCEEDED,
        CREDENTIALS_REFUSED
    }

    /**
     * A rule for the outcome, if all its conditions match.
     *
     * @param exit exit codes; none for any
     * @param where values of a document of the output; none for any
     * @param says pattern in the output or the error output
     * @param reason place of the reason in that document
     * @param until place of the retry time in that document: seconds since 1970, or ISO 8601
     */
    record Rule(
            Kind outcome,
            List<Integer> exit,
            Map<String, String> where,
            Optional<Pattern> says,
            Optional<String> reason,
            Optional<String> until) {
        Rule {
            exit = List.copyOf(exit);
            where = Map.copyOf(where);
        }
    }

    CommandSpec {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        values = Map.copyOf(values);
        outcomes = List.copyOf(outcomes);
        if (command.isEmpty()) throw new IllegalArgumentException("'command' must name a program");
    }

    /** Values that its file gives to variables and placeholders whose names say that they are secret. */
    Secrets secrets() {
        var placeholders = new CommandPlaceholders(values);
        var named = new HashMap<>(values);
        environment.forEach((name, text) -> placeholders.fill(text).ifPresent(value -> named.put(name, value)));
        return Secrets.ofVariables(named);
    }

    /** The program, as in the file. */
    String program() {
        return command.getFirst().texts().getFirst();
    }

    /** The form of the file. */
    record Raw(
            @Nullable String about,
            @Nullable String extend,
            @Nullable List<Object> command,
            @Nullable String stdin,
            @Nullable Map<String, String> environment,
            @Nullable Map<String, String> values,
            @Nullable String stall,
            @JsonProperty("most-output") @Nullable Long mostOutput,
            @Nullable RawOutput output,
            @Nullable RawSandbox sandbox,
            @Nullable List<RawRule> outcomes) {
        /** These settings merged over those of another file. */
        Raw over(Raw base) {
            var joined = new java.util.HashMap<String, String>(orEmpty(base.values));
            joined.putAll(orEmpty(values));
            var variables = new java.util.HashMap<String, String>(orEmpty(base.environment));
            variables.putAll(orEmpty(environment));
            return new Raw(
                    about == null ? base.about : about,
                    null,
                    command == null ? base.command : command,
                    stdin == null ? base.stdin : stdin,
                    variables,
                    joined,
                    stall == null ? base.stall : stall,
                    mostOutput == null ? base.mostOutput : mostOutput,
                    output == null ? base.output : output,
                    sandbox == null ? base.sandbox : sandbox.over(base.sandbox),
                    outcomes == null ? base.outcomes : outcomes);
        }

        CommandSpec checked() {
            if (command == null) throw new IllegalArgumentException("'command' must name a program");
            var spec = new CommandSpec(
                    about == null ? "" : about,
                    command.stream().map(Raw::argument).toList(),
                    Optional.ofNullable(stdin),
                    orEmpty(environment),
                    orEmpty(values),
                    stall == null
                            ? Duration.ZERO
                            : new NamedValues(Map.of("stall", stall)).duration("stall", Duration.ZERO),
                    mostOutput == null ? MOST_OUTPUT : mostOutput,
                    output == null ? RawOutput.TEXT.checked() : output.checked(),
                    sandbox == null ? SandboxNeeds.NETWORK : sandbox.checked(),
                    outcomes == null
                            ? List.of()
                            : outcomes.stream().map(RawRule::checked).toList());
            CommandPlaceholders.check(spec);
            return spec;
        }

        private static Argument argument(Object written) {
            return written instanceof List<?> group
                    ? new Argument(group.stream().map(String::valueOf).toList(), true)
                    : new Argument(List.of(String.valueOf(written)), false);
        }
    }

    /** The form of {@code sandbox}. What a file that extends another one lists comes in addition. */
    record RawSandbox(
            @Nullable List<String> read,
            @Nullable List<String> write,
            @Nullable List<String> copy,
            @Nullable List<String> variables,
            @Nullable Boolean network) {
        RawSandbox over(@Nullable RawSandbox base) {
            if (base == null) return this;
            return new RawSandbox(
                    joined(base.read, read),
                    joined(base.write, write),
                    joined(base.copy, copy),
                    joined(base.variables, variables),
                    network == null ? base.network : network);
        }

        private static List<String> joined(@Nullable List<String> some, @Nullable List<String> more) {
            return Stream.concat(orEmpty(some).stream(), orEmpty(more).stream())
                    .distinct()
                    .toList();
        }

        private static List<String> orEmpty(@Nullable List<String> list) {
            return list == null ? List.of() : list;
        }

        SandboxNeeds checked() {
            return new SandboxNeeds(
                    orEmpty(read), orEmpty(write), orEmpty(copy), orEmpty(variables), network == null || network);
        }
    }

    /** The form of {@code output}. */
    record RawOutput(
            @Nullable Format format,
            @Nullable Map<String, String> where,
            @Nullable String answer,
            @JsonProperty("cost-usd") @Nullable String costUsd,

            @JsonProperty("input-tokens") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
            List<String> inputTokens,

            @JsonProperty("output-tokens") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable
            List<String> outputTokens,

            @Nullable Boolean sum) {
        static final RawOutput TEXT = new RawOutput(Format.TEXT, null, null, null, null, null, null);

        Output checked() {
            return new Output(
                    format == null ? Format.TEXT : format,
                    pointers(where),
                    pointer(answer),
                    pointer(costUsd),
                    places(inputTokens),
                    places(outputTokens),
                    sum != null && sum);
        }

        private static List<String> places(@Nullable List<String> texts) {
            if (texts == null) return List.of();
            texts.forEach(CommandSpec::pointer);
            return texts;
        }
    }

    /** The form of an entry of {@code outcomes}. */
    record RawRule(
            @Nullable Kind outcome,
            @Nullable List<Integer> exit,
            @Nullable Map<String, String> where,
            @Nullable String says,
            @Nullable String reason,
            @Nullable String until) {
        Rule checked() {
            if (outcome == null) throw new IllegalArgumentException("an entry of 'outcomes' lacks its 'outcome'");
            return new Rule(
                    outcome,
                    exit == null ? List.of() : exit,
                    pointers(where),
                    Optional.ofNullable(says).map(Pattern::compile),
                    pointer(reason),
                    pointer(until));
        }
    }

    private static Map<String, String> pointers(@Nullable Map<String, String> where) {
        orEmpty(where).keySet().forEach(CommandSpec::pointer);
        return orEmpty(where);
    }

    private static Optional<String> pointer(@Nullable String text) {
        if (text != null && !text.startsWith("/"))
            throw new IllegalArgumentException("'" + text + "' is not a JSON Pointer: it must start with '/'");
        return Optional.ofNullable(text);
    }

    private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
        return map == null ? Map.of() : map;
    }
}
