package io.taskweaver.context;

import io.taskweaver.model.Contract;
import io.taskweaver.model.PlanId;
import io.taskweaver.model.Task;
import io.taskweaver.model.event.PlanEvent.TaskCompleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Messages of the commits on a plan's line: title, summary, and trailers that programs read. */
final class CommitMessages {
    private static final int LONGEST_TITLE = 120;
    private static final int LONGEST_SUMMARY = 4000;

    private CommitMessages() {}

    /** @param task the task as planned; empty if it is not known here */
    static String of(PlanId plan, Optional<Task> task, TaskCompleted done) {
        var trailers = new ArrayList<String>();
        trailers.add("Task: " + done.task());
        task.flatMap(Task::source)
                .ifPresent(source -> trailers.add("Requirement: " + line(source.toString(), LONGEST_TITLE)));
        trailers.add("Plan: " + plan);
        trailers.add(
                PersonsResult.isOne(done)
                        ? "Settled-by: " + line(done.executor(), LONGEST_TITLE)
                        : "Agent: " + line(done.agent(), LONGEST_TITLE));
        trailers.add("Attempt: " + done.attempt());
        return message(task.map(Task::title).orElse(done.task().value()), done.summary(), trailers);
    }

    static String of(PlanId plan, Contract contract) {
        return message(
                "Contract of " + contract.component(),
                "",
                List.of(
                        "Contract: " + line(contract.component(), LONGEST_TITLE) + " " + contract.version(),
                        "Plan: " + plan));
    }

    private static String message(String title, String summary, List<String> trailers) {
        var text = new StringBuilder(line(title, LONGEST_TITLE)).append("\n\n");
        var body = plain(summary).strip();
        if (body.length() > LONGEST_SUMMARY) body = body.substring(0, LONGEST_SUMMARY) + "...";
        if (!body.isEmpty()) text.append(body).append("\n\n");
        return text.append(String.join("\n", trailers)).append('\n').toString();
    }

    private static String line(String text, int longest) {
        var line = plain(text).replaceAll("\\s+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, longest) + "...";
    }

    /** Without what would move a terminal's cursor, or break off the message. */
    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "").replaceAll("\\p{Cf}", "");
    }
}
