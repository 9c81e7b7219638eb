package io.taskweaver.context;

import io.taskweaver.model.PlanId;
import io.taskweaver.wire.json.ModelJson;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A query about a plan, over HTTP.
 *
 * @param version version of the merged context; empty for the newest
 * @param passedOn whether another instance forwarded it
 * @param uri for forwarding
 */
record PlanQuery(PlanId plan, OptionalLong version, boolean passedOn, URI uri) {

    /** Parses and answers a query, or reports the invalid parameter. */
    static Response answered(
            String plan,
            @Nullable String version,
            @Nullable String passedOn,
            URI uri,
            Function<PlanQuery, Response> answer) {
        var id = parsed(plan, PlanId::new);
        if (id.isEmpty()) return HttpReplies.unknownPlan(plan);
        var asOf = version(version);
        if (asOf.isEmpty())
            return HttpReplies.invalid(
                    "'" + version + "' is not a version.", "Use a number from 0, or omit it for the newest.");
        return answer.apply(new PlanQuery(id.get(), asOf.get(), passedOn != null, uri));
    }

    /** A parsed value; empty if the text is invalid. */
    static <T> Optional<T> parsed(String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The HTTP response of a query result, in JSON. */
    <T> Response reply(QueryResult<T> query) {
        return reply(query, MediaType.APPLICATION_JSON, ModelJson::bytes);
    }

    /**
     * The HTTP response of a query result.
     *
     * @param type media type of what is found
     */
    <T> Response reply(QueryResult<T> query, String type, Function<T, byte[]> body) {
        return switch (query) {
            case QueryResult.Found<T>(T answer) -> HttpReplies.found(type, body.apply(answer));
            case QueryResult.TooEarly<T>(var awaited) -> HttpReplies.tooEarly(awaited);
            case QueryResult.Unknown<T>() -> HttpReplies.unknownPlan(plan.value());
            case QueryResult.NoTask<T>(var task) -> HttpReplies.unknownTask(plan, task);
            case QueryResult.Gone<T>(var mark) -> HttpReplies.archived(plan, mark);
        };
    }

    /** A version; empty if the text is none. */
    static OptionalLong number(@Nullable String text) {
        return text == null ? OptionalLong.empty() : version(text).orElseGet(OptionalLong::empty);
    }

    private static Optional<OptionalLong> version(@Nullable String text) {
        if (text == null) return Optional.of(OptionalLong.empty());
        return text.matches("[0-9]{1,18}") ? Optional.of(OptionalLong.of(Long.parseLong(text))) : Optional.empty();
    }
}
