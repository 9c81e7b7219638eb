package io.taskweaver.reports;

import io.taskweaver.model.Plan;
import io.taskweaver.model.Preparation;
import io.taskweaver.model.event.DeadLetter;
import io.taskweaver.model.event.PlanEvent;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.AttemptView;
import io.taskweaver.scheduling.projection.PlanView;
import io.taskweaver.scheduling.projection.TaskView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The report of a run for people: {@code report.md}. */
public final class Report {
    /** Digits of a commit's name that people read. */
    private static final int SHORT = 10;

    private Report() {}

    public static String write(Plan plan, PlanView view, Instant now) {
        var text = new StringBuilder();
        text.append("# ").append(cell(plan.title())).append("\n\n");
        text.append(outcome(view)).append("\n\n");
        summary(text, plan, view, now);
        tasks(text, view);
        failures(text, view);
        reviews(text, view);
        conflicts(text, view);
        verifications(text, view);
        results(text, view);
        review(text, view);
        notices(text, plan);
        deadLetters(text, view);
        return text.toString();
    }

    private static String outcome(PlanView view) {
        var end = view.end();
        if (end.isEmpty())
            return view.pause()
                    .map(pause -> "**Paused**: " + cell(pause.reason()))
                    .orElse("**Not finished.** Running it again continues where it stopped.");
        return switch (end.get()) {
            case PlanEvent.PlanCompleted ignored -> "**Completed.** Everything is merged.";
            case PlanEvent.PlanFailed failed -> "**Failed**: " + cell(failed.reason());
            case PlanEvent.PlanCancelled cancelled -> "**Cancelled**: " + cell(cancelled.reason());
        };
    }

    private static void summary(StringBuilder text, Plan plan, PlanView view, Instant now) {
        var measured = Measurement.of(view, now);
        text.append("| | |\n|---|---|\n");
        row(text, "Plan", "`" + plan.id() + "`");
        row(text, "Agent", plan.options().agent());
        sandbox(view).ifPresent(what -> row(text, "Sandbox", what));
        plan.options().preparation().ifPresent(what -> preparation(text, what));
        plan.options()
                .remote()
                .ifPresent(
                        remote -> row(text, "Agents of services work on", remote.name() + ", " + code(remote.url())));
        row(
                text,
                "Tasks done",
                measured.done()
                        + (measured.doneBefore() == 0 ? "" : ", and " + measured.doneBefore() + " already done"));
        row(text, "Tasks failed", "" + measured.failed());
        row(text, "Tasks open", "" + measured.open());
        row(text, "Retries", "" + measured.retried());
        row(text, "Conflicts", "" + measured.conflicts());
        row(text, "Contracts published", "" + view.contracts().size());
        row(text, "Used", Costs.words(view.used(), view.limits()));
        row(text, "Wall time", Durations.words(measured.wall()));
        if (measured.interrupted().compareTo(Measurement.WORTH_SAYING) >= 0)
            row(text, "Interrupted for, not counted", Durations.words(measured.interrupted()));
        row(text, "Critical path, measured", Durations.words(measured.criticalPath()));
        row(text, "One at a time, measured", Durations.words(measured.oneAtATime()));
        row(text, "Critical path, estimated", Durations.ofMinutes(plan.criticalPathMinutes()));
        row(text, "One at a time, estimated", Durations.ofMinutes(plan.totalMinutes()));
        text.append('\n');
    }

