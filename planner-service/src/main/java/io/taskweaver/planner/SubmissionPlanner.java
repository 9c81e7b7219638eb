package io.taskweaver.planner;

import io.taskweaver.domain.plan.Planner;
import io.taskweaver.domain.plan.Planning;
import io.taskweaver.domain.plan.Submission;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Function;

/** Creates plans by the rules of the domain. */
@ApplicationScoped
class SubmissionPlanner implements Function<Submission, Planning> {
    private final PlannerSettings settings;

    SubmissionPlanner(PlannerSettings settings) {
        this.settings = settings;
    }

    @Override
    public Planning apply(Submission submission) {
        return Planner.plan(submission, settings.limits().limits());
    }
}
