package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Plan;
import io.taskweaver.scheduling.refine.PlanningPass.Outcome;
import io.taskweaver.scheduling.replan.Comparison;
import io.taskweaver.scheduling.replan.PlanDiff;
import io.taskweaver.scheduling.replan.UnifiedDiff;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of asking an agent about a plan.
 *
 * @param by name of the agent
 * @param outcomes one for each answer that was understood
 * @param problems what was not understood, one sentence each
 * @param failure why there is no answer, as a sentence; then the plan is what it was
 */
public record RefinementReport(
        String by,
        Questions questions,
        Plan before,
        Plan after,
        List<Outcome> outcomes,
        List<String> problems,
        Optional<String> failure) {
    private static final String UNCHANGED = "The plan was not refined and is unchanged";

    public RefinementReport {
        outcomes = List.copyOf(outcomes);
        problems = List.copyOf(problems);
    }

    /** Nothing was unsure, so that no agent was asked. */
    public static RefinementReport notAsked(String by, Questions questions, Plan plan) {
        return new RefinementReport(by, questions, plan, plan, List.of(), List.of(), Optional.empty());
    }

    /** There is no answer that can be used. */
    public static RefinementReport failed(String by, Questions questions, Plan plan, String reason) {
        return new RefinementReport(by, questions, plan, plan, List.of(), List.of(), Optional.of(reason));
    }

    public PlanDiff diff() {
        return Comparison.of(before, after);
    }

    /** For people, line by line: what was asked, what became of the answers, and how the plan differs. */
    public List<String> lines() {
        if (questions.isEmpty()) return List.of("Nothing in the plan is unsure: no agent was asked.");
        var lines = new ArrayList<String>();
        lines.add("Asked " + by + " about " + counted(questions.statements().size(), "statement") + " and "
                + counted(questions.needs().size(), "need") + "."
                + (questions.leftOut() == 0
                        ? ""
                        : " " + questions.leftOut() + " more that are unsure, but less so, were not asked about."));
        lines.addAll(problems);
        if (failure.isPresent()) {
            lines.add(UNCHANGED + ": " + failure.get());
            return lines;
        }
        long confirmed = 0;
        for (var outcome : outcomes) {
            switch (outcome) {
                case Outcome.Changed(var answer) -> lines.add("changed: " + answer + ".");
                case Outcome.Refused(var answer, var reason) -> lines.add("refused: " + answer + ". " + reason);
                case Outcome.Confirmed confirming -> confirmed++;
            }
        }
        if (confirmed > 0) lines.add("confirmed: " + counted((int) confirmed, "answer") + " as planned.");
        var diff = UnifiedDiff.lines(diff(), "plan by rules", "plan refined by " + by);
        if (diff.isEmpty()) lines.add("The plan is unchanged.");
        lines.addAll(diff);
        return lines;
    }

    private static String counted(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
