package io.taskweaver.executor;

import io.taskweaver.agents.Attempt;
import io.taskweaver.model.IsolatedContext;
import io.taskweaver.model.Neighbourhood;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.model.event.Meta;
import io.taskweaver.model.event.PlanEvent.TaskReady;
import io.taskweaver.wire.TraceContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Values that tests need and do not care about. */
final class Some {
    private Some() {}

    static Attempt attempt(int number) {
        return new Attempt("shop", "FR-001", number);
    }

    static IssuedAttempt ready(Attempt attempt, boolean maybeTaken) {
        return ready(attempt, maybeTaken, Optional.empty(), Optional.of("ticket-" + attempt.id()));
    }

    static IssuedAttempt ready(Attempt attempt, boolean maybeTaken, Optional<String> verify, Optional<String> ticket) {
        var event = new TaskReady(
                new Meta("ready-" + attempt.id(), new PlanId(attempt.plan()), Instant.EPOCH, Optional.empty()),
                new TaskId(attempt.task()),
                attempt.number(),
                "fake",
                Duration.ofMinutes(10),
                1,
                Optional.empty(),
                maybeTaken,
                verify,
                ticket,
                Optional.empty(),
                false,
                Optional.empty(),
                Optional.empty());
        return new IssuedAttempt(event, false, TraceContext.ofPlan(attempt.plan()), 0, 0);
    }

    static IsolatedContext context(String task, long version) {
        return new IsolatedContext(
                "A shop",
                task(task),
                List.of(),
                List.of(),
                List.of(),
                Map.of("notes.txt", "as of " + version),
                Map.of(),
                Neighbourhood.NONE,
                List.of(),
                List.of(),
                version,
                Optional.of(SomeCode.at(version)));
    }

    static Task task(String id) {
        return Task.builder(new TaskId(id), Task.Kind.WORK, "Users can filter customers")
                .description("Users shall be able to filter customers.")
                .estimateMinutes(30)
                .phase(1)
                .build();
    }

    /** An answer that replaces the notes. */
    static String answer(String notes) {
        return "### Summary\nDone.\n\n### File: notes.txt\n```\n" + notes + "\n```\n";
    }
}
