package io.taskweaver.reports.picture;

import io.taskweaver.model.Checks;
import io.taskweaver.model.Need;
import io.taskweaver.model.Task;
import io.taskweaver.model.TaskId;
import io.taskweaver.reports.Counts;
import io.taskweaver.scheduling.dispatch.TaskStage;
import io.taskweaver.scheduling.projection.AttemptView;
import io.taskweaver.scheduling.projection.TaskView;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a page says of the plan and of each task: everything is in the page, and shown when a task is chosen. */
final class Details {
    private static final int LONGEST_REASON = 600;

    private final Picture picture;
    private final Map<TaskId, Integer> index = new HashMap<>();
    private final Map<TaskId, TaskView> tasks;
    private final StringBuilder out = new StringBuilder();

    private Details(Picture picture, Map<TaskId, TaskView> tasks) {
        this.picture = picture;
        this.tasks = tasks;
        for (int i = 0; i < picture.nodes().size(); i++)
            index.put(picture.nodes().get(i).task().id(), i);
    }

    /** @param tasks what became of tasks, by id; empty for a plan of which nothing has run */
    static String of(Picture picture, Map<TaskId, TaskView> tasks) {
        var details = new Details(picture, tasks);
        details.about();
        for (int i = 0; i < picture.nodes().size(); i++) details.task(i);
        return details.out.toString();
    }

    private void about() {
        var plan = picture.plan();
        out.append("<section id=\"about\">\n<h2>")
                .append(Escape.xml(plan.title()))
                .append("</h2>\n<p>");
        out.append(Escape.xml(Figures.line(plan))).append(".</p>\n");
        legend();
        if (!plan.criticalPath().isEmpty()) {
            out.append("<h3>Critical path: ")
                    .append(Figures.minutes(plan.criticalPathMinutes()))
                    .append("</h3>\n<ol>");
            for (var id : plan.criticalPath()) item(link(id));
            out.append("</ol>\n");
        }
        var notices = plan.notices().stream()
                .map(notice -> notice.message()
                        + notice.source().map(at -> " (" + at + ")").orElse(""))
                .toList();
        texts("Notices", notices);
        texts("Constraints on every task", plan.constraints());
        texts("Boundaries", plan.boundaries());
        out.append("</section>\n");
    }

    private void legend() {
        out.append("<h3>Legend</h3>\n<ul style=\"list-style:none;padding:0\">");
        stroke("result", "needs the merged result");
        stroke("contract", "uses the contract of another component");
        stroke("own", "implements the contract of its component");
        stroke("critical", "critical path: the longest way by estimate");
        for (var stage : TaskStage.values())
            if (picture.nodes().stream().anyMatch(node -> node.stage() == stage))
                item("<svg class=\"swatch " + stage.word() + "\" xmlns=\"http://www.w3.org/2000/svg\"><circle"
                        + " class=\"state\" cx=\"17\" cy=\"6\" r=\"4.5\"/></svg>" + stage.word());
        out.append("</ul>\n<p class=\"why\">").append(Figures.implied(picture));
        out.append(
                " The details of a task name all of them.</p>\n<h3>Keys</h3>\n<p><kbd>/</kbd> search, <kbd>Enter</kbd> next"
                        + " hit, <kbd>←</kbd> <kbd>→</kbd> along needs, <kbd>↑</kbd> <kbd>↓</kbd> in a column, <kbd>c</kbd> critical"
                        + " path, <kbd>+</kbd> <kbd>-</kbd> <kbd>0</kbd> size, <kbd>Esc</kbd> back to this.</p>\n");
    }

    private void stroke(String style, String meaning) {
        item("<svg class=\"swatch\" xmlns=\"http://www.w3.org/2000/svg\"><path class=\"edge " + style
                + "\" d=\"M0,6h34\"/></svg>" + meaning);
    }