    /** What commands of attempts ran in; with the number of attempts, if it was not always the same. */
    private static Optional<String> sandbox(PlanView view) {
        var attempts = view.tasks().stream()
                .flatMap(task -> task.attempts().stream())
                .flatMap(attempt -> attempt.started().stream())
                .flatMap(started -> started.sandbox().stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return attempts.isEmpty()
                ? Optional.empty()
                : Optional.of(attempts.entrySet().stream()
                        .map(each -> each.getKey() + (attempts.size() == 1 ? "" : " (" + each.getValue() + ")"))
                        .collect(Collectors.joining("; ")));
    }

    private static void preparation(StringBuilder text, Preparation what) {
        what.setup().ifPresent(command -> row(text, "Set-up of work trees", code(command)));
        if (!what.bring().isEmpty())
            row(
                    text,
                    "Brought into work trees",
                    what.bring().stream().map(Report::code).collect(Collectors.joining(", ")));
    }

    private static String code(String text) {
        return text.contains("`") ? "`` " + text + " ``" : "`" + text + "`";
    }

    private static void tasks(StringBuilder text, PlanView view) {
        text.append("## Tasks\n\n| Task | Title | Kind | Phase | State | Attempts | Duration | Source |\n")
                .append("|---|---|---|---:|---|---:|---:|---|\n");
        for (var task : view.tasks())
            if (!task.isVerification())
                row(
                        text,
                        "`" + task.id() + "`",
                        task.task().title(),
                        task.task().kind().name().toLowerCase(java.util.Locale.ROOT),
                        task.task().phase() == 0 ? "" : "" + task.task().phase(),
                        task.isDoneWithoutChange()
                                ? "done without a change"
                                : task.stage().word(),
                        task.attempts().isEmpty() ? "" : "" + task.attempts().size(),
                        task.attempts().isEmpty() ? "" : Durations.words(view.duration(task)),
                        task.task().source().map(Object::toString).orElse(""));
        text.append('\n');
    }

    private static void failures(StringBuilder text, PlanView view) {
        var failed = view.tasks().stream()
                .filter(task -> task.attempts().stream()
                        .anyMatch(attempt -> attempt.failed().isPresent()))
                .toList();
        if (failed.isEmpty()) return;
        text.append("## Failed attempts\n\n| Task | Attempt | What | Reason | What to do |\n|---|---:|---|---|---|\n");
        for (var task : failed)
            for (var attempt : task.attempts())
                attempt.failed()
                        .ifPresent(failure -> row(
                                text,
                                "`" + task.id() + "`",
                                "" + attempt.number(),
                                AttemptView.what(failure),
                                failure.reason(),
                                failure.hint().orElse("")));
        text.append('\n');
    }

    /** Results that wait for a person, and those that one rejected. */
    private static void reviews(StringBuilder text, PlanView view) {
        var rows = new ArrayList<String[]>();
        for (var task : view.tasks()) {
            for (var attempt : task.attempts())
                attempt.rejection()
                        .ifPresent(reason -> rows.add(
                                new String[] {"`" + task.id() + "`", "" + attempt.number(), "rejected", reason}));
            if (task.stage() == TaskStage.IN_REVIEW)
                rows.add(new String[] {
                    "`" + task.id() + "`",
                    "" + task.attempt(),
                    "waits",
                    "`taskweaver changes " + view.id() + " " + task.id() + "`, then `approve` or `reject`"
                });
        }
        if (rows.isEmpty()) return;
        text.append("## Review\n\n| Task | Attempt | Result | Reason, or what to do |\n|---|---:|---|---|\n");
        for (var each : rows) row(text, each);
        text.append('\n');
    }

    private static void conflicts(StringBuilder text, PlanView view) {
        var conflicts = view.tasks().stream()
                .filter(task -> !task.isVerification())
                .flatMap(task -> task.attempts().stream())
                .flatMap(attempt -> attempt.conflicted().stream())
                .toList();
        if (conflicts.isEmpty()) return;
        text.append("## Conflicts\n\n| Task | Attempt | File | With | Now |\n|---|---:|---|---|---|\n");
        for (var conflict : conflicts) {
            if (conflict.refused().isPresent()) {
                row(
                        text,
                        "`" + conflict.task() + "`",
                        "" + conflict.attempt(),
                        "resolution refused: " + conflict.refused().get(),
                        "",
                        resolved(view.task(conflict.task())));
                continue;
            }
            conflict.reason()
                    .ifPresent(reason -> row(
                            text,
                            "`" + conflict.task() + "`",
                            "" + conflict.attempt(),
                            reason,
                            "",
                            resolved(view.task(conflict.task()))));
            for (var file : conflict.conflicts())
                row(
                        text,
                        "`" + conflict.task() + "`",
                        "" + conflict.attempt(),
                        "`" + file.path() + "`"
                                + file.proposedPath()
                                        .map(name -> ", and `" + name + "`: one file on Windows or macOS")
                                        .orElse(""),
                        file.contributors().stream().map(Object::toString).collect(Collectors.joining(", ")),
                        resolved(view.task(conflict.task())));
        }
        text.append('\n');
    }

    /** Runs of the plan's command on its code. */
    private static void verifications(StringBuilder text, PlanView view) {
        var runs = view.tasks().stream().filter(TaskView::isVerification).toList();
        if (runs.isEmpty()) return;
        text.append("## Verification\n\n| What | Verdict | Duration |\n|---|---|---:|\n");
        for (var run : runs)
            row(
                    text,
                    run.task().title(),
                    run.attempts().stream()
                                    .anyMatch(attempt -> attempt.completed().isPresent())
                            ? "passed"
                            : run.lastFailure().isPresent()
                                    ? "failed"
                                    : run.stage().word(),
                    Durations.words(view.duration(run)));
        text.append('\n');
    }

    private static String resolved(Optional<TaskView> task) {
        return task.map(TaskView::stage).filter(TaskStage::isFinished).isPresent() ? "reconciled" : "open";
    }

    /** What to review: commits, and what a reader would not expect of them. */
    private static void results(StringBuilder text, PlanView view) {
        var merged = view.tasks().stream()
                .filter(task -> !task.isVerification())
                .flatMap(task -> task.attempts().stream())
                .filter(attempt -> attempt.merged().isPresent())
                .toList();
        if (merged.isEmpty()) return;
        text.append("## Results\n\n| Task | Commit | Files | United | Left out |\n|---|---|---:|---|---|\n");
        for (var attempt : merged) {
            var result = attempt.merged().orElseThrow();
            row(
                    text,
                    "`" + result.task() + "`",
                    result.changes().isEmpty() ? "without a change" : "`" + shortened(result.commit()) + "`",
                    "" + result.changes().size(),
                    String.join(", ", result.united()),
                    String.join(", ", attempt.leftOut()));
        }
        text.append('\n');
    }

    /** What agents say about what they did. */
    private static void review(StringBuilder text, PlanView view) {
        var said = view.tasks().stream()
                .filter(task -> !task.isVerification() && task.summary().isPresent())
                .toList();
        if (said.isEmpty()) return;
        text.append("## What to review\n\n");
        for (var task : said) {
            text.append("### `")
                    .append(task.id())
                    .append("` ")
                    .append(cell(task.task().title()));
            if (task.isDoneWithoutChange()) text.append(" (done without a change)");
            text.append("\n\n").append(quoted(task.summary().orElseThrow())).append('\n');
        }
    }

    /** As it was said, not as Markdown of this document: in a block that it cannot end. */
    private static String quoted(String said) {
        var fence = "```";
        while (said.contains(fence)) fence += "`";
        var lines = said.lines()
                .map(line -> line.replaceAll("[\\p{Cntrl}\\p{Cf}&&[^\\t]]", "").stripTrailing())
                .collect(Collectors.joining("\n"));
        return fence + "text\n" + lines.strip() + "\n" + fence + "\n";
    }

    private static String shortened(String commit) {
        return commit.substring(0, Math.min(commit.length(), SHORT));
    }

    private static void notices(StringBuilder text, Plan plan) {
        if (plan.notices().isEmpty()) return;
        text.append("## Notices\n\n");
        for (var notice : plan.notices())
            text.append("- %s%s\n"
                    .formatted(
                            cell(notice.message()),
                            notice.source().map(span -> " (" + span + ")").orElse("")));
        text.append('\n');
    }

    private static void deadLetters(StringBuilder text, PlanView view) {
        List<DeadLetter> letters = view.deadLetters();
        if (letters.isEmpty()) return;
        text.append("## Dead letters\n\n| When | Service | Topic | Reason | Cause |\n|---|---|---|---|---|\n");
        for (var letter : letters)
            row(text, letter.at().toString(), letter.service(), letter.topic(), letter.reason(), letter.cause());
        text.append('\n');
    }

    private static void row(StringBuilder text, String... cells) {
        text.append('|');
        for (var cell : cells) text.append(' ').append(cell(cell)).append(" |");
        text.append('\n');
    }

    /** A text in one line that does not end its table cell. */
    private static String cell(String text) {
        return text.replaceAll("\\s+", " ")
                .replaceAll("[\\p{Cntrl}\\p{Cf}]", "")
                .replace("|", "\\|")
                .strip();
    }
}
