package io.taskweaver.agents.simulated;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskweaver.prompts.AnswerWriter;
import io.taskweaver.prompts.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stored run; its status follows from the time.
 *
 * @param attempt id of the attempt that it is labelled with, may be empty
 * @param metadata JSON object as it came
 * @param createdMillis when it was created, in milliseconds since the epoch
 * @param begunMillis when it last started to work: at the creation, or when resumed
 * @param answer what it answers if it ends well
 * @param remote repository and branch that it works on; empty if its answer has the changes
 * @param delivered what became of its branch, once it is pushed
 * @param resumed whether a person answered it
 * @param banned whether it was stopped
 */
record SimulatedRun(
        long id,
        String attempt,
        ObjectNode metadata,
        long createdMillis,
        long begunMillis,
        SimulatedBehaviour fate,
        String answer,
        Optional<Delivery.OnRemote> remote,
        Optional<Delivered> delivered,
        boolean resumed,
        boolean banned) {
    private static final int PHASES = 5;

    /**
     * The end of the work on a repository.
     *
     * @param branch that was pushed; empty if nothing had to be changed, or it failed
     * @param failure why nothing could be pushed
     */
    record Delivered(Optional<String> branch, Optional<String> failure) {}

    SimulatedRun resumedAt(long millis) {
        return new SimulatedRun(
                id, attempt, metadata, createdMillis, millis, fate, answer, remote, delivered, true, false);
    }

    SimulatedRun stopped() {
        return new SimulatedRun(
                id, attempt, metadata, createdMillis, begunMillis, fate, answer, remote, delivered, resumed, true);
    }

    SimulatedRun with(Delivered end) {
        return new SimulatedRun(
                id,
                attempt,
                metadata,
                createdMillis,
                begunMillis,
                fate,
                answer,
                remote,
                Optional.of(end),
                resumed,
                banned);
    }

    private SimulatedBehaviour.Ending ending() {
        if (delivered.flatMap(Delivered::failure).isPresent()) return SimulatedBehaviour.Ending.FAILED;
        return resumed ? SimulatedBehaviour.Ending.COMPLETE : fate.ending();
    }

    /** Whether a branch has to be pushed before it can end. */
    boolean isToDeliver() {
        return remote.isPresent() && delivered.isEmpty() && !banned && ending() == SimulatedBehaviour.Ending.COMPLETE;
    }

    boolean isOverAt(long now) {
        boolean ends = ending() != SimulatedBehaviour.Ending.NEVER && !isToDeliver();
        return banned || (ends && now - begunMillis >= fate.duration().toMillis());
    }

    /** The run as in the API. */
    ObjectNode json(ObjectMapper json, String organization, String baseUrl, long now) {
        boolean over = isOverAt(now);
        ObjectNode node = json.createObjectNode()
                .put("id", id)
                .put("organization_id", organization)
                .put("status", over ? lastStatus() : status(now))
                .put("created_at", Instant.ofEpochMilli(createdMillis).toString())
                .put("web_url", baseUrl + "/simulator/runs/" + id)
                .put("result", over ? result() : null)
                .put(
                        "summary",
                        over && !banned && ending() == SimulatedBehaviour.Ending.COMPLETE
                                ? "Simulated: " + attempt
                                : null)
                .put("source_type", "API");
        var requests = node.putArray("github_pull_requests");
        if (over && !banned)
            delivered
                    .flatMap(Delivered::branch)
                    .ifPresent(branch -> requests.addObject()
                            .put("id", id)
                            .put("title", "Simulated: " + attempt)
                            .put("url", baseUrl + "/simulator/pull/" + id)
                            .put(
                                    "created_at",
                                    Instant.ofEpochMilli(createdMillis).toString())
                            .put("head_branch_name", branch));
        return node.set("metadata", metadata);
    }

    private @Nullable String status(long now) {
        long phase = (now - begunMillis) * PHASES / Math.max(1, fate.duration().toMillis());
        if (fate.oddStatuses())
            return switch ((int) (phase % PHASES)) {
                case 0 -> null;
                case 1 -> "ACTIVE";
                case 2 -> "weird";
                case 3 -> "";
                default -> "running";
            };
        return phase == 0 && !resumed ? "PENDING" : "RUNNING";
    }

    private String lastStatus() {
        if (banned) return fate.oddStatuses() ? "Stopped" : "CANCELLED";
        String plain = switch (ending()) {
            case COMPLETE -> fate.oddStatuses() ? "completed" : "COMPLETE";
            case FAILED -> fate.oddStatuses() ? "Error" : "FAILED";
            case NEEDS_INPUT -> "NEEDS_INPUT";
            case NEVER -> throw new IllegalStateException("a run that never ends has no last status");
        };
        return fate.oddStatuses() && id % 2 == 0 ? plain.toLowerCase(Locale.ROOT) : plain;
    }

    private String summary() {
        return delivered
                .flatMap(Delivered::branch)
                .map(branch -> "Simulated: pushed branch " + branch + ".")
                .orElse("Simulated: nothing had to be changed.");
    }

    private String result() {
        if (banned) return "stopped on request";
        return switch (ending()) {
            case COMPLETE -> remote.isPresent() ? AnswerWriter.write(summary(), List.of()) : answer;
            case FAILED -> delivered.flatMap(Delivered::failure).orElse("simulated failure of " + attempt);
            case NEEDS_INPUT -> "simulated question about " + attempt + ": should it continue?";
            case NEVER -> throw new IllegalStateException("a run that never ends has no result");
        };
    }
}
