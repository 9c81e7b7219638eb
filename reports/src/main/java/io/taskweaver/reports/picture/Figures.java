package io.taskweaver.reports.picture;

import io.taskweaver.model.Plan;
import io.taskweaver.reports.Counts;

/** A plan's figures in words. */
final class Figures {
    private Figures() {}

    static String line(Plan plan) {
        long work =
                plan.tasks().stream().filter(task -> !Picture.isContract(task)).count();
        int starts = plan.phases().isEmpty() ? 0 : plan.phases().getFirst().size();
        return Counts.nodes(work, plan.components().size()) + ", "
                + Counts.of(plan.phases().size(), "phase") + "; " + starts + " can start at once; critical path "
                + minutes(plan.criticalPathMinutes()) + " of " + minutes(plan.totalMinutes()) + " altogether";
    }

    static String implied(Picture picture) {
        return switch (picture.implied()) {
            case 0 -> "Every need is drawn.";
            case 1 -> "1 need that others imply is not drawn.";
            default -> picture.implied() + " needs that others imply are not drawn.";
        };
    }

    static String minutes(int minutes) {
        if (minutes < 60) return minutes + " min";
        return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
    }
}
