package io.taskweaver.scheduling.refine;

import io.taskweaver.model.Notice;
import io.taskweaver.model.Plan;
import io.taskweaver.model.PlanChange;
import io.taskweaver.model.effort.Effort;
import io.taskweaver.scheduling.planning.PlanAssembly;
import io.taskweaver.scheduling.planning.Planning;
import io.taskweaver.scheduling.planning.SubmissionLimits;
import io.taskweaver.scheduling.refine.Refinement.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Applies proposed changes to a plan, one after the other. A change that breaks a rule is left out, and the others still
 * count; so whatever is proposed, the plan that comes out is valid: every need is of a task in it, nothing waits for
 * itself, what a document says explicitly stays, and what is done stays done.
 */
public final class Refinery {
    private static final String NARROW_START = "narrow-start";
    private static final int MOST_NAMED = 8;

    private Refinery() {}

    /** What was planned, with the changes that hold; those that do not are notices of the plan. */
    public static Planning refined(Planning planning, List<PlanChange> changes, SubmissionLimits limits) {
        if (changes.isEmpty()) return planning;
        var tooMany = limits.refusedChanges(changes.size());
        if (tooMany.isPresent()) return new Planning.Rejected(List.of(tooMany.get()));
        return switch (planning) {
            case Planning.Rejected rejected -> rejected;
            case Planning.Planned(var plan) -> {
                var refined = refine(plan, changes).plan();
                var tooLarge = limits.refused(refined);
                yield tooLarge.isPresent()
                        ? new Planning.Rejected(List.of(tooLarge.get()))
                        : new Planning.Planned(refined);
            }
        };
    }

    /** Applies changes to a plan. */
    public static Refinement refine(Plan plan, List<PlanChange> changes) {
        var draft = new PlanDraft(plan);
        var verdicts = new ArrayList<Verdict>();
        for (var change : changes) {
            Effort.step();
            verdicts.add(verdict(draft, change));
        }
        return new Refinement(assembled(plan, draft, verdicts), verdicts);
    }

    private static Verdict verdict(PlanDraft draft, PlanChange change) {
        var refusal = ChangeRules.refusal(draft, change);
        if (refusal.isPresent()) return new Verdict.Refused(change, refusal.get());
        draft.apply(change);
        return new Verdict.Accepted(change);
    }

    /** Phases, the critical path and the narrow start follow from the tasks: they are found anew. */
    private static Plan assembled(Plan plan, PlanDraft draft, List<Verdict> verdicts) {
        var notices = new ArrayList<Notice>();
        for (var notice : plan.notices()) if (!notice.code().equals(NARROW_START)) notices.add(notice);
        for (var verdict : verdicts)
            if (verdict instanceof Verdict.Refused(var change, var reason))
                notices.add(new Notice(
                        "change-refused",
                        "A change was not made: " + ChangeText.of(change) + ". " + reason,
                        Optional.empty()));
        needsChanged(verdicts).ifPresent(notices::add);
        return new PlanAssembly(draft.tasks())
                .plan(
                        plan.id(),
                        plan.title(),
                        draft.components(),
                        plan.constraints(),
                        plan.boundaries(),
                        notices,
                        plan.options());
    }

    /** Which needs are other than documents and inference have them; what was dropped leaves no other trace. */
    private static Optional<Notice> needsChanged(List<Verdict> verdicts) {
        var changed = verdicts.stream()
                .filter(Verdict.Accepted.class::isInstance)
                .map(Verdict::change)
                .filter(change -> change instanceof PlanChange.AddNeed || change instanceof PlanChange.DropNeed)
                .map(ChangeText::of)
                .toList();
        if (changed.isEmpty()) return Optional.empty();
        int more = changed.size() - MOST_NAMED;
        return Optional.of(new Notice(
                "needs-changed",
                "Needs were changed: " + changed.stream().limit(MOST_NAMED).collect(Collectors.joining("; "))
                        + (more > 0 ? "; and " + more + " more" : "") + ".",
                Optional.empty()));
    }
}
