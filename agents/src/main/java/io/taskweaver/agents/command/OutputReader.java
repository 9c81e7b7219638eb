package io.taskweaver.agents.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskweaver.agents.Outcome;
import io.taskweaver.agents.command.CommandSpec.Format;
import io.taskweaver.agents.command.CommandSpec.Kind;
import io.taskweaver.agents.command.CommandSpec.Rule;
import io.taskweaver.model.Usage;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Determines the outcome of a command by the rules of its file. No I/O. */
record OutputReader(String agent, CommandSpec spec) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_REASON = 2000;
    private static final int MOST_SEARCHED = 1 << 20;
    /** Each name at this place of a pointer. */
    private static final String ANY = "/*";

    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000);

    /** Exit code, output and error output of a command. */
    record End(int code, String output, String errors) {
        /** Share of a prompt's lines that its echo has as they are: some are masked, or broken. */
        private static final double ALIKE = 0.9;

        /** The same without the first echo of a prompt. */
        private End without(String prompt) {
            var lines = prompt.strip().lines().map(String::strip).toList();
            return prompt.isBlank() ? this : new End(code, without(lines, output), without(lines, errors));
        }

        private static String without(List<String> prompt, String text) {
            var lines = text.lines().toList();
            for (int from = 0; from + prompt.size() <= lines.size(); from++) {
                // What precedes its first line, such as a name, is the program's.
                if (!lines.get(from).strip().endsWith(prompt.getFirst())) continue;
                int alike = 0;
                for (int i = 0; i < prompt.size(); i++)
                    if (lines.get(from + i).strip().endsWith(prompt.get(i))) alike++;
                if (alike < ALIKE * prompt.size()) continue;
                var rest = new ArrayList<>(lines.subList(0, from));
                rest.addAll(lines.subList(from + prompt.size(), lines.size()));
                return String.join("\n", rest);
            }
            return text;
        }
    }

    /** The agent's result or failure. */
    sealed interface Reading {
        /** The agent reports success. */
        record Answer(String text, Usage usage) implements Reading {}

        /** It did not. */
        record Failure(Outcome.Unsuccessful outcome) implements Reading {}
    }

    /** @param prompt what it was given: programs print it, and what it says of failures is none of the run's */
    Reading read(End end, String prompt) {
        var documents = documents(end.output());
        var own = end.without(prompt);
        for (var rule : spec.outcomes()) {
            var match = match(rule, own, documents);
            if (match.isPresent())
                return rule.outcome() == Kind.SUCCEEDED
                        ? answer(end, documents)
                        : failure(rule, own, documents, match.get());
        }
        if (end.code() == 0) return answer(end, documents);
        return new Reading.Failure(new Outcome.TaskFailed(
                "Agent " + agent + " ended with exit code " + end.code() + ": " + lastWords(own), usage(documents)));
    }

    private Reading failure(Rule rule, End end, List<JsonNode> documents, JsonNode matched) {
        var reason = "Agent " + agent + ": "
                + rule.reason()
                        .flatMap(at -> text(matched, at))
                        .map(OutputReader::shortened)
                        .orElseGet(() -> lastWords(end));
        return new Reading.Failure(
                switch (rule.outcome()) {
                    case SUCCEEDED, TASK_FAILED -> new Outcome.TaskFailed(reason, usage(documents));
                    case RATE_LIMITED -> new Outcome.RateLimited(reason, until(rule, matched));
                    case INFRA_FAILED -> new Outcome.InfraFailed(reason);
                    case NEEDS_INPUT -> new Outcome.NeedsInput(reason, usage(documents));
                    case TIMED_OUT -> new Outcome.TimedOut(reason, Duration.ZERO);
                    case BUDGET_EXCEEDED -> Outcome.noCredit(reason, usage(documents), until(rule, matched));
                    case CREDENTIALS_REFUSED ->
                        new Outcome.CredentialsRefused(
                                reason, "Sign in to " + agent + " on the machines of the executors.");
                });
    }

    private static Optional<Instant> until(Rule rule, JsonNode matched) {
        return rule.until().flatMap(at -> time(matched.at(at)));
    }

    /** The document that matches a rule; a missing node if the rule needs none. */
    private static Optional<JsonNode> match(Rule rule, End end, List<JsonNode> documents) {
        if (!rule.exit().isEmpty() && !rule.exit().contains(end.code())) return Optional.empty();
        if (rule.says().isPresent()) {
            var says = rule.says().get();
            if (!says.matcher(end.errors()).find()
                    && !says.matcher(end.output()).find()) return Optional.empty();
        }
        if (rule.where().isEmpty())
            return Optional.of(
                    documents.isEmpty()
                            ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                            : documents.getLast());
        return last(documents, rule.where());
    }

    private Reading answer(End end, List<JsonNode> documents) {
        if (spec.output().format() == Format.TEXT)
            return new Reading.Answer(end.output().strip(), Usage.NONE);
        var result = last(documents, spec.output().where());
        if (result.isEmpty())
            return new Reading.Failure(new Outcome.TaskFailed("Agent " + agent + " ended with exit code " + end.code()
                    + ", without a result in its output: " + lastWords(end)));
        var answer =
                spec.output().answer().flatMap(at -> text(result.get(), at)).orElse("");
        return new Reading.Answer(answer, usage(documents));
    }

    /** Reported usage; none if missing or invalid. */
    private Usage usage(List<JsonNode> documents) {
        return new Usage(
                tokens(documents, spec.output().inputTokens()),
                tokens(documents, spec.output().outputTokens()),
                spec.output()
                        .costUsd()
                        .map(at -> number(documents, at).multiply(MICROS).longValue())
                        .orElse(0L));
    }

    private long tokens(List<JsonNode> documents, List<String> pointers) {
        return pointers.stream()
                .mapToLong(at -> number(documents, at).longValue())
                .sum();
    }

    /** The last number at a place, or the sum of all that are there. */
    private BigDecimal number(List<JsonNode> documents, String pointer) {
        var last = BigDecimal.ZERO;
        var sum = BigDecimal.ZERO;
        for (var document : documents) {
            var found = numbers(document, pointer);
            if (found.isEmpty()) continue;
            last = found.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            sum = sum.add(last);
        }
        return spec.output().sum() ? sum : last;
    }

    /** The numbers at a place that may stand for several. */
    private static List<BigDecimal> numbers(JsonNode document, String pointer) {
        int any = pointer.indexOf(ANY);
        if (any < 0) {
            var node = document.at(pointer);
            return node.isNumber() ? List.of(node.decimalValue().max(BigDecimal.ZERO)) : List.of();
        }
        var rest = pointer.substring(any + ANY.length());
        if (!rest.isEmpty() && !rest.startsWith("/")) return List.of();
        var found = new ArrayList<BigDecimal>();
        for (var child : document.at(pointer.substring(0, any))) found.addAll(numbers(child, rest));
        return found;
    }

    private static Optional<JsonNode> last(List<JsonNode> documents, Map<String, String> where) {
        for (int i = documents.size() - 1; i >= 0; i--) {
            var document = documents.get(i);
            boolean has = where.entrySet().stream()
                    .allMatch(value -> document.at(value.getKey()).asText().equals(value.getValue()));
            if (has) return Optional.of(document);
        }
        return Optional.empty();
    }

    private List<JsonNode> documents(String output) {
        return switch (spec.output().format()) {
            case TEXT -> List.of();
            case JSON -> parsed(output).map(List::of).orElse(List.of());
            case JSONL -> {
                var documents = new ArrayList<JsonNode>();
                output.lines().forEach(line -> parsed(line).ifPresent(documents::add));
                yield documents;
            }
        };
    }

    private static Optional<JsonNode> parsed(String text) {
        int begin = text.indexOf('{');
        if (begin < 0) return Optional.empty();
        try {
            return Optional.of(JSON.readTree(text.substring(begin))).filter(JsonNode::isObject);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode document, String pointer) {
        var node = document.at(pointer);
        if (node.isMissingNode() || node.isNull()) return Optional.empty();
        return Optional.of(node.isValueNode() ? node.asText() : node.toString()).filter(text -> !text.isBlank());
    }

    private static Optional<Instant> time(JsonNode node) {
        if (node.isNumber()) return Optional.of(Instant.ofEpochSecond(node.asLong()));
        try {
            return Optional.of(Instant.parse(node.asText()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String lastWords(End end) {
        var text = end.errors().isBlank() ? end.output() : end.errors();
        var words = text.strip();
        if (words.isEmpty()) return "it printed nothing";
        var last = words.length() > LONGEST_REASON ? "..." + words.substring(words.length() - LONGEST_REASON) : words;
        return FailingLines.of(words.substring(Math.max(0, words.length() - MOST_SEARCHED)))
                .with(last);
    }

    private static String shortened(String text) {
        return text.length() > LONGEST_REASON ? text.substring(0, LONGEST_REASON) + "..." : text;
    }
}
