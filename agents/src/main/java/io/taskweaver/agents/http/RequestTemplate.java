package io.taskweaver.agents.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills in <code>{name}</code>: {@code prompt}, {@code plan}, {@code task}, {@code number}, {@code attempt} (what a run is
 * labelled with, {@code plan/task/number}), {@code remote-url} and {@code base-branch} (in {@code create}, where the plan has a remote), {@code run}, {@code started} (the run's own id, where there is a {@code start}),
 * what {@code values} of the file name, and variables of the environment, whose names are in capitals.
 */
final class RequestTemplate {
    private static final Pattern FORM = Pattern.compile("\\{([a-z][a-z0-9-]*|[A-Z][A-Z0-9_]*)\\}");
    private static final Set<String> GIVEN =
            Set.of("prompt", "plan", "task", "number", "attempt", "run", "started", "remote-url", "base-branch");

    private final Map<String, String> values;

    RequestTemplate(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Environment variables named in a file. */
    static Set<String> variables(HttpSpec spec) {
        var names = new TreeSet<String>();
        names(spec.baseUrl().toString(), names);
        spec.headers().values().forEach(text -> names(text, names));
        spec.values().values().forEach(text -> names(text, names));
        for (var request : requests(spec)) names(request.path(), names);
        spec.remote().ifPresent(remote -> remote.values().values().forEach(text -> names(text, names)));
        names.removeIf(name -> !Character.isUpperCase(name.charAt(0)));
        return names;
    }

    /** Rejects unknown placeholders and invalid places. */
    static void check(HttpSpec spec) {
        var known = new TreeSet<>(GIVEN);
        known.addAll(spec.values().keySet());
        var named = new TreeSet<String>();
        spec.headers().values().forEach(text -> names(text, named));
        for (var request : requests(spec)) names(request.path(), named);
        spec.remote().ifPresent(remote -> remote.values().values().forEach(text -> names(text, named)));
        for (var name : named)
            if (!known.contains(name) && !Character.isUpperCase(name.charAt(0)))
                throw new IllegalArgumentException(
                        "'{" + name + "}' has no value; known are " + known + ", and others are given under 'values'");
        for (var place : places(spec)) place(new RequestTemplate(Map.of()), place);
    }

    private static List<String> places(HttpSpec spec) {
        var places = new ArrayList<String>(List.of(spec.create().id()));
        spec.find().ifPresent(find -> places.add(find.id()));
        spec.start().ifPresent(start -> {
            places.add(start.id());
            start.status().ifPresent(places::add);
        });
        var poll = spec.poll();
        places.addAll(poll.status());
        places.addAll(poll.links());
        for (var place : List.of(
                poll.message(),
                poll.reason(),
                poll.answer(),
                poll.summary(),
                poll.costUsd(),
                poll.inputTokens(),
                poll.outputTokens())) place.ifPresent(places::add);
        spec.answer().ifPresent(answer -> places.add(answer.text()));
        spec.remote().ifPresent(remote -> {
            places.addAll(remote.branch());
            places.addAll(remote.pullRequest());
        });
        return places;
    }

    private static List<HttpSpec.Request> requests(HttpSpec spec) {
        var requests = new ArrayList<HttpSpec.Request>(
                List.of(spec.create().request(), spec.poll().request()));
        spec.find().ifPresent(find -> requests.add(find.request()));
        spec.start().ifPresent(start -> requests.add(start.request()));
        spec.answer().ifPresent(answer -> requests.add(answer.request()));
        spec.cancel().ifPresent(requests::add);
        return requests;
    }

    private static void names(String text, Set<String> into) {
        var form = FORM.matcher(text);
        while (form.find()) into.add(form.group(1));
    }

    /** A filled text; a name without a value is empty. */
    String fill(String text) {
        return fill(text, UnaryOperator.identity());
    }

    /** A filled path with its query. */
    String path(String text) {
        return fill(text, JsonHttp::encoded);
    }

    private String fill(String text, UnaryOperator<String> encoding) {
        return FORM.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(encoding.apply(values.getOrDefault(found.group(1), ""))));
    }

    /** A filled place in an answer. */
    static JsonPath place(RequestTemplate template, String text) {
        try {
            return JsonPath.compile(template.fill(text));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("'" + text + "' is not a JSONPath: " + e.getMessage(), e);
        }
    }

    /** A filled body; empty if it is a text without a value. */
    Optional<JsonNode> body(JsonNode form) {
        if (form.isTextual()) {
            var names = new TreeSet<String>();
            names(form.asText(), names);
            return names.stream().allMatch(values::containsKey)
                    ? Optional.of(TextNode.valueOf(fill(form.asText())))
                    : Optional.empty();
        }
        if (form.isArray()) {
            var filled = JsonNodeFactory.instance.arrayNode();
            for (var item : form) body(item).ifPresent(filled::add);
            return Optional.of(filled);
        }
        if (form.isObject()) {
            var filled = JsonNodeFactory.instance.objectNode();
            for (var field : form.properties())
                body(field.getValue()).ifPresent(value -> filled.set(field.getKey(), value));
            return filled.isEmpty() && !form.isEmpty() ? Optional.empty() : Optional.of(filled);
        }
        return Optional.of(form);
    }
}