    private void task(int at) {
        var node = picture.nodes().get(at);
        var task = node.task();
        var band = picture.bands().get(node.band()).name();
        out.append("<article id=\"d").append(at).append("\" hidden=\"\"");
        HtmlPicture.data(out, "task", task.id().value());
        HtmlPicture.data(out, "component", task.component().orElse(""));
        HtmlPicture.data(out, "phase", band);
        HtmlPicture.data(out, "state", node.stage().word());
        out.append(">\n<button type=\"button\" class=\"close\" title=\"Back (Esc)\">×</button>\n<h2>");
        out.append(Escape.xml(task.title())).append("</h2>\n<table>\n");
        row("Id", code(task.id().value()));
        var known = tasks.get(task.id());
        row(
                "State",
                known != null && known.isDoneWithoutChange()
                        ? "done without a change"
                        : node.stage().word());
        row("Phase", band + (task.critical() ? ", on the critical path" : ""));
        task.component().ifPresent(name -> row("Component", Escape.xml(name)));
        task.operation().ifPresent(name -> row("Operation", code(name)));
        row("Priority", task.priority().name().toLowerCase(Locale.ROOT));
        row("Estimate", Figures.minutes(task.estimateMinutes()));
        task.source().ifPresent(source -> row("Source", code(source.toString())));
        if (!task.tags().isEmpty()) row("Tags", Escape.xml(String.join(", ", task.tags())));
        out.append("</table>\n");
        if (!task.description().isBlank()
                && !task.description().strip().equals(task.title().strip()))
            out.append("<p>").append(Escape.xml(task.description().strip())).append("</p>\n");
        var view = tasks.get(task.id());
        if (view != null) outcome(view);
        texts("Done when", task.acceptanceCriteria());
        needs(task);
        waiting(task);
        if (!task.expectedFiles().isEmpty()) {
            out.append("<h3>Files it will touch</h3>\n<ul>");
            for (var file : task.expectedFiles()) item(code(file));
            out.append("</ul>\n");
        }
        checks(task.checks());
        out.append("</article>\n");
    }

    /** What to review, and what failed. */
    private void outcome(TaskView view) {
        view.result().ifPresent(merged -> {
            out.append("<h3>Result</h3>\n<p>");
            out.append(
                    view.isDoneWithoutChange()
                            ? "Done without a change: its agent changed no file."
                            : Counts.of(merged.changes().size(), "file") + " changed, commit " + code(merged.commit()));
            out.append("</p>\n");
        });
        view.summary()
                .ifPresent(said -> out.append("<pre class=\"said\">")
                        .append(Escape.xml(said))
                        .append("</pre>\n"));
        var failures = view.attempts().stream()
                .filter(attempt -> attempt.failed().isPresent())
                .map(attempt -> "Attempt " + attempt.number() + ": "
                        + AttemptView.what(attempt.failed().get()) + ". "
                        + shortened(attempt.failed().get().reason()))
                .toList();
        texts("Failed attempts", failures);
        if (!view.attempts().isEmpty())
            out.append("<p class=\"why\">What its agent printed: ")
                    .append(code("taskweaver logs " + picture.plan().id() + " " + view.id()))
                    .append("</p>\n");
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "...";
    }

    private void checks(Checks checks) {
        if (checks.equals(Checks.NONE)) return;
        out.append("<h3>Checked by</h3>\n<ul>");
        checks.command().ifPresent(command -> item(code(command)));
        for (var file : checks.outputs()) item(code(file) + " exists");
        out.append("</ul>\n");
    }

    private void needs(Task task) {
        if (task.needs().isEmpty()) return;
        out.append("<h3>Waits for ").append(task.needs().size()).append("</h3>\n<ul>");
        for (var need : task.needs())
            item(link(need.on()) + "<span class=\"why\">" + Escape.xml(why(need)) + "</span>");
        out.append("</ul>\n");
    }

    private static String why(Need need) {
        var what = need.kind() == Need.Kind.RESULT ? "its result" : "its contract";
        var sure = need.confidence() < 1 ? ", " + Math.round(need.confidence() * 100) + " % sure" : "";
        return what + " · " + need.reason().name().toLowerCase(Locale.ROOT).replace('_', ' ') + sure
                + (need.because().isBlank() ? "" : ": " + need.because());
    }

    private void waiting(Task task) {
        if (task.unlocks().isEmpty()) return;
        out.append("<h3>").append(Counts.of(task.unlocks().size(), "task"));
        out.append(task.unlocks().size() == 1 ? " waits for it</h3>\n<ul>" : " wait for it</h3>\n<ul>");
        for (var id : task.unlocks()) item(link(id));
        out.append("</ul>\n");
    }

    private void texts(String heading, List<String> texts) {
        if (texts.isEmpty()) return;
        out.append("<h3>").append(heading).append("</h3>\n<ul>");
        for (var text : texts) item(Escape.xml(text));
        out.append("</ul>\n");
    }

    /** A link to a task by its title; its id where that is no more than the title. */
    private String link(TaskId id) {
        var at = index.get(id);
        if (at == null) return code(id.value());
        var title = Escape.xml(picture.nodes().get(at).task().title());
        return "<a href=\"#" + Escape.xml(id.value()) + "\" data-go=\"" + at + "\">" + title + "</a> "
                + code(id.value());
    }

    private void row(String name, String html) {
        out.append("<tr><td>").append(name).append("</td><td>").append(html).append("</td></tr>\n");
    }

    private void item(String html) {
        out.append("<li>").append(html).append("</li>\n");
    }

    private static String code(String text) {
        return "<code>" + Escape.xml(text) + "</code>";
    }
}
