package io.taskweaver.context;

import io.taskweaver.domain.plan.PlanId;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question about a plan, as it came over HTTP.
 *
 * @param version version of the merged context; empty for the newest
 * @param passedOn whether another instance passed it on
 * @param uri to pass it on with
 */
record Question(PlanId plan, OptionalLong version, boolean passedOn, URI uri) {

    /** Reads a question's parts and answers it, or says which part is wrong. */
    static Response answered(
            String plan,
            @Nullable String version,
            @Nullable String passedOn,
            URI uri,
            Function<Question, Response> answer) {
        var id = parsed(plan, PlanId::new);
        if (id.isEmpty()) return Reply.unknownPlan(plan);
        var asOf = version(version);
        if (asOf.isEmpty())
            return Reply.invalid("'" + version + "' is no version.", "Give a number from 0, or none for the newest.");
        return answer.apply(new Question(id.get(), asOf.get(), passedOn != null, uri));
    }

    /** A value from its text; empty if it is none. */
    static <T> Optional<T> parsed(String text, Function<String, T> parse) {
        try {
            return Optional.of(parse.apply(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The answer to a query as HTTP gives it. */
    <T> Response reply(Query<T> query, Function<T, byte[]> json) {
        return switch (query) {
            case Query.Found<T>(T answer) -> Reply.found(json.apply(answer));
            case Query.TooEarly<T>(var awaited) -> Reply.tooEarly(awaited);
            case Query.Unknown<T>() -> Reply.unknownPlan(plan.value());
        };
    }

    private static Optional<OptionalLong> version(@Nullable String text) {
        if (text == null) return Optional.of(OptionalLong.empty());
        return text.matches("[0-9]{1,18}") ? Optional.of(OptionalLong.of(Long.parseLong(text))) : Optional.empty();
    }
}
