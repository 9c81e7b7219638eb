package io.taskweaver.cli.progress;

import io.taskweaver.model.event.PlanEvent.TaskOutput;
import io.taskweaver.scheduling.projection.OutputView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What attempts printed, for a terminal. */
public final class OutputText {
    private OutputText() {}

    /** The lines of an output, with a heading. */
    public static List<String> of(OutputView.Output output) {
        var text = new StringBuilder();
        for (var part : output.parts()) {
            if (part.leftOut() > 0) text.append(leftOut(text, part.leftOut()));
            text.append(Columns.printed(part.text()));
        }
        var lines = new ArrayList<String>();
        lines.add("== "
                + heading(
                        output.task().value(), output.attempt(), output.source().word(), output.executor()));
        text.toString().lines().forEach(lines::add);
        if (!output.isWhole()) lines.add("[the output may be incomplete: its end has not arrived]");
        return lines;
    }

    private static String heading(String task, int attempt, String source, String executor) {
        return Columns.clean(task + ", attempt " + attempt + ": " + source + " (executor " + executor + ")");
    }

    private static String leftOut(CharSequence before, long characters) {
        boolean isWithinLine = !before.isEmpty() && before.charAt(before.length() - 1) != '\n';
        return (isWithinLine ? "\n" : "") + "[... " + characters + " characters omitted ...]\n";
    }

    /** Parts of outputs as they come, with a heading wherever another one begins. */
    public static final class Stream {
        private final Consumer<String> out;
        private final Map<String, Long> positions = new HashMap<>();
        private @Nullable String current;
        private boolean isWithinLine;

        public Stream(Consumer<String> out) {
            this.out = out;
        }

        /** A part came. */
        public void add(TaskOutput part) {
            var heading =
                    heading(part.task().value(), part.attempt(), part.source().word(), part.executor());
            // Whoever goes on with an attempt reads its output again.
            var output = part.task() + "/" + part.attempt() + "/" + part.source();
            long printed = positions.getOrDefault(output, 0L);
            if (part.text().isEmpty() || part.end() <= printed) return;
            if (!heading.equals(current)) {
                if (isWithinLine) out.accept("\n");
                out.accept("== " + heading + "\n");
                isWithinLine = false;
            }
            current = heading;
            if (part.position() > printed) say(leftOut(isWithinLine ? "x" : "", part.position() - printed));
            say(Columns.printed(part.text().substring((int) Math.max(0, printed - part.position()))));
            positions.put(output, part.end());
        }

        private void say(String text) {
            if (text.isEmpty()) return;
            out.accept(text);
            isWithinLine = !text.endsWith("\n");
        }
    }
}
