package io.taskweaver.client;

import io.taskweaver.model.PlanId;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.ContextChange.ClearContext;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.model.event.PlanEvent.CodeObjects;
import io.taskweaver.model.event.PlanEvent.ContextCommand;
import io.taskweaver.wire.context.ContextDifference;
import io.taskweaver.wire.context.ContextDocument;
import io.taskweaver.wire.context.ContextImport;
import io.taskweaver.wire.context.ContextView;
import io.taskweaver.wire.context.FileHistory;
import io.taskweaver.wire.json.ModelJson;
import io.taskweaver.wire.rest.ContextHeaders;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;

/** The contexts of a running system's plans: what is known, by whom, what changed; and exports. */
public final class PlanContexts implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** An export holds all of a code base. */
    private static final Duration EXPORT_TIMEOUT = Duration.ofMinutes(10);

    /** Where the lists do not matter. */
    private static final OptionalInt FEW = OptionalInt.of(1);

    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ContextHttp http;
    private final EventSender sender;
    private final InstantSource clock;

    PlanContexts(Connection connection, InstantSource clock) {
        this.http = new ContextHttp(connection);
        this.sender = new EventSender(connection);
        this.clock = clock;
    }

    /** An answer about a context. */
    public sealed interface Answer<T> {
        /**
         * What was asked for.
         *
         * @param isCopy whether a copy of the state answered, which may lack what happened last
         */
        record Found<T>(T value, boolean isCopy) implements Answer<T> {}

        /**
         * There is none.
         *
         * @param detail why
         * @param hint what to do about it
         */
        record Absent<T>(String detail, String hint) implements Answer<T> {}
    }

    /**
     * The context of a plan, or of one of its tasks.
     *
     * @param task empty for that of the plan
     * @param version of the plan's code; empty for the newest
     * @param limit most entries of each list; empty for all
     */
    public Answer<ContextView> show(PlanId plan, Optional<TaskId> task, OptionalLong version, OptionalInt limit) {
        var query = new ArrayList<String>();
        version.ifPresent(number -> query.add("version=" + number));
        limit.ifPresent(most -> query.add("limit=" + most));
        var path = "/api/plans/" + plan
                + task.map(id -> "/tasks/" + encoded(id.value())).orElse("") + "/context/facts"
                + (query.isEmpty() ? "" : "?" + String.join("&", query));
        return read(http.get(path, TIMEOUT, true), ContextView.class);
    }

    /**
     * What differs between two versions of a context.
     *
     * @param limit most entries of each list; empty for all
     */
    public Answer<ContextDifference> difference(
            PlanId plan, Optional<TaskId> task, long from, long to, OptionalInt limit) {
        var path = "/api/plans/" + plan + "/context/diff?from=" + from + "&to=" + to
                + task.map(id -> "&task=" + encoded(id.value())).orElse("")
                + (limit.isPresent() ? "&limit=" + limit.getAsInt() : "");
        return read(http.get(path, TIMEOUT, true), ContextDifference.class);
    }

    /** Which tasks changed a file. */
    public Answer<FileHistory> history(PlanId plan, String path) {
        return read(
                http.get("/api/plans/" + plan + "/context/history?path=" + encoded(path), TIMEOUT, true),
                FileHistory.class);
    }

    /** All contexts of a plan with its code, as {@link ContextDocument} reads them. */
    public Answer<byte[]> export(PlanId plan) {
        var response = http.get("/api/plans/" + plan + "/context/export", EXPORT_TIMEOUT);
        return response.statusCode() == ContextHttp.OK ? new Answer.Found<>(response.body(), false) : absent(response);
    }

    /**
     * The same for whoever removes them afterwards; empty if there are none.
     *
     * @throws SystemUnavailable if it is not certain that there are none, or an earlier command is removing them
     */
    Optional<byte[]> exported(PlanId plan) {
        var response = http.get("/api/plans/" + plan + "/context/export", EXPORT_TIMEOUT);
        return switch (response.statusCode()) {
            case ContextHttp.OK -> Optional.of(response.body());
            case ContextHttp.NOT_FOUND -> Optional.empty();
            default ->
                throw new SystemUnavailable(
                        "The contexts of plan " + plan + " cannot be exported now" + ContextHttp.said(response) + ".",
                        "Nothing was removed or written. Run the command again; an interrupted one continues.",
                        null);
        };
    }

    /**
     * Imports an export, and waits until it can be read.
     *
     * @return the context of the plan, with the first entries of its lists; why not, if there are contexts of the plan already
     * @throws ContextDocument.Unusable if its code is not what its content says
     * @throws SystemUnavailable if broker, registry or context service do not take it
     */
    public Answer<ContextView> take(ContextDocument document)
            throws ContextDocument.Unusable, IOException, InterruptedException {
        var plan = document.plan();
        var events = ContextImport.events(document, clock.instant());
        var known = status(plan);
        if (known == ContextHttp.OK || known == ContextHttp.TOO_EARLY)
            return new Answer.Absent<>(
                    "Plan " + plan + " already has contexts.", "Clear them first: taskweaver context clear " + plan);
        var code = new ArrayList<PlanEvent>();
        var content = new ArrayList<PlanEvent>();
        for (var event : events) (event instanceof CodeObjects ? code : content).add(event);
        // The content is taken up only where its code is there.
        sender.send(code);
        sender.send(content);
        await("did not import the contexts of plan " + plan, () -> status(plan) == ContextHttp.OK);
        return show(plan, Optional.empty(), OptionalLong.empty(), FEW);
    }

    /**
     * Removes the contexts of a plan with its code, or what is kept of a task, and waits until they are gone. Whether the plan
     * runs is looked at before: the service removes contexts of a running plan only by force.
     *
     * @param task empty for the plan
     * @throws SystemUnavailable if broker, registry or context service do not take it
     */
    public void clear(PlanId plan, Optional<TaskId> task, boolean force) throws InterruptedException {
        var meta = new Meta(UUID.randomUUID().toString(), plan, clock.instant(), Optional.empty());
        sender.send(new ContextCommand(meta, new ClearContext(task, force)));
        await(
                "did not remove the contexts of plan " + plan,
                () -> !(show(plan, task, OptionalLong.empty(), FEW) instanceof Answer.Found<ContextView>));
    }

    /** Whether the contexts of a plan were removed because it is archived. */
    boolean isGone(PlanId plan) {
        int status = status(plan);
        // It may have been imported since.
        return status == ContextHttp.GONE || (status == ContextHttp.OK && isImported(plan));
    }

    private boolean isImported(PlanId plan) {
        return show(plan, Optional.empty(), OptionalLong.empty(), FEW)
                        instanceof Answer.Found<ContextView>(var view, var _)
                && view.metadata().isImported();
    }

    private int status(PlanId plan) {
        return http.get("/api/plans/" + plan + "/context/facts?limit=1", TIMEOUT)
                .statusCode();
    }

    private interface Condition {
        boolean holds();
    }

    private void await(String otherwise, Condition condition) throws InterruptedException {
        long end = System.nanoTime() + SETTLING.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end)
                throw new SystemUnavailable(
                        "The context service " + otherwise + " within " + SETTLING.toSeconds() + " s.",
                        "If it refused the command, the reason is in the dead letters: taskweaver events dead-letters"
                                + " --from-beginning",
                        null);
            Thread.sleep(PAUSE);
        }
    }

    private <T> Answer<T> read(HttpResponse<byte[]> response, Class<T> type) {
        if (response.statusCode() != ContextHttp.OK) return absent(response);
        try {
            var tree = ModelJson.SERVICES.readTree(response.body());
            return new Answer.Found<>(
                    ModelJson.read(ModelJson.SERVICES, tree, type), ContextHeaders.isStale(response.headers()));
        } catch (IOException | IllegalArgumentException e) {
            throw http.unreachable("answered with no context (" + e.getMessage() + ")", e);
        }
    }

    private static <T> Answer<T> absent(HttpResponse<byte[]> response) {
        return new Answer.Absent<>(ContextHttp.field(response, "detail"), ContextHttp.field(response, "hint"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
