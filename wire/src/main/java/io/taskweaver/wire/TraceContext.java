package io.taskweaver.wire;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The trace of an event, as in its record's headers (W3C Trace Context, W3C Baggage).
 *
 * <p>A service copies the trace of a record unchanged to the records that it writes because of it: services report no
 * spans, and an unreported parent id would cut the caller's trace tree. Without a trace, one is derived from the plan's
 * id: the same for all events of a plan, whichever service writes them, without state.
 *
 * @param traceparent version, trace id, parent id and flags
 * @param tracestate of tracing systems, verbatim
 * @param baggage of the caller, verbatim
 */
public record TraceContext(String traceparent, Optional<String> tracestate, Optional<String> baggage) {
    /** Name of the header that identifies a trace. */
    public static final String TRACEPARENT = "traceparent";

    private static final String TRACESTATE = "tracestate";
    private static final String BAGGAGE = "baggage";

    /** W3C Trace Context, section 3.2: later versions may add fields, version ff and ids of zeros only are invalid. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}(?<later>-.*)?");

    /** W3C Baggage, section 3.3.2: longer baggage may be dropped. It would be in every event of a plan. */
    private static final int LONGEST = 8192;

    private static final String FIRST_VERSION = "00-";
    private static final String SAMPLED = "-01";
    private static final int TRACE_ID_BYTES = 16;
    private static final int PARENT_ID_BYTES = 8;

    public TraceContext {
        if (!isValid(traceparent)) throw new IllegalArgumentException("not a traceparent: '" + traceparent + "'");
        tracestate = tracestate.filter(text -> text.length() <= LONGEST);
        baggage = baggage.filter(text -> text.length() <= LONGEST);
    }

    /** Derived trace of a plan: sampled, ids from the SHA-256 of the plan's id. */
    public static TraceContext ofPlan(String planId) {
        var hash = sha256(planId);
        var hex = HexFormat.of();
        return new TraceContext(
                FIRST_VERSION + hex.formatHex(hash, 0, TRACE_ID_BYTES) + "-"
                        + hex.formatHex(hash, TRACE_ID_BYTES, TRACE_ID_BYTES + PARENT_ID_BYTES) + SAMPLED,
                Optional.empty(),
                Optional.empty());
    }

    /** The trace of a record; empty if it has none or an invalid one. */
    public static Optional<TraceContext> of(Headers headers) {
        return of((String name) -> text(headers, name));
    }

    /** The trace of a record, or else of its plan. */
    public static TraceContext of(Headers headers, String planId) {
        return of(headers).orElseGet(() -> ofPlan(planId));
    }

    /**
     * The trace of a caller's request.
     *
     * @param header value of a header by its name in lower case
     * @return empty if there is none or an invalid one
     */
    public static Optional<TraceContext> of(Function<String, Optional<String>> header) {
        return header.apply(TRACEPARENT)
                .filter(TraceContext::isValid)
                .map(traceparent -> new TraceContext(traceparent, header.apply(TRACESTATE), header.apply(BAGGAGE)));
    }

    /** The trace as record headers. */
    public Headers headers() {
        var headers = new RecordHeaders();
        addTo(headers);
        return headers;
    }

    /** Adds the trace to a record's headers. */
    public void addTo(Headers headers) {
        headers.add(TRACEPARENT, traceparent.getBytes(StandardCharsets.UTF_8));
        tracestate.ifPresent(state -> headers.add(TRACESTATE, state.getBytes(StandardCharsets.UTF_8)));
        baggage.ifPresent(items -> headers.add(BAGGAGE, items.getBytes(StandardCharsets.UTF_8)));
    }

    private static boolean isValid(String traceparent) {
        if (traceparent.length() > LONGEST) return false;
        var parts = FORM.matcher(traceparent);
        return parts.matches() && (parts.group("later") == null || !traceparent.startsWith(FIRST_VERSION));
    }

    private static Optional<String> text(Headers headers, String name) {
        var header = headers.lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
